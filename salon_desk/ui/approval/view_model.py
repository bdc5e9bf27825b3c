"""What the approval sheet says: what is asked for, the faces, why a PIN was not taken.

No Qt here. One sentence names the act, whole, in each language.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.domain.access import Permission
from salon_desk.i18n import N_, Catalogue
from salon_desk.ui.approval.presenter import ApprovalState
from salon_desk.ui.error_text import error_text
from salon_desk.ui.role_words import role_name
from salon_desk.ui.view_values import TechnicianFace

ACTS: Final[dict[Permission, str]] = {
    Permission.SELL: N_("Sell"),
    Permission.TOP_UP: N_("Top up a card"),
    Permission.OPEN_SHIFT: N_("Open the shift"),
    Permission.CLOSE_SHIFT: N_("Close the shift"),
    Permission.REPRINT: N_("Print a copy of a receipt"),
    Permission.EDIT_MEMBER: N_("Add or change a member"),
    Permission.MERGE_MEMBERS: N_("Say that two members are one person"),
    Permission.CASH_OUT: N_("Pay a small balance out in cash"),
    Permission.GIVE: N_("Give points or a coupon for nothing"),
    Permission.PAID_IN: N_("Put cash into the drawer"),
    Permission.PAID_OUT: N_("Pay something from the drawer"),
    Permission.DROP: N_("Take cash to the safe"),
    Permission.NO_SALE: N_("Open the drawer without a sale"),
    Permission.DISCOUNT: N_("Give a discount"),
    Permission.OPEN_PRICE: N_("Change a price"),
    Permission.REFUND: N_("Give money back on an earlier sale"),
    Permission.VOID: N_("Void a whole sale or ticket"),
    Permission.FREEZE_CARD: N_("Freeze a card or let it pay again"),
    Permission.CARD_REFUND: N_("Pay a card out"),
    Permission.VIEW_EXPECTED_CASH: N_("See what should be in the drawer"),
    Permission.REPORTS: N_("See the reports"),
    Permission.DEVICES: N_("Change a device"),
    Permission.OVERRIDE: N_("Approve for somebody else"),
    Permission.OVERDRAFT: N_("Let a card pay with the shop's money"),
    Permission.VOUCH: N_("Vouch for a guest who shows no card"),
    Permission.GO_ON_WITHOUT: N_("Go on without the missing records"),
    Permission.EDIT_CATALOG: N_("Change services, products or prices"),
    Permission.EDIT_STAFF: N_("Change staff or a PIN"),
    Permission.SETTINGS: N_("Change the settings of the shop"),
    Permission.PRIVACY: N_("Export or erase a member's data"),
    Permission.IMPORT: N_("Import members from the old system"),
    Permission.LAUNCH_CAMPAIGN: N_("Launch or stop a campaign"),
    Permission.EDIT_TEMPLATES: N_("Change what messages say and when they go out"),
    Permission.FOLLOW_UP: N_("Give out follow-up tasks and see everybody's"),
}


@dataclass(frozen=True, slots=True)
class ApprovalModel:
    """The sheet, ready to read."""

    title: str
    act: str
    hint: str
    faces: tuple[TechnicianFace, ...]
    chosen: str
    refusal: str
    pad_open: bool


def approval_model(state: ApprovalState, words: Catalogue) -> ApprovalModel:
    """The sheet in a language."""
    people = state.people or ()
    return ApprovalModel(
        title=words.text("Ask a manager"),
        act=words.text(ACTS[state.permission]),
        hint=_hint(state, words),
        faces=tuple(
            TechnicianFace(one.staff, one.called(words.language), role_name(one.role, words))
            for one in people
        ),
        chosen=state.chosen,
        refusal=error_text(state.refusal, words) if state.refusal else "",
        pad_open=bool(state.chosen),
    )


def _hint(state: ApprovalState, words: Catalogue) -> str:
    if state.people == ():
        return words.text(
            "Nobody here may approve this. The owner signs in and does it, or sets a manager's PIN."
        )
    return words.text(
        "This needs a manager: tap who approves it, then that person's PIN. It counts for this once."
    )
