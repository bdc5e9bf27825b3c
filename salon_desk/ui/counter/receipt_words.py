"""What became of a receipt, in one sentence. No Qt, and no printer is asked here.

A printer that is away is state, not an alarm: the payment stands and the paper waits.
"""

from __future__ import annotations

from typing import assert_never

from salon_desk.i18n import Catalogue
from salon_desk.storage.print_jobs import JobState


def receipt_words(state: JobState | None, receipt: str, words: Catalogue) -> str:
    """The receipt's number with what became of its paper; None while nobody knows."""
    match state:
        case None:
            return words.text("Receipt {receipt}", receipt=receipt)
        case JobState.PRINTED:
            return words.text("Receipt {receipt} is printed.", receipt=receipt)
        case JobState.SENDING:
            return words.text("Receipt {receipt} is at the printer.", receipt=receipt)
        case JobState.QUEUED:
            return words.text("Receipt {receipt} waits for the printer; the payment stands.", receipt=receipt)
        case JobState.FAILED:
            return words.text(
                "Receipt {receipt} could not be printed; the payment stands. See Devices, then print again.",
                receipt=receipt,
            )
        case JobState.SKIPPED:
            return words.text("Receipt {receipt} was not printed.", receipt=receipt)
        case _:
            assert_never(state)
