"""A chain of the real code under faults: one process, virtual clocks, a network that loses, disks that forget.

Who checks what stands in `truth.py`; nothing here may help the product to be right.
"""
