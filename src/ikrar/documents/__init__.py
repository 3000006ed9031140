"""Official papers: letterhead, numbers, PDF, seal, and the scan of what came back signed."""
