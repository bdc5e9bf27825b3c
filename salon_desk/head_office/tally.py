"""Counts for whoever watches the server: requests by route and status, operations recorded.

No personal data: routes are templates, children are not named. Everything runs on the event loop.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator


class Tally:
    """What this process has done since it was started."""

    def __init__(self) -> None:
        self.requests: Counter[tuple[str, str, int]] = Counter()
        self.seconds: defaultdict[tuple[str, str], float] = defaultdict(float)
        self.recorded = 0

    def served(self, method: str, route: str, status: int, seconds: float) -> None:
        """A request was answered."""
        self.requests[method, route, status] += 1
        self.seconds[method, route] += seconds

    def lines(self) -> Iterator[str]:
        """The counts in Prometheus' text format."""
        yield "# TYPE salon_desk_requests_total counter"
        for (method, route, status), number in sorted(self.requests.items()):
            yield f'salon_desk_requests_total{{method="{method}",route="{route}",status="{status}"}} {number}'
        yield "# TYPE salon_desk_request_seconds_total counter"
        for (method, route), seconds in sorted(self.seconds.items()):
            yield f'salon_desk_request_seconds_total{{method="{method}",route="{route}"}} {seconds:.6f}'
        yield "# TYPE salon_desk_operations_recorded_total counter"
        yield f"salon_desk_operations_recorded_total {self.recorded}"
