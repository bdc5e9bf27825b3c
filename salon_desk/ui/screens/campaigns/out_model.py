"""What the page of a campaign that is out says: how far it is, and what came of it against those held back. Pure, no Qt.

What may honestly be said of a difference is `domain/campaign.py`'s.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from salon_desk.domain.campaign import RESULT_DAYS, Finding, Group, Interval
from salon_desk.domain.message import MessageState
from salon_desk.domain.money import Money
from salon_desk.domain.segment import read as condition_in
from salon_desk.i18n import N_, Catalogue
from salon_desk.services.campaign_results import Result
from salon_desk.storage.queries.campaigns import Campaign
from salon_desk.ui import shop_time
from salon_desk.ui.error_text import error_text
from salon_desk.ui.follow_up_words import came_back_text
from salon_desk.ui.screens.campaigns import reason_words
from salon_desk.ui.screens.campaigns.presenter import CampaignsState
from salon_desk.ui.screens.campaigns.view_model import Fact, state_text
from salon_desk.ui.segment_words import condition_text
from salon_desk.ui.view_values import Question, Tone

_SPENT: Final[Mapping[Finding, str]] = {
    Finding.BY_CHANCE: N_(
        "What was spent differs by no more than chance could explain: between {low} and {high} more a head."
    ),
    Finding.MORE: N_("Between {low} and {high} more was spent a head than without it."),
    Finding.FEWER: N_("Less was spent a head than without it: between {low} and {high}."),
}
_TONES: Final = {Finding.MORE: Tone.GOOD, Finding.FEWER: Tone.DANGER}


@dataclass(frozen=True, slots=True)
class OutModel:
    """A campaign that is out. `sent`: how far it is; `came`: both groups; `findings`: what may be said of the difference; `people`:
    who came back, and what they spent.
    """

    title: str
    state: str
    what: str
    offer: str
    note: str
    sent: tuple[Fact, ...]
    came_label: str
    came: tuple[Fact, ...]
    findings: tuple[tuple[str, Tone], ...]
    people: tuple[Fact, ...]
    can_stop: bool
    refusal: str


def out_model(state: CampaignsState, words: Catalogue) -> OutModel | None:
    """The one that is open, None where none is."""
    one, result = state.campaign, state.result
    if one is None:
        return None
    when = shop_time.written(one.launched_at, state.time_zone, words)
    return OutModel(
        title=one.name,
        state=words.text("{state}; launched on {when}", state=state_text(one, state, words), when=when),
        what=_conditions(one, state, words),
        offer=one.offer.in_language(words.language),
        note=_note(one, state, words),
        sent=_sent(one, result, words),
        came_label=_came_label(state, result, words),
        came=_came(result, words) if result else (),
        findings=_findings(result, words) if result else (),
        people=_people(state, result, words) if result else (),
        can_stop=not one.stopped_at and state.now < one.expires_at,
        refusal=error_text(state.refusal, words) if state.refusal else "",
    )


def stop_question(words: Catalogue) -> Question:
    """What is asked before it is stopped."""
    return Question(
        words.text("Stop this campaign?"),
        words.text("Whoever was not written to yet is not written to any more. What was sent stays sent."),
        words.text("Stop it"),
    )


def _conditions(one: Campaign, state: CampaignsState, words: Catalogue) -> str:
    found = (condition_in(text) for text in one.conditions)
    return " · ".join(condition_text(known, state.known, words) for known in found if known is not None)


def _note(one: Campaign, state: CampaignsState, words: Catalogue) -> str:
    if state.elsewhere:
        return words.text("Head office sends it; how far it is arrives here with the next exchange.")
    if one.stopped_at or state.now >= one.expires_at:
        return ""
    return words.text(
        "Messages go out one by one; who is not to be disturbed now gets it later, until {until} at most.",
        until=shop_time.written(one.expires_at, state.time_zone, words),
    )


def _sent(one: Campaign, result: Result | None, words: Catalogue) -> tuple[Fact, ...]:
    """Messages by how far they are, those withheld by why."""
    facts = [
        Fact(words.text("Belong to the group"), words.number(one.audience)),
        Fact(words.text("Held back"), words.number(one.held_back)),
    ]
    if one.cost is not None:
        facts.append(Fact(words.text("Cost, about"), words.money(one.cost)))
    if result is None:
        return tuple(facts)
    begun = 0
    by_state: dict[MessageState, int] = {}
    for state, _reason, many in result.sent:
        begun += many
        by_state[state] = by_state.get(state, 0) + many
    waiting = one.audience - one.held_back - begun
    if waiting > 0 and not one.stopped_at:
        facts.append(Fact(words.text("Not begun yet"), words.number(waiting)))
    for state, many in by_state.items():
        if state is not MessageState.WITHHELD:
            arrived = state in (MessageState.SENT, MessageState.DELIVERED)
            label = reason_words.state(state, words)
            tone = Tone.GOOD if arrived else Tone.PLAIN
            facts.append(Fact(label, words.number(many), strong=arrived, tone=tone))
    for state, reason, many in result.sent:
        if state is MessageState.WITHHELD:
            facts.append(Fact(reason_words.never(reason, words), words.number(many), tone=Tone.AMBER))
    return tuple(facts)


def _came_label(state: CampaignsState, result: Result | None, words: Catalogue) -> str:
    if result is None:
        if state.tallying is None:
            return ""
        done, whole = state.tallying
        return words.text(
            "{done} of {whole} members looked at", done=words.number(done), whole=words.number(whole)
        )
    if result.is_over:
        return words.text("What came of it within {days} days", days=RESULT_DAYS)
    return words.text("What came of it so far, of {days} days", days=RESULT_DAYS)


def _came(result: Result, words: Catalogue) -> tuple[Fact, ...]:
    return (
        Fact(words.text("Came back, of those written to"), _share(result.written, words), strong=True),
        Fact(words.text("Came back, of those held back"), _share(result.held_back, words)),
        Fact(
            words.text("Spent a head, of those written to"),
            _a_head(result.written, result.currency, words),
            strong=True,
        ),
        Fact(
            words.text("Spent a head, of those held back"), _a_head(result.held_back, result.currency, words)
        ),
    )


def _people(state: CampaignsState, result: Result, words: Catalogue) -> tuple[Fact, ...]:
    """Those written to who came back, who spent most first."""
    names = {one.member_id: one.called(words.language) for one in state.people}
    return tuple(
        Fact(
            words.plural("{name}: {n} visit", "{name}: {n} visits", one.visits, name=names[one.member]),
            words.money(Money(one.spent_cents, result.currency)),
        )
        for one in result.people
        if one.member in names
    )


def _share(group: Group, words: Catalogue) -> str:
    percent = (100 * group.came_back + group.size // 2) // group.size if group.size else 0
    return words.text(
        "{some} of {all} ({percent} %)",
        some=words.number(group.came_back),
        all=words.number(group.size),
        percent=percent,
    )


def _a_head(group: Group, currency: str, words: Catalogue) -> str:
    cents = group.spent_cents // group.size if group.size else 0
    return words.money(Money(cents, currency))


def _findings(result: Result, words: Catalogue) -> tuple[tuple[str, Tone], ...]:
    """What may be said of both differences; of the second nothing where the groups are too small."""
    came = (came_back_text(result.came_back, words), _tone(result.came_back))
    spent = result.spent
    return (came, (_spent(spent, result.currency, words), _tone(spent))) if spent else (came,)


def _tone(found: Interval | None) -> Tone:
    return _TONES.get(found.finding, Tone.PLAIN) if found else Tone.PLAIN


def _spent(found: Interval, currency: str, words: Catalogue) -> str:
    low, high = found.low, found.high
    if found.finding is Finding.FEWER:
        low, high = -high, -low
    return words.text(
        _SPENT[found.finding],
        low=words.money(Money(low, currency)),
        high=words.money(Money(high, currency)),
    )
