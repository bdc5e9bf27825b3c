"""Refusals of the codes that a telephone carries, in words.

No rule lives here; a sentence always says that nothing was taken or recorded.
"""

from __future__ import annotations

from typing import Final

from salon_desk.i18n import N_
from salon_desk.services import bridge_errors as errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain

SENTENCES: Final[Sentences] = {
    errors.NothingToFetch: plain(
        N_("There is nothing to fetch by phone for this card. Take the rest another way.")
    ),
    errors.PhoneCodeDamaged: plain(
        N_(
            "The code was not read whole. Nothing was recorded; turn the phone's screen bright and scan again."
        )
    ),
    errors.PhoneCodeForeign: plain(
        N_("This code is not from your head office for this till. Nothing was recorded.")
    ),
    errors.PhoneCodeOther: plain(N_("That was another code. Scan the one that the phone shows.")),
    errors.PhoneCodeUsed: plain(
        N_("What this code brings is here already. It counts once, however often it is scanned.")
    ),
}
