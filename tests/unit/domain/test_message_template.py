"""Templates: filled or refused, a reminder sells nothing, an offer says from whom and how to get none, and what a text costs."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from salon_desk.domain.built_in_templates import parse_templates
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import TextTooLong
from salon_desk.domain.limits import MAX_NOTE
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import (
    Fault,
    Lint,
    PlaceholderMissing,
    PlaceholderUnknown,
    Template,
    TemplateInvalid,
    check_template,
    lint,
    placeholders,
    render,
)
from salon_desk.domain.names import Names
from salon_desk.domain.promotional_words import promotional_word

FILES = {
    one.name: one.read_text("utf-8")
    for one in (Path(__file__).parents[3] / "resources" / "messages").glob("*.toml")
}
BUILT_IN = parse_templates(FILES)
SHOP = {"name": "王芳", "store": "Lily", "stop": "Reply STOP"}
SELLS = "{store}: {offer} {stop}"


def reminder(en: str = "", zh_cn: str = "", zh_tw: str = "") -> Template:
    return Template("own", Purpose.TRANSACTIONAL, Names(en, zh_cn, zh_tw))


def offer(en: str = "", zh_cn: str = "") -> Template:
    return Template("own", Purpose.MARKETING, Names(en, zh_cn))


def text(of: str, **values: str) -> str:
    return render(reminder(of), "en", values).text


# filled


def test_the_message_for_which_the_product_was_bought() -> None:
    values = SHOP | {"balance": "$50", "service": "美甲护理"}
    found = render(BUILT_IN.templates["after_sale"], "zh_CN", values)
    assert "您的储值卡余额为 $50，还可用于下次美甲护理" in found.text
    assert found.text == "【Lily】王芳，您的储值卡余额为 $50，还可用于下次美甲护理。"


def test_what_stands_in_brackets_goes_when_a_value_in_it_is_empty() -> None:
    both = "Left: {balance}[, good for {service}].[ Until {lapses_on} for {name}.]"
    assert text(both, balance="$5", service="nails", lapses_on="May 1", name="Ann") == (
        "Left: $5, good for nails. Until May 1 for Ann."
    )
    assert text(both, balance="$5", lapses_on="May 1") == "Left: $5."
    assert text("[{points} points. ]Bye", points=" ") == "Bye"
    assert text("Hello [{name}] , bye", name="") == "Hello , bye"


def test_a_value_that_is_missing_outside_brackets_is_refused() -> None:
    for values in ({}, {"balance": ""}, {"balance": "  "}):
        with pytest.raises(PlaceholderMissing) as refused:
            text("Left: {balance}", **values)
        assert refused.value.placeholder == "balance"


@pytest.mark.parametrize("name", ["balanse", "Balance", "", "balance ", "余额", "0"])
def test_a_placeholder_that_nobody_knows_is_refused(name: str) -> None:
    with pytest.raises(PlaceholderUnknown) as refused:
        text(f"Left: {{{name}}}", balance="$5")
    assert refused.value.placeholder == name


def test_a_value_that_nobody_knows_is_refused() -> None:
    with pytest.raises(PlaceholderUnknown) as refused:
        text("Left: {balance}", balance="$5", balence="$6")
    assert refused.value.placeholder == "balence"


@pytest.mark.parametrize(
    "broken",
    ["{", "}", "a { b", "{a{b}}", "[", "]", "x]", "[{name}", "[[{name}]]", "[no value]", "[]", "{na[me}"],
)
def test_brackets_without_sense_are_refused(broken: str) -> None:
    with pytest.raises(TemplateInvalid) as refused:
        text(broken, name="Ann")
    assert refused.value.fault == Lint.BRACKETS


@pytest.mark.parametrize(
    ("language", "spoken"), [("en", "en"), ("zh_CN", "zh_CN"), ("zh_TW", "zh_CN"), ("", "en")]
)
def test_a_language_without_a_text_has_the_nearest(language: str, spoken: str) -> None:
    found = render(reminder("Hello", "你好"), language, {})
    assert (found.language, found.text) == (spoken, {"en": "Hello", "zh_CN": "你好"}[spoken])
    assert render(reminder("", "", "您好"), language, {}).text == "您好"


def test_a_template_without_any_text_is_refused() -> None:
    with pytest.raises(TemplateInvalid):
        render(reminder(), "en", {})
    assert lint(reminder()) == (Fault(Lint.TEXT_MISSING),)


def test_an_e_mail_has_a_subject_of_one_line_or_the_shops_name() -> None:
    one = replace(reminder("Hello"), subjects=Names("Left at {store}"))
    assert (
        render(one, "en", {"store": "Lily\r\nBcc: all"}, channel=Channel.EMAIL).subject
        == "Left at Lily Bcc: all"
    )
    assert render(one, "en", {}).subject == ""
    assert render(reminder("Hello"), "en", SHOP, channel=Channel.EMAIL).subject == "Lily"


def test_an_e_mail_that_sells_says_the_shops_postal_address() -> None:
    values = SHOP | {"offer": "News", "address": "1 Main St"}
    by_mail = render(offer(SELLS), "en", values, channel=Channel.EMAIL)
    assert by_mail.text == "Lily: News Reply STOP\n\nLily\n1 Main St"
    assert render(offer(SELLS), "en", values).text == "Lily: News Reply STOP"
    may = offer(SELLS + "[ {address}]")
    assert render(may, "en", values, channel=Channel.EMAIL).text.endswith("\n\nLily\n1 Main St")
    own = offer(SELLS + " {address}")
    assert render(own, "en", values, channel=Channel.EMAIL).text == "Lily: News Reply STOP 1 Main St"
    with pytest.raises(PlaceholderMissing):
        render(offer(SELLS), "en", SHOP | {"offer": "News"}, channel=Channel.EMAIL)
    assert "Main" not in render(reminder("Hello"), "en", values, channel=Channel.EMAIL).text


def test_wechat_has_fields_of_its_own() -> None:
    one = replace(reminder("Hello"), wechat_fields=(("amount1", "{balance}"), ("thing2", "{store}")))
    found = render(one, "en", SHOP | {"balance": "$5"}, channel=Channel.WECHAT)
    assert found.fields == (("amount1", "$5"), ("thing2", "Lily"))
    assert render(one, "en", SHOP).fields == ()


def test_the_names_in_a_text_are_told_once_in_their_order() -> None:
    assert placeholders("{store}[ {name}] {store}") == ("store", "name")


# looked at


SELLING = """
20% off this week
20 percent discount
Get {amount} off your next visit
A special offer for you
Limited time
Our best deals
Big SALE
summer sale
Hurry!
Don't miss it
Don’t wait
Buy one get one
Book now
Book your visit today
Top up now
Free manicure
Save $10
save up to half
refer a friend
New arrivals
Why not try a facial
last chance
Use it before it's gone
win a prize
we missed you
double points
ＦＲＥＥ
8折
八 折
九五折
全场打折
限时特价
优惠活动
優惠活動
买一送一
買一送一
充300送30
充 $300 送 $30
充{amount}送{bonus}
免费体验
免費體驗
赶快来吧
不要错过
不要錯過
满减
限·时
新品上市
双倍积分
推荐有礼
会员价
促銷
"""
TELLING = """
Your stored-value card has $50.00 left, good for your next manicure.
Your appointment is on Friday at 3:00 PM with Lily. Feel free to call us.
Bonus of $20 and coupons on your account are valid until Dec 1.
Thank you for your visit. You paid $45.00.
Window seat, Wednesday, winter
call toll free
You have 200 points.
您的储值卡余额为 $50，还可用于下次美甲护理
您的儲值卡餘額為 $50，還可用於下次美甲護理
赠送余额 $20、优惠券（生日券）有效期至 12月1日
贈送餘額 $20、優惠券有效期至 12月1日
提醒您预约的时间是周五下午三点，技师：Lily。如需改期请致电。
您本次消费 $45.00，获得积分 45。
欢迎再次光临
充值 $300 已到账
"""


def test_a_reminder_with_a_word_that_sells_is_refused() -> None:
    words = [line for line in SELLING.splitlines() if line]
    assert [one for one in words if [fault.code for fault in lint(reminder(one))] != [Lint.PROMOTIONAL]] == []
    assert [one for one in words if lint(reminder("", "", one))[0].language != "zh_TW"] == []
    assert [one for one in words if Lint.PROMOTIONAL in {fault.code for fault in lint(offer(one))}] == []
    with pytest.raises(TemplateInvalid) as refused:
        check_template(reminder("Thank you. Hurry!"))
    assert (refused.value.fault, refused.value.language, refused.value.word) == ("promotional", "en", "hurry")


def test_what_a_member_owns_and_booked_may_be_said() -> None:
    assert [line for line in TELLING.splitlines() if promotional_word(line)] == []


def test_words_are_looked_for_in_subjects_and_fields_too() -> None:
    good = reminder("Hello")
    assert lint(replace(good, subjects=Names("", "限时"))) == (Fault(Lint.PROMOTIONAL, "zh_CN", "限时"),)
    assert lint(replace(good, wechat_fields=(("thing1", "hurry"),))) == (
        Fault(Lint.PROMOTIONAL, "", "hurry"),
    )


@pytest.mark.parametrize(
    ("words", "faults"),
    [
        (SELLS, []),
        ("{offer} {stop}", [Lint.STORE_MISSING]),
        ("{store}: {offer}", [Lint.STOP_MISSING]),
        ("[{store}: {offer} {stop}]", [Lint.STORE_MISSING, Lint.STOP_MISSING]),
        ("Reply STOP to Lily", [Lint.STORE_MISSING, Lint.STOP_MISSING]),
        ("{store} {stop} {x}", [Lint.UNKNOWN_PLACEHOLDER]),
        ("{store} {stop} [", [Lint.BRACKETS]),
        ("{store} {stop} " + "x" * MAX_NOTE, [Lint.TOO_LONG]),
    ],
)
def test_an_offer_names_the_shop_and_the_way_out_in_each_language(words: str, faults: list[Lint]) -> None:
    assert [one.code for one in lint(offer(words))] == faults
    both = lint(offer(SELLS, words))
    assert [(one.code, one.language) for one in both] == [(code, "zh_CN") for code in faults]


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        ("{store}: {code}", []),
        ("{store}: your code", [Fault(Lint.CODE_MISSING, "en")]),
        ("{store}[: {code}]", [Fault(Lint.CODE_MISSING, "en")]),
        ("{store: {code}", [Fault(Lint.BRACKETS, "en", "{")]),
    ],
)
def test_the_text_of_a_code_has_the_code(text: str, faults: list[Fault]) -> None:
    one = Template("spend_code", Purpose.TRANSACTIONAL, Names(text), trigger=Trigger.SPEND_CODE)
    assert list(lint(one)) == faults


def test_what_cannot_be_kept_is_refused() -> None:
    check_template(reminder("Hello"))
    with pytest.raises(TextTooLong):
        check_template(replace(reminder("Hello"), key="k" * 65))
    with pytest.raises(TextTooLong):
        check_template(replace(reminder("Hello"), wechat_fields=(("k" * 65, "x"),)))
    for wrong in ({"channels": ()}, {"wechat_fields": (("a=b", "x"),)}, {"wechat_fields": (("", "x"),)}):
        with pytest.raises(TemplateInvalid):
            check_template(replace(reminder("Hello"), **wrong))
    check_template(replace(reminder("Hello"), wechat_fields=(("amount1", "x"),)))
    assert [one.code for one in lint(replace(reminder("Hello"), subjects=Names("x" * 121)))] == [
        Lint.TOO_LONG
    ]
