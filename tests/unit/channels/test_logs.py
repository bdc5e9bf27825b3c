"""Whatever happens, no secret, no number or address, and no word of a message stands in a log or in what a channel answers."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from urllib.parse import quote

import pytest

from salon_desk.channels.mail import Mail, MailAccount
from salon_desk.channels.twilio import TwilioAccount
from salon_desk.channels.twilio_inbound import TwilioDoor
from salon_desk.domain.clock import instant_text
from salon_desk.services.channel_settings import MailSecurity
from tests.unit.channels import test_mail, test_twilio, test_wechat
from tests.unit.channels.mail_server import PASSWORD, USER, MailServer
from tests.unit.channels.provider import Answer, Fault
from tests.unit.channels.test_wechat import WeChatServer
from tests.unit.channels.twilio_server import ACCOUNT, NOW, SENDER, TOKEN, TwilioServer, refusal

_SECRETS = (
    TOKEN,
    PASSWORD,
    test_wechat.SECRET,
    "token-1000",
    test_wechat.OPENID,
    test_twilio.TO.strip("+"),
    test_mail.LETTER.address,
    "15005550009",
    "余额",
    "储值卡",
    "%E5%80%A8",
)


@pytest.fixture(autouse=True)
def nothing_is_told(caplog: pytest.LogCaptureFixture, capfd: pytest.CaptureFixture[str]) -> Iterator[None]:
    caplog.set_level(logging.DEBUG)
    logging.getLogger("mail.log").setLevel(logging.WARNING)  # the test's own mail server
    yield
    out, err = capfd.readouterr()
    records = caplog.get_records("call")
    told = "\n".join([*(str(vars(one)) + one.getMessage() for one in records), out, err])
    assert any(one.name.startswith("salon_desk.channels") for one in records)
    assert [one for one in _SECRETS if one in told or quote(one) in told] == []


def test_nothing_of_an_sms_is_told(twilio_server: TwilioServer) -> None:
    sms = test_twilio.channel(twilio_server)
    for planned in (Answer(400, refusal(21211, 400)), Answer(502, b"<html>"), *Fault):
        twilio_server.planned.append(planned)
        delivery = sms.send(test_twilio.MESSAGE)
        assert test_twilio.TO not in repr(delivery)
        sms.look_up(test_twilio.MESSAGE, "")
    twilio_server.planned += [Fault.CUT_OFF, Fault.HALF]
    sms.look_up(test_twilio.MESSAGE, "")
    sms.received(instant_text(NOW))
    assert TOKEN not in repr(TwilioAccount(ACCOUNT, ACCOUNT, TOKEN, SENDER)) + repr(TwilioDoor("", "", TOKEN))


def test_nothing_of_a_letter_is_told() -> None:
    server = MailServer()
    try:
        account = MailAccount(
            "127.0.0.1", server.port, MailSecurity.NONE, test_mail.SENDER, user=USER, password=PASSWORD
        )
        assert PASSWORD not in repr(account)
        for step, said in (("RCPT", f"550 no {test_mail.LETTER.address}"), ("DATA", None), ("MAIL", None)):
            server.said = {step: said}
            Mail(account, test_twilio.SetClock()).send(test_mail.LETTER)
    finally:
        server.close()


def test_nothing_of_a_wechat_message_is_told() -> None:
    server = WeChatServer()
    try:
        channel = test_wechat.wechat(server)
        for planned in (None, Answer(200, {"errcode": 43004, "errmsg": test_wechat.OPENID}), *Fault):
            server.planned += [planned] if planned else []
            channel.send(test_wechat.MESSAGE)
        assert test_wechat.SECRET not in repr(channel._account)
    finally:
        server.close()
