"""Refusals of a till that is told by a command to join a head office, in words.

What head office itself refuses is in `head_office.py`. No rule lives here.
"""

from __future__ import annotations

from typing import Final

from salon_desk.i18n import N_
from salon_desk.services import joining
from salon_desk.ui.error_sentences.sentence import Sentences, plain

SENTENCES: Final[Sentences] = {
    joining.CodeMissing: lambda e, w: w.text(
        "This till does not belong to {url} yet: a code made there is needed to join.", url=e.url
    ),
    joining.AddressMissing: plain(N_("A code needs the address of the head office that made it.")),
    joining.ShopNotHere: lambda e, w: w.plural(
        "The till has joined, but within {n} second its shop did not arrive. Start it again.",
        "The till has joined, but within {n} seconds its shop did not arrive. Start it again.",
        e.seconds,
    ),
}
