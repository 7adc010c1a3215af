"""The SMTP client programs, each behind one function: client(port, home, content, recipients, sender)."""

import smtplib

from . import mails
from .programs import run, unix, write
from .wire import to_wire


def _text(addresses):
    return [address.decode() for address in addresses]


def swaks(port, home, content, recipients, sender):
    """swaks, with its own dot stuffing."""
    mail = write(home, "mail", unix(content))
    run(["swaks", "--server", "127.0.0.1", "--port", str(port), "--from", sender.decode() or "<>", "--to",
         ",".join(_text(recipients)), "--helo", "tester.lan", "--data", "@" + mail], home)


def swaks_pipelining(port, home, content, recipients, sender):
    """swaks, pipelining, with the octets as they are."""
    mail = write(home, "mail", to_wire(content))
    run(["swaks", "--server", "127.0.0.1", "--port", str(port), "--from", sender.decode() or "<>", "--to",
         ",".join(_text(recipients)), "--pipeline", "--no-data-fixup", "--data", "@" + mail], home)


def msmtp(port, home, content, recipients, sender):
    """msmtp, as a sendmail."""
    run(["msmtp", "-C", "/dev/null", "--host=127.0.0.1", f"--port={port}", f"--from={sender.decode()}",
         "--domain=tester.lan", "--set-date-header=off", "--set-msgid-header=off", "--", *_text(recipients)], home, unix(content))


def curl(port, home, content, recipients, sender):
    """curl."""
    mail = write(home, "mail", content)
    command = ["curl", "--silent", "--show-error", "--url", f"smtp://127.0.0.1:{port}/tester.lan",
               "--mail-from", sender.decode(), "--upload-file", mail]
    for recipient in _text(recipients):
        command += ["--mail-rcpt", recipient]
    run(command, home)


def curl_crlf(port, home, content, recipients, sender):
    """curl that turns line ends into CRLF itself."""
    mail = write(home, "mail", unix(content))
    command = ["curl", "--silent", "--show-error", "--crlf", "--url", f"smtp://127.0.0.1:{port}/tester.lan",
               "--mail-from", sender.decode(), "--upload-file", mail]
    for recipient in _text(recipients):
        command += ["--mail-rcpt", recipient]
    run(command, home)


def smtplib_ehlo(port, home, content, recipients, sender):
    """Python's smtplib."""
    del home
    with smtplib.SMTP("127.0.0.1", port, "tester.lan", 30) as client:
        refused = client.sendmail(sender.decode(), _text(recipients), content, ["BODY=8BITMIME"])
        assert not refused, refused


def smtplib_helo(port, home, content, recipients, sender):
    """Python's smtplib, as a client without extensions."""
    del home
    with smtplib.SMTP("127.0.0.1", port, "tester.lan", 30) as client:
        client.helo()
        refused = client.sendmail(sender.decode(), _text(recipients), content)
        assert not refused, refused


def esmtp(port, home, content, recipients, sender):
    """esmtp (libesmtp), as a sendmail."""
    configuration = write(home, ".esmtprc", f"hostname = 127.0.0.1:{port}\nusername = \"\"\nstarttls = disabled\n")
    run(["esmtp", "-C", configuration, "-f", sender.decode(), *_text(recipients)], home, unix(content))


def perl_net_smtp(port, home, content, recipients, sender):
    """Perl's Net::SMTP."""
    mail = write(home, "mail", unix(content))
    program = (
        'use Net::SMTP; my ($port, $file, $from, @to) = @ARGV;'
        'my $s = Net::SMTP->new("127.0.0.1", Port => $port, Hello => "tester.lan", Timeout => 30) or die "no greeting";'
        '$s->mail($from) or die $s->message; for (@to) { $s->to($_) or die $s->message; }'
        'open my $f, "<", $file or die; local $/; my $mail = <$f>;'
        '$s->data() or die $s->message; $s->datasend($mail); $s->dataend() or die $s->message; $s->quit or die $s->message;')
    run(["perl", "-e", program, str(port), mail, sender.decode(), *_text(recipients)], home)


def ruby_net_smtp(port, home, content, recipients, sender):
    """Ruby's net/smtp."""
    mail = write(home, "mail", content)
    program = (
        'require "net/smtp"; port, file, from, *to = ARGV;'
        'Net::SMTP.start("127.0.0.1", port.to_i, helo: "tester.lan", starttls: false) { |s| s.send_message(File.binread(file), from, to) }')
    run(["ruby", "-e", program, str(port), mail, sender.decode(), *_text(recipients)], home)


def nmh(port, home, content, recipients, sender):
    """nmh's post, which takes the recipients from the header."""
    del sender
    to = b"To: " + b", ".join(recipients)
    header, _, body = unix(content).partition(b"\nDate: ")
    body = body.partition(b"\n\n")[2]
    mail = write(home, "mail", header.replace(b"To: alice@lan", to) + b"\n\n" + body)
    write(home, ".mh_profile", "Path: Mail\n")
    run(["/usr/lib/mh/post", "-mts", "smtp", "-server", "127.0.0.1", "-port", str(port), "-nosasl", "-notls", mail], home,
        environment={"MM_CHARSET": "UTF-8"})


def neomutt_draft(port, home, content, recipients, sender):
    """neomutt, from a finished draft."""
    return _mutt("neomutt", port, home, content, recipients, sender)


def mutt_draft(port, home, content, recipients, sender):
    """mutt, from a finished draft."""
    return _mutt("mutt", port, home, content, recipients, sender)


def _mutt(program, port, home, content, recipients, sender):
    body = write(home, "body", unix(content).partition(b"\n\n")[2])
    settings = write(home, "settings", "\n".join([
        f'set smtp_url = "smtp://127.0.0.1:{port}"', f'set from = "{sender.decode()}"', "set envelope_from_address = \"ups@lan\"",
        "set use_envelope_from", "set copy = no", "set ssl_starttls = no", "set ssl_force_tls = no", 'set hostname = "tester.lan"', f'set folder = "{home}"',
        "set send_charset = \"us-ascii:utf-8\"", ""]))
    run([program, "-n", "-F", settings, "-s", "from a mail user agent", "-a", body, "--", *_text(recipients)], home, read_body(body))


def read_body(path):
    """A file's octets, for a program's standard input."""
    with open(path, "rb") as file:
        return file.read()


def s_nail(port, home, content, recipients, sender):
    """s-nail, composing."""
    body = unix(content).partition(b"\n\n")[2]
    run(["s-nail", "-:/", "-S", "v15-compat", "-S", f"mta=smtp://127.0.0.1:{port}", "-S", "smtp-auth=none",
         "-S", f"from={sender.decode()}", "-S", "smtp-hostname=", "-S", "hostname=tester.lan", "-S", "sendwait",
         "-r", sender.decode(), "-s", "from s-nail", *_text(recipients)], home, body)


def sendemail(port, home, content, recipients, sender):
    """sendemail, composing."""
    body = write(home, "body", unix(content).partition(b"\n\n")[2])
    run(["sendemail", "-s", f"127.0.0.1:{port}", "-f", sender.decode(), "-t", *_text(recipients), "-u", "from sendemail",
         "-o", f"message-file={body}", "-o", "tls=no", "-a", body], home)


def mailutils(port, home, content, recipients, sender):
    """GNU mailutils' mail, composing. It begins TLS where that is offered, and the proxy could not read what it sends."""
    body = unix(content).partition(b"\n\n")[2]
    run(["mail.mailutils", "--no-config", "-E", f"set sendmail=smtp://127.0.0.1:{port};notls", "-r", sender.decode(),
         "-s", "from mailutils", *_text(recipients)], home, body)


_TEXT = (mails.plain, mails.dots, mails.utf8, mails.attachment, mails.from_lines)
_ALL = mails.EVERYDAY + mails.HARD
_SMTPLIB = tuple(shape for shape in _ALL if shape is not mails.empty)

# Who takes a finished mail: what they send is what they were given, octet by octet, for these shapes.
WHOLE = {
    swaks_pipelining: _ALL,
    msmtp: _TEXT + (mails.white_space, mails.eight_bit, mails.long_line),
    curl: _ALL,
    curl_crlf: mails.EVERYDAY + (mails.eight_bit, mails.long_line),
    smtplib_ehlo: _SMTPLIB,
    smtplib_helo: _SMTPLIB,
    esmtp: _TEXT + (mails.white_space, mails.eight_bit),
    perl_net_smtp: mails.EVERYDAY + (mails.eight_bit, mails.every_octet, mails.long_line),
    ruby_net_smtp: mails.EVERYDAY + (mails.eight_bit, mails.long_line),
}

# Who makes a mail of their own around a text, or changes one: what comes back is what they sent.
COMPOSERS = {
    swaks: _TEXT + (mails.white_space, mails.eight_bit),
    nmh: (mails.plain, mails.dots, mails.from_lines),
    neomutt_draft: (mails.plain, mails.dots, mails.utf8, mails.from_lines, mails.white_space),
    mutt_draft: (mails.plain, mails.dots, mails.utf8, mails.from_lines, mails.white_space),
    s_nail: (mails.plain, mails.dots, mails.utf8, mails.from_lines, mails.white_space),
    sendemail: (mails.plain, mails.dots, mails.utf8, mails.from_lines),
    mailutils: (mails.plain, mails.utf8, mails.from_lines),
}
