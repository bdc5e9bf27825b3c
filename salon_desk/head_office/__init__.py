"""The other side of sync: what head office serves to its tills, and what it decides for them.

No SQL lives here (`storage`), and nothing of a till's own side (`sync`). A hub runs the same code for its shop.
"""
