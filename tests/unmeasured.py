"""Tests that coverage does not measure: measuring them costs two fifths of their time and finds nothing new.

The list names what repeats, in other orders, sizes, databases and processes, what the tests of a single module run.
The floors of coverage hold without them (`coverage_floors.py`). From a test's first fixture to its last, coverage
pauses, and the processes that it starts are not measured either.
"""

from __future__ import annotations

import os
from collections.abc import Generator
from fnmatch import fnmatch
from pathlib import Path
from typing import Any

import pytest

_UNMEASURED = (
    *(f"{folder}/*" for folder in ("network", "house_rules", "model")),
    *(f"integration/{folder}/*" for folder in ("histories", "moves", "undoing", "window")),
    *(f"integration/storage/test_{what}.py" for what in ("any_order", "digest", "tampering")),
    "integration/head_office/test_fuzz.py",
    "ui/*_pictures.py",
)
_OF_CHILDREN = "COVERAGE_PROCESS_CONFIG"


class Unmeasured:
    """Pauses coverage around the tests of the list."""

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        measuring = item.config.pluginmanager.getplugin("_cov")
        controller: Any = getattr(measuring, "cov_controller", None)
        if controller is None or not _is_listed(item.path):
            return (yield)
        children = os.environ.pop(_OF_CHILDREN, None)
        controller.pause()
        try:
            return (yield)
        finally:
            controller.resume()
            if children is not None:
                os.environ[_OF_CHILDREN] = children


def _is_listed(path: Path) -> bool:
    where = path.relative_to(Path(__file__).parent).as_posix()
    return any(fnmatch(where, one) for one in _UNMEASURED)
