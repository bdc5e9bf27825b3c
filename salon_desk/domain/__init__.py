"""The rules of a salon, pure: standard library only.

No I/O, no clock, no randomness, no translation and no SQL lives here. Every rule is a function
of frozen values; a refusal is a DomainError with parameters and no prose.
"""
