"""A wheel built from the tree is whole: code, resources and catalogues, and it works from any folder.

It is built without isolation and unpacked, not installed: nothing is fetched, and this environment stays as it is.
"""

from __future__ import annotations

import json
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


def test_every_file_of_the_package_is_in_the_wheel(unpacked: Path) -> None:
    assert _files(ROOT / "salon_desk", "*") - _files(unpacked / "salon_desk", "*") == set()


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
    where = _run(unpacked, tmp_path, "-c", "import salon_desk; print(salon_desk.__file__)")
    assert Path(where.strip()).is_relative_to(unpacked)
    assert "verify" in _run(unpacked, tmp_path, "-m", "salon_desk", "--help")


def test_the_wheel_speaks_chinese_from_another_folder(unpacked: Path, tmp_path: Path) -> None:
    code = "from salon_desk.i18n import Catalogue; print(Catalogue.load('zh_CN').text('Mon').encode().hex())"
    assert bytes.fromhex(_run(unpacked, tmp_path, "-c", code)).decode() == "周一"


def test_the_wheel_sells_with_its_own_resources_from_another_folder(unpacked: Path, tmp_path: Path) -> None:
    said = _run(
        unpacked,
        tmp_path,
        "-m",
        "salon_desk",
        "day",
        "--data",
        "till",
        "--sales",
        "1",
        "--seed",
        "7",
        "--json",
    )
    lines = [json.loads(line) for line in said.splitlines()]
    assert ["done" in line for line in lines] == [True, False]
    assert json.loads(_run(unpacked, tmp_path, "-m", "salon_desk", "verify", "--data", "till", "--json"))[
        "ok"
    ]


def _run(unpacked: Path, folder: Path, *arguments: str) -> str:
    """What a fresh Python says that has the wheel before everything else, started in `folder`."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=folder,
        env=_environment() | {"PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def _files(folder: Path, pattern: str) -> set[str]:
    return {
        path.relative_to(folder).as_posix()
        for path in folder.rglob(pattern)
        if path.is_file() and "__pycache__" not in path.parts
    }


def _environment() -> dict[str, str]:
    """This environment without coverage, which would look for the sources of what is about to be removed."""
    return {name: value for name, value in os.environ.items() if not name.startswith("COVERAGE_")}
