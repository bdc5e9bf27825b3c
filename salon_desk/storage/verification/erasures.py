"""Erasures: a body that is missing was taken by one, and nothing is here of whom one names.

What an erasure does is in `storage/erasing.py`. Rows are read with a tolerant connection, as in `chain.py`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

import msgspec

from salon_desk.operations.erasure import MemberErased
from salon_desk.operations.operation import Operation
from salon_desk.operations.personal import PERSONAL, people_of
from salon_desk.operations.registry import UnknownOperation, decode
from salon_desk.storage.verification.problems import Problems, named

_OF_KINDS = (
    "SELECT op_id, kind, version, body FROM journal WHERE body IS NOT NULL AND kind IN ({}) "
    "AND op_id NOT IN (SELECT op_id FROM set_aside) ORDER BY position"
)
_GONE = "SELECT op_id FROM local_bodies_gone"


def check_erasures(rows: Any, bare: Mapping[str, str], problems: Problems) -> None:
    """Name bodies that nobody erased, and those that an erasure left; `bare`: by op id, where one is missing. Raises sqlite3.Error."""
    erasures = [one for _op, one in _read(rows, (MemberErased.KIND,)) if isinstance(one, MemberErased)]
    explained = {op_id for erasure in erasures for op_id in erasure.op_ids}
    if bare.keys() - explained:
        explained |= {named(row[0]) for row in rows.execute(_GONE)}
    for op_id, where in bare.items():
        if op_id not in explained:
            problems.add(f"{where}: body is missing")
    gone = {member for erasure in erasures for member in erasure.members}
    if gone:
        for op_id, operation in _read(rows, sorted(PERSONAL)):
            if gone.intersection(people_of(operation)):
                problems.add(f"journal op {op_id}: the body describes somebody who was erased")


def _read(rows: Any, kinds: tuple[str, ...] | list[str]) -> Iterator[tuple[str, Operation]]:
    """Ids and operations of some kinds whose bodies are here; what cannot be read is named where the journal is checked."""
    wanted = ", ".join(f"'{kind}'" for kind in kinds)
    for op_id, kind, version, body in rows.execute(_OF_KINDS.format(wanted)):
        try:
            yield named(op_id), decode(named(kind), version, bytes(body))
        except (UnknownOperation, msgspec.MsgspecError, TypeError):
            continue
