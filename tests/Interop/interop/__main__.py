"""Runs the checks: python3 -m interop [--directory DIR] [--list] [WORD...]"""

import argparse
import signal
import sys
import tempfile

from . import check_connections, check_pop3_clients, check_smtp_clients, check_wire_data, check_wire_pop3, check_wire_smtp
from .bench import Bench
from .report import Report
from .simulator import SimulatorFailed

MODULES = (check_smtp_clients, check_pop3_clients, check_wire_data, check_wire_smtp, check_wire_pop3, check_connections)


def main():
    """Runs every check whose name holds one of the words, or all."""
    parser = argparse.ArgumentParser(prog="tests/Interop/run", description="Checks the simulator with real clients and on the wire.")
    parser.add_argument("words", nargs="*", metavar="WORD", help="run only checks whose name holds one of these")
    parser.add_argument("--directory", help="where cards, configurations and logs go; default: a temporary folder")
    parser.add_argument("--list", action="store_true", help="print the checks' names")
    options = parser.parse_args()
    directory = options.directory or tempfile.mkdtemp(prefix="interop-")
    bench = Bench(directory)
    report = Report(options.words, directory)
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    try:
        for module in MODULES:
            for name, check in module.checks(bench):
                if options.list:
                    print(name)
                else:
                    report.run(name, check)
        if options.list:
            return 0
        report.run("the simulators stop in order", bench.stop)
    except SimulatorFailed as error:
        print(f"not ok - {error}")
        return 1
    finally:
        bench.kill()
    return report.finish()


sys.exit(main())
