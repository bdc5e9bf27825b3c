"""Tiers: the rules by which members reach them, tried on everybody before they hold.

What a tier is and who moves is decided in `domain/tier.py` and `services/tiers.py`.
"""
