"""Inspections: the monthly look at the card terminal, its serial, its seal, a photo, under the name of who looked.

What is due and what is kept is decided in `services/inspections.py`.
"""
