"""Counts checks and prints one line for each."""

import threading
import time
import traceback

from .simulator import SimulatorFailed


class Report:
    """Runs checks; `ok 3 - name` or `not ok 3 - name` and why, as they come, from several threads."""

    def __init__(self, only, directory):
        self._only = only
        self._directory = directory
        self._lock = threading.Lock()
        self._count = 0
        self._failed = []

    def run_all(self, modules, bench):
        """Runs the checks of some modules, one after the other; a simulator that is gone ends them."""
        try:
            for module in modules:
                for name, check in module.checks(bench):
                    self.run(name, check)
        except SimulatorFailed:
            pass

    def run(self, name, check, always=False):
        """Runs one check that was asked for; whatever it raises is its failure."""
        if self._only and not always and not any(word in name for word in self._only):
            return
        started = time.monotonic()
        try:
            check()
        except Exception as error:  # A check may fail in any way, and the others still run.
            self._note(name, f"{name}\n{_explain(error)}", True)
            if isinstance(error, SimulatorFailed):
                raise
        else:
            self._note(name, f"{name} ({time.monotonic() - started:.1f} s)", False)

    def finish(self):
        """Prints the closing line; the exit code."""
        if self._count == 0:
            print("no check has such a name")
            return 1
        for name in self._failed:
            print(f"failed: {name}")
        if self._failed:
            print(f"what the simulators logged: {self._directory}/*/*/log")
        print(f"{self._count} checks, {len(self._failed)} failed")
        return 1 if self._failed else 0

    def _note(self, name, text, has_failed):
        with self._lock:
            self._count += 1
            if has_failed:
                self._failed.append(name)
            print(f"{'not ok' if has_failed else 'ok'} {self._count} - {text}", flush=True)


def _explain(error):
    lines = ["    " + line[:300] for line in (str(error).splitlines() or [type(error).__name__])[:30]]
    for frame in traceback.extract_tb(error.__traceback__)[1:]:
        lines.append(f"    at {frame.filename.rsplit('/', 1)[-1]}:{frame.lineno} {frame.line}")
    return "\n".join(lines)
