"""Salon Desk: an offline-first point-of-sale terminal for salons and spas.

Nothing lives here but the version. DESIGN of the house: see README.md, "A map of the house".
"""

__version__ = "0.1.0"
