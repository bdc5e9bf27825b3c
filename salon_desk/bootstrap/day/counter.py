"""The counter of the scripted day: who stands at it, and how a verb gets to the database worker.

No habit lives here. Every act has a command id of its own; the manager approves once, with the PIN, and stays near.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random
from typing import Concatenate, ParamSpec, TypeVar

from salon_desk.bootstrap.till import RunningTill
from salon_desk.domain.access import Permission, Role
from salon_desk.domain.money import Money
from salon_desk.services import catalogue, sign_in
from salon_desk.services.catalogue import CatalogueView
from salon_desk.services.demo_file import DemoShop
from salon_desk.services.errors import UnknownStaff
from salon_desk.services.till import Actor, Till
from salon_desk.storage.queries import shifts
from salon_desk.storage.queries.tickets import counted

P = ParamSpec("P")
T = TypeVar("T")


class Counter:
    """A cashier and a manager at one running till, and the dice of the day."""

    def __init__(self, running: RunningTill, shop: DemoShop, seed: int) -> None:
        self.running = running
        self.demo = shop
        self.dice = Random(f"{seed}/{self.ask(_where_and_when)}")
        self._run = running.till.new_id()
        self._acts = 0
        self.cashier = self._sign_in(Role.CASHIER)
        self.approved = self._approval()
        self.view: CatalogueView = self.ask(catalogue.view)
        self.technicians = tuple(one.staff for one in self.ask(sign_in.technicians))

    def act(
        self, verb: Callable[Concatenate[Till, str, Actor, P], T], /, *given: P.args, **named: P.kwargs
    ) -> T:
        """Let the cashier do something."""
        return self._act(self.cashier, verb, *given, **named)

    def act_approved(
        self, verb: Callable[Concatenate[Till, str, Actor, P], T], /, *given: P.args, **named: P.kwargs
    ) -> T:
        """Let the cashier do something that the manager approves."""
        return self._act(self.approved, verb, *given, **named)

    def ask(self, query: Callable[Concatenate[Till, P], T], /, *given: P.args, **named: P.kwargs) -> T:
        """Look something up."""
        till = self.running.till
        return self.running.worker.run(lambda: query(till, *given, **named))

    def money(self, cents: int) -> Money:
        """An amount of the shop's currency."""
        return Money(cents, self.view.shop.currency)

    def drawer(self) -> Money:
        """What lies in the drawer, as one who looks into it sees it; nothing while no shift is open."""
        return self.ask(_drawer) or self.money(0)

    def chance(self, percent: int) -> bool:
        """True in so many of a hundred cases."""
        return self.dice.randrange(100) < percent

    def _act(
        self,
        actor: Actor,
        verb: Callable[Concatenate[Till, str, Actor, P], T],
        /,
        *given: P.args,
        **named: P.kwargs,
    ) -> T:
        self._acts += 1
        command_id = f"day/{self._run}/{self._acts}"
        till = self.running.till
        return self.running.worker.run(lambda: verb(till, command_id, actor, *given, **named))

    def _sign_in(self, role: Role) -> Actor:
        person, pin = self._of_role(role)
        return self.ask(sign_in.sign_in, person, pin).actor

    def _approval(self) -> Actor:
        person, pin = self._of_role(Role.MANAGER)
        return self.ask(sign_in.approve, self.cashier, Permission.VOID, person, pin)

    def _of_role(self, role: Role) -> tuple[str, str]:
        """Who of the demo has this role. Raises UnknownStaff where nobody has."""
        for person in self.demo.staff:
            if person.role is role:
                return person.id, person.pin
        raise UnknownStaff(role.value)


def _where_and_when(till: Till) -> str:
    """The till's code and its last receipt: the dice of two tills differ, and those of today and tomorrow."""
    with till.read() as transaction:
        receipts = counted(transaction, till.store.node, "receipt")
        return f"{till.shop(transaction).till_code}/{receipts}"


def _drawer(till: Till) -> Money | None:
    with till.read() as transaction:
        shift = till.shift(transaction)
        return shifts.expected(transaction, shift) if shift else None
