"""Pages of the pact, by reader."""
