"""`python -m salon_desk` and the script `salon-desk`.

Nothing lives here: the commands are in `cli/`.
"""

from __future__ import annotations

import sys

from salon_desk.cli.main import main

if __name__ == "__main__":
    sys.exit(main())
