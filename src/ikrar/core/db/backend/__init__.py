"""Django's PostgreSQL backend, with the scope written at every BEGIN."""
