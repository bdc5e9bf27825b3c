"""The link to head office in few words: the mark in the top bar, and an instant as people at the till read it.

No screen lives here. Offline is normal and never an alarm: amber, with what waits; red is only what needs a person.
"""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from salon_desk.domain.clock import parse_instant
from salon_desk.i18n import Catalogue
from salon_desk.services.link_status import LinkState
from salon_desk.ui.link_desk import LinkNow
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import StatusPill

KEY = "office"


def office_pill(link: LinkNow, time_zone: str, now: datetime, words: Catalogue) -> StatusPill:
    """The mark in the top bar. `time_zone`: the shop's, empty while there is none; `now`: a time of day may be enough."""
    state = link.status.state
    if state is LinkState.NOT_LINKED and not time_zone:
        return _pill(words.text("No shop yet"), words.text("No shop yet"), Tone.PLAIN)
    if state is LinkState.NOT_LINKED:
        return _pill(words.text("Single shop"), words.text("Shop"), Tone.GOOD)
    if state is LinkState.UNCONFIRMED:
        return _pill(words.text("Head office: to be confirmed"), words.text("To be confirmed"), Tone.AMBER)
    if link.needs_somebody:
        return _pill(words.text("Head office: please look"), words.text("Please look"), Tone.DANGER)
    if state is LinkState.OFFLINE:
        return _offline(link, time_zone, now, words)
    if state is LinkState.ONLINE:
        return _online(link, words)
    return _pill(words.text("Head office"), words.text("Office"), Tone.PLAIN)


def local_moment(instant: str, time_zone: str) -> datetime:
    """An instant in the shop's time; in the machine's own while no shop is known, for the till stands in it."""
    moment = parse_instant(instant)
    return moment.astimezone(ZoneInfo(time_zone)) if time_zone else moment.astimezone()


def when(instant: str, time_zone: str, now: datetime, words: Catalogue) -> str:
    """The time of day of something today, else its day as well."""
    moment = local_moment(instant, time_zone)
    if moment.date() == now.astimezone(moment.tzinfo).date():
        return words.time(moment)
    return words.moment(moment)


def percent(link: LinkNow) -> int:
    """How much of what the parent has was taken in; 100 is never said before all is here."""
    status = link.status
    return min(99, 100 * status.position // max(status.target, 1))


def _online(link: LinkNow, words: Catalogue) -> StatusPill:
    if link.copying:
        done = percent(link)
        return _pill(
            words.text("Head office: {percent}% taken in", percent=done),
            words.text("{percent}% taken in", percent=done),
            Tone.BLUE,
        )
    if link.status.root_cut:
        return _hub_alone(link.status.pending_root, words)
    return _pill(words.text("Head office"), words.text("Office"), Tone.GOOD)


def _hub_alone(pending: int, words: Catalogue) -> StatusPill:
    """The hub answers and has lost head office itself."""
    short = (
        words.plural("Offline, {n} waits", "Offline, {n} wait", pending) if pending else words.text("Offline")
    )
    if not pending:
        return _pill(words.text("Hub on, head office offline"), short, Tone.AMBER)
    said = words.plural(
        "Hub on, head office offline, {n} waits", "Hub on, head office offline, {n} wait", pending
    )
    return _pill(said, short, Tone.AMBER)


def _offline(link: LinkNow, time_zone: str, now: datetime, words: Catalogue) -> StatusPill:
    n = link.status.pending_root
    short = words.plural("Offline, {n} waits", "Offline, {n} wait", n) if n else words.text("Offline")
    if not link.offline_since:
        said = words.text("Hub offline") if link.status.by_hub else words.text("Head office offline")
        return _pill(said, short, Tone.AMBER)
    since = when(link.offline_since, time_zone, now, words)
    if link.status.by_hub:
        return _pill(_hub_gone(since, n, words), short, Tone.AMBER)
    if not n:
        return _pill(words.text("Head office offline since {time}", time=since), short, Tone.AMBER)
    said = words.plural(
        "Head office offline since {time}, {n} waits",
        "Head office offline since {time}, {n} wait",
        n,
        time=since,
    )
    return _pill(said, short, Tone.AMBER)


def _hub_gone(since: str, pending: int, words: Catalogue) -> str:
    """The hub itself does not answer; of head office nothing is known then."""
    if not pending:
        return words.text("Hub offline since {time}", time=since)
    return words.plural(
        "Hub offline since {time}, {n} waits", "Hub offline since {time}, {n} wait", pending, time=since
    )


def _pill(said: str, short: str, tone: Tone) -> StatusPill:
    return StatusPill(KEY, said, tone, short=short)
