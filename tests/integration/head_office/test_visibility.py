"""Which store sees whose allergies and PINs: where they were noted, where the member is served, where somebody works.

Everything else of an operation goes everywhere as it was, so that chains, digests and relays do not know the difference.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.head_office import visibility
from salon_desk.head_office.visibility import bodies_for, catch_up, disclose_where_needed, visible
from salon_desk.operations.description import (
    AllergyNoted,
    AllergyRemoved,
    ChangePlanned,
    Field,
    PinSet,
    StaffDescribed,
)
from salon_desk.operations.node import BodyDisclosed
from salon_desk.operations.operation import Operation
from salon_desk.operations.proof import MemberPinSet
from salon_desk.operations.registry import decode
from salon_desk.storage.engine import Statement
from salon_desk.storage.journal import after
from salon_desk.storage.queries import members, proofs, staff, withheld
from salon_desk.storage.receiving import receive
from salon_desk.storage.store import Store
from tests.integration.descriptions.nodes import Nodes, digest_of, own_journal, record, whole_journal
from tests.integration.head_office.facts import employed, member, noted, sale, series_sold, top_up
from tests.integration.storage import strangers


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    """Head office; two tills in S1, one in S2, one in S3; Mei is a member without a home store."""
    chain = Nodes(tmp_path)
    for name, store in (("S1-1", "S1"), ("S1-2", "S1"), ("S2-1", "S2"), ("S3-1", "S3")):
        chain.add(name, store)
    chain.at_office(member("mei", name="Mei"))
    chain.sync()
    yield chain
    chain.close()


def knows(nodes: Nodes, who: str = "mei") -> dict[str, tuple[str, ...]]:
    """By till, the allergies that its screens show."""
    found = {}
    for name, store in nodes.tills.items():
        with store.database.read() as transaction:
            one = members.member(transaction, who)
        found[name] = one.allergies if one else ()
    return found


def where(nodes: Nodes, who: str = "mei") -> set[str]:
    """The tills that show an allergy."""
    return {name for name, allergies in knows(nodes, who).items() if allergies}


def signs_in(nodes: Nodes, who: str) -> dict[str, str | None]:
    """By till, the hash that a PIN is compared with."""
    found = {}
    for name, store in nodes.tills.items():
        with store.database.read() as transaction:
            found[name] = staff.pin_hash(transaction, who)
    return found


def test_the_pin_that_stands_is_the_one_whose_operation_is_named(nodes: Nodes) -> None:
    """Also where two were set at one reading of two clocks."""
    for node, pin_hash in (("anna", "later"), ("bert", "earlier")):
        receive(nodes.office, strangers.chain([PinSet(staff="lily", pin_hash=pin_hash)], node))
    with nodes.office.database.read() as transaction:
        assert staff.pin_hash(transaction, "lily") == "later"
        assert withheld.newest_pins(transaction)["lily"].node == "anna"


def has_body(store: Store, op_id: str) -> bool:
    return next(one for one in whole_journal(store) if one.header.op_id == op_id).body is not None


def disclosed(nodes: Nodes) -> list[BodyDisclosed]:
    """What head office has disclosed, in its order."""
    found = []
    for one in own_journal(nodes.office):
        if one.header.kind == BodyDisclosed.KIND and one.body is not None:
            operation = decode(one.header.kind, one.header.version, one.body)
            assert isinstance(operation, BodyDisclosed)
            found.append(operation)
    return found


def in_step(nodes: Nodes) -> bool:
    return len({digest_of(store) for store in nodes.every()}) == 1


def test_an_allergy_stays_in_the_store_that_noted_it(nodes: Nodes) -> None:
    (note,) = record(nodes.tills["S1-1"], noted())
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2"}
    assert has_body(nodes.office, note.header.op_id)
    assert not has_body(nodes.tills["S2-1"], note.header.op_id)
    assert disclosed(nodes) == []
    assert in_step(nodes)


def test_headers_are_the_same_bytes_everywhere_and_bodies_where_they_are(nodes: Nodes) -> None:
    record(nodes.tills["S1-1"], noted(), sale("S1"), PinSet(staff="amy", pin_hash="$argon2id$x"))
    record(nodes.tills["S2-1"], sale("S2"), noted("a2", substance="latex"))
    nodes.sync()
    nodes.sync()
    whole = {one.header.op_id: one for one in whole_journal(nodes.office)}
    assert all(one.body is not None for one in whole.values())
    for store in nodes.tills.values():
        for one in whole_journal(store):
            kept = whole[one.header.op_id]
            assert (one.header, one.hash) == (kept.header, kept.hash)
            assert (one.salt, one.body) in ((kept.salt, kept.body), (None, None))
    assert in_step(nodes)


@pytest.mark.parametrize("visit", [sale, top_up])
def test_a_visit_brings_the_member_s_allergies_to_the_store(nodes: Nodes, visit: object) -> None:
    record(nodes.tills["S1-1"], noted(), noted("a2", substance="latex"), noted("a3", who="other"))
    nodes.sync()
    record(nodes.tills["S2-1"], visit("S2"))  # type: ignore[operator]
    nodes.sync()
    assert knows(nodes) == {
        "S1-1": ("acetone", "latex"),
        "S1-2": ("acetone", "latex"),
        "S2-1": ("acetone", "latex"),
        "S3-1": (),
    }
    assert [(one.store, len(one.op_ids)) for one in disclosed(nodes)] == [("S2", 2)]
    assert in_step(nodes)


def test_the_visit_may_come_up_before_the_allergy(nodes: Nodes) -> None:
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync()
    record(nodes.tills["S1-1"], noted())
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2", "S2-1"}


def test_a_home_store_knows_its_member_and_a_new_one_learns(nodes: Nodes) -> None:
    nodes.at_office(member("mei", home_store="S2"))
    record(nodes.tills["S1-1"], noted())
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2", "S2-1"}
    record(nodes.tills["S1-2"], member("mei", 2, home_store="S3"))
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2", "S2-1", "S3-1"}


def test_a_removal_reaches_every_store_that_saw_the_note(nodes: Nodes) -> None:
    record(nodes.tills["S1-1"], noted())
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync()
    record(nodes.tills["S2-1"], AllergyRemoved(allergy_id="a1", reason="was another's"))
    record(nodes.tills["S1-1"], sale("S1"))
    nodes.sync()
    assert where(nodes) == set()
    assert in_step(nodes)


def test_an_allergy_that_head_office_notes_goes_where_the_member_is_served(nodes: Nodes) -> None:
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync()
    nodes.at_office(noted())
    nodes.sync()
    assert where(nodes) == {"S2-1"}


def test_a_till_that_belongs_to_no_store_sees_none(nodes: Nodes) -> None:
    stray = nodes.add("stray")
    nodes.at_office(noted())
    record(nodes.tills["S1-1"], noted("a2"), PinSet(staff="amy", pin_hash="x"))
    nodes.sync()
    assert not any(
        one.body
        for one in whole_journal(stray)
        if one.header.kind in ("member.allergy_noted", "staff.pin_set")
    )
    with nodes.office.database.read() as transaction:
        every = [one for _position, one in after(transaction, 0)]
        assert bodies_for(transaction, every, "") == []
        shown = visible(transaction, every, "")
        assert not any(one.body for one in shown if one.header.kind == AllergyNoted.KIND)


def test_a_pin_goes_to_every_store_for_who_works_everywhere(nodes: Nodes) -> None:
    nodes.at_office(employed("amy"))
    record(nodes.tills["S1-1"], PinSet(staff="amy", pin_hash="first"))
    nodes.sync()
    assert set(signs_in(nodes, "amy").values()) == {"first"}
    assert {one.store for one in disclosed(nodes)} == {"S2", "S3"}
    assert in_step(nodes)


def test_a_pin_stays_in_the_stores_where_its_owner_works(nodes: Nodes) -> None:
    nodes.at_office(employed("amy", stores=["S1", "S3"]), PinSet(staff="amy", pin_hash="old"))
    nodes.at_office(PinSet(staff="amy", pin_hash="new"))
    nodes.sync()
    assert signs_in(nodes, "amy") == {"S1-1": "new", "S1-2": "new", "S2-1": None, "S3-1": "new"}
    nodes.at_office(employed("amy", 2, stores=["S2"]))
    nodes.sync()
    assert signs_in(nodes, "amy")["S2-1"] == "new"
    of_second = [one for one in disclosed(nodes) if one.store == "S2"]
    assert [len(one.op_ids) for one in of_second] == [1], "the PIN before was nobody's to see any more"


def test_a_planned_change_of_stores_brings_the_pin_before_the_day(nodes: Nodes) -> None:
    nodes.at_office(employed("amy", stores=["S1"]), PinSet(staff="amy", pin_hash="x"))
    nodes.at_office(
        ChangePlanned(
            subject=StaffDescribed.KIND, id="amy", from_day="2026-12-01", fields={"stores": Field(2, ["S2"])}
        )
    )
    nodes.sync()
    assert signs_in(nodes, "amy") == {"S1-1": "x", "S1-2": "x", "S2-1": "x", "S3-1": None}


def test_the_pin_of_who_has_left_goes_nowhere_until_they_are_back(nodes: Nodes) -> None:
    nodes.at_office(employed("amy", active=False), PinSet(staff="amy", pin_hash="x"))
    nodes.sync()
    assert set(signs_in(nodes, "amy").values()) == {None}
    nodes.at_office(employed("amy", 2, active=True))
    nodes.sync()
    assert set(signs_in(nodes, "amy").values()) == {"x"}


def test_a_new_store_s_first_till_can_sign_everybody_in_and_the_second_needs_no_disclosure(
    nodes: Nodes,
) -> None:
    nodes.at_office(employed("amy"), employed("bo", stores=["S1"]))
    nodes.at_office(PinSet(staff="amy", pin_hash="a"), PinSet(staff="bo", pin_hash="b"))
    nodes.sync()
    nodes.add("S4-1", "S4")
    nodes.sync()
    told = disclosed(nodes)
    nodes.add("S4-2", "S4")
    nodes.sync()
    assert disclosed(nodes) == told
    assert [signs_in(nodes, "amy")[name] for name in ("S4-1", "S4-2")] == ["a", "a"]
    assert [signs_in(nodes, "bo")[name] for name in ("S4-1", "S4-2")] == [None, None]
    assert in_step(nodes)


def test_a_till_that_moves_to_another_store_learns_what_that_store_knows(nodes: Nodes) -> None:
    nodes.at_office(employed("amy", stores=["S1"]), PinSet(staff="amy", pin_hash="a"))
    record(nodes.tills["S1-1"], noted(), sale("S1"))
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2"}
    nodes.enrol("S3-1", "S1")
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2", "S3-1"}
    assert signs_in(nodes, "amy")["S3-1"] == "a"
    assert in_step(nodes)


def test_what_concerns_nobody_opens_no_writing_transaction(
    nodes: Nodes, monkeypatch: pytest.MonkeyPatch
) -> None:
    quiet: list[Operation] = [
        sale("S2", who=""),
        sale("S2", who="ann"),
        member("ann", name="Ann", home_store="S2"),
        employed("amy", name="Amy"),
    ]
    recorded = record(nodes.tills["S2-1"], *quiet)
    receive(nodes.office, own_journal(nodes.tills["S2-1"]))
    monkeypatch.setattr(visibility.journal, "record", None)
    disclose_where_needed(nodes.office, recorded)
    disclose_where_needed(nodes.office, [])


def test_a_series_that_is_bought_makes_a_store_one_that_serves(nodes: Nodes) -> None:
    record(nodes.tills["S1-1"], noted())
    record(nodes.tills["S2-1"], series_sold("S2"))
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2", "S2-1"}


def test_a_second_visit_is_not_looked_into(nodes: Nodes, monkeypatch: pytest.MonkeyPatch) -> None:
    record(nodes.tills["S1-1"], noted())
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync()
    again = record(nodes.tills["S2-1"], sale("S2"))
    receive(nodes.office, own_journal(nodes.tills["S2-1"]))
    monkeypatch.setattr(visibility.journal, "record", None)
    disclose_where_needed(nodes.office, again)


def test_what_was_disclosed_is_not_disclosed_again(nodes: Nodes) -> None:
    record(nodes.tills["S1-1"], noted(), PinSet(staff="amy", pin_hash="x"))
    nodes.at_office(employed("amy"))
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync()
    told = disclosed(nodes)
    for name in nodes.tills:
        nodes.push(name)
    catch_up(nodes.office)
    assert disclosed(nodes) == told


def test_what_a_crash_cut_off_is_disclosed_at_the_next_start(nodes: Nodes) -> None:
    nodes.at_office(employed("amy"))
    record(nodes.tills["S1-1"], noted(), PinSet(staff="amy", pin_hash="x"))
    record(nodes.tills["S2-1"], sale("S2"))
    for name in ("S1-1", "S2-1"):
        receive(nodes.office, own_journal(nodes.tills[name]))
    nodes.reopen()
    catch_up(nodes.office)
    nodes.sync()
    assert where(nodes) == {"S1-1", "S1-2", "S2-1"}
    assert set(signs_in(nodes, "amy").values()) == {"x"}


def test_a_store_gets_no_body_that_was_disclosed_to_another(nodes: Nodes) -> None:
    record(nodes.tills["S1-1"], noted())
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync()
    with nodes.office.database.read() as transaction:
        every = [one for _position, one in after(transaction, 0)]
        assert len(bodies_for(transaction, every, "S2")) == 1
        assert bodies_for(transaction, every, "S3") == []


def test_many_bodies_are_named_in_several_disclosures(nodes: Nodes) -> None:
    for start in range(0, 150, 50):
        record(
            nodes.tills["S1-1"],
            *(noted(f"a{number}", substance=f"{number}") for number in range(start, start + 50)),
        )
    nodes.push("S1-1")
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.push("S2-1")
    assert [len(one.op_ids) for one in disclosed(nodes)] == [100, 50]
    nodes.sync()
    assert len(knows(nodes)["S2-1"]) == 150


def test_an_erased_body_is_passed_over(nodes: Nodes) -> None:
    (note,) = record(nodes.tills["S1-1"], noted())
    nodes.push("S1-1")
    with nodes.office.local() as transaction:
        transaction.run(_ERASE, of_op=note.header.op_id)
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync("S2-1", "S1-2")
    assert disclosed(nodes) == []
    assert where(nodes) == {"S1-1"}


def _erase() -> object:
    from sqlalchemy import bindparam, null, update

    from salon_desk.storage.tables.journal import journal

    return update(journal).where(journal.c.op_id == bindparam("of_op")).values(salt=null(), body=null())


_ERASE = Statement(_erase)


def test_a_members_pin_is_known_where_the_member_is_served_and_nowhere_else(nodes: Nodes) -> None:
    record(nodes.tills["S1-1"], MemberPinSet(member="mei", pin_hash="$argon2id$x"))
    nodes.sync()
    record(nodes.tills["S2-1"], sale("S2"))
    nodes.sync()
    known = {}
    for name, store in nodes.tills.items():
        with store.database.read() as transaction:
            known[name] = bool(proofs.pin_hashes(transaction, ["mei"]))
    assert known == {"S1-1": True, "S1-2": True, "S2-1": True, "S3-1": False}
    assert in_step(nodes)
