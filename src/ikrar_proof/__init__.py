"""The mathematics of Ikrar's log and receipts: install this package alone and check us without our server."""
