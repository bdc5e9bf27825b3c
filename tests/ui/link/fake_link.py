"""A link to head office that a test says everything about; fulfils `ui.link_desk.LinkDesk`.

No test lives here. What is asked waits until the test answers it.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from salon_desk.domain.errors import DomainError
from salon_desk.services.link_status import LinkReason, LinkState, LinkStatus
from salon_desk.ui.link_desk import AsideReason, EnrolAsk, LinkView, NewCode, SetAside

FINGERPRINT = "3f9a01bc77d2e410"
ONLINE = LinkView(
    LinkStatus(LinkState.ONLINE, contact_at="2026-11-22T19:59:48.000Z", position=41_233, target=41_233),
    address="https://office.lotus.example:8443",
    fingerprint=FINGERPRINT,
    can_make_codes=True,
)
OFFLINE = replace(
    ONLINE,
    status=replace(
        ONLINE.status,
        state=LinkState.OFFLINE,
        reason=LinkReason.NO_CONNECTION,
        contact_at="2026-11-22T19:12:05.000Z",
        pending_parent=12,
        pending_root=12,
    ),
    offline_since="2026-11-22T19:12:31.000Z",
)
UNCONFIRMED = LinkView(
    LinkStatus(LinkState.UNCONFIRMED, LinkReason.UNCONFIRMED),
    address=ONLINE.address,
    fingerprint=FINGERPRINT,
)
COPYING = replace(
    ONLINE, status=replace(ONLINE.status, position=74_310, target=205_118, pending_root=3), copying=True
)
ASIDE = (
    SetAside(
        "op-1",
        "card.merged",
        "Counter 2, Brooklyn",
        "2026-11-22T17:40:00.000Z",
        AsideReason.UNKNOWN,
        "UnknownOperation: card.merged version 1",
    ),
    SetAside(
        "op-2",
        "purse.received",
        "Counter 1, Flushing",
        "2026-11-21T22:04:10.000Z",
        AsideReason.REFUSED,
        "IntegrityError: CHECK constraint failed: units_not_negative (asset=card/0193b2f0-77aa-7c31-9e1d-b2/USD/paid)",
    ),
    SetAside("op-3", "sale.completed", "", "2026-11-20T23:31:00.000Z", AsideReason.REFUSED, "KeyError: 'rate'"),
)


@dataclass
class FakeLink:
    """`asked` and `codes` are what was asked; `answer` and `hand_out` end the oldest."""

    shown: LinkView = field(default_factory=LinkView)
    aside: tuple[SetAside, ...] = ()
    asked: list[EnrolAsk] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    _answers: list[Callable[[DomainError | None], None]] = field(default_factory=list)
    _hands: list[Callable[[NewCode | None], None]] = field(default_factory=list)
    _retries: list[Callable[[int], None]] = field(default_factory=list)
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def view(self) -> LinkView:
        return self.shown

    def listen(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def enrol(self, ask: EnrolAsk, answered: Callable[[DomainError | None], None]) -> None:
        self.asked.append(ask)
        self._answers.append(answered)

    def retry(self, answered: Callable[[int], None]) -> None:
        self._retries.append(answered)

    def make_code(self, till_name: str, answered: Callable[[NewCode | None], None]) -> None:
        self.codes.append(till_name)
        self._hands.append(answered)

    def set_aside(self, most: int) -> tuple[SetAside, ...]:
        return self.aside[:most]

    def become(self, view: LinkView, aside: tuple[SetAside, ...] | None = None) -> None:
        """The link tells something else from now on."""
        if aside is not None:
            self.aside = aside
            view = replace(view, status=replace(view.status, set_aside=len(aside)))
        self.shown = view
        for listener in self._listeners:
            listener()

    def answer(self, refusal: DomainError | None, view: LinkView | None = None) -> None:
        """Head office answers the oldest ask."""
        if view is not None:
            self.shown = view
        self._answers.pop(0)(refusal)

    def hand_out(self, code: NewCode | None) -> None:
        """Head office answers the oldest wish for a code."""
        self._hands.pop(0)(code)

    def land(self, landed: int, aside: tuple[SetAside, ...] = ()) -> None:
        """The oldest retry ends: so many landed, these are still set aside."""
        self.aside = aside
        self.shown = replace(self.shown, status=replace(self.shown.status, set_aside=len(aside)))
        self._retries.pop(0)(landed)
