"""Reports: today so far (X), a business day, the Z reports, and what is owed; looked at and printed.

Nothing is summed here (`services/reports.py`), and the words are those of the paper (`documents`).
"""
