"""The verbs of the command that run or change an installation."""
