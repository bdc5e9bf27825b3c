"""Refusals around the link to head office, in words.

No state of the link lives here: being offline is no error, and the till sells on. These answer somebody who enrols.
"""

from __future__ import annotations

from typing import Any, Final

from salon_desk.i18n import Catalogue
from salon_desk.services import link_status
from salon_desk.services.link_status import LinkReason
from salon_desk.ui.error_sentences.sentence import Sentences


def _enrolment_refused(error: Any, words: Catalogue) -> str:
    match error.reason:
        case "code-unknown":
            return words.text("Head office does not know this code. Check it letter by letter.")
        case "code-used":
            return words.text("Another device has used this code. Ask head office for a new one.")
        case "code-lapsed":
            return words.text("This code is more than a day old. Ask head office for a new one.")
        case "too-many":
            return words.text("Too many wrong codes were tried. Wait a few minutes, then try again.")
        case _:
            return words.text("Head office did not take this till. Nothing was changed; ask head office why.")


def _code_refused(error: Any, words: Catalogue) -> str:
    if error.reason == "malformed":
        return words.text("A till's name is 1 to 60 characters, not “{name}”.", name=error.till_name)
    return words.text("Head office gave no code. Try again, or make it at head office.")


def _out_of_reach(error: Any, words: Catalogue) -> str:
    match error.reason:
        case LinkReason.CERTIFICATE:
            return words.text(
                "The certificate of head office is not trusted here. Choose the certificate file that belongs to it."
            )
        case LinkReason.NOT_SECURED:
            return words.text(
                "Head office is reached over a secured connection only: an address with https://."
            )
        case LinkReason.PROXY:
            return words.text("The proxy did not let the connection through. Check the proxy's address.")
        case LinkReason.NOT_HEAD_OFFICE:
            return words.text(
                "Something answered at this address, but it is not a head office. Check the address."
            )
        case _:
            return words.text(
                "Head office cannot be reached. Check the address and the network; the till sells on."
            )


SENTENCES: Final[Sentences] = {
    link_status.EnrolmentRefused: _enrolment_refused,
    link_status.CodeRefused: _code_refused,
    link_status.HeadOfficeOutOfReach: _out_of_reach,
}
