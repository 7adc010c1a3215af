"""What Thunderbird stores is what RETR sends; it deletes what it should, knows what it has already, sends what was composed, logs in, and
speaks TLS."""

import email
import email.policy

from . import mails
from .compare import check_octets, check_same
from .programs import unix, write
from .proxy import Recorder
from .thunderbird import ENCRYPTED_PASSWORD, NORMAL_PASSWORD, PLAIN, STARTTLS, TLS, Thunderbird
from .wire import from_wire

_SHAPES = mails.EVERYDAY + mails.HARD
_FILES = {"random.bin": bytes(range(256)) * 300, "notes.txt": b"line\n.\n..x\nFrom a\n", "big.bin": bytes(range(251)) * 8_000}
_MAILS = {
    "a plain mail": {"subject": "plain", "body": "Hello.\n\n.\n..\n.dot\nFrom here\nend\n"},
    "long lines": {"subject": "long", "body": "word " * 5000 + "\n" + "x" * 3000 + "\n"},
    "HTML": {"subject": "html", "body": "<p>Hello <b>bold</b> \u00e4</p><p>.</p>", "html": True},
    "names that are not ASCII": {"to": "J\u00fcrgen <alice@lan>", "subject": "Z\u00fcrich \u6771\u4eac \U0001f6aa", "body": "T\u00fcr\n"},
    "to an address that is not ASCII": {"to": "j\u00fcrgen@lan", "subject": "utf8", "body": "T\u00fcr\n"},
    "attachments": {"subject": "attached", "body": "see it\n", "attachments": ["random.bin", "notes.txt"]},
    "to two recipients": {"to": "alice@lan, bob@lan", "subject": "two", "body": "both\n"},
    "with Cc and Bcc": {"cc": "Bob <bob@lan>", "bcc": "carol@lan", "subject": "hidden", "body": "secretly\n"},
    "an empty body": {"subject": "nothing", "body": ""},
    "2 MB": {"subject": "big", "body": "big\n", "attachments": ["big.bin"]},
}


def checks(bench):
    """Fetching into both kinds of store, what is new, what went wrong, and sending."""
    for store in ("mbox", "maildir"):
        for keep in (True, False):
            what = "keeps" if keep else "deletes"
            yield f"pop3 device: thunderbird ({store}) fetches and {what}", _fetch(bench, store, _SHAPES, keep)
        yield f"pop3 device: thunderbird ({store}) fetches 1 MB", _fetch(bench, store, (mails.large,), False)
        yield f"pop3 device: thunderbird ({store}) fetches 100 mails", _fetch_many(bench, store)
    yield "pop3 device: thunderbird fetches only what is new", _only_new(bench)
    yield "pop3 device: thunderbird fetches headers only", _headers_only(bench)
    yield "pop3 device: thunderbird says what went wrong", _wrong(bench)
    for name, mail in _MAILS.items():
        yield f"smtp device: thunderbird sends {name}", _send(bench, mail)
    yield "smtp device: thunderbird says why a mail was not taken", _refused(bench)
    for login, how in ((NORMAL_PASSWORD, "a normal password"), (ENCRYPTED_PASSWORD, "an encrypted password")):
        yield f"login: thunderbird sends and fetches with {how}", _both_ways(bench, "logins", PLAIN, login)
    for security, how in ((STARTTLS, "STARTTLS and STLS"), (TLS, "smtps and pop3s")):
        yield f"tls: thunderbird sends and fetches by {how}", _both_ways(bench, "tls", security, NORMAL_PASSWORD)
    yield "tls: thunderbird takes no certificate that nobody has confirmed", _not_confirmed(bench)


def _start(bench, simulator, smtp=0, **options):
    return Thunderbird(bench.fresh_home("thunderbird"), simulator.pop3, smtp or simulator.smtp, **options)


# It keeps mails in the order of their numbers in an mbox file, and in any order in a maildir.
def _check_stored(stored, raw):
    assert len(stored) == len(raw), f"{len(stored)} of {len(raw)} were stored"
    for found, wanted in zip(sorted(map(unix, stored)), sorted(map(unix, raw))):
        check_octets(found, wanted)


def _fetch(bench, store, shapes, keep):
    def check():
        simulator = bench.simulator("device")
        for shape in shapes:
            simulator.deliver(shape())
        raw = simulator.fetch(delete=False)
        for message, shape in zip(raw, shapes, strict=True):
            check_same(message, shape())
        with _start(bench, simulator, keep=keep, maildir=store == "maildir") as program:
            assert program.fetch() == (0, [])
            left = simulator.fetch()
            assert left == (raw if keep else []), f"{len(left)} mails are left"
            _check_stored(program.stored(), raw)
    return check


def _fetch_many(bench, store):
    def check():
        simulator = bench.simulator("device")
        with simulator.smtp_client() as sender:
            for number in range(100):
                sender.mail(mails.plain() + b"number %d\r\n" % number)
        raw = simulator.fetch(delete=False)
        with _start(bench, simulator, maildir=store == "maildir") as program:
            assert program.fetch() == (0, [])
            assert simulator.fetch() == []
            assert len(program.listing()) == 100
            _check_stored(program.stored(), raw)
    return check


def _only_new(bench):
    def check():
        simulator = bench.simulator("device")
        subjects = []
        with _start(bench, simulator, keep=True) as program:
            for start in range(2):
                if start:
                    program.stop()
                    program.start()
                for number in range(3):
                    subjects.append(f"round {start}.{number}")
                    simulator.deliver(mails.plain().replace(b"on battery", subjects[-1].encode()))
                    for _ in range(2):
                        assert program.fetch() == (0, [])
                        assert _subjects(program) == subjects, _subjects(program)
            assert len(simulator.fetch(delete=False)) == 6
            assert program.delete(subjects.pop(1)) == 1
            assert program.fetch() == (0, [])
            left = simulator.fetch(delete=False)
            assert len(left) == 5 and not any(b"round 0.1" in message for message in left), len(left)
            with simulator.pop3_client() as other:
                other.ask(b"DELE 1")
                other.quit()
            subjects.append("the last")
            simulator.deliver(mails.plain().replace(b"on battery", b"the last"))
            assert program.fetch() == (0, [])
            assert _subjects(program) == subjects, _subjects(program)
            program.leave_on_server(False)
            assert program.fetch() == (0, [])
            assert simulator.fetch() == [] and _subjects(program) == subjects
    return check


def _subjects(program):
    return [subject for subject, _, _ in program.listing()]


def _headers_only(bench):
    def check():
        simulator = bench.simulator("device")
        for shape in (mails.attachment, mails.no_header, mails.plain):
            simulator.deliver(shape())
        with _start(bench, simulator, keep=True, preferences={"mail.server.server1.headers_only": True}) as program:
            assert program.fetch() == (0, [])
            for found, wanted in zip(program.stored(), simulator.fetch(delete=False), strict=True):
                check_octets(unix(found).rstrip(b"\n"), unix(wanted).partition(b"\n\n")[0])
    return check


# That another session holds the maildrop, Thunderbird takes for a login that failed, whatever the reply says.
def _wrong(bench):
    def check():
        simulator = bench.simulator("device")
        with _start(bench, simulator, password="secret-bob") as program:
            outcome, said = program.fetch()
            assert outcome != 0 and said == ["Login to server 127.0.0.1 with username alice@lan failed."], said
        simulator.deliver(mails.plain())
        with _start(bench, simulator) as program:
            with simulator.pop3_client() as holder:
                outcome, said = program.fetch()
                assert outcome != 0 and len(said) == 1, said
                holder.quit()
            assert program.fetch() == (0, [])
            assert len(program.stored()) == 1
            assert program.fetch() == (0, [])
    return check


def _send(bench, mail):
    def check():
        simulator = bench.simulator("device")
        mail_to = {"to": "alice@lan", **mail}
        paths = [write(bench.home("files"), name, _FILES[name]) for name in mail.get("attachments", [])]
        with Recorder(simulator.smtp) as recorder:
            with _start(bench, simulator, recorder.port) as program:
                assert program.send(**{**mail_to, "attachments": paths}) == (0, [])
            sent = recorder.mail_data()
        assert len(sent) == 1, f"{len(sent)} mails were sent"
        content = from_wire(sent[0])
        named = " ".join(mail_to.get(field, "") for field in ("to", "cc", "bcc")).replace("j\u00fcrgen@lan", "alice@lan")
        for name in (b"alice", b"bob", b"carol"):
            found = simulator.fetch(name)
            assert len(found) == int(f"{name.decode()}@lan" in named), f"{name!r} has {len(found)} mails"
            for message in found:
                check_same(message, content)
                _check_parts(message, mail_to)
    return check


def _check_parts(message, mail):
    assert b"carol@lan" not in message.partition(b"\r\n\r\n")[0], "Bcc is told"
    parsed = email.message_from_bytes(message, policy=email.policy.default)
    assert parsed["Subject"] == mail["subject"], parsed["Subject"]
    files = {part.get_filename(): part.get_payload(decode=True) for part in parsed.walk() if part.get_filename()}
    assert sorted(files) == sorted(mail.get("attachments", [])), sorted(files)
    for name, octets in files.items():
        check_octets(unix(octets) if name.endswith(".txt") else octets, _FILES[name])


def _refused(bench):
    def check():
        simulator = bench.simulator("device")
        large = write(bench.home("files"), "huge.bin", bytes(13 << 20))
        with _start(bench, simulator) as program:
            for mail, word in (
                    ({"to": "someone@elsewhere.example"}, "no relay"),
                    ({"to": "alice@lan, someone@elsewhere.example"}, "someone@elsewhere.example"),
                    ({"to": "alice@lan", "attachments": [large]}, "size limit")):
                _, said = program.send(subject="refused", body="x", **mail)
                assert len(said) == 1 and word in said[0], said
            assert simulator.fetch() == []
            assert program.send(to="alice@lan", subject="taken", body="x") == (0, [])
            assert len(simulator.fetch()) == 1
    return check


# With "encrypted password" it speaks CRAM-MD5 to SMTP, and APOP to POP3.
def _both_ways(bench, name, security, login):
    def check():
        simulator = bench.simulator(name)
        implicit = security == TLS
        with Thunderbird(bench.fresh_home("thunderbird"), simulator.pop3s if implicit else simulator.pop3,
                         simulator.smtps if implicit else simulator.smtp, security=security, pop3_login=login, smtp_login=login,
                         certificate=None if security == PLAIN else simulator.certificate, keep=True) as program:
            assert program.send(to="alice@lan", subject="both ways", body="Hello.\n") == (0, [])
            assert program.fetch() == (0, [])
            stored = program.stored()
        found = simulator.fetch()
        assert (b" with ESMTPA id " if security == PLAIN else b" with ESMTPSA id ") in found[0], found[0][:400]
        _check_stored(stored, found)
    return check


def _not_confirmed(bench):
    def check():
        simulator = bench.simulator("tls")
        simulator.deliver(mails.plain())
        with Thunderbird(bench.fresh_home("thunderbird"), simulator.pop3s, simulator.smtps, security=TLS, smtp_login=NORMAL_PASSWORD) as program:
            assert program.fetch()[0] != 0 and program.stored() == []
            _, said = program.send(to="alice@lan", subject="not sent", body="x")
            assert len(said) == 1 and "certificate is not trusted" in said[0], said
        assert len(simulator.fetch()) == 1
    return check
