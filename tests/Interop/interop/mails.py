"""Mails of many shapes, as content: with CRLF, and no dot stuffed."""

import base64
import random

HEADER = (
    b"From: UPS <ups@lan>\r\nTo: alice@lan\r\nSubject: on battery\r\n"
    b"Date: Tue, 01 Jul 2025 10:00:00 +0000\r\nMessage-ID: <1@ups.lan>\r\n"
)


def plain():
    """What nearly every alert looks like."""
    return HEADER + b"\r\nThe UPS runs on battery.\r\n"


def dots():
    """Every way a line can begin with dots."""
    return HEADER + b"\r\n.\r\n..\r\n...\r\n. \r\n.a\r\n..a\r\n\r\n.\r\n\r\nend.\r\n.end\r\n.\r\n"


def utf8():
    """UTF-8 in header and body."""
    return HEADER + "X-Ort: Zürich, 東京\r\n\r\nDie Tür ist offen. Дверь открыта. 🚪\r\n".encode()


def eight_bit():
    """Every octet from 128 to 255, in text that is no UTF-8."""
    return HEADER + b"\r\n" + b"".join(bytes([octet]) + b" octet\r\n" for octet in range(128, 256))


def every_octet():
    """Every octet there is, but for CR and LF, which stand at line ends only; NUL among them."""
    octets = bytes(octet for octet in range(256) if octet not in (10, 13))
    return HEADER + b"\r\n" + octets + b"\r\n\0\r\n.\0\r\n" + octets[::-1] + b"\r\n"


def long_line():
    """A line of 64 KiB and one of 1,000 octets, as scanners make them."""
    return HEADER + b"\r\n" + b"0123456789abcdef" * 4096 + b"\r\n" + b"x" * 998 + b"\r\nend\r\n"


def attachment():
    """Text and an attachment in base64."""
    octets = random.Random(7).randbytes(90_000)
    lines = base64.encodebytes(octets).replace(b"\n", b"\r\n")
    return (
        HEADER + b"MIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=\"=_b\"\r\n\r\n"
        b"--=_b\r\nContent-Type: text/plain\r\n\r\nsee the picture\r\n"
        b"--=_b\r\nContent-Type: image/jpeg; name=door.jpg\r\nContent-Transfer-Encoding: base64\r\n\r\n"
        + lines + b"--=_b--\r\n"
    )


def from_lines():
    """Lines that mbox files would change."""
    return HEADER + b"\r\nFrom here on\r\n>From there\r\n From nowhere\r\nFrom\r\n"


def white_space():
    """White space where programs like to lose it."""
    return HEADER + b"X-Folded: a\r\n\tb\r\n  c\r\n\r\n\r\n  two in front\r\ntwo behind  \r\n\ttab\t\r\n \r\n\r\n\r\n"


def no_date():
    """No Date, no Message-ID, no From."""
    return b"Subject: paper jam\r\nTo: alice@lan\r\n\r\nTray 2.\r\n"


def no_header():
    """A first line that is no header field."""
    return b"Motion detected at the door!\r\nSubject: not a header any more\r\n\r\ncamera 3\r\n"


def header_only():
    """A header that no empty line ends."""
    return HEADER


def empty():
    """Nothing at all."""
    return b""


def empty_line():
    """An empty line, and nothing else."""
    return b"\r\n"


def large(octets=1 << 20, seed=1):
    """Lines of text, a little over `octets` of them; some begin with a dot."""
    numbers = random.Random(seed)
    line = numbers.randbytes(54)
    lines = [HEADER, b"\r\n"]
    count = len(HEADER) + 2
    number = 0
    while count < octets:
        text = (b"." if number % 97 == 0 else b"") + b"%08d " % number + base64.b64encode(line[number % 20:])[:70] + b"\r\n"
        lines.append(text)
        count += len(text)
        number += 1
    return b"".join(lines)


def exactly(octets, seed=2):
    """Exactly so many octets."""
    content = large(octets - 200, seed)
    assert len(content) < octets - 2
    return content + b"e" * (octets - 2 - len(content)) + b"\r\n"


# What every program can carry that takes a finished mail.
EVERYDAY = (plain, dots, utf8, attachment, from_lines, white_space, no_date)

# What a program that takes octets as they are can carry besides.
HARD = (eight_bit, every_octet, long_line, no_header, header_only, empty, empty_line)
