"""When garbage of the tests is collected: between two of them, on the thread that runs them, and as little as will do.

A widget that is destroyed beside its own thread ends the program (`bootstrap/screen/collecting.py`), so the collector's
own runs are off. What stands when the first test begins stays to the end: nobody looks for garbage in it, for going
through it takes a third of a second.
"""

from __future__ import annotations

import gc
from collections.abc import Generator
from itertools import count

import pytest

_ALL_AFTER = 100
"""Tests between two collections of everything that the tests left; the others look at the newest only."""


class Garbage:
    """Collects after each test."""

    def __init__(self) -> None:
        self._tests = count(1)

    def pytest_collection_finish(self) -> None:
        gc.collect()
        gc.freeze()
        gc.disable()

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_teardown(self) -> Generator[None, None, None]:
        yield
        if gc.isenabled():  # a till of the test has let go of the collecting, and of what was frozen
            gc.disable()
            gc.freeze()
        gc.collect(0 if next(self._tests) % _ALL_AFTER else 2)
