"""Reading the projections: one file a noun, every answer a frozen value.

Nothing is written here and no rule decided. A query runs inside a transaction that its caller opened, so that what
belongs together is read from one snapshot.
"""
