"""A link to head office that a test says everything about; fulfils `ui.link_desk.LinkDesk`.

No test lives here. What is asked waits until the test answers it; `read` stands for `services.link.view`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

from salon_desk.domain.errors import DomainError
from salon_desk.domain.importing import Totals
from salon_desk.operations.carried_over import ImportSigned
from salon_desk.services.link import Aside, LinkView
from salon_desk.services.link_status import LinkReason, LinkState, LinkStatus
from salon_desk.services.till import Till
from salon_desk.storage.queries.imports import SignedList
from salon_desk.storage.queries.imports_twice import Twice
from salon_desk.ui.link_desk import EnrolAsk, LinkNow, NewCode

FINGERPRINT = "3f9a 01bc 77d2 e410"
ADDRESS = "https://office.lotus.example:8443"
ONLINE = LinkNow(
    LinkStatus(LinkState.ONLINE, contact_at="2026-11-22T19:59:48.000Z", position=41_233, target=41_233)
)
OFFLINE = LinkNow(
    replace(
        ONLINE.status,
        state=LinkState.OFFLINE,
        reason=LinkReason.NO_CONNECTION,
        contact_at="2026-11-22T19:12:05.000Z",
        pending_parent=12,
        pending_root=12,
    ),
    offline_since="2026-11-22T19:12:31.000Z",
)
UNCONFIRMED = LinkNow(LinkStatus(LinkState.UNCONFIRMED, LinkReason.UNCONFIRMED))
COPYING = LinkNow(replace(ONLINE.status, position=74_310, target=205_118, pending_root=3))
CONSTRAINT = (
    "IntegrityError: CHECK constraint failed: units_not_negative (card/0193b2f0-77aa-7c31-9e1d-b2/USD/paid)"
)
ASIDE = (
    Aside(
        op_id="op-1",
        kind="card.merged",
        version=1,
        at="2026-11-22T17:40:00.000Z",
        node="brooklyn-2",
        till="Counter 2, Brooklyn",
        reason="unknown",
        why="card.merged version 1",
    ),
    Aside(
        op_id="op-2",
        kind="purse.received",
        version=1,
        at="2026-11-21T22:04:10.000Z",
        node="flushing-1",
        till="Counter 1, Flushing",
        reason="refused",
        why=CONSTRAINT,
    ),
    Aside(
        op_id="op-3",
        kind="sale.completed",
        version=1,
        at="2026-11-20T23:31:00.000Z",
        node="nobody",
        till="",
        reason="refused",
        why="'rate'",
    ),
)
SIGNED = ImportSigned(
    list_id="list", file="会员余额 2026-11.xlsx", store="S1", rows=812, broken=0, counted={}, told={}
)
TWICE = Twice(
    (SignedList(SIGNED, "helen", 1, "one"), SignedList(SIGNED, "helen", 2, "two")),
    ("Counter 1, Flushing", "Counter 2, Flushing"),
    Totals(members=812, paid=4_120_050, bonus=61_000),
    "USD",
)


@dataclass
class FakeLink:
    """`asked` and `codes` are what was asked; `answer` and `hand_out` end the oldest."""

    shown: LinkNow = field(default_factory=LinkNow)
    aside: tuple[Aside, ...] = ()
    twice: tuple[Twice, ...] = ()
    asked: list[EnrolAsk] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)
    _answers: list[Callable[[DomainError | None], None]] = field(default_factory=list)
    _hands: list[tuple[Callable[[NewCode], None], Callable[[DomainError], None]]] = field(
        default_factory=list
    )
    _retries: list[Callable[[int], None]] = field(default_factory=list)
    _listeners: list[Callable[[], None]] = field(default_factory=list)

    def now(self) -> LinkNow:
        return self.shown

    def listen(self, listener: Callable[[], None]) -> None:
        self._listeners.append(listener)

    def enrol(self, ask: EnrolAsk, answered: Callable[[DomainError | None], None]) -> None:
        self.asked.append(ask)
        self._answers.append(answered)

    def retry(self, answered: Callable[[int], None]) -> None:
        self._retries.append(answered)

    def make_code(
        self, till_name: str, made: Callable[[NewCode], None], refused: Callable[[DomainError], None]
    ) -> None:
        self.codes.append(till_name)
        self._hands.append((made, refused))

    def read(self, _till: Till, most: int) -> LinkView:
        status = self.shown.status
        linked = status.state is not LinkState.NOT_LINKED
        return LinkView(
            url=ADDRESS if linked else "",
            store="S1" if linked else "",
            fingerprint=FINGERPRINT if linked else "",
            confirmed=linked and status.state is not LinkState.UNCONFIRMED,
            pending_parent=status.pending_parent,
            pending_root=status.pending_root,
            aside_count=len(self.aside),
            aside=self.aside[:most],
            twice=self.twice,
        )

    def become(self, now: LinkNow, aside: tuple[Aside, ...] | None = None) -> None:
        """The link tells something else from now on."""
        self.aside = self.aside if aside is None else aside
        self.shown = replace(now, status=replace(now.status, set_aside=len(self.aside)))
        for listener in self._listeners:
            listener()

    def answer(self, refusal: DomainError | None, now: LinkNow | None = None) -> None:
        """Head office answers the oldest ask."""
        if now is not None:
            self.shown = now
        self._answers.pop(0)(refusal)

    def hand_out(self, code: NewCode) -> None:
        """Head office answers the oldest wish for a code."""
        self._hands.pop(0)[0](code)

    def hand_out_none(self, refusal: DomainError) -> None:
        """The oldest wish for a code is not granted."""
        self._hands.pop(0)[1](refusal)

    def land(self, landed: int, aside: tuple[Aside, ...] = ()) -> None:
        """The oldest retry ends: so many landed, these are still set aside."""
        self.aside = aside
        self.shown = replace(self.shown, status=replace(self.shown.status, set_aside=len(aside)))
        self._retries.pop(0)(landed)
