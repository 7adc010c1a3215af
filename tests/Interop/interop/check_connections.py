"""Connections as devices make them: many at once, slow, silent, rude, and with TLS on a port that has none."""

import os
import selectors
import socket
import ssl
import threading
import time

from . import mails
from .compare import check_same
from .wire import Pop3, Smtp, Wire, from_wire, to_wire

REST_SECONDS = 5


def checks(bench):
    """Slots, rest, TLS bytes, resets, silence."""
    for work in (_newcomer_waits, _newcomers_turned_away, _newcomers_speak_first, _given_up, _pop3_slots, _silent_smtp, _silent_in_data, _silent_pop3,
                 _tls_hello, _never_reads, _never_reads_retr, _slow_sender):
        yield f"connections: {work.__doc__}", _bound(work, bench, "small")
    for work in (_default_wait, _two_hundred, _ten_at_once, _reset_after_250, _never_quits, _connect_and_leave, _fragments_between, _flood_of_noops,
                 _idle_processor, _greets_soon):
        yield f"connections: {work.__doc__}", _bound(work, bench, "device")
    yield "connections: SIGTERM tells everybody, and ends in order", _stop(bench)


def _bound(work, bench, mode):
    return lambda: work(bench.simulator(mode))


def _hold(simulator, count):
    return [simulator.smtp_client() for _ in range(count)]


def _release(clients):
    for client in clients:
        client.close()


def _newcomer_waits(simulator):
    """a newcomer without a slot waits unanswered, and gets the one that falls free"""
    held = _hold(simulator, 2)
    with Smtp(simulator.smtp, None) as first, Smtp(simulator.smtp, None) as second:
        assert first.is_silent(1.0) and second.is_silent(0.1)
        held[0].quit()
        first.expect(b"220")
        assert second.is_silent(0.2)
        first.ask(b"EHLO a", b"250")
        first.mail(mails.plain())
        first.quit()
        second.expect(b"220")
        second.quit()
    _release(held)
    assert len(simulator.fetch()) == 1


def _newcomers_turned_away(simulator):
    """who waits too long reads 421 and an orderly close"""
    held = _hold(simulator, 2)
    newcomers = [Smtp(simulator.smtp, None) for _ in range(4)]
    for newcomer in newcomers:
        newcomer.expect(b"421")
        assert newcomer.rest() == (b"", "closed")
    held[0].ask(b"NOOP", b"250")
    _release(held + newcomers)


def _newcomers_speak_first(simulator):
    """who speaks before he is greeted reads the 421 too"""
    held = _hold(simulator, 2)
    newcomers = [Smtp(simulator.smtp, None) for _ in range(4)]
    for newcomer in newcomers:
        newcomer.send(b"EHLO impatient\r\nMAIL FROM:<a@lan>\r\n" + b"x" * 3000)
    for newcomer in newcomers:
        newcomer.expect(b"421")
        assert newcomer.rest() == (b"", "closed")
    _release(held + newcomers)


def _given_up(simulator):
    """who gave up waiting takes no slot from those behind him"""
    held = _hold(simulator, 2)
    gone = [Smtp(simulator.smtp, None) for _ in range(3)]
    last = Smtp(simulator.smtp, None)
    for number, newcomer in enumerate(gone):
        newcomer.reset() if number % 2 else newcomer.close()
    held[0].quit()
    last.expect(b"220")
    last.quit()
    _release(held)


def _pop3_slots(simulator):
    """a POP3 newcomer waits too, and then gets -ERR [SYS/TEMP]"""
    with simulator.pop3_client() as held, Wire(simulator.pop3) as first, Wire(simulator.pop3) as second:
        assert first.is_silent(0.5)
        held.quit()
        assert first.line().startswith(b"+OK")
        first.send(b"NOOP\r\n")
        assert second.line().startswith(b"-ERR [SYS/TEMP]")
        assert second.rest() == (b"", "closed")
        first.send(b"QUIT\r\n")
        first.rest()


def _silent_smtp(simulator):
    """a silent SMTP client gets 421 and an orderly close [47]"""
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<ups@lan>", b"250")
        client.expect(b"421")
        assert client.rest() == (b"", "closed")


def _silent_in_data(simulator):
    """a client silent in mail data gets 421, and nothing is delivered [18, 47]"""
    with simulator.smtp_client() as client:
        client.begin()
        client.send(mails.plain() + b".\r")
        client.expect(b"421")
        assert client.rest() == (b"", "closed")
    assert simulator.fetch() == []


def _silent_pop3(simulator):
    """a silent POP3 client is closed, without UPDATE [77]"""
    simulator.deliver(mails.plain())
    with simulator.pop3_client() as client:
        client.ask(b"DELE 1")
        assert client.rest() == (b"", "closed")
    assert len(simulator.fetch()) == 1


def _tls_hello(simulator):
    """TLS on the plaintext ports: a clean close, no slot held, no garbage in the log"""
    context = ssl.create_default_context()
    for port in (simulator.smtp, simulator.pop3):
        for _ in range(5):
            with socket.create_connection(("127.0.0.1", port), 5) as plain:
                try:
                    context.wrap_socket(plain, server_hostname="localhost")
                except (ssl.SSLError, OSError):
                    continue
                raise AssertionError("TLS?")
    for port in (simulator.smtp, simulator.pop3):
        for pieces in (1 << 20, 1):
            with Wire(port) as client:
                client.line()
                client.send_split(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + os.urandom(400), pieces)
                rest, how = client.rest()
                assert (rest, how) == (b"", "closed"), (rest, how)
    with simulator.smtp_client() as client:
        client.quit()
    assert all(character.isprintable() or character == "\n" for character in simulator.log())


def _never_reads(simulator):
    """a client that never reads holds its slot no longer than the idle time"""
    rude = [simulator.smtp_client(receive_buffer=4096) for _ in range(2)]
    for client in rude:
        client.socket.settimeout(0.5)
        try:
            while True:
                client.send(b"NOOP\r\n" * 1000)
        except (socket.timeout, OSError):
            pass
    with Smtp(simulator.smtp, None, timeout=30) as client:
        reply = client.reply()
        while reply.startswith(b"421"):
            client.socket.close()
            client = Smtp(simulator.smtp, None, timeout=30)
            reply = client.reply()
        assert reply.startswith(b"220")
        client.close()
    _release(rude)


def _never_reads_retr(simulator):
    """a client that never reads what it retrieves gives the lock back in time"""
    simulator.deliver(mails.exactly(2_000_000))
    with simulator.smtp_client() as sender:
        for _ in range(3):
            sender.mail(mails.exactly(2_000_000))
        sender.quit()
    rude = simulator.pop3_client(receive_buffer=4096)
    rude.send(b"RETR 1\r\nRETR 2\r\nRETR 3\r\nRETR 4\r\n")
    end = time.monotonic() + 25
    while True:
        with Wire(simulator.pop3, timeout=10) as client:
            if client.line().startswith(b"+OK"):
                break
        assert time.monotonic() < end, "the slot is still held"
    rude.close()
    simulator.empty()


def _slow_sender(simulator):
    """a mail sent an octet at a time, slowly, comes whole"""
    with simulator.smtp_client() as client:
        client.begin()
        client.send_split(to_wire(mails.plain()), 1, 0.01)
        client.expect(b"250")
        client.quit()
    check_same(simulator.fetch()[0], mails.plain())


def _default_wait(simulator):
    """with all slots taken a newcomer waits 20 s for 421"""
    held = _hold(simulator, 16)
    started = time.monotonic()
    with Smtp(simulator.smtp, None, timeout=30) as newcomer, Smtp(simulator.smtp, None) as other:
        assert newcomer.is_silent(18.5)
        held[3].quit()
        newcomer.expect(b"220")
        assert other.is_silent(0.1)
        other.socket.settimeout(10)
        other.expect(b"421")
        assert 19.5 < time.monotonic() - started < 23
        assert other.rest() == (b"", "closed")
        newcomer.quit()
    _release(held)


def _two_hundred(simulator):
    """200 connections at once each deliver their mail"""
    count = 200
    selector = selectors.DefaultSelector()
    script = [(b"220", b"EHLO a\r\n"), (b"250", b"MAIL FROM:<a@lan>\r\n"), (b"250", b"RCPT TO:<alice@lan>\r\n"), (b"250", b"DATA\r\n"),
              (b"354", to_wire(mails.plain())), (b"250", b"QUIT\r\n"), (b"221", b"")]
    for _ in range(count):
        client = socket.socket()
        client.setblocking(False)
        client.connect_ex(("127.0.0.1", simulator.smtp))
        selector.register(client, selectors.EVENT_READ, [0, b""])
    done = 0
    end = time.monotonic() + 60
    while done < count:
        assert time.monotonic() < end, f"{done} of {count} are done"
        for key, _ in selector.select(1):
            octets = key.fileobj.recv(4096)
            state = key.data
            state[1] += octets
            assert octets or state[0] == len(script), f"closed in step {state[0]} after {state[1]!r}"
            if state[0] == len(script):
                assert not octets
                selector.unregister(key.fileobj)
                key.fileobj.close()
                done += 1
                continue
            lines = state[1].split(b"\r\n")
            if len(lines) > 1 and lines[-1] == b"" and lines[-2][3:4] == b" ":
                expected, command = script[state[0]]
                assert state[1].startswith(expected), f"step {state[0]}: {state[1]!r}"
                state[0] += 1
                state[1] = b""
                if command:
                    key.fileobj.setblocking(True)
                    key.fileobj.sendall(command)
                    key.fileobj.setblocking(False)
    assert len(simulator.fetch()) == count


def _ten_at_once(simulator):
    """a camera that opens ten connections at once, and uses one"""
    idle = [Smtp(simulator.smtp, None) for _ in range(9)]
    simulator.deliver(mails.plain())
    for client in idle:
        client.expect(b"220")
    _release(idle)
    assert len(simulator.fetch()) == 1


def _reset_after_250(simulator):
    """a camera that resets right after the final 250: its mail is there [31]"""
    for _ in range(20):
        client = simulator.smtp_client()
        client.mail(mails.plain())
        client.reset()
    for _ in range(5):
        client = simulator.smtp_client()
        client.begin()
        client.send(to_wire(mails.plain()))
        client.expect(b"250")
        client.end_send()
        assert client.rest() == (b"", "closed")
        client.close()
    assert len(simulator.fetch()) == 25


def _never_quits(simulator):
    """devices that close without QUIT leave nothing behind"""
    for _ in range(60):
        client = simulator.smtp_client()
        client.mail(mails.plain())
        client.close()
    assert len(simulator.fetch()) == 60


def _connect_and_leave(simulator):
    """500 connections that leave at once hold no descriptor"""
    def descriptors():
        return len(os.listdir(f"/proc/{simulator.pid}/fd"))

    before = descriptors()
    for number in range(500):
        client = Wire(simulator.smtp if number % 2 else simulator.pop3)
        client.reset() if number % 3 else client.close()
    end = time.monotonic() + 10
    while descriptors() > before + 2:
        assert time.monotonic() < end, f"{descriptors()} descriptors, {before} before"
        time.sleep(0.1)
    simulator.deliver(mails.plain())
    assert len(simulator.fetch()) == 1


def _fragments_between(simulator):
    """16 large mails at once come whole, and are fetched without a pause"""
    contents = [mails.large(3 << 20, seed) for seed in range(16)]

    def send(content):
        with simulator.smtp_client() as client:
            client.mail(content)
            client.quit()

    senders = [threading.Thread(target=send, args=(content,)) for content in contents]
    for sender in senders:
        sender.start()
    for sender in senders:
        sender.join(60)
    with simulator.pop3_client() as client:
        assert client.ask(b"STAT").startswith(b"+OK 16 ")
        for number in range(1, 17):
            started = time.monotonic()
            client.ask(b"RETR %d" % number)
            content = from_wire(client.body())
            seconds = time.monotonic() - started
            assert any(content.endswith(known) for known in contents), f"message {number} is not what was sent"
            assert seconds < 5, f"RETR {number} took {seconds:.1f} s"
        client.quit()
    simulator.empty()


def _flood_of_noops(simulator):
    """one who floods with commands keeps nobody else from being served"""
    stop = threading.Event()

    def flood():
        with simulator.smtp_client() as client:
            while not stop.is_set():
                client.send(b"NOOP\r\n" * 500)
                for _ in range(500):
                    client.line()

    floods = [threading.Thread(target=flood) for _ in range(4)]
    for one in floods:
        one.start()
    try:
        for _ in range(10):
            simulator.deliver(mails.plain())
        assert len(simulator.fetch()) == 10
    finally:
        stop.set()
        for one in floods:
            one.join(20)


def _idle_processor(simulator):
    """at rest it takes under 1 % of a core, connections open or not"""
    for held in ([], _hold(simulator, 8) + [Pop3(simulator.pop3, b"bob")]):
        before = simulator.processor_seconds()
        time.sleep(REST_SECONDS)
        taken = simulator.processor_seconds() - before
        _release(held)
        assert taken <= REST_SECONDS / 100, f"{taken:.2f} s in {REST_SECONDS} s, {len(held)} connections open"


def _greets_soon(simulator):
    """a new connection is greeted within 20 ms"""
    best = 1.0
    for _ in range(10):
        time.sleep(0.1)
        started = time.monotonic()
        with Smtp(simulator.smtp, None) as client:
            client.expect(b"220")
            best = min(best, time.monotonic() - started)
    assert best < 0.02, f"{best * 1000:.0f} ms at best"


def _stop(bench):
    def check():
        simulator = bench.new_simulator("stopped", {"mode": "device", "ring": "4M", "message-max": "1M"}).start()
        simulator.deliver(mails.plain())
        smtp = simulator.smtp_client()
        half = simulator.smtp_client()
        half.begin()
        half.send(mails.plain())
        pop3 = simulator.pop3_client()
        pop3.ask(b"DELE 1")
        simulator.stop()
        smtp.expect(b"421")
        half.expect(b"421")
        pop3.expect(b"-ERR [SYS/TEMP]")
        for client in (smtp, half, pop3):
            assert client.rest() == (b"", "closed")
            client.close()
        simulator.start()
        assert len(simulator.fetch()) == 1
        simulator.stop()
    return check
