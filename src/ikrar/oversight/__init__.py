"""PART 7: readiness and supervision boards, public pages, verification."""
