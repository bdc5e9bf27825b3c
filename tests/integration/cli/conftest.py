"""Commands start on a folder that has the demo shop already, so that only what is tested takes time."""

from tests.integration.day.conftest import folder, loaded_demo

__all__ = ["folder", "loaded_demo"]
