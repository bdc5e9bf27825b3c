"""The screen of what is sent by itself: every trigger, whether it is on, and what then happens.

What a message says is the screen of the texts.
"""
