"""Card terminals that are asked by the till and talk to their host themselves: their protocols, drivers and thread.

No charge is written down or decided here (services do, before anything is sent). The one rule to know: what takes money
is sent once, an answer is believed only if its check is right and its reference is ours, and silence is never a decline.
"""
