"""PART 1: elections, bodies, persons, memberships, members' links, replacement (PAW)."""
