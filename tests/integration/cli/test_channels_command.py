"""Accounts of channels by the command line: what is set stands, what is secret is never shown, what is wrong is refused whole."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from salon_desk import secrets
from salon_desk.bootstrap.channels import Channels, channels_of
from salon_desk.bootstrap.machine import SystemClock
from salon_desk.bootstrap.office_data import office_at
from salon_desk.cli.main import main
from salon_desk.domain.consent import Channel
from salon_desk.services import channel_settings
from salon_desk.storage import local
from salon_desk.storage.office import Office, Place
from tests.integration.services.shop import open_shop
from tests.unit.channels.mail_server import PASSWORD, USER, MailServer
from tests.unit.channels.test_wechat import APPID, SECRET, WeChatServer
from tests.unit.channels.twilio_server import ACCOUNT, SENDER, TOKEN, TwilioServer

KEY = "SK" + "7" * 32


class Desk:
    """Somebody at the command line of a head office's folder."""

    def __init__(
        self, folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
    ) -> None:
        self.place = Place(folder)
        self._monkeypatch = monkeypatch
        self._capfd = capfd
        with office_at(self.place) as office:
            self.node = office.node

    def run(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        self._monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main(["channels", *words, "--data", str(self.place.folder)])
        return status, *self._capfd.readouterr()

    def shown(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.run("show", "--json")[1])
        return told


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return Desk(tmp_path / "office", monkeypatch, capfd)


@pytest.fixture
def twilio() -> Iterator[TwilioServer]:
    server = TwilioServer()
    yield server
    server.close()
    assert server.problems == []


def test_an_account_that_was_set_sends_and_its_secret_is_never_told(desk: Desk, twilio: TwilioServer) -> None:
    sms = ("set", "sms", "--account", ACCOUNT, "--sender", SENDER, "--api", twilio.url)
    for words, typed in (
        (sms, f"{TOKEN}\n"),
        (("set", "way", "--public-url", "https://salon.example/"), ""),
        (("test", "sms"), ""),
        (("show",), ""),
        ((*sms, "--per-second", "3"), "\n"),
    ):
        status, out, err = desk.run(*words, typed=typed)
        assert (status, err) == (0, "")
        assert TOKEN not in out
    shown = desk.shown()
    assert shown["sms"] == {
        "account": ACCOUNT,
        "sender": SENDER,
        "key": "",
        "per_second": 3,
        "api": twilio.url,
        "secret": True,
    }
    assert shown["called_at"] == [
        "https://salon.example/v1/inbound/sms",
        "https://salon.example/v1/inbound/sms/status",
    ]
    folder = desk.place.folder
    assert folder is not None
    assert [one for one in folder.rglob("*") if TOKEN.encode() in one.read_bytes()] == []


def test_a_key_sends_and_the_token_opens_what_twilio_calls(desk: Desk, twilio: TwilioServer) -> None:
    twilio.users = {KEY: "key's secret"}
    words = ("set", "sms", "--account", ACCOUNT, "--sender", SENDER, "--key", KEY, "--api", twilio.url)
    assert desk.run(*words, typed="key's secret\n\n")[0] == 0
    assert desk.run("test", "sms")[0] == 0
    twilio.users = {}
    assert desk.run("test", "sms")[:2] == (1, "20003\n")


def test_mail_and_wechat_are_asked_whether_they_work(desk: Desk) -> None:
    mail, wechat = MailServer(), WeChatServer()
    try:
        words = ("set", "mail", "--host", "127.0.0.1", "--port", str(mail.port), "--security", "none")
        status, _out, err = desk.run(*words, "--sender", USER, "--user", USER, typed=f"{PASSWORD}\n")
        assert (status, err) == (0, "")
        assert desk.run("test", "mail", "--json")[:2] == (0, '{"channel": "mail", "trouble": ""}\n')
        assert desk.run("set", "wechat", "--appid", APPID, "--api", wechat.url, typed=f"{SECRET}\n")[0] == 0
        assert desk.run("test", "wechat")[:2] == (0, "ok\n")
        with office_at(desk.place) as office:
            made = _channels(office).by_channel
        assert set(made) == {Channel.EMAIL, Channel.WECHAT}
    finally:
        mail.close()
        wechat.close()
    assert (mail.taken, wechat.sent) == ([], {})


@pytest.mark.parametrize(
    ("words", "named"),
    [
        (("sms", "--account", "AC1", "--sender", SENDER), "account"),
        (("sms", "--account", ACCOUNT, "--sender", "+1 718"), "sender"),
        (("sms", "--account", ACCOUNT, "--sender", SENDER, "--key", "x"), "key"),
        (("sms", "--account", ACCOUNT, "--sender", SENDER, "--per-second", "-1"), "per-second"),
        (("sms", "--account", ACCOUNT, "--sender", SENDER, "--api", "http://192.0.2.1"), "api"),
        (("mail", "--host", "a b", "--sender", USER), "host"),
        (("mail", "--host", "mail.example.com", "--sender", USER, "--port", "0"), "port"),
        (("mail", "--host", "mail.example.com", "--sender", USER, "--security", "none"), "security"),
        (("mail", "--host", "mail.example.com", "--sender", "salon"), "sender"),
        (("mail", "--host", "mail.example.com", "--sender", USER, "--unsubscribe", "x"), "unsubscribe"),
        (("mail", "--host", "mail.example.com", "--sender", USER, "--sender-name", "a\nb"), "sender-name"),
        (("wechat", "--appid", "x"), "appid"),
        (("way", "--public-url", "http://salon.example"), "public-url"),
        (("way", "--public-url", "https://salon.example/?a"), "public-url"),
        (("way", "--public-url", "https://salon.example/\r\nBcc: x"), "public-url"),
        (("way", "--proxy", "salon.example:80"), "proxy"),
    ],
)
def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(
    desk: Desk, words: tuple[str, ...], named: str
) -> None:
    status, out, err = desk.run("set", *words, typed=f"{TOKEN}\n")
    assert (status, out) == (2, "")
    assert err == f'"{named}" cannot be set to that. Nothing was changed.\n'
    assert desk.shown() == {"public_url": "", "proxy": ""}
    assert secrets.given(channel_settings.TWILIO_TOKEN, desk.node) == ""


def test_without_its_secret_no_account_is_kept_and_one_that_is_forgotten_takes_it_along(desk: Desk) -> None:
    words = ("set", "sms", "--account", ACCOUNT, "--sender", SENDER)
    status, _out, err = desk.run(*words)
    assert status == 2
    assert err.startswith("A secret is missing: twilio-auth-token.")
    assert desk.run("test", "sms")[0] == 2
    assert desk.run(*words, typed=TOKEN)[0] == 0
    assert desk.run("forget", "sms")[0] == 0
    assert desk.shown() == {"public_url": "", "proxy": ""}
    assert secrets.given(channel_settings.TWILIO_TOKEN, desk.node) == ""


def test_a_till_that_is_a_shop_of_its_own_keeps_its_accounts_and_is_left_alone_while_it_runs(
    desk: Desk, tmp_path: Path
) -> None:
    shop = open_shop(tmp_path / "till")
    desk.place = Place(tmp_path / "till")
    words = ("set", "sms", "--account", ACCOUNT, "--sender", SENDER)
    assert desk.run(*words, typed=TOKEN)[0] == 2, "it runs"
    shop.till.store.close()
    assert desk.run(*words, typed=TOKEN)[0] == 0
    assert "secret=True" in desk.run("show")[1]
    desk.place = Place(tmp_path / "nothing")
    assert desk.run(*words, typed=TOKEN)[0] == 2


def test_a_channel_is_made_when_it_is_set_and_has_its_secret_here(desk: Desk) -> None:
    with office_at(desk.place) as office:
        assert _channels(office) == Channels()
        before = _settings(office)
        secrets.save_given(channel_settings.TWILIO_TOKEN, office.node, TOKEN)
        channel_settings.set_channel(office, channel_settings.SmsSettings(ACCOUNT, SENDER))
        channel_settings.set_channel(office, channel_settings.MailSettings("mail.example.com", USER))
        made = _channels(office)
        assert set(made.by_channel) == {Channel.SMS, Channel.EMAIL}
        assert (made.source, made.called) == (made.by_channel[Channel.SMS], False)
        channel_settings.set_way(office, public_url="https://salon.example")
        assert _channels(office).called
        channel_settings.set_channel(office, channel_settings.WeChatSettings(APPID))
        channel_settings.set_channel(office, channel_settings.MailSettings("m.example.com", USER, user=USER))
        assert set(_channels(office).by_channel) == {Channel.SMS}, "the others have no secret here"
        local.save_setting(office, "channels.sms", '{"account": 1}')
        assert _channels(office).by_channel == {}
        asked = _settings(office)
        channel_settings.touch(office)
        assert len({before, asked, _settings(office)}) == 3, (
            "whoever holds channels sees that something was set"
        )


def _channels(office: Office) -> Channels:
    return channels_of(office.node, _settings(office), SystemClock())


def _settings(office: Office) -> channel_settings.ChannelSettings:
    with office.database.read() as transaction:
        return channel_settings.read(transaction)
