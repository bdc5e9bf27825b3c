"""What refusals say, by subject: one file for the errors of a subject, each a sentence.

No rule lives here. A sentence says what happened, what was kept, and what to do next.
"""
