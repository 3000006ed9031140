"""Messages to people. In this release the office sends them itself: texts to paste into WhatsApp, and printed sheets."""
