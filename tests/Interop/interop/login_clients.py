"""Programs that log in: each by every mechanism it knows; senders as send(port, home, password), fetchers as fetch(port, home, password)."""

import os
import poplib
import shutil
import smtplib

from . import mails
from .pop3_clients import fetch_by_mutt
from .programs import read_folder, run, unix, write

NAME = "alice"


def senders():
    """Name and function of every program and mechanism of SMTP."""
    for mechanism in ("PLAIN", "LOGIN", "CRAM-MD5"):
        yield f"swaks by {mechanism}", _swaks(mechanism)
        yield f"curl by {mechanism}", _curl_send(mechanism)
        yield f"msmtp by {mechanism}", _msmtp(mechanism)
        yield f"smtplib by {mechanism}", _smtplib(mechanism)
        yield f"s-nail by {mechanism}", _s_nail_send(mechanism)
    for mechanism in ("PLAIN", "LOGIN"):
        yield f"neomutt by {mechanism}", _neomutt_send(mechanism)


def fetchers():
    """Name and function of every program and mechanism of POP3."""
    for mechanism in ("USER", "PLAIN", "LOGIN", "APOP"):
        yield f"mpop by {mechanism}", _mpop(mechanism)
        yield f"curl by {mechanism}", _curl_fetch(mechanism)
    for mechanism in ("USER", "APOP"):
        yield f"fetchmail by {mechanism}", _fetchmail(mechanism)
        yield f"poplib by {mechanism}", _poplib(mechanism)
        yield f"Net::POP3 by {mechanism}", _net_pop3(mechanism)
    for mechanism in ("USER", "PLAIN", "LOGIN", "APOP"):
        yield f"neomutt by {mechanism}", _neomutt_fetch(mechanism)


def _swaks(mechanism):
    def send(port, home, password):
        mail = write(home, "mail", unix(mails.plain()))
        run(["swaks", "--server", "127.0.0.1", "--port", str(port), "--from", "ups@lan", "--to", "alice@lan", "--data", "@" + mail,
             "--auth", mechanism, "--auth-user", NAME, "--auth-password", password], home)
    return send


def _curl_send(mechanism):
    def send(port, home, password):
        mail = write(home, "mail", mails.plain())
        run(["curl", "--silent", "--show-error", "--url", f"smtp://127.0.0.1:{port}/tester.lan", "--mail-from", "ups@lan",
             "--mail-rcpt", "alice@lan", "--upload-file", mail, "--user", f"{NAME}:{password}", "--login-options", f"AUTH={mechanism}"], home)
    return send


def _msmtp(mechanism):
    def send(port, home, password):
        run(["msmtp", "-C", "/dev/null", "--host=127.0.0.1", f"--port={port}", "--from=ups@lan", "--domain=tester.lan", "--tls=off",
             f"--auth={mechanism.lower()}", f"--user={NAME}", f"--passwordeval=echo {password}", "--set-date-header=off",
             "--set-msgid-header=off", "--", "alice@lan"], home, unix(mails.plain()))
    return send


def _smtplib(mechanism):
    def send(port, home, password):
        del home
        with smtplib.SMTP("127.0.0.1", port, "tester.lan", 30) as client:
            client.ehlo()
            client.user, client.password = NAME, password
            client.auth(mechanism, getattr(client, "auth_" + mechanism.lower().replace("-", "_")))
            assert not client.sendmail("ups@lan", ["alice@lan"], mails.plain())
    return send


def _s_nail_send(mechanism):
    def send(port, home, password):
        run(["s-nail", "-:/", "-S", "v15-compat", "-S", f"mta=smtp://{NAME}:{password}@127.0.0.1:{port}",
             "-S", f"smtp-auth={mechanism.lower()}", "-S", "smtp-use-starttls=no", "-S", "nosmtp-use-starttls", "-S", "sendwait",
             "-S", "from=ups@lan", "-s", "on battery", "alice@lan"], home, b"The UPS runs on battery.\n")
    return send


def _neomutt_send(mechanism):
    def send(port, home, password):
        settings = write(home, "settings", "\n".join((
            f'set smtp_url = "smtp://{NAME}@127.0.0.1:{port}/"', f'set smtp_pass = "{password}"',
            f'set smtp_authenticators = "{mechanism.lower()}"', "set ssl_starttls = no", "set ssl_force_tls = no",
            'set from = "ups@lan"', "unset record", "set sendmail_wait = 0")) + "\n")
        run(["neomutt", "-n", "-F", settings, "-s", "on battery", "alice@lan"], home, b"The UPS runs on battery.\n")
    return send


def _mpop(mechanism):
    def fetch(port, home, password):
        maildir = os.path.join(home, "Maildir")
        shutil.rmtree(maildir, ignore_errors=True)
        for part in ("cur", "new", "tmp"):
            os.makedirs(os.path.join(maildir, part))
        run(["mpop", "-C", "/dev/null", "--host=127.0.0.1", f"--port={port}", f"--user={NAME}", f"--passwordeval=echo {password}",
             f"--auth={mechanism.lower()}", "--tls=off", f"--delivery=maildir,{maildir}", "--keep=on", "--received-header=off",
             f"--uidls-file={home}/uidls-{mechanism}-{port}"], home)
        return len(read_folder(os.path.join(maildir, "new")))
    return fetch


def _curl_fetch(mechanism):
    options = {"USER": None, "APOP": "AUTH=+APOP"}.get(mechanism, f"AUTH={mechanism}")

    def fetch(port, home, password):
        login = ["--user", f"{NAME}:{password}"] + (["--login-options", options] if options else [])
        return len(run(["curl", "--silent", "--show-error", *login, f"pop3://127.0.0.1:{port}/"], home).splitlines())
    return fetch


def _fetchmail(mechanism):
    def fetch(port, home, password):
        folder = os.path.join(home, "fetched")
        shutil.rmtree(folder, ignore_errors=True)
        os.makedirs(folder)
        keeper = write(home, "keeper", f'#!/bin/sh\nexec cat > "{folder}/$$"\n', 0o700)
        protocol = "apop" if mechanism == "APOP" else "pop3"
        how = "" if mechanism == "APOP" else "auth password"
        rules = write(home, "rules", (
            f'poll 127.0.0.1 protocol {protocol} port {port} {how}\n  user "{NAME}" password "{password}" is tester here\n'
            "  keep fetchall sslproto ''\n"))
        run(["fetchmail", "--fetchmailrc", rules, "--invisible", "--idfile", f"{home}/ids", "--pidfile", f"{home}/pid",
             "--mda", keeper, "--nosyslog"], home)
        return len(read_folder(folder))
    return fetch


def _poplib(mechanism):
    def fetch(port, home, password):
        del home
        client = poplib.POP3("127.0.0.1", port, 30)
        try:
            if mechanism == "APOP":
                client.apop(NAME, password)
            else:
                client.user(NAME)
                client.pass_(password)
            return client.stat()[0]
        except poplib.error_proto as error:
            raise AssertionError(str(error)) from None
        finally:
            client.quit()
    return fetch


def _net_pop3(mechanism):
    def fetch(port, home, password):
        how = "apop" if mechanism == "APOP" else "login"
        return int(run(["perl", "-e", (
            'use Net::POP3; my ($port, $name, $word) = @ARGV;'
            'my $p = Net::POP3->new("127.0.0.1", Port => $port, Timeout => 30) or die;'
            f'my $n = $p->{how}($name, $word); defined $n or die $p->message; print 0 + $n; $p->quit'), str(port), NAME, password], home))
    return fetch


def _neomutt_fetch(mechanism):
    def fetch(port, home, password):
        return len(fetch_by_mutt("neomutt", port, home, True, mechanism.lower(), password))
    return fetch
