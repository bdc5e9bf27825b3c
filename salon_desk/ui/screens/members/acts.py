"""What a tap on a member's page leads to: another screen, a statement, or a sheet that asks.

What is recorded then is `ties.py`'s. UI thread only.
"""

from __future__ import annotations

from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.member import Member, Relation
from salon_desk.domain.names import Names
from salon_desk.services.consents import address
from salon_desk.ui.screen import ScreenHost
from salon_desk.ui.screens.members.bands import Band, consent_title
from salon_desk.ui.screens.members.give_sheet import GiveSheet
from salon_desk.ui.screens.members.pin_sheet import PinDesk
from salon_desk.ui.screens.members.presenter import MembersPresenter
from salon_desk.ui.screens.members.privacy_sheet import PrivacyDesk
from salon_desk.ui.screens.members.sheets import (
    BROUGHT_BY,
    ChooseMemberSheet,
    ConsentSheet,
    ReferralSheet,
    RelativeSheet,
)
from salon_desk.ui.view_values import Alert, Question


class PageActs:
    """Answers the taps of the page, of its rows, and of the list of those who may be on it twice."""

    def __init__(self, host: ScreenHost, presenter: MembersPresenter) -> None:
        self._host, self._presenter = host, presenter
        self._ties = presenter.ties
        self._ties.asked = self._tell_asked
        self._privacy = PrivacyDesk(host, presenter.privacy)
        self._pin = PinDesk(host, presenter.pin)

    def act(self, key: str) -> None:
        """A button of the page."""
        opened, ways = self._presenter.state.opened, self._presenter.ways
        if opened is None:
            return
        figures = opened.page.figures
        match key:
            case "ticket":
                ways.open_ticket(figures.member.member_id)
            case "top_up":
                ways.top_up(figures.cards[0][0].card)
            case "card":
                ways.issue_card(figures.member.member_id)
            case "pin":
                self._presenter.pin.begin()
            case "band" if self._presenter.state.band is Band.OWNED:
                self._ties.offers(self._ask_gift)
            case "band" if self._presenter.state.band is Band.FAMILY:
                self._ask_relative()
            case "band":
                self._ask_same()
            case _:
                self._presenter.edit()

    def row(self, key: str) -> None:
        """A row of the band that stands."""
        kind, _, rest = key.partition("/")
        match kind:
            case "asset":
                self._presenter.show_statement(rest)
            case "document":
                self._presenter.ways.show_document(rest)
            case "consent":
                channel, _, purpose = rest.partition("/")
                self._ask_consent(Channel(channel), Purpose(purpose))
            case "relative":
                self._ask_about(rest)
            case "referrer":
                self._ask_referral()
            case "merged":
                self._ask_part(rest)
            case "privacy":
                self._privacy.row(key)
            case _:
                pass

    def merge_twice(self, place: int) -> None:
        """One of those who may be on the list twice."""
        found = self._presenter.state.twice or ()
        if place < len(found) and not found[place].asked:
            kept, *others = found[place].members
            self._ask_merge(kept, others[0])

    def _ask_consent(self, channel: Channel, purpose: Purpose) -> None:
        opened, member = self._presenter.state.opened, self._ties.member
        if opened is None or member is None:
            return
        allows = any(
            one.allows
            for one in opened.known.consents.standings
            if (one.channel, one.purpose) == (channel, purpose)
        )
        sheet = ConsentSheet(
            self._host,
            consent_title(channel, purpose, self._host.language.catalogue),
            text=self._ties.text_of(channel, purpose),
            reached=bool(address(member, channel)),
            allows=allows,
        )
        sheet.agreed.connect(lambda: self._ties.agree(channel, purpose))
        sheet.stopped.connect(lambda: self._ties.stop(channel, purpose))
        self._host.open_sheet(sheet)

    def _ask_relative(self) -> None:
        words = self._host.language.catalogue
        sheet = ChooseMemberSheet(
            self._host, words.text("Who is a relative?"), self._ties.find, relations=True
        )
        sheet.chosen.connect(self._related)
        self._host.open_sheet(sheet)

    def _related(self, member: str, relation: str) -> None:
        if relation == BROUGHT_BY:
            self._ties.brought_by(member)
        else:
            self._ties.relate(member, Relation(relation))

    def _ask_about(self, link: str) -> None:
        opened = self._presenter.state.opened
        found = [one for one in opened.known.family if one.link == link] if opened else []
        if not found:
            return
        member = found[0].member
        sheet = RelativeSheet(self._host, member.called(self._host.language.code))
        sheet.opened.connect(lambda: self._presenter.open(member.member_id))
        sheet.removed.connect(lambda: self._ties.unrelate(link))
        self._host.open_sheet(sheet)

    def _ask_referral(self) -> None:
        opened = self._presenter.state.opened
        referral = opened.known.referral if opened is not None else None
        if referral is None:
            return
        sheet = ReferralSheet(self._host, referral)
        sheet.opened.connect(lambda: self._presenter.open(referral.referrer.member_id))
        sheet.given.connect(self._ties.reward)
        self._host.open_sheet(sheet)

    def _ask_gift(self, offers: tuple[tuple[str, Names], ...]) -> None:
        sheet = GiveSheet(self._host, offers)
        sheet.coupon.connect(self._ties.give_coupon)
        sheet.points.connect(self._ties.give_points)
        self._host.open_sheet(sheet)

    def _ask_same(self) -> None:
        words, member = self._host.language.catalogue, self._ties.member
        if member is None:
            return
        sheet = ChooseMemberSheet(
            self._host, words.text("Who is the same person?"), self._ties.find, relations=False
        )
        sheet.chosen.connect(lambda other, _relation: self._ties.merge(member.member_id, other))
        self._host.open_sheet(sheet)

    def _ask_merge(self, kept: Member, other: Member) -> None:
        words = self._host.language.catalogue
        question = Question(
            words.text("Are these one person?"),
            words.text(
                "{kept} will answer for {other}. Cards and receipts stay as they are, and it can be undone.",
                kept=kept.called(words.language),
                other=other.called(words.language),
            ),
            words.text("Merge"),
            danger=False,
        )
        self._host.ask(
            question, lambda yes: self._ties.merge(kept.member_id, other.member_id) if yes else None
        )

    def _ask_part(self, duplicate: str) -> None:
        words = self._host.language.catalogue
        question = Question(
            words.text("Are these two people?"),
            words.text("Each has its own cards, receipts and description again."),
            words.text("Take apart"),
            danger=False,
        )
        self._host.ask(question, lambda yes: self._ties.part(duplicate) if yes else None)

    def _tell_asked(self) -> None:
        words = self._host.language.catalogue
        self._host.notify(
            Alert.INFORMATION,
            words.text("Head office was asked."),
            words.text("It decides as soon as there is a line; nothing changes until then."),
        )
