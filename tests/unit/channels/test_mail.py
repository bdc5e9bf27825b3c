"""E-mail against a real SMTP server: what it takes, what it refuses, where a lost connection leaves nobody knowing."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.channels.letter import Sender, letter, message_id, routed
from salon_desk.channels.mail import Mail, MailAccount
from salon_desk.channels.rest import Rest
from salon_desk.channels.way_out import WayOut
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.message import Delivered, Delivery, Outgoing
from salon_desk.services.channel_settings import MailSecurity
from salon_desk.services.message_ports import NotGenuine
from tests.unit.channels.mail_server import PASSWORD, USER, MailServer, certificate
from tests.unit.channels.test_twilio import SetClock

NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)
SENDER = Sender("salon@example.com", "玉兰美甲", reply_to="front@example.com", unsubscribe="stop@example.com")
LETTER = Outgoing(
    "reference-1",
    Channel.EMAIL,
    "mei@example.org",
    "zh_CN",
    "您的储值卡余额为 $50 <3。\n.还可用于下次美甲护理\n\n回见！",
    subject="余额提醒",
)


@pytest.fixture
def server() -> Iterator[MailServer]:
    server = MailServer()
    yield server
    server.close()


def mail(server: MailServer, **told: str) -> Mail:
    account = MailAccount("127.0.0.1", server.port, MailSecurity.NONE, SENDER, **told)
    return Mail(account, SetClock(NOW), patience=5)


def test_a_letter_arrives_whole_in_both_forms_and_is_named_after_its_attempt(server: MailServer) -> None:
    assert mail(server).send(LETTER) == Delivery(Delivered.ACCEPTED, "<reference-1@example.com>")
    (envelope,), (got,) = server.taken, server.letters
    assert (envelope.mail_from, envelope.rcpt_tos) == ("salon@example.com", ["mei@example.org"])
    assert got["Message-ID"] == "<reference-1@example.com>"
    assert got["Subject"] == "余额提醒"
    assert got["From"] == "玉兰美甲 <salon@example.com>"
    assert got["Reply-To"] == "front@example.com"
    assert got["Content-Language"] == "zh-Hans"
    assert "List-Unsubscribe" not in got
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines() == LETTER.text.splitlines()
    assert "$50 &lt;3。<br>.还可用于" in html.get_content()
    assert "<p>回见！</p>" in html.get_content()
    assert max(map(len, envelope.content.splitlines())) <= 998  # type: ignore[union-attr]


def test_an_advertisement_says_how_to_get_out_of_it(server: MailServer) -> None:
    mail(server).send(replace(LETTER, purpose=Purpose.MARKETING))
    (got,) = server.letters
    assert got["List-Unsubscribe"] == "<mailto:stop@example.com?subject=STOP%20reference-1>"


def test_an_advertisement_ends_with_a_link_where_members_reach_us(server: MailServer) -> None:
    way_out = WayOut("https://office.of-a-long-name.salon.example", b"k" * 32)
    account = MailAccount("127.0.0.1", server.port, MailSecurity.NONE, SENDER)
    channel = Mail(account, SetClock(NOW), way_out=way_out.link)
    channel.send(replace(LETTER, purpose=Purpose.MARKETING, language="en"))
    channel.send(LETTER)
    got, plain_reminder = server.letters
    link = way_out.link("reference-1")
    raw = server.taken[0].content
    assert isinstance(raw, bytes)
    by_mail = "<mailto:stop@example.com?subject=STOP%20reference-1>"
    assert raw.startswith(f"List-Unsubscribe: <{link}>,\r\n {by_mail}\r\n".encode()), (
        "in letters, not encoded"
    )
    assert got["List-Unsubscribe"] == f"<{link}>, {by_mail}"
    assert got["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    plain, html = got.get_body(("plain",)), got.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().splitlines()[-2:] == ["", f"Unsubscribe: {link}"]
    assert f'<a href="{link.replace("&", "&amp;")}">Unsubscribe</a>' in html.get_content()
    assert "List-Unsubscribe" not in plain_reminder
    assert "long-name" not in plain_reminder.as_string()


def test_only_our_own_links_lead_out_of_a_letter() -> None:
    way_out = WayOut("https://salon.example", b"k" * 32)
    path = way_out.link("a/b c").removeprefix("https://salon.example")
    assert way_out.attempt(path) == "a/b c"
    assert "kkkk" not in repr(way_out)
    forged = WayOut("https://salon.example", b"j" * 32).link("a/b c")
    for other in (forged, path.replace("reference=a", "reference=b"), path[:-1], "/", "/?reference=%FF", ""):
        with pytest.raises(NotGenuine):
            way_out.attempt(other)


@pytest.mark.parametrize(
    ("step", "said", "told"),
    [
        ("RCPT", "550 no such box mei@example.org", Delivery(Delivered.REFUSED, code="550")),
        ("RCPT", "450 greylisted", Delivery(Delivered.NOT_SENT, code="450")),
        ("RCPT", "421 closing", Delivery(Delivered.NOT_SENT, code="421", retry_after=60)),
        ("MAIL", "550 who are you", Delivery(Delivered.NOT_SENT, code="550", retry_after=300)),
        ("MAIL", "451 not now", Delivery(Delivered.NOT_SENT, code="451", retry_after=60)),
        ("DATA", "452 full", Delivery(Delivered.NOT_SENT, code="452")),
        ("DATA", "554 spam", Delivery(Delivered.REFUSED, code="554")),
    ],
)
def test_the_server_says_no(server: MailServer, step: str, said: str, told: Delivery) -> None:
    server.said[step] = said
    assert mail(server).send(LETTER) == told


@pytest.mark.parametrize(
    ("step", "state"),
    [("MAIL", Delivered.NOT_SENT), ("RCPT", Delivered.NOT_SENT), ("DATA", Delivered.UNKNOWN)],
)
def test_only_a_connection_that_is_lost_after_the_text_leaves_nobody_knowing(
    server: MailServer, step: str, state: Delivered
) -> None:
    server.said[step] = None
    channel = mail(server)
    told = channel.send(LETTER)
    assert (told.state, told.code) == (state, "SMTPServerDisconnected")
    assert not channel.looks_up
    assert channel.look_up(LETTER, told.provider_id).state is Delivered.UNKNOWN


def test_who_signs_in_wrongly_sends_nothing_and_rests(server: MailServer) -> None:
    assert mail(server, user=USER, password=PASSWORD).send(LETTER).state is Delivered.ACCEPTED
    assert mail(server, user=USER, password=PASSWORD).trouble() == ""
    wrong = mail(server, user=USER, password="other")
    assert wrong.trouble() == "535"
    assert wrong.send(LETTER) == Delivery(Delivered.NOT_SENT, code="535", retry_after=300)
    assert wrong.send(LETTER).code == "rests"
    assert len(server.taken) == 1


def test_a_server_that_is_not_there_was_given_nothing(server: MailServer) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        account = MailAccount("127.0.0.1", taken.getsockname()[1], MailSecurity.NONE, SENDER)
        told = Mail(account, SetClock(NOW)).send(LETTER)
    assert told == Delivery(Delivered.NOT_SENT, code="ConnectionRefusedError")
    starttls = MailAccount("127.0.0.1", server.port, MailSecurity.STARTTLS, SENDER)
    assert Mail(starttls, SetClock(NOW)).trouble() == "SMTPNotSupportedError", "never in the clear instead"
    sealed = MailAccount("127.0.0.1", server.port, MailSecurity.TLS, SENDER)
    assert Mail(sealed, SetClock(NOW), rest=Rest()).trouble() == "SSLError"
    assert server.taken == []


@pytest.mark.parametrize("security", [MailSecurity.STARTTLS, MailSecurity.TLS])
def test_a_sealed_way_leads_to_the_server_of_that_name_alone(
    security: MailSecurity, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, state in (("localhost", Delivered.ACCEPTED), ("mail.example.com", Delivered.NOT_SENT)):
        served, trusted = certificate(tmp_path, name)
        monkeypatch.setenv("SSL_CERT_FILE", str(trusted))
        starttls = security is MailSecurity.STARTTLS
        server = MailServer(starttls=served) if starttls else MailServer(tls=served)
        try:
            account = MailAccount("localhost", server.port, security, SENDER, user=USER, password=PASSWORD)
            assert Mail(account, SetClock(NOW), patience=5).send(LETTER).state is state
            assert len(server.taken) == (state is Delivered.ACCEPTED)
        finally:
            server.close()


def test_nothing_goes_in_the_clear_over_the_network() -> None:
    with pytest.raises(ValueError, match="sealed"):
        Mail(MailAccount("mail.example.com", 25, MailSecurity.NONE, SENDER), SetClock(NOW))


@pytest.mark.parametrize(
    "address", ["", "mei", "mei@", "a b@example.org", "mei@example.org\r\nBcc: x@y.z", "é@b.c"]
)
def test_what_is_no_address_is_refused_without_asking(server: MailServer, address: str) -> None:
    told = mail(server).send(replace(LETTER, address=address))
    assert told == Delivery(Delivered.REFUSED, code="address")


@settings(max_examples=80)
@given(
    address=st.text(st.characters(max_codepoint=0x3FF), max_size=12).map(lambda box: f"{box}@example.org")
    | st.text(max_size=20)
    | st.text(max_size=12).map(lambda domain: f"mei@{domain}"),
    subject=st.text(max_size=20),
)
def test_whatever_is_no_address_is_one_kind_of_error(address: str, subject: str) -> None:
    try:
        letter(replace(LETTER, address=address, subject=subject), SENDER, NOW)
    except ValueError:
        return
    assert routed(address).isascii()


def test_no_text_can_add_a_header() -> None:
    sneaky = replace(LETTER, subject="余额\r\nBcc: x@example.org", text="a\r\n.\r\nQUIT")
    head, _blank, _body = letter(sneaky, SENDER, NOW).partition(b"\r\n\r\n")
    assert b"\r\nbcc" not in head.lower()


def test_addresses_and_references_are_as_servers_know_them() -> None:
    assert routed(" mei@例子.中国 ") == "mei@xn--fsqu00a.xn--fiqs8s"
    assert message_id("a b", "salon@example.com") == message_id("a b", "other@example.com")
    assert message_id("a b", "salon@example.com") != message_id("a c", "salon@example.com")
