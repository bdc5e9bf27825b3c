"""What is being charged while a guest stands there, as the guest may see it: by which means, how much. No Qt and no word.

The one rule to know: a card machine beside the till has its amount typed into it as soon as the tender is planned, so planned by
hand counts as being charged.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import assert_never

from salon_desk.domain.charge import ChargeKind, Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.domain.money import Money
from salon_desk.domain.tender import SettledTender
from salon_desk.ui.counter.charge_talk import Talk
from salon_desk.ui.counter.tender_plan import CARD, TenderPlan


@dataclass(frozen=True, slots=True)
class GuestCharge:
    """What `means` takes now; no amount while nothing is asked of the guest. `to_scan`: the code that the guest's wallet scans."""

    means: Means
    amount: Money | None
    to_scan: str = field(default="", repr=False)


def by_hand(plan: TenderPlan, settled: Iterable[SettledTender]) -> Money | None:
    """What a card machine beside the till takes; None for nothing."""
    draft = plan.draft(CARD)
    if draft is None:
        return None
    mine = (one for one in settled if (one.kind, one.tender_id) == (draft.kind, draft.tender_id))
    return next((one.amount for one in mine if one.amount and not one.charge), None)


def charge_of(talk: Talk | None, machine: Money | None) -> GuestCharge | None:
    """What the guest is asked for: by the conversation with a terminal or a wallet, else by the machine beside the till.

    None where nothing is charged, or no longer: it was declined. While nobody knows, nobody is asked to pay again.
    """
    if talk is None:
        return GuestCharge(Means.TERMINAL, machine) if machine is not None else None
    if talk.ask.kind is not ChargeKind.SALE:
        return GuestCharge(talk.ask.means, None)
    match talk.standing:
        case ChargeState.ASKED:
            return GuestCharge(talk.ask.means, talk.ask.amount, talk.to_scan)
        case ChargeState.APPROVED | ChargeState.UNKNOWN:
            return GuestCharge(talk.ask.means, None)
        case ChargeState.DECLINED | ChargeState.NOT_CHARGED:
            return None
        case _:
            assert_never(talk.standing)
