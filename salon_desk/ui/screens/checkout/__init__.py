"""Checkout: the one search, open tickets, tiles, technicians, and the ticket with its member.

Paying is the pay screen's; whatever is sold, priced or recorded is decided by the services.
"""
