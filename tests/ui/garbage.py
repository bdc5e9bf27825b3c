"""Garbage of tests with windows goes on their own thread, as in the till."""

from __future__ import annotations

import gc
from collections.abc import Iterator

import pytest


@pytest.fixture(autouse=True)
def garbage_goes_on_this_thread() -> Iterator[None]:
    """See `bootstrap.screen.collecting`: no widget is destroyed on a worker's thread, here or in a later test."""
    gc.disable()
    yield
    gc.collect()
    gc.enable()
