"""Every message in one sentence, in English and in Chinese, as the page of what was sent shows it; and how many there are of each kind.

The sentences are `ui/message_sentences.py`'s. The one rule: no message may fall to the sentence for what nobody knows.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from salon_desk.domain.message import MessageState
from salon_desk.i18n import Catalogue
from salon_desk.services import message_log
from salon_desk.services.message_log import Entry, Wanted
from salon_desk.simulation.messages.people import SHOPS
from salon_desk.simulation.messages.witness import Violation
from salon_desk.storage.store import Store
from salon_desk.ui.message_sentences import sentence

_NOBODY_KNOWS = "Not sent: a rule was against it."
_ZONES = {one.id: one.zone for one in SHOPS}
_PAGE = 500


@dataclass
class Explained:
    """Messages as they stand, and those of which there is no good sentence."""

    states: Counter[str] = field(default_factory=Counter)
    withheld: Counter[str] = field(default_factory=Counter)
    triggers: dict[str, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    violations: list[Violation] = field(default_factory=list)


def explained(store: Store) -> Explained:
    """Go through every message that is known."""
    found = Explained()
    english, chinese = Catalogue.load("en"), Catalogue.load("zh_CN")
    for entry in _all(store):
        message = entry.message
        found.states[message.state.value] += 1
        found.triggers[message.trigger.value][message.state.value] += 1
        if message.state is MessageState.WITHHELD:
            found.withheld[message.reason] += 1
        zone = _ZONES.get(message.store, "UTC")
        said = sentence(entry, english, zone), sentence(entry, chinese, zone)
        if not _is_good(*said):
            detail = f"{message.state} {message.reason}: {said[0]} | {said[1]}"
            found.violations.append(Violation("not explained", message.message, detail))
    return found


def _is_good(english: str, chinese: str) -> bool:
    if not english.strip() or english in (_NOBODY_KNOWS, chinese):
        return False
    return not any("{" in one for one in (english, chinese)) and any(
        "\u4e00" <= sign <= "\u9fff" for sign in chinese
    )


def _all(store: Store) -> Iterator[Entry]:
    wanted = Wanted(most=_PAGE)
    while True:
        with store.database.read() as transaction:
            page = message_log.entries(transaction, wanted)
        yield from page
        if len(page) < _PAGE:
            return
        wanted = Wanted(most=_PAGE, before=page[-1].message.mark)
