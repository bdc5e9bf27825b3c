"""`import` and `member` on the command line: the same services, the PIN by standard input, nothing without it."""

from __future__ import annotations

import io
import json
from pathlib import Path

import pytest

from salon_desk.cli import main as frame
from salon_desk.domain.access import Role
from salon_desk.operations import description as described
from salon_desk.services import sign_in
from salon_desk.services.describe import describe
from salon_desk.services.till import Actor
from salon_desk.storage.verify import verify
from tests.integration.importing.lists import as_csv, many
from tests.integration.services.shop import open_shop


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A closed till whose owner has a PIN."""
    shop = open_shop(tmp_path / "till")
    owner = {"name": "黄海伦", "latin_name": "Helen", "role": "owner"}
    describe(shop.till, shop.command(), None, [(described.StaffDescribed, "helen", owner)])
    sign_in.set_pin(shop.till, shop.command(), Actor("helen", Role.OWNER), "helen", "9999")
    shop.till.store.close()
    return tmp_path / "till"


@pytest.fixture
def pin(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("9999\n" * 9))


def said(capsys: pytest.CaptureFixture[str], *words: object) -> dict[str, object]:
    assert frame.main([str(word) for word in words]) == 0
    found = json.loads(capsys.readouterr().out)
    assert isinstance(found, dict)
    return found


@pytest.mark.usefixtures("pin")
def test_a_list_is_previewed_carried_listed_and_taken_back(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(as_csv(many(60), "gb18030"))
    seen = said(capsys, "import", "preview", file, "--data", folder, "--json")
    assert seen["broken"] == []
    totals = seen["totals"]
    assert isinstance(totals, dict)
    told = [word for name, number in totals.items() for word in ("--told", f"{name}={number}")]
    given = (
        "import",
        "carry",
        file,
        "--data",
        folder,
        "--staff",
        "helen",
        "--name",
        "Helen",
        *told,
        "--json",
    )
    assert said(capsys, *given)["taken"] == totals
    assert said(capsys, *given)["taken"] == dict.fromkeys(totals, 0)
    listed = said(capsys, "import", "lists", "--data", folder)
    assert (listed["list"], listed["reversed"]) == (seen["list"], False)
    back = said(capsys, "import", "reverse", seen["list"], "--data", folder, "--staff", "helen", "--json")
    assert back["left"] == []
    assert verify(folder).problems == ()


def test_a_column_that_is_none_is_refused(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(as_csv(many(2), "utf-8"))
    for words in (("--column", "姓名=nonsense"), ("--column", "nothing=name")):
        assert frame.main(["import", "preview", str(file), "--data", str(folder), *words]) == 2
    assert frame.main(["import", "preview", str(tmp_path / "none.csv"), "--data", str(folder)]) == 2
    assert "no such file" in capsys.readouterr().err.lower()


@pytest.mark.usefixtures("pin")
def test_a_person_is_exported_and_then_erased(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "members.csv"
    file.write_bytes(as_csv([["", "欧阳雪莹", "718-555-0143", "", "25.00", "", "12"]], "utf-8"))
    carried = ("--staff", "helen", "--name", "Helen", "--may-differ", "--json")
    said(capsys, "import", "carry", file, "--data", folder, *carried)
    member = _member(folder)
    whose = (member, "--data", folder, "--staff", "helen")
    found = said(capsys, "member", "export", *whose)
    text = json.dumps(found, ensure_ascii=False)
    assert all(word in text for word in ("欧阳雪莹", "+17185550143", "2500"))
    for form in ("pdf", "text"):
        out = tmp_path / f"person.{form}"
        assert frame.main(["member", "export", *map(str, whose), "--format", form, "--output", str(out)]) == 0
        assert out.stat().st_size > 200
    told = said(capsys, "member", "erase", *whose)
    assert (told["erased"], told["cards_kept"][0]["cents"]) == (False, 2500)  # type: ignore[index]
    assert said(capsys, "member", "erase", *whose, "--yes")["erased"] is True
    assert all("欧阳雪莹".encode() not in one.read_bytes() for one in folder.iterdir())
    assert verify(folder).problems == ()
    assert frame.main(["member", "erase", *map(str, whose), "--yes"]) == 2


def _member(folder: Path) -> str:
    import sqlite3

    connection = sqlite3.connect(folder / "till.db")
    (found,) = connection.execute("SELECT id FROM members WHERE name = '欧阳雪莹'").fetchone()
    connection.close()
    return str(found)
