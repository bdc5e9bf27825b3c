"""What staff do, one verb family a file; every function takes the Till first and runs on the database worker.

No SQL, no Qt, no port lives here. A service reads, lets `domain` decide, and records one operation; where it needs a
device or the network it names a Protocol in `ports.py`.
"""
