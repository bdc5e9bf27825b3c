"""What the members screen records besides the description: consents, family, who is the same person as whom.

No Qt here: sheets ask, this records, and the page is read again. Which permission is needed is the services' business.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Protocol

from salon_desk.documents.consent_words import consent_text
from salon_desk.domain.consent import Channel, Purpose
from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member, Relation
from salon_desk.domain.names import Names
from salon_desk.i18n import Catalogue
from salon_desk.services import consents, coupons, family, members, merging, points, referrals
from salon_desk.services.consents import Asked
from salon_desk.services.coupons import Gift
from salon_desk.services.till import Actor, Till
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.members import reading
from salon_desk.ui.screens.members.reading import MemberFound, MemberOpened
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

SAID_AT_COUNTER = "counter"


class Page(Protocol):
    """The page that the acts are about (the screen's presenter)."""

    refuse: Callable[[DomainError], None]

    @property
    def opened(self) -> MemberOpened | None:
        """The member whose page stands."""
        ...

    def read_again(self) -> None:
        """Something about the member has changed."""
        ...


class Ties:
    """Acts on the member whose page stands. `asked`: a merge was only asked for, because head office decides."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        screen: Page,
    ) -> None:
        self._till, self._tasks, self._session = till, tasks, session
        self._approvals, self._screen = approvals, screen
        self.asked: Callable[[], None] = lambda: None

    @property
    def member(self) -> Member | None:
        """The member whose page stands."""
        opened = self._screen.opened
        return opened.page.figures.member if opened is not None else None

    def text_of(self, channel: Channel, purpose: Purpose) -> str:
        """What has to be shown to the member before a consent, in the member's language."""
        opened, member = self._screen.opened, self.member
        if opened is None or member is None:
            return ""
        return consent_text(
            channel,
            purpose,
            shop=opened.shop.names.in_language(member.language),
            address=consents.address(member, channel),
            say=Catalogue.load(member.language),
        )

    def agree(self, channel: Channel, purpose: Purpose) -> None:
        """The member was shown the text and agreed."""
        member, text = self.member, self.text_of(channel, purpose)
        if member is None:
            return
        asked = Asked(channel, purpose, text=text, language=member.language)
        command = self._session.new_command()
        self._run(lambda actor: consents.give(self._till, command, actor, member.member_id, asked))

    def stop(self, channel: Channel, purpose: Purpose) -> None:
        """The member wants no more of it."""
        member = self.member
        if member is None:
            return
        command = self._session.new_command()
        self._run(
            lambda actor: consents.withdraw(
                self._till, command, actor, member.member_id, of=[(channel, purpose)], said=SAID_AT_COUNTER
            )
        )

    def relate(self, other: str, relation: Relation) -> None:
        """Somebody is a relative of the member."""
        member = self.member
        if member is None:
            return
        command = self._session.new_command()
        self._run(
            lambda actor: family.link(
                self._till, command, actor, member.member_id, other=other, relation=relation
            )
        )

    def unrelate(self, link: str) -> None:
        """They are no relatives."""
        command = self._session.new_command()
        self._run(lambda actor: family.unlink(self._till, command, actor, link))

    def brought_by(self, referrer: str) -> None:
        """Who brought the member here; what that is worth is a rule's business."""
        member = self.member
        if member is None:
            return
        command = self._session.new_command()
        changed = replace(member, referred_by=referrer)
        self._run(lambda actor: members.edit(self._till, command, actor, changed))

    def reward(self, promotion: str) -> None:
        """Both sides of the referral get this coupon."""
        member = self.member
        if member is None:
            return
        command = self._session.new_command()
        self._run(lambda actor: referrals.reward(self._till, command, actor, member.member_id, promotion))

    def offers(self, then: Callable[[tuple[tuple[str, Names], ...]], None]) -> None:
        """The coupons that can be given, for a sheet that asks."""
        self._tasks.run(lambda: coupons.givable(self._till), then, self._screen.refuse)

    def give_coupon(self, promotion: str) -> None:
        """The member gets a coupon by hand."""
        member = self.member
        if member is None:
            return
        command, to = self._session.new_command(), [member.member_id]
        self._run(lambda actor: coupons.give(self._till, command, actor, to, Gift(promotion)))

    def give_points(self, number: int) -> None:
        """The member gets points by hand."""
        member = self.member
        if member is None:
            return
        command = self._session.new_command()
        self._run(
            lambda actor: points.grant(
                self._till, command, actor, member.member_id, points=number, reason=SAID_AT_COUNTER
            )
        )

    def merge(self, member: str, duplicate: str) -> None:
        """The two are one person; `member` answers for both."""
        command = self._session.new_command()
        self._run(
            lambda actor: merging.merge(self._till, command, actor, member, duplicate=duplicate),
            self._merged,
        )

    def part(self, duplicate: str) -> None:
        """They were two people after all."""
        command = self._session.new_command()
        self._run(lambda actor: merging.unmerge(self._till, command, actor, duplicate), self._merged)

    def find(self, fragment: str, found: Callable[[tuple[MemberFound, ...]], None]) -> None:
        """Members for a sheet that asks for one, without the one whose page stands; answered while typing."""
        member = self.member

        def told(everybody: tuple[MemberFound, ...]) -> None:
            found(
                tuple(one for one in everybody if member is None or one.member.member_id != member.member_id)
            )

        self._tasks.run(lambda: reading.find(self._till, fragment), told, replaces="members.sheet")

    def _merged(self, decided: object) -> None:
        if not decided:
            self.asked()

    def _run(self, work: Callable[[Actor], object], then: Callable[[object], None] | None = None) -> None:
        def done(result: object) -> None:
            self._screen.read_again()
            if then is not None:
                then(result)

        def failed(error: DomainError | None) -> None:
            if error is not None:
                self._screen.refuse(error)

        run_approved(self._tasks, self._approvals, self._session.actor, work, done=done, failed=failed)
