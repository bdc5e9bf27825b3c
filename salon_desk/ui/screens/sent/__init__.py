"""The screen of what was sent to members: to whom, why, what it said, and what came of it.

Nothing is sent or decided here; each message is explained by `ui/message_sentences.py`.
"""
