"""Segments and triggers say the same of one chain on SQLite and on PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest

from salon_desk.bootstrap.rules import load_rules
from salon_desk.domain.segment import BUILT_IN
from salon_desk.domain.trigger import KINDS
from salon_desk.operations.message import MessageIntended
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.services import segments, triggers
from salon_desk.services.describe import describe
from salon_desk.storage import journal
from salon_desk.storage.office import Office, open_office
from salon_desk.storage.place import Place
from salon_desk.storage.receiving import receive
from tests.integration.services.shop import Shop, open_shop
from tests.integration.services.test_segments import EVERYTHING, a_bit_of_everything


@pytest.fixture
def offices(tmp_path: Path, postgres: str) -> Iterator[tuple[Shop, list[Office]]]:
    """A shop, and two head offices that hold what it recorded."""
    shop = open_shop(tmp_path / "till")
    shop.open_shift()
    a_bit_of_everything(shop)
    described = [(TriggerDescribed, one.value, {"enabled": True}) for one in KINDS]
    describe(shop.till, shop.command(), None, described)  # type: ignore[arg-type]
    with shop.till.read() as transaction:
        envelopes = [one for _position, one in journal.after(transaction, 0)]
    with ExitStack() as stack:
        stack.callback(shop.till.store.close)
        found = []
        for place in (Place(folder=tmp_path / "office"), Place(url=postgres)):
            ids = count(1)
            office = open_office(place, shop.clock, lambda ids=ids: f"office-{next(ids)}")  # type: ignore[misc]
            stack.callback(office.close)
            receive(office, envelopes)
            found.append(office)
        yield shop, found


def test_every_condition_finds_the_same_people_on_both(offices: tuple[Shop, list[Office]]) -> None:
    _shop, both = offices
    rules = load_rules()
    for conditions in [*((one,) for one in EVERYTHING[::3]), *(one.conditions for one in BUILT_IN)]:
        one, other = (
            segments.members(segments.reads(office), segments.question(office, rules, conditions))
            for office in both
        )
        assert one == other, conditions


def test_the_same_is_said_on_both(offices: tuple[Shop, list[Office]]) -> None:
    shop, both = offices
    for days in (0, 5, 76, 12):
        shop.clock.instant += timedelta(days=days)
        for office in both:
            triggers.work(lambda work, office=office: work(office), lambda: False)  # type: ignore[misc]
    one, other = (_said(office) for office in both)
    assert one == other
    assert {said[0] for said in one} == {"birthday", "lapsing", "absent"}


def _said(office: Office) -> list[tuple[str, str, str]]:
    with office.database.read() as transaction:
        ids = [one.header.op_id for _position, one in journal.after(transaction, 0)]
        found = [journal.operation_of(transaction, one) for one in ids]
    made = [one[1] for one in found if one is not None]
    return sorted(
        (one.trigger.value, one.member, one.subject) for one in made if isinstance(one, MessageIntended)
    )
