"""Members: found while typing, added in a minute, and one member's page with cards and history.

What a member is and may be is decided in `services/members.py`. Lists come from the search, never from all members.
"""
