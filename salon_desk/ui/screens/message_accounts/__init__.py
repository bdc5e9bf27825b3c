"""The screen of the accounts by which messages are sent.

Nothing lives in this file.
"""
