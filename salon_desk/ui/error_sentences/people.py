"""Refusals about staff, permission, signing in and members, in words.

No rule lives here; a PIN is never repeated.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Final

from salon_desk.domain import errors
from salon_desk.domain.clock import parse_instant
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import booking_errors, exporting, member_errors
from salon_desk.services import errors as service_errors
from salon_desk.storage import errors as store_errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain

_NO_ADDRESS: Final = N_("The member has no address for this yet. Add it first.")
_MISSING: Final = {
    "sms": N_("The member has no phone number yet. Add it first."),
    "email": N_("The member has no e-mail address yet. Add it first."),
    "wechat": N_("The member has no WeChat ID yet. Add it first."),
}


def _locked(error: Any, words: Catalogue) -> str:
    """The till stands in the shop, so the machine's own zone is the shop's."""
    until: datetime = parse_instant(error.until).astimezone()
    return words.text(
        "Too many wrong PINs. Try again after {time}, or ask a manager.", time=words.time(until)
    )


SENTENCES: Final[Sentences] = {
    errors.PermissionNeeded: plain(N_("Your role may not do this. A manager can approve it with a PIN.")),
    errors.SignInLocked: _locked,
    service_errors.WrongPin: lambda e, w: w.plural(
        "This PIN is not right. {n} try left.", "This PIN is not right. {n} tries left.", e.left
    ),
    service_errors.PinMissing: plain(N_("No PIN is set for this person yet. A manager sets it in Settings.")),
    service_errors.BadPin: plain(N_("A PIN has four to eight digits.")),
    service_errors.UnknownStaff: plain(N_("Nobody with this name works here any more.")),
    service_errors.UnknownMember: plain(
        N_("This member is not known here. Search again, or add the member.")
    ),
    store_errors.PersonErased: plain(
        N_("This member was erased. Nothing about them is kept any more; add a new member if they come back.")
    ),
    exporting.ExportNotWritten: lambda e, w: w.text(
        "The file could not be written into {folder} ({reason}). Nothing was handed out.",
        folder=e.folder,
        reason=e.reason,
    ),
    service_errors.PhoneTaken: lambda e, w: w.text(
        "{name} has this phone number already. Open that member instead of adding a second one.", name=e.name
    ),
    booking_errors.UnknownBooking: plain(N_("This booking is not known here. Nothing was changed.")),
    errors.BadPhone: lambda e, w: w.text(
        "'{typed}' is not a phone number. Type ten digits, or + and the country first.", typed=e.typed
    ),
    errors.BadEmail: lambda e, w: w.text(
        "'{typed}' is not an e-mail address. It looks like name@example.com.", typed=e.typed
    ),
    errors.TierInvalid: lambda e, w: w.text(
        "The rule for a tier cannot be meant: {field}. Nothing was changed.", field=e.field
    ),
    errors.BadBirthday: lambda e, w: w.text(
        "'{typed}' is not a birthday. Type month and day, such as 11-28, or the whole date.", typed=e.typed
    ),
    member_errors.OwnRelative: plain(N_("This is the same person. Choose another member.")),
    member_errors.UnknownLink: plain(N_("This family link is there no more. Nothing was changed.")),
    member_errors.AlreadyMerged: plain(N_("These two are one member already. Nothing was changed.")),
    member_errors.NotMerged: plain(N_("This member was not merged with another. Nothing was changed.")),
    member_errors.NotReferred: plain(
        N_("The coupons are given once the member who was brought has come. Nothing was given.")
    ),
    member_errors.AlreadyRewarded: plain(N_("Both have their coupon for this already.")),
    member_errors.UnknownProposal: plain(N_("Nothing of this kind waits for an answer.")),
    member_errors.UnknownAsset: plain(N_("The member does not own this any more.")),
    member_errors.ConsentTextMissing: plain(
        N_("A consent needs the text that was shown. Nothing was recorded.")
    ),
    member_errors.AddressMissing: lambda e, w: w.text(_MISSING.get(e.channel, _NO_ADDRESS)),
    errors.NameMissing: plain(N_("A member needs a name. Type it first.")),
    errors.UnknownLanguage: plain(N_("This language is not offered here.")),
}
