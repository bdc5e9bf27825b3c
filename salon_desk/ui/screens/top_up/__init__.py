"""Top-up: value sold for a stored-value card: the offer, the seller, the tender, in four taps or five.

What an offer gives and whether it may be sold is decided by `services/cards`.
"""
