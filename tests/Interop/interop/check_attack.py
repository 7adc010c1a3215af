"""Attacks from some addresses of the loopback network, while a device at another one sends and a mail client fetches."""

import os
import resource
import selectors
import socket
import subprocess
import sys
import time

from . import mails
from .wire import Pop3, Smtp

FLOODER = "127.0.0.66"
SLOW = "127.0.0.67"
ENDLESS = "127.0.0.68"
CONNECTIONS = 10_000
SLOW_SENDERS = 200
ATTACK_SECONDS = 20
BEGIN_SECONDS = 2
REPLY_SECONDS = 5

# What the runtime has not collected yet of 10,000 accepted sockets is some 20 MiB; 4 KiB kept of each would be twice that.
GROWTH_KIBIBYTES = 32 * 1024


def checks(bench):
    """Floods, slow senders, an endless mail: each alone would do."""
    yield "attack: 10,000 connections, 200 slow senders and an endless DATA: 250 and a mail within 5 s, memory flat", _attack(bench)


def _attack(bench):
    def check():
        simulator = bench.new_simulator("attacked", {"mode": "device", "ring": "64M"}).start()
        simulator.deliver(mails.plain())
        resident = _resident(simulator)
        attack = subprocess.Popen(
            [sys.executable, "-m", "interop.check_attack", str(simulator.smtp), str(simulator.pop3)],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, text=True)
        try:
            time.sleep(BEGIN_SECONDS)
            slowest = _work(simulator, time.monotonic() + ATTACK_SECONDS - 2 * BEGIN_SECONDS)
            growth = _resident(simulator) - resident
        finally:
            attack.wait(ATTACK_SECONDS + 30)
        report = attack.stdout.read()
        assert attack.returncode == 0, report
        connections, slow, endless = (int(number) for number in report.split())
        assert connections >= CONNECTIONS and slow >= SLOW_SENDERS and endless > 1_000_000, report
        assert slowest < REPLY_SECONDS, f"{slowest:.1f} s"
        assert growth < GROWTH_KIBIBYTES, f"{growth} KiB more than before"
        log = simulator.whole_log()
        assert b"bounds: since the start connections " in log, log[-2000:]
        print(f"# attack: {connections} connections, {slow} slow senders, {endless} octets of one mail; "
              f"the slowest 250 or mail took {slowest:.2f} s, {growth} KiB more resident")
        simulator.stop()
    return check


def _work(simulator, end):
    slowest = 0.0
    sent = 1
    while time.monotonic() < end:
        started = time.monotonic()
        with Smtp(simulator.smtp, timeout=REPLY_SECONDS) as device:
            device.mail(mails.plain())
            device.quit()
        slowest = max(slowest, time.monotonic() - started)
        sent += 1
        started = time.monotonic()
        with Pop3(simulator.pop3, b"alice", timeout=REPLY_SECONDS) as client:
            assert client.ask(b"STAT").startswith(b"+OK %d " % sent)
            client.ask(b"RETR %d" % sent)
            client.body()
            client.quit()
        slowest = max(slowest, time.monotonic() - started)
        time.sleep(0.2)
    return slowest


def _resident(simulator):
    with open(f"/proc/{simulator.pid}/status", encoding="ascii") as file:
        return next(int(line.split()[1]) for line in file if line.startswith("VmRSS:"))


class _Attackers:
    """One thread that does all three at once; bounded in time, connections and octets."""

    def __init__(self, smtp, pop3):
        self._ports = (smtp, pop3)
        self._selector = selectors.DefaultSelector()
        self._slow = set()
        self._endless = None
        self._flows = False
        self.connections = 0
        self.slow = 0
        self.octets = 0

    def run(self):
        """Until the time is over: then everything is closed at once."""
        started = time.monotonic()
        next_drip = started
        while time.monotonic() < started + ATTACK_SECONDS:
            elapsed = time.monotonic() - started
            due = min(CONNECTIONS, int(CONNECTIONS * elapsed / (ATTACK_SECONDS - 5)) + 1)
            for _ in range(min(due - self.connections, 200)):
                self._open(FLOODER, self._ports[self.connections % 4 == 3], None)
                self.connections += 1
            if time.monotonic() >= next_drip:
                next_drip += 1
                self._drip()
            self._go_on()
            for key, _ in self._selector.select(0.01):
                self._read(key)
        for key in list(self._selector.get_map().values()):
            key.fileobj.close()

    def _open(self, source, port, role):
        client = socket.socket()
        client.setblocking(False)
        client.bind((source, 0))
        client.connect_ex(("127.0.0.1", port))
        self._selector.register(client, selectors.EVENT_READ, role)
        return client

    # One octet each second: half of them within a command, the others within mail data. Who is closed comes again.
    def _drip(self):
        while len(self._slow) < SLOW_SENDERS:
            client = self._open(SLOW, self._ports[0], "slow")
            self._slow.add(client)
            self.slow += 1
        for number, client in enumerate(self._slow):
            try:
                client.send(b"x")
            except OSError:
                continue

    def _go_on(self):
        if self._endless is None:
            self._endless = self._open(ENDLESS, self._ports[0], "endless")
            self._flows = False
        if not self._flows:
            return
        try:
            self.octets += self._endless.send(b"on and on and on\r\n" * 1000)
        except OSError:
            pass

    def _read(self, key):
        try:
            octets = key.fileobj.recv(4096)
        except BlockingIOError:
            return
        except OSError:
            octets = b""
        if octets.startswith(b"220") and (key.data == "endless" or (key.data == "slow" and key.fileobj.fileno() % 2)):
            key.fileobj.send(b"\r\nHELO x\r\nMAIL FROM:<>\r\nRCPT TO:<bob@lan>\r\nDATA\r\n")
        self._flows |= key.data == "endless" and b"354" in octets
        if not octets:
            self._selector.unregister(key.fileobj)
            key.fileobj.close()
            self._slow.discard(key.fileobj)
            if key.fileobj is self._endless:
                self._endless = None


def _main():
    hard = resource.getrlimit(resource.RLIMIT_NOFILE)[1]
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(hard, 20_000), hard))
    os.nice(5)
    attackers = _Attackers(int(sys.argv[1]), int(sys.argv[2]))
    attackers.run()
    print(attackers.connections, attackers.slow, attackers.octets)


if __name__ == "__main__":
    _main()
