"""The screen of the owner's rules of the shop.

Nothing lives in this file.
"""
