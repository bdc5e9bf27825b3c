"""SQLite and PostgreSQL are the same head office: the same operations are applied, set aside, sorted and hashed alike."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count
from pathlib import Path
from unittest import mock

import pytest
from sqlalchemy import insert, select

from salon_desk.cli import main as frame
from salon_desk.operations import description
from salon_desk.operations.card import CardIssued
from salon_desk.operations.description import ChangePlanned, Field, ItemDescribed, MemberDescribed
from salon_desk.operations.envelope import Envelope
from salon_desk.operations.shift import DrawerOpened
from salon_desk.storage import set_aside
from salon_desk.storage.digest import digest
from salon_desk.storage.engine import Statement
from salon_desk.storage.office import Office, open_for_reading, open_office
from salon_desk.storage.place import Place
from salon_desk.storage.receiving import receive
from salon_desk.storage.tables.local import settings
from salon_desk.storage.tables.members import members
from salon_desk.storage.verify import verify
from tests.integration.storage.neighbours import tables_of
from tests.integration.storage.strangers import Body, chain
from tests.integration.storage.tills import TurnedClock, journal_of, moving
from tests.postgres import Server

HIGHEST = (1 << 63) - 1

_NAMES = Statement(lambda: select(members.c.name).order_by(members.c.name))
_SETTING = Statement(lambda: insert(settings))


def office_at(place: Place) -> Office:
    """A head office whose ids and salts are the same each time."""
    ids = count(1)
    with mock.patch("salon_desk.storage.store.os.urandom", lambda size: b"s" * size):
        return open_office(place, TurnedClock(), lambda: f"office-{next(ids):04d}")


@pytest.fixture
def both(tmp_path: Path, postgres: str) -> tuple[Place, Place]:
    """The same head office twice."""
    return Place(folder=tmp_path / "office"), Place(url=postgres)


@pytest.fixture
def offices(both: tuple[Place, Place]) -> Iterator[tuple[Office, Office]]:
    with ExitStack() as stack:
        opened = [office_at(place) for place in both]
        for office in opened:
            stack.callback(office.close)
        yield opened[0], opened[1]


def digest_of(office: Office) -> str:
    with office.database.read() as transaction:
        return digest(transaction)


def waiting(office: Office) -> list[tuple[str, str]]:
    """What is set aside, and why."""
    with office.database.trial() as transaction:
        return [(one.header.op_id, one.reason) for one in set_aside.waiting(transaction)]


def in_parts(envelopes: list[Envelope], size: int) -> Iterator[list[Envelope]]:
    for start in range(0, len(envelopes), size):
        yield envelopes[start : start + size]


def issued(card: str, code: str = "") -> CardIssued:
    return CardIssued(card=card, code=code or card, currency="USD", member="")


def item(**fields: object) -> tuple[str, object]:
    return ItemDescribed.KIND, {"id": "gel", "fields": {name: [1, value] for name, value in fields.items()}}


POISON: dict[str, list[Body]] = {
    "a purse below zero": [moving(-5)],
    "a purse that overflows": [moving(HIGHEST), moving(1)],
    "postings that overflow": [(moving(1).KIND, {"shift": "", "amount": [HIGHEST + 1, "USD"], "reason": ""})],
    "a number beyond 64 bits": [
        (moving(1).KIND, b'{"purse_changes":[["a",99999999999999999999999,"issue"]]}')
    ],
    "a card issued twice": [issued("one"), issued("one", "other")],
    "U+0000 in a text": [issued("a\0b")],
    "U+0000 in a field": [item(name_en="a\0b")],
    "half a surrogate pair": [(DrawerOpened.KIND, b'{"shift":"","reason":"\\ud800"}')],
    "a text that is no UTF-8": [(DrawerOpened.KIND, b'{"shift":"","reason":"\xff\xfe"}')],
    "no JSON at all": [(DrawerOpened.KIND, b"\x00\x01\x02")],
    "an unknown kind": [("moon.landed", {"who": "neil"})],
    "a number where a text belongs": [item(name_en=5)],
    "a truth where a text belongs": [item(name_en=True)],
    "a text where a number belongs": [item(price_cents="100")],
    "a list where a text belongs": [item(name_en=["a"])],
    "a text where a list belongs": [
        (description.StaffDescribed.KIND, {"id": "kim", "fields": {"skills": [1, "nails"]}})
    ],
    "nothing where something belongs": [item(minutes=None)],
    "a number too large for its column": [item(price_cents=HIGHEST + 1)],
    "a truth where a number belongs": [item(active=False)],
    "a fraction where a number belongs": [item(price_cents=1.5)],
    "a planned value that does not fit": [
        ChangePlanned(
            subject=ItemDescribed.KIND, id="gel", from_day="2027-01-01", fields={"price_cents": Field(1, "x")}
        )
    ],
    "a long text": [issued("long", "x" * 2000), item(name_en="长" * 3000)],
}


@pytest.mark.parametrize("name", POISON)
def test_a_poison_operation_has_the_same_outcome_on_both_and_blocks_nothing(
    name: str, offices: tuple[Office, Office]
) -> None:
    envelopes = chain([*POISON[name], issued("afterwards"), moving(7)])
    done = [receive(office, envelopes) for office in offices]
    assert done[0].set_aside == done[1].set_aside
    assert waiting(offices[0]) == waiting(offices[1])
    assert tables_of(offices[0]) == tables_of(offices[1])
    assert digest_of(offices[0]) == digest_of(offices[1])
    assert [row[0] for row in tables_of(offices[1])["cards"] if row[0] == "afterwards"] == ["afterwards"]


def test_looking_at_what_is_set_aside_leaves_nothing(place: Place) -> None:
    office = office_at(place)
    receive(office, chain([moving(-5), moving(3)]))
    before = tables_of(office)
    assert [reason for _op_id, reason in waiting(office)] == [set_aside.REFUSED]
    with office.database.trial() as transaction:
        transaction.run(_SETTING, name="tried", value="x")
    assert tables_of(office) == before
    with office.local() as transaction:
        transaction.run(_SETTING, name="tried", value="y")
    office.close()


@pytest.mark.parametrize("size", [1, 7, 10_000])
def test_the_same_operations_print_the_same_digest_on_both(
    size: int, traded: Path, both: tuple[Place, Place], offices: tuple[Office, Office]
) -> None:
    day = journal_of(traded)
    for office in offices:
        for part in in_parts(day, size):
            receive(office, part)
    found = [verify(place) for place in both]
    assert found[0].problems == ()
    assert found[0] == found[1]
    assert found[0].operations == len(day) + 1
    assert found[0].head == offices[0].head.hash
    assert found[0].digest == digest_of(offices[0]) == digest_of(offices[1])


def test_verify_and_journal_print_the_same_of_both(
    traded: Path,
    both: tuple[Place, Place],
    offices: tuple[Office, Office],
    capsys: pytest.CaptureFixture[str],
) -> None:
    for office in offices:
        receive(office, journal_of(traded))
    said = []
    for words in (("--data", str(both[0].folder)), ("--database", both[1].url)):
        assert frame.main(("verify", *words, "--json")) == 0
        assert frame.main(("journal", *words, "--json")) == 0
        assert frame.main(("journal", *words, "--after", "5")) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]
    assert json.loads(said[0].splitlines()[0])["ok"]
    assert json.loads(said[0].splitlines()[1])["position"] == 1


def test_text_sorts_by_its_bytes_on_both(offices: tuple[Office, Office]) -> None:
    names = [
        "b",
        "B",
        "a",
        "A",
        "é",
        "Z",
        "_",
        "林",
        "阿",
        "王",
        "😀",
        "\uffff",
        "ａ",
        "ab",
        "a b",
        "a-b",
        "1",
        "10",
        "9",
        "",
    ]
    said = [
        MemberDescribed(id=f"m{number}", fields={"name": Field(1, name)}) for number, name in enumerate(names)
    ]
    for office in offices:
        receive(office, chain(said))
        with office.database.read() as transaction:
            assert [row.name for row in transaction.all(_NAMES)] == sorted(names, key=str.encode)


def test_values_come_back_as_they_went_in(place: Place) -> None:
    office = office_at(place)
    envelopes = chain([issued("卡\u200b😀\ue000"), moving(HIGHEST), moving(-HIGHEST)])
    receive(office, envelopes)
    database = open_for_reading(place)
    with database.read() as transaction:
        from salon_desk.storage import journal

        kept = [one for _position, one in journal.after(transaction, 0)]
    assert kept[1:] == envelopes
    assert all(type(one.body) is bytes and type(one.salt) is bytes for one in kept)
    database.close()
    office.close()


TAMPERED = {
    "UPDATE purses SET units = units + 1": "purses ",
    "DELETE FROM cards": "cards ",
    "UPDATE journal SET actor = 'bob' WHERE seq = 2": "hash does not fit",
    "UPDATE journal SET body = NULL WHERE seq = 2": "body is missing",
    "DELETE FROM journal WHERE position = 3": "journal position 3: missing",
    "INSERT INTO categories (id, name_en, name_zh_cn, name_zh_tw, hue, position, active, stamps, extra) "
    "VALUES ('x', '', '', '', '', 0, 1, '{}', '{}')": "categories ",
    "DROP INDEX ix_cards_code": "ix_cards_code is missing",
    "CREATE TABLE strange (a int)": "strange does not belong here",
    "ALTER TABLE cards ADD COLUMN more text": "cards: its columns",
    "DROP TABLE holds": "holds",
}


@pytest.mark.parametrize("sql", TAMPERED)
def test_what_was_tampered_with_is_named_on_both(sql: str, place: Place, postgres_server: Server) -> None:
    office = office_at(place)
    receive(office, chain([issued("one"), moving(7)]))
    office.close()
    if place.folder is None:
        with postgres_server.connect_to(place.url) as server:
            server.execute(sql.encode())
    else:
        connection = sqlite3.connect(place.folder / "head-office.db", isolation_level=None)
        connection.execute(sql)
        connection.close()
    found = verify(place)
    assert not found.ok
    assert any(TAMPERED[sql] in problem for problem in found.problems), found.problems
