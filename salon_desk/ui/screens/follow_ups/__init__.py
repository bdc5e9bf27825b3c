"""The screen of tasks (回访): whom to call or speak to and why, and what came of it.

Who makes tasks is not decided here (`services/follow_ups.py`, `services/triggers.py`).
"""
