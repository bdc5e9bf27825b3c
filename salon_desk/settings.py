"""Where things lie: the resources that came with the program, the data folder of a user.

No setting of a shop lives here (those are descriptions). A wheel carries `resources/` as `salon_desk/_resources`; a
checkout has it beside the package.
"""

from __future__ import annotations

import os
from importlib.resources import files
from importlib.resources.abc import Traversable
from pathlib import Path


def resource_folder(name: str) -> Traversable:
    """The folder `resources/<name>` of the wheel or of the checkout."""
    packed = files("salon_desk") / "_resources" / name
    return packed if packed.is_dir() else Path(__file__).parents[1] / "resources" / name


def default_data_folder() -> Path:
    """Where a till's data lies when nobody says: the user's own data folder."""
    base = os.environ.get("XDG_DATA_HOME") or str(Path.home() / ".local" / "share")
    return Path(base) / "salon-desk"
