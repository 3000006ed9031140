"""PART 3: ceremonies of oath or affirmation, the roll call, and their records."""
