"""A shop with a hub that has joined head office."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.head_office import attendance
from tests.integration.hub.shop import Shop, shop


@pytest.fixture
def salon(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Shop]:
    """Head office and hub, which note at once whom they heard of."""
    monkeypatch.setattr(attendance, "KEEP_EVERY", 0.05)
    with shop(tmp_path) as made:
        yield made
