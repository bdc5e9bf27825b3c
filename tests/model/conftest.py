"""The model is measured by nobody: it runs none of the product, and measuring made it nearly twice as slow."""

from pathlib import Path

import pytest

_HERE = Path(__file__).parent


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test of this folder."""
    for item in items:
        if item.path.parent == _HERE:
            item.add_marker(pytest.mark.no_cover)
