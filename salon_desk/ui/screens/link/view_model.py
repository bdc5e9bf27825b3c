"""The link screen in a language, once the till belongs to a chain: state, what waits, clock, progress, what was set aside.

No Qt here. Offline is said calmly, with what still works; only what needs a person is red.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.link import Aside
from salon_desk.services.link_status import LinkReason, LinkStatus
from salon_desk.services.link_status import LinkState as Link
from salon_desk.services.old_epochs import Case
from salon_desk.services.plight import Plight
from salon_desk.ui import plight_words, twice_words
from salon_desk.ui.link_desk import LinkNow
from salon_desk.ui.link_words import local_moment, when
from salon_desk.ui.plight_words import Said
from salon_desk.ui.screens.link.kind_words import kind_words
from salon_desk.ui.screens.link.presenter import LinkState
from salon_desk.ui.theme.tokens import Tone
from salon_desk.wire import one_time_code

WORTH_SAYING: Final = 30
"""Seconds from which on a clock that differs is told."""

_ELSE_WRONG: Final = (
    N_("The link needs somebody to look at it"),
    N_("Selling goes on and everything is kept, but nothing is exchanged. Call support."),
)
_UNKNOWN_DEVICE: Final = (
    N_("Head office does not know this till any more"),
    N_("Selling goes on and everything is kept, but nothing is exchanged. Call head office."),
)
_OTHER_RECORDS: Final = (
    N_("Head office has other records of this till"),
    N_(
        "That happens when a copy of its data was used or an old backup was restored. Selling goes on and "
        "everything is kept. Call support."
    ),
)
_TROUBLES: Final = {
    LinkReason.CERTIFICATE: (
        N_("Head office cannot prove who it is"),
        N_(
            "Its certificate is not trusted on this computer, so nothing is sent. Selling goes on. Ask who looks "
            "after the network."
        ),
    ),
    LinkReason.PROXY: (
        N_("The proxy does not let it through"),
        N_("Nothing is lost, and selling goes on. Ask who looks after the network."),
    ),
    LinkReason.NOT_HEAD_OFFICE: (
        N_("Somebody else answers at this address"),
        N_("It is not a head office of Salon Desk, so nothing is sent. Selling goes on. Check the network."),
    ),
    LinkReason.KEYS_UNREACHABLE: (
        N_("This till cannot open its own keys"),
        N_("Selling goes on and everything is kept, but nothing is exchanged. Restart the till."),
    ),
    LinkReason.CATCHING_UP: (
        N_("This till is fetching its own records back"),
        N_(
            "It was restored from a backup. Nothing can be recorded until they are here. Check the connection."
        ),
    ),
    LinkReason.RESTARTED: (
        N_("Head office was put back to an older backup"),
        N_(
            "Its owner decides there whether it goes on from it. Selling goes on here and everything is kept: what head "
            "office lost of this till is sent again then, and nothing is lost."
        ),
    ),
    LinkReason.LOCKED_OUT: (
        N_("Head office has locked this till out"),
        N_(
            "It was reported as stolen or lost, so head office tells it nothing. Selling goes on, and what is sold is "
            "still sent. Call head office: its owner can let this till in again."
        ),
    ),
    LinkReason.UNAUTHORIZED: _UNKNOWN_DEVICE,
    LinkReason.REFUSED: _UNKNOWN_DEVICE,
    LinkReason.FORK: _OTHER_RECORDS,
    LinkReason.CONTRADICTED: _OTHER_RECORDS,
    LinkReason.BEHIND_PARENT: _OTHER_RECORDS,
    LinkReason.CHAIN_BROKEN: _OTHER_RECORDS,
}
_REASONS: Final = {
    "unknown": N_("It was recorded by a newer version of the program. It is taken in after an update."),
    "refused": N_("It does not fit what this till knows so far. It is tried again as more arrives."),
}


class Page(StrEnum):
    """Which of its faces the screen shows."""

    FORM = "form"
    CONFIRM = "confirm"
    STATE = "state"


@dataclass(frozen=True, slots=True)
class WaitingCount:
    """How much still has to reach one place."""

    label: str
    figure: str
    detail: str
    tone: Tone


@dataclass(frozen=True, slots=True)
class ProgressModel:
    """The first synchronisation. `thousandths` of the bar."""

    title: str
    numbers: str
    detail: str
    thousandths: int


@dataclass(frozen=True, slots=True)
class AsideRow:
    """An entry that was set aside: what, from where and when, why, and small what support may ask for."""

    key: str
    title: str
    origin: str
    why: str
    technical: str


@dataclass(frozen=True, slots=True)
class StateModel:
    """The screen, ready to read. `tone` goes with `headline`, never alone; empty texts are not shown."""

    headline: str
    tone: Tone
    sentence: str
    last_contact: str
    address: str
    contact: str
    again: str
    plight_title: str
    plight: tuple[Said, ...]
    without: str
    waiting: tuple[WaitingCount, ...]
    twice: str
    twice_hint: str
    clock: str
    clock_hint: str
    progress: ProgressModel | None
    codes: str
    codes_hint: str
    can_code: bool
    go_on: str
    aside_title: str
    aside_hint: str
    aside: tuple[AsideRow, ...]
    aside_more: str
    retry: str
    can_retry: bool


def page(state: LinkState) -> Page:
    """Which face to show."""
    if state.joining:
        return Page.FORM
    return Page.CONFIRM if state.now.status.state is Link.UNCONFIRMED else Page.STATE


def state_model(state: LinkState, now: datetime, words: Catalogue, *, first: bool = False) -> StateModel:
    """The linked till in a language; `first`: nobody has signed in, and somebody can as soon as the staff is here."""
    link, status = state.now, state.now.status
    zone = state.room.time_zone if state.room is not None else ""
    aside = state.room.link.aside if state.room is not None else ()
    twice = state.room.link.twice if state.room is not None else ()
    plight, by_hub = state.plight, state.plight.by_hub
    headline, tone, sentence = (_hub_line if by_hub else _line)(link, zone, now, words)
    more = status.set_aside - len(aside)
    return StateModel(
        headline=headline,
        tone=tone,
        sentence=sentence,
        last_contact=_contact(status, zone, now, words),
        address=state.room.link.url if state.room is not None else "",
        contact="" if status.state is Link.ONLINE else words.text("Try now"),
        again=words.text("Join again with a new code") if status.state is Link.REFUSED else "",
        plight_title=_plight_title(headline, plight, words),
        plight=plight_words.said(plight, words),
        without=_without(state, words) if not first else "",
        waiting=_waiting(status, words, by_hub=by_hub),
        twice=twice_words.title(twice[0], words) if twice else "",
        twice_hint=twice_words.detail(twice[0], words) if twice else "",
        clock=_clock(status, words),
        clock_hint=words.text("Set the clock of this computer. Sales are kept in their right order anyhow."),
        progress=_progress(link, words),
        codes=words.text("Code for a further till"),
        codes_hint=words.text("With a one-time code another till of this store joins the chain."),
        can_code=status.state is Link.ONLINE and not state.coding,
        go_on=words.text("Go to sign-in") if first and state.room is not None and state.room.staffed else "",
        aside_title=words.text("Set aside"),
        aside_hint=_aside_hint(status, words),
        aside=tuple(_aside(one, zone, words) for one in aside),
        aside_more=words.plural("and {n} more", "and {n} more", more) if aside and more > 0 else "",
        retry=words.text("Trying again") if state.retrying else words.text("Try again"),
        can_retry=bool(aside) and not state.retrying,
    )


def code_words(state: LinkState, words: Catalogue) -> tuple[str, str]:
    """The new code as it is read out, and until when it is good; empty while there is none."""
    code = state.new_code
    if code is None:
        return "", ""
    zone = state.room.time_zone if state.room is not None else ""
    until = words.moment(local_moment(code.lapses_at, zone))
    said = one_time_code.grouped(one_time_code.plain(code.code))
    return said, words.text("Good for one till, until {time}.", time=until)


def _line(link: LinkNow, zone: str, now: datetime, words: Catalogue) -> tuple[str, Tone, str]:
    status = link.status
    state = status.state
    if state in (Link.REFUSED, Link.ATTENTION) or (state is Link.OFFLINE and status.reason in _TROUBLES):
        title, what = _TROUBLES.get(status.reason, _UNKNOWN_DEVICE if state is Link.REFUSED else _ELSE_WRONG)
        return words.text(title), Tone.DANGER, words.text(what)
    if state is Link.OFFLINE:
        return _offline(link, zone, now, words)
    if state is Link.ONLINE:
        what = words.text("What happens here is sent at once, what happens elsewhere arrives by itself.")
        return words.text("Connected to head office"), Tone.GOOD, what
    return words.text("Calling head office"), Tone.PLAIN, words.text("Selling goes on meanwhile.")


def _hub_line(link: LinkNow, zone: str, now: datetime, words: Catalogue) -> tuple[str, Tone, str]:
    """The same where a hub of the shop stands between this till and head office."""
    status, since = link.status, when(link.offline_since, zone, now, words) if link.offline_since else ""
    if status.state is Link.OFFLINE and status.reason not in _TROUBLES:
        title = words.text("The hub does not answer since {time}", time=since)
        what = words.text(
            "This till works by itself now: selling, top-ups, cards with value here. Everything is kept and sent by itself "
            "later. Look whether the hub is on. If it is broken for good, another till is made hub and gives this one a "
            "new code; nothing is lost by that."
        )
        return title if since else words.text("The hub does not answer"), Tone.AMBER, what
    if status.state is not Link.ONLINE:
        return _line(link, zone, now, words)
    if status.root_cut:
        what = words.text(
            "The tills of this shop go on sharing card value. Value at other stores cannot be fetched until the line is "
            "back. What happens here is kept by the hub too, and sent on by itself."
        )
        return words.text("Connected to the hub, head office is out of reach"), Tone.AMBER, what
    what = words.text(
        "The hub hands on what happens here, and shares card value among the tills of this shop."
    )
    return words.text("Connected to the hub and to head office"), Tone.GOOD, what


def _plight_title(headline: str, plight: Plight, words: Catalogue) -> str:
    """Not twice when the line says it already."""
    title = plight_words.heading(plight, words)
    return title if title != headline else ""


def _without(state: LinkState, words: Catalogue) -> str:
    """The button with which a manager does not wait for the till's own records."""
    waiting = state.plight.case is Case.CATCHING_UP and not state.deciding
    return words.text("Go on without them") if waiting else ""


def _offline(link: LinkNow, zone: str, now: datetime, words: Catalogue) -> tuple[str, Tone, str]:
    since = when(link.offline_since, zone, now, words) if link.offline_since else ""
    title = words.text("Offline since {time}", time=since) if since else words.text("Offline")
    if link.status.reason is LinkReason.BUSY:
        what = words.text(
            "Head office is there but cannot answer now. The shop goes on: selling, top-ups, cards with value here. "
            "Everything is kept and sent by itself later."
        )
    else:
        what = words.text(
            "The shop goes on: selling, top-ups, cards with value here. Everything is kept and sent by itself "
            "when the line is back. Value that lies at other stores cannot be fetched until then."
        )
    return title, Tone.AMBER, what


def _contact(status: LinkStatus, zone: str, now: datetime, words: Catalogue) -> str:
    if not status.contact_at:
        return words.text("No contact since the till was started")
    return words.text("Last contact: {time}", time=when(status.contact_at, zone, now, words))


def _aside_hint(status: LinkStatus, words: Catalogue) -> str:
    if not status.set_aside:
        return ""
    return words.plural(
        "{n} entry is kept here and was passed on, but could not be applied.",
        "{n} entries are kept here and were passed on, but could not be applied.",
        status.set_aside,
    )


def _waiting(status: LinkStatus, words: Catalogue, *, by_hub: bool) -> tuple[WaitingCount, ...]:
    sent, safe = words.text("everything has left this till"), words.text("everything is safe there")
    parent = words.text("Not at the hub yet") if by_hub else words.text("Not sent yet")
    return (
        _count(parent, status.pending_parent, sent, words),
        _count(words.text("Not at head office yet"), status.pending_root, safe, words),
    )


def _count(label: str, n: int, nothing: str, words: Catalogue) -> WaitingCount:
    kept = words.text("kept here until it arrives")
    return WaitingCount(label, words.number(n), kept if n else nothing, Tone.AMBER if n else Tone.GOOD)


def _clock(status: LinkStatus, words: Catalogue) -> str:
    behind = status.clock_offset or 0
    if abs(behind) <= WORTH_SAYING:
        return ""
    length = _length(abs(behind), words)
    if behind < 0:
        return words.text("This computer's clock is {length} ahead of head office's", length=length)
    return words.text("This computer's clock is {length} behind head office's", length=length)


def _length(seconds: int, words: Catalogue) -> str:
    if seconds < 120:
        return words.plural("{n} second", "{n} seconds", seconds)
    if seconds < 2 * 3600:
        return words.plural("{n} minute", "{n} minutes", seconds // 60)
    if seconds < 2 * 86_400:
        return words.plural("{n} hour", "{n} hours", seconds // 3600)
    return words.plural("{n} day", "{n} days", seconds // 86_400)


def _progress(link: LinkNow, words: Catalogue) -> ProgressModel | None:
    status = link.status
    if not link.copying:
        return None
    interrupted = status.state is not Link.ONLINE
    return ProgressModel(
        title=words.text("The chain's records: interrupted")
        if interrupted
        else words.text("The chain's records are arriving"),
        numbers=words.text(
            "{done} of {whole}", done=words.number(status.position), whole=words.number(status.target)
        ),
        detail=words.text("It goes on from here when the line is back. What is here already can be used.")
        if interrupted
        else words.text(
            "Selling goes on meanwhile. You can leave this screen or switch the till off: it goes on from here."
        ),
        thousandths=min(1000, 1000 * status.position // max(status.target, 1)),
    )


def _aside(one: Aside, zone: str, words: Catalogue) -> AsideRow:
    moment = words.moment(local_moment(one.at, zone))
    till = one.till or words.text("a till not known here")
    return AsideRow(
        key=one.op_id,
        title=kind_words(one.kind, words),
        origin=words.text("{till} · {time}", till=till, time=moment),
        why=words.text(_REASONS.get(one.reason, _REASONS["refused"])),
        technical=one.why,
    )
