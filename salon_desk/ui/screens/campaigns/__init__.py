"""The screen of campaigns: one message to a group, looked at before it goes out, and what came of it.

Groups are made on the screen of groups.
"""
