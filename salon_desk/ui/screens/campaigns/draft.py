"""A campaign before it goes out: what is typed and tapped, and the work on it that the database worker does in slices. No Qt.

Who may be written to is the gate's (`services/campaign_preview.py`); who is asked for is a group's conditions.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Final

from salon_desk.domain.campaign import HELD_BACK_PERCENT, Terms
from salon_desk.domain.consent import Purpose
from salon_desk.domain.message import Trigger
from salon_desk.domain.message_template import Template
from salon_desk.domain.names import Names
from salon_desk.domain.segment import Condition
from salon_desk.services import segments
from salon_desk.services.campaign_preview import A_STEP, Asks, Previewing
from salon_desk.services.campaigns import OFFER, Draft
from salon_desk.services.message_templates import Listed
from salon_desk.services.till import Till
from salon_desk.storage.queries import segments as stored
from salon_desk.storage.queries.segment_terms import Question

HELD_BACK: Final = (0, HELD_BACK_PERCENT, 20)
BLANK: Final = "…"
"""Stands for an offer that nobody typed yet, so that the text can be read before."""


@dataclass(frozen=True, slots=True)
class TypedCampaign:
    """The words in the fields, as they were typed."""

    offer: str = ""
    offer_zh: str = ""
    name: str = ""

    @property
    def offered(self) -> Names:
        """What is offered, in each language."""
        return Names(self.offer, self.offer_zh)


@dataclass(frozen=True, slots=True)
class PickedCampaign:
    """What is tapped: the group, the text, how many of a hundred are held back."""

    segment: str = ""
    template: str = ""
    held_back: int = HELD_BACK_PERCENT

    def tapped(self, group: str, key: str) -> PickedCampaign:
        """The same after a tap on `key` of a group."""
        match group:
            case "segment":
                return replace(self, segment=key)
            case "template":
                return replace(self, template=key)
            case _:
                return replace(self, held_back=int(key))


@dataclass(frozen=True, slots=True)
class Gathering:
    """Who belongs to the group, as far as was looked; `over`: everybody was."""

    question: Question
    members: tuple[str, ...] = ()
    after: str = ""
    over: bool = False


def begin(till: Till, conditions: Sequence[Condition]) -> Gathering:
    """Begin to look who belongs to a group. Database worker."""
    with till.read() as transaction:
        return Gathering(segments.question(till.store, till.rules, conditions)(transaction))


def go_on(till: Till, so_far: Gathering) -> Gathering:
    """One slice more. Database worker."""
    with till.read() as transaction:
        page = stored.page(transaction, so_far.question, so_far.after)
    return replace(so_far, members=(*so_far.members, *page.members), after=page.after, over=not page.after)


def fits(one: Listed) -> bool:
    """Whether a text may be sent by a campaign: one that sells, and that no other occasion sends."""
    template = one.template
    return template.purpose is Purpose.MARKETING and template.trigger in (Trigger.CAMPAIGN, None)


def needs_offer(template: Template) -> bool:
    """Whether a text has a place for what is offered."""
    place = "{" + OFFER + "}"
    return any(place in text for text in (template.texts.en, template.texts.zh_CN, template.texts.zh_TW))


def looks(
    asks: Callable[[], Asks], till: Till, command: str, draft: Draft, audience: Sequence[str]
) -> list[Previewing]:
    """Ways to look at a draft, one after the other: the first members at once, so that they can be read, then everybody.

    Database worker. Raises CampaignInvalid, TextTooLong.
    """
    now = till.store.clock.now()
    parts = [audience[:A_STEP], audience] if len(audience) > 2 * A_STEP else [audience]
    return [Previewing(asks(), command, draft, part, now) for part in parts]


def look_on(till: Till, looking: Previewing) -> bool:
    """One slice more; whether there is more. Database worker."""
    with till.read() as transaction:
        return looking.step(transaction)


def draft_of(
    typed: TypedCampaign,
    picked: PickedCampaign,
    conditions: Sequence[Condition],
    *,
    name: str,
    store: str,
    segments_said: int = 0,
) -> Draft:
    """The campaign as the form says it; `name` where none is typed."""
    terms = Terms(
        name=typed.name or name,
        segment=picked.segment,
        template=picked.template,
        store=store,
        held_back_percent=picked.held_back,
        offer=typed.offered,
    )
    return Draft(terms, tuple(conditions), segments=segments_said)


def with_blank(draft: Draft) -> Draft:
    """The same to be looked at where nothing is offered yet."""
    offer = draft.terms.offer
    if offer.en or offer.zh_CN:
        return draft
    return replace(draft, terms=replace(draft.terms, offer=Names(BLANK, BLANK)))
