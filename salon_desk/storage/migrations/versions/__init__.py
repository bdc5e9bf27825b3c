"""The revisions, one a file, never changed once released.

After a change to `storage/tables/` add one here (SQLite changes a column only by making the table anew:
`op.batch_alter_table`), name it in `schema.py`, and keep a database of the revision before it for the tests.
"""
