"""The behaviour of the screen of groups: one is looked at or changed, its members are counted in slices. No Qt here.

Slices run one after the other on the database worker, so that a sale comes between two; whatever is tapped next stops them.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.domain.segment import Condition, Segment
from salon_desk.domain.tier import TierRule
from salon_desk.services import leaving_list, segments
from salon_desk.services.leaving import Leaver
from salon_desk.services.leaving_list import Kept
from salon_desk.services.leaving_visits import Progress
from salon_desk.services.segments import Look
from salon_desk.services.till import Till
from salon_desk.storage.queries import members
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.segments.form import (
    PickedSegment,
    TypedSegment,
    conditions_of,
    opened,
    segment_of,
)
from salon_desk.ui.screens.segments.reckoning import Reckons
from salon_desk.ui.segment_names import known
from salon_desk.ui.segment_words import ABOUT_TO_LEAVE, LEAVING, Known
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

NEW: Final = "new"
FIRST: Final = 20
_NOTHING_KNOWN: Final = Known()
_BLANK: Final = TypedSegment()
_PLAIN: Final = PickedSegment()


@dataclass(frozen=True, slots=True)
class Leavers:
    """The list of who is about to leave as it is kept, and the first of them."""

    kept: Kept | None
    first: tuple[Leaver, ...]


@dataclass(frozen=True, slots=True)
class SegmentsState:
    """What the screen shows. `chosen`: the group that is open; `editing`: its form, of NEW without a group behind it.

    `look`: who belongs to it as far as was looked, `people`: the members behind the first figures, `progress`: of a reckoning.
    """

    segments: tuple[Segment, ...] | None = None
    known: Known = _NOTHING_KNOWN
    tiers: tuple[TierRule, ...] = ()
    chosen: str = ""
    editing: bool = False
    start: TypedSegment = _BLANK
    picked: PickedSegment = _PLAIN
    look: Look | None = None
    leavers: Leavers | None = None
    people: tuple[Member, ...] = ()
    progress: Progress | None = None
    refusal: DomainError | None = None
    saving: bool = False

    @property
    def segment(self) -> Segment | None:
        """The group that is open."""
        if self.chosen == LEAVING:
            return ABOUT_TO_LEAVE
        return next((one for one in self.segments or () if one.segment == self.chosen), None)


@dataclass(frozen=True, slots=True)
class _Read:
    segments: tuple[Segment, ...]
    known: Known
    tiers: tuple[TierRule, ...]


class SegmentsPresenter:
    """`changed` paints, `opened` puts words into the fields."""

    def __init__(
        self,
        till: Till,
        tasks: Tasks,
        session: Session,
        *,
        approvals: Approvals,
        reckons: Reckons,
        write_to: Callable[[str], None],
        show_member: Callable[[str], None],
    ) -> None:
        """`write_to`: opens a new campaign for a group; `show_member`: a member's page."""
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self._reckons, self._write_to, self._show_member = reckons, write_to, show_member
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.state = SegmentsState()
        self._run = 0

    def begin(self) -> None:
        """The screen comes to the front: read the groups, and look again at the one that is open."""

        def read(found: _Read) -> None:
            self._set(segments=found.segments, known=found.known, tiers=found.tiers)
            if self.state.chosen and not self.state.editing:
                self.choose(self.state.chosen)

        self._tasks.run(self._reading, read, self._refused)

    def choose(self, key: str) -> None:
        """Open a group and count who belongs to it."""
        self.stop()
        self._set(chosen=key, editing=False, look=None, leavers=None, people=(), refusal=None)
        segment = self.state.segment
        if key == LEAVING:
            self._show_leaving()
        elif segment is not None:
            self._count(segment.conditions)

    def add(self) -> None:
        """A new group."""
        self._open_form(NEW, _BLANK, _PLAIN)

    def change(self) -> None:
        """Change the group that is open; of one that came with the program, make a copy."""
        segment = self.state.segment
        if segment is None:
            return
        typed, picked = opened(segment)
        if segment.built_in:
            self._open_form(NEW, replace(typed, name="", name_zh=""), picked)
        else:
            self._open_form(segment.segment, typed, picked)

    def cancel(self) -> None:
        """Close the form and keep nothing of it."""
        self.choose("" if self.state.chosen == NEW else self.state.chosen)

    def tap(self, group: str, key: str, typed: TypedSegment) -> None:
        """A choice of the form."""
        self._set(picked=self.state.picked.tapped(group, key), refusal=None)
        self.typing(typed)

    def typing(self, typed: TypedSegment) -> None:
        """Something is typed: count who would belong to it, as far as it says something."""
        self.stop()
        self._set(look=None, refusal=None)
        try:
            conditions = conditions_of(typed, self.state.picked, self.state.known.currency)
        except DomainError:
            return
        if conditions:
            self._count(conditions)

    def save(self, typed: TypedSegment, called: Names) -> None:
        """Write the form down; `called`: the name where none is typed."""
        if self.state.saving:
            return
        key = self._till.new_id() if self.state.chosen == NEW else self.state.chosen
        try:
            segment = segment_of(key, typed, self.state.picked, self.state.known.currency, called=called)
        except DomainError as error:
            self._set(refusal=error)
            return
        command = self._session.new_command()
        self._act(key, lambda actor: segments.keep(self._till, command, actor, segment))

    def drop(self) -> None:
        """Show the group that is open no more."""
        command, key = self._session.new_command(), self.state.chosen
        self._act("", lambda actor: segments.drop(self._till, command, actor, key))

    def write(self) -> None:
        """A campaign for the group that is open."""
        self.stop()
        self._write_to(self.state.chosen)

    def open_member(self, member: str) -> None:
        """Look at one of those who belong to the group."""
        self.stop()
        self._show_member(member)

    def reckon(self) -> None:
        """Reckon anew who is about to leave, in the background."""
        self._tasks.run(self._today, self._reckon_on, self._refused)

    def tick(self) -> None:
        """See how far a reckoning is; asked while `progress` stands."""
        if self.state.progress is None:
            return
        if not self._reckons.over():
            self._set(progress=self._reckons.progress)
            return
        self._set(progress=None)
        if self.state.chosen == LEAVING:
            self.choose(LEAVING)

    def stop(self) -> None:
        """Look no further; what was counted so far is not shown as the whole."""
        self._run += 1
        look = self.state.look
        if look is not None and not look.over:
            self._set(look=None)

    def stop_reckoning(self) -> None:
        """The list that is kept stays."""
        self._reckons.stop()

    def _act(self, then: str, work: Callable[[Any], None]) -> None:
        """Write something down, and open what stands then."""
        self.stop()
        self._set(saving=True, refusal=None)

        def done(_none: None) -> None:
            self._set(saving=False, editing=False, chosen=then)
            self.begin()

        run_approved(self._tasks, self._approvals, self._session.actor, work, done=done, failed=self._refused)

    def _open_form(self, key: str, typed: TypedSegment, picked: PickedSegment) -> None:
        self.stop()
        self._set(chosen=key, editing=True, start=typed, picked=picked, look=None, people=(), refusal=None)
        self.opened()
        self.typing(typed)

    def _count(self, conditions: Sequence[Condition]) -> None:
        self.stop()
        run = self._run
        self._tasks.run(
            lambda: segments.begin(self._till, conditions), lambda look: self._go_on(run, look), self._refused
        )

    def _go_on(self, run: int, look: Look) -> None:
        """The next slice, until everybody was looked at."""
        if run != self._run:
            return
        self._set(look=look)

        def named(people: tuple[Member, ...]) -> None:
            if run == self._run:
                self._set(people=people)

        if look.over:
            ids = [one.member for one in look.first]
            self._tasks.run(lambda: self._members(ids), named, self._refused)
        else:
            self._tasks.run(
                lambda: segments.go_on(self._till, look, FIRST),
                lambda more: self._go_on(run, more),
                self._refused,
            )

    def _show_leaving(self) -> None:
        run = self._run

        def read() -> tuple[Leavers, tuple[Member, ...]]:
            with self._till.read() as transaction:
                kept = leaving_list.kept(transaction)
                first = [one for _number, one in leaving_list.people(transaction, most=FIRST)] if kept else []
            return Leavers(kept, tuple(first)), self._members([one.member for one in first])

        def shown(found: tuple[Leavers, tuple[Member, ...]]) -> None:
            if run == self._run:
                self._set(leavers=found[0], people=found[1])

        self._tasks.run(read, shown, self._refused)

    def _members(self, ids: Sequence[str]) -> tuple[Member, ...]:
        with self._till.read() as transaction:
            found = (members.member(transaction, one) for one in ids)
            return tuple(one for one in found if one is not None)

    def _today(self) -> str:
        with self._till.read() as transaction:
            return self._till.business_day(transaction)

    def _reckon_on(self, today: str) -> None:
        if self.state.progress is None:
            self._reckons.start(today)
            self._set(progress=self._reckons.progress)

    def _reading(self) -> _Read:
        names, rules = known(self._till)
        return _Read(tuple(segments.shown(self._till)), names, rules)

    def _refused(self, error: DomainError | None) -> None:
        self._set(saving=False, refusal=error)

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
