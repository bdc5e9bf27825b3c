"""A code to the member's telephone: sent at once and before all else, good for whom it was asked, for ten minutes and three tries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from salon_desk.domain.consent import Purpose
from salon_desk.domain.money import Money
from salon_desk.domain.proof import Debit, Proof, ProofKind
from salon_desk.services import channel_settings, consents, members, spend_codes
from salon_desk.services.channel_settings import SmsSettings
from salon_desk.services.members import NewMember
from salon_desk.services.proof_errors import CodeOver, CodeWrong, NoWayForCode
from salon_desk.services.spend_codes import SpendCode
from salon_desk.storage.queries import messages
from salon_desk.storage.verify import verify
from tests.integration.messages.desk import SMS, Provider, agree, desk, intend, intent, stop
from tests.integration.services.shop import CASHIER, Shop

NIGHT = datetime(2026, 11, 21, 6, 30, tzinfo=UTC)
"""Half past one in the shop."""


@pytest.fixture
def texting(shop: Shop) -> Shop:
    """A shop with an account whose member agreed to reminders."""
    account = SmsSettings("AC" + "1" * 32, "+13475550100")
    channel_settings.set_channel(shop.till.store, account)
    agree(shop, Purpose.TRANSACTIONAL)
    return shop


def debit(shop: Shop) -> Debit:
    return Debit(shop.card, (shop.member,), Money(6250, "USD"))


def asked(shop: Shop) -> SpendCode:
    return spend_codes.ask(shop.till, shop.command(), CASHIER, debit(shop))


def other_than(code: SpendCode) -> str:
    return f"{(int(code.digits) + 1) % 10**spend_codes.DIGITS:0{spend_codes.DIGITS}}"


def test_the_code_that_is_read_on_the_telephone_proves_the_member(texting: Shop, tmp_path: Path) -> None:
    urged: list[None] = []
    texting.till.store.urge = lambda: urged.append(None)
    code, provider = asked(texting), Provider()
    assert len(urged) == 1
    desk(texting, provider).sender.round()
    (sent,) = provider.taken
    assert code.digits in sent.text
    assert "$62.50" in sent.text
    assert sent.address.endswith(code.tail)
    assert spend_codes.check(texting.till, code, debit(texting), code.digits) == Proof(
        ProofKind.CODE, texting.card, texting.member, by=texting.member
    )
    texting.till.store.close()
    assert verify(tmp_path / "till").problems == ()


def test_it_goes_at_night_and_before_what_waits_longer_and_is_never_said_twice(texting: Shop) -> None:
    intend(texting, intent(texting, "sale-1"))
    first = asked(texting)
    provider = Provider()
    desk(texting, provider).sender.round()
    assert first.digits in provider.taken[0].text
    assert first.digits not in provider.taken[1].text
    texting.clock.instant = NIGHT
    second = asked(texting)
    late = Provider()
    made = desk(texting, late)
    made.sender.round()
    made.sender.round()
    assert [second.digits in one.text for one in late.taken] == [True]


def test_what_comes_too_late_is_not_sent(texting: Shop) -> None:
    asked(texting)
    texting.clock.instant += spend_codes.LASTS + timedelta(seconds=1)
    provider = Provider()
    desk(texting, provider).sender.round()
    with texting.till.read() as transaction:
        assert messages.urgent(transaction, texting.till.now()) == []
    assert provider.taken == []


def test_a_wrong_code_is_counted_and_the_third_ends_it(texting: Shop) -> None:
    code = asked(texting)
    for left in (2, 1):
        with pytest.raises(CodeWrong) as refused:
            spend_codes.check(texting.till, code, debit(texting), other_than(code))
        assert refused.value.left == left
        code = code.after_a_wrong_try
    with pytest.raises(CodeOver):
        spend_codes.check(texting.till, code, debit(texting), other_than(code))
    with pytest.raises(CodeOver):
        spend_codes.check(texting.till, code.spent, debit(texting), code.digits)


def test_a_code_is_good_for_ten_minutes_and_for_nobody_else(texting: Shop) -> None:
    code = asked(texting)
    somebody = Debit("card-9", ("somebody",), Money(100, "USD"))
    with pytest.raises(CodeOver):
        spend_codes.check(texting.till, code, somebody, code.digits)
    texting.clock.instant += spend_codes.LASTS
    with pytest.raises(CodeOver):
        spend_codes.check(texting.till, code, debit(texting), code.digits)


def test_where_no_code_can_be_sent_it_is_said_why(texting: Shop) -> None:
    def reason(of: Debit) -> str:
        with pytest.raises(NoWayForCode) as refused:
            spend_codes.ask(texting.till, texting.command(), CASHIER, of)
        return refused.value.reason

    nobody = members.add(texting.till, texting.command(), CASHIER, NewMember("Nobody"))
    assert reason(Debit("gift", (), Money(100, "USD"))) == "member"
    assert reason(Debit("card", (nobody.member.member_id,), Money(100, "USD"))) == "phone"
    channel_settings.forget_channel(texting.till.store, "sms")
    assert reason(debit(texting)) == "account"
    stop(texting)
    assert reason(debit(texting)) == "consent"
    with texting.till.read() as transaction:
        held = consents.of_member(texting.till, transaction, texting.member).standings
    assert not any(one.allows for one in held if one.channel is SMS)
