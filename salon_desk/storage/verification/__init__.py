"""The parts of `verify`: the journal read as bytes, folds, the anchor, the rebuilt projections.

`storage/verify.py` puts them together. Nothing here writes into a till's folder, and bad data is a problem to be named,
never an exception.
"""
