"""What only this machine may know: a node's key, the secrets it draws once, the token its parent gave it.

They lie in the system's keyring, or where it has none that answers in files of mode 0600 in the user's own folder; never
in a till's folder, which is copied and backed up. `SALON_DESK_KEYS` names a folder of files and leaves the keyring alone.
"""

from __future__ import annotations

import contextlib
import hashlib
import logging
import os
import sys
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final, TypeVar
from urllib.parse import quote, unquote

from salon_desk.domain.errors import DomainError

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

FOLDER_VARIABLE: Final = "SALON_DESK_KEYS"
KEY_BYTES: Final = 32
_SERVICE: Final = "salon-desk"
_IN_KEYRING: Final = "in the keyring"
_LOCK: Final = "lock"
_PATIENCE: Final = 3.0
"""Seconds that a keyring has for an answer: a locked one asks on a screen that a kiosk does not have (PITFALLS 26)."""

T = TypeVar("T")

_log = logging.getLogger(__name__)


@dataclass
class KeysUnreachable(DomainError):
    """A key lies in the system's keyring, which is locked or does not answer, or in files that cannot be read or written.

    Nothing was changed.
    """


@dataclass(frozen=True, slots=True)
class NodeKeys:
    """The Ed25519 key of a node; `public_hex` is the half that others may know, 64 hex digits."""

    private: Ed25519PrivateKey
    public_hex: str


@contextlib.contextmanager
def _reached() -> Iterator[None]:
    """A folder of keys that cannot be used is told like a keyring that cannot. Raises KeysUnreachable."""
    try:
        yield
    except OSError as error:
        _log.warning("the folder of keys cannot be used: %s", error)
        raise KeysUnreachable from error


def node_keys(node: str) -> NodeKeys:
    """The key of a node, made on first use. Not for the UI thread: a keyring may take seconds. Raises KeysUnreachable."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    private = Ed25519PrivateKey.from_private_bytes(secret("key", node))
    return NodeKeys(private, private.public_key().public_bytes_raw().hex())


@_reached()
def secret(name: str, node: str) -> bytes:
    """32 random bytes, drawn on first use and the same for every process from then on. Raises KeysUnreachable."""
    entry = _entry(name, node)
    found = _read(entry)
    if found is None:
        with _alone():
            found = _read(entry)
            if found is None:
                found = os.urandom(KEY_BYTES).hex()
                _write(entry, found)
    return bytes.fromhex(found)


@_reached()
def save_token(node: str, parent: str, token: str) -> None:
    """Keep the token that `parent` gave to `node`. Raises KeysUnreachable."""
    with _alone():
        _write(_entry("token", node, parent), token)


@_reached()
def token(node: str, parent: str) -> str:
    """The token that `parent` gave to `node`, empty when there is none. Raises KeysUnreachable."""
    return _read(_entry("token", node, parent)) or ""


@_reached()
def save_given(name: str, node: str, value: str) -> None:
    """Keep a secret that somebody else gave to this node: a provider's token, a password. Raises KeysUnreachable."""
    with _alone():
        _write(_entry("given", name, node), quote(value))


@_reached()
def given(name: str, node: str) -> str:
    """What `save_given` kept, empty when there is nothing. Not for the UI thread. Raises KeysUnreachable."""
    return unquote(_read(_entry("given", name, node)) or "")


def note(name: str, of: str) -> str:
    """What `save_note` kept on this machine, empty when it kept nothing. It is no secret and in no keyring. Raises OSError."""
    try:
        return (key_folder() / _entry(name, of)).read_text("ascii")
    except FileNotFoundError:
        return ""


def save_note(name: str, of: str, text: str) -> None:
    """Keep something that is no secret but belongs to this machine and no folder, whole or not at all. Raises OSError."""
    with _alone():
        _write_file(key_folder() / _entry(name, of), text)


def note_file(name: str, of: str) -> Path:
    """Where `save_note` keeps it, for whoever reads files only: a library that wants a certificate."""
    return key_folder() / _entry(name, of)


def key_folder(environment: Mapping[str, str] = os.environ) -> Path:
    """Where the files lie: `SALON_DESK_KEYS`, else the user's own place for data that is not for others."""
    if chosen := environment.get(FOLDER_VARIABLE, "").strip():
        return Path(chosen).expanduser()
    home = Path.home()
    if sys.platform == "win32":
        data = Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    elif sys.platform == "darwin":
        data = home / "Library" / "Application Support"
    else:
        data = Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
    return data / "salon-desk-keys"


def _entry(*parts: str) -> str:
    """The name of an entry: short enough for every file system, whatever ids are given."""
    name = "-".join(quote(part, safe="") for part in parts)
    return name if len(name) <= 120 else f"{name[:40]}-{hashlib.sha256(name.encode()).hexdigest()}"


def _read(entry: str) -> str | None:
    try:
        kept = (key_folder() / entry).read_text("ascii")
    except FileNotFoundError:
        return None
    if kept != _IN_KEYRING:
        return kept
    try:
        found: str | None = _within_patience(lambda ring: ring.get_password(_SERVICE, entry))
        return found
    except Exception as error:
        # whatever a back end raises (there are a dozen kinds), the key is out of reach and must not be drawn anew
        raise KeysUnreachable from error


def _write(entry: str, value: str) -> None:
    """Into the keyring if there is one, with a note in the file, so that a later start does not look elsewhere."""
    kept = value
    if not os.environ.get(FOLDER_VARIABLE, "").strip() and _keyring_works():
        try:
            _within_patience(lambda ring: ring.set_password(_SERVICE, entry, value))
            kept = _IN_KEYRING
        except Exception as error:
            _log.warning("the keyring took no secret (%s); it is kept in a file", type(error).__name__)
    _write_file(key_folder() / entry, kept)


def _write_file(path: Path, text: str) -> None:
    """Whole or not at all, readable for this user alone, on the disk before anybody relies on it."""
    handle, scratch = tempfile.mkstemp(dir=path.parent)  # mode 0600
    try:
        with os.fdopen(handle, "w", encoding="ascii") as file:
            file.write(text)
            file.flush()
            os.fsync(file.fileno())
        os.replace(scratch, path)
    except BaseException:
        Path(scratch).unlink(missing_ok=True)
        raise


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One process and one thread at a time makes or changes an entry; a killed process leaves no lock behind."""
    folder = key_folder()
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    file = os.open(folder / _LOCK, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        if sys.platform == "win32":
            import msvcrt

            msvcrt.locking(file, msvcrt.LK_LOCK, 1)
        else:
            import fcntl

            fcntl.flock(file, fcntl.LOCK_EX)
        yield
    finally:
        os.close(file)


def _keyring_works() -> bool:
    """Whether the system's keyring keeps what it is given and gives it back, in time and without asking anybody."""
    import keyring

    return _probe(keyring.get_keyring())


@cache
def _probe(ring: Any) -> bool:
    if ring.priority < 1 or type(ring).__module__.startswith("keyrings."):
        return False  # none at all, or one that keeps plain text or asks on the terminal

    def there_and_back(ring: Any) -> bool:
        ring.set_password(_SERVICE, "probe", "kept")
        try:
            return bool(ring.get_password(_SERVICE, "probe") == "kept")
        finally:
            ring.delete_password(_SERVICE, "probe")

    try:
        return _within_patience(there_and_back)
    except Exception as error:
        _log.info("no keyring that can be used: %s", type(error).__name__)
        return False


def _within_patience(work: Callable[[Any], T]) -> T:
    """Ask the keyring on a thread that nobody waits for beyond the limit. Raises TimeoutError, and what it raises."""
    import keyring

    answer: Future[T] = Future()

    def ask() -> None:
        try:
            answer.set_result(work(keyring.get_keyring()))
        except BaseException as error:
            answer.set_exception(error)

    threading.Thread(target=ask, name="keyring", daemon=True).start()
    return answer.result(_PATIENCE)
