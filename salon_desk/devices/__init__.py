"""Printers, drawers and readers: one URL, one thread on the port, one state and one emulator each.

No Qt, no SQL and no decision about money lives here. The one rule to know: trouble with a device
is a state that is reported, never an exception on a screen, and no task that was taken is lost.
"""
