"""What a provider calls head office with: believed when it is signed, handed on, and told to nobody else."""

from __future__ import annotations

import json
import logging
from urllib.parse import urlencode

import pytest
import requests
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from salon_desk import secrets
from salon_desk.bootstrap.providers import providers_of
from salon_desk.channels.twilio_inbound import signature
from salon_desk.channels.way_out import WayOut
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, Incoming, StatusNews
from salon_desk.head_office.limits import MOST_OF_A_STRANGER
from salon_desk.head_office.logging import JsonLines
from salon_desk.operations.message import MessageAttempted
from salon_desk.secrets import KeysUnreachable
from salon_desk.services import channel_settings
from salon_desk.services.channel_settings import MailSettings, SmsSettings
from salon_desk.storage import journal
from salon_desk.storage.journal import Command
from salon_desk.storage.office import Office
from salon_desk.storage.store import Store
from salon_desk.wire.inbound import MAIL_STOP, SMS, STATUS
from tests.integration.head_office.serving import HeadOffice, refused

ACCOUNT, TOKEN, SID = "AC" + "0" * 32, "the-auth-token", "SM" + "b" * 32
PUBLIC = "https://salon.example"
WROTE = {"AccountSid": ACCOUNT, "MessageSid": SID, "From": "+17185550123", "Body": "请不要再发 STOP"}

ATTEMPT = MessageAttempted(
    message="m",
    member="mei",
    attempt=1,
    reference="m/1",
    channel=Channel.EMAIL,
    address="mei@example.org",
    language="zh_CN",
    text="春季八折",
)

on_sqlite = pytest.mark.parametrize("place", ["sqlite"], indirect=True)
pytestmark = on_sqlite


class Heard:
    """What was handed on."""

    def __init__(self) -> None:
        self.wrote: list[Incoming] = []
        self.news: list[StatusNews] = []

    def received(self, office: Store, incoming: Incoming) -> None:
        assert office.node
        self.wrote.append(incoming)

    def status(self, office: Store, news: StatusNews) -> None:
        assert office.node
        self.news.append(news)


@pytest.fixture
def heard(served: HeadOffice) -> Heard:
    heard = Heard()
    node = served.context.identity.node
    providers = providers_of(node, heard.received, heard.status)
    object.__setattr__(served.context, "providers", providers)
    set_up(served)
    return heard


def set_up(served: HeadOffice, *, token: str = TOKEN, public_url: str = PUBLIC) -> None:
    secrets.save_given(channel_settings.TWILIO_TOKEN, served.context.identity.node, token)

    def work(office: Office) -> None:
        channel_settings.set_channel(office, SmsSettings(ACCOUNT, "+15005550006"))
        channel_settings.set_way(office, public_url=public_url)

    served.context.access.run(work)


def set_up_mail(served: HeadOffice) -> None:
    mail = MailSettings("mail.example.com", "us@example.com")
    served.context.access.run(lambda office: channel_settings.set_channel(office, mail))


def call(
    served: HeadOffice, path: str, fields: dict[str, str], *, token: str = TOKEN, **headers: str
) -> requests.Response:
    signed = signature(token, f"{PUBLIC}{path}", list(fields.items()))
    return raw(served, path, urlencode(fields).encode(), **{"x-twilio-signature": signed, **headers})


def raw(served: HeadOffice, path: str, body: bytes, **headers: str) -> requests.Response:
    kind = {"content-type": "application/x-www-form-urlencoded"}
    return requests.post(f"{served.url}{path}", data=body, headers={**kind, **headers}, timeout=20)


def test_what_a_member_wrote_is_handed_on_and_nothing_is_said_to_the_telephone(
    served: HeadOffice, heard: Heard
) -> None:
    answer = call(served, SMS, WROTE)
    assert (answer.status_code, answer.headers["content-type"]) == (200, "text/xml; charset=utf-8")
    assert answer.text.endswith("<Response/>")
    assert heard.wrote == [Incoming(Channel.SMS, WROTE["From"], WROTE["Body"], SID)]


def test_a_status_is_handed_on_with_the_attempt_that_it_is_about(served: HeadOffice, heard: Heard) -> None:
    path = f"{STATUS}?reference=attempt%2F1"
    told = {"AccountSid": ACCOUNT, "MessageSid": SID, "MessageStatus": "undelivered", "ErrorCode": "30003"}
    assert call(served, path, told).status_code == 200
    assert heard.news == [StatusNews(Channel.SMS, "attempt/1", Delivery(Delivered.REFUSED, SID, "30003"))]


def test_what_is_not_signed_is_refused(served: HeadOffice, heard: Heard) -> None:
    for path in (SMS, STATUS):
        assert refused(call(served, path, WROTE, token="guessed"), 403).error == "not-yours"
        assert refused(raw(served, path, urlencode(WROTE).encode()), 403).error == "not-yours"
    assert refused(call(served, SMS, WROTE, **{"content-type": "application/json"}), 415)
    assert refused(call(served, SMS, {**WROTE, "MessageSid": "x"}), 422)
    assert refused(raw(served, SMS, b"Body=" + b"x" * MOST_OF_A_STRANGER), 413)
    assert requests.get(f"{served.url}{SMS}", timeout=20).status_code == 405
    assert (heard.wrote, heard.news) == ([], [])


def test_whoever_was_told_of_no_address_finds_nothing_there(served: HeadOffice) -> None:
    assert refused(call(served, SMS, WROTE), 404).error == "unknown"


def test_an_address_a_token_or_an_account_that_was_set_meanwhile_counts_at_once(
    served: HeadOffice, heard: Heard
) -> None:
    assert call(served, SMS, WROTE).status_code == 200
    set_up(served, token="another")
    assert call(served, SMS, WROTE).status_code == 403
    assert call(served, SMS, WROTE, token="another").status_code == 200
    set_up(served, token="another", public_url="")
    assert call(served, SMS, WROTE, token="another").status_code == 404


def test_a_keyring_that_does_not_answer_is_trouble_and_no_refusal(
    served: HeadOffice, heard: Heard, monkeypatch: pytest.MonkeyPatch
) -> None:
    def unreachable(_name: str, _node: str) -> str:
        raise KeysUnreachable

    monkeypatch.setattr(secrets, "given", unreachable)
    monkeypatch.setattr(secrets, "secret", unreachable)
    set_up_mail(served)
    assert refused(call(served, SMS, WROTE), 503).error == "unavailable"
    assert requests.get(f"{served.url}{MAIL_STOP}", timeout=20).status_code == 503


def test_whoever_follows_the_link_of_a_letter_gets_no_more_by_its_button_alone(
    served: HeadOffice, heard: Heard
) -> None:
    node = served.context.identity.node
    assert requests.get(f"{served.url}{MAIL_STOP}", timeout=20).status_code == 404
    set_up_mail(served)
    served.context.access.run(
        lambda office: journal.record(office, Command("a", "", ""), lambda _tx: ATTEMPT)
    )
    way_out = WayOut(PUBLIC, secrets.secret("way-out", node))
    link = way_out.link(ATTEMPT.reference).replace(PUBLIC, served.url)
    page = requests.get(link, headers={"accept-language": "zh-CN"}, timeout=20)
    assert "<form" in page.text
    assert page.text.index("zh-Hans") < page.text.index('lang="en"')
    assert page.headers["content-security-policy"].startswith("default-src 'none'")
    assert heard.wrote == []
    for _again in range(2):
        done = requests.post(link, data={"List-Unsubscribe": "One-Click"}, timeout=20)
        assert (done.status_code, "<form" in done.text) == (200, False)
    told = Incoming(Channel.EMAIL, ATTEMPT.address, "STOP", f"way-out/{ATTEMPT.reference}")
    assert heard.wrote == [told, told], "the name of it makes the second one nothing"
    for forged in (f"{link}0", f"{served.url}{MAIL_STOP}?reference=x&proof=y"):
        assert requests.get(forged, timeout=20).status_code == 404
        assert requests.post(forged, timeout=20).status_code == 404
    unknown = way_out.link("erased").replace(PUBLIC, served.url)
    assert requests.post(unknown, timeout=20).status_code == 200
    assert len(heard.wrote) == 2


def test_nothing_of_a_call_stands_in_the_log(
    served: HeadOffice, heard: Heard, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        call(served, f"{SMS}?reference=my-reference", WROTE)
        call(served, SMS, WROTE, token="guessed")
        call(served, SMS, {**WROTE, "MessageSid": "x"})
    told = "".join(JsonLines().format(one) for one in caplog.records if one.name.startswith("salon_desk"))
    assert told.count(json.dumps(SMS)) == 3
    for secret in (TOKEN, "7185550123", "请不要再发", SID, "my-reference"):
        assert secret not in told


def test_whatever_comes_the_server_does_not_stumble(served: HeadOffice, heard: Heard) -> None:
    @settings(
        max_examples=40, deadline=None, phases=[Phase.generate], suppress_health_check=list(HealthCheck)
    )
    @given(
        path=st.sampled_from([SMS, STATUS, f"{STATUS}?reference=%FF%00", f"{SMS}?" + "a=b&" * 300]),
        body=st.binary(max_size=80) | st.just(b"a=b&" * 200) | st.just(b"Body=%FF%FE"),
        packed=st.sampled_from(["identity", "gzip"]),
        signed=st.booleans(),
    )
    def sent(path: str, body: bytes, packed: str, signed: bool) -> None:
        headers = {"content-encoding": packed}
        headers["x-twilio-signature"] = signature(TOKEN, f"{PUBLIC}{path}", []) if signed else "x"
        assert raw(served, path, body, **headers).status_code in (403, 415, 422)

    sent()
    assert (heard.wrote, heard.news) == ([], [])
