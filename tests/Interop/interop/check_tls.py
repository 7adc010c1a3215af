"""TLS: client programs that check the certificate, versions, injected octets, large mail, and where TLS is wanted."""

import re
import socket
import ssl

from . import mails
from .compare import check_same
from .programs import run, write
from .tls_clients import context, fetchers, senders

_VERSIONS = (ssl.TLSVersion.TLSv1_2, ssl.TLSVersion.TLSv1_3)


def checks(bench):
    """Every program both ways, and what is said on the wire."""
    for name, send in senders():
        yield f"tls: {name} sends by STARTTLS", _sends(bench, send, False)
        yield f"tls: {name} sends by smtps", _sends(bench, send, True)
    for name, fetch in fetchers():
        yield f"tls: {name} fetches by STLS", _fetches(bench, fetch, False)
        yield f"tls: {name} fetches by pop3s", _fetches(bench, fetch, True)
    for service in ("smtp", "pop3"):
        yield f"tls: openssl s_client begins it with {service}", _s_client(bench, service)
        yield f"tls: sslscan finds nothing below TLS 1.2 at {service} [98]", _sslscan(bench, service)
        yield f"tls: octets behind the command are discarded, {service} [67] [97]", _injects(bench, service)
        yield f"tls: garbage in place of a hello ends the connection, {service}", _garbage(bench, service)
    for version in _VERSIONS:
        yield f"tls: 3 MB go both ways, {version.name}", _large(bench, version)
    yield "tls: tls-legacy takes TLS 1.0 where the system has it, and says so", _legacy(bench)
    yield "tls: a client that vanishes in the handshake leaves its slot", _vanishes(bench)
    yield "tls, wanted: nothing goes before it, everything within", _is_wanted(bench)
    yield "tls: no password is in a log", _logs_no_password(bench)


def _port(simulator, service, implicit):
    return getattr(simulator, service + "s" if implicit else service)


def _sends(bench, send, implicit):
    def check():
        simulator = bench.simulator("tls")
        send(simulator, _port(simulator, "smtp", implicit), bench.fresh_home("tls"), implicit)
        found = simulator.fetch()
        assert len(found) == 1, f"{len(found)} mails came"
        assert b" with ESMTPSA id " in found[0], found[0][:400]
        assert b"The UPS runs on battery." in found[0]
    return check


def _fetches(bench, fetch, implicit):
    def check():
        simulator = bench.simulator("tls")
        simulator.deliver(mails.plain())
        simulator.deliver(mails.plain())
        count = fetch(simulator, _port(simulator, "pop3", implicit), bench.fresh_home("tls"), implicit)
        assert count == 2, f"{count} mails were fetched"
        for message in simulator.fetch():
            check_same(message, mails.plain(), adds=True)
    return check


def _s_client(bench, service):
    def check():
        simulator = bench.running("tls")
        ask = b"QUIT\n"
        for version in ("-tls1_2", "-tls1_3"):
            said = run(["openssl", "s_client", "-connect", f"127.0.0.1:{getattr(simulator, service)}", "-starttls", service, version,
                        "-CAfile", simulator.certificate, "-verify_return_error", "-verify_ip", "127.0.0.1", "-crlf", "-ign_eof"],
                       bench.home("tls"), ask)
            assert b"Verify return code: 0 (ok)" in said, said
            assert (b"221 2.0.0" if service == "smtp" else b"+OK bye") in said, said
        for version in ("-tls1", "-tls1_1"):
            said = run(["openssl", "s_client", "-connect", f"127.0.0.1:{getattr(simulator, service)}", "-starttls", service, version,
                        "-cipher", "ALL:@SECLEVEL=0"], bench.home("tls"), ask, codes=(1,))
            assert b"Cipher is (NONE)" in said, said
    return check


def _sslscan(bench, service):
    def check():
        simulator = bench.running("tls")
        for port, how in ((getattr(simulator, service), ["--starttls-" + service]), (_port(simulator, service, True), [])):
            said = run(["sslscan", "--no-colour", "--no-heartbleed", *how, f"127.0.0.1:{port}"], bench.home("tls")).decode()
            enabled = set(re.findall(r"^(SSLv\d|TLSv1\.\d) +enabled", said, re.MULTILINE))
            assert enabled == {"TLSv1.2", "TLSv1.3"}, said
            accepted = set(re.findall(r"^(?:Preferred|Accepted) +(\S+)", said, re.MULTILINE))
            assert accepted == {"TLSv1.2", "TLSv1.3"}, said
    return check


# What a system's own settings forbid, no program's can allow.
_OLD_SYSTEM = """openssl_conf = default_conf
[default_conf]
ssl_conf = ssl_section
[ssl_section]
system_default = system_default_section
[system_default_section]
MinProtocol = TLSv1
CipherString = DEFAULT:@SECLEVEL=0
"""


def _legacy(bench):
    def check():
        home = bench.fresh_home("tls")
        old_system = write(home, "openssl.cnf", _OLD_SYSTEM)
        for legacy in ("yes", "no"):
            simulator = bench.new_simulator(f"tls-legacy-{legacy}", {"ring": "4M", "message-max": "1M", "tls-legacy": legacy})
            simulator.environment = {"OPENSSL_CONF": old_system}
            simulator.start()
            said = run(["openssl", "s_client", "-connect", f"127.0.0.1:{simulator.smtp}", "-starttls", "smtp", "-tls1",
                        "-cipher", "ALL:@SECLEVEL=0", "-CAfile", simulator.certificate, "-crlf", "-ign_eof"], home, b"QUIT\n", codes=(0, 1))
            assert (b"221 2.0.0" in said) == (legacy == "yes"), said
            assert (b"tls-legacy: TLS 1.0 and 1.1" in simulator.whole_log()) == (legacy == "yes"), simulator.log()
            simulator.stop()
    return check


def _hello(service):
    return (b"STARTTLS\r\n", b"220 2.0.0") if service == "smtp" else (b"STLS\r\n", b"+OK")


class _Plain:
    """A connection before TLS, greeted."""

    def __init__(self, simulator, service):
        self.socket = socket.create_connection(("127.0.0.1", getattr(simulator, service)), 15)
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self.line()

    def line(self):
        """The next line; nothing behind it is taken."""
        line = b""
        while not line.endswith(b"\n"):
            octet = self.socket.recv(1)
            assert octet, line
            line += octet
        return line


def _injects(bench, service):
    def check():
        simulator = bench.running("tls")
        command, ready = _hello(service)
        evil = b"EHLO evil\r\nMAIL FROM:<evil@elsewhere.example>\r\nRCPT TO:<alice@lan>\r\n" if service == "smtp" else b"USER alice\r\n"
        for version in _VERSIONS:
            plain = _Plain(simulator, service)
            plain.socket.sendall(command + evil)
            assert plain.line().startswith(ready)
            with context(simulator, version).wrap_socket(plain.socket, server_hostname="127.0.0.1") as secure:
                secure.settimeout(0.3)
                try:
                    raise AssertionError(f"an answer to what came in plain: {secure.recv(1000)}")
                except TimeoutError:
                    secure.settimeout(15)
                secure.sendall(b"DATA\r\n" if service == "smtp" else b"PASS secret-alice\r\n")
                said = secure.recv(1000)
                assert said.startswith(b"503" if service == "smtp" else b"-ERR"), said
                secure.sendall(b"QUIT\r\n")
                said = secure.recv(1000)
                assert said.startswith(b"221" if service == "smtp" else b"+OK"), said
                assert secure.recv(1000) == b""
    return check


def _garbage(bench, service):
    def check():
        simulator = bench.running("tls")
        command, ready = _hello(service)
        for octets in (b"NOOP\r\n", b"\x16\x03\x01\x00\x05hello", bytes(range(256)) * 20, b"\x16" * 40000):
            plain = _Plain(simulator, service)
            plain.socket.sendall(command)
            assert plain.line().startswith(ready)
            try:
                plain.socket.sendall(octets)
                plain.socket.shutdown(socket.SHUT_WR)
                while plain.socket.recv(1000):
                    pass
            except OSError:
                pass
            plain.socket.close()
        simulator.deliver(mails.plain())
    return check


def _vanishes(bench):
    def check():
        simulator = bench.simulator("tls")
        for _ in range(40):
            plain = _Plain(simulator, "smtp")
            plain.socket.sendall(b"STARTTLS\r\n")
            assert plain.line().startswith(b"220")
            plain.socket.sendall(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03")
            plain.socket.close()
            with socket.create_connection(("127.0.0.1", simulator.smtps), 15) as silent:
                silent.sendall(b"\x16")
        simulator.deliver(mails.plain())
    return check


def _large(bench, version):
    def check():
        simulator = bench.simulator("tls")
        content = b"Subject: large\r\nDate: Sat, 28 Nov 2026 05:00:00 +0000\r\nMessage-ID: <large@lan>\r\n\r\n" + b"".join(
            b"%07d" % number + b"x" * 60 + b"\r\n" for number in range(43_000))
        plain = _Plain(simulator, "smtp")
        plain.socket.sendall(b"STARTTLS\r\n")
        assert plain.line().startswith(b"220")
        with context(simulator, version).wrap_socket(plain.socket, server_hostname="127.0.0.1") as secure:
            assert secure.version() == ("TLSv1.2" if version == ssl.TLSVersion.TLSv1_2 else "TLSv1.3")
            secure.sendall(b"HELO tester.lan\r\nMAIL FROM:<ups@lan>\r\nRCPT TO:<alice@lan>\r\nDATA\r\n" + content + b".\r\nQUIT\r\n")
            said = _rest(secure)
            assert said.count(b"\r\n250 ") + said.startswith(b"250 ") == 4, said
        with socket.create_connection(("127.0.0.1", simulator.pop3s), 15) as plain_socket, \
                context(simulator, version).wrap_socket(plain_socket, server_hostname="127.0.0.1") as secure:
            secure.sendall(b"USER alice\r\nPASS secret-alice\r\nRETR 1\r\nQUIT\r\n")
            said = _rest(secure)
            assert said.endswith(content + b".\r\n+OK bye\r\n"), said[:600]
    return check


# An end without close_notify is an error to Python, as it should be.
def _rest(secure):
    said = b""
    while True:
        more = secure.recv(65536)
        if not more:
            return said
        said += more


def _is_wanted(bench):
    def check():
        # The simulator looks for its mail by plain logins elsewhere: here none is taken.
        simulator = bench.running("tls-required")
        plain = _Plain(simulator, "smtp")
        for command in (b"HELO tester.lan", b"MAIL FROM:<ups@lan>", b"RCPT TO:<alice@lan>", b"DATA", b"RSET", b"VRFY alice", b"HELP",
                        b"AUTH PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ=="):
            plain.socket.sendall(command + b"\r\n")
            said = plain.line()
            assert said.startswith(b"530 5.7.0"), (command, said)
        plain.socket.sendall(b"QUIT\r\n")
        assert plain.line().startswith(b"221")
        plain = _Plain(simulator, "pop3")
        for command in (b"USER alice", b"PASS secret-alice", b"AUTH PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ=="):
            plain.socket.sendall(command + b"\r\n")
            said = plain.line()
            assert said.startswith(b"-ERR"), (command, said)
        for (name, send), (other, fetch) in zip(senders(), fetchers()):
            send(simulator, simulator.smtp, bench.fresh_home("tls"), False)
            assert fetch(simulator, simulator.pop3, bench.fresh_home("tls"), False) > 0, (name, other)
    return check


def _logs_no_password(bench):
    def check():
        for name in ("tls", "tls-required"):
            log = b"\n".join(line for line in bench.running(name).whole_log().splitlines() if line[:2] == b"20")
            for secret in (b"secret-alice", b"c2VjcmV0LWFsaWNl", b"AGFsaWNl", b"PRIVATE KEY"):
                assert secret not in log, f"{secret!r} is in the log of {name}"
    return check
