"""The table of devices and their faults: what the till ends with and what the screen says, each row from a run.

No expectation stands here. The one rule to know: the words come from the very functions that fill the screens.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from salon_desk.domain.charge import Answer, Approved, ChargeProblem, Declined, NotFound, NotSent, Unknown
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.money import Money
from salon_desk.i18n import Catalogue
from salon_desk.services.device_settings import ChosenDevice, Role
from salon_desk.services.device_state import DeviceState
from salon_desk.ui.charging import ChargeAsk, ChargeNow
from salon_desk.ui.counter.charge_face import charge_face
from salon_desk.ui.counter.charge_talk import Talk
from salon_desk.ui.device_status import RoleStatus
from salon_desk.ui.screens.devices.state_words import condition, what_to_do

LANGUAGES = (Catalogue.load("en"), Catalogue.load("zh_CN"))


@dataclass(frozen=True, slots=True)
class FaultRow:
    """One run: the device, its fault, what the till ends with, and what the screen says in each language."""

    device: str
    fault: str
    ends: str
    says: tuple[str, ...]


def printed(rows: Iterable[FaultRow]) -> str:
    """The table for a person to read."""
    return "\n".join(f"{row.device:<9} {row.fault:<26} {row.ends:<78} {' | '.join(row.says)}" for row in rows)


def said_of_charge(answer: Answer) -> tuple[str, ...]:
    """What the sheet of a payment says after this answer: its title and what to look at."""
    ask = ChargeAsk("ticket", Money(4500, "USD"))
    standing, problem = _standing(answer)
    taken, tip = (answer.amount, answer.tip) if isinstance(answer, Approved) else (Money(0, "USD"),) * 2
    now = ChargeNow("SALE1", ask, standing, taken, tip, problem=problem)
    faces = [charge_face(Talk(ask, now), words) for words in LANGUAGES]
    return tuple(" ".join((face.title, *face.lines[:1])) for face in faces)


def said_of_device(role: Role, url: str, state: DeviceState) -> tuple[str, ...]:
    """What the screen of devices says of one in this state."""
    status = RoleStatus(ChosenDevice(url), state)
    return tuple(
        f"{condition(role, status, words)[0]}: {what_to_do(role, status, words)}" for words in LANGUAGES
    )


def _standing(answer: Answer) -> tuple[ChargeState, ChargeProblem | None]:
    match answer:
        case Approved():
            return ChargeState.APPROVED, None
        case Declined():
            return ChargeState.DECLINED, None
        case NotSent(problem=problem):
            return ChargeState.NOT_CHARGED, problem
        case NotFound(idle=idle):
            return (ChargeState.NOT_CHARGED if idle else ChargeState.UNKNOWN), None
        case Unknown(problem=problem):
            return ChargeState.UNKNOWN, problem
