"""Doors of the room: signing in, first steps, the own account, the people of an office, the demo."""
