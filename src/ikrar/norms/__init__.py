"""PART 5: the code of ethics and conduct, clause by clause, in words a villager uses."""
