"""A node's key and secrets: one each for ever, out of others' reach, and never a hang on a locked keyring."""

from __future__ import annotations

import stat
import subprocess
import sys
import threading
from pathlib import Path

import keyring
import keyring.backend
import pytest

from salon_desk import secrets
from tests.conftest import MemoryKeyring


@pytest.fixture
def keys(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "keys"
    monkeypatch.setenv(secrets.FOLDER_VARIABLE, str(folder))
    return folder


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """No folder is named: the system's keyring counts, and files lie in the user's own folder."""
    monkeypatch.delenv(secrets.FOLDER_VARIABLE)
    for variable in ("XDG_DATA_HOME", "LOCALAPPDATA", "HOME"):
        monkeypatch.setenv(variable, str(tmp_path))
    return tmp_path


def test_the_same_node_has_the_same_key_again(keys: Path) -> None:
    once, again = secrets.node_keys("n1"), secrets.node_keys("n1")
    assert once.public_hex == again.public_hex
    assert len(bytes.fromhex(once.public_hex)) == 32
    assert secrets.node_keys("n2").public_hex != once.public_hex


def test_what_is_signed_with_the_key_is_verified_with_its_public_half(keys: Path) -> None:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    made = secrets.node_keys("n1")
    public = Ed25519PublicKey.from_public_bytes(bytes.fromhex(made.public_hex))
    public.verify(made.private.sign(b"said"), b"said")


@pytest.mark.skipif(sys.platform == "win32", reason="modes are POSIX's")
def test_files_are_for_their_user_alone(keys: Path) -> None:
    secrets.node_keys("n1")
    secrets.save_token("n1", "p", "t")
    assert stat.S_IMODE(keys.stat().st_mode) == 0o700
    assert {stat.S_IMODE(file.stat().st_mode) for file in keys.iterdir()} == {0o600}


def test_a_token_is_kept_for_one_node_and_one_parent(keys: Path) -> None:
    assert secrets.token("n1", "p") == ""
    secrets.save_token("n1", "p", "first")
    secrets.save_token("n1", "p", "second")
    assert secrets.token("n1", "p") == "second"
    assert secrets.token("n1", "other") == secrets.token("n2", "p") == ""


def test_ids_with_strokes_and_dots_stay_in_the_folder(keys: Path) -> None:
    secrets.secret("a", "../../x")
    secrets.secret("a", "x" * 500)
    assert {file.parent for file in keys.rglob("*")} == {keys}


def test_processes_that_draw_at_once_draw_the_same(keys: Path) -> None:
    draw = "from salon_desk import secrets; print(secrets.secret('server', 'n').hex())"
    running = [
        subprocess.Popen([sys.executable, "-c", draw], stdout=subprocess.PIPE, text=True) for _ in range(6)
    ]
    assert len({process.communicate()[0] for process in running}) == 1
    assert not any(process.returncode for process in running)


def test_threads_that_draw_at_once_draw_the_same(keys: Path) -> None:
    drawn: list[bytes] = []
    threads = [threading.Thread(target=lambda: drawn.append(secrets.secret("a", "n"))) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(set(drawn)) == 1


def test_a_keyring_that_works_keeps_the_key_and_the_file_only_says_so(
    home: Path, memory_keyring: MemoryKeyring
) -> None:
    key = secrets.secret("key", "n1")
    kept = list(home.rglob("key-n1"))
    assert [file.read_text() for file in kept] == ["in the keyring"]
    assert memory_keyring.get_password("salon-desk", "key-n1") == key.hex()
    assert secrets.secret("key", "n1") == key


def test_a_keyring_that_was_emptied_is_drawn_for_anew(home: Path, memory_keyring: MemoryKeyring) -> None:
    key = secrets.secret("key", "n1")
    memory_keyring.delete_password("salon-desk", "key-n1")
    assert secrets.secret("key", "n1") not in (key, b"")


class _Locked(keyring.backend.KeyringBackend):
    """Asks on a screen that nobody sees."""

    priority = 5

    def __init__(self) -> None:
        super().__init__()
        self.over = threading.Event()

    def get_password(self, service: str, username: str) -> str | None:
        self.over.wait()
        return None

    def set_password(self, service: str, username: str, password: str) -> None:
        self.over.wait()

    def delete_password(self, service: str, username: str) -> None:
        self.over.wait()


@pytest.fixture
def locked(monkeypatch: pytest.MonkeyPatch) -> _Locked:
    monkeypatch.setattr(secrets, "_PATIENCE", 0.05)
    return _Locked()


def test_a_locked_keyring_is_not_waited_for(home: Path, locked: _Locked) -> None:
    keyring.set_keyring(locked)
    assert secrets.secret("key", "n1") == secrets.secret("key", "n1")
    locked.over.set()


def test_a_key_that_lies_in_a_keyring_that_is_locked_now_is_not_drawn_anew(
    home: Path, locked: _Locked
) -> None:
    key = secrets.secret("key", "n1")
    unlocked = keyring.get_keyring()
    keyring.set_keyring(locked)
    with pytest.raises(secrets.KeysUnreachable):
        secrets.secret("key", "n1")
    keyring.set_keyring(unlocked)
    locked.over.set()
    assert secrets.secret("key", "n1") == key


def test_a_folder_of_keys_that_cannot_be_used_is_told_like_a_locked_keyring(keys: Path) -> None:
    keys.write_text("a file stands in its place")
    with pytest.raises(secrets.KeysUnreachable):
        secrets.secret("key", "n1")
    with pytest.raises(secrets.KeysUnreachable):
        secrets.save_token("n1", "p", "t")


def test_what_somebody_else_gave_is_kept_for_one_node_whatever_its_characters(keys: Path) -> None:
    assert secrets.given("mail-password", "n1") == ""
    secrets.save_given("mail-password", "n1", "密码 %41\n")
    assert secrets.given("mail-password", "n1") == "密码 %41\n"
    assert secrets.given("mail-password", "n2") == ""
    secrets.save_given("mail-password", "n1", "")
    assert secrets.given("mail-password", "n1") == ""
