"""What the screen of campaigns says in a language: the list, and a new one before it is sent. Pure functions, no Qt.

One that is out is `out_model.py`'s.
"""

from __future__ import annotations

from dataclasses import dataclass

from salon_desk.domain.message_template import Template
from salon_desk.i18n import Catalogue
from salon_desk.services.campaign_preview import Example, Preview
from salon_desk.storage.queries.campaigns import Campaign
from salon_desk.ui import shop_time
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.campaigns import reason_words
from salon_desk.ui.screens.campaigns.draft import HELD_BACK, needs_offer
from salon_desk.ui.screens.campaigns.presenter import CampaignsState
from salon_desk.ui.segment_words import channel_text, meaning, segment_name
from salon_desk.ui.view_values import ListRow, PillGroup, Question, Tone, one_of


@dataclass(frozen=True, slots=True)
class Fact:
    """A line with its figure."""

    label: str
    figure: str
    strong: bool = False
    tone: Tone = Tone.PLAIN


@dataclass(frozen=True, slots=True)
class Read:
    """What somebody reads: whose it is and how it comes, and the text."""

    whose: str
    text: str


@dataclass(frozen=True, slots=True)
class DraftModel:
    """A new campaign but for the fields' own words. `send` is empty while nothing can be sent; `launching`: it is on its way."""

    groups: dict[str, PillGroup]
    offer: bool
    told: str
    facts: tuple[Fact, ...]
    examples: tuple[Read, ...]
    send: str
    can_send: bool
    launching: str
    refusal: str


def list_rows(state: CampaignsState, words: Catalogue) -> tuple[ListRow, ...]:
    """The campaigns, the newest first."""
    return tuple(_row(one, state, words) for one in state.campaigns or ())


def state_text(one: Campaign, state: CampaignsState, words: Catalogue) -> str:
    """Whether it is under way, stopped or over."""
    if one.stopped_at:
        return words.text("Sending was stopped")
    if state.now < one.due_at:
        return words.text("Planned")
    return words.text("Under way") if state.now < one.expires_at else words.text("Over")


def draft_model(state: CampaignsState, words: Catalogue) -> DraftModel:
    """The new one, as far as it is known what would become of it."""
    shown = state.preview or state.quick
    reached = reaches(state.preview) if state.preview else 0
    can_send = state.preview is not None and reached > 0 and not state.lacks_offer and state.launching is None
    return DraftModel(
        groups=_groups(state, words),
        offer=state.template is not None and needs_offer(state.template),
        told=_told(state, words),
        facts=_facts(state.preview, words) if state.preview else (),
        examples=tuple(_read(one, words) for one in shown.examples) if shown else (),
        send=words.text("Send to {n}", n=words.number(reached)) if reached else words.text("Send"),
        can_send=can_send,
        launching=_far(state.launching, words),
        refusal=error_text(state.refusal, words) if state.refusal else "",
    )


def reaches(preview: Preview) -> int:
    """How many would be written to, of everybody."""
    return preview.of_everybody(sum(many for _channel, many in preview.by_channel))


def default_name(state: CampaignsState, words: Catalogue) -> str:
    """What a campaign is called that nobody named: its group and the day."""
    if state.segment is None or not state.now:
        return ""
    day = words.day(shop_time.local(state.now, state.time_zone).date())
    return words.text("{group}, {day}", group=segment_name(state.segment, words)[:80], day=day)


def question(state: CampaignsState, words: Catalogue) -> Question | None:
    """What is asked once before it is sent."""
    preview = state.preview
    if preview is None:
        return None
    reached = reaches(preview)
    if preview.cost is not None:
        told = words.text(
            "It costs about {cost}. It goes out at once, or when quiet hours are over where they are. What was sent cannot be taken back.",
            cost=words.money(preview.cost),
        )
    else:
        told = words.text(
            "It goes out at once, or when quiet hours are over where they are. What was sent cannot be taken back."
        )
    title = words.plural(
        "Send this to {n} member?", "Send this to {shown} members?", reached, shown=words.number(reached)
    )
    return Question(title, told, words.text("Send now"), danger=False)


def _row(one: Campaign, state: CampaignsState, words: Catalogue) -> ListRow:
    under_way = not one.stopped_at and one.due_at <= state.now < one.expires_at
    return ListRow(
        key=one.campaign,
        title=one.name,
        detail=shop_time.written(one.launched_at, state.time_zone, words),
        figure_detail=state_text(one, state, words),
        figure=words.number(one.audience),
        tone=Tone.GOOD if under_way else Tone.PLAIN,
    )


def _groups(state: CampaignsState, words: Catalogue) -> dict[str, PillGroup]:
    segment = state.segment
    percents = {str(one): words.text("{n} %", n=one) if one else words.text("Nobody") for one in HELD_BACK}
    return {
        "segment": one_of(
            words.text("To whom"),
            {one.segment: segment_name(one, words) for one in state.segments},
            state.picked.segment,
            told=meaning(segment.conditions, state.known, words) if segment else "",
        ),
        "template": one_of(
            words.text("Which text"),
            {one.key: _template_name(one, words) for one in state.templates},
            state.picked.template,
        ),
        "held_back": one_of(
            words.text("Held back to compare with"),
            percents,
            str(state.picked.held_back),
            told=words.text("Who is held back is sent nothing; so it can be seen whether it worked."),
        ),
    }


def _told(state: CampaignsState, words: Catalogue) -> str:
    """What is known, or what to do next."""
    gathered = state.gathered
    if state.segment is None:
        return words.text("Choose to whom it goes.")
    if gathered is None:
        return ""
    if not gathered.over:
        return words.text("Found so far: {n}", n=words.number(len(gathered.members)))
    if not gathered.members:
        return words.text("Nobody belongs to this group today.")
    if state.template is None:
        return words.text("There is no text that a campaign may send.")
    if state.looking is not None:
        done, whole = state.looking
        return words.text(
            "{done} of {whole} members looked at", done=words.number(done), whole=words.number(whole)
        )
    if state.preview is not None and not reaches(state.preview):
        return words.text("Nobody of them can be written to now.")
    if state.lacks_offer:
        return words.text("Type what you offer; until then … stands in its place.")
    return ""


def _facts(preview: Preview, words: Catalogue) -> tuple[Fact, ...]:
    def many(count: int) -> str:
        return words.number(preview.of_everybody(count))

    facts = [
        Fact(words.text("Belong to the group"), words.number(preview.audience), strong=True),
        Fact(words.text("Held back"), words.number(preview.held_back)),
        *(
            Fact(reason_words.by(channel, words), many(count), strong=True, tone=Tone.GOOD)
            for channel, count in preview.by_channel
        ),
        *(Fact(reason_words.later(reason, words), many(count)) for reason, count in preview.later),
        *(
            Fact(reason_words.never(reason, words), many(count), tone=Tone.AMBER)
            for reason, count in preview.never
        ),
    ]
    if preview.cost is not None:
        facts.append(Fact(words.text("Cost, about"), words.money(preview.cost), strong=True))
    elif preview.segments:
        facts.append(Fact(words.text("SMS to be paid for"), words.number(preview.segments)))
    if preview.is_estimate:
        told = words.text("Estimated from {n} members", n=words.number(preview.looked_at))
        facts.append(Fact(told, ""))
    return tuple(facts)


def _read(one: Example, words: Catalogue) -> Read:
    outgoing = one.outgoing
    whose = words.text(
        "{name} reads, by {channel}", name=one.name, channel=channel_text(outgoing.channel, words)
    )
    fields = "\n".join(text for _name, text in outgoing.fields)
    parts = (outgoing.subject, outgoing.text or fields)
    return Read(whose, "\n".join(part for part in parts if part))


def _template_name(one: Template, words: Catalogue) -> str:
    return one.names.in_language(words.language) or one.key


def _far(launching: tuple[int, int] | None, words: Catalogue) -> str:
    if launching is None:
        return ""
    done, whole = launching
    return words.text(
        "{done} of {whole} members are noted; nothing is sent before all are.",
        done=words.number(done),
        whole=words.number(whole),
    )
