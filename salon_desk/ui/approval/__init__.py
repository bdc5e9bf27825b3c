"""A manager's approval on the spot, for every screen: who, PIN, and the act goes on with the lent actor.

Whether a PIN is right and who may approve what is decided in the sign-in service; nothing is decided here.
"""
