"""Threads that decode a struct for the first time at the same time all get their answer, in a process that lives."""

from __future__ import annotations

import subprocess
import sys

_PROGRAM = """
import sys, threading, types
sys.setswitchinterval(1e-6)
from salon_desk.wire import codec

FRESH = '''
from __future__ import annotations
import msgspec
class Inner(msgspec.Struct, frozen=True):
    number: int
    words: tuple[tuple[str, int], ...] = ()
class Outer(msgspec.Struct, frozen=True):
    several: tuple[Inner, ...] = ()
    one: Inner | None = None
'''

def decode(start, kind, answers):
    start.wait()
    answers.append(codec.decode(b'{"several": [{"number": 1}], "one": {"number": 2}}', kind))

for turn in range(100):
    module = types.ModuleType(f"fresh{turn}")
    sys.modules[module.__name__] = module
    exec(FRESH, module.__dict__)
    start, answers = threading.Barrier(16), []
    threads = [threading.Thread(target=decode, args=(start, module.Outer, answers)) for _ in range(16)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert answers == [module.Outer((module.Inner(1),), module.Inner(2))] * 16
print("alive")
"""


def test_threads_may_decode_a_struct_for_the_first_time_together() -> None:
    done = subprocess.run([sys.executable, "-c", _PROGRAM], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.strip()) == (0, "alive"), done.stderr[:2000]
