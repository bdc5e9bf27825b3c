"""WeChat template messages: the token, the person who does not follow, and a lost answer that is asked for once again."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from itertools import count

import pytest

from salon_desk.channels.wechat import WeChat, WeChatAccount
from salon_desk.domain.consent import Channel
from salon_desk.domain.message import Delivered, Delivery, Outgoing
from salon_desk.wire.exchange import Line
from tests.unit.channels.provider import Answer, Asked, Fault, Provider
from tests.unit.channels.test_twilio import Moments

APPID, SECRET, OPENID = "wx0123456789abcdef", "the-app-secret", "o6_bmjrPTlm6_2sgVt7hMZOPfL2M"
MESSAGE = Outgoing(
    "reference-1",
    Channel.WECHAT,
    OPENID,
    "zh_CN",
    "您的储值卡余额为 $50",
    template="template-1",
    fields=(("thing1", "储值卡"), ("amount2", "$50.00")),
)


class WeChatServer(Provider):
    """An official account with one template; a message with a name that it knows is taken and not sent again."""

    def __init__(self) -> None:
        super().__init__()
        self.tokens: list[str] = []
        self.sent: dict[str, int] = {}
        self.expires_in = 7200
        self._numbers = count(1000)

    def answer(self, asked: Asked) -> Answer:
        told = asked.json
        if asked.path == "/cgi-bin/stable_token":
            self.problems += [f"no {name}" for name in ("grant_type", "force_refresh") if name not in told]
            if (told["appid"], told["secret"]) != (APPID, SECRET):
                return Answer(200, {"errcode": 40125, "errmsg": "invalid appsecret"})
            if told["force_refresh"] or not self.tokens:
                self.tokens.append(f"token-{next(self._numbers)}")
            return Answer(200, {"access_token": self.tokens[-1], "expires_in": self.expires_in})
        assert asked.path == "/cgi-bin/message/template/send"
        if asked.query["access_token"] != self.tokens[-1]:
            return Answer(200, {"errcode": 42001, "errmsg": "access_token expired"})
        self.problems += [] if len(told["client_msg_id"]) <= 32 else ["client_msg_id is too long"]
        number = self.sent.setdefault(told["client_msg_id"], next(self._numbers))
        return Answer(200, {"errcode": 0, "errmsg": "ok", "msgid": number})


@pytest.fixture
def server() -> Iterator[WeChatServer]:
    server = WeChatServer()
    yield server
    server.close()
    assert server.problems == []


def wechat(server: WeChatServer, moments: Moments | None = None, secret: str = SECRET) -> WeChat:
    line = Line(read_within=0.15, monotonic=(moments or Moments()).now)
    return WeChat(WeChatAccount(APPID, secret), base=server.url, line=line)


def test_a_message_travels_as_fields_of_a_template_under_its_own_name(server: WeChatServer) -> None:
    told = wechat(server).send(MESSAGE)
    assert told == Delivery(Delivered.ACCEPTED, str(server.sent["reference-1"]))
    assert server.asked[-1].json == {
        "touser": OPENID,
        "template_id": "template-1",
        "client_msg_id": "reference-1",
        "data": {"thing1": {"value": "储值卡"}, "amount2": {"value": "$50.00"}},
    }
    wechat(server).send(replace(MESSAGE, reference="a/long/reference/" * 5))
    assert len(server.sent) == 2


def test_a_token_is_drawn_once_and_again_before_its_end(server: WeChatServer) -> None:
    moments = Moments()
    channel = wechat(server, moments)
    for _ in range(3):
        channel.send(MESSAGE)
    assert [one.path for one in server.asked].count("/cgi-bin/stable_token") == 1
    moments.at += 7200 - 300
    channel.send(MESSAGE)
    assert [one.path for one in server.asked].count("/cgi-bin/stable_token") == 2


def test_a_token_that_is_over_is_drawn_anew_once(server: WeChatServer) -> None:
    channel = wechat(server)
    channel.send(MESSAGE)
    server.tokens.append("drawn by somebody else")
    assert channel.send(MESSAGE).state is Delivered.ACCEPTED
    server.planned += [Answer(200, {"errcode": 40001})]
    assert channel.send(MESSAGE).state is Delivered.ACCEPTED
    server.planned += [
        Answer(200, {"errcode": 40001}),
        Answer(200, {"access_token": "x", "expires_in": 7200}),
    ]
    assert channel.send(MESSAGE) == Delivery(Delivered.NOT_SENT, code="42001", retry_after=300)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        (43004, Delivery(Delivered.REFUSED, code="43004")),
        (43101, Delivery(Delivered.REFUSED, code="43101", opted_out=True)),
        (40003, Delivery(Delivered.REFUSED, code="40003")),
        (-1, Delivery(Delivered.NOT_SENT, code="-1", retry_after=60)),
        (45009, Delivery(Delivered.NOT_SENT, code="45009", retry_after=21_600)),
        (40037, Delivery(Delivered.NOT_SENT, code="40037")),
        (48001, Delivery(Delivered.NOT_SENT, code="48001", retry_after=300)),
    ],
)
def test_wechat_says_no(server: WeChatServer, code: int, told: Delivery) -> None:
    channel = wechat(server)
    channel.trouble()
    server.planned.append(Answer(200, {"errcode": code, "errmsg": f"of {OPENID}"}))
    assert channel.send(MESSAGE) == told
    if told.retry_after:
        assert channel.send(MESSAGE).code == "rests"


@pytest.mark.parametrize("fault", list(Fault))
def test_an_answer_that_is_lost_is_asked_for_once_again_and_one_message_goes(
    server: WeChatServer, fault: Fault
) -> None:
    channel = wechat(server)
    channel.trouble()
    server.planned.append(fault)
    assert channel.send(MESSAGE) == Delivery(Delivered.ACCEPTED, str(server.sent["reference-1"]))
    assert len(server.sent) == 1


def test_an_answer_that_is_lost_twice_stays_unknown(server: WeChatServer) -> None:
    channel = wechat(server)
    channel.trouble()
    for second in (Fault.CUT_OFF, Answer(200, {"errcode": 45011}), Answer(503, b"")):
        server.planned += [Fault.CUT_OFF, second]
        told = channel.send(MESSAGE)
        assert told.state is Delivered.UNKNOWN
        assert not channel.looks_up
        assert channel.look_up(MESSAGE, told.provider_id).state is Delivered.UNKNOWN


def test_a_lost_answer_stays_unknown_when_no_token_comes_for_the_second_asking(server: WeChatServer) -> None:
    channel = wechat(server)
    channel.trouble()
    server.planned += [Fault.CUT_OFF, Answer(200, {"errcode": 42001}), Answer(200, {"errcode": 40164})]
    assert channel.send(MESSAGE) == Delivery(Delivered.UNKNOWN, code="40164")


def test_without_a_token_nothing_was_sent(server: WeChatServer) -> None:
    channel = wechat(server, secret="another")
    assert channel.trouble() == "40125"
    assert channel.send(MESSAGE) == Delivery(Delivered.NOT_SENT, code="40125", retry_after=300)
    for planned in (Fault.CUT_OFF, Answer(502, b"<html>"), Answer(200, {"access_token": ""})):
        server.planned.append(planned)
        assert wechat(server).send(MESSAGE).state is Delivered.NOT_SENT
    assert server.sent == {}
