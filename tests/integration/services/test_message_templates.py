"""Templates of messages: those of the program under what the owner says of them, looked at before they are kept, tried on a member."""

from __future__ import annotations

from dataclasses import replace

import pytest

from salon_desk.bootstrap.messages import load_area_codes, load_templates
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import PermissionNeeded, TextTooLong
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import (
    CHANNELS,
    Lint,
    PlaceholderMissing,
    Template,
    TemplateInvalid,
    render,
)
from salon_desk.domain.names import Names
from salon_desk.operations.description import FieldValue
from salon_desk.operations.message_template import MessageTemplateDescribed
from salon_desk.operations.registry import decode
from salon_desk.services.describe import describe
from salon_desk.services.message_template_errors import TemplateComesWithProgram, UnknownTemplate
from salon_desk.services.message_templates import (
    Listed,
    end,
    finder,
    listed,
    preview,
    put_back,
    save,
    template,
)
from tests.integration.services.shop import CASHIER, MANAGER, Shop

BUILT_IN = load_templates()
BIRTHDAY = BUILT_IN.templates["birthday"]
MAY = {"name": "May", "store": "Lily", "stop": "Reply STOP", "offer": "News"}
OWN = Template(
    "",
    Purpose.MARKETING,
    Names("{store}: {offer} {stop}", "【{store}】{offer}{stop}"),
    Names("News"),
    Trigger.CAMPAIGN,
    Names("Spring", "春季"),
    (Channel.WECHAT, Channel.EMAIL),
    "wx-1",
    (("thing1", "{offer}"), ("name2", "{name}")),
)


def standing(shop: Shop, key: str) -> Template | None:
    with shop.till.read() as transaction:
        found = template(transaction, BUILT_IN, key)
        assert finder(BUILT_IN)(transaction, key, "2026-11-22") == found
    return found


def recorded(shop: Shop, key: str) -> list[set[str]]:
    """The fields of each description of a template."""
    driver = shop.till.store.database.driver()
    kind = MessageTemplateDescribed.KIND
    bodies = [
        decode(kind, 1, row[0]) for row in driver.execute("SELECT body FROM journal WHERE kind = ?", (kind,))
    ]
    return [set(one.fields) for one in bodies if isinstance(one, MessageTemplateDescribed) and one.id == key]


def test_a_shop_that_said_nothing_has_what_came_with_the_program(shop: Shop) -> None:
    found = listed(shop.till, BUILT_IN)
    assert [one.template for one in found] == list(BUILT_IN.templates.values())
    assert {(one.built_in, one.changed) for one in found} == {(True, False)}
    assert standing(shop, "birthday") == BIRTHDAY
    assert standing(shop, "nothing") is None
    assert load_area_codes().places("+17185550100")


def test_what_the_owner_says_stands_over_it_field_by_field(shop: Shop) -> None:
    wanted = replace(BIRTHDAY, texts=replace(BIRTHDAY.texts, zh_CN="{store}祝{name}生日快乐！{stop}"))
    assert save(shop.till, shop.command(), MANAGER, BUILT_IN, wanted) == "birthday"
    other = replace(standing(shop, "birthday") or BIRTHDAY, channels=(Channel.EMAIL,))
    save(shop.till, shop.command(), MANAGER, BUILT_IN, other)
    found = standing(shop, "birthday")
    assert found == replace(wanted, channels=(Channel.EMAIL,))
    assert recorded(shop, "birthday") == [{"text_zh_cn"}, {"channels"}]
    (one,) = [one for one in listed(shop.till, BUILT_IN) if one.changed]
    assert one == Listed(found, built_in=True, changed=True)
    put_back(shop.till, shop.command(), MANAGER, BUILT_IN, "birthday")
    assert standing(shop, "birthday") == BIRTHDAY
    assert not any(one.changed for one in listed(shop.till, BUILT_IN))
    put_back(shop.till, shop.command(), MANAGER, BUILT_IN, "birthday")
    assert len(recorded(shop, "birthday")) == 3


def test_what_a_later_program_says_better_comes_where_the_owner_said_nothing(shop: Shop) -> None:
    save(shop.till, shop.command(), MANAGER, BUILT_IN, replace(BIRTHDAY, subjects=Names("Hurray")))
    later = replace(BUILT_IN, templates={"birthday": replace(BIRTHDAY, texts=Names("{store} {stop} New"))})
    with shop.till.read() as transaction:
        found = template(transaction, later, "birthday")
    assert found is not None
    assert (found.texts.en, found.subjects.en, found.subjects.zh_CN) == ("{store} {stop} New", "Hurray", "")


def test_an_own_template_comes_back_as_it_was_and_ends(shop: Shop) -> None:
    key = save(shop.till, shop.command(), MANAGER, BUILT_IN, OWN)
    assert standing(shop, key) == replace(OWN, key=key)
    last = listed(shop.till, BUILT_IN)[-1]
    assert last == Listed(replace(OWN, key=key), built_in=False, changed=False)
    changed = replace(OWN, key=key, purpose=Purpose.TRANSACTIONAL, trigger=None, channels=CHANNELS)
    assert save(shop.till, shop.command(), MANAGER, BUILT_IN, changed) == key
    assert standing(shop, key) == changed
    end(shop.till, shop.command(), MANAGER, BUILT_IN, key)
    assert standing(shop, key) is None
    assert len(listed(shop.till, BUILT_IN)) == len(BUILT_IN.templates)
    for gone in (lambda: save(shop.till, shop.command(), MANAGER, BUILT_IN, changed),
                 lambda: end(shop.till, shop.command(), MANAGER, BUILT_IN, key)):  # fmt: skip
        with pytest.raises(UnknownTemplate):
            gone()


def test_what_may_not_be_said_is_not_kept(shop: Shop) -> None:
    sale = BUILT_IN.templates["after_sale"]
    for wanted, refusal in (
        (replace(sale, texts=Names("{store}: 20% off, {name}")), TemplateInvalid),
        (replace(BIRTHDAY, texts=Names("Happy birthday {name}")), TemplateInvalid),
        (replace(sale, texts=Names("{balanse}")), TemplateInvalid),
        (replace(OWN, names=Names("x" * 121)), TextTooLong),
        (replace(sale, purpose=Purpose.MARKETING, texts=OWN.texts), TemplateComesWithProgram),
        (replace(sale, trigger=Trigger.BIRTHDAY), TemplateComesWithProgram),
        (replace(OWN, key="never"), UnknownTemplate),
    ):
        with pytest.raises(refusal):
            save(shop.till, shop.command(), MANAGER, BUILT_IN, wanted)
    with pytest.raises(PermissionNeeded):
        save(shop.till, shop.command(), CASHIER, BUILT_IN, OWN)
    with pytest.raises(PermissionNeeded):
        end(shop.till, shop.command(), CASHIER, BUILT_IN, "own")
    with pytest.raises(TemplateComesWithProgram):
        end(shop.till, shop.command(), MANAGER, BUILT_IN, "birthday")
    with pytest.raises(UnknownTemplate):
        put_back(shop.till, shop.command(), MANAGER, BUILT_IN, "own")
    assert [one.template for one in listed(shop.till, BUILT_IN)] == list(BUILT_IN.templates.values())


def test_words_of_a_newer_program_ask_for_the_stricter_consent(shop: Shop) -> None:
    values: dict[str, FieldValue] = {
        "text_en": "{store}",
        "purpose": "political",
        "trigger": "moon",
        "channels": ["fax", "email"],
    }
    describe(shop.till, shop.command(), MANAGER, [(MessageTemplateDescribed, "own", values)])
    found = standing(shop, "own")
    assert found is not None
    assert (found.purpose, found.trigger, found.channels) == (Purpose.MARKETING, None, (Channel.EMAIL,))


def test_a_template_is_tried_on_a_member_while_it_is_written(shop: Shop) -> None:
    shown = preview(OWN, "zh_CN", MAY)
    assert shown.rendered == render(OWN, "zh_CN", MAY)
    assert shown.length is not None
    assert (shown.problem, shown.faults, shown.length.segments) == (None, (), 1)
    mail = preview(OWN, "en", MAY | {"address": "1 Main St"}, channel=Channel.EMAIL)
    assert mail.length is None
    broken = preview(replace(OWN, texts=Names("{store} {balance}")), "en", MAY)
    assert broken.rendered is None
    assert isinstance(broken.problem, PlaceholderMissing)
    assert [one.code for one in broken.faults] == [Lint.STOP_MISSING]
