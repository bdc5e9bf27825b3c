"""The people and habits of the scripted trading day; `trading_day.py` lets them meet.

No rule of the trade lives here: everything goes through the services, as from the screen. Chance comes from one seeded
generator, and nothing that it is asked depends on the machine's time or on the printer.
"""
