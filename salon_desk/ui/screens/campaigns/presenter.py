"""The behaviour of the screen of campaigns: a new one is put together, looked at and sent; one that is out is watched and stopped. No Qt.

Everything that takes long runs in slices on the database worker, so that a sale comes between two; whatever is tapped next drops what
was looked at before. Nothing is sent before the last slice of a launch, so stopping one is safe.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final

from salon_desk.domain.built_in_templates import BuiltIn
from salon_desk.domain.errors import DomainError
from salon_desk.domain.member import Member
from salon_desk.domain.message_template import Template
from salon_desk.domain.segment import Segment
from salon_desk.services import campaigns, message_templates, segments
from salon_desk.services.campaign_preview import Asks, Preview, Previewing
from salon_desk.services.campaign_results import Result, Tallying
from salon_desk.services.campaigns import Draft, Launch
from salon_desk.services.till import Actor, Till
from salon_desk.storage import parent
from salon_desk.storage.queries import members
from salon_desk.storage.queries.campaigns import Campaign
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.screens.campaigns import draft as drafts
from salon_desk.ui.screens.campaigns.draft import Gathering, PickedCampaign, TypedCampaign
from salon_desk.ui.segment_names import known
from salon_desk.ui.segment_words import ABOUT_TO_LEAVE, Known
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

NEW: Final = "new"
MOST_NAMED: Final = 50
"""So many of those who came back are named on the page."""
_NOTHING_KNOWN: Final = Known()
_BLANK: Final = TypedCampaign()
_PLAIN: Final = PickedCampaign()
Far = tuple[int, int]
"""How many of how many members."""


@dataclass(frozen=True, slots=True)
class CampaignsState:
    """What the screen shows. `chosen`: the campaign that is open, NEW for one that is put together, empty for none.

    `gathered`: who belongs to its group; `preview`: what would become of them, `quick`: as the first few of them would read it;
    `looking`, `tallying`, `launching`: how far these are; `result`: what came of one that is out, `people`: the first who came back.
    """

    campaigns: tuple[Campaign, ...] | None = None
    segments: tuple[Segment, ...] = ()
    templates: tuple[Template, ...] = ()
    known: Known = _NOTHING_KNOWN
    store: str = ""
    time_zone: str = "UTC"
    now: str = ""
    elsewhere: bool = False
    chosen: str = ""
    typed: TypedCampaign = _BLANK
    picked: PickedCampaign = _PLAIN
    gathered: Gathering | None = None
    preview: Preview | None = None
    quick: Preview | None = None
    looking: Far | None = None
    launching: Far | None = None
    result: Result | None = None
    people: tuple[Member, ...] = ()
    tallying: Far | None = None
    refusal: DomainError | None = None

    @property
    def segment(self) -> Segment | None:
        """The group that the new one is for."""
        return next((one for one in self.segments if one.segment == self.picked.segment), None)

    @property
    def template(self) -> Template | None:
        """The text that the new one sends."""
        return next((one for one in self.templates if one.key == self.picked.template), None)

    @property
    def campaign(self) -> Campaign | None:
        """The one that is open and out."""
        return next((one for one in self.campaigns or () if one.campaign == self.chosen), None)

    @property
    def lacks_offer(self) -> bool:
        """Whether the text has a place for an offer and nobody typed one."""
        offered = self.typed.offer or self.typed.offer_zh
        return self.template is not None and drafts.needs_offer(self.template) and not offered


@dataclass(frozen=True, slots=True)
class CampaignDesk:
    """What a campaign needs besides the till: the templates that come with the program, and the gate; both made when first wanted."""

    built_in: Callable[[], BuiltIn]
    asks: Callable[[], Asks]


class CampaignsPresenter:
    """`changed` paints, `opened` empties the fields."""

    def __init__(
        self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals, desk: CampaignDesk
    ) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self._desk = desk
        self.changed: Callable[[], None] = _nobody
        self.opened: Callable[[], None] = _nobody
        self.state = CampaignsState()
        self._run = 0
        self._command, self._begun = "", False

    def begin(self) -> None:
        """The screen comes to the front: read what there is; what is open is looked at again."""

        def read(found: dict[str, Any]) -> None:
            self._set(**found)
            if self.state.template is None and self.state.templates:
                self._set(picked=replace(self.state.picked, template=self.state.templates[0].key))
            if self.state.chosen == NEW and self.state.launching is None:
                self._gather()
            elif self.state.campaign is not None:
                self.choose(self.state.chosen)

        self._tasks.run(self._reading, read, self._refused)

    def choose(self, key: str) -> None:
        """Open one that is out."""
        self._close()
        self._set(chosen=key)
        campaign = self.state.campaign
        if campaign is not None:
            self._tally(Tallying(campaign, self._till.store.clock.now()), self._run)

    def new(self, segment: str = "") -> None:
        """Put a new one together, for a group; what was typed of another one is gone."""
        self._close()
        self._renew()
        self._set(chosen=NEW, typed=_BLANK, picked=replace(_PLAIN, segment=segment))
        self.opened()
        self.begin()

    def tap(self, group: str, key: str) -> None:
        """A choice of the form."""
        if self.state.launching is not None:
            return
        before = self.state.picked
        self._renew_if_begun()
        self._set(picked=before.tapped(group, key), refusal=None)
        if group == "segment":
            self._gather()
        else:
            self._look()

    def typing(self, typed: TypedCampaign) -> None:
        """Something is typed: what was looked at is of another text."""
        if typed == self.state.typed or self.state.launching is not None:
            return
        self._renew_if_begun()
        same = replace(typed, name="") == replace(self.state.typed, name="")
        self._set(typed=typed, refusal=None)
        if not same:
            self._look()

    def send(self, name: str) -> None:
        """Launch it; `name` where none is typed. What it says stands from here on."""
        gathered, preview, segment = self.state.gathered, self.state.preview, self.state.segment
        if None in (gathered, preview, segment) or self.state.launching is not None:
            return
        assert gathered is not None
        assert preview is not None
        draft = self._draft(name, preview.segments)
        self._run += 1
        run, command, self._begun = self._run, self._command, True
        self._set(launching=(0, len(gathered.members)), refusal=None)

        def begun(actor: Actor) -> Launch:
            launch = Launch(self._till, command, actor, draft, gathered.members)
            launch.step()
            return launch

        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            begun,
            done=lambda launch: self._launch(launch, run),
            failed=self._refused,
        )

    def stop_launch(self) -> None:
        """Send nothing after all; what was written down of it has no effect, and the next try is a campaign of its own."""
        self._run += 1
        self._renew()
        self._set(launching=None)
        self._look()

    def stop(self, reason: str) -> None:
        """Send nothing more for the one that is open."""
        command, campaign = self._session.new_command(), self.state.chosen
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: campaigns.stop(self._till, command, actor, campaign, reason),
            done=lambda _none: self.begin(),
            failed=self._refused,
        )

    def left(self) -> None:
        """Another screen comes to the front: look at nothing more; a launch goes on."""
        if self.state.launching is None:
            self._run += 1

    def _gather(self) -> None:
        """See who belongs to the group, then what would become of them."""
        self._run += 1
        run, segment = self._run, self.state.segment
        self._set(gathered=None, preview=None, quick=None, looking=None)
        if segment is None:
            return

        def go_on(so_far: Gathering) -> None:
            if run != self._run:
                return
            self._set(gathered=so_far)
            if so_far.over:
                self._look()
            else:
                self._tasks.run(lambda: drafts.go_on(self._till, so_far), go_on, self._refused)

        self._tasks.run(lambda: drafts.begin(self._till, segment.conditions), go_on, self._refused)

    def _look(self) -> None:
        """See what would become of it as it stands."""
        gathered = self.state.gathered
        if gathered is None or not gathered.over:
            return
        self._run += 1
        run, draft, command = self._run, drafts.with_blank(self._draft(NEW)), self._command
        self._set(preview=None, looking=None)
        if not gathered.members or self.state.template is None:
            self._set(quick=None)
            return
        self._tasks.run(
            lambda: drafts.looks(self._desk.asks, self._till, command, draft, gathered.members),
            lambda looks: self._look_on(looks, run),
            self._refused,
        )

    def _look_on(self, looks: Sequence[Previewing], run: int) -> None:
        """The next slice."""
        if run != self._run or not looks:
            return
        looking = looks[0]
        if looking.result is None:
            self._set(looking=looking.progress)
            self._tasks.run(
                lambda: drafts.look_on(self._till, looking),
                lambda _more: self._look_on(looks, run),
                self._refused,
            )
        elif len(looks) > 1:
            self._set(quick=looking.result)
            self._look_on(looks[1:], run)
        else:
            self._set(quick=looking.result, preview=looking.result, looking=None)

    def _launch(self, launch: Launch, run: int) -> None:
        """The next slice of a launch."""
        if run != self._run:
            return
        self._set(launching=launch.progress)
        if not launch.launched:
            self._tasks.run(launch.step, lambda _more: self._launch(launch, run), self._refused)
            return
        self._close()
        self._set(chosen=launch.campaign)
        self.begin()

    def _tally(self, tallying: Tallying, run: int) -> None:
        """The next slice of a result."""
        if run != self._run:
            return
        result = tallying.result
        if result is not None:
            self._set(result=result, tallying=None)
            self._tasks.run(lambda: self._came(result), lambda people: self._name(people, run), self._refused)
            return
        self._set(tallying=tallying.progress)

        def step() -> bool:
            with self._till.read() as transaction:
                return tallying.step(transaction)

        self._tasks.run(step, lambda _more: self._tally(tallying, run), self._refused)

    def _came(self, result: Result) -> tuple[Member, ...]:
        with self._till.read() as transaction:
            found = (members.member(transaction, one.member) for one in result.people[:MOST_NAMED])
            return tuple(one for one in found if one is not None)

    def _name(self, people: tuple[Member, ...], run: int) -> None:
        if run == self._run:
            self._set(people=people)

    def _draft(self, name: str, said: int = 0) -> Draft:
        state = self.state
        conditions = state.segment.conditions if state.segment else ()
        return drafts.draft_of(
            state.typed, state.picked, conditions, name=name, store=state.store, segments_said=said
        )

    def _reading(self) -> dict[str, Any]:
        names, _tiers = known(self._till)
        listed = message_templates.listed(self._till, self._desk.built_in())
        templates = tuple(one.template for one in listed if drafts.fits(one))
        with self._till.read() as transaction:
            shop = self._till.shop(transaction)
            elsewhere = parent.read(transaction) is not None
        return {
            "campaigns": tuple(campaigns.shown(self._till)),
            "segments": (ABOUT_TO_LEAVE, *segments.shown(self._till)),
            "templates": templates,
            "known": names,
            "store": shop.store,
            "time_zone": shop.time_zone,
            "now": self._till.now(),
            "elsewhere": elsewhere,
        }

    def _refused(self, error: DomainError | None) -> None:
        self._set(refusal=error, launching=None, looking=None, tallying=None)

    def _renew_if_begun(self) -> None:
        """What is changed after a launch that failed half-way is another campaign; unchanged, it goes on with the same one."""
        if self._begun:
            self._renew()

    def _renew(self) -> None:
        self._command, self._begun = self._session.new_command(), False

    def _close(self) -> None:
        """What is open is open no more."""
        self._run += 1
        self._set(
            chosen="",
            gathered=None,
            preview=None,
            quick=None,
            looking=None,
            launching=None,
            result=None,
            people=(),
            tallying=None,
            refusal=None,
        )

    def _set(self, **changes: Any) -> None:
        self.state = replace(self.state, **changes)
        self.changed()


def _nobody() -> None:
    """Nobody looks yet."""
