"""What the product is held against: plain sqlite3, a bare Qt window, an idle event loop.

Nothing here imports a service. A floor does the least that has the same effect, so that nobody can say it was bent.
"""
