"""A text tried on a real member: on whoever was served last, with what is true now, and a name for what this person has not got."""

from __future__ import annotations

from salon_desk.bootstrap.messages import load_templates
from salon_desk.domain.consent import Purpose
from salon_desk.domain.message_template import Placeholder, Template
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.services.template_trial import Trial, try_on
from tests.integration.services.shop import Shop, cash

BUILT_IN = load_templates()
STAND_INS = {one.value: f"<{one}>" for one in Placeholder}


def tried(shop: Shop, text: str, *, zh: str = "", member: str = "", language: str = "en") -> Trial | None:
    wanted = Template("", Purpose.MARKETING, Names(text, zh))
    return try_on(shop.till, BUILT_IN, wanted, language, member=member, stand_ins=STAND_INS)


def read(found: Trial | None) -> str:
    assert found is not None
    assert found.preview.rendered is not None
    return found.preview.rendered.text


def test_it_is_tried_on_whoever_was_served_last_and_on_nobody_before(shop: Shop) -> None:
    assert tried(shop, "{name}") is None
    shop.top_up("80.00")
    found = tried(shop, "{name}: {balance}[, {amount}][, {bonus}] {stop}")
    assert found is not None
    assert found.member.member_id == shop.member
    assert read(found).endswith(": $80.00 Reply STOP to opt out.")
    sold = shop.sell(shop.ticket(("gel", "lily")), cash())
    assert read(tried(shop, "{amount}")) == Catalogue.load("en").money(sold.sale.total)
    assert tried(shop, "{name}", member="nobody") is None


def test_what_the_member_has_not_got_is_shown_by_its_stand_in_and_named(shop: Shop) -> None:
    found = tried(shop, "{appointment} {offer} {technician}", member=shop.member)
    assert read(found) == "<appointment> <offer> <technician>"
    assert found is not None
    assert found.stood_in == ("appointment", "technician")


def test_a_broken_text_says_what_is_wrong_and_another_language_what_is_there(shop: Shop) -> None:
    broken = tried(shop, "{balanse}", zh="{name", member=shop.member)
    assert broken is not None
    assert (broken.preview.rendered, bool(broken.preview.problem), len(broken.preview.faults)) == (
        None,
        True,
        2,
    )
    other = tried(shop, "{stop}", member=shop.member, language="zh_CN")
    assert other is not None
    assert other.preview.rendered is not None
    assert other.preview.rendered.language == "en"
