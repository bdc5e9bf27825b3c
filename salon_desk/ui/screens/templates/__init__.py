"""The screen of the texts: what each message says in each language, tried on a real member while it is written.

When a message goes out is the screen of what is sent by itself.
"""
