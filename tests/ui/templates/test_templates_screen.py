"""The screen of the texts: written in a language, tried on a member while it is typed, complained of at once; the pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.bootstrap.messages import load_templates
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message_template import Template
from salon_desk.i18n import Catalogue
from salon_desk.services import message_templates
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.templates.presenter import TemplatesPresenter
from salon_desk.ui.screens.templates.view import TemplatesScreen
from salon_desk.ui.screens.templates.view_model import FormModel, templates_model
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed


def stand(desk: Desk, shop: Shop, who: str = "grace") -> TemplatesScreen:
    """The screen with somebody signed in."""
    session = session_of(shop, who)
    presenter = TemplatesPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        built_in=load_templates,
    )
    screen = desk.stand("templates", lambda host: TemplatesScreen(host, presenter, back_to=lambda: None))
    assert isinstance(screen, TemplatesScreen)
    return screen


def said(screen: TemplatesScreen) -> FormModel:
    form = templates_model(screen.presenter.state, Catalogue.load("en")).form
    assert form is not None
    return form


def kept(shop: Shop, key: str) -> Template:
    found = message_templates.listed(shop.till, load_templates())
    return next(one.template for one in found if key in (one.template.key, one.template.names.en))


def insert(screen: TemplatesScreen, value: str) -> None:
    pill = screen.editor.values.pill(value)
    assert pill is not None
    pill.click()


def test_a_text_is_written_in_a_language_tried_on_who_was_served_last_and_put_back(
    office: Desk, shop: Shop
) -> None:
    shop.sell("Gel", member=shop.member("单雪"))
    screen = stand(office, shop)
    screen.presenter.choose("after_sale")
    assert said(screen).trial.title == "What Xue Shan would read"
    screen.editor.text.set_text("{store}: ")
    insert(screen, "balance")
    insert(screen, "[ ]")
    insert(screen, "coupons")
    assert screen.editor.text.text == "{store}: {balance}[{coupons}]"
    screen.editor.text.set_text("{store}: {balance}")
    assert "$" in screen.editor.read.text()
    assert said(screen).trial.length.endswith("1 text message")
    screen.presenter.turn("zh_CN")
    assert "余额" in screen.editor.text.text
    office.say("Save")
    assert kept(shop, "after_sale").texts.en == "{store}: {balance}"
    assert "余额" in kept(shop, "after_sale").texts.zh_CN
    office.say("Put the built-in text back")
    office.say("Put it back")
    assert kept(shop, "after_sale") == load_templates().templates["after_sale"]
    assert not screen.editor.put_back.isVisible()


@pytest.mark.parametrize(
    ("key", "text", "complaint"),
    [
        ("after_sale", "{store}: 20% off, {name}", "makes an advertisement of a reminder"),
        ("after_sale", "{store}: {balanse}", "Nothing is known by the name"),
        ("after_sale", "{store", "A bracket is not closed"),
        ("birthday", "Happy birthday {name} {stop}", "who it is from"),
        ("birthday", "{store}: Happy birthday", "how to get no more"),
    ],
)
def test_what_is_wrong_is_said_while_it_is_typed_and_nothing_is_kept(
    office: Desk, closed_shop: Shop, key: str, text: str, complaint: str
) -> None:
    screen = stand(office, closed_shop)
    screen.presenter.choose(key)
    assert not screen.editor.complaint.isVisible()
    screen.editor.text.set_text(text)
    assert complaint in screen.editor.complaint.text()
    screen.presenter.turn("zh_CN")
    assert screen.editor.complaint.text().startswith("English: ")
    office.say("Save")
    assert screen.presenter.state.refusal is not None
    assert kept(closed_shop, key) == load_templates().templates[key]


def test_a_text_of_ones_own_is_an_offer_until_it_is_a_reminder_and_can_be_ended(
    office: Desk, closed_shop: Shop
) -> None:
    screen = stand(office, closed_shop)
    office.say("A new text")
    editor = screen.editor
    editor.name.set_text("Spring")
    editor.text.set_text("{store}: we are open on Monday.")
    assert "how to get no more" in editor.complaint.text()
    office.say("A reminder")
    assert not editor.complaint.isVisible()
    office.say("Save")
    one = kept(closed_shop, "Spring")
    assert (one.purpose, one.trigger, one.texts.en) == (
        Purpose.TRANSACTIONAL,
        None,
        "{store}: we are open on Monday.",
    )
    office.say("End this text")
    office.say("End it")
    assert screen.presenter.state.key == ""
    assert len(message_templates.listed(closed_shop.till, load_templates())) == len(
        load_templates().templates
    )


def test_a_value_that_the_member_has_not_got_is_named(office: Desk, closed_shop: Shop) -> None:
    screen = stand(office, closed_shop)
    screen.presenter.choose("before_appointment")
    editor = screen.editor
    editor.search.field.setText("单雪")
    assert [row.title for row in templates_model(screen.presenter.state, Catalogue.load("en")).found] == [
        "Xue Shan"
    ]
    screen.presenter.try_on(closed_shop.member("单雪"))
    assert "<Time booked>" in editor.read.text()
    assert said(screen).trial.warning == (
        "Xue Shan has no such value now, so nothing would go out: Time booked"
    )
    editor.text.set_text("")
    assert said(screen).trial.warning == "There is no text in this language; it goes out in 简体中文."


def test_a_text_goes_out_by_the_ways_in_the_order_they_are_tapped_and_wechat_has_a_template_of_its_own(
    office: Desk, closed_shop: Shop
) -> None:
    screen = stand(office, closed_shop)
    screen.presenter.choose("after_sale")
    english = screen.editor.text.text
    screen.presenter.turn("ways")
    assert [one.text for one in said(screen).ways] == ["1  SMS", "2  E-mail", "3  WeChat"]
    for way in (Channel.SMS, Channel.EMAIL, Channel.EMAIL):
        pill = screen.editor.ways.pill(way.value)
        assert pill is not None
        pill.click()
    assert [one.text for one in said(screen).ways] == ["SMS", "2  E-mail", "1  WeChat"]
    screen.editor.subject.set_text("tmpl-7")
    screen.editor.text.set_text("thing1={name}\n\namount2 = {balance}")
    office.say("Save")
    one = kept(closed_shop, "after_sale")
    assert one.channels == (Channel.WECHAT, Channel.EMAIL)
    assert (one.wechat_template, one.wechat_fields) == (
        "tmpl-7",
        (("thing1", "{name}"), ("amount2", "{balance}")),
    )
    assert one.texts.en == english
    screen.presenter.turn("ways")
    assert screen.editor.text.text == "thing1={name}\namount2={balance}"
    for way in (Channel.WECHAT, Channel.EMAIL):
        screen.presenter.way(way)
    assert screen.editor.complaint.isVisible()  # it would go out by no way


@pytest.mark.parametrize("fields", ["two words={name}", "thing1={nobody}"])
def test_a_field_of_wechats_that_cannot_be_is_refused(office: Desk, closed_shop: Shop, fields: str) -> None:
    screen = stand(office, closed_shop)
    screen.presenter.choose("after_sale")
    screen.presenter.turn("ways")
    screen.editor.text.set_text(fields)
    office.say("Save")
    assert screen.presenter.state.refusal is not None
    assert kept(closed_shop, "after_sale") == load_templates().templates["after_sale"]


def test_a_cashier_needs_a_manager_to_write_a_text(office: Desk, closed_shop: Shop) -> None:
    screen = stand(office, closed_shop, "amy")
    screen.presenter.choose("birthday")
    screen.editor.subject.set_text("Hurray")
    office.say("Save")
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert kept(closed_shop, "birthday") == load_templates().templates["birthday"]


@pytest.mark.parametrize("code", ["en", "zh_CN"])
def test_the_screen_fits_in_every_size(
    make_desk_of: Callable[..., Desk], closed_shop: Shop, code: str
) -> None:
    desk = make_desk_of(code, SIZES[0])
    screen = stand(desk, closed_shop)
    desk.picture("templates-0-list", *SIZES)
    for size in SIZES:
        desk.window.resize(*size)
        screen.presenter.choose("balance_low")
        screen.presenter.try_on(closed_shop.member("单雪"))
        desk.picture("templates-1-form")
        screen.presenter.turn("ways")
        desk.picture("templates-3-ways")
        screen.presenter.choose("new")
        screen.editor.text.set_text("{store}: 20% off, {name}")
        desk.picture("templates-2-new")
        assert too_small(screen) == [] == unnamed(screen)
