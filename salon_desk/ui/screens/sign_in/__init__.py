"""Signing in: faces of people with a PIN, then the PIN; the first PIN of a new shop.

Whether a PIN is right and how long a lockout lasts is decided in `services/sign_in.py`.
"""
