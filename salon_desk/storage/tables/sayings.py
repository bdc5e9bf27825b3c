"""Words that were typed about members beside acts that stay, by the name that those acts have for them.

They go with their member (`apply/erasures.py`); the name stays and says nothing.
"""

from salon_desk.storage.tables.base import table, text

sayings = table(
    "sayings",
    text("saying", primary_key=True),
    text("member", index=True),
    text("words"),
    text("op_id"),
)
