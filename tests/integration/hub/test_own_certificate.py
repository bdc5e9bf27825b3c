"""A hub on the LAN with a certificate that nobody has signed: trusted by a code of the hub's, and by nothing less."""

from __future__ import annotations

import pytest
import requests

from salon_desk.bootstrap.hub import Joining
from salon_desk.services.link_status import EnrolmentRefused, HeadOfficeOutOfReach, LinkReason, LinkState
from tests.integration.hub.shop import ServedHub, Shop
from tests.integration.sync.linked import opened


@pytest.fixture
def secured(salon: Shop) -> Shop:
    """The hub serves TLS with a certificate of its own making."""
    salon.hub.stop()
    salon.hub = ServedHub(salon.folder / "hub", own_tls=True)
    salon.hub.start(Joining(salon.office.url))
    return salon


def test_a_till_trusts_a_hub_that_proves_its_certificate_with_the_code(secured: Shop) -> None:
    with pytest.raises(requests.exceptions.SSLError):
        requests.get(f"{secured.hub.url}/health", timeout=30)
    one = secured.till("one", code=secured.hub.code())
    assert secured.hub.url.startswith("https://")
    assert one.link.status().state in (LinkState.UNCONFIRMED, LinkState.CONNECTING, LinkState.ONLINE)
    two = secured.till("two", through="office")
    secured.settle(two)
    two.join(secured.hub.url, secured.hub.code())
    two.sell(2)
    assert two.synced()


def test_a_till_does_not_even_name_its_code_to_a_server_that_proves_nothing(secured: Shop) -> None:
    with opened(secured.folder / "one") as one:
        with pytest.raises(HeadOfficeOutOfReach) as refusal:
            one.join(secured.hub.url, "AAAAA-AAAAA")
        assert refusal.value.reason == LinkReason.CERTIFICATE
        one.join(secured.office.url, secured.office.code())
        with pytest.raises((HeadOfficeOutOfReach, EnrolmentRefused)):
            one.join(secured.hub.url, "BBBBB-BBBBB")
