"""The account for wallets by the command line: what is set stands, its key is never shown, what is wrong is refused whole."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from salon_desk import secrets
from salon_desk.bootstrap.machine import SystemClock
from salon_desk.bootstrap.wallets import trouble_of, wallets_of
from salon_desk.cli.main import main
from salon_desk.domain.charge import Approved, Means, TerminalState
from salon_desk.services import wallet_settings
from salon_desk.services.channel_settings import ChannelSettingRefused
from salon_desk.services.wallet_settings import SNAPPAY_KEY, WalletSettings, WalletsNotSet
from salon_desk.storage import local
from tests.integration.services.shop import open_shop
from tests.wallets.parts import WECHAT_CODE, sale
from tests.wallets.stand_in import APP, KEY, MERCHANT, STORE, StandIn

ACCOUNT = ("snappay", "--merchant", MERCHANT, "--app", APP, "--description", "Salon Mei", "--store", STORE)


@dataclass
class Desk:
    """Somebody at the command line of a till that does not run."""

    folder: Path
    node: str
    monkeypatch: pytest.MonkeyPatch
    capfd: pytest.CaptureFixture[str]

    def run(self, *words: str, typed: str = "") -> tuple[int, str, str]:
        self.monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main(["wallets", *words, "--data", str(self.folder)])
        return status, *self.capfd.readouterr()

    def shown(self) -> dict[str, object]:
        told: dict[str, object] = json.loads(self.run("show", "--json")[1])
        return told


@pytest.fixture
def desk(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Desk:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "keys"))
    shop = open_shop(tmp_path / "till")
    shop.till.store.close()
    return Desk(tmp_path / "till", shop.till.store.node, monkeypatch, capfd)


@pytest.fixture
def stand_in() -> Iterator[StandIn]:
    gateway = StandIn()
    yield gateway
    gateway.close()


def test_an_account_that_was_set_works_and_its_key_is_never_told(desk: Desk, stand_in: StandIn) -> None:
    words = ("set", *ACCOUNT, "--api", stand_in.url)
    for asked, typed in ((words, f"{KEY}\n"), (("test",), ""), (("show",), ""), (words, "\n")):
        status, out, err = desk.run(*asked, typed=typed)
        assert (status, err) == (0, "")
        assert KEY not in out
    assert desk.shown()["snappay"] == {
        "merchant": MERCHANT,
        "app": APP,
        "description": "Salon Mei",
        "currency": "CAD",
        "store": STORE,
        "only": None,
        "api": stand_in.url,
        "key": True,
    }
    assert [one for one in desk.folder.rglob("*") if one.is_file() and KEY.encode() in one.read_bytes()] == []


def test_a_wrong_key_is_told_by_the_test_and_a_lost_one_by_its_name(desk: Desk, stand_in: StandIn) -> None:
    desk.run("set", *ACCOUNT, "--api", stand_in.url, typed="another key\n")
    assert desk.run("test", "--json")[:2] == (1, '{"provider": "snappay", "trouble": "garbled"}\n')
    secrets.save_given(SNAPPAY_KEY, desk.node, "")
    status, _out, err = desk.run("test")
    assert (status, err.splitlines()[0]) == (2, "A secret is missing: snappay-sign-key. Nothing was changed.")


def test_what_cannot_be_meant_is_refused_and_nothing_is_kept(desk: Desk) -> None:
    status, out, err = desk.run("set", *ACCOUNT, "--app", "a b", typed=f"{KEY}\n")
    assert (status, out) == (2, "")
    assert err == '"app" cannot be set to that. Nothing was changed.\n'
    assert desk.shown() == {}
    assert secrets.given(SNAPPAY_KEY, desk.node) == ""


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("merchant", "90180000000x"),
        ("store", "805194190"),
        ("currency", "CNY"),
        ("description", ""),
        ("description", "Salon\nMei"),
        ("only", Means.TERMINAL),
        ("api", "http://192.0.2.1"),
    ],
)
def test_no_setting_is_taken_that_snappay_has_not(name: str, value: str) -> None:
    good = WalletSettings(MERCHANT, APP, "Salon Mei")
    wallet_settings.check(good)
    with pytest.raises(ChannelSettingRefused) as refused:
        wallet_settings.check(replace(good, **{name: value}))  # type: ignore[arg-type]
    assert refused.value.name == name


def test_without_a_key_nothing_is_kept_and_an_account_that_is_forgotten_takes_it_along(desk: Desk) -> None:
    assert desk.run("set", *ACCOUNT)[0] == 2
    assert desk.shown() == {}
    assert desk.run("test")[::2] == (
        2,
        "No account for WeChat Pay and Alipay is set on this machine. See: wallets set.\n",
    )
    assert desk.run("set", *ACCOUNT, "--only", "alipay", typed=KEY)[0] == 0
    assert "only=alipay" in desk.run("show")[1]
    assert desk.run("forget")[0] == 0
    assert desk.shown() == {}
    assert secrets.given(SNAPPAY_KEY, desk.node) == ""


def test_wallets_are_made_from_what_was_set_and_fetch_their_key_by_themselves(
    tmp_path: Path, stand_in: StandIn, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(tmp_path / "keys"))
    shop = open_shop(tmp_path / "till")
    store = shop.till.store
    settings = WalletSettings(
        MERCHANT, APP, "Salon Mei", store=STORE, only=Means.WECHAT_PAY, api=stand_in.url
    )
    wallet_settings.keep(store, settings, KEY)
    with shop.till.read() as transaction:
        assert wallet_settings.read(transaction) == settings
    states: list[tuple[Means, TerminalState]] = []
    made = wallets_of(store.node, settings, SystemClock(), on_state=lambda *told: states.append(told))
    assert list(made) == [Means.WECHAT_PAY]
    wallet = made[Means.WECHAT_PAY]
    wallet.start()
    answer = wallet.charge(sale(code=WECHAT_CODE)).result(20)
    assert wallet.stop()
    assert isinstance(answer, Approved)
    assert states[0] == (Means.WECHAT_PAY, TerminalState.READY)
    local.save_setting(store, "wallets.snappay", '{"merchant": 1}')
    with shop.till.read() as transaction:
        assert wallet_settings.read(transaction) is None
    store.close()


def test_without_an_account_there_are_no_wallets() -> None:
    assert wallets_of("node", None, SystemClock()) == {}
    with pytest.raises(WalletsNotSet):
        trouble_of("node", None, SystemClock())
