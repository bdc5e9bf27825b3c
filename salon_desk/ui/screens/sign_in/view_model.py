"""What the sign-in screen says, in a language: faces, what to do, why a PIN was not taken.

No Qt here, and no PIN.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import assert_never

from salon_desk.i18n import Catalogue
from salon_desk.ui.error_text import error_text
from salon_desk.ui.role_words import role_name
from salon_desk.ui.screens.sign_in.presenter import PinStep, SignInState
from salon_desk.ui.view_values import TechnicianFace


@dataclass(frozen=True, slots=True)
class SignInModel:
    """The screen, ready to read. `nobody`: no staff is known at all; `arriving`: it is on its way."""

    title: str
    hint: str
    faces: tuple[TechnicianFace, ...]
    chosen: str
    name: str
    ask: str
    refusal: str
    nobody: bool
    arriving: bool


def sign_in_model(state: SignInState, words: Catalogue) -> SignInModel:
    """The screen in a language."""
    person = state.person
    first_time = state.step is not PinStep.ENTER
    hint = words.text("Tap your name, then type your PIN.")
    if state.people == ():
        hint = ""
    elif first_time:
        hint = words.text("Nobody has a PIN yet. Tap who owns the shop and choose the first PIN.")
    return SignInModel(
        title=words.text("Who is at the till?"),
        hint=hint,
        faces=tuple(
            TechnicianFace(one.staff, one.called(words.language), role_name(one.role, words))
            for one in state.people or ()
        ),
        chosen=state.chosen,
        name=person.called(words.language) if person else "",
        ask=_ask(state.step, words),
        refusal=_refusal(state, words),
        nobody=state.people == (),
        arriving=state.arriving,
    )


def _ask(step: PinStep, words: Catalogue) -> str:
    match step:
        case PinStep.ENTER:
            return words.text("Type your PIN")
        case PinStep.NEW:
            return words.text("Choose a PIN of four to eight digits")
        case PinStep.AGAIN:
            return words.text("Type the new PIN once more")
        case _:
            assert_never(step)


def _refusal(state: SignInState, words: Catalogue) -> str:
    if state.differed:
        return words.text("The two PINs were not the same. Choose again.")
    return error_text(state.refusal, words) if state.refusal else ""
