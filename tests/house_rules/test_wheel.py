"""A wheel built from the tree is whole: code, resources and catalogues, and it works from any folder.

It is built without isolation and unpacked, not installed: nothing is fetched, and this environment stays as it is.
"""

from __future__ import annotations

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.house_rules.tree import ROOT


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The contents of a wheel, in a folder that has nothing else."""
    built = tmp_path_factory.mktemp("built")
    command = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(built), str(ROOT)]
    done = subprocess.run(command, capture_output=True, text=True, check=False, env=_environment())
    assert done.returncode == 0, done.stdout + done.stderr
    (wheel,) = built.glob("salon_desk-*-py3-none-any.whl")
    folder = tmp_path_factory.mktemp("unpacked")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder)
    return folder


def test_every_module_is_in_the_wheel(unpacked: Path) -> None:
    assert _files(ROOT / "salon_desk", "*.py") - _files(unpacked / "salon_desk", "*.py") == set()


def test_every_resource_is_in_the_wheel(unpacked: Path) -> None:
    assert _files(ROOT / "resources", "*") == _files(unpacked / "salon_desk" / "_resources", "*")


def test_every_catalogue_is_in_the_wheel_compiled(unpacked: Path) -> None:
    assert _files(unpacked / "salon_desk" / "_locale", "*") == {
        f"{language}/LC_MESSAGES/salon_desk.mo" for language in ("en", "zh_CN", "zh_TW")
    }


def test_nothing_but_the_product_is_in_the_wheel(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")} == {
        "salon_desk"
    }


def test_the_wheel_answers_from_another_folder(unpacked: Path, tmp_path: Path) -> None:
    environment = _environment() | {"PYTHONPATH": str(unpacked)}
    where = [sys.executable, "-c", "import salon_desk; print(salon_desk.__file__)"]
    found = subprocess.run(where, cwd=tmp_path, env=environment, capture_output=True, text=True, check=True)
    assert Path(found.stdout.strip()).is_relative_to(unpacked)


def _files(folder: Path, pattern: str) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


def _environment() -> dict[str, str]:
    """This environment without coverage, which would look for the sources of what is about to be removed."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
