"""One conversation with a terminal while somebody waits for it: what was asked, and how far it is. Values, no Qt and no word.

What happens is `charging.py`'s, what is said of it `charge_words.py`'s. Leaving it changes nothing of the charge itself.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from salon_desk.domain.charge import Means
from salon_desk.domain.charge_state import ChargeState
from salon_desk.ui.charging import ChargeAsk, ChargeNow


class Answer(StrEnum):
    """What may be tapped on the sheet, as far as the charge stands."""

    CANCEL = "cancel"
    OTHER_WAY = "other_way"
    BY_HAND = "by_hand"
    TRY_AGAIN = "try_again"
    LEAVE = "leave"
    SHOW_CODE = "show_code"
    DECIDE = "decide"
    ASK_AGAIN = "ask_again"


@dataclass(frozen=True, slots=True)
class Talk:
    """The sheet. `charge` is None until it is written down; `cancelling`: the terminal was told to give up; `asking`: it is asked
    what became of it; `scanning`: nothing is written down before a wallet's code was read, `misread`: something else was, or the code
    of the wallet `away`; `shown`: the guest scans instead."""

    ask: ChargeAsk
    charge: ChargeNow | None = None
    cancelling: bool = False
    asking: bool = False
    scanning: bool = False
    misread: bool = False
    away: Means | None = None
    shown: bool = False

    @property
    def to_scan(self) -> str:
        """What the guest's wallet scans now; empty for nothing."""
        shows = self.shown and not self.cancelling
        return self.charge.to_scan if shows and self.charge is not None else ""

    @property
    def standing(self) -> ChargeState:
        """How the charge stands; while it is being written down it counts as asked."""
        return self.charge.standing if self.charge is not None else ChargeState.ASKED
