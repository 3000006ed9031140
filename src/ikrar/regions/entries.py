"""What the room tells the ledger."""

from ikrar.ledger.rules import Kind

OFFICE_CREATED = Kind("regions.office_created")
OFFICE_CHANGED = Kind("regions.office_changed")
REGIONS_CHECKED = Kind("regions.checked")
REGIONS_LOADED = Kind("regions.loaded")
