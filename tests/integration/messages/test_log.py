"""Every message can be explained in one sentence, in both languages, and by a command that only reads."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from salon_desk.cli.main import main
from salon_desk.domain.access import Role
from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import Delivered, Delivery, Trigger
from salon_desk.domain.message_gate import Reason
from salon_desk.i18n import Catalogue
from salon_desk.operations.erasure import WhyErased
from salon_desk.services import erasing, message_inbound, message_log
from salon_desk.services.till import Actor
from salon_desk.storage.verify import verify
from salon_desk.ui import message_sentences
from salon_desk.ui.message_sentences import sentence
from tests.integration.messages.desk import Provider, agree, desk, intend, intent, stop
from tests.integration.messages.test_inbound import wrote
from tests.integration.services.shop import Shop

ENGLISH, NEW_YORK = Catalogue.load("en"), "America/New_York"
UNKNOWN = Delivery(Delivered.UNKNOWN)


def why(shop: Shop, message: str, words: Catalogue = ENGLISH) -> str:
    with shop.till.read() as transaction:
        found = message_log.entry(transaction, message)
    assert found is not None
    return sentence(found, words, NEW_YORK)


def test_what_was_sent_says_why(shop: Shop) -> None:
    agree(shop)
    message = intend(shop, intent(shop))
    desk(shop).until_nothing()
    assert why(shop, message) == (
        "Sent on Fri, Nov 20 10:00 by text message: after a visit, and the member agreed to reminders."
    )


def test_what_waits_says_until_when_and_why(shop: Shop) -> None:
    agree(shop)
    shop.clock.instant = datetime(2026, 11, 22, 16, 59, tzinfo=UTC)  # a Sunday, a minute to noon
    message = intend(shop, intent(shop))
    assert why(shop, message) == "Waits for its turn; due from Sun, Nov 22 11:59 on."
    desk(shop).round()
    assert why(shop, message) == "Waits until Sun, Nov 22 12:00: quiet hours where the member is."


def test_what_is_not_sent_says_why(shop: Shop) -> None:
    agree(shop)
    late, offer = intent(shop, "late", hours=1), intent(shop, "offer", purpose=Purpose.MARKETING)
    intend(shop, late, offer)
    stop(shop)
    shop.clock.instant += timedelta(hours=2)
    desk(shop).until_nothing()
    assert why(shop, late.message) == "Not sent: it was too late for it to make sense."
    assert why(shop, offer.message) == "Not sent: the member wants no more messages."


def test_what_nobody_knows_and_what_was_repeated_says_so(shop: Shop) -> None:
    agree(shop)
    offer = intend(shop, intent(shop, "offer", purpose=Purpose.MARKETING, template="absent"))
    desk(shop, Provider(answers=[UNKNOWN])).until_nothing()
    assert why(shop, offer) == "Nobody knows whether it arrived; an offer is never repeated."
    sale = intend(shop, intent(shop))
    desk(shop, Provider(answers=[UNKNOWN])).until_nothing()
    assert why(shop, sale).startswith(
        "Sent a second time on Fri, Nov 20 10:00 by text message, because nobody"
    )
    both = intend(shop, intent(shop, "both"))
    desk(shop, Provider(answers=[UNKNOWN] * 2)).until_nothing()
    assert why(shop, both) == "Nobody knows whether it arrived; it is not sent again."
    looked_up = intend(shop, intent(shop, "looked up"))
    desk(shop, Provider(answers=[UNKNOWN], looks_up=True)).round()
    assert why(shop, looked_up) == "Nobody knows yet whether it arrived; it is being found out."


def test_what_a_channel_refused_or_did_not_take_says_its_code(shop: Shop) -> None:
    agree(shop)
    refused = intend(shop, intent(shop))
    desk(shop, Provider(answers=[Delivery(Delivered.REFUSED, code="30005")])).round()
    assert why(shop, refused) == (
        "Refused by text message on Fri, Nov 20 10:00 (code 30005); it is not tried again."
    )
    waits = intend(shop, intent(shop, "waits"))
    desk(shop, Provider(answers=[Delivery(Delivered.NOT_SENT, code="timeout")])).round()
    assert why(shop, waits) == (
        "Not taken by text message (code timeout); it is tried again from Fri, Nov 20 10:01 on."
    )


def test_the_answer_to_a_stop_is_explained_as_one(shop: Shop) -> None:
    agree(shop)
    wrote(shop, "STOP")
    desk(shop).until_nothing()
    with shop.till.read() as transaction:
        (found,) = message_log.entries(transaction, message_log.Wanted(trigger=Trigger.CONFIRMATION.value))
    assert sentence(found, ENGLISH, NEW_YORK) == (
        "Sent on Fri, Nov 20 10:00 by text message, as the one answer to what the member wrote."
    )


def test_every_reason_of_the_gate_and_every_trigger_has_its_sentence() -> None:
    lets_through = {Reason.REPEATED, Reason.ANSWERED, Reason.ALLOWED}
    assert set(Reason) - set(message_sentences._WITHHELD) == lets_through
    assert set(message_sentences._SENT) == set(Trigger)


def test_the_command_lists_and_explains_without_writing(
    shop: Shop, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    agree(shop)
    message = intend(shop, intent(shop), intent(shop, "b", template="gone"))
    desk(shop).until_nothing()
    shop.till.store.close()
    folder = str(tmp_path / "till")
    before = (tmp_path / "till" / "till.db").read_bytes()
    assert main(["messages", "list", "--data", folder, "--json"]) == 0
    told = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert {(one["state"], one["reason"], one["attempts"]) for one in told} == {
        ("sent", "", 1),
        ("withheld", "no_template", 0),
    }
    assert main(["messages", "explain", message, "--data", folder, "--language", "zh_CN"]) == 0
    assert capsys.readouterr().out.strip()
    assert main(["messages", "list", "--data", folder, "--state", "sent", "--member", shop.member]) == 0
    assert "after_sale" in capsys.readouterr().out
    assert main(["messages", "list", "--data", folder, "--campaign", "none"]) == 0
    assert capsys.readouterr().out.strip() == "There is nothing to show."
    assert main(["messages", "explain", "nothing", "--data", folder]) == 2
    assert (tmp_path / "till" / "till.db").read_bytes() == before
    assert verify(tmp_path / "till").problems == ()


def test_whoever_is_erased_leaves_no_message_behind(shop: Shop) -> None:
    agree(shop)
    message = intend(shop, intent(shop), intent(shop, "waits"))
    wrote(shop, "hello")
    desk(shop, Provider(answers=[UNKNOWN])).round()
    owner = Actor("owner", Role.OWNER)
    erasing.erase(shop.till, shop.command(), owner, shop.member, WhyErased.ASKED)
    with shop.till.read() as transaction:
        assert message_log.entry(transaction, message) is None
        assert message_log.entries(transaction, message_log.Wanted()) == ()
    provider = Provider()
    desk(shop, provider).until_nothing()
    assert provider.taken == []
    assert not message_inbound.status(
        shop.till.store, message_inbound.StatusNews(provider.channel, f"{message}-1", UNKNOWN)
    )
