"""The till's side of sync: two threads, feed and send, and what they speak (DESIGN 4, PROTOCOL 3).

Everything of the database goes through the database worker. Trouble of the network is state here, never an exception.
"""
