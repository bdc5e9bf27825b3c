"""The screen of groups of members: those that come with the program, the owner's own, and who is about to leave.

A group is written to on the screen of campaigns.
"""
