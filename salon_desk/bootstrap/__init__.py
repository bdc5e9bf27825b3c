"""Composition roots: the only rooms that know every concrete class.

No rule and no screen lives here. `till.py` puts a till together without Qt, `screen.py` puts the window around it.
"""
