"""A head office that serves, on each database."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from salon_desk.storage.office import Place
from tests.integration.head_office.serving import HeadOffice, serving_at


@pytest.fixture
def served(place: Place) -> Iterator[HeadOffice]:
    """An empty head office behind HTTP."""
    with serving_at(place) as office:
        yield office
