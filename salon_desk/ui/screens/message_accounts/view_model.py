"""What the screen of the accounts says in a language: the channels, each field, what the provider said. No Qt.

The words in the fields are not here: they stay as they were typed.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from salon_desk.i18n import N_, Catalogue
from salon_desk.services.channel_settings import MailSecurity
from salon_desk.ui.error_text import error_text
from salon_desk.ui.screens.message_accounts.form import FIELDS, MAIL, SMS, WECHAT, account_of
from salon_desk.ui.screens.message_accounts.presenter import AccountsState
from salon_desk.ui.theme.tokens import Tone
from salon_desk.ui.view_values import FieldWords, PillGroup, one_of

_KEPT: Final = N_("Empty: the one that is kept stays")
_FIELDS: Final = {
    "account": FieldWords(N_("Account SID"), N_("AC…"), N_("From Twilio's console, like what follows.")),
    "sms_sender": FieldWords(
        N_("Sender"), N_("+1…, a short code, or MG…"), N_("The number that members see and can answer.")
    ),
    "token": FieldWords(N_("Auth token"), _KEPT, ""),
    "key": FieldWords(
        N_("API key"), N_("SK…, or empty"), N_("With a key its secret signs in, not the token.")
    ),
    "key_secret": FieldWords(N_("API key secret"), _KEPT, ""),
    "per_second": FieldWords(
        N_("Messages a second"), N_("Such as 1"), N_("What the number may send; 0 is no limit.")
    ),
    "host": FieldWords(N_("Mail server"), N_("Such as smtp.example.com"), ""),
    "port": FieldWords(N_("Port"), N_("Such as 587"), ""),
    "mail_sender": FieldWords(N_("Sender"), N_("An e-mail address"), ""),
    "sender_name": FieldWords(N_("Sender's name"), N_("Such as the shop's"), ""),
    "user": FieldWords(N_("User name"), N_("Empty: nobody signs in"), ""),
    "password": FieldWords(N_("Password"), _KEPT, ""),
    "reply_to": FieldWords(N_("Answers go to"), N_("Empty: to the sender"), ""),
    "unsubscribe": FieldWords(
        N_("Mailbox for unsubscribing"), N_("May stay empty"), N_("Who writes to it gets no more offers.")
    ),
    "appid": FieldWords(N_("AppID"), N_("wx…"), N_("Of the shop's official account.")),
    "app_secret": FieldWords(N_("AppSecret"), _KEPT, ""),
}


@dataclass(frozen=True, slots=True)
class AccountsModel:
    """The form but for the fields' own words. `elsewhere`: said instead of the form where head office sends."""

    elsewhere: str
    groups: dict[str, PillGroup]
    fields: dict[str, FieldWords]
    shown: frozenset[str]
    standing: str
    standing_tone: Tone
    save: str
    test: str
    forget: str
    busy: bool


def accounts_model(state: AccountsState, words: Catalogue) -> AccountsModel:
    """The whole screen in a language."""
    standing, tone = _standing(state, words)
    return AccountsModel(
        elsewhere=words.text("Head office sends the messages of this shop. Its accounts are set there.")
        if state.sends is False
        else "",
        groups=_groups(state, words),
        fields={name: _said(one, words) for name, one in _FIELDS.items()},
        shown=frozenset(FIELDS[state.channel]),
        standing=standing,
        standing_tone=tone,
        save=words.text("Save"),
        test=words.text("Does it work?") if state.is_set else "",
        forget=words.text("Use it no more") if state.is_set else "",
        busy=state.working or state.trying or not state.sends,
    )


def _said(field: FieldWords, words: Catalogue) -> FieldWords:
    return FieldWords(
        words.text(field.label),
        words.text(field.hint) if field.hint else "",
        words.text(field.told) if field.told else "",
    )


def _standing(state: AccountsState, words: Catalogue) -> tuple[str, Tone]:
    if state.refusal is not None:
        return error_text(state.refusal, words), Tone.DANGER
    if state.trying:
        return words.text("Asking the provider…"), Tone.BLUE
    if state.trouble:
        return words.text("The provider does not take it: {why}", why=state.trouble), Tone.DANGER
    if state.trouble is not None:
        return words.text("It works."), Tone.GOOD
    if not state.is_set and state.sends:
        return words.text("Nothing is sent by this way: no account is set."), Tone.AMBER
    return "", Tone.BLUE


def _groups(state: AccountsState, words: Catalogue) -> dict[str, PillGroup]:
    names = {SMS: words.text("SMS"), MAIL: words.text("E-mail"), WECHAT: words.text("WeChat")}
    said = {
        key: name if account_of(state.settings, key) is None else words.text("{name}: set", name=name)
        for key, name in names.items()
    }
    sealed = {
        MailSecurity.STARTTLS.value: words.text("STARTTLS"),
        MailSecurity.TLS.value: words.text("TLS"),
        MailSecurity.NONE.value: words.text("None: on this computer alone"),
    }
    security = one_of(words.text("How the way there is sealed"), sealed, state.security, "")
    hidden = PillGroup("", (), frozenset(), "")
    return {
        "channel": one_of(words.text("By which way"), said, state.channel, ""),
        "security": security if state.channel == MAIL else hidden,
    }
