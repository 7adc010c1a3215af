"""POP3 on the wire: numbering, sizes, locks, TOP, UIDL, UPDATE, pipelining (clauses 76 to 95)."""

import re
import time

from . import mails
from .compare import check_octets
from .wire import Pop3, from_wire

BOTH = ("device", "strict")

# One command in AUTHORIZATION, and one in TRANSACTION with three messages of which the second is marked as deleted.
BEFORE_LOGIN = (
    (b"NOOP", b"-ERR"), (b"STAT", b"-ERR"), (b"LIST", b"-ERR"), (b"RETR 1", b"-ERR"), (b"DELE 1", b"-ERR"), (b"RSET", b"-ERR"), (b"UIDL", b"-ERR"),
    (b"TOP 1 0", b"-ERR"), (b"XYZZY", b"-ERR"), (b"", b"-ERR"), (b"USER", b"-ERR"), (b"PASS secret-alice", b"-ERR"), (b"user alice", b"+OK"),
    (b"User nobody", b"+OK"), (b"USER " + b"u" * 40, b"+OK"), (b"APOP alice " + b"0" * 32, b"-ERR"), (b"AUTH CRAM-MD5", b"-ERR"), (b"STLS now", b"-ERR"),
)
AFTER_LOGIN = (
    (b"NOOP", b"+OK"), (b"noop", b"+OK"), (b"USER alice", b"-ERR"), (b"PASS x", b"-ERR"), (b"CAPA x", b""), (b"STLS", b"-ERR"),
    (b"RETR", b"-ERR"), (b"RETR 0", b"-ERR"), (b"RETR 2", b"-ERR"), (b"RETR 4", b"-ERR"), (b"RETR -1", b"-ERR"), (b"RETR x", b"-ERR"),
    (b"RETR 99999999999999999999", b"-ERR"), (b"RETR 4294967297", b"-ERR"), (b"RETR 1 1", b"-ERR"), (b"RETR 1x", b"-ERR"),
    (b"LIST 0", b"-ERR"), (b"LIST 2", b"-ERR"), (b"LIST 4", b"-ERR"), (b"LIST x", b"-ERR"), (b"UIDL 0", b"-ERR"), (b"UIDL 2", b"-ERR"),
    (b"UIDL 4", b"-ERR"), (b"DELE", b"-ERR"), (b"DELE 0", b"-ERR"), (b"DELE 2", b"-ERR"), (b"DELE 4", b"-ERR"), (b"TOP", b"-ERR"),
    (b"TOP 1", b"-ERR"), (b"TOP 2 0", b"-ERR"), (b"TOP 4 0", b"-ERR"), (b"TOP 1 -1", b"-ERR"), (b"TOP 1 x", b"-ERR"), (b"TOP 0 0", b"-ERR"),
    (b"LIST 1", b"+OK 1 "), (b"list 3", b"+OK 3 "), (b"UIDL 1", b"+OK 1 "), (b"XYZZY", b"-ERR"), (b"X" * 253, b"-ERR"), (b"LIST 1 2", b"-ERR"),
)


def checks(bench):
    """Tables of commands, and what a session means."""
    for mode in BOTH:
        for command, expected in BEFORE_LOGIN:
            yield f"pop3 wire {mode}: {_show(command)} before login gets {expected.decode()}", _before_login(bench, mode, command, expected)
        yield f"pop3 wire {mode}: commands in TRANSACTION [82, 86]", _after_login(bench, mode)
        for work in (_greeting, _capa, _stat_and_list, _unique_ids, _retr_and_sizes, _top, _dele_and_rset, _update, _drop_without_quit, _lock,
                     _numbering, _wrong_password, _password_with_spaces, _names, _pipelined, _pipelined_login, _split, _long_lines, _half_close,
                     _half_close_large, _slow_reader, _quit_behind, _reset_in_retr, _large_listing, _bad_commands):
            yield f"pop3 wire {mode}: {work.__doc__}", _bound(work, bench, mode)


def _show(octets):
    return octets.decode() if len(octets) < 40 else f"{octets[:20].decode()}… ({len(octets)} octets)"


def _bound(work, bench, mode):
    return lambda: work(bench.simulator(mode), mode)


def _before_login(bench, mode, command, expected):
    def check():
        with Pop3(bench.running(mode).pop3, None) as client:
            client.ask(command, expected)
            client.ask(b"QUIT")
            assert client.rest() == (b"", "closed")
    return check


def _after_login(bench, mode):
    def check():
        simulator = bench.simulator(mode)
        for _ in range(3):
            simulator.deliver(mails.plain())
        with simulator.pop3_client() as client:
            client.ask(b"DELE 2")
            for command, expected in AFTER_LOGIN:
                reply = client.ask(command, expected)
                if command == b"CAPA x" and reply.startswith(b"+OK"):
                    client.body()
                client.ask(b"NOOP")
            client.ask(b"RSET")
            client.quit()
    return check


def _greeting(simulator, mode):
    """the greeting offers APOP, and QUIT works at once [76, 90]"""
    del mode
    with Pop3(simulator.pop3, None) as client:
        assert client.greeting.startswith(b"+OK mail.lan ") and client.greeting.rstrip().endswith(b"@mail.lan>"), client.greeting
        client.quit()


def _capa(simulator, mode):
    """CAPA in both states says what is true [91]"""
    del mode
    with Pop3(simulator.pop3, None) as client:
        before = client.lines(b"CAPA")
        for word in (b"TOP", b"UIDL", b"USER", b"SASL PLAIN LOGIN", b"RESP-CODES", b"AUTH-RESP-CODE", b"PIPELINING"):
            assert word in before, before
        assert b"STLS" in before and not any(line.startswith(b"LOGIN-DELAY") for line in before), before
        client.ask(b"USER alice")
        client.ask(b"PASS secret-alice")
        after = client.lines(b"CAPA")
        for word in (b"TOP", b"UIDL", b"RESP-CODES", b"PIPELINING"):
            assert word in after, after
        assert b"STLS" not in after, after
        client.quit()


def _stat_and_list(simulator, mode):
    """STAT and LIST agree and leave deleted ones out [81, 82]"""
    del mode
    for content in (mails.plain(), mails.dots(), mails.every_octet()):
        simulator.deliver(content)
    with simulator.pop3_client() as client:
        sizes = [len(message) for message in client.messages()]
        assert client.ask(b"STAT") == b"+OK 3 %d\r\n" % sum(sizes)
        assert client.lines(b"LIST") == [b"%d %d" % (at + 1, size) for at, size in enumerate(sizes)]
        client.ask(b"DELE 2")
        assert client.ask(b"STAT") == b"+OK 2 %d\r\n" % (sizes[0] + sizes[2])
        assert client.lines(b"LIST") == [b"1 %d" % sizes[0], b"3 %d" % sizes[2]]
        assert client.ask(b"LIST 3") == b"+OK 3 %d\r\n" % sizes[2]
        assert [line.split()[0] for line in client.lines(b"UIDL")] == [b"1", b"3"]
        client.ask(b"RSET")
        client.quit()
    with simulator.pop3_client(b"bob") as client:
        assert client.ask(b"STAT") == b"+OK 0 0\r\n"
        assert client.lines(b"LIST") == [] and client.lines(b"UIDL") == []
        client.quit()


def _unique_ids(simulator, mode):
    """unique-ids are stable, unlike, never reused, of printable octets [89]"""
    del mode
    seen = {}
    for round_number in range(4):
        for _ in range(3):
            simulator.deliver(mails.plain() + b"round %d\r\n" % round_number)
        with simulator.pop3_client() as client:
            for line in client.lines(b"UIDL"):
                number, unique_id = line.split()
                assert re.fullmatch(rb"[!-~]{1,70}", unique_id), unique_id
                content = client.multi(b"RETR " + number)
                assert seen.setdefault(unique_id, content) == content, "a unique-id of two messages"
            client.ask(b"DELE 1")
            client.ask(b"DELE 3")
            client.quit()
    assert len(seen) == 12, f"{len(seen)} unique-ids for 12 messages"


def _retr_and_sizes(simulator, mode):
    """LIST's sizes are what RETR sends, whatever the mail [83, 84]"""
    del mode
    shapes = [shape() for shape in mails.EVERYDAY + mails.HARD] + [mails.large(300_000), b".\r\n" * 5000, b"..\r\n.\r\n" * 3000]
    for content in shapes:
        simulator.deliver(content)
    with simulator.pop3_client() as client:
        for number, line in enumerate(client.lines(b"LIST"), 1):
            client.ask(b"RETR %d" % number)
            wire = client.body()
            assert int(line.split()[1]) == len(from_wire(wire)), f"message {number}: LIST says {line!r}, RETR sends {len(from_wire(wire))}"
            assert not re.search(rb"\r\n\.[^.]", wire[:-3]), "a dot that is not stuffed"
        client.quit()


def _top(simulator, mode):
    """TOP n m is the header, the empty line and m lines [84, 85]"""
    del mode
    shapes = [mails.plain(), mails.dots(), mails.header_only(), mails.empty(), mails.no_header(), mails.large(200_000), mails.long_line(), mails.white_space()]
    for content in shapes:
        simulator.deliver(content)
    with simulator.pop3_client() as client:
        for number, message in enumerate(client.messages(), 1):
            header, empty_line, body = message.partition(b"\r\n\r\n")
            lines = re.findall(rb"[^\n]*\n", body)
            for count in (0, 1, 2, 5, 100, 2000, 2147483647, 99999999999):
                wanted = header + empty_line + b"".join(lines[:count])
                check_octets(client.multi(b"TOP %d %d" % (number, count)), wanted)
        client.quit()


def _dele_and_rset(simulator, mode):
    """DELE marks, a second one fails, RSET unmarks [86]"""
    del mode
    for _ in range(3):
        simulator.deliver(mails.plain())
    with simulator.pop3_client() as client:
        client.ask(b"DELE 1")
        client.ask(b"DELE 1", b"-ERR")
        client.ask(b"RETR 1", b"-ERR")
        client.ask(b"TOP 1 0", b"-ERR")
        client.ask(b"DELE 3")
        assert client.ask(b"STAT").startswith(b"+OK 1 ")
        client.ask(b"RSET")
        assert client.ask(b"STAT").startswith(b"+OK 3 ")
        client.ask(b"DELE 2")
        client.quit()
    assert len(simulator.fetch()) == 2


def _update(simulator, mode):
    """QUIT removes what is marked, and nothing else [87, 88]"""
    del mode
    for number in range(10):
        simulator.deliver(mails.plain() + b"mail %d\r\n" % number, recipients=(b"alice@lan", b"bob@lan"))
    with simulator.pop3_client() as client:
        for number in (1, 4, 5, 10):
            client.ask(b"DELE %d" % number)
        client.quit()
    left = [int(re.search(rb"mail (\d+)", message)[1]) for message in simulator.fetch()]
    assert left == [1, 2, 5, 6, 7, 8], left
    assert len(simulator.fetch(b"bob")) == 10


def _drop_without_quit(simulator, mode):
    """a connection lost after DELE removes nothing, and the lock is given back [87]"""
    del mode
    simulator.deliver(mails.plain())
    for end in (Pop3.close, Pop3.reset, Pop3.end_send):
        client = simulator.pop3_client()
        client.ask(b"DELE 1")
        end(client)
        if end is Pop3.end_send:
            assert client.rest()[0] == b""
            client.close()
        assert len(simulator._patient_client(b"alice").messages()) == 1
    simulator.empty()


def _lock(simulator, mode):
    """a second session gets [IN-USE], and others their own maildrop [78, 93]"""
    del mode
    with simulator.pop3_client() as first, Pop3(simulator.pop3, None) as second:
        second.ask(b"USER alice")
        second.ask(b"PASS secret-alice", b"-ERR [IN-USE]")
        simulator.fetch(b"bob")
        first.quit()
        second.ask(b"USER alice")
        second.ask(b"PASS secret-alice")
        second.quit()


def _numbering(simulator, mode):
    """new mail stays unseen during a session [80]"""
    del mode
    simulator.deliver(mails.plain())
    with simulator.pop3_client() as client:
        simulator.deliver(mails.dots())
        assert client.ask(b"STAT").startswith(b"+OK 1 ")
        client.ask(b"RETR 2", b"-ERR")
        client.ask(b"DELE 1")
        simulator.deliver(mails.utf8())
        client.quit()
    assert len(simulator.fetch()) == 2


def _wrong_password(simulator, mode):
    """a wrong password and an unknown name sound the same, and end the connection in time [93]"""
    del mode
    with Pop3(simulator.pop3, None) as client:
        client.ask(b"USER alice")
        wrong = client.ask(b"PASS secret-bob", b"-ERR [AUTH]")
        client.ask(b"USER nobody")
        assert client.ask(b"PASS x", b"-ERR [AUTH]") == wrong
        client.ask(b"USER alice")
        client.ask(b"PASS secret-alice")
        client.quit()


def _password_with_spaces(simulator, mode):
    """a password with spaces [79]"""
    del mode
    simulator.deliver(mails.plain(), recipients=(b"carol@lan",))
    assert len(simulator.fetch(b"carol")) == 1


def _names(simulator, mode):
    """login by name in any case, and by address"""
    del mode
    for name in (b"alice", b"Alice", b"alice@lan", b"alice@mail.lan"):
        with Pop3(simulator.pop3, None) as client:
            client.ask(b"USER " + name)
            client.ask(b"PASS secret-alice")
            client.quit()


def _pipelined(simulator, mode):
    """queued commands run in order, RETR's among them [94]"""
    del mode
    contents = (mails.plain(), mails.dots(), mails.large(150_000), mails.every_octet())
    for content in contents:
        simulator.deliver(content)
    with simulator.pop3_client() as client:
        client.send(b"STAT\r\nLIST\r\nUIDL\r\nRETR 1\r\nRETR 2\r\nRETR 3\r\nTOP 2 1\r\nRETR 4\r\nDELE 1\r\nDELE 9\r\nRETR 1\r\nNOOP\r\nRSET\r\nQUIT\r\n")
        client.expect()
        for count in (4, 4):
            client.expect()
            assert client.body().count(b"\r\n") == count + 1
        for number in (0, 1, 2):
            client.expect()
            assert from_wire(client.body()).endswith(contents[number])
        client.expect()
        client.body()
        client.expect()
        assert from_wire(client.body()).endswith(contents[3])
        for expected in (b"+OK", b"-ERR", b"-ERR", b"+OK", b"+OK", b"+OK"):
            client.expect(expected)
        assert client.rest() == (b"", "closed")


def _pipelined_login(simulator, mode):
    """a whole session in one segment [94]"""
    del mode
    simulator.deliver(mails.dots())
    with Pop3(simulator.pop3, None) as client:
        client.send(b"CAPA\r\nUSER alice\r\nPASS secret-alice\r\nSTAT\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n")
        client.expect()
        client.body()
        for _ in range(3):
            client.expect()
        client.expect()
        assert from_wire(client.body()).endswith(mails.dots())
        client.expect()
        client.expect()
        assert client.rest() == (b"", "closed")
    assert simulator.fetch() == []


def _split(simulator, mode):
    """a whole session octet by octet"""
    del mode
    simulator.deliver(mails.plain())
    with Pop3(simulator.pop3, None) as client:
        client.send_split(b"USER alice\r\nPASS secret-alice\r\nRETR 1\r\nDELE 1\r\nQUIT\r\n")
        for _ in range(3):
            client.expect()
        client.body()
        client.expect()
        client.expect()
    assert simulator.fetch() == []


def _long_lines(simulator, mode):
    """command lines up to 255 octets, and longer ones [92]"""
    del mode
    with Pop3(simulator.pop3, None) as client:
        client.ask(b"USER " + b"u" * 248)
        client.ask(b"USER " + b"u" * 600, b"-ERR")
        client.ask(b"X" * 5000, b"-ERR")
        client.ask(b"USER alice")
        client.ask(b"PASS secret-alice")
        client.quit()


def _half_close(simulator, mode):
    """commands before a half-close are answered, and nothing is removed [87]"""
    del mode
    simulator.deliver(mails.plain())
    with Pop3(simulator.pop3, None) as client:
        client.send(b"USER alice\r\nPASS secret-alice\r\nDELE 1\r\nRSET\r\nRETR 1\r\nDELE 1\r\nSTAT\r\n")
        client.end_send()
        for _ in range(4):
            client.expect()
        client.expect()
        assert from_wire(client.body()).endswith(mails.plain())
        client.expect()
        assert client.expect() == b"+OK 0 0\r\n"
        assert client.rest() == (b"", "closed")
    assert len(simulator.fetch()) == 1


def _half_close_large(simulator, mode):
    """a large message and a long listing before a half-close come whole, however slowly they are read"""
    del mode
    content = mails.large(6 << 20)
    simulator.deliver(content)
    with simulator.smtp_client() as sender:
        for _ in range(200):
            sender.mail(mails.plain())
        sender.quit()
    for commands, last in ((b"RETR 1\r\n", content[-40:] + b".\r\n"), (b"UIDL\r\n" * 200, b".\r\n"), (b"RETR 1\r\n" + b"UIDL\r\n" * 40, b".\r\n"), (b"LIST\r\nRETR 1\r\n", content[-40:] + b".\r\n")):
        with Pop3(simulator.pop3, None, receive_buffer=4096) as client:
            client.send(b"USER alice\r\nPASS secret-alice\r\n")
            client.expect()
            client.expect()
            client.send(commands)
            client.end_send()
            time.sleep(0.5)
            rest, how = client.rest()
            assert how == "closed" and rest.endswith(last), f"{commands[:20]!r}: {len(rest)} octets, {how}, ends in {rest[-60:]!r}"
            if commands.startswith(b"UIDL"):
                assert rest.count(b"+OK") == 200, rest.count(b"+OK")
    simulator.empty()


def _slow_reader(simulator, mode):
    """a slow reader gets everything, and keeps nobody up"""
    del mode
    content = mails.large(3 << 20)
    simulator.deliver(content)
    with simulator.pop3_client(receive_buffer=4096) as slow:
        slow.send(b"RETR 1\r\n")
        for _ in range(5):
            simulator.deliver(mails.plain(), recipients=(b"bob@lan",))
        assert len(simulator.fetch(b"bob")) == 5
        slow.expect()
        check_octets(from_wire(slow.body())[-len(content):], content)
        slow.quit()


def _quit_behind(simulator, mode):
    """what stands behind QUIT is not answered, and its reply can be read"""
    del mode
    simulator.deliver(mails.plain())
    with simulator.pop3_client() as client:
        client.send(b"DELE 1\r\nQUIT\r\nSTAT\r\n" + b"x" * 100_000)
        client.expect()
        client.expect()
        assert client.rest() == (b"", "closed")
    assert simulator.fetch() == []


def _reset_in_retr(simulator, mode):
    """a connection reset in the middle of RETR gives the lock back"""
    del mode
    simulator.deliver(mails.large(3 << 20))
    for _ in range(5):
        client = simulator._patient_client(b"alice")
        client.send(b"DELE 1\r\nRSET\r\nRETR 1\r\n")
        client.expect()
        client.reset()
    assert len(simulator._patient_client(b"alice").messages()) == 1
    simulator.empty()


def _large_listing(simulator, mode):
    """listings of 2,000 messages"""
    del mode
    with simulator.smtp_client() as sender:
        for _ in range(20):
            sender.send((b"MAIL FROM:<a@lan>\r\nRCPT TO:<alice@lan>\r\nDATA\r\nSubject: x\r\n\r\n.\r\n") * 100)
            for _ in range(100):
                for code in (b"250", b"250", b"354", b"250"):
                    sender.expect(code)
        sender.quit()
    with simulator.pop3_client() as client:
        assert len(client.lines(b"LIST")) == 2000
        assert len({line.split()[1] for line in client.lines(b"UIDL")}) == 2000
        client.send(b"".join(b"DELE %d\r\n" % number for number in range(1, 2001)) + b"QUIT\r\n")
        for _ in range(2001):
            client.expect()
        assert client.rest() == (b"", "closed")
    assert simulator.fetch() == []


def _bad_commands(simulator, mode):
    """bad commands are answered, up to a limit"""
    del mode
    with Pop3(simulator.pop3, None) as client:
        for _ in range(201):
            client.ask(b"XYZZY", b"-ERR")
        assert client.rest() == (b"", "closed")
    with Pop3(simulator.pop3, None) as client:
        client.send(b"A" * 100_000)
        client.expect(b"-ERR")
        assert client.rest() == (b"", "closed")
