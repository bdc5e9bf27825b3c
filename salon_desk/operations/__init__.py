"""The facts of a shop: one frozen struct for everything that can happen, by subject.

No SQL and no rule lives here. An operation once released keeps its kind, version and fields for ever:
a change is a new version with an upcast in `versions.py`. Ids in operations that move units are opaque.
"""
