"""Mail data on the wire: where it ends, what it may hold, what is stored of it (clauses 27 to 30, 43 and 59)."""

import random
import re

from . import mails
from .compare import check_same
from .wire import from_wire, to_wire

# What must not end mail data, whatever stands behind it.
FALSE_ENDS = {
    "LF.LF": b"\n.\n",
    "LF.CRLF": b"\n.\r\n",
    "CRLF.LF": b"\r\n.\n",
    "CR.CR": b"\r.\r",
    "CR.LF": b"\r.\n",
    "CR.CRLF": b"\r.\r\n",
    "CRLF.CR": b"\r\n.\r",
    "CRLF.CR CRLF": b"\r\n.\r\r\n",
    "LF CR.CRLF": b"\n\r.\r\n",
    "LFCR.LFCR": b"\n\r.\n\r",
    "CRLF NUL.CRLF": b"\r\n\0.\r\n",
    "CRLF.NUL CRLF": b"\r\n.\0\r\n",
    "CRLF SP.CRLF": b"\r\n .\r\n",
    "CRLF.SP CRLF": b"\r\n. \r\n",
    "CRLF..CRLF": b"\r\n..\r\n",
    "CRCRLF.CRCRLF": b"\r\r\n.\r\r\n",
}

SMUGGLED = b"MAIL FROM:<smuggler@lan>\r\nRCPT TO:<bob@lan>\r\nDATA\r\nSubject: smuggled\r\n\r\nsmuggled\r\n"


def stored(wire, mode):
    """What mail data in wire form comes back as; None where strict mode refuses it for a bare LF."""
    if re.search(rb"(?<!\r)\n", wire) is None:
        return from_wire(wire)
    return None if mode == "strict" else re.sub(rb"(?<!\r)\n", b"\r\n", from_wire(wire))


def checks(bench):
    """False ends, line ends, random data, and data cut anywhere."""
    for mode in ("device", "strict"):
        for name, octets in FALSE_ENDS.items():
            yield f"wire {mode}: {name} does not end mail data [27]", _false_end(bench, mode, octets)
        yield f"wire {mode}: a mail whose first line is the end [27, 29]", _only_the_end(bench, mode)
        yield f"wire {mode}: random line ends and dots, whole [27, 28, 29, 30]", _random_data(bench, mode, 1, 150, 1 << 20)
        yield f"wire {mode}: random line ends and dots, octet by octet", _random_data(bench, mode, 2, 30, 1)
        yield f"wire {mode}: random line ends and dots, three octets at a time", _random_data(bench, mode, 3, 30, 3)
        yield f"wire {mode}: a mail cut at every octet of its end", _cut_everywhere(bench, mode)
        yield f"wire {mode}: lines of 998, 1,000, 64 KiB and 1 MiB [43]", _long_lines(bench, mode)
        yield f"wire {mode}: every shape, octets as they are [30, 59]", _every_shape(bench, mode)
        yield f"wire {mode}: mails of every size around the record's", _sizes(bench, mode)


def _send(client, wire, pieces, expected):
    client.begin()
    client.send_split(wire, pieces)
    return client.expect(expected, wire)


def _false_end(bench, mode, octets):
    def check():
        simulator = bench.simulator(mode)
        wire = mails.HEADER + b"\r\nbefore" + octets + SMUGGLED + b"after\r\n.\r\n"
        content = stored(wire, mode)
        with simulator.smtp_client() as client:
            for pieces in (1 << 20, 1, 2, 3, 7):
                _send(client, wire, pieces, b"250" if content else b"5")
            for at in range(len(octets) + 1):
                cut = wire.index(b"before") + 6 + at
                client.begin()
                client.send(wire[:cut])
                assert client.is_silent(0.02), "an answer in the middle of mail data"
                client.send(wire[cut:])
                client.expect(b"250" if content else b"5")
            client.ask(b"NOOP", b"250")
            client.quit()
        found = simulator.fetch()
        assert len(found) == (5 + len(octets) + 1 if content else 0), f"{len(found)} mails came"
        for message in found:
            check_same(message, content, adds=mode == "device")
        assert simulator.fetch(b"bob") == [], "smuggled"
    return check


def _only_the_end(bench, mode):
    def check():
        simulator = bench.simulator(mode)
        with simulator.smtp_client() as client:
            for pieces in (3, 2, 1):
                _send(client, b".\r\n", pieces, b"250")
            client.quit()
        for message in simulator.fetch():
            check_same(message, b"", adds=mode == "device")
    return check


def _random_wire(numbers):
    while True:
        octets = bytes(numbers.choice(b"\r\n\r\n..ab: \0") for _ in range(numbers.randrange(60)))
        front = mails.HEADER + b"\r\n" if numbers.random() < 0.5 else b""
        wire = front + octets + b"\r\n.\r\n"
        if (b"\r\n" + wire).find(b"\r\n.\r\n") == len(wire) - 3:
            return wire


def _random_data(bench, mode, seed, count, pieces):
    def check():
        simulator = bench.simulator(mode)
        numbers = random.Random(seed)
        wanted = []
        with simulator.smtp_client() as client:
            for number in range(count):
                wire = _random_wire(numbers)
                content = stored(wire, mode)
                reply = _send(client, wire, pieces, None)
                assert reply.startswith(b"250" if content is not None else b"5"), f"seed {seed} mail {number}: {wire!r}: {reply!r}"
                if content is not None:
                    wanted.append((wire, content))
            client.quit()
        found = simulator.fetch()
        assert len(found) == len(wanted), f"{len(found)} of {len(wanted)} came"
        for message, (wire, content) in zip(found, wanted):
            try:
                check_same(message, content, adds=mode == "device")
            except AssertionError as error:
                raise AssertionError(f"seed {seed}, sent {wire!r}: {error}") from None
    return check


def _cut_everywhere(bench, mode):
    def check():
        simulator = bench.simulator(mode)
        wire = to_wire(b"Subject: cut\r\n\r\n.\r\n..\r\n\r\n.a\r\n")
        with simulator.smtp_client() as client:
            for at in range(1, len(wire)):
                client.begin()
                client.send(wire[:at])
                assert client.is_silent(0.005), f"an answer after {wire[:at]!r}"
                client.send(wire[at:])
                client.expect(b"250")
            client.quit()
        found = simulator.fetch()
        assert len(found) == len(wire) - 1
        for message in found:
            check_same(message, from_wire(wire), adds=mode == "device")
    return check


def _long_lines(bench, mode):
    def check():
        simulator = bench.simulator(mode)
        contents = [mails.HEADER + b"\r\n" + b"x" * octets + b"\r\nend\r\n" for octets in (996, 998, 1000, 65534, 65536, 1 << 20)]
        contents.append(b"Subject: " + b"s" * 70000 + b"\r\n\r\nbody\r\n")
        contents.append(b"w" * 70000 + b"\r\n\r\nbody\r\n")
        contents.append(mails.HEADER + b"\r\n" + b"." * 70000 + b"\r\n")
        contents.append(mails.HEADER + b"\r\n" + b"\r" * 70000 + b"\r\n")
        with simulator.smtp_client() as client:
            for content in contents:
                client.mail(content)
            client.quit()
        for message, content in zip(simulator.fetch(), contents, strict=True):
            check_same(message, content, adds=mode == "device")
    return check


def _every_shape(bench, mode):
    def check():
        simulator = bench.simulator(mode)
        shapes = [shape() for shape in mails.EVERYDAY + mails.HARD]
        with simulator.smtp_client() as client:
            for content in shapes:
                client.ask(b"MAIL FROM:<ups@lan> BODY=8BITMIME SIZE=%d" % len(content), b"250")
                client.ask(b"RCPT TO:<alice@lan>", b"250")
                client.ask(b"DATA", b"354")
                client.send(to_wire(content))
                client.expect(b"250")
            client.quit()
        for message, content in zip(simulator.fetch(), shapes, strict=True):
            check_same(message, content, adds=mode == "device")
    return check


def _sizes(bench, mode):
    def check():
        simulator = bench.simulator(mode)
        contents = []
        for around in (512, 1024, 4096, 65536, 131072):
            for octets in range(around - 450, around + 60, 17):
                line = b"%06d " % octets
                contents.append(b"Subject: size\r\nDate: x\r\nMessage-ID: <1@x>\r\n\r\n" + line + b"s" * max(0, octets - 60) + b"\r\n")
        with simulator.smtp_client() as client:
            for content in contents:
                client.mail(content)
            client.quit()
        found = simulator.fetch()
        for message, content in zip(found, contents, strict=True):
            check_same(message, content, adds=mode == "device")
    return check
