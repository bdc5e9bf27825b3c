"""Merging in a chain: a till asks, head office decides what is plain, the owner the rest; every node reads the same."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.cli.main import main
from salon_desk.domain.access import Role
from salon_desk.head_office import merging as office_merging
from salon_desk.operations.description import MemberDescribed
from salon_desk.services import merging
from salon_desk.services.describe import describe
from salon_desk.services.member_errors import UnknownProposal
from salon_desk.services.till import Actor
from salon_desk.storage import parent
from salon_desk.storage.parent import ParentLink
from salon_desk.storage.queries.merges import group, open_proposals
from tests.integration.descriptions.nodes import Nodes, command, digest_of
from tests.integration.head_office.facts import member

GRACE = Actor("grace", Role.MANAGER)
PARENT = ParentLink("http://hq", "office", "e", "key", "hash", confirmed=True)
PHONE = "+17185550137"


@pytest.fixture
def nodes(tmp_path: Path) -> Iterator[Nodes]:
    """Head office and a till each in S1 and S2, which have joined it; Mei stands on the list twice."""
    chain = Nodes(tmp_path)
    for name, store in (("S1-1", "S1"), ("S2-1", "S2")):
        with chain.add(name, store).local() as transaction:
            parent.write(transaction, PARENT)
    chain.at_office(member("mei", name="Mei", phone=PHONE), member("may", name="mei", phone=PHONE))
    chain.at_office(member("li", name="Li", phone=PHONE))
    chain.sync()
    yield chain
    chain.close()


def _ask(nodes: Nodes, *, duplicate: str) -> None:
    decided = merging.merge(nodes.till("S1-1"), command(), GRACE, "mei", duplicate=duplicate)
    assert not decided
    nodes.push("S1-1")


def _groups(nodes: Nodes, who: str = "mei") -> set[tuple[str, ...]]:
    stores = [nodes.office, *nodes.tills.values()]
    found = set()
    for store in stores:
        with store.database.read() as transaction:
            found.add(group(transaction, who))
    return found


def test_a_till_that_has_a_parent_only_asks(nodes: Nodes) -> None:
    _ask(nodes, duplicate="may")
    assert _groups(nodes) == {("mei",)}


def test_head_office_decides_what_is_plain_and_every_node_reads_it(nodes: Nodes) -> None:
    _ask(nodes, duplicate="may")
    assert office_merging.catch_up(nodes.office) == 1
    assert office_merging.catch_up(nodes.office) == 0
    nodes.sync()
    assert _groups(nodes) == {("mei", "may")}
    assert len({digest_of(store) for store in (nodes.office, *nodes.tills.values())}) == 1


def test_a_merge_is_undone_on_request_and_another_name_waits_for_the_owner(nodes: Nodes) -> None:
    _ask(nodes, duplicate="may")
    _ask(nodes, duplicate="li")
    assert office_merging.catch_up(nodes.office) == 1
    nodes.sync()
    assert _groups(nodes) == {("mei", "may")}
    assert not merging.unmerge(nodes.till("S2-1"), command(), GRACE, "may")
    nodes.push("S2-1")
    assert office_merging.catch_up(nodes.office) == 1
    nodes.sync()
    assert _groups(nodes) == {("mei",)}


def test_the_same_question_of_two_stores_is_answered_once(nodes: Nodes) -> None:
    for name in nodes.tills:
        merging.merge(nodes.till(name), command(), GRACE, "mei", duplicate="may")
        nodes.push(name)
    assert office_merging.catch_up(nodes.office) == 2
    nodes.sync()
    assert _groups(nodes) == {("mei", "may")}
    with nodes.office.database.read() as transaction:
        assert open_proposals(transaction) == []


def test_a_different_birthday_is_for_a_person(nodes: Nodes) -> None:
    both = [(MemberDescribed, who, {"birthday": day}) for who, day in (("mei", "03-08"), ("may", "03-09"))]
    describe(nodes.desk(), command(), GRACE, both)
    _ask(nodes, duplicate="may")
    assert office_merging.catch_up(nodes.office) == 0


def test_the_owner_answers_at_the_command_line(
    nodes: Nodes, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    _ask(nodes, duplicate="li")
    folder = str(tmp_path / "office")
    nodes.close()

    def said(*words: str) -> list[dict[str, object]]:
        assert main(["head-office", "merges", *words, "--data", folder, "--json"]) == 0
        told: list[dict[str, object]] = json.loads(capsysbinary.readouterr().out)["merges"]
        return told

    (asked,) = said()
    assert (asked["member"], asked["duplicate"], asked["apart"]) == ("mei", "li", False)
    assert said("--accept", str(asked["proposal"])) == []
    assert main(["head-office", "merges", "--refuse", "q", "--data", folder, "--json"]) == 2


def test_a_refused_question_waits_no_more(nodes: Nodes) -> None:
    _ask(nodes, duplicate="li")
    with nodes.office.database.read() as transaction:
        (asked,) = office_merging.waiting(transaction)
    office_merging.refuse(nodes.office, asked.proposal.proposal)
    with pytest.raises(UnknownProposal):
        office_merging.accept(nodes.office, asked.proposal.proposal)
    assert _groups(nodes) == {("mei",)}
