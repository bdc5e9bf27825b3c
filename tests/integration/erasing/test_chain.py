"""A chain: every node forgets, whoever was away when it was said, whatever was put back since, on either database."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk.operations.description import AllergyNoted, Field, MemberDescribed
from salon_desk.operations.erasure import MemberErased, WhyErased
from salon_desk.operations.operation import Operation
from salon_desk.services.erasing import erasure
from salon_desk.services.till import Till
from salon_desk.storage import journal, trimming
from salon_desk.storage.place import Place
from salon_desk.storage.receiving import Body, receive
from salon_desk.storage.verify import verify
from tests.integration.erasing.person import left_in_tables, left_on_disk
from tests.integration.head_office.serving import HeadOffice, serving_at
from tests.integration.storage.neighbours import empty_store, own, tables_of, withheld
from tests.integration.storage.tills import command, open_till, record
from tests.integration.sync.linked import LinkedTill, opened


def description(**fields: str) -> MemberDescribed:
    return MemberDescribed(id="m1", fields={name: Field(1, value) for name, value in fields.items()})


ABOUT = (
    description(name="欧阳雪莹", phone="+17185550143", note="likesthewindowseat"),
    AllergyNoted(allergy_id="a1", member="m1", substance="latexgloves"),
)


def say(till: LinkedTill, *operations: Operation) -> None:
    till.run(lambda here: record(here.store, *operations))


def erase(till: LinkedTill) -> None:
    def work(here: Till) -> None:
        journal.record(here.store, command(), lambda one: erasure(one, "m1", WhyErased.ASKED))

    till.run(work)


@pytest.fixture
def office(place: Place) -> Iterator[HeadOffice]:
    with serving_at(place) as made:
        yield made


def nothing_left(office: HeadOffice, *folders: Path) -> None:
    """In nobody's tables, in no file; everybody prints the same digest and every book is whole."""
    assert office.context.access.run(left_in_tables) == []
    office.context.access.run(trimming.rest)
    if office.place.folder is not None:
        assert left_on_disk(office.place.folder) == []
    found = verify(office.place)
    assert found.problems == ()
    for folder in folders:
        assert left_on_disk(folder) == []
        here = verify(folder)
        assert (here.problems, here.digest) == ((), found.digest)


def test_a_till_that_was_away_erases_on_its_next_contact(office: HeadOffice, tmp_path: Path) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    with opened(one) as first, opened(two) as second:
        first.join(office.url, office.code("S1", "one"))
        say(first, *ABOUT)
        assert first.synced()
        second.join(office.url, office.code("S2", "two"))
        assert second.synced()
    backup = shutil.copytree(two, tmp_path / "backup")
    with opened(two, start=False) as away:
        say(away, description(latin_name="Zebedee Quuxley"))
    with opened(one) as first:
        erase(first)
        assert first.synced()
    assert left_on_disk(one) == []
    assert {word for _name, word in left_on_disk(two)} >= {"欧阳雪莹", "Quuxley"}
    with opened(two) as second:
        assert second.synced()
    nothing_left(office, two)
    shutil.rmtree(two)
    shutil.copytree(backup, two)
    with opened(two) as second, opened(one) as first:
        assert second.synced()
        assert first.synced()
        assert second.synced()
    nothing_left(office, one, two)


def test_a_till_that_described_and_erased_somebody_before_anybody_heard_of_it_is_not_held_up(
    office: HeadOffice, tmp_path: Path
) -> None:
    folder = tmp_path / "one"
    with opened(folder) as till:
        till.join(office.url, office.code("S1", "one"))
        assert till.synced()
    with opened(folder, start=False) as away:
        say(away, *ABOUT)
        erase(away)
        away.sell()
    with opened(folder) as till:
        assert till.synced()
    nothing_left(office, folder)


def test_whatever_comes_first_every_node_ends_with_the_same_tables(tmp_path: Path) -> None:
    away, owner = open_till(tmp_path / "away"), open_till(tmp_path / "owner")
    record(away, *ABOUT, description(latin_name="Quuxley"))
    record(owner, MemberErased(members=("m1",), reason=WhyErased.ASKED.value, op_ids=("elsewhere",)))
    said, erased = own(away), own(owner)
    found = []
    for parts in ([said, erased], [erased, said], [said[:2], erased, said[2:]], [said + erased]):
        node = empty_store()
        for part in parts:
            receive(node, part)
        assert left_in_tables(node) == []
        found.append(tables_of(node))
        node.close()
    assert found == found[:1] * len(found)
    away.close()
    owner.close()


def test_a_body_that_was_withheld_does_not_come_back_with_a_disclosure(tmp_path: Path) -> None:
    away, owner, node = open_till(tmp_path / "away"), open_till(tmp_path / "owner"), empty_store()
    (noted,) = record(away, ABOUT[1])
    receive(node, [*own(away)[:-1], withheld(noted)])
    record(owner, MemberErased(members=("m1",), reason=WhyErased.ASKED.value))
    receive(node, own(owner))
    assert noted.salt is not None
    assert noted.body is not None
    receive(node, [], bodies=[Body(noted.header.op_id, noted.salt, noted.body)])
    assert left_in_tables(node) == []
    for store in (away, owner, node):
        store.close()
