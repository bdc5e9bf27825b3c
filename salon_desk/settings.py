"""Where things lie on this machine and what its environment asks for: resources, data folder, language.

No setting of the shop is here (those are operations) and none that a till keeps (`storage/local.py`). Nothing in this
module writes; a folder that is not there is the caller's to make or to refuse.
"""

from __future__ import annotations

import os
import sys
import tomllib
from collections.abc import Mapping
from importlib.resources import files
from pathlib import Path
from typing import Any, Final

from salon_desk.i18n import LANGUAGES

DATA_VARIABLE: Final = "SALON_DESK_DATA"
_FOLDER: Final = "salon-desk"
_DEMO_FOLDER: Final = "salon-desk-demo"


def resource_folder(name: str) -> Path:
    """A folder of the product's resources: packed into `salon_desk/_resources`, or `resources/` of the tree.

    Raises FileNotFoundError for a folder that does not come with the product.
    """
    package = Path(str(files("salon_desk")))
    for resources in (package / "_resources", package.parent / "resources"):
        if (resources / name).is_dir():
            return resources / name
    raise FileNotFoundError(f"no resources named {name!r} beside {package}")


def demo_shop() -> Mapping[str, Any]:
    """The demo shop as it stands in its files, one mapping of all their tables."""
    shop: dict[str, Any] = {}
    for name in ("shop.toml", "menu.toml", "members.toml"):
        shop |= tomllib.loads((resource_folder("demo") / name).read_text("utf-8"))
    return shop


def demo_chain() -> Mapping[str, Any]:
    """What the demo chain has besides the demo shop."""
    return tomllib.loads((resource_folder("demo") / "chain.toml").read_text("utf-8"))


def default_data_folder(environment: Mapping[str, str] = os.environ, *, demo: bool = False) -> Path:
    """Where a till's data lies when nobody says: $SALON_DESK_DATA, else the user's own place for such data.

    The demo has a folder of its own, so that it never mixes with a shop's.
    """
    if chosen := environment.get(DATA_VARIABLE, "").strip():
        return Path(chosen).expanduser()
    return _user_data(environment) / (_DEMO_FOLDER if demo else _FOLDER)


def language_of(environment: Mapping[str, str] = os.environ) -> str:
    """The language that the environment asks for by the usual variables, English when it is none of ours."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if asked := environment.get(variable, ""):
            return _language(asked)
    return "en"


def _language(asked: str) -> str:
    tag = asked.split(".")[0].split("@")[0].replace("-", "_")
    if tag in LANGUAGES:
        return tag
    if not tag.startswith("zh"):
        return "en"
    return "zh_TW" if any(part in tag for part in ("TW", "HK", "MO", "Hant")) else "zh_CN"


def _user_data(environment: Mapping[str, str]) -> Path:
    home = Path.home()
    if sys.platform == "win32":
        return Path(environment.get("LOCALAPPDATA") or home / "AppData" / "Local")
    if sys.platform == "darwin":
        return home / "Library" / "Application Support"
    return Path(environment.get("XDG_DATA_HOME") or home / ".local" / "share")
