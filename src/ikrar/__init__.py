"""Ikrar: oath, integrity pact and readiness of Indonesia's ad hoc election bodies."""
