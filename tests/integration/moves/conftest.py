"""A head office and three tills: two of store S1, one of S2; all have everything and nothing lies on the card."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.storage.place import Place
from tests.integration.moves.chain import Chain, Counter, open_chain


@pytest.fixture
def empty(tmp_path: Path, place: Place) -> Iterator[Chain]:
    """A head office without a till, once on each database."""
    chain = open_chain(tmp_path, place)
    yield chain
    chain.close()


@pytest.fixture
def chain(empty: Chain) -> Chain:
    """With tills of S1, S1 and S2."""
    for store in ("S1", "S1", "S2"):
        empty.add_till(store)
    for till in empty.tills:
        empty.feed(till)
    return empty


@pytest.fixture
def home(chain: Chain) -> Counter:
    """The first till of the card's home store."""
    return chain.tills[0]


@pytest.fixture
def away(chain: Chain) -> Counter:
    """The till of the other store."""
    return chain.tills[2]
