"""The tiers screen's behaviour: one rule is changed at a time, tried on all members, and only then let hold.

No Qt here. What is typed stays in the form's fields until it is tried; amounts are typed in the currency's units.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal, InvalidOperation

from salon_desk.domain.errors import DomainError, TierInvalid
from salon_desk.domain.member import Member
from salon_desk.domain.names import Names
from salon_desk.domain.tier import Measure, TierRule, check_rules
from salon_desk.services import tiers
from salon_desk.services.tiers import NOBODY, Looked, Preview
from salon_desk.services.till import Till
from salon_desk.storage.queries import members
from salon_desk.storage.queries import tiers as stored
from salon_desk.ui.approval.asking import Approvals, run_approved
from salon_desk.ui.session import Session
from salon_desk.ui.tasks import Tasks

MONEY = (Measure.SPEND, Measure.TOP_UP)
_SHOWN = 40


@dataclass(frozen=True, slots=True)
class TypedTier:
    """What stands in the fields of one rule."""

    zh: str = ""
    en: str = ""
    least: str = ""
    days: str = ""


@dataclass(frozen=True, slots=True)
class Tried:
    """The rules as they would be, who would move, and the first of them."""

    rules: tuple[TierRule, ...]
    preview: Preview
    members: tuple[Member, ...]


@dataclass(frozen=True, slots=True)
class Looking:
    """A trial under way: so many of `whole` members were looked at; `after`: the last of them; what was found so far."""

    rules: tuple[TierRule, ...]
    whole: int
    done: int = 0
    after: str = ""
    found: Preview = NOBODY


@dataclass(frozen=True, slots=True)
class TiersState:
    """What the screen shows. `chosen`: the tier whose rule stands in the form, empty for a new one."""

    rules: tuple[TierRule, ...] | None = None
    currency: str = "USD"
    chosen: str | None = None
    start: TypedTier = TypedTier()
    measure: Measure = Measure.SPEND
    looking: Looking | None = None
    tried: Tried | None = None
    refusal: DomainError | None = None
    working: bool = False


class TiersPresenter:
    """`saved` tells that the rules hold from now on. A trial runs in slices, so that no sale waits for it and it can be stopped."""

    def __init__(self, till: Till, tasks: Tasks, session: Session, *, approvals: Approvals) -> None:
        self._till, self._tasks, self._session, self._approvals = till, tasks, session, approvals
        self.changed: Callable[[], None] = _nobody
        self.saved: Callable[[], None] = _nobody
        self.state = TiersState()
        self._run = 0

    def begin(self) -> None:
        """The screen comes to the front: read the rules."""
        self._tasks.run(self._read, self._shown)

    def choose(self, tier: str) -> None:
        """Change the rule of a tier."""
        rule = next((one for one in self.state.rules or () if one.tier == tier), None)
        if rule is not None:
            self.stop()
            start = TypedTier(rule.names.zh_CN, rule.names.en, _least(rule), str(rule.window_days or ""))
            self._set(chosen=tier, start=start, measure=rule.measure, tried=None, refusal=None)

    def add(self) -> None:
        """One more tier, above the others."""
        self.stop()
        self._set(chosen="", start=TypedTier(), measure=Measure.SPEND, tried=None, refusal=None)

    def leave(self) -> None:
        """No rule in the form any more."""
        self.stop()
        self._set(chosen=None, tried=None, refusal=None)

    def use_measure(self, measure: Measure) -> None:
        """Count this."""
        self.stop()
        self._set(measure=measure, tried=None)

    def typing(self) -> None:
        """A field changes: what was tried or refused is over."""
        self.stop()
        if self.state.tried is not None or self.state.refusal is not None:
            self._set(tried=None, refusal=None)

    def try_out(self, typed: TypedTier) -> None:
        """See who would move if this rule held with the others."""
        try:
            rules = self._with(typed)
        except DomainError as error:
            self._set(refusal=error)
            return
        self._try(rules)

    def try_without(self) -> None:
        """See who would move if this tier ended."""
        self._try(tuple(one for one in self.state.rules or () if one.tier != self.state.chosen))

    def let_hold(self) -> None:
        """What was tried holds from now on."""
        tried = self.state.tried
        if tried is None or self.state.working:
            return
        command = self._session.new_command()
        self._set(working=True)
        run_approved(
            self._tasks,
            self._approvals,
            self._session.actor,
            lambda actor: tiers.set_rules(self._till, command, actor, tried.rules),
            done=self._held,
            failed=lambda error: self._set(working=False, refusal=error),
        )

    def stop(self) -> None:
        """Look no further."""
        self._run += 1
        if self.state.looking is not None:
            self._set(looking=None)

    def _try(self, rules: tuple[TierRule, ...]) -> None:
        self.stop()
        self._set(tried=None, refusal=None)
        run = self._run

        def counted(whole: int) -> None:
            if run == self._run:
                self._go_on(run, Looking(rules, whole))

        self._tasks.run(lambda: _how_many(self._till, rules), counted, self._refused)

    def _go_on(self, run: int, so_far: Looking) -> None:
        """The next slice of a trial."""
        self._set(looking=so_far)

        def looked(slice_: Looked) -> None:
            if run != self._run:
                return
            if not slice_.last:
                self._tasks.run(lambda: _named(self._till, so_far), self._found, self._refused)
                return
            found = so_far.found.with_more(slice_.found, _SHOWN)
            more = replace(so_far, done=so_far.done + slice_.members, after=slice_.last, found=found)
            self._go_on(run, more)

        self._tasks.run(lambda: _slice(self._till, so_far), looked, self._refused)

    def _found(self, tried: Tried) -> None:
        if self.state.looking is not None and self.state.looking.rules == tried.rules:
            self._set(tried=tried, looking=None)

    def _refused(self, error: DomainError) -> None:
        self._set(refusal=error, looking=None)

    def _with(self, typed: TypedTier) -> tuple[TierRule, ...]:
        """The rules with the one in the form in its place. Raises TierInvalid."""
        before = self.state.rules or ()
        stands = next((one for one in before if one.tier == self.state.chosen), None)
        rank = stands.rank if stands else max((one.rank for one in before), default=0) + 1
        rule = TierRule(
            tier=stands.tier if stands else self._till.new_id(),
            names=Names(typed.en, typed.zh),
            rank=rank,
            measure=self.state.measure,
            least=_counted(typed.least, self.state.measure),
            window_days=_days(typed.days),
        )
        others = [one for one in before if one.tier != rule.tier]
        return tuple(sorted([*others, rule], key=lambda one: one.rank))

    def _read(self) -> tuple[tuple[TierRule, ...], str]:
        with self._till.read() as transaction:
            day = self._till.business_day(transaction)
            return tuple(stored.rules(transaction, day)), self._till.shop(transaction).currency

    def _shown(self, read: tuple[tuple[TierRule, ...], str]) -> None:
        self._set(rules=read[0], currency=read[1])

    def _held(self, _none: object) -> None:
        self._set(chosen=None, tried=None, working=False)
        self.begin()
        self.saved()

    def _set(self, **changes: object) -> None:
        self.state = replace(self.state, **changes)  # type: ignore[arg-type]
        self.changed()


def _how_many(till: Till, rules: Sequence[TierRule]) -> int:
    """Database worker. Raises TierInvalid, TextTooLong."""
    check_rules(rules)
    with till.read() as transaction:
        return stored.how_many(transaction)


def _slice(till: Till, looking: Looking) -> Looked:
    """Database worker."""
    with till.read() as transaction:
        today = till.business_day(transaction)
        return tiers.preview_slice(transaction, looking.rules, today, looking.after, most=_SHOWN)


def _named(till: Till, looking: Looking) -> Tried:
    """Database worker."""
    with till.read() as transaction:
        people = (members.member(transaction, one.member) for one in looking.found.first)
        return Tried(looking.rules, looking.found, tuple(one for one in people if one is not None))


def _least(rule: TierRule) -> str:
    return f"{rule.least / 100:.2f}" if rule.measure in MONEY else str(rule.least)


def _counted(text: str, measure: Measure) -> int:
    """What was typed in cents or as a count. Raises TierInvalid."""
    try:
        number = Decimal(text.strip()) * (100 if measure in MONEY else 1)
    except InvalidOperation:
        raise TierInvalid("least") from None
    if not number.is_finite() or number != int(number):
        raise TierInvalid("least")
    return int(number)


def _days(text: str) -> int:
    """So many days, 0 where nothing was typed. Raises TierInvalid."""
    if not text.strip():
        return 0
    if not (text.strip().isascii() and text.strip().isdigit()):
        raise TierInvalid("window_days")
    return int(text.strip())


def _nobody() -> None:
    """Nobody looks yet."""
