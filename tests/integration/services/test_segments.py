"""Segments: what SQL says of a page of members is what the rules say of each; the shop's own are kept, changed and dropped."""

from __future__ import annotations

from datetime import timedelta

import pytest

from salon_desk.domain.consent import Basis, Channel, Purpose
from salon_desk.domain.errors import PermissionNeeded
from salon_desk.domain.names import Names
from salon_desk.domain.refund import RefundAsk
from salon_desk.domain.segment import BUILT_IN, Compare, Condition, Figure, Segment, meets
from salon_desk.domain.trigger_errors import BuiltInSegment, SegmentInvalid, UnknownSegment
from salon_desk.operations.consent import ConsentGiven, ConsentWithdrawn
from salon_desk.operations.description import FieldValue, MemberDescribed
from salon_desk.operations.move import ValueSent, Why
from salon_desk.operations.operation import Cause, Operation, PurseChange
from salon_desk.operations.segment import SegmentDescribed
from salon_desk.services import merging, segments
from salon_desk.services.describe import Description, describe
from salon_desk.services.refunds import refund
from salon_desk.storage import leaving
from salon_desk.storage.queries import segments as stored
from salon_desk.storage.queries.segments import figures
from tests.integration.services.loyal import give, with_rules
from tests.integration.services.shop import CASHIER, MANAGER, Shop, cash

MINE = Segment("mine", Names("Over $100"), (Condition(Figure.BALANCE, Compare.AT_LEAST, "10000"),))
EVERYTHING = [
    Condition(figure, compare, value, days)
    for figure, values, days in (
        (Figure.BALANCE, ("0", "1", "3000", "15297"), 0),
        (Figure.VISITS, ("0", "1", "2"), 0),
        (Figure.VISITS, ("0", "1", "2"), 30),
        (Figure.SPEND, ("0", "2500", "4500", "7000"), 0),
        (Figure.SPEND, ("1", "4500"), 10),
        (Figure.LAST_VISIT, ("0", "59", "60", "61"), 0),
        (Figure.USUAL_TICKET, ("0", "4500", "4501"), 0),
        (Figure.LEAVING, ("0", "70", "100"), 0),
    )
    for value in values
    for compare in (Compare.AT_LEAST, Compare.AT_MOST)
] + [
    Condition(figure, compare, value)
    for figure, values in (
        (Figure.TIER, ("gold", "")),
        (Figure.TAG, ("vip", "VIP", "vi", 'a"b')),
        (Figure.HOME_STORE, ("s1", "")),
        (Figure.BIRTHDAY_MONTH, ("11", "1", "3")),
        (Figure.CONSULTANT, ("kim",)),
        (Figure.LANGUAGE, ("en", "zh_CN")),
        (Figure.MAY_WRITE, ("sms/marketing", "sms/transactional", "email/marketing")),
        (Figure.COUPON, ("", "gift-20", "another")),
    )
    for value in values
    for compare in (Compare.IS, Compare.IS_NOT)
]


@pytest.fixture
def people(shop: Shop) -> Shop:
    """The shop two months after all that, with a list of who is leaving."""
    a_bit_of_everything(shop)
    store = shop.till.store
    rows = [("ann", 30), ("cy", -1)]
    none = {"visits": 1, "last_day": "", "since_days": 0, "usual_days": 0, "expected_hundredths": -1}
    leaving.add(store, "list", 0, [{"member": one, "active_percent": of, **none} for one, of in rows])
    leaving.make_current(store, "list", "{}")
    shop.clock.instant += timedelta(days=60)
    return shop


def a_bit_of_everything(shop: Shop) -> None:
    """May, who was here with value and a coupon, and others with a bit of everything; Bo is two entries."""
    with_rules(shop, "gift-20")
    shop.top_up("200.00")
    shop.sell(shop.ticket(("gel", "lily")), shop.stored())
    give(shop)
    who: dict[str, dict[str, FieldValue]] = {
        "ann": {"tier": "gold", "tags": ["vip", 'a"b'], "birthday": "1990-03-07", "language": "en"},
        "bo": {"consultant": "kim", "phone": "+17185550111", "home_store": "s1", "birthday": "11-02"},
        "bo2": {"phone": "+17185550112"},
        "cy": {"phone": "+17185550113", "email": "cy@example.com", "tags": ["VIP"]},
        "di": {"phone": "+17185550114"},
        "gone": {"active": False},
    }
    described: list[Description] = [
        (MemberDescribed, one, {"name": one, **said}) for one, said in who.items()
    ]
    describe(shop.till, shop.command(), None, described)
    may, shop.member = shop.member, "bo2"
    sale = shop.sell(shop.ticket(("gel", "lily"), ("six", "kim")), cash())
    asked = (RefundAsk(sale.sale.lines[1].line),)
    refund(shop.till, shop.command(), MANAGER, sale.op_id, asked=asked, reason="no")
    shop.member = may
    merging.merge(shop.till, shop.command(), MANAGER, "bo", duplicate="bo2")
    _consents(shop)
    _value_under_way(shop)


def _consents(shop: Shop) -> None:
    def given(member: str, channel: Channel, basis: Basis = Basis.EXPRESS, day: str = "") -> Operation:
        return ConsentGiven(
            member=member,
            channel=channel,
            purpose=Purpose.MARKETING,
            basis=basis,
            text="May we?",
            language="en",
            store="s1",
            place="counter",
            given_at=shop.till.now(),
            basis_day=day,
        )

    withdrawn = ConsentWithdrawn(
        member="di",
        channel=Channel.SMS,
        purpose=Purpose.MARKETING,
        said="STOP",
        store="s1",
        place="sms",
        withdrawn_at=shop.till.now(),
    )
    said = [given(who, Channel.SMS) for who in ("bo", "cy", "di", "ann")]
    said += [given("cy", Channel.EMAIL, Basis.IMPLIED, "2026-11-20"), withdrawn]
    shop.till.record(shop.command(), None, lambda _transaction: said)


def _value_under_way(shop: Shop) -> None:
    change = PurseChange(f"card/{shop.card}/USD/paid", -1000, Cause.SEND)
    sent = ValueSent(move="m1", to_node="there", to_epoch="e", why=Why.HOME, purse_changes=(change,))
    shop.till.record(shop.command(), None, lambda _transaction: sent)


def who(shop: Shop, *conditions: Condition) -> set[str]:
    store = shop.till.store
    asked = segments.question(store, shop.till.rules, conditions)
    found = segments.members(segments.reads(store), asked)
    assert list(found) == sorted(set(found))
    return set(found)


def test_what_sql_says_of_everybody_the_rules_say_of_each(
    people: Shop, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "A_PAGE", 2)
    asked = segments.question(people.till.store, people.till.rules, ())
    with people.till.read() as transaction:
        question = asked(transaction)
        everybody = [people.member, "ann", "bo", "cy", "di"]
        known = [one for member in everybody if (one := figures(transaction, question, member))]
        assert [figures(transaction, question, one) for one in ("bo2", "gone", "nobody")] == [None] * 3
    assert [one.member for one in known] == everybody
    told = 0
    for condition in EVERYTHING:
        wanted = {one.member for one in known if meets(one, condition, question.today)}
        assert who(people, condition) == wanted, condition
        told += 0 < len(wanted) < len(everybody)
    assert told > 35


def test_who_has_over_a_hundred_and_was_not_here_for_two_months(people: Shop) -> None:
    rich, away = (
        Condition(Figure.BALANCE, Compare.AT_LEAST, "10000"),
        Condition(Figure.LAST_VISIT, Compare.AT_LEAST, "60"),
    )
    assert who(people, rich, away) == {people.member}
    people.clock.instant -= timedelta(days=1)
    assert who(people, rich, away) == set()


def test_a_merged_person_has_the_figures_of_both_entries(people: Shop) -> None:
    asked = segments.question(people.till.store, people.till.rules, (), of_store="s1")
    with people.till.read() as transaction:
        found = figures(transaction, asked(transaction), "bo")
    assert found is not None
    assert len(found.visits) == 1
    assert sum(cents for _day, cents in found.spent) == 4500
    assert found.usual_ticket == 4500


def test_it_is_counted_with_the_figures_behind_it_and_can_be_stopped(people: Shop) -> None:
    read = segments.reads(people.till.store)
    asked = segments.question(people.till.store, people.till.rules, MINE.conditions)
    found = segments.count(read, asked)
    assert (found.members, found.first[0].member) == (1, people.member)
    assert found.first[0].balance > 10_000
    assert segments.count(read, asked, stopped=lambda: True).members == 0


def test_a_screen_looks_slice_by_slice(people: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(stored, "A_PAGE", 2)
    look, slices = segments.begin(people.till, [Condition(Figure.LAST_VISIT, Compare.AT_LEAST, "1")]), 0
    while not look.over:
        look, slices = segments.go_on(people.till, look, first=2), slices + 1
    assert (look.found, [one.member for one in look.first]) == (5, ["ann", "bo"])
    assert slices == 4


def test_the_owners_own_is_kept_changed_and_dropped(shop: Shop) -> None:
    segments.keep(shop.till, shop.command(), MANAGER, MINE)
    assert segments.shown(shop.till) == [*BUILT_IN, MINE]
    with shop.till.read() as transaction:
        assert segments.find(transaction, "mine", "2026-11-20") == MINE
    segments.drop(shop.till, shop.command(), MANAGER, "mine")
    assert segments.shown(shop.till) == list(BUILT_IN)
    with pytest.raises(UnknownSegment):
        segments.drop(shop.till, shop.command(), MANAGER, "mine")


def test_what_cannot_be_kept_is_refused(shop: Shop) -> None:
    for built_in in BUILT_IN:
        with pytest.raises(BuiltInSegment):
            segments.keep(shop.till, shop.command(), MANAGER, built_in)
    with pytest.raises(SegmentInvalid):
        segments.keep(shop.till, shop.command(), MANAGER, Segment("mine", Names("x"), ()))
    with pytest.raises(PermissionNeeded):
        segments.keep(shop.till, shop.command(), CASHIER, MINE)


def test_a_segment_that_another_program_described_is_left_out_whole(shop: Shop) -> None:
    for conditions in (["mood|is|0|good", "balance|at_least|0|1"], []):
        values: dict[str, FieldValue] = {"name_en": "Odd", "conditions": conditions}
        describe(shop.till, shop.command(), None, [(SegmentDescribed, "odd", values)])
        assert segments.shown(shop.till) == list(BUILT_IN)
