"""Refusals of the disk and of the data folder, in words.

No storage lives here. All of these leave the data as it was, and the sentence says so.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk import secrets
from salon_desk.i18n import N_, Catalogue
from salon_desk.services import errors as service_errors
from salon_desk.storage import errors
from salon_desk.ui.error_sentences.sentence import Sentences, plain


def _cannot_record(error: Any, words: Catalogue) -> str:
    if error.reason == "disk-full":
        return words.text(
            "The disk is full: this was not recorded, and no money was booked. What was confirmed before is kept. "
            "Make room on the disk, then try again."
        )
    return words.text(
        "The disk refused: this was not recorded, and no money was booked. What was confirmed before is kept. "
        "Try again; if it comes back, call support before taking more payments."
    )


SENTENCES: Final[Sentences] = {
    errors.CannotRecord: _cannot_record,
    errors.StoreStopped: plain(
        N_("The last step could not be settled. Restart the till: it will say what became of it.")
    ),
    errors.OwnRecordsMissing: plain(
        N_(
            "This till was restored from a backup and is fetching its own newer records from head office. Nothing can be "
            "recorded until they are here. Check the connection; if it cannot be had, go on without them: tap the mark "
            "of head office at the top."
        )
    ),
    errors.TillClosed: plain(
        N_(
            "This till was closed for good: its value was sent to head office, and nothing more is recorded on it. "
            "Use another till, or set this one up anew with an empty folder."
        )
    ),
    errors.StoreInUse: plain(
        N_("Salon Desk is running on this data already. Go to that window, or close it first.")
    ),
    errors.StoreMissing: lambda e, w: w.text("There is no till's data in {folder}.", folder=e.folder),
    errors.StoreNewer: plain(
        N_(
            "This data was written by a newer version of Salon Desk. Nothing was changed; please update the program."
        )
    ),
    errors.StoreDamaged: lambda e, w: w.text(
        "The data cannot be read ({what}). Nothing was changed. Restore the latest backup, or call support.",
        what=e.what,
    ),
    errors.FolderUnusable: lambda e, w: w.text(
        "The folder {folder} cannot be written. Choose another, or ask who looks after this computer.",
        folder=e.folder,
    ),
    errors.DatabaseUnreachable: lambda e, w: w.text(
        "The database {database} cannot be reached ({reason}). What was confirmed before is kept. Try again.",
        database=e.database,
        reason=e.reason,
    ),
    errors.DatabaseUnusable: lambda e, w: w.text(
        "The database {database} cannot be used ({reason}). Nothing was changed. "
        "Ask who looks after the database.",
        database=e.database,
        reason=e.reason,
    ),
    secrets.KeysUnreachable: plain(
        N_(
            "The key store of this computer is locked. Sign in to the computer again, then start the till again."
        )
    ),
    service_errors.ShopMissing: plain(N_("This till does not know its shop yet. Set the shop up first.")),
}
