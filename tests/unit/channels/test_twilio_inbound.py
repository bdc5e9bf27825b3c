"""What Twilio calls the shop with: only what it signed is believed, and what it says."""

from __future__ import annotations

from urllib.parse import urlencode

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from salon_desk.channels.twilio_inbound import TwilioDoor, signature
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, Incoming, StatusNews
from salon_desk.services.message_ports import NotGenuine

ACCOUNT, TOKEN, SID = "AC" + "0" * 32, "12345", "SM" + "a" * 32
URL = "https://salon.example"
PATH = "/v1/inbound/sms"
DOOR = TwilioDoor(URL, ACCOUNT, TOKEN)


def form(**told: str) -> list[tuple[str, str]]:
    said = {"AccountSid": ACCOUNT, "MessageSid": SID, "From": "+17185550123", "Body": "STOP", **told}
    return list(said.items())


def call(
    fields: list[tuple[str, str]], path: str = PATH, *, token: str = TOKEN, url: str = URL
) -> tuple[str, dict[str, str], bytes]:
    signed = signature(token, f"{url}{path}", fields)
    return path, {"X-Twilio-Signature": signed}, urlencode(fields).encode()


def test_the_signature_is_the_one_of_twilios_manual() -> None:
    """The example of https://www.twilio.com/docs/usage/security."""
    fields = [
        ("CallSid", "CA1234567890ABCDE"),
        ("Caller", "+14158675310"),
        ("Digits", "1234"),
        ("From", "+14158675310"),
        ("To", "+18005551212"),
    ]
    url = "https://mycompany.com/myapp.php?foo=1&bar=2"
    assert signature("12345", url, fields) == "GvWf1cFY/Q7PnoempGyD5oXAezc="


def test_what_somebody_wrote_is_read() -> None:
    told = DOOR.message(*call(form(Body="不要再发了 👍", FromCity="")))
    assert told == Incoming(Channel.SMS, "+17185550123", "不要再发了 👍", SID)


def test_a_word_of_the_owners_own_list_is_a_stop_with_the_word() -> None:
    told = DOOR.message(*call(form(Body="basta", OptOutType="STOP")))
    assert told is not None
    assert told.text == "STOP (basta)"
    same = DOOR.message(*call(form(Body="stop", OptOutType="STOP")))
    assert same is not None
    assert same.text == "stop"


@pytest.mark.parametrize("url", ["https://salon.example:443", "https://salon.example"])
def test_the_usual_port_may_be_signed_or_not(url: str) -> None:
    assert DOOR.message(*call(form(), url=url)) is not None
    assert TwilioDoor(f"{url}/", ACCOUNT, TOKEN).message(*call(form(), url=url)) is not None


def test_what_is_not_signed_with_the_accounts_token_for_this_address_is_not_believed() -> None:
    path, headers, body = call(form())
    for bad in (
        call(form(), token="other"),
        call(form(), url="https://other.example"),
        (f"{path}?reference=x", headers, body),
        (path, headers, body + b"&Body=START"),
        (path, headers, body.replace(b"STOP", b"START")),
        (path, {}, body),
        (path, {"x-twilio-signature": "é"}, body),
        call(form(AccountSid="AC" + "1" * 32)),
        call([]),
    ):
        with pytest.raises(NotGenuine):
            DOOR.message(*bad)


def test_what_is_no_text_of_a_telephone_is_nothing() -> None:
    assert DOOR.message(*call(form(From="whatsapp:+17185550123"))) is None
    with pytest.raises(ValueError, match="not of the form"):
        DOOR.message(*call(form(MessageSid="1; drop")))


def test_a_status_names_the_attempt_and_what_became_of_it() -> None:
    path = f"{PATH}/status?reference=attempt-7"
    told = DOOR.status(*call(form(MessageStatus="delivered"), path))
    assert told == StatusNews(Channel.SMS, "attempt-7", Delivery(Delivered.DELIVERED, SID))
    told = DOOR.status(*call(form(MessageStatus="undelivered", ErrorCode="30005"), path))
    assert told is not None
    assert told.delivery == Delivery(Delivered.REFUSED, SID, "30005")
    told = DOOR.status(*call(form(MessageStatus="failed", ErrorCode="21610"), f"{PATH}/status"))
    assert told is not None
    assert (told.reference, told.delivery.opted_out) == ("", True)


@settings(max_examples=60)
@given(
    body=st.binary(max_size=60) | st.text(max_size=60).map(str.encode),
    signed=st.text(max_size=40),
    path=st.text(max_size=20),
)
def test_whatever_comes_is_refused_in_one_of_two_ways(body: bytes, signed: str, path: str) -> None:
    for read in (DOOR.message, DOOR.status):
        with pytest.raises((NotGenuine, ValueError)):
            read(f"/{path}", {"x-twilio-signature": signed}, body)
