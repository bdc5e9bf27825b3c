"""What every test stands on: no screen, no keyring of this machine's user, no file outside a test's folder.

No fixture of a single room lives here (see that room's own conftest). Whatever a child process needs is put
into the environment before anything of the product is imported.
"""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import argon2
import hypothesis
import keyring
import keyring.backend
import keyring.errors
import pytest

from tests.coverage_floors import CoverageFloors
from tests.garbage import Garbage
from tests.postgres import place, postgres, postgres_server  # noqa: F401
from tests.unmeasured import Unmeasured

_LONG = ("network", "benchmarks", "house_rules", "model")
_SCRATCH = tempfile.mkdtemp(prefix="salon-desk-tests-")

os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
os.environ.setdefault("ESCPOS_CAPABILITIES_PICKLE_DIR", _SCRATCH)
os.environ.setdefault("PYTHON_KEYRING_BACKEND", "keyring.backends.fail.Keyring")
os.environ.setdefault("PYTHONUTF8", "1")
os.environ["SALON_DESK_KEYS"] = os.path.join(_SCRATCH, "keys")

hypothesis.settings.register_profile("house", deadline=None, derandomize=bool(os.environ.get("CI")))
hypothesis.settings.load_profile("house")


class QuickHasher(argon2.PasswordHasher):
    """Hashes a PIN with as little work as there can be; what it costs in a shop is the product's own figure."""

    def __init__(self, **_asked: int) -> None:
        super().__init__(time_cost=1, memory_cost=8, parallelism=1)


argon2.PasswordHasher = QuickHasher  # type: ignore[assignment,misc]


class MemoryKeyring(keyring.backend.KeyringBackend):
    """A keyring that forgets everything at the end of a test."""

    priority = 1

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]  # keyring says no types here
        self._kept: dict[tuple[str, str], str] = {}

    def get_password(self, service: str, username: str) -> str | None:
        return self._kept.get((service, username))

    def set_password(self, service: str, username: str, password: str) -> None:
        self._kept[service, username] = password

    def delete_password(self, service: str, username: str) -> None:
        if self._kept.pop((service, username), None) is None:
            raise keyring.errors.PasswordDeleteError(f"nothing is kept for {username} of {service}")


@pytest.fixture(autouse=True)
def memory_keyring() -> Iterator[MemoryKeyring]:
    """Every test has a fresh keyring in memory; child processes have none at all."""
    kept = MemoryKeyring()
    keyring.set_keyring(kept)
    yield kept
    keyring.set_keyring(MemoryKeyring())


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(CoverageFloors(config), "coverage_floors")
    config.pluginmanager.register(Unmeasured(), "unmeasured")
    config.pluginmanager.register(Garbage(), "garbage")


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Folders with long tests come first, in random order as the rest: at the end no process waits long for another."""
    here = Path(__file__).parent
    items.sort(key=lambda item: item.path.relative_to(here).parts[0] not in _LONG)


def pytest_unconfigure() -> None:
    shutil.rmtree(_SCRATCH, ignore_errors=True)
