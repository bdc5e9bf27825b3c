"""Pictures of every state of the link screen, in both languages and three sizes, held to what every picture keeps."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from salon_desk.services.link_status import EnrolmentRefused, HeadOfficeOutOfReach, LinkReason, LinkState
from salon_desk.ui.link_desk import LinkNow, NewCode
from tests.ui.back_office import SIZES, Desk, Shop
from tests.ui.counter_window import keep
from tests.ui.link.fake_link import ASIDE, COPYING, OFFLINE, ONLINE, TWICE, UNCONFIRMED
from tests.ui.link.standing import Standing, stand, status

LANGUAGES = ("en", "zh_CN")
Make = Callable[..., Desk]


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_joining(make_desk_of: Make, new_shop: Shop, code: str, size: tuple[int, int]) -> None:
    at = stand(make_desk_of(code, size), new_shop, "", first=True)
    _keep(at, "link-join")
    at.screen.enrol.address.set_text("office.lotus.example:8443")
    at.presenter.press("K7M2Q9X")
    _keep(at, "link-join-typing")
    at.presenter.press("D4T")
    at.presenter.enrol()
    _keep(at, "link-join-asking")
    at.link.answer(EnrolmentRefused("code-unknown"))
    _keep(at, "link-join-code-unknown")
    for reason in ("code-lapsed", "code-used", "too-many"):
        _refused(at, EnrolmentRefused(reason), f"link-join-{reason}")
    for reason in (LinkReason.NO_CONNECTION, LinkReason.CERTIFICATE, LinkReason.PROXY):
        _refused(at, HeadOfficeOutOfReach(reason.value), f"link-join-{reason.value}")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_waiting_for_the_owner_and_the_first_copy(
    make_desk_of: Make, new_shop: Shop, code: str, size: tuple[int, int]
) -> None:
    at = stand(make_desk_of(code, size), new_shop, "", first=True)
    at.link.become(UNCONFIRMED)
    _keep(at, "link-confirm")
    at.link.become(COPYING)
    _keep(at, "link-first-copy")
    at.link.become(status(COPYING, state=LinkState.OFFLINE, reason=LinkReason.INTERRUPTED))
    _keep(at, "link-first-copy-offline")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_the_linked_till(make_desk_of: Make, shop: Shop, code: str, size: tuple[int, int]) -> None:
    at = stand(make_desk_of(code, size), shop, "grace")
    _keep(at, "link-single-shop")
    at.link.become(status(LinkNow(), state=LinkState.CONNECTING))
    _keep(at, "link-connecting")
    at.link.become(ONLINE)
    _keep(at, "link-online")
    at.link.become(OFFLINE)
    _keep(at, "link-offline")
    at.link.become(status(ONLINE, clock_offset=-412, pending_root=7), ASIDE)
    _keep(at, "link-set-aside")
    at.link.twice = (TWICE,)
    at.link.become(ONLINE, ())
    _keep(at, "link-list-twice")
    assert at.screen.state.twice.isVisible()
    at.link.twice = ()
    for reason in (LinkReason.CERTIFICATE, LinkReason.FORK):
        state = LinkState.OFFLINE if reason is LinkReason.CERTIFICATE else LinkState.ATTENTION
        at.link.become(status(OFFLINE, state=state, reason=reason), ())
        _keep(at, f"link-{reason.value}")
    at.link.become(status(OFFLINE, state=LinkState.REFUSED, reason=LinkReason.UNAUTHORIZED))
    _keep(at, "link-refused")
    at.presenter.join_again()
    _keep(at, "link-join-again")


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_code_for_a_further_till(make_desk_of: Make, shop: Shop, code: str, size: tuple[int, int]) -> None:
    at = stand(make_desk_of(code, size), shop, "grace")
    at.link.become(ONLINE)
    at.desk.tap(at.screen.state.codes.act)
    _keep(at, "link-code")
    sheet = at.code_sheet
    sheet.name.set_text("Counter 3")
    at.desk.tap(sheet.go)
    at.link.hand_out(NewCode("K7M2Q-9XD4T", "2026-11-23T20:00:00.000Z"))
    _keep(at, "link-code-made")


def _refused(at: Standing, refusal: EnrolmentRefused | HeadOfficeOutOfReach, name: str) -> None:
    at.presenter.enrol()
    at.link.answer(refusal)
    _keep(at, name)


def _keep(at: Standing, name: str) -> None:
    at.say_pill()
    keep(at.desk.window, name)
