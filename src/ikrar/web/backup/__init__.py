"""Backup and restore of a whole installation: one encrypted file with database, files, keys and log."""
