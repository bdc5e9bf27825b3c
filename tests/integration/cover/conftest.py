"""A head office with two tills of S1 and one of S2 on SQLite; `empty` on each database for what has to be tried on both."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.integration.cover.facts import with_tills
from tests.integration.moves.chain import Chain, Counter, open_chain
from tests.integration.moves.conftest import empty  # noqa: F401


@pytest.fixture
def chain(tmp_path: Path) -> Iterator[Chain]:
    """All have everything and nothing lies on the card."""
    chain = open_chain(tmp_path)
    yield with_tills(chain)
    chain.close()


@pytest.fixture
def home(chain: Chain) -> Counter:
    """The first till of the card's home store."""
    return chain.tills[0]


@pytest.fixture
def away(chain: Chain) -> Counter:
    """The till of the other store."""
    return chain.tills[2]
