"""The shift: opened with a float, cash in and out, closed in six screens that each ask one thing.

What is expected in the drawer is shown nowhere before it is counted; services decide everything.
"""
