"""The accounts by which messages are sent: set with their secrets, tried out, used no more; nothing secret is shown; the pictures."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from PySide6.QtWidgets import QLineEdit

from salon_desk import secrets
from salon_desk.domain.errors import DomainError
from salon_desk.i18n import Catalogue
from salon_desk.services import channel_settings
from salon_desk.services.channel_accounts import SecretMissing
from salon_desk.services.channel_settings import (
    TWILIO_TOKEN,
    ChannelSettingRefused,
    ChannelSettings,
    MailSecurity,
    MailSettings,
    SmsSettings,
    WeChatSettings,
)
from salon_desk.ui.approval.view import ApprovalDesk, ApprovalSheet
from salon_desk.ui.screens.message_accounts.form import SECRET_FIELDS
from salon_desk.ui.screens.message_accounts.presenter import MessageAccountsPresenter
from salon_desk.ui.screens.message_accounts.view import MessageAccountsScreen
from salon_desk.ui.screens.message_accounts.view_model import accounts_model
from tests.ui.back_office import SIZES, Desk, Shop, session_of, too_small, unnamed

ACCOUNT = "AC" + "1" * 32
SMS = {"account": ACCOUNT, "sms_sender": "+13475550100", "token": "a token"}
MAIL = {"host": "smtp.example.com", "mail_sender": "shop@example.com", "user": "shop", "password": "pass"}


class Provider:
    """Answers trials when the test says so."""

    def __init__(self) -> None:
        self.asked: list[str] = []
        self.answer: Callable[[str], None] | None = None
        self.fail: Callable[[DomainError], None] | None = None

    def __call__(
        self, channel: str, answered: Callable[[str], None], failed: Callable[[DomainError], None]
    ) -> None:
        self.asked.append(channel)
        self.answer, self.fail = answered, failed


@pytest.fixture
def provider(shop: Shop) -> Provider:
    """One that nobody has an account with: the shops of these tests are copies of one, and so have its secrets."""
    for name in SECRET_FIELDS.values():
        secrets.save_given(name, shop.till.store.node, "")
    return Provider()


def stand(desk: Desk, shop: Shop, provider: Provider, who: str = "helen") -> MessageAccountsScreen:
    """The screen with somebody signed in."""
    session = session_of(shop, who)
    presenter = MessageAccountsPresenter(
        shop.till,
        desk.tasks,
        session,
        approvals=ApprovalDesk(desk.window, shop.till, session),
        trial=provider,
    )
    screen = desk.stand(
        "message_accounts", lambda host: MessageAccountsScreen(host, presenter, back_to=lambda: None)
    )
    assert isinstance(screen, MessageAccountsScreen)
    return screen


def fill(screen: MessageAccountsScreen, words: dict[str, str]) -> None:
    for name, text in words.items():
        screen.rows.fields[name].set_text(text)


def pill(desk: Desk, screen: MessageAccountsScreen, group: str, key: str) -> None:
    one = screen.rows.pills[group].pill(key)
    assert one is not None
    one.click()
    desk.settle()


def standing(screen: MessageAccountsScreen) -> str:
    return accounts_model(screen.presenter.state, Catalogue.load("en")).standing


def kept(shop: Shop) -> ChannelSettings:
    with shop.till.read() as transaction:
        return channel_settings.read(transaction)


def test_an_account_and_its_secret_are_kept_and_the_secret_is_not_shown_again(
    office: Desk, shop: Shop, provider: Provider
) -> None:
    screen = stand(office, shop, provider)
    fill(screen, SMS)
    assert screen.rows.fields["token"].field.echoMode() is QLineEdit.EchoMode.Password
    office.say("Save")
    assert kept(shop).sms == SmsSettings(ACCOUNT, "+13475550100")
    assert secrets.given(TWILIO_TOKEN, shop.till.store.node) == "a token"
    assert {screen.rows.texts[name] for name in SECRET_FIELDS} == {""}
    fill(screen, {"per_second": "5"})
    office.say("Save")  # without its secret typed again
    sms = kept(shop).sms
    assert sms is not None
    assert sms.per_second == 5
    assert secrets.given(TWILIO_TOKEN, shop.till.store.node) == "a token"


def test_each_channel_has_its_own_form(office: Desk, shop: Shop, provider: Provider) -> None:
    screen = stand(office, shop, provider)
    assert screen.rows.fields["account"].isVisible()
    assert not screen.rows.pills["security"].isVisible()
    pill(office, screen, "channel", "mail")
    assert screen.rows.fields["host"].isVisible()
    assert not screen.rows.fields["account"].isVisible()
    fill(screen, {**MAIL, "port": "465"})
    pill(office, screen, "security", "tls")
    office.say("Save")
    assert kept(shop).mail == MailSettings(
        "smtp.example.com", "shop@example.com", 465, MailSecurity.TLS, "shop"
    )
    pill(office, screen, "channel", "wechat")
    fill(screen, {"appid": "wx1234567890", "app_secret": "s"})
    office.say("Save")
    assert kept(shop).wechat == WeChatSettings("wx1234567890")


@pytest.mark.parametrize(
    ("words", "refusal"),
    [
        ({"account": "mine"}, ChannelSettingRefused("account")),
        ({"per_second": "fast"}, ChannelSettingRefused("per-second")),
        ({"token": ""}, SecretMissing(TWILIO_TOKEN)),
    ],
)
def test_what_is_wrong_is_said_and_nothing_is_kept(
    office: Desk, shop: Shop, provider: Provider, words: dict[str, str], refusal: DomainError
) -> None:
    screen = stand(office, shop, provider)
    fill(screen, {**SMS, **words})
    office.say("Save")
    assert screen.presenter.state.refusal == refusal
    assert kept(shop).sms is None
    fill(screen, {"account": ""})
    assert screen.presenter.state.refusal is None  # typing takes it back


def test_a_trial_says_what_the_provider_says(office: Desk, shop: Shop, provider: Provider) -> None:
    screen = stand(office, shop, provider)
    assert not screen.test.isVisible()
    fill(screen, SMS)
    office.say("Save")
    office.say("Does it work?")
    screen.presenter.test()  # twice asks once
    assert provider.asked == ["sms"]
    assert provider.answer is not None
    assert provider.fail is not None
    provider.answer("20003")
    assert standing(screen) == "The provider does not take it: 20003"
    office.say("Does it work?")
    provider.answer("")
    assert standing(screen) == "It works."
    office.say("Does it work?")
    provider.fail(SecretMissing("sms"))
    assert screen.presenter.state.refusal == SecretMissing("sms")


def test_an_account_is_used_no_more_after_one_question(office: Desk, shop: Shop, provider: Provider) -> None:
    screen = stand(office, shop, provider)
    fill(screen, SMS)
    office.say("Save")
    office.tap(screen.forget)
    office.say("Keep it")
    assert kept(shop).sms is not None
    office.tap(screen.forget)
    office.say("Use it no more")
    assert kept(shop).sms is None
    assert secrets.given(TWILIO_TOKEN, shop.till.store.node) == ""
    assert not screen.forget.isVisible()


def test_a_cashier_needs_somebody_who_may(office: Desk, shop: Shop, provider: Provider) -> None:
    screen = stand(office, shop, provider, who="amy")
    fill(screen, SMS)
    office.say("Save")
    assert isinstance(office.window.sheets.top, ApprovalSheet)
    assert kept(shop).sms is None


def test_where_head_office_sends_there_is_no_form(
    office: Desk, shop: Shop, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "salon_desk.ui.screens.message_accounts.presenter.is_root", lambda _transaction: False
    )
    screen = stand(office, shop, provider)
    assert not screen.rows.isVisible()
    assert not screen.save.isVisible()
    screen.presenter.save(screen.rows.texts)
    assert kept(shop) == ChannelSettings()


@pytest.mark.parametrize("code", ["zh_CN", "en"])
def test_pictures_of_the_accounts(
    make_desk_of: Callable[..., Desk], shop: Shop, provider: Provider, code: str
) -> None:
    for size in SIZES:
        desk = make_desk_of(code, size)
        screen = stand(desk, shop, provider)
        fill(screen, SMS)
        screen.presenter.save(screen.rows.texts)
        screen.presenter.test()
        assert provider.answer is not None
        provider.answer("20003")
        desk.settle()
        desk.picture("message-accounts-sms")
        pill(desk, screen, "channel", "mail")
        desk.picture("message-accounts-mail")
        pill(desk, screen, "channel", "wechat")
        desk.picture("message-accounts-wechat")
        assert too_small(desk.window) == []
        assert unnamed(desk.window) == []
