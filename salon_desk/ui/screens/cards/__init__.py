"""Cards: look a stored-value card up, its three figures, every movement, freeze and unfreeze, give one out.

Putting value on a card is the top-up screen's; what a card may do is decided in `services/cards.py`.
"""
