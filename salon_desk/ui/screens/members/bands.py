"""What stands under a member's head, band by band: what is owned, history, about, messages, family. Pure, no Qt.

A band is rows and at most one button; what a tap on a row means is in its key ("asset/…", "consent/sms/marketing").
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Final

from salon_desk.domain.clock import instant_text
from salon_desk.domain.consent import Channel, Purpose, Standing, State
from salon_desk.domain.member import Member, Relation, birthday_on, phone_tail
from salon_desk.domain.money import Money
from salon_desk.i18n import N_, Catalogue
from salon_desk.operations.hybrid_clock import instant_of
from salon_desk.services.consents import address
from salon_desk.services.owned import asset_name
from salon_desk.storage.queries.owned import Owned
from salon_desk.storage.queries.tiers import TierChange
from salon_desk.ui.counter.tender_words import on_screen
from salon_desk.ui.document_words import document_row
from salon_desk.ui.screens.members.privacy import privacy_rows
from salon_desk.ui.screens.members.reading import Known, MemberOpened, RelativeKnown
from salon_desk.ui.shop_time import written
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import Chip, ListRow

DOT = " · "


class Band(StrEnum):
    """One of the things that are known of a member."""

    OWNED = "owned"
    HISTORY = "history"
    ABOUT = "about"
    MESSAGES = "messages"
    FAMILY = "family"
    PRIVACY = "privacy"


@dataclass(frozen=True, slots=True)
class BandModel:
    """A band, ready to read. `act`: the button under its rows, empty for none; `text`: what may need several lines, above them."""

    label: str
    rows: tuple[ListRow, ...]
    act: str = ""
    text: str = ""


CHANNELS: Final = {Channel.SMS: N_("Text message"), Channel.EMAIL: N_("E-mail"), Channel.WECHAT: N_("WeChat")}
PURPOSES: Final = {Purpose.TRANSACTIONAL: N_("visits and balance"), Purpose.MARKETING: N_("offers")}
RELATIONS: Final = {
    Relation.SPOUSE: N_("Spouse"),
    Relation.PARENT: N_("Parent"),
    Relation.CHILD: N_("Child"),
    Relation.SIBLING: N_("Sibling"),
    Relation.FRIEND: N_("Friend"),
    Relation.OTHER: N_("Relative"),
}


TIER_REASONS: Final = {
    "spend": N_("{measured} spent, {least} asked for"),
    "visits": N_("Visits: {measured}, asked for {least}"),
    "top_up": N_("{measured} topped up, {least} asked for"),
    "referrals": N_("Members brought: {measured}, asked for {least}"),
}


def band_chips(opened: MemberOpened, words: Catalogue) -> tuple[Chip, ...]:
    """The bands to choose from; how much there is of what can be counted."""
    known = opened.known
    names = {
        Band.OWNED: words.text("Owned"),
        Band.HISTORY: words.text("History"),
        Band.ABOUT: words.text("About"),
        Band.MESSAGES: words.text("Messages"),
        Band.FAMILY: words.text("Family {n}", n=len(known.family)) if known.family else words.text("Family"),
        Band.PRIVACY: words.text("Privacy"),
    }
    return tuple(Chip(name, key=band.value) for band, name in names.items())


def band_model(band: Band, opened: MemberOpened, words: Catalogue) -> BandModel:
    """One band in a language."""
    match band:
        case Band.OWNED:
            return _owned(opened, words)
        case Band.HISTORY:
            return _history(opened, words)
        case Band.ABOUT:
            return _about(opened, words)
        case Band.MESSAGES:
            return _messages(opened, words)
        case Band.FAMILY:
            return _family(opened, words)
        case Band.PRIVACY:
            return BandModel(words.text("What the member may ask for"), privacy_rows(words))


def worth(units: int, currency: str, words: Catalogue) -> str:
    """Units of an asset as a reader sees them: money where there is a currency, else a number."""
    return words.money(Money(units, currency)) if currency else words.number(units)


def _owned(opened: MemberOpened, words: Catalogue) -> BandModel:
    rows = tuple(_owned_row(one, words) for one in opened.known.owned)
    label = words.text("Tap one for its statement") if rows else words.text("Nothing is owned yet.")
    return BandModel(label, rows, act=words.text("Give a coupon or points"))


def _owned_row(one: Owned, words: Catalogue) -> ListRow:
    named, shown = one.named, []
    if named.why_not:
        shown.append(words.text("Frozen: {reason}", reason=named.why_not))
    if one.elsewhere:
        shown.append(words.text("{amount} elsewhere", amount=worth(one.elsewhere, named.currency, words)))
    if one.held:
        shown.append(words.text("{amount} held for a payment", amount=worth(one.held, named.currency, words)))
    if named.until:
        shown.append(words.text("until {day}", day=words.day(date.fromisoformat(named.until), year=True)))
    return ListRow(
        key=f"asset/{named.assets[0]}",
        title=on_screen(asset_name(named, words)),
        detail=DOT.join(shown)
        or words.text("balance {amount}", amount=worth(one.whole, named.currency, words)),
        figure=worth(one.here, named.currency, words),
        figure_detail=words.text("frozen") if named.why_not else words.text("usable here"),
        tone=Tone.DANGER if named.why_not else Tone.PLAIN,
    )


def _history(opened: MemberOpened, words: Catalogue) -> BandModel:
    documents = opened.page.documents
    rows = tuple(document_row(one, opened.shop.time_zone, words) for one in documents)
    return BandModel(
        words.text("Latest receipts") if rows else words.text("Nothing was bought yet."),
        tuple(_keyed(row, "document") for row in rows),
    )


def _about(opened: MemberOpened, words: Catalogue) -> BandModel:
    member, known = opened.page.figures.member, opened.known
    facts = (
        (words.text("Tags"), DOT.join(member.tags)),
        (words.text("Usual technician"), known.person(member.preferred_technician, words.language)),
        (words.text("Consultant"), known.person(member.consultant, words.language)),
        (words.text("Colours"), member.colours),
        (words.text("Pressure"), member.pressure),
        (words.text("Birthday"), birthday_words(member, words)),
        (words.text("E-mail"), member.email),
        (words.text("WeChat"), member.wechat),
        (words.text("Brought by"), known.referral.referrer.called(words.language) if known.referral else ""),
    )
    rows = [ListRow(f"fact/{at}", value, label) for at, (label, value) in enumerate(facts) if value]
    rows += [] if known.tier_change is None else [_tier_row(known.tier_change, opened, words)]
    rows += [_acknowledged(opened, at, words) for at in range(len(known.acknowledged))]
    rows += [
        ListRow(
            f"merged/{one.member.member_id}",
            one.member.called(words.language),
            words.text("Merged into this member. Tap to take apart."),
            tone=Tone.AMBER,
        )
        for one in known.merged
    ]
    note = words.text("Note: {note}", note=member.note) if member.note else ""
    likes = words.text("Likes: {likes}", likes=member.preferences) if member.preferences else ""
    text = "\n".join(part for part in (note, likes) if part)
    known_so_far = words.text("What is known") if rows or text else ""
    label = known_so_far or words.text("Nothing is known yet. Tap Edit to add.")
    return BandModel(label, tuple(rows), words.text("Same person as…"), text)


def _tier_row(change: TierChange, opened: MemberOpened, words: Catalogue) -> ListRow:
    """Why the member has the tier, or has none any more."""
    when = written(instant_text(instant_of(change.at)), opened.shop.time_zone, words)
    if not change.tier:
        return ListRow("tier", words.text("No tier's rule is met any more"), when)
    is_money = change.measure in ("spend", "top_up")
    currency = opened.shop.currency if is_money else ""
    said = words.text(
        TIER_REASONS[change.measure],
        measured=worth(change.measured, currency, words),
        least=worth(change.least, currency, words),
    )
    return ListRow("tier", said, DOT.join((words.text("Tier"), when)))


def birthday_words(member: Member, words: Catalogue) -> str:
    """The day of the birthday, without its year."""
    if not member.birthday:
        return ""
    month, day = birthday_on(member).split("-")
    return words.text("{month}/{day}", month=int(month), day=int(day))


def _acknowledged(opened: MemberOpened, at: int, words: Catalogue) -> ListRow:
    one = opened.known.acknowledged[at]
    when = written(instant_text(instant_of(one.at)), opened.shop.time_zone, words)
    return ListRow(
        f"acknowledged/{at}",
        words.text("Allergy shown: {substances}", substances=DOT.join(one.substances)),
        DOT.join(part for part in (opened.known.person(one.actor, words.language), when) if part),
    )


def _messages(opened: MemberOpened, words: Catalogue) -> BandModel:
    rows = tuple(_consent_row(one, opened, words) for one in opened.known.consents.standings)
    return BandModel(words.text("What the member may be sent. Tap to ask or to stop."), rows)


def consent_title(channel: Channel, purpose: Purpose, words: Catalogue) -> str:
    """A channel with what it is for."""
    return words.text(
        "{channel}: {purpose}",
        channel=words.text(CHANNELS[channel]),
        purpose=words.text(PURPOSES[purpose]),
    )


def _consent_row(one: Standing, opened: MemberOpened, words: Catalogue) -> ListRow:
    member = opened.page.figures.member
    reached = address(member, one.channel)
    if one.channel is Channel.SMS and reached:  # a guest can see the screen
        reached = words.text("phone ending {tail}", tail=phone_tail(reached))
    tones = {State.GIVEN: Tone.GOOD, State.IMPLIED: Tone.GOOD, State.WITHDRAWN: Tone.DANGER}
    return ListRow(
        key=f"consent/{one.channel.value}/{one.purpose.value}",
        title=consent_title(one.channel, one.purpose, words),
        detail=_evidence(one, opened.known, opened.shop.time_zone, words) or reached,
        figure=_state(one, words),
        figure_detail="" if reached else words.text("no address yet"),
        tone=tones.get(one.state, Tone.PLAIN),
    )


def _state(one: Standing, words: Catalogue) -> str:
    match one.state:
        case State.NEVER:
            return words.text("Not asked")
        case State.GIVEN:
            return words.text("Agreed")
        case State.IMPLIED:
            return words.text("Implied")
        case State.LAPSED:
            return words.text("Lapsed")
        case State.WITHDRAWN:
            return words.text("Stopped")


def _evidence(one: Standing, known: Known, time_zone: str, words: Catalogue) -> str:
    if one.said is None:
        return ""
    when = written(one.said.at, time_zone, words)
    until = (
        words.text("until {day}", day=words.day(date.fromisoformat(one.until), year=True))
        if one.until
        else ""
    )
    return DOT.join(part for part in (when, known.person(one.said.actor, words.language), until) if part)


def _family(opened: MemberOpened, words: Catalogue) -> BandModel:
    rows = tuple(_relative_row(one, words) for one in opened.known.family)
    referral = opened.known.referral
    if referral is not None:
        done = words.text("both have their coupon") if referral.rewarded else ""
        name = referral.referrer.called(words.language)
        rows += (ListRow("referrer", name, words.text("Brought by"), figure_detail=done),)
    label = words.text("Family and friends") if rows else words.text("Nobody of the family is known yet.")
    return BandModel(label, rows, words.text("Add a relative"))


def _relative_row(one: RelativeKnown, words: Catalogue) -> ListRow:
    name = one.member.called(words.language)
    return ListRow(
        key=f"relative/{one.link}",
        title=name,
        detail=words.text(RELATIONS[one.relation]),
        initial=name[:1].upper(),
        tone=Tone.DANGER if one.member.allergies else Tone.PLAIN,
    )


def _keyed(row: ListRow, kind: str) -> ListRow:
    return ListRow(
        key=f"{kind}/{row.key}",
        title=row.title,
        detail=row.detail,
        figure=row.figure,
        figure_detail=row.figure_detail,
        tone=row.tone,
    )
