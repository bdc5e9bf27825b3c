"""The demo chain at head office: three stores, everybody's value, balanced books, and a load that can be cut off."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.bootstrap.machine import SystemClock, Uuid7
from salon_desk.bootstrap.rules import load_rules
from salon_desk.operations.payment import Funding
from salon_desk.services import demo_chain, demo_file, payment
from salon_desk.services.payment import TopUpAsk
from salon_desk.settings import demo_chain as chain_tables
from salon_desk.storage.engine import Transaction
from salon_desk.storage.office import Office, Place, open_office
from tests.integration.day.played import DEMO

CHAIN = demo_file.read_chain(chain_tables())


@pytest.fixture
def office(tmp_path: Path) -> Iterator[Office]:
    """An empty head office."""
    opened = open_office(Place(folder=tmp_path / "office"), SystemClock(), Uuid7())
    yield opened
    opened.close()


def test_there_are_three_stores_where_taxes_are_known(office: Office) -> None:
    demo_chain.load(office, DEMO, CHAIN)
    stores = _all(office, "SELECT id, jurisdiction, currency FROM stores ORDER BY id")
    assert [row[0] for row in stores] == ["S1", "S2", "S3"] == sorted(CHAIN.homes)
    rules = load_rules()
    for _id, jurisdiction, currency in stores:
        assert currency == "USD"
        assert rules.tax_table(jurisdiction, "2026-07-01")


def test_the_members_are_those_of_the_shop_at_home_in_all_three(office: Office) -> None:
    demo_chain.load(office, DEMO, CHAIN)
    homes = dict(_all(office, "SELECT home_store, COUNT(*) FROM members GROUP BY home_store"))
    assert sum(homes.values()) == len(DEMO.member)
    assert max(homes.values()) - min(homes.values()) <= 1
    assert len(homes) == 3
    codes = {code for (code,) in _all(office, "SELECT code FROM cards")}
    assert codes == {row.card for row in DEMO.member if row.card}


def test_the_value_lies_at_head_office_and_the_books_owe_it(office: Office) -> None:
    demo_chain.load(office, DEMO, CHAIN)
    ((in_purses, cards),) = _all(
        office, f"SELECT SUM(units), COUNT(DISTINCT asset) FROM purses WHERE node = '{office.node}'"
    )
    offers = {offer.id: float(offer.pay) + float(offer.bonus) for offer in DEMO.offer}
    wanted = sum(offers[row.offer] if row.offer else float(row.pay or 0) for row in DEMO.member)
    assert in_purses == round(wanted * 100)
    assert cards >= sum(bool(row.offer or row.pay) for row in DEMO.member)
    ((owed,),) = _all(office, "SELECT SUM(cents) FROM ledger WHERE account LIKE 'Liabilities:StoredValue:%'")
    ((balance,),) = _all(office, "SELECT SUM(cents) FROM ledger")
    assert (owed, balance) == (-in_purses, 0)


def test_loading_again_records_nothing(office: Office) -> None:
    assert demo_chain.is_wanted(office)
    demo_chain.load(office, DEMO, CHAIN)
    before = office.head
    assert not demo_chain.is_wanted(office)
    demo_chain.load(office, DEMO, CHAIN)
    assert office.head == before


def test_a_load_that_was_cut_off_is_gone_on_with(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    real, calls = payment.fund, list[str]()

    def power_cut(
        transaction: Transaction, ask: TopUpAsk, *, currency: str, business_day: str, language: str
    ) -> Funding:
        calls.append(ask.card)
        if len(calls) == 5:
            raise KeyboardInterrupt
        return real(transaction, ask, currency=currency, business_day=business_day, language=language)

    with monkeypatch.context() as patch:
        patch.setattr(payment, "fund", power_cut)
        with pytest.raises(KeyboardInterrupt):
            demo_chain.load(office, DEMO, CHAIN)
    assert _all(office, "SELECT COUNT(*) FROM purses") == [(0,)]
    assert demo_chain.is_wanted(office)
    demo_chain.load(office, DEMO, CHAIN)
    assert not demo_chain.is_wanted(office)
    assert _all(office, "SELECT COUNT(*) FROM stores") == [(3,)]


def test_a_head_office_with_a_shop_of_its_own_is_left_alone(office: Office) -> None:
    from salon_desk.operations.description import Field, StoreDescribed
    from salon_desk.storage import journal

    store = StoreDescribed(id="X", fields={"name_en": Field(1, "Another")})
    journal.record(office, journal.Command("theirs", "", "2026-01-01"), lambda _transaction: store)
    assert not demo_chain.is_wanted(office)
    demo_chain.load(office, DEMO, CHAIN)
    assert _all(office, "SELECT id FROM stores") == [("X",)]


def _all(office: Office, query: str) -> list[tuple[object, ...]]:
    return [tuple(row) for row in office.database.driver().execute(query).fetchall()]
