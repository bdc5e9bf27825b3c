"""The way to everything that is said to members between their visits: tasks, groups, campaigns, what was sent.

Nothing is said or changed here; each place is a screen of its own.
"""
