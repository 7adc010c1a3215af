"""Programs that speak TLS: senders as send(simulator, port, home, implicit), fetchers likewise. Each checks the certificate."""

import contextlib
import os
import poplib
import shutil
import smtplib
import ssl

from . import mails
from .pop3_clients import fetch_by_mutt
from .programs import read_folder, run, unix, write

NAME = "alice"
PASSWORD = "secret-alice"


def senders():
    """Name and function of every program of SMTP."""
    yield "swaks", _swaks
    yield "curl", _curl_send
    yield "msmtp", _msmtp
    yield "smtplib", _smtplib
    yield "neomutt", _neomutt_send


def fetchers():
    """Name and function of every program of POP3."""
    yield "mpop", _mpop
    yield "curl", _curl_fetch
    yield "fetchmail", _fetchmail
    yield "poplib", _poplib
    yield "neomutt", _neomutt_fetch


def context(simulator, version=None):
    """What Python's clients check: this certificate, and the address in it."""
    made = ssl.create_default_context(cafile=simulator.certificate)
    if version:
        made.minimum_version = made.maximum_version = version
    return made


def _swaks(simulator, port, home, implicit):
    mail = write(home, "mail", unix(mails.plain()))
    run(["swaks", "--server", "127.0.0.1", "--port", str(port), "--from", "ups@lan", "--to", "alice@lan", "--data", "@" + mail,
         "--tlsc" if implicit else "--tls", "--tls-verify", "--tls-ca-path", simulator.certificate,
         "--auth", "PLAIN", "--auth-user", NAME, "--auth-password", PASSWORD], home)


def _curl_send(simulator, port, home, implicit):
    mail = write(home, "mail", mails.plain())
    run(["curl", "--silent", "--show-error", "--url", f"{'smtps' if implicit else 'smtp'}://127.0.0.1:{port}/tester.lan",
         "--ssl-reqd", "--cacert", simulator.certificate, "--mail-from", "ups@lan", "--mail-rcpt", "alice@lan", "--upload-file", mail,
         "--user", f"{NAME}:{PASSWORD}"], home)


def _msmtp(simulator, port, home, implicit):
    run(["msmtp", "-C", "/dev/null", "--host=127.0.0.1", f"--port={port}", "--from=ups@lan", "--domain=tester.lan", "--tls=on",
         f"--tls-starttls={'off' if implicit else 'on'}", f"--tls-trust-file={simulator.certificate}", "--auth=plain", f"--user={NAME}",
         f"--passwordeval=echo {PASSWORD}", "--set-date-header=off", "--set-msgid-header=off", "--", "alice@lan"], home, unix(mails.plain()))


def _smtplib(simulator, port, home, implicit):
    del home
    with contextlib.ExitStack() as stack:
        if implicit:
            client = stack.enter_context(smtplib.SMTP_SSL("127.0.0.1", port, "tester.lan", timeout=30, context=context(simulator)))
        else:
            client = stack.enter_context(smtplib.SMTP("127.0.0.1", port, "tester.lan", 30))
            client.starttls(context=context(simulator))
        client.login(NAME, PASSWORD)
        assert not client.sendmail("ups@lan", ["alice@lan"], mails.plain())


def _neomutt_tls(simulator):
    return f'set certificate_file = "{simulator.certificate}"', "set ssl_starttls = yes", "set ssl_force_tls = yes"


def _neomutt_send(simulator, port, home, implicit):
    settings = write(home, "settings", "\n".join((
        *_neomutt_tls(simulator), f'set smtp_url = "{"smtps" if implicit else "smtp"}://{NAME}@127.0.0.1:{port}/"', f'set smtp_pass = "{PASSWORD}"',
        'set smtp_authenticators = "plain"', 'set from = "ups@lan"', "unset record", "set sendmail_wait = 0")) + "\n")
    run(["neomutt", "-n", "-F", settings, "-s", "on battery", "alice@lan"], home, b"The UPS runs on battery.\n")


def _mpop(simulator, port, home, implicit):
    maildir = os.path.join(home, "Maildir")
    shutil.rmtree(maildir, ignore_errors=True)
    for part in ("cur", "new", "tmp"):
        os.makedirs(os.path.join(maildir, part))
    run(["mpop", "-C", "/dev/null", "--host=127.0.0.1", f"--port={port}", f"--user={NAME}", f"--passwordeval=echo {PASSWORD}",
         "--auth=user", "--tls=on", f"--tls-starttls={'off' if implicit else 'on'}", f"--tls-trust-file={simulator.certificate}",
         f"--delivery=maildir,{maildir}", "--keep=on", "--received-header=off", f"--uidls-file={home}/uidls-{port}"], home)
    return len(read_folder(os.path.join(maildir, "new")))


def _curl_fetch(simulator, port, home, implicit):
    return len(run(["curl", "--silent", "--show-error", "--ssl-reqd", "--cacert", simulator.certificate, "--user", f"{NAME}:{PASSWORD}",
                    f"{'pop3s' if implicit else 'pop3'}://127.0.0.1:{port}/"], home).splitlines())


def _fetchmail(simulator, port, home, implicit):
    folder = os.path.join(home, "fetched")
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    keeper = write(home, "keeper", f'#!/bin/sh\nexec cat > "{folder}/$$"\n', 0o700)
    how = "ssl" if implicit else "sslproto 'TLS1.2+'"
    rules = write(home, "rules", (
        f'poll localhost protocol pop3 port {port} auth password\n  user "{NAME}" password "{PASSWORD}" is tester here\n'
        f'  keep fetchall {how} sslcertck sslcertfile "{simulator.certificate}"\n'))
    run(["fetchmail", "--fetchmailrc", rules, "--invisible", "--idfile", f"{home}/ids", "--pidfile", f"{home}/pid",
         "--mda", keeper, "--nosyslog"], home)
    return len(read_folder(folder))


def _poplib(simulator, port, home, implicit):
    del home
    if implicit:
        client = poplib.POP3_SSL("127.0.0.1", port, timeout=30, context=context(simulator))
    else:
        client = poplib.POP3("127.0.0.1", port, 30)
        client.stls(context(simulator))
    try:
        client.user(NAME)
        client.pass_(PASSWORD)
        return client.stat()[0]
    finally:
        client.quit()


def _neomutt_fetch(simulator, port, home, implicit):
    return len(fetch_by_mutt("neomutt", port, home, True, password=PASSWORD, scheme="pops" if implicit else "pop", tls=_neomutt_tls(simulator)))
