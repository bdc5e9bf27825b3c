"""What the screen of what was sent says in a language: the list, and one message with its whole story.

Pure, no Qt.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import MessageState, Trigger
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.message_log import CameOfIt, Entry
from salon_desk.storage.queries.messages import Attempt
from salon_desk.ui.error_text import error_text
from salon_desk.ui.message_sentences import CHANNELS, sentence
from salon_desk.ui.screens.sent.presenter import SentState, Which
from salon_desk.ui.shop_time import written
from salon_desk.ui.trigger_words import trigger_name
from salon_desk.ui.view_values import Chip, ListRow, Tone

_LISTS: Final = {
    Which.ALL: N_("All"),
    Which.WAITING: N_("Waiting"),
    Which.SENT: N_("Sent"),
    Which.DELIVERED: N_("Arrived"),
    Which.WITHHELD: N_("Not sent"),
    Which.REFUSED: N_("Refused"),
    Which.UNKNOWN: N_("Nobody knows"),
}
_STATES: Final = {
    MessageState.INTENDED: (N_("Waiting"), Tone.AMBER),
    MessageState.SENDING: (N_("Being sent"), Tone.BLUE),
    MessageState.SENT: (N_("Sent"), Tone.GOOD),
    MessageState.DELIVERED: (N_("Arrived"), Tone.GOOD),
    MessageState.REFUSED: (N_("Refused"), Tone.DANGER),
    MessageState.UNKNOWN: (N_("Nobody knows"), Tone.AMBER),
    MessageState.WITHHELD: (N_("Not sent"), Tone.PLAIN),
}
_PURPOSES: Final = {
    Purpose.TRANSACTIONAL: N_("A reminder"),
    Purpose.MARKETING: N_("An offer"),
}


@dataclass(frozen=True, slots=True)
class MessageModel:
    """One message. `text` is what was written to the member, empty while nothing was."""

    name: str
    what: str
    why: str
    channel: str
    text: str
    came: str


@dataclass(frozen=True, slots=True)
class SentModel:
    """The whole screen."""

    lists: tuple[Chip, ...]
    which: str
    rows: tuple[ListRow, ...]
    known: bool
    chosen: str
    more: str
    message: MessageModel | None
    refusal: str


def sent_model(state: SentState, words: Catalogue) -> SentModel:
    """The whole screen in a language."""
    many = dict(state.counts)
    chosen = state.chosen
    return SentModel(
        lists=tuple(_chip(one, many, words) for one in Which),
        which=state.which.value,
        rows=tuple(_row(one, state.zone, words) for one in state.entries or ()),
        known=state.entries is not None,
        chosen=chosen.message.message if chosen else "",
        more=words.text("Show more") if state.more else "",
        message=_message(chosen, state, words) if chosen else None,
        refusal=error_text(state.refusal, words) if state.refusal else "",
    )


def _chip(which: Which, many: dict[MessageState, int], words: Catalogue) -> Chip:
    name = words.text(_LISTS[which])
    number = sum(many.values()) if which is Which.ALL else many.get(MessageState(which.value), 0)
    if not number:
        return Chip(name, key=which.value)
    return Chip(words.text("{name} {number}", name=name, number=words.number(number)), key=which.value)


def _row(one: Entry, zone: str, words: Catalogue) -> ListRow:
    name, tone = _STATES[one.message.state]
    return ListRow(
        key=one.message.message,
        title=_called(one, words),
        detail=trigger_name(one.message.trigger, words),
        figure=words.text(name),
        figure_detail=written(one.message.intended_at, zone, words),
        tone=tone,
    )


def _called(one: Entry, words: Catalogue) -> str:
    return one.called.in_language(words.language) or words.text("A member who is not known here")


def _message(one: Entry, state: SentState, words: Catalogue) -> MessageModel:
    last = one.last
    return MessageModel(
        name=_called(one, words),
        what=words.text(
            "{purpose} · {why}",
            purpose=words.text(_PURPOSES[one.message.purpose]),
            why=trigger_name(one.message.trigger, words),
        ),
        why=sentence(one, words, state.zone),
        channel=_address(last, words) if last else "",
        text=_text(one.message.trigger, last, words) if last else "",
        came=_came(state.came, words) if last and state.came else "",
    )


def _address(last: Attempt, words: Catalogue) -> str:
    channel = words.text(CHANNELS[last.outgoing.channel])
    return words.text("By {channel} to {address}", channel=channel, address=last.outgoing.address)


def _text(why: Trigger, last: Attempt, words: Catalogue) -> str:
    """What was written; of a code only that it was one, for it holds for a while."""
    if why is Trigger.SPEND_CODE:
        return words.text("The code is not shown here.")
    outgoing = last.outgoing
    fields = "\n".join(value for _name, value in outgoing.fields)
    return "\n\n".join(filter(None, (outgoing.subject, outgoing.text or fields)))


def _came(came: CameOfIt, words: Catalogue) -> str:
    if came.visits:
        spent = words.money(came.spent)
        return words.plural(
            "Came {n} time in the {days} days after it and spent {spent}.",
            "Came {n} times in the {days} days after it and spent {spent}.",
            came.visits,
            days=came.days,
            spent=spent,
        )
    if came.is_over:
        return words.text("Did not come in the {days} days after it.", days=came.days)
    return words.text("Has not come since.")
