"""When a trigger says yes and what happens then, in whole sentences. Pure, no Qt.

The rules are in `domain/trigger.py`; a sentence follows what is typed and tapped.
"""

from __future__ import annotations

from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_gate import Caps
from salon_desk.domain.trigger import KINDS, LATEST_TICKETS, Settings, TaskFor
from salon_desk.i18n import Catalogue
from salon_desk.services.channel_settings import ChannelSettings


def when(settings: Settings, words: Catalogue) -> str:
    """When it goes out, short enough for a row."""
    days, threshold = settings.days, settings.threshold
    match settings.trigger:
        case Trigger.AFTER_SALE:
            return words.text("After a visit of whoever has value on a card")
        case Trigger.BALANCE_LOW:
            return words.plural(
                "Value for {n} usual visit or less is left",
                "Value for {n} usual visits or less is left",
                threshold,
            )
        case Trigger.BEFORE_APPOINTMENT:
            return _before(days, words)
        case Trigger.LAPSING:
            return words.plural("{n} day before something lapses", "{n} days before something lapses", days)
        case Trigger.BIRTHDAY:
            return _birthday(days, words)
        case Trigger.ABSENT:
            return words.plural("Not here for {n} day", "Not here for {n} days", days)
        case Trigger.LESS_OFTEN:
            return words.text(
                "{percent} % fewer visits in {days} days",
                percent=words.number(threshold),
                days=words.number(days),
            )
        case Trigger.SMALLER_TICKETS:
            return words.text(
                "{percent} % less in the last {n} visits",
                percent=words.number(threshold),
                n=words.number(LATEST_TICKETS),
            )
        case Trigger.CYCLE_DUE:
            return _cycle(days, words)
        case _:
            return ""


def happens(settings: Settings, caps: Caps, words: Catalogue) -> tuple[str, ...]:
    """What happens then, a sentence each; nothing while it is off."""
    if not settings.enabled:
        return (words.text("It is off: nothing is sent and no task is made."),)
    return (
        *_sent(settings, caps, words),
        *_task(settings, words),
        words.text("What was so before it was switched on is not said, and nothing twice."),
    )


def missing(settings: Settings, accounts: ChannelSettings | None, words: Catalogue) -> str:
    """What is not there yet for a message to go out; empty where nothing is missing."""
    if not settings.sends:
        return ""
    if accounts is None:
        return words.text(
            "Head office sends the messages of this shop, by the accounts that are set up there."
        )
    if accounts.sms is not None:
        return ""
    if accounts.mail is None and accounts.wechat is None:
        return words.text(
            "Nothing is sent until an account is set up on this machine with “{command}”.",
            command="salon-desk channels set sms",
        )
    return words.text(
        "No text message goes out until an account is set up on this machine with “{command}”. E-mails and WeChat do.",
        command="salon-desk channels set sms",
    )


def _sent(settings: Settings, caps: Caps, words: Catalogue) -> tuple[str, ...]:
    if not settings.sends:
        return ()
    if KINDS[settings.trigger].purpose is Purpose.TRANSACTIONAL:
        return (words.text("Sent to whoever agreed to reminders, outside the quiet hours where they live."),)
    return (
        words.text("Sent to whoever agreed to offers, outside the quiet hours where they live."),
        words.text(
            "At most {most} offers in {days} days and {a_day} in 24 hours go to a member.",
            most=words.number(caps.most),
            days=words.number(caps.days),
            a_day=words.number(caps.most_a_day),
        ),
    )


def _task(settings: Settings, words: Catalogue) -> tuple[str, ...]:
    match settings.makes_task:
        case TaskFor.MANAGER:
            return (words.text("A manager finds a task: to call the member, and what to say."),)
        case TaskFor.CONSULTANT:
            return (words.text("The member's consultant finds a task, or else a manager."),)
        case TaskFor.NOBODY:
            return ()


def _before(days: int, words: Catalogue) -> str:
    if not days:
        return words.text("On the day of the appointment")
    return words.plural("{n} day before the appointment", "{n} days before the appointment", days)


def _birthday(days: int, words: Catalogue) -> str:
    if not days:
        return words.text("On the birthday")
    return words.plural("{n} day before the birthday", "{n} days before the birthday", days)


def _cycle(days: int, words: Catalogue) -> str:
    if not days:
        return words.text("As long after a visit as is usual for them")
    return words.plural("{n} day later than is usual for them", "{n} days later than is usual for them", days)
