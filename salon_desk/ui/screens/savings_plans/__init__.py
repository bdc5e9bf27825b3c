"""The screen of savings plans: what a card can save towards, written in a form.

How a card joins one and how far it is stands on the card's page, not here.
"""
