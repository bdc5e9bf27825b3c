"""A whole chain in one process: the traces that it lives through, a virtual clock, the figures that come out.

The real code is handed in as factories by whoever composes it (`cli/simulate.py`); nothing of the product imports this room.
"""
