"""Coming from the old system: a list is chosen, its columns are named, the owner signs, it is carried over.

What a list brings is decided in `services/importing*.py`; bootstrap hands in where files are looked for.
"""
