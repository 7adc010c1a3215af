"""SMTP commands on the wire: replies, order, limits, pipelining (clauses 1 to 26, 40 to 62, 65)."""

from . import mails
from .compare import check_same, trace_of
from .wire import Smtp, to_wire

BOTH = ("device", "strict")

# One command on a fresh session behind EHLO: modes, command, the reply's beginning, the clause.
AFTER_HELLO = (
    (BOTH, b"NOOP", b"250 2.", 16), (BOTH, b"NOOP with an argument", b"250 2.", 16), (BOTH, b"noop", b"250", 4),
    (BOTH, b"RSET", b"250 2.", 15), (BOTH, b"RSET now", b"501 5.", 12), (BOTH, b"QUIT now", b"501 5.", 12),
    (BOTH, b"HELP", b"214 2.", 7), (BOTH, b"VRFY alice", b"252 2.", 25), (BOTH, b"VRFY nobody@lan", b"25", 25),
    (BOTH, b"EXPN list", b"502 5.", 11), (BOTH, b"TURN", b"502 5.", 11), (BOTH, b"BDAT 0 LAST", b"502 5.", 11),
    (BOTH, b"STARTTLS now", b"501 5.", 66), (BOTH, b"AUTH NTLM", b"504 5.", 69), (BOTH, b"XYZZY", b"500 5.", 11),
    (BOTH, b"EHLOX a", b"500 5.", 11), (BOTH, b"", b"500 5.", 11), (BOTH, b"MAIL", b"501 5.", 11),
    (BOTH, b"RCPT TO:<alice@lan>", b"503 5.5.1", 13), (BOTH, b"DATA", b"503 5.5.1", 13), (BOTH, b"DATA now", b"501 5.", 12),
    (BOTH, b"MAIL FROM:<>", b"250 2.1.0", 20), (BOTH, b"mail from:<ups@lan>", b"250", 4), (BOTH, b"MAIL FROM:<ups@lan> ", b"250", 26),
    (BOTH, b"MAIL FROM:<@a.example,@b.example:ups@lan>", b"250", 22), (BOTH, b"MAIL FROM:<ups@[192.0.2.1]>", b"250", 23),
    (BOTH, b"MAIL FROM:<ups@[IPv6:2001:db8::1]>", b"250", 23), (BOTH, b'MAIL FROM:<"a b"@lan>', b"250", 23),
    (BOTH, b'MAIL FROM:<"a\\"b"@lan>', b"250", 23), (BOTH, b"MAIL FROM:<ups@lan", b"501", 11), (BOTH, b"MAIL TO:<ups@lan>", b"501", 11),
    (BOTH, b"MAIL FROM:<u ps@lan>", b"501", 11), (BOTH, b"MAIL FROM:<ups@@lan>", b"501", 11),
    (BOTH, b"MAIL FROM:<ups@lan> SIZE=1000", b"250", 51), (BOTH, b"MAIL FROM:<ups@lan> size=1000 body=8bitmime", b"250", 58),
    (BOTH, b"MAIL FROM:<ups@lan> SIZE=16777216", b"250", 52), (BOTH, b"MAIL FROM:<ups@lan> SIZE=16777217", b"552 5.3.4", 52),
    (BOTH, b"MAIL FROM:<ups@lan> SIZE=99999999999999999999", b"552 5.3.4", 52), (BOTH, b"MAIL FROM:<ups@lan> SIZE=x", b"501 5.5.4", 52),
    (BOTH, b"MAIL FROM:<ups@lan> BODY=7BIT", b"250", 58), (BOTH, b"MAIL FROM:<ups@lan> body=7bit", b"250", 58),
    (BOTH, b"MAIL FROM:<ups@lan> BODY=BINARYMIME", b"501 5.5.4", 58), (BOTH, b"MAIL FROM:<ups@lan> SMTPUTF8", b"250", 65),
    (BOTH, "MAIL FROM:<üps@lan> SMTPUTF8".encode(), b"250", 65), (BOTH, b"MAIL FROM:<ups@lan> XFOO=1", b"555 5.5.4", 24),
    (("device",), b"MAIL FROM:<ups@lan> AUTH=<>", b"250", 72), (("device",), b"MAIL FROM:<ups@lan> RET=HDRS ENVID=x", b"250", 24),
    (("strict",), b"MAIL FROM:<ups@lan> AUTH=<>", b"250", 72), (("strict",), b"MAIL FROM:<ups@lan> RET=HDRS", b"555", 24),
    (("device",), b"MAIL FROM:ups@lan", b"250", 0), (("device",), b"MAIL FROM: <ups@lan>", b"250", 0),
    (("device",), b"MAIL FROM: ups@lan", b"250", 0), (("device",), b"MAIL FROM:<ups.@lan>", b"250", 0),
    (("device",), b"MAIL FROM :<ups@lan>", b"250", 0), (("device",), b"MAIL FROM:", b"250", 0), (("device",), b"MAIL FROM:<ups>", b"250", 0),
    (("strict",), b"MAIL FROM:ups@lan", b"501", 11), (("strict",), b"MAIL FROM: <ups@lan>", b"501", 11), (("strict",), b"MAIL FROM:<ups>", b"501", 11),
    (("strict",), b"EHLO", b"501", 2), (("strict",), b"HELO", b"501", 2), (("device",), b"EHLO", b"250", 2), (("device",), b"HELO", b"250 ", 3),
    (BOTH, b"HELO a", b"250 ", 3), (BOTH, b"HELO " + b"h" * 255, b"250 ", 6), (BOTH, b"EHLO [192.0.2.7]", b"250", 6),
)

# One RCPT behind MAIL.
RECIPIENTS = (
    (BOTH, b"<alice@lan>", b"250 2.1.5", 13), (BOTH, b"<ALICE@LAN>", b"250", 4), (BOTH, b"<Postmaster>", b"250", 21), (BOTH, b"<postMASTER@lan>", b"250", 21),
    (BOTH, b"<alerts@shop.example>", b"250", 50), (BOTH, b"<anybody@lan>", b"250", 50), (BOTH, b"<alice@mail.lan>", b"250", 50),
    (BOTH, b"<alice@elsewhere.example>", b"550 5.7.1", 50), (BOTH, b"<alice%elsewhere.example@lan>", b"250", 50),
    (BOTH, b"<alice@lan@elsewhere.example>", b"501", 50), (BOTH, b"<@lan:alice@elsewhere.example>", b"550", 50),
    (BOTH, b"<@relay.example:alice@lan>", b"250", 22), (BOTH, b"<alice@[127.0.0.1]>", b"250", 23), (BOTH, b"<alice@[192.0.2.9]>", b"550", 50),
    (BOTH, b'<"alice"@lan>', b"250", 23), (BOTH, b"<>", b"501", 13), (BOTH, b"<alice@lan> FOO=1", b"555", 24),
    (BOTH, b"<" + b"l" * 64 + b"@lan>", b"250", 40), (BOTH, b"<" + b"l" * 65 + b"@lan>", b"501", 46),
    (BOTH, b"<a@" + b"d" * 63 + (b"." + b"d" * 63) * 3 + b">", b"550", 40), (BOTH, b"<a@" + b"d" * 256 + b">", b"501", 46),
    (("device",), b"alice@lan", b"250", 0), (("device",), b" alice@lan", b"250", 0), (("device",), b"<alice>", b"250", 0),
    (("device",), b"<alice.@lan>", b"250", 0), (("device",), b"<alice@lan> NOTIFY=NEVER ORCPT=rfc822;alice@lan", b"250", 0),
    (("strict",), b"alice@lan", b"501", 11), (("strict",), b"<alice>", b"501", 11), (("strict",), b"<alice@lan> NOTIFY=NEVER", b"555", 24),
)


def checks(bench):
    """Tables of commands, sequences, limits, pipelining."""
    for modes, command, expected, clause in AFTER_HELLO:
        for mode in modes:
            yield f"wire {mode}: {_show(command)} gets {expected.decode()} [{clause}]", _one_command(bench, mode, (), command, expected)
    for modes, path, expected, clause in RECIPIENTS:
        for mode in modes:
            name = f"wire {mode}: RCPT TO:{_show(path)} gets {expected.decode()} [{clause}]"
            yield name, _one_command(bench, mode, (b"MAIL FROM:<ups@lan>",), b"RCPT TO:" + path, expected)
    for mode in BOTH:
        for work in (_greeting, _before_hello, _hello_resets, _nested_mail, _rset, _quit_drops, _lost_connection, _line_limits, _recipient_limit,
                     _too_big, _too_big_declared, _loop, _pipelined, _pipelined_refusals, _pipelined_behind_data, _pipelined_behind_quit,
                     _bad_commands, _endless_line, _trace, _no_header, _blind_copies, _bdat_chunk, _split_dialogue, _two_mails, _size_right):
            yield f"wire {mode}: {work.__doc__}", _bound(work, bench, mode)
    for work in (_bare_lf_commands, _hello_without_name_then_mail):
        yield f"wire device: {work.__doc__}", _bound(work, bench, "device")
    yield f"wire strict: {_strict_bare_lf_commands.__doc__}", _bound(_strict_bare_lf_commands, bench, "strict")


def _show(octets):
    text = octets.decode("utf-8", "replace")
    return text if len(text) < 60 else f"{text[:25]}… ({len(octets)} octets)"


def _bound(work, bench, mode):
    return lambda: work(bench.simulator(mode), mode)


def _one_command(bench, mode, before, command, expected):
    def check():
        simulator = bench.running(mode)
        with simulator.smtp_client() as client:
            for line in before:
                client.ask(line, b"250")
            reply = client.ask(command, expected)
            code = reply[:3]
            is_hello = command[:4].upper() in (b"EHLO", b"HELO")
            assert is_hello or reply[4:6] == code[:1] + b".", f"no enhanced code of its class: {reply!r}"
            client.ask(b"NOOP", b"250")
            client.quit()
    return check


def _greeting(simulator, mode):
    """the greeting, EHLO's keywords and HELO's one line [1, 2, 3, 10, 51, 60]"""
    del mode
    with Smtp(simulator.smtp, None) as client:
        greeting = client.reply()
        assert greeting.startswith(b"220 mail.lan ") and b"ESMTP" in greeting, greeting
        lines = client.ask(b"EHLO tester.lan", b"250-mail.lan").split(b"\r\n")[1:-1]
        words = {line[4:].split()[0]: line for line in lines}
        for word in (b"SIZE", b"8BITMIME", b"PIPELINING", b"ENHANCEDSTATUSCODES", b"SMTPUTF8", b"STARTTLS"):
            assert word in words, f"{word!r} is not in {lines!r}"
        for word in (b"CHUNKING", b"EXPN", b"BDAT", b"ETRN"):
            assert word not in words, f"{word!r} is in {lines!r}"
        assert words[b"SIZE"][4:] == b"SIZE 16777216"
        assert client.ask(b"HELO tester.lan", b"250 ").count(b"\r\n") == 1
        client.quit()


def _before_hello(simulator, mode):
    """what works before EHLO, and what does not [7]"""
    with Smtp(simulator.smtp, None) as client:
        client.expect(b"220")
        for command, code in ((b"NOOP", b"250"), (b"RSET", b"250"), (b"HELP", b"214"), (b"VRFY a", b"252"), (b"EXPN a", b"502")):
            client.ask(command, code)
        client.ask(b"RCPT TO:<alice@lan>", b"503")
        client.ask(b"DATA", b"503")
        client.ask(b"MAIL FROM:<ups@lan>", b"503" if mode == "strict" else b"250")
        client.quit()


def _hello_resets(simulator, mode):
    """EHLO in mid-session resets, and a refused one changes nothing [5]"""
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<ups@lan>", b"250")
        client.ask(b"RCPT TO:<alice@lan>", b"250")
        if mode == "strict":
            client.ask(b"EHLO", b"501")
            client.ask(b"RCPT TO:<bob@lan>", b"250")
        client.ask(b"EHLO tester.lan", b"250")
        client.ask(b"RCPT TO:<alice@lan>", b"503")
        client.ask(b"DATA", b"503")
        client.quit()


def _nested_mail(simulator, mode):
    """a nested MAIL gets 503 and changes nothing [14]"""
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<first@lan>", b"250")
        client.ask(b"MAIL FROM:<second@lan>", b"503")
        client.ask(b"RCPT TO:<alice@lan>", b"250")
        client.ask(b"MAIL FROM:<third@lan>", b"503")
        client.ask(b"DATA", b"354")
        client.send(to_wire(mails.plain()))
        client.expect(b"250")
        client.quit()
    found = simulator.fetch()
    assert len(found) == 1 and check_same(found[0], mails.plain(), mode == "device")["sender"] == b"first@lan"


def _rset(simulator, mode):
    """RSET clears, and the session goes on [15]"""
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<first@lan>", b"250")
        client.ask(b"RCPT TO:<bob@lan>", b"250")
        client.ask(b"RSET", b"250")
        client.ask(b"DATA", b"503")
        client.mail(mails.plain(), sender=b"second@lan")
        client.quit()
    assert simulator.fetch(b"bob") == []
    assert check_same(simulator.fetch()[0], mails.plain(), mode == "device")["sender"] == b"second@lan"


def _quit_drops(simulator, mode):
    """QUIT in a mail transaction drops it [17]"""
    del mode
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<first@lan>", b"250")
        client.ask(b"RCPT TO:<alice@lan>", b"250")
        client.quit()
    assert simulator.fetch() == []


def _lost_connection(simulator, mode):
    """a connection lost in mail data delivers nothing [18]"""
    del mode
    for octets in (b"", b"Subject: lost\r\n", mails.plain(), mails.plain() + b".", mails.plain() + b".\r", mails.large(200_000)):
        for end in (Smtp.reset, Smtp.close, Smtp.end_send):
            client = simulator.smtp_client()
            client.begin()
            client.send(octets)
            end(client)
            if end is Smtp.end_send:
                assert client.rest()[0] in (b"",), "an answer to half a mail"
                client.close()
    assert simulator.fetch() == []


def _line_limits(simulator, mode):
    """command lines of 512 octets, and longer ones [41, 46]"""
    with simulator.smtp_client() as client:
        client.ask(b"NOOP " + b"n" * 505, b"250")
        client.ask(b"NOOP " + b"n" * 5000, b"500")
        client.ask(b"N" * 5000, b"500")
        for octets in range(500, 1100):
            reply = client.ask(b"NOOP " + b"n" * (octets - 7), None)
            assert reply.startswith(b"250" if octets <= 512 else (b"250", b"500")), f"{mode}: {octets} octets got {reply!r}"
            client.ask(b"NOOP", b"250")
        client.quit()


def _recipient_limit(simulator, mode):
    """100 recipients, and 452 past the limit [45]"""
    del mode
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<ups@lan>", b"250")
        for number in range(100):
            client.ask(b"RCPT TO:<user%d@lan>" % number, b"250")
        client.ask(b"RCPT TO:<bob@lan>", b"452 4.5.3")
        client.ask(b"DATA", b"354")
        client.send(to_wire(mails.plain()))
        client.expect(b"250")
        client.quit()
    assert len(simulator.fetch()) == 1 and simulator.fetch(b"bob") == []


def _too_big(simulator, mode):
    """the real size is enforced, and the rest is read away [53]"""
    limit = 16 << 20
    with simulator.smtp_client() as client:
        client.mail(mails.exactly(limit), expected=b"250")
        client.mail(mails.exactly(limit + 1), expected=b"552 5.3.4")
        client.ask(b"MAIL FROM:<ups@lan> SIZE=100", b"250")
        client.ask(b"RCPT TO:<alice@lan>", b"250")
        client.ask(b"DATA", b"354")
        client.send(to_wire(mails.exactly(limit + 60_000)))
        client.expect(b"552")
        client.mail(mails.plain(), expected=b"250")
        client.quit()
    found = simulator.fetch()
    assert len(found) == 2, len(found)
    check_same(found[0], mails.exactly(limit), mode == "device")
    check_same(found[1], mails.plain(), mode == "device")


def _too_big_declared(simulator, mode):
    """SIZE over the limit is refused at MAIL, and the session goes on [52]"""
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<ups@lan> SIZE=20000000", b"552")
        client.ask(b"RCPT TO:<alice@lan>", b"503")
        client.mail(mails.plain())
        client.quit()
    check_same(simulator.fetch()[0], mails.plain(), mode == "device")


def _loop(simulator, mode):
    """100 Received fields are taken, 101 are not [39]"""
    field = b"Received: from a by b; Tue, 01 Jul 2025 10:00:00 +0000\r\n"
    with simulator.smtp_client() as client:
        client.mail(field * 100 + mails.plain(), expected=b"250")
        client.mail(field * 101 + mails.plain(), expected=b"554")
        client.quit()
    found = simulator.fetch()
    assert len(found) == 1
    check_same(found[0], field * 100 + mails.plain(), mode == "device")


def _group(sender=b"ups@lan", recipients=(b"alice@lan",)):
    lines = [b"MAIL FROM:<" + sender + b">"] + [b"RCPT TO:<" + recipient + b">" for recipient in recipients] + [b"DATA"]
    return b"".join(line + b"\r\n" for line in lines)


def _pipelined(simulator, mode):
    """many mails in one pipeline, mail data included [54, 55]"""
    with simulator.smtp_client() as client:
        for pieces in (1 << 20, 1, 7, 1000):
            client.send_split(b"".join(_group() + to_wire(mails.dots()) for _ in range(5)), pieces)
            for _ in range(5):
                for code in (b"250", b"250", b"354", b"250"):
                    client.expect(code)
        client.quit()
    found = simulator.fetch()
    assert len(found) == 20
    for message in found:
        check_same(message, mails.dots(), mode == "device")


def _pipelined_refusals(simulator, mode):
    """a pipeline with refusals: replies in order, and DATA without a recipient gets 503 or 554 [54, 57]"""
    with simulator.smtp_client() as client:
        client.send(_group(recipients=(b"x@elsewhere.example", b"alice@lan", b"y@elsewhere.example")))
        for code in (b"250", b"550", b"250", b"550", b"354"):
            client.expect(code)
        client.send(to_wire(mails.plain()) + _group(recipients=(b"x@elsewhere.example",)) + b"RSET\r\nNOOP\r\nXYZZY\r\nQUIT\r\n")
        for code in (b"250", b"250", b"550", b"5", b"250", b"250", b"500", b"221"):
            client.expect(code)
        assert client.rest() == (b"", "closed")
    check_same(simulator.fetch()[0], mails.plain(), mode == "device")


def _pipelined_behind_data(simulator, mode):
    """commands right behind the end of mail data [54]"""
    with simulator.smtp_client() as client:
        client.begin()
        client.send(to_wire(mails.plain()) + _group(b"second@lan") + to_wire(mails.dots()) + b"NOOP\r\nQUIT\r\n")
        for code in (b"250", b"250", b"250", b"354", b"250", b"250", b"221"):
            client.expect(code)
        assert client.rest() == (b"", "closed")
    found = simulator.fetch()
    check_same(found[0], mails.plain(), mode == "device")
    check_same(found[1], mails.dots(), mode == "device")


def _pipelined_behind_quit(simulator, mode):
    """what stands behind QUIT is not answered, and the 221 can be read [17, 56]"""
    del mode
    for behind in (b"NOOP\r\n", b"x" * 5000, _group() + to_wire(mails.plain()), b"y" * 300_000):
        with simulator.smtp_client() as client:
            client.send(b"QUIT\r\n" + behind)
            client.expect(b"221")
            assert client.rest() == (b"", "closed")
    assert simulator.fetch() == []


def _bad_commands(simulator, mode):
    """bad commands are answered, up to a limit with 421 [11, 19]"""
    del mode
    with simulator.smtp_client() as client:
        for _ in range(200):
            client.ask(b"XYZZY", b"500")
        client.ask(b"NOOP", b"250")
        for _ in range(200):
            client.ask(b"XYZZY", b"500")
        client.ask(b"XYZZY", b"421")
        assert client.rest() == (b"", "closed")


def _endless_line(simulator, mode):
    """a line without an end is closed with 421 [19]"""
    del mode
    with simulator.smtp_client() as client:
        client.send(b"A" * 100_000)
        client.expect(b"421")
        assert client.rest() == (b"", "closed")


def _trace(simulator, mode):
    """Return-Path and Received as they should be; earlier ones stay [35, 36, 37]"""
    content = b"Return-Path: <old@lan>\r\nReceived: from a by b; Tue, 01 Jul 2025 10:00:00 +0000\r\n" + mails.plain()
    with simulator.smtp_client(b"HELO plc7") as client:
        client.mail(content, sender=b"Ups@Lan")
        client.ask(b"EHLO [192.0.2.7]", b"250")
        client.mail(content, recipients=(b"Alice@LAN", b"bob@lan"))
        client.quit()
    first, second = simulator.fetch()
    trace = check_same(first, content, mode == "device")
    assert (trace["helo"], trace["protocol"], trace["sender"], trace["recipient"]) == (b"plc7", b"SMTP", b"Ups@Lan", b"alice@lan"), trace
    assert trace["address"] == b"127.0.0.1"
    trace = check_same(second, content, mode == "device")
    assert (trace["helo"], trace["protocol"], trace["recipient"]) == (b"[192.0.2.7]", b"ESMTP", None), trace
    assert trace_of(simulator.fetch(b"bob")[0])["id"] == trace["id"]


def _no_header(simulator, mode):
    """a mail without Date, From and Message-ID, or without a header, is taken [38]"""
    contents = (mails.no_date(), mails.no_header(), mails.empty(), b"Subject\r\n\r\nx\r\n", b": x\r\n\r\n", b" folded\r\n\r\nx\r\n", b"X :\r\n\r\n")
    with simulator.smtp_client() as client:
        for content in contents:
            client.mail(content)
        client.quit()
    for message, content in zip(simulator.fetch(), contents, strict=True):
        check_same(message, content, mode == "device")


def _blind_copies(simulator, mode):
    """a recipient given twice gets one mail; several maildrops share one"""
    del mode
    with simulator.smtp_client() as client:
        client.mail(mails.plain(), recipients=(b"alice@lan", b"alice@lan", b"ALICE@mail.lan", b"bob@lan", b"postmaster"))
        client.quit()
    assert len(simulator.fetch()) == 1 and len(simulator.fetch(b"bob")) == 1


def _bdat_chunk(simulator, mode):
    """a refused BDAT's chunk is read whole [63]"""
    del mode
    with simulator.smtp_client() as client:
        client.ask(b"MAIL FROM:<ups@lan>", b"250")
        client.ask(b"RCPT TO:<alice@lan>", b"250")
        chunk = b"QUIT\r\n" * 1000
        client.send(b"BDAT %d\r\n" % len(chunk) + chunk + b"BDAT 4 LAST\r\nRSETNOOP\r\n")
        for code in (b"502", b"502", b"250"):
            client.expect(code)
        client.quit()


def _split_dialogue(simulator, mode):
    """a whole dialogue octet by octet [54]"""
    with Smtp(simulator.smtp, None) as client:
        client.send_split(b"EHLO tester.lan\r\n" + _group() + to_wire(mails.dots()) + b"QUIT\r\n")
        for code in (b"220", b"250", b"250", b"250", b"354", b"250", b"221"):
            client.expect(code)
        assert client.rest() == (b"", "closed")
    check_same(simulator.fetch()[0], mails.dots(), mode == "device")


def _two_mails(simulator, mode):
    """nothing of the first mail is left in the second [15]"""
    with simulator.smtp_client() as client:
        client.mail(mails.plain(), recipients=(b"bob@lan",), sender=b"first@lan")
        client.mail(mails.dots(), sender=b"")
        client.quit()
    assert check_same(simulator.fetch(b"bob")[0], mails.plain(), mode == "device")["sender"] == b"first@lan"
    trace = check_same(simulator.fetch()[0], mails.dots(), mode == "device")
    assert trace["sender"] == b"" and trace["recipient"] == b"alice@lan"


def _size_right(simulator, mode):
    """the size that was declared is no promise: less and more are both taken [53]"""
    with simulator.smtp_client() as client:
        for declared in (1, len(mails.plain()), 1_000_000):
            client.ask(b"MAIL FROM:<ups@lan> SIZE=%d" % declared, b"250")
            client.ask(b"RCPT TO:<alice@lan>", b"250")
            client.ask(b"DATA", b"354")
            client.send(to_wire(mails.plain()))
            client.expect(b"250")
        client.quit()
    for message in simulator.fetch():
        check_same(message, mails.plain(), mode == "device")


def _bare_lf_commands(simulator, mode):
    """command lines that end in a bare LF"""
    del mode
    with Smtp(simulator.smtp, None) as client:
        client.send(b"EHLO camera\nMAIL FROM:<ups@lan>\nRCPT TO:<alice@lan>\nDATA\n")
        for code in (b"220", b"250", b"250", b"250", b"354"):
            client.expect(code)
        client.send(b"Subject: motion\n\nat the door\n\r\n.\r\nQUIT\n")
        client.expect(b"250")
        client.expect(b"221")
    check_same(simulator.fetch()[0], b"Subject: motion\r\n\r\nat the door\r\n\r\n")


def _hello_without_name_then_mail(simulator, mode):
    """HELO without a name, and a whole mail behind it"""
    del mode
    with simulator.smtp_client(b"HELO") as client:
        client.mail(mails.plain())
        client.quit()
    trace = check_same(simulator.fetch()[0], mails.plain())
    assert trace["helo"] == b"[127.0.0.1]", trace["helo"]


def _strict_bare_lf_commands(simulator, mode):
    """a bare LF does not end a command line"""
    del mode
    with simulator.smtp_client() as client:
        client.send(b"NOOP\nRSET\r\n")
        client.expect(b"5")
        client.send(b"NOOP a\nRSET\r\n")
        reply = client.reply()
        assert reply.startswith((b"250", b"5")), reply
        client.ask(b"NOOP", b"250")
        client.quit()
