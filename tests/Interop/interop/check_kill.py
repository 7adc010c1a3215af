"""kill -9, again and again, while mail comes and goes: what got its 250 is there, once and whole; what was refused is not."""

import os
import random
import re
import threading
import time

from .compare import trace_of
from .wire import Closed, from_wire, to_wire

ROUNDS = 15
SENDERS = 6
SETTINGS = {"mode": "device", "ring": "24M", "message-max": "1M", "log": "warning"}
NAMES = (b"alice", b"bob", b"carol")

ACCEPTED = "accepted"
REFUSED = "refused"
UNKNOWN = "unknown"


def checks(bench):
    """One long check; its seed is printed, and INTEROP_SEED gives it again."""
    seed = int(os.environ.get("INTEROP_SEED", "0")) or random.SystemRandom().randrange(1, 1 << 31)
    yield f"kill -9 in {ROUNDS} rounds, INTEROP_SEED={seed}", lambda: _Torture(bench, seed).run()


def content_of(seed, key):
    """The content of a mail by its key: mostly small, now and then of many fragments, sometimes over the limit."""
    numbers = random.Random(f"{seed} {key}")
    octets = numbers.choice((200, 900, 900, 900, 3000, 12_000, 70_000, 200_000, 1_100_000))
    line = b"." + key.encode() + b" " + b"abcdefghij" * 6 + b"\r\n"
    return b"Subject: torture\r\nX-Key: " + key.encode() + b"\r\n\r\n" + line * (octets // len(line)) + b"end of " + key.encode() + b"\r\n"


class _Mail:
    """What is known of one mail in one maildrop."""

    def __init__(self, fate):
        self.fate = fate
        self.unique_id = None
        self.removal = None  # None, "asked" or "done"


class _Torture:
    """The rounds, and what must be true after each."""

    def __init__(self, bench, seed):
        self._seed = seed
        self._numbers = random.Random(seed)
        self._simulator = bench.new_simulator("kill", SETTINGS)
        self._known = {name: {} for name in NAMES}
        self._unique_ids = {name: {} for name in NAMES}
        self._lock = threading.Lock()
        self._stopping = threading.Event()
        self._problems = []

    def run(self):
        """All rounds, then a last look and an orderly stop."""
        self._simulator.start()
        for number in range(ROUNDS):
            self._round(number)
            self._simulator.start()
            self._look(number)
        counts = {fate: sum(mail.fate == fate for known in self._known.values() for mail in known.values()) for fate in (ACCEPTED, REFUSED, UNKNOWN)}
        assert counts[ACCEPTED] > 50 and counts[REFUSED] > 0, f"too little happened: {counts}"
        self._simulator.stop()
        self._simulator.start()
        self._look(ROUNDS)
        self._simulator.stop()

    def _round(self, number):
        self._stopping.clear()
        workers = [threading.Thread(target=self._guarded, args=(self._send, number, sender)) for sender in range(SENDERS)]
        workers += [threading.Thread(target=self._guarded, args=(self._remove, name, self._numbers.randrange(1 << 30))) for name in NAMES[:2]]
        for worker in workers:
            worker.start()
        time.sleep(self._numbers.uniform(0.05, 1.2))
        self._stopping.set()
        self._simulator.kill()
        for worker in workers:
            worker.join(30)
        assert not self._problems, self._problems[0]

    def _guarded(self, work, *arguments):
        try:
            work(*arguments)
        except (Closed, ConnectionError, TimeoutError):
            pass
        except Exception as error:  # It is raised again by the round, with what it said.
            if not self._stopping.is_set():
                self._problems.append(f"{work.__name__}: {error}")

    # Mail after mail over one connection, until the kill.
    def _send(self, round_number, sender):
        numbers = random.Random(f"{self._seed} {round_number} {sender}")
        with self._simulator.smtp_client() as client:
            for number in range(1_000_000):
                key = f"{round_number}-{sender}-{number}"
                names = numbers.sample(NAMES, numbers.choice((1, 1, 1, 2, 3)))
                with self._lock:
                    for name in names:
                        self._known[name][key] = _Mail(UNKNOWN)
                client.send(b"MAIL FROM:<a@lan>\r\n" + b"".join(b"RCPT TO:<" + name + b"@lan>\r\n" for name in names) + b"DATA\r\n")
                replies = [client.reply() for _ in range(2 + len(names))]
                if replies[-1].startswith(b"354"):
                    client.send(to_wire(content_of(self._seed, key)))
                    fate = ACCEPTED if client.reply().startswith(b"250") else REFUSED
                else:
                    fate = REFUSED
                    client.ask(b"RSET", b"250")
                with self._lock:
                    for name in names:
                        self._known[name][key].fate = fate

    # Sessions that delete some of what is there, so that the ring goes round.
    def _remove(self, name, seed):
        numbers = random.Random(seed)
        while not self._stopping.is_set():
            with self._simulator.pop3_client(name) as client:
                count = int(client.ask(b"STAT").split()[1])
                marked = []
                for number in range(1, count + 1):
                    if numbers.random() < 0.7:
                        key = _key_of(client.multi(b"TOP %d 0" % number))
                        client.ask(b"DELE %d" % number)
                        marked.append(key)
                with self._lock:
                    for key in marked:
                        self._known[name][key].removal = "asked"
                client.send(b"QUIT\r\n")
                if client.line().startswith(b"+OK"):
                    with self._lock:
                        for key in marked:
                            self._known[name][key].removal = "done"
            time.sleep(0.02)

    # What is there after a restart is what must be there; what nobody knew is known from now on.
    def _look(self, round_number):
        for name in NAMES:
            found = self._found(name)
            asked = [mail.removal == "asked" and key in found for key, mail in self._known[name].items() if mail.removal == "asked"]
            assert all(asked) or not any(asked), f"round {round_number}: UPDATE in {name!r} was carried out in part"
            for key, mail in self._known[name].items():
                where = f"round {round_number}: mail {key} of {name!r}, {mail.fate}, removal {mail.removal}"
                is_there = key in found
                if mail.fate == REFUSED or mail.removal == "done":
                    assert not is_there, f"{where}: is there"
                elif mail.fate == ACCEPTED and mail.removal is None:
                    assert is_there, f"{where}: is lost"
                if mail.removal == "asked":
                    mail.removal = None if is_there else "done"
                if mail.fate == UNKNOWN:
                    mail.fate = ACCEPTED if is_there else REFUSED
                if is_there:
                    mail.unique_id = mail.unique_id or found[key]
                    assert mail.unique_id == found[key], f"{where}: unique-id {mail.unique_id!r} has become {found[key]!r}"

    def _found(self, name):
        found = {}
        with self._simulator.pop3_client(name) as client:
            sizes = [int(line.split()[1]) for line in client.lines(b"LIST")]
            unique_ids = [line.split()[1] for line in client.lines(b"UIDL")]
            assert len(set(unique_ids)) == len(unique_ids), "a unique-id twice"
            client.send(b"".join(b"RETR %d\r\n" % (number + 1) for number in range(len(sizes))[:40]))
            for number, (size, unique_id) in enumerate(zip(sizes, unique_ids)):
                if number >= 40:
                    client.send(b"RETR %d\r\n" % (number + 1))
                client.expect()
                message = from_wire(client.body())
                key = _key_of(message)
                assert len(message) == size, f"{key}: LIST says {size}, RETR sends {len(message)}"
                assert message[trace_of(message).end():].endswith(content_of(self._seed, key)), f"{key} is not whole"
                assert key not in found, f"{key} is there twice"
                assert self._unique_ids[name].setdefault(unique_id, key) == key, f"unique-id {unique_id!r} of {key} was another's"
                found[key] = unique_id
            client.quit()
        return found


def _key_of(message):
    match = re.search(rb"\r\nX-Key: ([0-9-]+)\r\n", message)
    assert match, f"a mail that nobody sent: {message[:300]!r}"
    return match[1].decode()
