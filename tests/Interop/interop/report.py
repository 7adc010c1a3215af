"""Counts checks and prints one line for each."""

import time
import traceback

from .simulator import SimulatorFailed


class Report:
    """Runs checks; `ok 3 - name` or `not ok 3 - name` and why, as they come."""

    def __init__(self, only, directory):
        self._only = only
        self._directory = directory
        self.count = 0
        self.failed = []

    def wants(self, name):
        """Whether a check was asked for: its name holds one of the words given, or none was given."""
        return not self._only or any(word in name for word in self._only)

    def run(self, name, check):
        """Runs one check; whatever it raises is its failure."""
        if not self.wants(name):
            return
        self.count += 1
        started = time.monotonic()
        try:
            check()
        except SimulatorFailed:
            raise
        except Exception as error:  # A check may fail in any way, and the others still run.
            self.failed.append(name)
            print(f"not ok {self.count} - {name}")
            self._explain(error)
        else:
            print(f"ok {self.count} - {name} ({time.monotonic() - started:.1f} s)", flush=True)

    def finish(self):
        """Prints the closing line; the exit code."""
        if self.count == 0:
            print("no check has such a name")
            return 1
        print(f"{self.count} checks, {len(self.failed)} failed")
        for name in self.failed:
            print(f"  failed: {name}")
        if self.failed:
            print(f"  what the simulator logged: {self._directory}")
        return 1 if self.failed else 0

    @staticmethod
    def _explain(error):
        lines = str(error).splitlines() or [type(error).__name__]
        for line in lines[:30]:
            print("    " + line[:300])
        frames = traceback.extract_tb(error.__traceback__)
        for frame in frames[1:]:
            print(f"    at {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.line}", flush=True)
