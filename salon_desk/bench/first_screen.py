"""The product's first screen as a process of its own: says when it is painted, and when it stands with its people.

The window is put together exactly as `run` does it (`bootstrap/screen/run.py`). Usage: FOLDER of a till with a shop.
"""

from __future__ import annotations

import sys
from pathlib import Path

from salon_desk.bootstrap.screen.run import SWITCH_INTERVAL_S, open_window
from salon_desk.bootstrap.till import open_till
from salon_desk.ui.app import make_application


def main() -> int:
    """Show the window, say "painted" and "ready", and end."""
    from salon_desk.bench.floors.first_paint import PaintWatch, say

    sys.setswitchinterval(SWITCH_INTERVAL_S)
    application = make_application(sys.argv[:1])
    running = open_till(Path(sys.argv[1]))
    try:
        opened = open_window(running, None)
        watches = [PaintWatch(opened.window, lambda: say("painted"))]

        def stands() -> None:
            say("ready")
            application.quit()

        opened.tasks.idle.connect(lambda: watches.append(PaintWatch(opened.window, stands)))
        opened.window.showMaximized()
        opened.watch()
        code = int(application.exec())
        opened.close()
        return code
    finally:
        running.close()


if __name__ == "__main__":
    sys.exit(main())
