"""A recorder between a client program and the simulator: what the program really said, and what it was told."""

import socket
import threading

_END = b"\r\n.\r\n"


class Recorder:
    """Passes octets on, both ways, and keeps them, a connection at a time."""

    def __init__(self, port):
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self.said = []
        self.heard = []
        self._threads = []
        self._start(self._accept)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for thread in self._threads:
            thread.join(5)

    def mail_data(self):
        """The mail data of every DATA that was said, in wire form, once everything has passed."""
        self._settle()
        found = []
        for said in self.said:
            at = 0
            while True:
                line_end = said.find(b"\n", at)
                if line_end < 0:
                    break
                line = said[at:line_end + 1]
                at = line_end + 1
                if line.strip().upper() == b"DATA":
                    end = at + 3 if said.startswith(b".\r\n", at) else said.find(_END, at) + len(_END)
                    assert end >= at + 3, f"mail data without an end: {bytes(said[-200:])!r}"
                    found.append(bytes(said[at:end]))
                    at = end
        return found

    def answers(self):
        """All that the program was told."""
        self._settle()
        return b"".join(bytes(heard) for heard in self.heard)

    def words(self):
        """All that the program said."""
        self._settle()
        return b"".join(bytes(said) for said in self.said)

    def _settle(self):
        for thread in self._threads[1:]:
            thread.join(5)

    def _start(self, work, *arguments):
        thread = threading.Thread(target=work, args=arguments, daemon=True)
        self._threads.append(thread)
        thread.start()

    def _accept(self):
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            server = socket.create_connection(("127.0.0.1", self._target))
            said, heard = bytearray(), bytearray()
            self.said.append(said)
            self.heard.append(heard)
            self._start(self._pass_on, client, server, said)
            self._start(self._pass_on, server, client, heard)

    @staticmethod
    def _pass_on(source, target, kept):
        try:
            while octets := source.recv(1 << 16):
                kept += octets
                target.sendall(octets)
            target.shutdown(socket.SHUT_WR)
        except OSError:
            for end in (source, target):
                try:
                    end.shutdown(socket.SHUT_RDWR)
                except OSError:
                    pass
