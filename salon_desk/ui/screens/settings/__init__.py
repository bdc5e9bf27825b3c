"""Settings of this till: language, theme, clock, the receipt's language; and the ways to devices and shift.

None of it is a fact of the shop: another till has its own. Bootstrap keeps what is chosen (`choices.LocalSettings`).
"""
