"""Refusals about amounts, texts, rules and the books, in words.

No rule lives here; which class means what stands in `domain/errors.py`.
"""

from __future__ import annotations

from typing import Final

from salon_desk.domain import errors
from salon_desk.i18n import N_
from salon_desk.ui.error_sentences.sentence import Sentences, dollars, plain

SENTENCES: Final[Sentences] = {
    errors.CurrencyMismatch: lambda e, w: w.text(
        "This amount is in {given}, but {expected} is needed here. Nothing was changed.",
        given=e.given,
        expected=e.expected,
    ),
    errors.NegativeAmount: plain(N_("An amount cannot be below zero here. Nothing was changed.")),
    errors.AmountTooLarge: lambda e, w: w.text(
        "{amount} is more than the till takes here. At most {limit}; please check what was typed.",
        amount=dollars(e.cents, w),
        limit=dollars(e.limit_cents, w),
    ),
    errors.AmountMissing: plain(N_("An amount is needed first.")),
    errors.TextTooLong: lambda e, w: w.text(
        "This text has {length} characters; at most {limit} are kept. Please make it shorter.",
        length=e.length,
        limit=e.limit,
    ),
    errors.DuplicateId: plain(N_("This is there already. Nothing was changed.")),
    errors.RuleMissing: lambda e, w: w.text(
        "There is no rule '{key}' for {place} on {day}. Nothing was booked; "
        "please have the rules for this place updated.",
        key=e.key,
        place=e.jurisdiction,
        day=e.day,
    ),
    errors.RulePackDamaged: lambda e, w: w.text(
        "The file of rules {file} is damaged in row {row}. Nothing was booked; please have it repaired.",
        file=e.file,
        row=e.row,
    ),
    errors.UnbalancedPostings: plain(
        N_("The books would not add up, so nothing was booked. Please report this to support.")
    ),
    errors.BadAccount: lambda e, w: w.text(
        "The ledger has no account '{account}'. Nothing was booked.", account=e.account
    ),
}
