"""What POP3 client programs deliver is what RETR sends; they delete what they should, and know what they have already."""

import poplib

from . import mails, pop3_clients
from .compare import check_octets, check_same
from .programs import unix

_LINES = (mails.plain, mails.dots, mails.utf8, mails.no_date, mails.white_space, mails.from_lines)
_TEXT = _LINES + (mails.attachment, mails.eight_bit)
_MORE = _TEXT + (mails.long_line, mails.header_only)
_ALL = _MORE + (mails.no_header, mails.every_octet, mails.empty, mails.empty_line)

# The shapes that each program delivers as they are. Some change octets of their own accord, which is no concern of the server:
# a header without an empty line gets one, a line that begins with From is quoted, a line of 64 KiB is refused or cut,
# movemail 3.15 loses lines of what it has received.
CLIENTS = {
    pop3_clients.poplib_client: _ALL,
    pop3_clients.curl: _ALL,
    pop3_clients.mpop: _MORE,
    pop3_clients.mpop_plain: _MORE,
    pop3_clients.fetchmail: _TEXT,
    pop3_clients.getmail: _TEXT + (mails.long_line,),
    pop3_clients.movemail: _LINES,
    pop3_clients.nmh_inc: _TEXT,
    pop3_clients.perl_net_pop3: _MORE,
    pop3_clients.perl_pop3client: _MORE,
    pop3_clients.ruby_net_pop: _MORE,
    pop3_clients.s_nail: (mails.plain, mails.dots, mails.utf8, mails.no_date, mails.attachment, mails.eight_bit),
    pop3_clients.neomutt: _MORE,
    pop3_clients.mutt: _MORE,
}


def checks(bench):
    """Every program: fetch and keep, fetch and delete, an empty maildrop, a large mail."""
    for client, shapes in CLIENTS.items():
        name = client.__name__
        yield f"pop3 device: {name} fetches and keeps", _fetch(bench, "device", client, shapes, True)
        yield f"pop3 device: {name} fetches and deletes", _fetch(bench, "device", client, shapes, False)
        yield f"pop3 strict: {name} fetches and deletes", _fetch(bench, "strict", client, shapes, False)
        yield f"pop3 device: {name} fetches 300 mails", _fetch_many(bench, client)
        yield f"pop3 device: {name} fetches 1 MB", _fetch_one(bench, client, mails.large())
    yield "pop3 device: curl fetches 16 MiB", _fetch_one(bench, pop3_clients.curl, mails.exactly(16 << 20))
    yield "pop3 device: poplib fetches 16 MiB", _fetch_one(bench, pop3_clients.poplib_client, mails.exactly(16 << 20))
    yield "pop3 device: poplib's listings agree", _listings(bench)
    yield "pop3 device: mpop fetches only what is new", _only_new(bench, pop3_clients.mpop)
    yield "pop3 device: fetchmail fetches only what is new", _only_new(bench, _fetchmail_new)
    yield "pop3 device: getmail fetches only what is new", _only_new(bench, _getmail_new)
    yield "pop3 device: fetchmail finds nothing in an empty maildrop", _fetchmail_empty(bench)


def _put(simulator, shapes):
    for shape in shapes:
        simulator.deliver(shape())
    raw = simulator.fetch(delete=False)
    for message, shape in zip(raw, shapes, strict=True):
        check_same(message, shape(), adds=simulator.name == "device")
    return raw


# Programs deliver in an order of their own, and with line ends of their own.
def _check_delivered(delivered, raw):
    assert len(delivered) == len(raw), f"{len(delivered)} of {len(raw)} were delivered"
    for found, wanted in zip(sorted(map(unix, delivered)), sorted(map(unix, raw))):
        check_octets(found, wanted)


def _fetch(bench, mode, client, shapes, keep):
    def check():
        simulator = bench.simulator(mode)
        raw = _put(simulator, shapes)
        _check_delivered(client(simulator.pop3, bench.fresh_home(client.__name__), keep), raw)
        left = simulator.fetch()
        assert left == (raw if keep else []), f"{len(left)} mails are left"
    return check


def _fetch_one(bench, client, content):
    def check():
        simulator = bench.simulator("device")
        simulator.deliver(content)
        raw = simulator.fetch(delete=False)
        check_same(raw[0], content)
        _check_delivered(client(simulator.pop3, bench.fresh_home(client.__name__), False), raw)
        assert simulator.fetch() == []
    return check


def _fetch_many(bench, client):
    def check():
        simulator = bench.simulator("device")
        count = 40 if client is pop3_clients.curl else 300
        with simulator.smtp_client() as sender:
            for number in range(count):
                sender.mail(mails.plain() + b"number %d\r\n" % number)
        raw = simulator.fetch(delete=False)
        assert len(raw) == count
        _check_delivered(client(simulator.pop3, bench.fresh_home(client.__name__), False), raw)
        assert simulator.fetch() == []
    return check


def _fetchmail_new(port, home, keep):
    return pop3_clients.fetchmail(port, home, keep, "no fetchall", (0, 1))


def _getmail_new(port, home, keep):
    return pop3_clients.getmail(port, home, keep, only_new=True)


def _only_new(bench, client):
    def check():
        simulator = bench.simulator("device")
        home = bench.fresh_home("only-new")
        for round_number in range(3):
            contents = [mails.plain() + b"round %d mail %d\r\n" % (round_number, number) for number in range(3)]
            for content in contents:
                simulator.deliver(content)
            delivered = client(simulator.pop3, home, True)
            assert len(delivered) == 3, f"round {round_number}: {len(delivered)} were delivered"
            for content in contents:
                assert any(message.endswith(unix(content)[-20:]) for message in map(unix, delivered)), content
        assert len(simulator.fetch()) == 9
    return check


def _fetchmail_empty(bench):
    def check():
        simulator = bench.simulator("device")
        assert pop3_clients.fetchmail(simulator.pop3, bench.fresh_home("fetchmail"), False, codes=(1,)) == []
    return check


def _listings(bench):
    def check():
        simulator = bench.simulator("device")
        raw = _put(simulator, _ALL)
        client = poplib.POP3("127.0.0.1", simulator.pop3, 30)
        client.user("alice@lan")
        client.pass_("secret-alice")
        sizes = [len(message) for message in raw]
        assert client.stat() == (len(raw), sum(sizes))
        assert client.list()[1] == [b"%d %d" % (at + 1, size) for at, size in enumerate(sizes)]
        assert client.list(2).endswith(b" %d" % sizes[1])
        unique_ids = [line.split()[1] for line in client.uidl()[1]]
        assert len(set(unique_ids)) == len(raw)
        assert client.uidl(3).split()[2] == unique_ids[2]
        for number, message in enumerate(raw, 1):
            header, _, body = message.partition(b"\r\n\r\n")
            top = b"".join(line + b"\r\n" for line in client.top(number, 2)[1])
            wanted = header + b"\r\n\r\n" + b"".join(body.splitlines(keepends=True)[:2]) if body else message
            check_octets(top, wanted)
        assert "UIDL" in client.capa() and "TOP" in client.capa()
        client.dele(1)
        assert client.stat()[0] == len(raw) - 1
        client.rset()
        client.quit()
    return check
