"""How a body of an older version becomes one of the next: one step a function, by (kind, version).

No released body is ever rewritten on disk: it is raised each time it is read. There is no step yet, because
nothing has been released.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

Step = Callable[[dict[str, Any]], dict[str, Any]]

STEPS: dict[tuple[str, int], Step] = {}


def raise_version(kind: str, version: int, wanted: int, body: dict[str, Any]) -> dict[str, Any]:
    """The body raised step by step from `version` to `wanted`; KeyError when a step is missing."""
    for step in range(version, wanted):
        body = STEPS[(kind, step)](body)
    return body
