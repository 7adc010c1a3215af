"""Takes off the fields that the appliance adds, and compares what is left with what was sent."""

import re

_OURS = re.compile(
    rb"\AReturn-Path: <(?P<sender>[^\r\n]*)>\r\n"
    rb"Received: from (?P<helo>[^\r\n]*) \(\[(?P<address>[^\]]*)\]\)\r\n"
    rb"\tby mail\.lan with (?P<protocol>[A-Z0-9]+) id (?P<id>[0-9A-Fa-f]+)"
    rb"(?:;\r\n\t|\r\n\tfor <(?P<recipient>[^>\r\n]*)>; )"
    rb"(?P<date>[A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4})\r\n"
)
_DATE = rb"Date: [A-Z][a-z]{2}, \d\d? [A-Z][a-z]{2} \d{4} \d\d:\d\d:\d\d [+-]\d{4}\r\n"
_MESSAGE_ID = rb"Message-ID: <[0-9A-Fa-f]+@mail\.lan>\r\n"
_FIELD = re.compile(rb"\A[!-9;-~]+[ \t]*:")


def header_of(content):
    """The header with its last CRLF, or None where the first line is no field."""
    if not _FIELD.match(content):
        return None
    return content if content.startswith(b"\r\n") else content.partition(b"\r\n\r\n")[0] + b"\r\n"


def lacks(content, field):
    """Whether a content has a header without a field."""
    header = header_of(content)
    return header is not None and re.search(rb"(?im)^" + field + rb"[ \t]*:", header) is None


def trace_of(message):
    """Our own fields as a match; it fails where they are not as they should be."""
    match = _OURS.match(message)
    assert match, f"no Return-Path and Received of ours in {message[:400]!r}"
    return match


def check_same(message, content, adds=True):
    """Checks that a message is a content with our fields before it, and only those that were due.

    `adds` is add-missing-fields; the trace fields are returned.
    """
    trace = trace_of(message)
    rest = message[trace.end():]
    if content and not content.endswith(b"\r\n"):
        content += b"\r\n"
    missing = b""
    if adds:
        missing += _DATE if lacks(content, b"date") else b""
        missing += _MESSAGE_ID if lacks(content, b"message-id") else b""
    if header_of(content) is None and not content.startswith(b"\r\n"):
        missing += rb"\r\n"
    front = re.compile(rb"\A" + missing).match(rest)
    if front and rest[front.end():] == content:
        return trace
    inside = _added_at_header_end(content, missing)
    assert inside is not None and re.match(inside, rest, re.DOTALL), difference(rest[front.end() if front else 0:], content)
    return trace


# Where the header was longer than the first record, Date and Message-ID stand at its end.
def _added_at_header_end(content, missing):
    header = header_of(content)
    if header is None or not missing or len(header) < 400:
        return None
    return rb"\A" + re.escape(header) + missing + re.escape(content[len(header):]) + rb"\Z"


def difference(found, wanted):
    """Where two octet strings differ, for a person."""
    at = next((index for index, (one, other) in enumerate(zip(found, wanted)) if one != other), min(len(found), len(wanted)))
    start = max(0, at - 40)
    return (
        f"differs at octet {at} ({len(found)} found, {len(wanted)} wanted):\n"
        f"found  {found[start:at + 40]!r}\nwanted {wanted[start:at + 40]!r}"
    )


def check_octets(found, wanted):
    """Checks that two octet strings are the same."""
    assert found == wanted, difference(found, wanted)
