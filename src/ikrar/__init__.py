"""Ikrar: oath, integrity pact and readiness of Indonesia's ad hoc election bodies."""

__version__ = "0.1.0"
