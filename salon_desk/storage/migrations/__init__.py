"""How an older database becomes one of this program: Alembic revisions, each written out, oldest first in `versions/`.

No table's present shape is read here: a revision keeps saying what it said when it was released. A new database is made
at once by `schema.py`; a test holds that both ways end in the same schema.
"""
