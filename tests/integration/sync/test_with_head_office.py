"""Two tills and the real head office, over real HTTP: what one does is at the other, and value goes where it is wanted."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.bootstrap.office_data import office_at
from salon_desk.head_office import attendance, enrolment
from salon_desk.services.link_status import LinkState
from salon_desk.services.till import Till
from salon_desk.storage import journal
from salon_desk.storage.digest import digest
from salon_desk.storage.place import Place
from salon_desk.wire.messages import Part
from tests.integration.head_office.serving import HeadOffice, serving_at
from tests.integration.storage.tills import ASSET, command, journal_of, moving
from tests.integration.sync.linked import LinkedTill, opened


@pytest.fixture
def office(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[HeadOffice]:
    """A head office that notes at once whom it heard of."""
    monkeypatch.setattr(attendance, "KEEP_EVERY", 0.05)
    with serving_at(Place(folder=tmp_path / "head-office")) as made:
        yield made


@contextlib.contextmanager
def _till(office: HeadOffice, folder: Path, store: str) -> Iterator[LinkedTill]:
    with opened(folder) as till:
        till.join(office.url, office.code(store, folder.name))
        yield till


@pytest.fixture
def one(office: HeadOffice, tmp_path: Path) -> Iterator[LinkedTill]:
    with _till(office, tmp_path / "one", "S1") as made:
        yield made


@pytest.fixture
def two(office: HeadOffice, tmp_path: Path) -> Iterator[LinkedTill]:
    with _till(office, tmp_path / "two", "S2") as made:
        yield made


def _all_synced(*tills: LinkedTill) -> bool:
    """Twice round, so that what one round caused has come everywhere."""
    return all(till.synced() for till in (*tills, *tills))


def test_what_one_till_does_is_at_the_other_and_both_agree(
    office: HeadOffice, one: LinkedTill, two: LinkedTill, tmp_path: Path
) -> None:
    one.sell(30)
    two.sell(20)
    assert _all_synced(one, two)
    first, second = journal_of(tmp_path / "one"), journal_of(tmp_path / "two")
    assert {one.hash for one in first} == {one.hash for one in second}
    assert len(first) == office.position()
    assert one.run(_digest) == two.run(_digest)


def _digest(till: Till) -> str:
    with till.read() as transaction:
        return digest(transaction)


def test_value_goes_from_the_till_that_has_it_to_the_till_that_wants_it(
    office: HeadOffice, one: LinkedTill, two: LinkedTill
) -> None:
    one.run(lambda till: journal.record(till.store, command(), lambda _t: moving(9)))
    assert _all_synced(one, two)
    for _ in range(20):
        told = two.link.want([Part(ASSET, 9)]).result()
        assert _all_synced(one, two)
        if told.arrived or told.asked_elsewhere:
            break
    for _ in range(20):
        if two.here():
            break
        assert _all_synced(one, two)
    assert (one.here(), two.here()) == (0, 9)


def test_a_till_that_is_not_confirmed_trades_after_the_owner_has_looked(
    office: HeadOffice, tmp_path: Path
) -> None:
    with opened(tmp_path / "till") as till:
        till.join(office.url, office.code(confirmed=False))
        till.until_state(LinkState.UNCONFIRMED)
        till.sell(3)
        assert till.link.status().pending_parent == 4
        _confirm(office, till.store.node)
        assert till.synced()


def _confirm(office: HeadOffice, node: str) -> None:
    with office_at(office.place) as data:
        enrolment.confirm(data, node)


def test_a_head_office_that_was_away_is_caught_up_with(
    one: LinkedTill, office: HeadOffice, tmp_path: Path
) -> None:
    one.sell(2)
    assert one.synced()
    office.close()
    one.sell(5)
    one.until_state(LinkState.OFFLINE)
    with serving_at(office.place) as again:
        one.link.use_address(again.url).result()
        assert one.synced()
        assert again.position() == len(journal_of(tmp_path / "one"))
        one.link.stop()
