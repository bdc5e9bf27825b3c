"""SMS by Twilio: what is asked, what each answer means, and what became of an attempt whose answer was lost."""

from __future__ import annotations

import socket
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import pytest

from salon_desk.channels import twilio
from salon_desk.channels.rest import Rest
from salon_desk.channels.twilio import Twilio, TwilioAccount
from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, Incoming, Outgoing
from salon_desk.wire.exchange import Line
from tests.unit.channels import description
from tests.unit.channels.provider import Answer, Fault
from tests.unit.channels.twilio_server import ACCOUNT, NOW, SENDER, TOKEN, TwilioServer, later, refusal

TO = "+17185550123"
TEXT = "您的储值卡余额为 $50，还可用于下次美甲护理。"
MESSAGE = Outgoing("reference-1", Channel.SMS, TO, "zh_CN", TEXT, attempted_at=instant_text(NOW))


@dataclass
class SetClock:
    at: datetime = NOW

    def now(self) -> datetime:
        return self.at


@dataclass
class Moments:
    """A monotonic clock that sleeping moves on."""

    at: float = 100.0

    def now(self) -> float:
        return self.at

    def sleep(self, seconds: float) -> None:
        self.at += seconds


def channel(
    server: TwilioServer,
    *,
    clock: SetClock | None = None,
    moments: Moments | None = None,
    claimed: frozenset[str] = frozenset(),
    account: TwilioAccount | None = None,
) -> Twilio:
    moments = moments or Moments()
    return Twilio(
        account or TwilioAccount(ACCOUNT, ACCOUNT, TOKEN, SENDER, per_second=0),
        clock or SetClock(),
        base=server.url,
        line=Line(read_within=0.15),
        rest=Rest((account.per_second if account else 0), moments.now, moments.sleep),
        claimed=claimed.__contains__,
    )


def test_a_message_is_handed_over_with_its_text_and_what_names_it_later(twilio_server: TwilioServer) -> None:
    account = TwilioAccount(
        ACCOUNT, ACCOUNT, TOKEN, SENDER, callback="https://salon.example/v1/inbound/sms/status"
    )
    told = channel(twilio_server, account=account).send(MESSAGE)
    (kept,) = twilio_server.messages
    assert told == Delivery(Delivered.ACCEPTED, kept["sid"])
    (asked,) = twilio_server.asked
    assert asked.form == {
        "To": TO,
        "Body": TEXT,
        "From": SENDER,
        "ValidityPeriod": "600",
        "StatusCallback": "https://salon.example/v1/inbound/sms/status?reference=reference-1",
    }


def test_every_request_keeps_to_twilios_own_description(twilio_server: TwilioServer) -> None:
    """That all the others do is looked at when the server ends."""
    if description.document() is None:
        pytest.skip(f"Twilio's description is not here; {description.VARIABLE} names it")
    told = list(
        description.wrong_with_request(
            "POST", f"/2010-04-01/Accounts/{ACCOUNT}/Messages.json", {}, {"Bdy": ""}
        )
    )
    assert told == ["no To", "no field Bdy"], "the check can fail"
    service = "MG" + "1" * 32
    sms = channel(twilio_server, account=TwilioAccount(ACCOUNT, ACCOUNT, TOKEN, service))
    sent = sms.send(MESSAGE)
    assert sms.look_up(MESSAGE, sent.provider_id).state is Delivered.ACCEPTED
    assert sms.look_up(MESSAGE, "").provider_id == sent.provider_id
    assert sms.received(instant_text(NOW)) == ()
    assert sms.trouble() == ""
    assert twilio_server.problems == []
    assert twilio_server.messages[0]["messaging_service_sid"] == service


def test_an_api_key_signs_in_for_the_account(twilio_server: TwilioServer) -> None:
    key = "SK" + "2" * 32
    twilio_server.users = {key: "its secret"}
    sms = channel(twilio_server, account=TwilioAccount(ACCOUNT, key, "its secret", SENDER))
    assert sms.send(MESSAGE).state is Delivered.ACCEPTED


@pytest.mark.parametrize(
    ("status", "code", "told"),
    [
        (400, 21610, Delivery(Delivered.REFUSED, code="21610", opted_out=True)),
        (400, 21211, Delivery(Delivered.REFUSED, code="21211")),
        (400, 21614, Delivery(Delivered.REFUSED, code="21614")),
        (400, 21606, Delivery(Delivered.NOT_SENT, code="21606", retry_after=300)),
        (400, 21408, Delivery(Delivered.NOT_SENT, code="21408")),
        (401, 20003, Delivery(Delivered.NOT_SENT, code="20003", retry_after=300)),
        (429, 20429, Delivery(Delivered.NOT_SENT, code="20429", retry_after=7)),
        (500, 20500, Delivery(Delivered.NOT_SENT, code="20500", retry_after=7)),
        (503, 20503, Delivery(Delivered.NOT_SENT, code="20503", retry_after=7)),
    ],
)
def test_twilio_says_no(twilio_server: TwilioServer, status: int, code: int, told: Delivery) -> None:
    twilio_server.planned.append(Answer(status, refusal(code, status), {"Retry-After": "7"}))
    assert channel(twilio_server).send(MESSAGE) == told


@pytest.mark.parametrize(
    "answer",
    [
        Answer(502, b"<html>Bad Gateway"),
        Answer(504, b""),
        Answer(302, b"", {"Location": "http://portal.example/"}),
        Answer(200, b"<html>Welcome to our network"),
        Answer(400, b"<html>proxy"),
        Fault.CUT_OFF,
        Fault.HALF,
        Fault.GARBAGE,
        Fault.NO_ANSWER,
    ],
    ids=str,
)
def test_whoever_else_answers_leaves_it_unknown_and_twilios_list_knows(
    twilio_server: TwilioServer, answer: Answer | Fault
) -> None:
    sms = channel(twilio_server)
    twilio_server.planned.append(answer)
    assert sms.send(MESSAGE).state is Delivered.UNKNOWN
    found = sms.look_up(MESSAGE, "")
    if isinstance(answer, Fault):
        assert found == Delivery(Delivered.ACCEPTED, twilio_server.messages[0]["sid"])
    else:
        assert found == Delivery(Delivered.UNKNOWN, code="not-there", retry_after=600)
    assert len([one for one in twilio_server.asked if one.method == "POST"]) == 1


def test_a_server_that_is_not_there_was_given_nothing() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{taken.getsockname()[1]}"
        sms = Twilio(TwilioAccount(ACCOUNT, ACCOUNT, TOKEN, SENDER), SetClock(), base=url)
        assert sms.send(MESSAGE).state is Delivered.NOT_SENT
        assert sms.look_up(MESSAGE, "").state is Delivered.UNKNOWN
        assert sms.received(instant_text(NOW)) is None
        assert sms.trouble() == "ConnectionError"


def test_nothing_goes_in_the_clear_over_the_network() -> None:
    sms = Twilio(TwilioAccount(ACCOUNT, ACCOUNT, TOKEN, SENDER), SetClock(), base="http://192.0.2.1")
    assert sms.send(MESSAGE) == Delivery(Delivered.NOT_SENT, code="UnsafeAddress")


def test_a_channel_that_was_told_to_rest_asks_nobody_until_then(twilio_server: TwilioServer) -> None:
    moments = Moments()
    sms = channel(twilio_server, moments=moments)
    twilio_server.planned.append(Answer(429, refusal(20429, 429), {"Retry-After": "40"}))
    sms.send(MESSAGE)
    moments.at += 39
    assert sms.send(MESSAGE) == Delivery(Delivered.NOT_SENT, code="rests", retry_after=1)
    assert sms.look_up(MESSAGE, "").state is Delivered.UNKNOWN
    assert len(twilio_server.asked) == 1
    moments.at += 1
    assert sms.send(MESSAGE).state is Delivered.ACCEPTED


def test_a_look_up_that_is_told_to_rest_makes_the_channel_rest(twilio_server: TwilioServer) -> None:
    for provider_id in ("", "SM" + "0" * 32):
        moments = Moments()
        sms = channel(twilio_server, moments=moments)
        twilio_server.planned.append(Answer(429, refusal(20429, 429), {"Retry-After": "5"}))
        assert sms.look_up(MESSAGE, provider_id).state is Delivered.UNKNOWN
        assert sms.send(MESSAGE).code == "rests"


def test_a_list_that_never_ends_is_not_read_for_ever(
    twilio_server: TwilioServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(twilio, "MOST_PAGES", 2)
    twilio_server.page = 1
    for number in range(3):
        twilio_server.put(TO, f"another {number}", at=NOW, date_created=None)
    assert channel(twilio_server).look_up(MESSAGE, "").code == "TooMuchListed"


def test_messages_queue_here_and_not_at_twilio(twilio_server: TwilioServer) -> None:
    moments = Moments()
    account = TwilioAccount(ACCOUNT, ACCOUNT, TOKEN, SENDER, per_second=2)
    sms = channel(twilio_server, moments=moments, account=account)
    for _ in range(5):
        sms.send(MESSAGE)
    assert moments.at == 102.0


def test_an_attempt_that_stands_in_no_list_some_time_later_was_never_taken(
    twilio_server: TwilioServer,
) -> None:
    clock = SetClock(later(minutes=9, seconds=59))
    sms = channel(twilio_server, clock=clock)
    assert sms.look_up(MESSAGE, "") == Delivery(Delivered.UNKNOWN, code="not-there", retry_after=1)
    clock.at = later(minutes=10)
    assert sms.look_up(MESSAGE, "") == Delivery(Delivered.NOT_SENT, code="not-there")
    untimed = replace(MESSAGE, attempted_at="")
    assert sms.look_up(untimed, "").state is Delivered.UNKNOWN


def test_a_message_that_is_another_attempts_is_not_taken_for_this_one(twilio_server: TwilioServer) -> None:
    clock = SetClock(later(minutes=20))
    first = twilio_server.put(TO, TEXT, at=later(seconds=-60))
    others = [
        twilio_server.put(TO, TEXT, at=later(minutes=-11)),
        twilio_server.put(TO, "something else", at=NOW),
        twilio_server.put("+17185550199", TEXT, at=NOW),
        twilio_server.put(TO, TEXT, at=NOW, direction="inbound"),
    ]
    sms = channel(twilio_server, clock=clock, claimed=frozenset({first["sid"]}))
    assert sms.look_up(MESSAGE, "").state is Delivered.NOT_SENT
    own = twilio_server.put(TO, f"Sent from your Twilio trial account - {TEXT}", at=NOW)
    assert sms.look_up(MESSAGE, "").provider_id == own["sid"]
    assert own["sid"] not in {one["sid"] for one in others}


def test_an_attempt_is_found_on_a_later_page_and_before_it_has_a_day(twilio_server: TwilioServer) -> None:
    twilio_server.page = 2
    waiting = twilio_server.put(TO, TEXT, at=NOW, date_sent=None)
    sms = channel(twilio_server)
    for number in range(5):
        twilio_server.put(TO, f"another {number}", at=NOW)
    assert sms.look_up(MESSAGE, "").provider_id == waiting["sid"]


@pytest.mark.parametrize(
    ("status", "state"),
    [
        ("queued", Delivered.ACCEPTED),
        ("sent", Delivered.ACCEPTED),
        ("delivered", Delivered.DELIVERED),
        ("undelivered", Delivered.REFUSED),
        ("failed", Delivered.REFUSED),
        ("canceled", Delivered.REFUSED),
        ("receiving", Delivered.UNKNOWN),
    ],
)
def test_what_became_of_a_message_that_has_a_name(
    twilio_server: TwilioServer, status: str, state: Delivered
) -> None:
    kept = twilio_server.put(TO, TEXT, at=NOW, status=status)
    found = channel(twilio_server).look_up(MESSAGE, kept["sid"])
    assert (found.state, found.provider_id) == (state, kept["sid"])


def test_why_a_message_did_not_arrive_is_said_by_number(twilio_server: TwilioServer) -> None:
    kept = twilio_server.put(TO, TEXT, at=NOW, status="undelivered", error_code=30003)
    assert channel(twilio_server).look_up(MESSAGE, kept["sid"]).code == "30003"
    assert channel(twilio_server).look_up(MESSAGE, "SM" + "f" * 32).state is Delivered.UNKNOWN


def test_what_members_wrote_is_asked_for_oldest_first(twilio_server: TwilioServer) -> None:
    twilio_server.page = 1
    later_one = twilio_server.put(SENDER, "STOP", at=later(hours=1), direction="inbound", **{"from": TO})
    first = twilio_server.put(SENDER, "几点开门", at=NOW, direction="inbound", **{"from": TO})
    twilio_server.put(SENDER, "long ago", at=later(days=-3), direction="inbound", **{"from": TO})
    twilio_server.put(TO, TEXT, at=NOW)
    assert channel(twilio_server).received(instant_text(NOW - timedelta(hours=2))) == (
        Incoming(Channel.SMS, TO, "几点开门", first["sid"]),
        Incoming(Channel.SMS, TO, "STOP", later_one["sid"]),
    )


def test_a_list_that_leads_elsewhere_is_not_followed(twilio_server: TwilioServer) -> None:
    page = {"messages": [], "next_page_uri": "https://elsewhere.example/list"}
    twilio_server.planned.append(Answer(200, page))
    assert channel(twilio_server).received(instant_text(NOW)) is None
    twilio_server.planned.append(Answer(200, {"messages": "none"}))
    assert channel(twilio_server).look_up(MESSAGE, "").state is Delivered.UNKNOWN


def test_an_account_that_cannot_send_says_why_without_sending(twilio_server: TwilioServer) -> None:
    sms = channel(twilio_server)
    assert sms.trouble() == ""
    twilio_server.state = "suspended"
    assert sms.trouble() == "suspended"
    twilio_server.users = {}
    assert sms.trouble() == "20003"
    assert twilio_server.messages == []
