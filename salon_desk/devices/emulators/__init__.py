"""Devices in software, for the demo, for trying things without hardware, and for tests with faults.

No sale and no screen lives here. They are written from the printers' manuals and know nothing of our
own encoder, so that a fault in one shows in the other.
"""
