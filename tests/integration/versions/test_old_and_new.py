"""A program that is versions behind goes on working beside newer ones: keeps, relays, says so, and is in step once updated."""

from __future__ import annotations

import pytest

from salon_desk.head_office.visibility import catch_up
from salon_desk.operations.description import (
    AllergyNoted,
    ChangePlanned,
    Field,
    ItemDescribed,
    MemberDescribed,
    PinSet,
    StaffDescribed,
)
from salon_desk.operations.operation import Operation
from salon_desk.operations.shift import DrawerOpened
from salon_desk.storage import set_aside
from salon_desk.storage.queries import catalogue, staff
from salon_desk.storage.receiving import retry
from salon_desk.storage.store import Store
from salon_desk.storage.verify import verify
from tests.integration.descriptions.nodes import Nodes, digest_of, record, waiting, whole_journal
from tests.integration.storage.tills import no_sale, recorded
from tests.integration.versions.programs import NEWEST, OLD, OLDEST, Program

DAY, LATER = "2026-11-20", "2026-12-01"


def price(store: Store, day: str = DAY) -> int:
    with store.database.read() as transaction:
        item = catalogue.item(transaction, "gel", day)
    return item.price.cents if item and item.price else 0


def pin(store: Store) -> str | None:
    with store.database.read() as transaction:
        return staff.pin_hash(transaction, "amy")


def news() -> list[Operation]:
    """What only a newer program records, between things that every program knows."""
    return [
        ItemDescribed(id="gel", fields={"price_cents": Field(2, 4600)}),
        ChangePlanned(
            subject="item.described", id="gel", from_day=LATER, fields={"price_cents": Field(3, 5000)}
        ),
        DrawerOpened(shift="shift", reason="of a version to come"),
        StaffDescribed(id="amy", fields={"name": Field(1, "Amy")}),
        PinSet(staff="amy", pin_hash="$argon2id$x"),
        ItemDescribed(id="gel", fields={"name_en": Field(2, "Gel manicure")}),
    ]


def in_step(nodes: Nodes) -> bool:
    return len({digest_of(store) for store in nodes.every()}) == 1


def same_bytes(nodes: Nodes, of: str) -> bool:
    """Whether every operation that a till recorded stands everywhere as it stands there, or without its body."""
    own = {one.header.op_id: one for one in whole_journal(nodes.tills[of])}
    for store in nodes.every():
        for one in whole_journal(store):
            there = own.get(one.header.op_id)
            if there is None or (one.header, one.hash) != (there.header, there.hash):
                return False
            if (
                one.body is not None
                and there.body is not None
                and (one.salt, one.body) != (there.salt, there.body)
            ):
                return False
    return True


def test_an_old_till_goes_on_working_under_a_newer_office(nodes: Nodes) -> None:
    nodes.office_runs = NEWEST.running
    nodes.at_office(*news())
    with NEWEST.running():
        nodes.feed("new")
    with OLDEST.running():
        nodes.feed("old")
        old = nodes.tills["old"]
        assert waiting(old) == 5, "the plan, the newer version, the PIN, and its disclosure to two stores"
        assert price(old) == 4600
        with old.database.read() as transaction:
            amy = staff.staff_member(transaction, "amy")
            assert amy is not None
            assert amy.name == "Amy"
        mine = no_sale(old).op_id
        nodes.push("old")
    with NEWEST.running():
        nodes.feed("new")
    assert all(recorded(store, mine) for store in (old, nodes.office, nodes.tills["new"]))
    assert digest_of(old) != digest_of(nodes.office) == digest_of(nodes.tills["new"])
    assert same_bytes(nodes, "old")


@pytest.mark.parametrize("steps", [(NEWEST,), (OLD, NEWEST)])
def test_an_old_till_is_in_step_once_it_is_brought_up_to_date(
    nodes: Nodes, steps: tuple[Program, ...]
) -> None:
    nodes.office_runs = NEWEST.running
    nodes.at_office(*news())
    with OLDEST.running():
        nodes.feed("old")
        nodes.reopen("old")
        left = waiting(nodes.tills["old"])
    for program in steps:
        with program.running():
            nodes.reopen("old")
            assert waiting(nodes.tills["old"]) < left
            left = waiting(nodes.tills["old"])
    with NEWEST.running():
        nodes.sync()
        assert left == 0
        assert in_step(nodes)
        assert {price(store, LATER) for store in nodes.every()} == {5000}
        assert {pin(store) for store in nodes.tills.values()} == {"$argon2id$x"}
        for where in ("old", "far", "office"):
            assert verify(nodes.folder / where).problems == ()


def test_an_old_office_keeps_and_relays_what_it_does_not_know(nodes: Nodes) -> None:
    nodes.office_runs = OLDEST.running
    with NEWEST.running():
        record(nodes.tills["new"], *news())
        nodes.push("new")
        assert waiting(nodes.office) == 3
        assert price(nodes.office) == 4600
        (own,) = nodes.at_office(MemberDescribed(id="mei", fields={"name": Field(1, "Mei")}))
        nodes.feed("far")
        far = nodes.tills["far"]
        assert waiting(far) == 0
        assert price(far, LATER) == 5000
        assert recorded(far, own.header.op_id)
        nodes.feed("new")
    assert digest_of(nodes.office) != digest_of(far) == digest_of(nodes.tills["new"])
    assert same_bytes(nodes, "new")


@pytest.mark.parametrize("steps", [(NEWEST,), (OLD, NEWEST)])
def test_an_old_office_is_in_step_once_it_is_brought_up_to_date(
    nodes: Nodes, steps: tuple[Program, ...]
) -> None:
    nodes.office_runs = OLDEST.running
    with NEWEST.running():
        record(nodes.tills["new"], *news())
        nodes.push("new")
    for program in steps:
        nodes.office_runs = program.running
        with program.running():
            nodes.reopen()
            catch_up(nodes.office)
    with NEWEST.running():
        nodes.sync()
        assert waiting(nodes.office) == 0
        assert in_step(nodes)
        assert {pin(store) for store in nodes.tills.values()} == {"$argon2id$x"}


def test_what_is_set_aside_is_named_with_its_kind_and_version(nodes: Nodes) -> None:
    nodes.office_runs = NEWEST.running
    nodes.at_office(*news())
    with OLDEST.running():
        nodes.feed("old")
        with nodes.tills["old"].database.trial() as transaction:
            found = set_aside.waiting(transaction)
        assert [(one.header.kind, one.header.version, one.reason) for one in found] == [
            ("description.planned", 1, "unknown"),
            ("drawer.opened", 3, "unknown"),
            ("staff.pin_set", 1, "unknown"),
            ("body.disclosed", 1, "unknown"),
            ("body.disclosed", 1, "unknown"),
        ]
        assert retry(nodes.tills["old"]) == 0


def test_a_body_withheld_from_a_till_that_does_not_know_the_kind_does_not_stop_its_feed(nodes: Nodes) -> None:
    nodes.office_runs = NEWEST.running
    old = nodes.tills["old"]
    nodes.at_office(StaffDescribed(id="amy", fields={"stores": Field(1, ["S2"])}))
    nodes.at_office(PinSet(staff="amy", pin_hash="x"))
    with OLDEST.running():
        nodes.feed("old")
        assert waiting(old) == 2
        assert [one.body for one in whole_journal(old) if one.header.kind == PinSet.KIND] == [None]
        nodes.at_office(StaffDescribed(id="amy", fields={"stores": Field(2, ["S1", "S2"])}))
        nodes.feed("old")
        assert waiting(old) == 3
        assert all(one.body for one in whole_journal(old)), "it has come, and says nothing to this program"
    with NEWEST.running():
        nodes.reopen("old")
        nodes.sync()
        assert pin(nodes.tills["old"]) == "x"
        assert in_step(nodes)


def test_a_body_that_stays_withheld_does_not_keep_an_updated_till_out_of_step(nodes: Nodes) -> None:
    nodes.office_runs = NEWEST.running
    nodes.at_office(StaffDescribed(id="amy", fields={"stores": Field(1, ["S2"])}))
    nodes.at_office(PinSet(staff="amy", pin_hash="x"))
    with OLDEST.running():
        nodes.feed("old")
    with NEWEST.running():
        nodes.reopen("old")
        nodes.sync()
        assert waiting(nodes.tills["old"]) == 0
        assert in_step(nodes)
        assert pin(nodes.tills["old"]) is None


def test_a_store_that_knows_everything_is_not_touched_when_it_is_opened(nodes: Nodes) -> None:
    record(nodes.tills["new"], AllergyNoted(allergy_id="a", member="mei", substance="latex"))
    nodes.sync()
    before = digest_of(nodes.tills["old"]), nodes.tills["old"].head
    nodes.reopen("old")
    assert (digest_of(nodes.tills["old"]), nodes.tills["old"].head) == before
