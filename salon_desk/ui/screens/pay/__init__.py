"""Pay: what is due, the tip, stored value, other tenders, and what was taken until the next ticket opens.

What a plan comes to and whether it can be taken is decided by `services/checkout`.
"""
