"""The parsed tree is there for one module of rules at a time."""

from collections.abc import Iterator

import pytest

from tests.house_rules import tree


@pytest.fixture(autouse=True, scope="module")
def parsed_for_this_module() -> Iterator[None]:
    """What a module of rules had parsed is let go when it is through."""
    yield
    tree.forget()
