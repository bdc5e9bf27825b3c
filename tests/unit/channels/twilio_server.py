"""Twilio on this machine: it keeps messages, lists them in pages, and takes nothing that its description does not know.

Where the description is not there, nothing is held against it. What stands here besides is what Twilio's manual says: errors by
number, a list that knows only what was sent on a day.
"""

from __future__ import annotations

import base64
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime, parsedate_to_datetime
from itertools import count
from typing import Any
from urllib.parse import urlencode

from tests.unit.channels import description
from tests.unit.channels.provider import Answer, Asked, Provider

ACCOUNT = "AC" + "0a" * 16
TOKEN = "the-account's-auth-token"
SENDER = "+15005550006"
NOW = datetime(2026, 11, 22, 18, 30, tzinfo=UTC)


class TwilioServer(Provider):
    """One account with a number."""

    def __init__(self, page: int = 0) -> None:
        super().__init__()
        self.users = {ACCOUNT: TOKEN}
        self.messages: list[dict[str, Any]] = []
        self.page = page
        """Messages in a page of a list; 0 for as many as are asked for."""
        self.state = "active"
        self.clock: Callable[[], datetime] = lambda: NOW
        self._numbers = count(1)

    def answer(self, asked: Asked) -> Answer:
        """As Twilio does."""
        form = asked.form if asked.method == "POST" else {}
        found = list(description.wrong_with_request(asked.method, asked.path, asked.query, form))
        self.problems += found
        answer = self._authorised(asked) or self._done(asked, form)
        self.problems += description.wrong_with_answer(asked.method, asked.path, answer.status, answer.body)
        return answer

    def put(self, to: str, body: str, *, at: datetime, **told: Any) -> dict[str, Any]:
        """A message that is there."""
        number = next(self._numbers)
        made = format_datetime(at)
        message = {
            "sid": f"SM{number:032x}",
            "account_sid": ACCOUNT,
            "api_version": "2010-04-01",
            "body": body,
            "date_created": made,
            "date_updated": made,
            "date_sent": made,
            "direction": "outbound-api",
            "error_code": None,
            "error_message": None,
            "from": SENDER,
            "messaging_service_sid": None,
            "num_media": "0",
            "num_segments": "1",
            "price": None,
            "price_unit": "USD",
            "status": "queued",
            "subresource_uris": {},
            "to": to,
            "uri": f"/2010-04-01/Accounts/{ACCOUNT}/Messages/SM{number:032x}.json",
            **told,
        }
        self.messages.append(message)
        return message

    def _authorised(self, asked: Asked) -> Answer | None:
        user, _colon, password = (
            base64.b64decode(asked.headers["Authorization"].split()[1]).decode().partition(":")
        )
        if self.users.get(user) == password:
            return None
        return Answer(401, refusal(20003, 401))

    def _done(self, asked: Asked, form: dict[str, str]) -> Answer:
        own = f"/2010-04-01/Accounts/{ACCOUNT}"
        if asked.path == f"{own}.json":
            return Answer(200, {"sid": ACCOUNT, "status": self.state})
        if (asked.method, asked.path) == ("POST", f"{own}/Messages.json"):
            service = form.get("MessagingServiceSid")
            told = {"messaging_service_sid": service, "from": None} if service else {}
            return Answer(201, self.put(form["To"], form["Body"], at=self.clock(), date_sent=None, **told))
        if asked.path == f"{own}/Messages.json":
            return self._list(asked)
        named = [one for one in self.messages if one["uri"] == asked.path]
        return Answer(200, named[0]) if named else Answer(404, refusal(20404, 404))

    def _list(self, asked: Asked) -> Answer:
        found = [one for one in reversed(self.messages) if asked.query.get("To") in (None, one["to"])]
        since = asked.query.get("DateSent>")
        if since:
            first = datetime.fromisoformat(since).replace(tzinfo=UTC)
            found = [one for one in found if one["date_sent"] and _at(one["date_sent"]) >= first]
        size = self.page or int(asked.query.get("PageSize", 50))
        page = int(asked.query.get("Page", 0))
        further = None
        if len(found) > (page + 1) * size:
            further = f"{asked.path}?{urlencode({**asked.query, 'Page': page + 1, 'PageToken': 'PA'})}"
        told = {
            "messages": found[page * size : (page + 1) * size],
            "next_page_uri": further,
            "previous_page_uri": None,
            "page": page,
            "page_size": size,
            "uri": asked.path,
        }
        return Answer(200, told)


def refusal(code: int, status: int) -> dict[str, Any]:
    """An error in Twilio's words."""
    return {
        "code": code,
        "message": "The 'To' number +15005550009 is not for everybody's eyes",
        "more_info": f"https://www.twilio.com/docs/errors/{code}",
        "status": status,
    }


def later(**passed: float) -> datetime:
    """So long after NOW."""
    return NOW + timedelta(**passed)


def _at(text: str) -> datetime:
    return parsedate_to_datetime(text)
