"""The database: the embedded server, its two roles, and the scope that row-level security reads."""
