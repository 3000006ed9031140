"""Accounts, sign-in, sessions and grants; builds the Actor."""
