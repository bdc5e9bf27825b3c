"""A till with a real key at a head office that serves, any telephone that opens its links, and a card worth asking for.

No test lives here.
"""

from __future__ import annotations

from datetime import UTC, datetime
from itertools import count

import requests

from salon_desk import secrets
from salon_desk.domain.card import card_assets
from salon_desk.domain.money import Money
from salon_desk.operations.payment import Funding
from salon_desk.services.carry_over import carried_over
from salon_desk.storage import journal
from salon_desk.storage.journal import Command
from salon_desk.storage.office import Office
from salon_desk.wire import bridge
from salon_desk.wire.bridge import PhoneWant
from salon_desk.wire.messages import Part, Slip
from tests.integration.head_office.page_codes import codes_on
from tests.integration.head_office.serving import Device, HeadOffice

_numbers = count(1)
CARD = "0192f5c1-7a00-7000-8000-0000000000c1"
ASSETS = card_assets(CARD, "USD")
VALUE = carried_over(Funding(card=CARD, paid=Money(5_000, "USD"), bonus=Money(700, "USD")), reason="test")


class Phone:
    """A till with a real key, and any telephone that opens its links."""

    def __init__(self, served: HeadOffice, *, store: str = "S1", confirmed: bool = True) -> None:
        self.served = served
        self.keys = secrets.node_keys(f"till-{next(_numbers)}")
        self.device = Device(served.url, public_key=self.keys.public_hex)
        self.device.enroll(served.code(store, confirmed=confirmed))
        self.session = requests.Session()
        self.session.trust_env = False
        self.session.headers["accept-language"] = "en"

    def want(self, *parts: Part, want_id: str = "want-1") -> PhoneWant:
        asked = parts or (Part(ASSETS.bonus, 700), Part(ASSETS.paid, 1_000))
        return PhoneWant(
            want_id, self.device.node, self.device.epoch, int(datetime.now(UTC).timestamp()), asked
        )

    def link(self, want: PhoneWant | None = None) -> str:
        office = self.served.context.identity
        return bridge.link(self.served.url, office.node, office.public_key, self.keys, want or self.want())

    def open(self, link: str) -> requests.Response:
        return self.session.get(link, timeout=20)

    def tap(self, link: str) -> requests.Response:
        return self.session.post(link, timeout=20)

    def read(self, response: requests.Response) -> list[Slip]:
        office = self.served.context.identity
        return [
            slip
            for code in codes_on(response.text)
            for slip in bridge.read_answer(bridge.named(code), office.node, self.keys, office.public_key)
        ]


def issue(served: HeadOffice) -> None:
    def record(office: Office) -> None:
        journal.record(office, Command("issue", actor="", business_day=""), lambda _transaction: VALUE)

    served.context.access.run(record)
