"""What a telephone brings is received like what the feed brings: once, by the till and epoch that it is for, and by no other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import pytest
from msgspec import structs

from salon_desk import secrets
from salon_desk.domain.errors import DomainError
from salon_desk.domain.money import Money
from salon_desk.secrets import NodeKeys
from salon_desk.services import bridge as phones
from salon_desk.services.bridge import Need
from salon_desk.services.bridge_errors import (
    NothingToFetch,
    PhoneCodeDamaged,
    PhoneCodeForeign,
    PhoneCodeUsed,
)
from salon_desk.services.errors import SlipForAnother
from salon_desk.storage import parent
from salon_desk.storage.parent import ParentLink
from salon_desk.wire import bridge
from salon_desk.wire.messages import Part, Slip
from tests.integration.moves.chain import BONUS, CARD, PAID, Chain, Counter, issue
from tests.integration.moves.test_receiving import slip_to

pytestmark = pytest.mark.parametrize("place", ["sqlite"], indirect=True)


@dataclass
class Bridge:
    """A till of the chain with its key, whose head office has one too."""

    chain: Chain
    till: Counter
    keys: NodeKeys
    office: NodeKeys

    def code(self, *slips: Slip, keys: NodeKeys | None = None) -> str:
        (code,) = bridge.answers(slips, self.chain.office.node, keys or self.office, self.keys.public_hex)
        return code

    def read(self, code: str) -> tuple[Money, ...]:
        return phones.receive(self.till.till, self.keys, code)


def bridge_of(chain: Chain, till: Counter, *, confirmed: bool = True) -> Bridge:
    keys, office = secrets.node_keys(till.node), secrets.node_keys(chain.office.node)
    link = ParentLink(
        url="https://office.example.com",
        node=chain.office.node,
        epoch=chain.office.epoch,
        public_key=office.public_hex,
        code_hash="",
        confirmed=confirmed,
    )
    with till.store.local() as transaction:
        parent.write(transaction, link)
    return Bridge(chain, till, keys, office)


@pytest.fixture
def by_phone(chain: Chain, away: Counter) -> Bridge:
    """$50 and a bonus of $10 at head office, and the till of the other store."""
    issue(chain.office, 5000, 1000)
    return bridge_of(chain, away)


def test_it_is_received_once_and_the_feed_brings_nothing_more(by_phone: Bridge) -> None:
    chain, till = by_phone.chain, by_phone.till
    code = by_phone.code(slip_to(chain, till, (PAID, 3000), (BONUS, 500)))
    assert by_phone.read(code.lower()) == (Money(3500, "USD"),)
    with pytest.raises(PhoneCodeUsed):
        by_phone.read(code)
    assert chain.feed(till) == 0
    assert till.has() == (3000, 500)
    assert chain.total(PAID) == 5000


def test_what_the_feed_has_brought_the_telephone_brings_no_more(by_phone: Bridge) -> None:
    slips = [slip_to(by_phone.chain, by_phone.till, (PAID, 1000)) for _ in range(2)]
    by_phone.chain.feed(by_phone.till)
    with pytest.raises(PhoneCodeUsed):
        by_phone.read(by_phone.code(*slips))
    assert by_phone.till.has() == (2000, 0)


def test_a_code_that_is_new_in_part_brings_that_part(by_phone: Bridge) -> None:
    first, second = (slip_to(by_phone.chain, by_phone.till, (PAID, units)) for units in (1000, 300))
    by_phone.read(by_phone.code(first))
    assert by_phone.read(by_phone.code(first, second)) == (Money(300, "USD"),)


def another_till(one: Bridge, slip: Slip) -> str:
    home = bridge_of(one.chain, one.chain.tills[0])
    return home.code(slip_to(one.chain, home.till, (PAID, 100)))


def before_a_restore(one: Bridge, slip: Slip) -> str:
    return one.code(structs.replace(slip, to_epoch="before"))


def of_a_stranger(one: Bridge, slip: Slip) -> str:
    return one.code(slip, keys=secrets.node_keys("stranger"))


def cut_off(one: Bridge, slip: Slip) -> str:
    return one.code(slip)[:-7]


def no_code(one: Bridge, slip: Slip) -> str:
    return bridge.OPENING


@pytest.mark.parametrize(
    ("made", "refusal"),
    [
        (another_till, SlipForAnother),
        (before_a_restore, SlipForAnother),
        (of_a_stranger, PhoneCodeForeign),
        (cut_off, PhoneCodeDamaged),
        (no_code, PhoneCodeDamaged),
    ],
)
def test_what_is_not_for_this_till_is_refused_and_nothing_is_recorded(
    by_phone: Bridge, made: Callable[[Bridge, Slip], str], refusal: type[DomainError]
) -> None:
    code = made(by_phone, slip_to(by_phone.chain, by_phone.till, (PAID, 3000)))
    before = by_phone.till.store.head
    with pytest.raises(refusal):
        by_phone.read(code)
    assert by_phone.till.store.head == before


def test_the_link_asks_for_what_is_missing_bonus_first(by_phone: Bridge) -> None:
    chain, till = by_phone.chain, by_phone.till
    chain.feed(till)
    need = Need(CARD, Money(2500, "USD"))
    link = phones.link(till.till, by_phone.keys, [need], ahead=3600)
    code = bridge.named(link.rpartition("/")[2])
    want = bridge.read_want(code, chain.office.node, by_phone.office, by_phone.keys.public_hex)
    assert want.parts == [Part(BONUS, 1000), Part(PAID, 1500)]
    assert (want.node, want.epoch) == (till.node, till.store.epoch)
    assert 3590 <= want.at - till.store.clock.now().timestamp() <= 3601
    assert phones.link(till.till, by_phone.keys, [need]) != link, "each is a want of its own"


def test_without_anything_elsewhere_or_a_head_office_that_has_confirmed_there_is_no_link(
    by_phone: Bridge, chain: Chain, home: Counter
) -> None:
    need = Need(CARD, Money(2500, "USD"))
    with pytest.raises(NothingToFetch):
        phones.link(by_phone.till.till, by_phone.keys, [need])
    chain.feed(home)
    for waiting in (home, bridge_of(chain, home, confirmed=False).till):
        with pytest.raises(NothingToFetch):
            phones.link(waiting.till, by_phone.keys, [need])
