"""Client programs log in by every mechanism they know, where mail is taken from nobody else."""

import smtplib

from . import mails
from .compare import check_same
from .login_clients import fetchers, senders

_PASSWORD = "secret-alice"

# What needs the password in plain is not offered where there is a hash of it.
_DIGESTS = ("CRAM-MD5", "APOP")


def checks(bench):
    """Right and wrong passwords, in plain and hashed in the configuration."""
    for name, send in senders():
        yield f"login: {name} sends", _sends(bench, "logins", send)
        if not name.endswith(_DIGESTS):
            yield f"login, hashed: {name} sends", _sends(bench, "hashed", send)
        if not name.startswith("neomutt"):
            yield f"login: {name} is told of a wrong password", _is_refused(bench, send, "smtp")
    for name, fetch in fetchers():
        yield f"login: {name} fetches", _fetches(bench, "logins", fetch)
        if not name.endswith(_DIGESTS):
            yield f"login, hashed: {name} fetches", _fetches(bench, "hashed", fetch)
        if not name.startswith("neomutt"):
            yield f"login: {name} is told of a wrong password and gets nothing", _is_refused(bench, fetch, "pop3")
    yield "login: who does not log in sends nothing", _sends_nothing(bench)
    yield "login: what is offered is what works", _offers(bench, "logins", b"AUTH PLAIN LOGIN CRAM-MD5", True)
    yield "login, hashed: what is offered is what works", _offers(bench, "hashed", b"AUTH PLAIN LOGIN", False)
    yield "login: no password is in a log", _logs_no_password(bench)


def _deliver(simulator):
    with simulator.smtp_client() as client:
        client.ask(b"AUTH PLAIN AGFsaWNlAHNlY3JldC1hbGljZQ==", b"235")
        client.mail(mails.plain(), [b"alice@lan"], b"ups@lan", b"250")
        client.quit()


def _sends(bench, name, send):
    def check():
        simulator = bench.simulator(name)
        send(simulator.smtp, bench.fresh_home("login"), _PASSWORD)
        found = simulator.fetch()
        assert len(found) == 1, f"{len(found)} mails came"
        assert b" with ESMTPA id " in found[0], found[0][:400]
        assert b"The UPS runs on battery." in found[0]
    return check


def _fetches(bench, name, fetch):
    def check():
        simulator = bench.simulator(name)
        _deliver(simulator)
        _deliver(simulator)
        count = fetch(simulator.pop3, bench.fresh_home("login"), _PASSWORD)
        assert count == 2, f"{count} mails were fetched"
        for message in simulator.fetch():
            check_same(message, mails.plain(), adds=True)
    return check


def _is_refused(bench, client, protocol):
    def check():
        simulator = bench.simulator("logins")
        _deliver(simulator)
        try:
            client(getattr(simulator, protocol), bench.fresh_home("login"), "secret-bob")
        except (AssertionError, smtplib.SMTPException):
            assert len(simulator.fetch()) == 1
            return
        raise AssertionError("the wrong password was taken")
    return check


def _sends_nothing(bench):
    def check():
        simulator = bench.simulator("logins")
        with simulator.smtp_client() as client:
            client.ask(b"MAIL FROM:<ups@lan>", b"530 5.7.0")
            client.ask(b"AUTH PLAIN AGFsaWNlAHNlY3JldC1ib2I=", b"535 5.7.8")
            client.ask(b"MAIL FROM:<ups@lan>", b"530 5.7.0")
            client.quit()
        assert simulator.fetch() == []
    return check


def _offers(bench, name, line, has_stamp):
    def check():
        simulator = bench.simulator(name)
        with simulator.smtp_client() as client:
            offered = client.ask(b"EHLO tester.lan", b"250").split(b"\r\n")
            assert any(found[4:] == line for found in offered), offered
            client.ask(b"AUTH CRAM-MD5", b"334" if has_stamp else b"504")
        with simulator.pop3_client(name=None) as client:
            assert (b"<" in client.greeting) == has_stamp, client.greeting
    return check


def _logs_no_password(bench):
    def check():
        for name in ("logins", "hashed"):
            # What it prints at its start has one, for whoever tries it out.
            log = b"\n".join(line for line in bench.running(name).whole_log().splitlines() if line[:2] == b"20")
            assert b"wrong name or password" in log or name == "hashed", log[-1000:]
            for secret in (b"secret-alice", b"c2VjcmV0LWFsaWNl", b"AGFsaWNl", b"secret-bob"):
                assert secret not in log, f"{secret!r} is in the log of {name}"
    return check
