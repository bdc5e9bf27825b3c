"""The screen of promotions: the owner's rules for discounts, written in a form and tried before they go live.

Why a rule applied to a ticket is shown at checkout, not here.
"""
