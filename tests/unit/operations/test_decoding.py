"""Threads that decode a kind for the first time at the same time all get their answer, in a process that lives."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys, threading
sys.setswitchinterval(1e-6)
from salon_desk.operations import registry
from salon_desk.wire import codec, messages

def all_at_once(work):
    start, answers = threading.Barrier(16), []
    def one():
        start.wait()
        answers.append(work())
    threads = [threading.Thread(target=one) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return answers

def refused(kind, body):
    try:
        return registry.decode(kind, registry.KINDS[kind].VERSION, body)
    except registry.msgspec.MsgspecError:
        return "refused"

for kind in registry.KINDS:
    assert len(all_at_once(lambda: refused(kind, b"[]"))) == 16, kind
feed = messages.FeedAnswer(cursor="a", position=1, last=1, ops=[])
assert all_at_once(lambda: codec.decode(codec.encode(feed), messages.FeedAnswer)) == [feed] * 16
print("alive")
"""


def test_threads_may_decode_a_kind_for_the_first_time_together() -> None:
    """Five tries, because without the lock a process dies in most of them, not in every one."""
    for _ in range(5):
        done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)
        assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[:2000]
