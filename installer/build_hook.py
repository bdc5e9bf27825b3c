"""What the wheel takes in besides the code: resources/ and the compiled catalogues.

No list of packages lives here (pyproject.toml). A wheel holds `salon_desk/_resources` and `salon_desk/_locale`,
an editable install neither: it reads both where they lie in the tree.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface


class SalonDeskBuildHook(BuildHookInterface):  # type: ignore[type-arg]  # the parameter is the builder's configuration
    """Compiles the catalogues and maps both folders into the package."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Called by hatchling before it collects files; `version` is "standard" or "editable"."""
        if version == "editable":
            return
        root = Path(self.root)
        subprocess.run([sys.executable, "-m", "installer.catalogues", "compile"], cwd=root, check=True)
        included: dict[str, str] = build_data["force_include"]
        for folder, inside, pattern in (("resources", "_resources", "*"), ("i18n", "_locale", "*.mo")):
            for path in sorted((root / folder).rglob(pattern)):
                if path.is_file():
                    included[str(path)] = f"salon_desk/{inside}/{path.relative_to(root / folder).as_posix()}"
