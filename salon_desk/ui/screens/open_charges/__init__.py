"""Card and wallet payments that somebody has to see to: nobody knows what became of them, or money has no sale yet.

They are found by `services/charges.unsettled`; a ticket's own are finished on the pay screen.
"""
