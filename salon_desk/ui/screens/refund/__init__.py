"""Refund and void: an earlier sale is found, lines are chosen, and it is shown what goes back where before it does.

What may go back is decided in `services/refunds.py` and `services/voids.py`.
"""
