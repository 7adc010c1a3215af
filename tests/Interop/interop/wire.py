"""Raw TCP clients: what is said on the wire, octet by octet, and what is answered."""

import socket
import struct
import time

WAIT_SECONDS = 15


class Closed(Exception):
    """The connection ended where an answer was expected."""


class Wire:
    """One TCP connection, with a buffer, so that a line or any number of octets can be asked for."""

    def __init__(self, port, timeout=WAIT_SECONDS, receive_buffer=0, source=None):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
        if source:
            self.socket.bind((source, 0))
        if receive_buffer:
            self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, receive_buffer)
        self.socket.settimeout(timeout)
        self.socket.connect(("127.0.0.1", port))
        self.socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        self._taken = b""

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self.close()

    def send(self, octets):
        """Sends octets, as one segment where they fit."""
        self.socket.sendall(octets)

    def send_split(self, octets, pieces=1, pause=0.0):
        """Sends octets a few at a time, each in a segment of its own."""
        for at in range(0, len(octets), pieces):
            self.socket.sendall(octets[at:at + pieces])
            if pause:
                time.sleep(pause)

    def line(self):
        """The next line, with its CRLF; Closed where the connection ends before."""
        while b"\n" not in self._taken:
            self._more()
        line, _, self._taken = self._taken.partition(b"\n")
        return line + b"\n"

    def until(self, end):
        """Everything up to and with `end`."""
        at = -1
        searched = 0
        parts = bytearray(self._taken)
        while at < 0:
            at = parts.find(end, max(0, searched - len(end)))
            searched = len(parts)
            if at < 0:
                self._taken = b""
                self._more()
                parts += self._taken
        self._taken = bytes(parts[at + len(end):])
        return bytes(parts[:at + len(end)])

    def rest(self):
        """Everything until the connection ends, and how it ended: "closed", or "reset"."""
        try:
            while True:
                self._more()
        except Closed:
            how = "closed"
        except ConnectionResetError:
            how = "reset"
        rest, self._taken = self._taken, b""
        return rest, how

    def is_silent(self, seconds):
        """Whether nothing comes, not even an end, for a time."""
        if self._taken:
            return False
        self.socket.settimeout(seconds)
        try:
            self._more()
            return False
        except (socket.timeout, TimeoutError):
            return True
        except Closed:
            return False
        finally:
            self.socket.settimeout(WAIT_SECONDS)

    def end_send(self):
        """Closes our side (FIN); answers can still be read."""
        self.socket.shutdown(socket.SHUT_WR)

    def reset(self):
        """Ends the connection the rude way (RST)."""
        self.socket.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.socket.close()

    def close(self):
        """Closes the connection."""
        self.socket.close()

    def _more(self):
        octets = self.socket.recv(1 << 18)
        if not octets:
            raise Closed(f"closed after {self._taken[-200:]!r}")
        self._taken += octets


class Smtp(Wire):
    """An SMTP client that does as it is told."""

    def __init__(self, port, hello=b"EHLO tester.lan", **options):
        super().__init__(port, **options)
        self.greeting = None
        if hello is not None:
            self.greeting = self.reply()
            self.ask(hello, b"250")

    def reply(self):
        """A whole reply of one or many lines, checked for form (RFC 5321 section 4.2)."""
        lines = [self.line()]
        while lines[-1][3:4] == b"-":
            lines.append(self.line())
        for line in lines:
            assert line[:3] == lines[0][:3] and line[:3].isdigit() and line[:1] in b"2345", f"a reply of {lines!r}"
            assert line.endswith(b"\r\n") and len(line) <= 512, f"a reply line of {line!r}"
        assert lines[-1][3:4] == b" ", f"a reply of {lines!r}"
        return b"".join(lines)

    def ask(self, command, expected=None):
        """One command and its reply, which must begin with `expected`."""
        self.send(command + b"\r\n")
        return self.expect(expected, command)

    def expect(self, expected, about=b""):
        """The next reply, which must begin with `expected`."""
        reply = self.reply()
        assert expected is None or reply.startswith(expected), f"{about[:80]!r}: expected {expected!r}, got {reply!r}"
        return reply

    def begin(self, recipients=(b"alice@lan",), sender=b"ups@lan"):
        """MAIL, RCPTs and DATA."""
        self.ask(b"MAIL FROM:<" + sender + b">", b"250")
        for recipient in recipients:
            self.ask(b"RCPT TO:<" + recipient + b">", b"250")
        self.ask(b"DATA", b"354")

    def mail(self, content, recipients=(b"alice@lan",), sender=b"ups@lan", expected=b"250"):
        """A whole mail of content (no dots stuffed yet), and the reply to its end."""
        self.begin(recipients, sender)
        self.send(to_wire(content))
        return self.expect(expected, b"the end of a mail")

    def quit(self):
        """QUIT, and a close that can be read."""
        self.ask(b"QUIT", b"221")
        assert self.rest() == (b"", "closed")
        self.close()


class Pop3(Wire):
    """A POP3 client that does as it is told."""

    def __init__(self, port, name=b"alice", password=None, **options):
        super().__init__(port, **options)
        self.greeting = self.line()
        assert self.greeting.startswith(b"+OK"), self.greeting
        if name is not None:
            self.ask(b"USER " + name)
            self.ask(b"PASS " + (password or b"secret-" + name))

    def ask(self, command, expected=b"+OK"):
        """One command and the first line of its reply."""
        self.send(command + b"\r\n")
        return self.expect(expected, command)

    def expect(self, expected=b"+OK", about=b""):
        """The next status line, which must begin with `expected`."""
        line = self.line()
        assert line.startswith(expected), f"{about[:80]!r}: expected {expected!r}, got {line!r}"
        assert line.endswith(b"\r\n") and len(line) <= 512, f"a reply line of {line[:600]!r}"
        return line

    def body(self):
        """The rest of a multi-line reply as it is on the wire, with its end."""
        first = self.line()
        if first == b".\r\n":
            return first
        # The end of the first line may be the begin of the reply's end.
        self._taken = b"\r\n" + self._taken
        return first[:-2] + self.until(b"\r\n.\r\n")

    def multi(self, command):
        """A command with a multi-line reply; its lines without the end, dots unstuffed."""
        self.ask(command)
        return from_wire(self.body())

    def lines(self, command):
        """The same, as a list of lines without CRLF."""
        return self.multi(command).split(b"\r\n")[:-1]

    def messages(self, delete=False):
        """All messages, dots unstuffed; deleted where wanted."""
        count = int(self.ask(b"STAT").split()[1])
        found = [self.multi(b"RETR %d" % number) for number in range(1, count + 1)]
        for number in range(1, count + 1 if delete else 1):
            self.ask(b"DELE %d" % number)
        return found

    def quit(self):
        """QUIT, and a close that can be read."""
        self.ask(b"QUIT")
        assert self.rest() == (b"", "closed")
        self.close()


def to_wire(content):
    """Content as it goes over the wire behind DATA: dots stuffed, with its end (RFC 5321 section 4.5.2)."""
    stuffed = (b"\r\n" + content).replace(b"\r\n.", b"\r\n..")[2:]
    return stuffed + (b".\r\n" if stuffed.endswith(b"\r\n") or not stuffed else b"\r\n.\r\n")


def from_wire(octets):
    """The content of what came over the wire."""
    assert octets == b".\r\n" or octets.endswith(b"\r\n.\r\n"), octets[-80:]
    return (b"\r\n" + octets[:-3]).replace(b"\r\n.", b"\r\n")[2:]
