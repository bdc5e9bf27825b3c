"""The one gate at the moment of sending: may this message go to this person now, and if not, why not and until when (RULES 19 to 21).

Nothing is read or sent here, and no figure of law stands here: whoever sends gathers what is asked. The one rule: what can never be
sent comes before what only waits, and what would wait beyond the message's end is not sent at all.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from salon_desk.domain.consent import Purpose, Standing, State
from salon_desk.domain.quiet_hours import Quiet

MOST_ATTEMPTS = {Purpose.TRANSACTIONAL: 2, Purpose.MARKETING: 1}
"""How often a message may be handed to a channel whose answer got lost: marketing is never repeated."""


class Outcome(StrEnum):
    """What becomes of it now. `WITHHELD` is for good."""

    SEND = "send"
    HELD = "held"
    WITHHELD = "withheld"


class Reason(StrEnum):
    """Why. In this order they are asked and the first that holds is said; the last three let it go.

    `ZONE_UNKNOWN`: quiet hours where nobody knows where the person is. `REPEATED`: a second time, because nobody knows of the first.
    """

    ERASED = "erased"
    INACTIVE = "inactive"
    ALREADY_SENT = "already_sent"
    EXPIRED = "expired"
    NO_TEMPLATE = "no_template"
    PURPOSE_MISMATCH = "purpose_mismatch"
    NO_ADDRESS = "no_address"
    OPTED_OUT = "opted_out"
    CONSENT_LAPSED = "consent_lapsed"
    NO_CONSENT = "no_consent"
    CAPPED = "capped"
    QUIET_HOURS = "quiet_hours"
    ZONE_UNKNOWN = "zone_unknown"
    REPEATED = "repeated"
    ANSWERED = "answered"
    ALLOWED = "allowed"


class Asking(StrEnum):
    """Who thought of it: the shop, the member who just asked for it (an e-receipt), or the member whose text it answers."""

    SHOP = "shop"
    MEMBER = "member"
    ANSWER = "answer"


@dataclass(frozen=True, slots=True)
class Caps:
    """At most so many marketing messages to a person in any `days` days, and in any 24 hours. The shop's own choice."""

    most: int = 4
    days: int = 30
    most_a_day: int = 1


@dataclass(frozen=True, slots=True)
class SentBefore:
    """What went to this person, or may have gone: its name, when, and what for. All channels, all shops."""

    message: str
    at: datetime
    purpose: Purpose


@dataclass(frozen=True, slots=True)
class Wording:
    """What it would say: the purpose of its template, and the first fault that `message_template.lint` finds, if any."""

    purpose: Purpose
    fault: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is known of a message and its person at an instant. Instants are aware.

    `standing`: of the channel that is asked about and of `purpose`. `attempts`: of this message, handed over and nobody knows what
    became of it. `sent`: the last `caps.days` days at least, of this message only what is known to have gone. `wording` None: its
    template is gone. `expires_at` None: worth sending for ever.
    """

    now: datetime
    message: str
    purpose: Purpose
    address: str
    standing: Standing
    quiet: Quiet
    wording: Wording | None
    sent: Sequence[SentBefore] = ()
    caps: Caps = Caps()
    attempts: int = 0
    expires_at: datetime | None = None
    asking: Asking = Asking.SHOP
    active: bool = True
    erased: bool = False


@dataclass(frozen=True, slots=True)
class Verdict:
    """What the gate says, why, what exactly, and of what is held until when it is."""

    outcome: Outcome
    reason: Reason
    detail: str = ""
    until: datetime | None = None


def verdict(asked: Asked) -> Verdict:
    """Whether a message may go now.

    Final reasons first, in the order of `Reason`, each whatever else holds: a person who is gone, what was sent before, what
    comes too late, what it would say, where it would go, and the consent. Then what waits: the caps, and the quiet hours.
    An answer to a member's own text (the one confirmation of a STOP, what HELP says) needs no consent and waits for nothing;
    what a member just asked for needs the consent and waits for nothing. Everything else waits, reminders too.
    """
    return _never(asked) or _waits(asked) or _goes(asked)


def _never(asked: Asked) -> Verdict | None:
    refused = _of_person(asked) or _of_message(asked) or _of_words(asked)
    if refused is not None:
        return refused
    if not asked.address.strip():
        return _withheld(Reason.NO_ADDRESS, asked.standing.channel.value)
    return None if asked.asking is Asking.ANSWER else _of_consent(asked)


def _of_person(asked: Asked) -> Verdict | None:
    if asked.erased:
        return _withheld(Reason.ERASED)
    return None if asked.active else _withheld(Reason.INACTIVE)


def _of_message(asked: Asked) -> Verdict | None:
    went = any(one.message == asked.message for one in asked.sent)
    if went or asked.attempts >= MOST_ATTEMPTS[asked.purpose]:
        return _withheld(Reason.ALREADY_SENT, "" if went else str(asked.attempts))
    if asked.expires_at is not None and asked.expires_at <= asked.now:
        return _withheld(Reason.EXPIRED)
    return None


def _of_words(asked: Asked) -> Verdict | None:
    """An advertisement may not go as a reminder; a reminder that goes as an advertisement only asks for more."""
    if asked.wording is None:
        return _withheld(Reason.NO_TEMPLATE)
    sells = asked.wording.purpose is Purpose.MARKETING and asked.purpose is Purpose.TRANSACTIONAL
    if sells or asked.wording.fault:
        return _withheld(Reason.PURPOSE_MISMATCH, asked.wording.fault)
    return None


def _of_consent(asked: Asked) -> Verdict | None:
    standing = asked.standing
    if standing.state is State.WITHDRAWN:
        return _withheld(Reason.OPTED_OUT)
    if standing.state is State.LAPSED:
        return _withheld(Reason.CONSENT_LAPSED, standing.until)
    if not standing.allows or standing.purpose is not asked.purpose:
        return _withheld(Reason.NO_CONSENT, standing.channel.value)
    return None


def _waits(asked: Asked) -> Verdict | None:
    if asked.asking is not Asking.SHOP:
        return None
    if asked.purpose is Purpose.MARKETING and (capped := _capped(asked)):
        return capped
    if asked.quiet.allowed:
        return None
    reason = Reason.QUIET_HOURS if asked.quiet.zone_known else Reason.ZONE_UNKNOWN
    return _held(asked, reason, asked.quiet.opens)


def _capped(asked: Asked) -> Verdict | None:
    """Held until both caps let one more go; a cap of none at all never does."""
    caps = asked.caps
    counted = sorted(one.at for one in asked.sent if one.purpose is Purpose.MARKETING)
    free = []
    for most, span in ((caps.most_a_day, timedelta(days=1)), (caps.most, timedelta(days=caps.days))):
        if most <= 0:
            return _held(asked, Reason.CAPPED, None)
        within = [at for at in counted if at > asked.now - span]
        free += [at + span for at in within[-most:][:1] if len(within) >= most]
    return _held(asked, Reason.CAPPED, max(free)) if free else None


def _held(asked: Asked, reason: Reason, until: datetime | None) -> Verdict:
    """It waits, unless it would be too late by then or that never comes."""
    if until is None or (asked.expires_at is not None and asked.expires_at <= until):
        return _withheld(reason, "too_late" if until else "never")
    return Verdict(Outcome.HELD, reason, "", until)


def _goes(asked: Asked) -> Verdict:
    if asked.asking is Asking.ANSWER:
        return Verdict(Outcome.SEND, Reason.ANSWERED)
    if asked.attempts:
        return Verdict(Outcome.SEND, Reason.REPEATED, str(asked.attempts + 1))
    return Verdict(Outcome.SEND, Reason.ALLOWED, "" if asked.quiet.zone_known else Reason.ZONE_UNKNOWN.value)


def _withheld(reason: Reason, detail: str = "") -> Verdict:
    return Verdict(Outcome.WITHHELD, reason, detail)
