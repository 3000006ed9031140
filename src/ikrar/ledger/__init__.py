"""Every act recorded once, sequenced and chained; the Merkle log that proves it."""
