"""What widgets show, as frozen values: presenters make them, views hand them to widgets.

No Qt and no rule lives here, and every text is ready to read. Money arrives written
(`Catalogue.money`) so that a screen and a receipt agree.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from salon_desk.ui.theme.tokens import Tone

__all__ = [
    "Alert",
    "Balance",
    "Chip",
    "Denomination",
    "FieldWords",
    "Heading",
    "ItemFace",
    "ListRow",
    "Question",
    "RailEntry",
    "StatusPill",
    "TechnicianFace",
    "TicketFace",
    "Tone",
    "one_of",
]


@dataclass(frozen=True, slots=True)
class Chip:
    """A small quiet label. `key` is what a tappable one (a pill) tells."""

    text: str
    tone: Tone = Tone.PLAIN
    key: str = ""


@dataclass(frozen=True, slots=True)
class PillGroup:
    """One row of pills in a form: its label, what can be tapped, what is on, and a sentence of what it does."""

    label: str
    chips: tuple[Chip, ...]
    on: frozenset[str]
    told: str = ""


def one_of(label: str, choices: Mapping[str, str], on: str, told: str = "") -> PillGroup:
    """A row of pills, of which one is on: `choices` are texts by key, in their order."""
    chips = tuple(Chip(text, key=key) for key, text in choices.items())
    return PillGroup(label, chips, frozenset((on,)), told)


@dataclass(frozen=True, slots=True)
class FieldWords:
    """A field of a form: its name, what stands in it while it is empty, and what it does."""

    label: str
    hint: str = ""
    told: str = ""


@dataclass(frozen=True, slots=True)
class ItemFace:
    """A service or product as a tile: its name in the reader's language and in the other."""

    key: str
    name: str
    second_name: str = ""
    price: str = ""
    length: str = ""
    tone: Tone = Tone.BRAND
    enabled: bool = True
    reason: str = ""
    warning: str = ""


@dataclass(frozen=True, slots=True)
class TechnicianFace:
    """A technician as a face: state in words ("free · 0 turns"), `order` the place among those free."""

    key: str
    name: str
    state: str
    order: int | None = None
    free: bool = True


@dataclass(frozen=True, slots=True)
class TicketFace:
    """An open ticket in the strip."""

    key: str
    name: str
    detail: str
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Balance:
    """The three figures that always stand together, written as money."""

    whole: str
    here: str
    elsewhere: str
    elsewhere_label: str = ""


@dataclass(frozen=True, slots=True)
class ListRow:
    """A row of a list: two lines left, a figure and its small line right."""

    key: str
    title: str
    detail: str = ""
    figure: str = ""
    figure_detail: str = ""
    initial: str = ""
    tone: Tone = Tone.PLAIN
    enabled: bool = True


@dataclass(frozen=True, slots=True)
class Question:
    """Asked once before something that cannot be taken back; `consequence` names what will happen."""

    title: str
    consequence: str
    confirm: str
    cancel: str = ""
    danger: bool = True


class Alert(StrEnum):
    """How loud a notice is."""

    INFORMATION = "information"
    GOOD = "good"
    WAITING = "waiting"
    TROUBLE = "trouble"

    @property
    def tone(self) -> Tone:
        """The colour that goes with it."""
        return {
            Alert.INFORMATION: Tone.BLUE,
            Alert.GOOD: Tone.GOOD,
            Alert.WAITING: Tone.AMBER,
            Alert.TROUBLE: Tone.DANGER,
        }[self]


@dataclass(frozen=True, slots=True)
class Heading:
    """What the top bar says of a screen; without a title it names the shop and the till."""

    title: str = ""
    detail: str = ""
    back: bool = False


@dataclass(frozen=True, slots=True)
class RailEntry:
    """A place in the rail. `msgid` is translated by the rail; a `reason` (msgid) says why it is off."""

    key: str
    icon: str
    msgid: str
    reason: str = ""
    at_bottom: bool = False


@dataclass(frozen=True, slots=True)
class StatusPill:
    """A state in the top bar (head office, terminal, printer): a dot, words, and fewer words where it is narrow."""

    key: str
    text: str
    tone: Tone = Tone.PLAIN
    dot: bool = True
    spoken: str = ""
    short: str = ""


@dataclass(frozen=True, slots=True)
class Denomination:
    """A note, coin or roll to be counted: its face as text and its worth in cents."""

    key: str
    text: str
    cents: int
