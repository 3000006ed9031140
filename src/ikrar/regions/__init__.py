"""The region tree with its dates, and the KPU offices that answer for it."""
