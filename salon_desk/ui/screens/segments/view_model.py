"""What the screen of groups says in a language: the list, a group with its members, the form. Pure functions, no Qt.

What a condition is called is `ui/segment_words.py`'s, why somebody is about to leave `leaving_words.py`'s.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.limits import MAX_NAME
from salon_desk.domain.names import Names
from salon_desk.domain.segment import Figure, Segment
from salon_desk.i18n import Catalogue
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.segments import leaving_words
from salon_desk.ui.screens.segments.form import ANY, TypedSegment, conditions_of
from salon_desk.ui.screens.segments.presenter import NEW, Leavers, SegmentsState
from salon_desk.ui.segment_words import (
    ABOUT_TO_LEAVE,
    LEAVING,
    MONTHS,
    Known,
    channel_text,
    facts,
    in_short,
    meaning,
    segment_name,
)
from salon_desk.ui.view_values import Chip, ListRow, PillGroup, Tone

_TONES: Final = {
    "high-value": Tone.GOOD,
    "sleeping": Tone.BLUE,
    "at-risk": Tone.AMBER,
    "lost": Tone.ROSE,
    LEAVING: Tone.AMBER,
}


@dataclass(frozen=True, slots=True)
class PageModel:
    """A group: what it means, how many belong to it, the first of them. `looking`: not all were looked at; `stoppable`: by hand."""

    title: str
    meaning: str
    why: str
    count: str
    rows: tuple[ListRow, ...]
    looking: bool
    stop: str
    write: bool
    change: str
    own: bool
    reckon: str
    refusal: str


@dataclass(frozen=True, slots=True)
class FormModel:
    """The form but for the fields' own words. `kept`: conditions that it has no place for; `told`: who would belong to it."""

    title: str
    groups: dict[str, PillGroup]
    kept: str
    told: str
    refusal: str
    saving: bool


def list_rows(state: SegmentsState, words: Catalogue) -> tuple[ListRow, ...]:
    """Who is about to leave, the groups that come with the program, the owner's own."""
    if state.segments is None:
        return ()
    return tuple(_row(one, state.known, words) for one in (ABOUT_TO_LEAVE, *state.segments))


def page_model(state: SegmentsState, words: Catalogue) -> PageModel | None:
    """The group that is open, None where none is."""
    segment = state.segment
    if segment is None or state.editing:
        return None
    leaving = segment.segment == LEAVING
    look = state.look
    leavers = state.leavers
    kept = leavers.kept if leavers else None
    there = (
        (kept is not None and kept.size > 0) if leaving else (look is None or not look.over or look.found > 0)
    )
    return PageModel(
        title=segment_name(segment, words),
        meaning=leaving_words.rule_text(words) if leaving else _meaning(segment, state.known, words),
        why=leaving_words.why(kept, words) if kept else "",
        count=_leaving_count(state, words) if leaving else _count(state, words),
        rows=_leavers(state, leavers, words) if leaving else _members(state, segment, words),
        looking=look is not None and not look.over,
        stop=words.text("Stop") if state.progress else "",
        write=there and not state.saving,
        change=""
        if leaving
        else words.text("Copy and change")
        if segment.built_in
        else words.text("Change it"),
        own=not segment.built_in,
        reckon=_reckon(state, words) if leaving else "",
        refusal=error_text(state.refusal, words) if state.refusal else "",
    )


def form_model(state: SegmentsState, words: Catalogue) -> FormModel:
    """The form in a language."""
    picked, segment = state.picked, state.segment
    tiers = [(one.tier, one.names.in_language(words.language)) for one in state.tiers]
    if picked.tier and picked.tier not in {key for key, _name in tiers}:
        tiers.append((picked.tier, state.known.called(picked.tier, words)))
    months = [(str(at), words.text(name)) for at, name in enumerate(MONTHS, start=1)]
    ways = [(f"{one}/{Purpose.MARKETING}", channel_text(one, words)) for one in Channel]
    kept = meaning(picked.others, state.known, words)
    return FormModel(
        title=segment_name(segment, words) if segment else words.text("A new group"),
        groups={
            "tier": _group(words.text("Tier"), tiers, picked.tier, words),
            "month": _group(words.text("Birthday in"), months, picked.month, words),
            "may": _group(words.text("May be sent offers by"), ways, picked.may, words),
        },
        kept=words.text("Stays as it is: {conditions}", conditions=kept) if kept else "",
        told=_count(state, words)
        or words.text("Fill in one line or more; all that is filled in has to hold."),
        refusal=error_text(state.refusal, words) if state.refusal else "",
        saving=state.saving,
    )


def called(state: SegmentsState, typed: TypedSegment, words: Catalogue) -> Names:
    """What a group is called that nobody named: what it means, in short. Raises SegmentInvalid."""
    said = in_short(conditions_of(typed, state.picked, state.known.currency), state.known, words)[:MAX_NAME]
    return Names(said) if words.language == "en" else Names("", said)


def _row(one: Segment, known: Known, words: Catalogue) -> ListRow:
    name = segment_name(one, words)
    leaving = one.segment == LEAVING
    detail = leaving_words.rule_text(words) if leaving else in_short(one.conditions, known, words)
    return ListRow(
        key=one.segment,
        title=name,
        detail="" if detail == name else detail,
        initial=name[:1].upper(),
        tone=_TONES.get(one.segment, Tone.BRAND),
    )


def _meaning(segment: Segment, known: Known, words: Catalogue) -> str:
    return words.text(
        "All of this holds of them: {conditions}", conditions=meaning(segment.conditions, known, words)
    )


def _count(state: SegmentsState, words: Catalogue) -> str:
    look = state.look
    if look is None:
        return ""
    if not look.over:
        return words.text("Found so far: {n}", n=words.number(look.found))
    if not look.found:
        return words.text("Nobody belongs to it today.")
    return words.plural(
        "{n} member belongs to it today.",
        "{shown} members belong to it today.",
        look.found,
        shown=words.number(look.found),
    )


def _leaving_count(state: SegmentsState, words: Catalogue) -> str:
    if state.progress is not None:
        return leaving_words.progress_text(state.progress, words)
    if state.leavers is None:
        return ""
    kept = state.leavers.kept
    if kept is None:
        return words.text("Nobody has reckoned yet who is about to leave.")
    day = leaving_words.made_on(kept, words)
    if not kept.size:
        return words.text("{day}: nobody", day=day)
    return words.plural(
        "{day}: {n} member", "{day}: {shown} members", kept.size, day=day, shown=words.number(kept.size)
    )


def _reckon(state: SegmentsState, words: Catalogue) -> str:
    if state.progress is not None:
        return ""
    kept = state.leavers.kept if state.leavers else None
    return words.text("Reckon anew") if kept else words.text("Reckon it now")


def _members(state: SegmentsState, segment: Segment, words: Catalogue) -> tuple[ListRow, ...]:
    look = state.look
    if look is None or not look.over:
        return ()
    names = _called(state, words)
    asked = [one for one in segment.conditions if one.figure is not Figure.LEAVING]
    return tuple(
        ListRow(
            key=one.member,
            title=names.get(one.member, ""),
            detail=facts(one, asked, look.question.today, known=state.known, words=words),
            initial=names.get(one.member, "")[:1].upper(),
        )
        for one in look.first
        if one.member in names
    )


def _leavers(state: SegmentsState, leavers: Leavers | None, words: Catalogue) -> tuple[ListRow, ...]:
    names = _called(state, words)
    return tuple(
        ListRow(
            key=one.member,
            title=names.get(one.member, ""),
            detail=leaving_words.leaver_text(one, words),
            figure=leaving_words.chance_text(one, words),
            initial=names.get(one.member, "")[:1].upper(),
        )
        for one in (leavers.first if leavers else ())
    )


def _called(state: SegmentsState, words: Catalogue) -> dict[str, str]:
    return {one.member_id: one.called(words.language) for one in state.people}


def _group(label: str, choices: Iterable[tuple[str, str]], on: str, words: Catalogue) -> PillGroup:
    chips = (Chip(words.text("Any"), key=ANY), *(Chip(text, key=key) for key, text in choices))
    return PillGroup(label, chips, frozenset((on or ANY,)))


def title_of(state: SegmentsState, words: Catalogue) -> str:
    """What the group that is open is called; empty where none is."""
    return segment_name(state.segment, words) if state.segment and state.chosen != NEW else ""
