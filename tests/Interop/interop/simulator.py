"""Starts, stops and kills the simulator on free loopback ports, with a configuration and a card folder of its own."""

import os
import shlex
import signal
import socket
import subprocess
import time

from .wire import Pop3, Smtp

START_SECONDS = 60
STOP_SECONDS = 15
ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

CONFIGURATION = """\
# Written by tests/Interop.
[appliance]
host = mail.lan
domains = lan, harness.test
{settings}
[maildrop alice]
{password}
addresses = alice, postmaster, alerts@shop.example, *

[maildrop bob]
password = secret-bob
addresses = bob

[maildrop carol]
password = "secret carol # with ; words"
addresses = carol
"""


def program():
    """The simulator's command line: the built one, or what INTEROP_SIMULATOR names."""
    named = os.environ.get("INTEROP_SIMULATOR")
    if named:
        return shlex.split(named)
    return ["dotnet", os.path.join(ROOT, "tools/Simulator/bin/Release/net10.0/MailAppliance.Simulator.dll")]


def free_port():
    """A TCP port of the loopback address that nobody has now."""
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]


class SimulatorFailed(Exception):
    """The simulator did not start, or is gone: no other check makes sense."""


class Simulator:
    """One simulator with its own ports, configuration and card."""

    def __init__(self, directory, name, settings, password="password = secret-alice"):
        self.directory = os.path.join(directory, name)
        self.name = name
        self.card = os.path.join(self.directory, "card")
        self.configuration = os.path.join(self.directory, "appliance.ini")
        self.smtp = free_port()
        self.pop3 = free_port()
        self.smtps, self.pop3s = settings.get("smtps-port"), settings.get("pop3s-port")
        self.environment = {}
        self._process = None
        os.makedirs(self.card)
        with open(self.configuration, "w", encoding="utf-8") as file:
            lines = "\n".join(f"{key} = {value}" for key, value in settings.items())
            file.write(CONFIGURATION.format(settings=lines, password=password))

    @property
    def pid(self):
        """The running process."""
        return self._process.pid

    @property
    def is_running(self):
        """Whether it runs."""
        return self._process is not None and self._process.poll() is None

    def start(self):
        """Starts it and waits until both ports greet."""
        command = program() + [
            "--config", self.configuration, "--card", self.card,
            "--smtp", f"127.0.0.1:{self.smtp}", "--pop3", f"127.0.0.1:{self.pop3}",
        ]
        with open(os.path.join(self.directory, "log"), "ab") as log:
            self._process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=log, stderr=log, env={**os.environ, **self.environment})
        with open(os.path.join(self.directory, "pid"), "w", encoding="ascii") as file:
            file.write(str(self._process.pid))
        end = time.monotonic() + START_SECONDS
        for port in (self.smtp, self.pop3):
            while not self._greets(port):
                if self._process.poll() is not None:
                    raise SimulatorFailed(f"the simulator ended with {self._process.returncode}:\n{self.log()}")
                if time.monotonic() > end:
                    raise SimulatorFailed(f"the simulator does not listen:\n{self.log()}")
                time.sleep(0.05)
        return self

    def stop(self):
        """Stops it in order (SIGTERM); its exit code must be 0."""
        if not self.is_running:
            return
        self._process.send_signal(signal.SIGTERM)
        try:
            code = self._process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            self.kill()
            raise SimulatorFailed("the simulator does not stop in order") from None
        if code != 0:
            raise SimulatorFailed(f"the simulator ended with {code}:\n{self.log()}")

    def kill(self):
        """kill -9."""
        if self._process is not None:
            self._process.kill()
            self._process.wait()

    def log(self):
        """The end of what it has logged."""
        return self.whole_log()[-4000:].decode("utf-8", "replace")

    def whole_log(self):
        """All that it has logged."""
        with open(os.path.join(self.directory, "log"), "rb") as file:
            return file.read()

    def processor_seconds(self):
        """Processor time taken so far."""
        with open(f"/proc/{self.pid}/stat", encoding="ascii") as file:
            fields = file.read().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def certificate(self):
        """The certificate that it has made itself: clients that take this for a root trust it, and no other."""
        return os.path.join(self.directory, "tls.pem")

    def smtp_client(self, hello=b"EHLO tester.lan", **options):
        """A raw SMTP client, greeted."""
        return Smtp(self.smtp, hello, **options)

    def pop3_client(self, name=b"alice", password=None, **options):
        """A raw POP3 client, logged in."""
        return Pop3(self.pop3, name, b"secret carol # with ; words" if name == b"carol" else password, **options)

    def deliver(self, content, recipients=(b"alice@lan",), sender=b"ups@lan", expected=b"250"):
        """Sends one mail on a connection of its own."""
        with self.smtp_client() as client:
            reply = client.mail(content, recipients, sender, expected)
            client.quit()
            return reply

    def fetch(self, name=b"alice", delete=True):
        """Everything in a maildrop, which is left empty."""
        with self.pop3_client(name) as client:
            found = client.messages(delete)
            client.quit()
            return found

    def empty(self):
        """Removes whatever an earlier check has left."""
        for name in (b"alice", b"bob", b"carol"):
            with self._patient_client(name) as client:
                for number in range(1, int(client.ask(b"STAT").split()[1]) + 1):
                    client.ask(b"DELE %d" % number)
                client.quit()

    # A client that a check has left behind may still hold the lock for a moment.
    def _patient_client(self, name):
        end = time.monotonic() + 5
        while True:
            try:
                return self.pop3_client(name)
            except AssertionError:
                if time.monotonic() > end:
                    raise
                time.sleep(0.05)

    @staticmethod
    def _greets(port):
        try:
            with socket.create_connection(("127.0.0.1", port), 1) as client:
                client.settimeout(5)
                return client.recv(100)[:3] in (b"220", b"+OK")
        except OSError:
            return False
