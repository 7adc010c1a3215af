"""What SMTP client programs send is what is fetched, octet by octet."""

import os
import smtplib

from . import mails
from .compare import check_octets, check_same
from .proxy import Recorder
from .smtp_clients import COMPOSERS, WHOLE, curl, curl_crlf, msmtp, smtplib_ehlo, swaks_pipelining
from .wire import from_wire


def checks(bench):
    """Every program with every shape it can carry, in both modes."""
    for mode in ("device", "strict"):
        for clients, exact in ((WHOLE, True), (COMPOSERS, False)):
            for client, shapes in clients.items():
                for shape in shapes:
                    yield f"smtp {mode}: {client.__name__} sends {shape.__name__}", _send_and_fetch(bench, mode, client, shape(), exact)
        for client in (curl, curl_crlf, msmtp, smtplib_ehlo, swaks_pipelining):
            yield f"smtp {mode}: {client.__name__} sends to three recipients", _three_recipients(bench, mode, client)
        for client in (curl, smtplib_ehlo, swaks_pipelining):
            yield f"smtp {mode}: {client.__name__} sends from the null sender", _null_sender(bench, mode, client)
        for client in (curl, msmtp, smtplib_ehlo, swaks_pipelining):
            yield f"smtp {mode}: {client.__name__} sends 1 MB", _send_and_fetch(bench, mode, client, mails.large(), True)
    yield "smtp device: smtplib sends 16 MiB", _send_and_fetch(bench, "device", smtplib_ehlo, mails.exactly(16 << 20), True)
    yield "smtp device: curl is told that 16 MiB and one octet are too much", _too_big(bench)
    yield "smtp device: smtplib hears of one refused recipient, and the others get the mail", _one_refused(bench)
    yield "smtp device: smtplib sends 20 mails over one connection", _many_in_a_row(bench)


def _send_and_fetch(bench, mode, client, content, exact):
    def check():
        simulator = bench.simulator(mode)
        with Recorder(simulator.smtp) as recorder:
            client(recorder.port, bench.home(client.__name__), content, [b"alice@lan"], b"ups@lan")
            sent = recorder.mail_data()
        assert len(sent) == 1, f"{len(sent)} mails were sent"
        if exact:
            wanted = content if content.endswith(b"\r\n") or not content else content + b"\r\n"
            check_octets(from_wire(sent[0]), wanted)
        found = simulator.fetch()
        assert len(found) == 1, f"{len(found)} mails came"
        trace = check_same(found[0], from_wire(sent[0]), adds=mode == "device")
        assert trace["address"] == b"127.0.0.1"
        assert trace["sender"].endswith(b"lan") or client.__name__ == "nmh", trace["sender"]
    return check


def _three_recipients(bench, mode, client):
    def check():
        simulator = bench.simulator(mode)
        client(simulator.smtp, bench.home(client.__name__), mails.dots(), [b"alice@lan", b"bob@lan", b"carol@lan"], b"ups@lan")
        for name in (b"alice", b"bob", b"carol"):
            found = simulator.fetch(name)
            assert len(found) == 1, f"{name!r} has {len(found)} mails"
            trace = check_same(found[0], mails.dots(), adds=mode == "device")
            assert trace["recipient"] is None
    return check


def _null_sender(bench, mode, client):
    def check():
        simulator = bench.simulator(mode)
        client(simulator.smtp, bench.home(client.__name__), mails.plain(), [b"alice@lan"], b"")
        trace = check_same(simulator.fetch()[0], mails.plain(), adds=mode == "device")
        assert trace["sender"] == b"" and trace["recipient"] == b"alice@lan", trace
    return check


def _too_big(bench):
    def check():
        simulator = bench.simulator("device")
        try:
            curl(simulator.smtp, bench.home("curl"), mails.exactly((16 << 20) + 1), [b"alice@lan"], b"ups@lan")
        except AssertionError as error:
            assert "552" in str(error), error
        else:
            raise AssertionError("the mail was taken")
        assert simulator.fetch() == []
        os.remove(os.path.join(bench.home("curl"), "mail"))
    return check


def _one_refused(bench):
    def check():
        simulator = bench.simulator("device")
        with smtplib.SMTP("127.0.0.1", simulator.smtp, "tester.lan", 30) as client:
            refused = client.sendmail("ups@lan", ["alice@lan", "someone@elsewhere.example", "bob@lan"], mails.plain())
        assert list(refused) == ["someone@elsewhere.example"] and refused["someone@elsewhere.example"][0] == 550, refused
        for name in (b"alice", b"bob"):
            assert len(simulator.fetch(name)) == 1
    return check


def _many_in_a_row(bench):
    def check():
        simulator = bench.simulator("device")
        with smtplib.SMTP("127.0.0.1", simulator.smtp, "tester.lan", 30) as client:
            for number in range(20):
                client.sendmail("ups@lan", ["alice@lan"], mails.plain() + b"mail %d\r\n" % number)
        found = simulator.fetch()
        assert len(found) == 20, len(found)
        for number, message in enumerate(found):
            check_same(message, mails.plain() + b"mail %d\r\n" % number)
    return check
