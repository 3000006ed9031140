"""The foundation: knows no word of the domain."""
