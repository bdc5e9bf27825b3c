"""Refusals of who spends stored value, in words.

No rule lives here; guests may read these sentences, so none says a balance.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from salon_desk.domain.clock import parse_instant
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import proof_errors as errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain


def _locked(error: Any, words: Catalogue) -> str:
    """The till stands in the shop, so the machine's own zone is the shop's."""
    until: datetime = parse_instant(error.until).astimezone()
    return words.text("Too many wrong PINs. Sign instead, or try again after {time}.", time=words.time(until))


_NO_WAY: Final = {
    "member": N_("This card belongs to no member, so no code can be sent."),
    "phone": N_("No telephone number of this member is known, so no code can be sent."),
    "consent": N_("This member has not agreed to text messages, so no code is sent."),
    "account": N_("This shop sends no text messages yet: no account is set."),
}

SENTENCES: Final[Sentences] = {
    errors.ProofNeeded: plain(
        N_(
            "More is taken from the card than without showing it. Nothing was taken: read the card, or let the guest prove it."
        )
    ),
    errors.MemberPinMissing: plain(
        N_("No PIN of this member is known at this till. Sign instead, or set a PIN.")
    ),
    errors.MemberPinWrong: lambda e, w: w.plural(
        "This PIN is not right. {n} try left.", "This PIN is not right. {n} tries left.", e.left
    ),
    errors.MemberPinLocked: _locked,
    errors.NoWayForCode: lambda e, w: w.text(_NO_WAY.get(e.reason, _NO_WAY["phone"])),
    errors.CodeWrong: lambda e, w: w.plural(
        "This is not the code. {n} try left.", "This is not the code. {n} tries left.", e.left
    ),
    errors.CodeOver: plain(N_("This code holds no more. Send a new one.")),
    errors.PinsDiffer: plain(N_("The two PINs were not alike. Choose one once more.")),
    errors.NotSigned: plain(N_("This is too short for a signature. Sign once more.")),
}
