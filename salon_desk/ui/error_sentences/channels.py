"""Refusals about the accounts by which messages are sent and wallets taken, and about reminders on paper, in words.

No rule lives here, and no value that was typed is repeated: it may be a secret.
"""

from __future__ import annotations

from typing import Final

from salon_desk.i18n import N_
from salon_desk.services import channel_settings as errors
from salon_desk.services.channel_accounts import SecretMissing
from salon_desk.services.reminder_slip_errors import NothingToRemindOf
from salon_desk.services.wallet_settings import WalletsNotSet
from salon_desk.ui.error_sentences.sentence import Sentences, plain

SENTENCES: Final[Sentences] = {
    errors.ChannelSettingRefused: lambda e, w: w.text(
        "“{name}” cannot be set to that. Nothing was changed.", name=e.name
    ),
    SecretMissing: lambda e, w: w.text("A secret is missing: {what}. Nothing was changed.", what=e.what),
    errors.ChannelNotSet: lambda e, w: w.text(
        "No account is set for “{name}” on this machine. See: channels set.", name=e.name
    ),
    WalletsNotSet: plain(
        N_("No account for WeChat Pay and Alipay is set on this machine. See: wallets set.")
    ),
    NothingToRemindOf: plain(N_("There is nothing to remind this member of. Nothing is printed.")),
}
