"""Runs the checks: python3 -m interop [--directory DIR] [--list] [WORD...]; tests/Interop/run does the rest."""

import argparse
import os
import signal
import sys
import tempfile
import threading

from . import check_attack, check_connections, check_kill, check_login, check_pop3_clients, check_smtp_clients, check_thunderbird, check_tls
from . import check_wire_data, check_wire_pop3, check_wire_smtp
from .bench import Bench
from .report import Report

# What runs at the same time, each lane with simulators of its own: one is all programs, one all octets, one mostly waits. Thunderbird
# comes last, since it takes a core for itself while others look at the clock.
LANES = {
    "programs": (check_smtp_clients, check_pop3_clients, check_login, check_tls, check_thunderbird),
    "wire": (check_wire_data, check_wire_smtp, check_wire_pop3, check_kill),
    "connections": (check_connections, check_attack),
}


def main():
    """Runs every check whose name holds one of the words, or all."""
    parser = argparse.ArgumentParser(prog="tests/Interop/run", description="Checks the simulator with real clients and on the wire.")
    parser.add_argument("words", nargs="*", metavar="WORD", help="run only checks whose name holds one of these")
    parser.add_argument("--directory", help="where cards, configurations and logs go; default: a temporary folder")
    parser.add_argument("--list", action="store_true", help="print the checks' names")
    options = parser.parse_args()
    directory = options.directory or tempfile.mkdtemp(prefix="interop-")
    benches = {name: Bench(os.path.join(directory, name)) for name in LANES}
    if options.list:
        for name, modules in LANES.items():
            for module in modules:
                for check_name, _ in module.checks(benches[name]):
                    print(check_name)
        return 0
    report = Report(options.words, directory)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        lanes = [threading.Thread(target=report.run_all, args=(LANES[name], benches[name]), daemon=True) for name in LANES]
        for lane in lanes:
            lane.start()
        for lane in lanes:
            lane.join()
        for name, bench in benches.items():
            if bench.has_simulators:
                report.run(f"the simulators of lane {name} stop in order", bench.stop, always=True)
    finally:
        for bench in benches.values():
            bench.close()
    return report.finish()


sys.exit(main())
