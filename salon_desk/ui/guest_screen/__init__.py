"""The window that guests see: presenter and view model without Qt, view and its painted parts.

What stands on it comes from `ui/guest_feed.py`; on which screen it opens is bootstrap's.
"""
