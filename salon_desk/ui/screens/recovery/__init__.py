"""Recovery: the first screen after a crash or power cut says what became of the last sale, its receipt and the drawer.

What really happened is known by `services/recovery.py`; this only says it, and lets a person set it right.
"""
