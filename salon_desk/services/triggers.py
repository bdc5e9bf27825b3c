"""Triggers at work: after each sale and once a business day of each store, in slices of a few milliseconds, at a root alone.

The rules are in `domain/trigger.py`, one day of many members is looked through in `trigger_rounds.py`. What a trigger says becomes a
message that is intended, a task, or both, recorded once whatever cuts it off. The one rule: only what happens after a trigger was
switched on is said, never what was true before.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Protocol

from msgspec import structs

from salon_desk.domain.access import Permission
from salon_desk.domain.clock import instant_text, parse_instant
from salon_desk.domain.habit import history, usual_ticket
from salon_desk.domain.message import Trigger
from salon_desk.domain.trigger import (
    DAILY,
    EVERY_SALE,
    KINDS,
    WORTH_HOURS,
    Settings,
    TaskFor,
    check_settings,
    is_low,
    low_subject,
)
from salon_desk.operations.description import FieldValue
from salon_desk.operations.operation import Operation
from salon_desk.operations.trigger import TriggerDescribed
from salon_desk.services import trigger_marks, trigger_rounds
from salon_desk.services.describe import describe
from salon_desk.services.message_intents import Intent, new_operations
from salon_desk.services.till import Actor, Till
from salon_desk.services.trigger_marks import Marks, On
from salon_desk.storage import journal, parent
from salon_desk.storage.engine import Transaction
from salon_desk.storage.journal import Command
from salon_desk.storage.queries import habits, triggered
from salon_desk.storage.queries.habits import Whose
from salon_desk.storage.queries.merges import group
from salon_desk.storage.queries.triggered import Touched
from salon_desk.storage.store import Store

A_SLICE = 25
"""Entries of the journal that are looked at in one go."""
LOOK_EVERY = 60
"""Seconds between two looks when nothing woke the thread."""


@dataclass(frozen=True, slots=True)
class TaskWanted:
    """A task that a trigger makes. `subject`: what about, the same whenever it is asked; `due_day`: an ISO date, `until` the last
    one on which it makes sense.
    """

    trigger: Trigger
    member: str
    subject: str
    assignee: TaskFor
    store: str
    due_day: str
    until: str


class Tasks(Protocol):
    """Gives the operations of tasks that are not there yet; inside the recording transaction, and once for the same subject."""

    def __call__(self, transaction: Transaction, wanted: Sequence[TaskWanted], /) -> Sequence[Operation]:
        """What to record, nothing for what is there."""
        ...


@dataclass(frozen=True, slots=True)
class Said:
    """What one look came to."""

    intents: Sequence[Intent] = ()
    tasks: Sequence[TaskWanted] = ()


def no_tasks(_transaction: Transaction, _wanted: Sequence[TaskWanted]) -> Sequence[Operation]:
    """Nobody makes tasks."""
    return ()


def set_trigger(till: Till, command_id: str, actor: Actor, settings: Settings) -> None:
    """Use a trigger like this from now on. Database worker. Raises TriggerInvalid, TextTooLong, PermissionNeeded."""
    actor.require(Permission.EDIT_TEMPLATES)
    check_settings(settings)
    values: dict[str, FieldValue] = {
        "enabled": settings.enabled,
        "sends": settings.sends,
        "template": settings.template,
        "threshold": settings.threshold,
        "days": settings.days,
        "makes_task": settings.makes_task.value,
    }
    describe(till, command_id, actor, [(TriggerDescribed, settings.trigger.value, values)])


def shown(till: Till) -> list[Settings]:
    """Every trigger as the shop uses it today, in the order in which they are shown. Database worker."""
    with till.read() as transaction:
        return list(triggered.settings(transaction, till.business_day(transaction)).values())


def rest(store: Store, tasks: Tasks = no_tasks) -> bool:
    """One slice of the background's work at a root; whether there is more at once. The thread that writes this store.

    Some ten milliseconds; a mark is saved behind what was recorded, so that a crash between the two looks again and says nothing
    twice. Raises CannotRecord, StoreStopped.
    """
    now = store.clock.now()
    with store.database.read() as transaction:
        if parent.read(transaction) is not None:
            return False
        before = trigger_marks.read(transaction)
        said, marks = _look(transaction, before, now)
    if said.intents or said.tasks:
        _record(store, said, tasks)
    if marks != before:
        trigger_marks.save(store, marks)
    return marks != before


def work(
    on_store: Callable[[Callable[[Store], bool]], bool],
    stopping: Callable[[], bool],
    tasks: Tasks = no_tasks,
) -> int:
    """Slices until nothing is left to look at; seconds until it wants to be asked again. Outbound thread.

    `on_store` runs one slice on the thread that writes, so that others come between two of them. Raises what the store raises.
    """
    while not stopping() and on_store(lambda store: rest(store, tasks)):
        pass
    return LOOK_EVERY


def _look(transaction: Transaction, before: Marks, now: datetime) -> tuple[Said, Marks]:
    """The next thing to look at: what was switched on, then new sales, then a page of the day's round."""
    places = trigger_rounds.places(transaction, now)
    today = max(place.today for place in places.values())
    settings = triggered.settings(transaction, trigger_rounds.iso(today))
    marks = _switched(transaction, before, settings, today)
    marks = trigger_rounds.begun(marks, places)
    if marks != before:
        return Said(), marks
    if any(trigger.value in marks.on for trigger in EVERY_SALE):
        upto, sales = triggered.touched(transaction, marks.seen, A_SLICE)
        if upto > marks.seen:
            return _of_sales(transaction, sales, settings, marks, now), structs.replace(marks, seen=upto)
    if marks.round is None:
        return Said(), marks
    daily = [settings[trigger] for trigger in DAILY if trigger.value in marks.on]
    if not daily:
        return Said(), trigger_rounds.ended(marks)
    found, marks = trigger_rounds.page(transaction, marks, daily, places, now)
    return _said(settings, found, places, now), marks


def _switched(
    transaction: Transaction, marks: Marks, settings: Mapping[Trigger, Settings], today: int
) -> Marks:
    """Note which triggers are on since now, and forget those that are off."""
    on = {trigger.value for trigger, one in settings.items() if one.enabled}
    if on == set(marks.on) and marks.seen >= 0:
        return marks
    last = triggered.last_position(transaction)
    kept = {name: marks.on.get(name) or On(last, today) for name in sorted(on)}
    looked_at = any(trigger.value in marks.on for trigger in EVERY_SALE) and marks.seen >= 0
    return structs.replace(marks, on=kept, seen=marks.seen if looked_at else last)


def _of_sales(
    transaction: Transaction,
    sales: Collection[Touched],
    settings: Mapping[Trigger, Settings],
    marks: Marks,
    now: datetime,
) -> Said:
    """What new sales come to, but for those that are too old to be spoken about."""
    intents: list[Intent] = []
    tasks: list[TaskWanted] = []
    for one in sales:
        expires = parse_instant(one.sold_at) + timedelta(hours=WORTH_HOURS)
        if expires <= now:
            continue
        payers = [group(transaction, payer) for payer in triggered.paid_from(transaction, one.sale)]
        for trigger in EVERY_SALE:
            since, wanted = marks.on.get(trigger.value), settings[trigger]
            if since is None or one.position <= since.position:
                continue
            for member, subject in _SALE_RULES[trigger](transaction, one, payers, wanted):
                if wanted.sends:
                    intents.append(_intent(wanted, member, subject, one.store, (now, expires)))
                if wanted.makes_task:
                    days = (one.sold_at[:10], expires.date().isoformat())
                    tasks.append(_task(wanted, member, subject, one.store, days))
    return Said(intents, tasks)


Payers = Sequence[tuple[str, ...]]
"""Those whose cards paid, each by all ids of the person."""


def _after_sale(
    transaction: Transaction, one: Touched, payers: Payers, _settings: Settings
) -> Iterator[tuple[str, str]]:
    """A member who paid with value, or has some."""
    if not one.member:
        return
    ids = group(transaction, one.member)
    if ids in payers or balance(transaction, ids, one.currency) > 0:
        yield ids[0], one.sale


def _low(
    transaction: Transaction, one: Touched, payers: Payers, settings: Settings
) -> Iterator[tuple[str, str]]:
    """Whoever's value paid and is down to so many usual tickets."""
    for ids in payers:
        past = history(documents(transaction, ids), one.currency)
        usual = usual_ticket(past.visits)
        if is_low(balance(transaction, ids, one.currency), usual, settings.threshold):
            yield ids[0], low_subject(past)


_SALE_RULES: Mapping[
    Trigger, Callable[[Transaction, Touched, Payers, Settings], Iterator[tuple[str, str]]]
] = {Trigger.AFTER_SALE: _after_sale, Trigger.BALANCE_LOW: _low}
"""By trigger, (member, subject) of those of whom it says yes after a sale."""


def balance(transaction: Transaction, ids: Sequence[str], currency: str) -> int:
    """Cents of a person on cards that are not frozen, under all ids."""
    return sum(habits.balances(transaction, Whose(member=one))[one, currency] for one in ids)


def documents(transaction: Transaction, ids: Sequence[str]) -> list[Any]:
    """A person's documents under all ids (`domain.habit.Document`)."""
    return [row for one in ids for row in habits.documents(transaction, Whose(member=one)).get(one, ())]


def _said(
    settings: Mapping[Trigger, Settings],
    found: Iterable[trigger_rounds.Found],
    places: Mapping[str, trigger_rounds.Place],
    now: datetime,
) -> Said:
    """What a page of the day's round comes to. `until` of a task is the last day on which the message would be worth sending."""
    intents: list[Intent] = []
    tasks: list[TaskWanted] = []
    for one in found:
        wanted, place = settings[one.due.trigger], places[one.store]
        if wanted.sends:
            expires = one.expires(place)
            if expires > now:
                intents.append(_intent(wanted, one.member, one.due.subject, one.store, (now, expires)))
        if wanted.makes_task:
            days = (trigger_rounds.iso(place.today), trigger_rounds.iso(one.due.until))
            tasks.append(_task(wanted, one.member, one.due.subject, one.store, days))
    return Said(intents, tasks)


def _intent(
    settings: Settings, member: str, subject: str, store: str, when: tuple[datetime, datetime]
) -> Intent:
    due, expires = when
    return Intent(
        trigger=settings.trigger,
        member=member,
        subject=subject,
        purpose=KINDS[settings.trigger].purpose,
        template=settings.template,
        store=store,
        due_at=instant_text(due),
        expires_at=instant_text(expires),
    )


def _task(settings: Settings, member: str, subject: str, store: str, days: tuple[str, str]) -> TaskWanted:
    return TaskWanted(settings.trigger, member, subject, settings.makes_task, store, *days)


def _record(store: Store, said: Said, tasks: Tasks) -> None:
    """All of one slice in one transaction; what was said before is passed over inside it."""

    def decide(transaction: Transaction) -> list[Operation]:
        return [*new_operations(transaction, said.intents), *tasks(transaction, said.tasks)]

    day = store.clock.now().date().isoformat()
    journal.record(store, Command(f"triggers/{store.new_id()}", "", day), decide)
