"""The POP3 client programs, each behind one function: client(port, home, keep); it returns the messages as it delivered them."""

import os
import poplib
import pty
import select
import shutil
import subprocess
import time

from .programs import read, read_folder, run, write

NAME = "alice"
PASSWORD = "secret-alice"


def poplib_client(port, home, keep):
    """Python's poplib; lines are joined as they came."""
    del home
    client = poplib.POP3("127.0.0.1", port, 30)
    client.user(NAME)
    client.pass_(PASSWORD)
    found = []
    poplib._MAXLINE = 1 << 20  # Its own bound is 2,048, which no standard asks of a message's lines.
    for number in range(1, client.stat()[0] + 1):
        found.append(b"".join(line + b"\r\n" for line in client.retr(number)[1]))
        if not keep:
            client.dele(number)
    client.quit()
    return found


def curl(port, home, keep):
    """curl: one call for the listing, one a message."""
    url = f"pop3://127.0.0.1:{port}/"
    login = ["curl", "--silent", "--show-error", "--user", f"{NAME}:{PASSWORD}"]
    count = len(run([*login, url], home).splitlines())
    found = []
    for number in range(1, count + 1):
        found.append(run([*login, f"{url}{number}"], home))
    for _ in range(0 if keep else count):
        run([*login, "--request", "DELE 1", "--head", url], home)
    return found


def mpop(port, home, keep, *options):
    """mpop, into a maildir."""
    maildir = _maildir(home)
    run(["mpop", "-C", "/dev/null", "--host=127.0.0.1", f"--port={port}", f"--user={NAME}", f"--passwordeval=echo {PASSWORD}",
         "--auth=user", "--tls=off", f"--delivery=maildir,{maildir}", f"--keep={'on' if keep else 'off'}", "--received-header=off",
         f"--uidls-file={home}/uidls", *options], home)
    return _delivered(maildir)


def mpop_plain(port, home, keep):
    """mpop without pipelining."""
    return mpop(port, home, keep, "--pipelining=off")


def fetchmail(port, home, keep, words="fetchall", codes=(0,)):
    """fetchmail, into a program that keeps one file a message."""
    folder = _fresh(home, "fetched")
    program = _keeper(home, folder)
    rules = write(home, "rules", (
        f'poll 127.0.0.1 protocol pop3 port {port} uidl\n  user "{NAME}" password "{PASSWORD}" is tester here\n'
        f"  {'keep' if keep else 'nokeep'} {words} sslproto ''\n"))
    run(["fetchmail", "--fetchmailrc", rules, "--invisible", "--idfile", f"{home}/ids", "--pidfile", f"{home}/pid",
         "--mda", program, "--nosyslog"], home, codes=codes)
    return read_folder(folder)


def getmail(port, home, keep, only_new=False):
    """getmail, into a program that keeps one file a message."""
    folder = _fresh(home, "fetched")
    program = _keeper(home, folder)
    write(home, "getmail/rules", (
        f"[retriever]\ntype = SimplePOP3Retriever\nserver = 127.0.0.1\nport = {port}\nusername = {NAME}\npassword = {PASSWORD}\n"
        f"[destination]\ntype = MDA_external\npath = {program}\nallow_root_commands = true\n"
        f"[options]\nread_all = {str(not only_new).lower()}\ndelete = {str(not keep).lower()}\n"
        "delivered_to = false\nreceived = false\n"))
    run(["getmail", "--getmaildir", f"{home}/getmail", "--rcfile", "rules"], home)
    return read_folder(folder)


def movemail(port, home, keep):
    """GNU mailutils' movemail, into a maildir."""
    maildir = _maildir(home)
    options = ["--preserve"] if keep else []
    run(["movemail.mailutils", "--no-config", *options, f"pop://{NAME}:{PASSWORD}@127.0.0.1:{port}", f"maildir:{maildir}"], home)
    return _delivered(maildir)


def nmh_inc(port, home, keep):
    """nmh's inc, into a folder."""
    folder = _fresh(home, "Mail/inbox")
    write(home, ".mh_profile", f"Path: {home}/Mail\ncredentials: file:{home}/netrc\n")
    write(home, "netrc", f"machine 127.0.0.1 login {NAME} password {PASSWORD}\n")
    run(["/usr/bin/mh/inc", "-host", "127.0.0.1", "-port", str(port), "-user", NAME, "-nosasl", "-notls",
         "-notruncate" if keep else "-truncate"], home, b"")
    names = sorted((name for name in os.listdir(folder) if name.isdigit()), key=int)
    return [read(os.path.join(folder, name)) for name in names]


def perl_net_pop3(port, home, keep):
    """Perl's Net::POP3."""
    folder = _fresh(home, "fetched")
    run(["perl", "-e", (
        'use Net::POP3; my ($port, $name, $word, $folder, $keep) = @ARGV;'
        'my $p = Net::POP3->new("127.0.0.1", Port => $port, Timeout => 30) or die; defined $p->login($name, $word) or die $p->message;'
        'for my $n (sort { $a <=> $b } keys %{$p->list}) {'
        'open my $f, ">", sprintf("%s/%04d", $folder, $n) or die; binmode $f; print $f @{$p->get($n)}; $keep or $p->delete($n) or die }'
        '$p->quit or die'), str(port), NAME, PASSWORD, folder, "1" if keep else ""], home)
    return read_folder(folder)


def perl_pop3client(port, home, keep):
    """Perl's Mail::POP3Client."""
    folder = _fresh(home, "fetched")
    run(["perl", "-e", (
        'use Mail::POP3Client; my ($port, $name, $word, $folder, $keep) = @ARGV;'
        'my $p = Mail::POP3Client->new(USER => $name, PASSWORD => $word, HOST => "127.0.0.1", PORT => $port, AUTH_MODE => "PASS");'
        '$p->Count >= 0 or die; for my $n (1 .. $p->Count) {'
        'open my $f, ">", sprintf("%s/%04d", $folder, $n) or die; binmode $f; $p->RetrieveToFile($f, $n); $keep or $p->Delete($n) or die }'
        '$p->Close or die'), str(port), NAME, PASSWORD, folder, "1" if keep else ""], home)
    return read_folder(folder)


def ruby_net_pop(port, home, keep):
    """Ruby's net/pop."""
    folder = _fresh(home, "fetched")
    run(["ruby", "-e", (
        'require "net/pop"; port, name, word, folder, keep = ARGV;'
        'Net::POP3.start("127.0.0.1", port.to_i, name, word) { |p| p.each_mail { |m|'
        'File.binwrite("%s/%04d" % [folder, m.number], m.pop); m.delete if keep != "1" } }'
        ), str(port), NAME, PASSWORD, folder, "1" if keep else "0"], home)
    return read_folder(folder)


def s_nail(port, home, keep):
    """s-nail, reading the maildrop as a mailbox."""
    maildir = os.path.join(home, "Maildir")
    shutil.rmtree(maildir, ignore_errors=True)
    commands = f"copy * maildir://{maildir}\n" + ("exit\n" if keep else "delete *\nquit\n")
    run(["s-nail", "-:/", "-S", "v15-compat", "-S", "pop3-auth=plain", "-S", "pop3-keepalive=0", "-S", "nopop3-use-starttls", "-R" if keep else "-#",
         "-f", f"pop3://{NAME}:{PASSWORD}@127.0.0.1:{port}"], home, commands.encode())
    # It takes the end of a message for a line of its own, and writes an empty one.
    return [message.removesuffix(b"\n") for message in _delivered(maildir)]


def neomutt(port, home, keep):
    """neomutt's fetch-mail."""
    return fetch_by_mutt("neomutt", port, home, keep)


def mutt(port, home, keep):
    """mutt's fetch-mail."""
    return fetch_by_mutt("mutt", port, home, keep)


def fetch_by_mutt(program, port, home, keep, authenticators="user", password=PASSWORD, scheme="pop", tls=("set ssl_starttls = no", "set ssl_force_tls = no")):
    """A mutt's fetch-mail, on a terminal that nobody sees."""
    maildir = _maildir(home)
    settings = write(home, "settings", "\n".join([
        f'set pop_host = "{scheme}://{NAME}:{password}@127.0.0.1:{port}/"', f'set pop_user = "{NAME}"', f'set pop_pass = "{password}"',
        f'set pop_authenticators = "{authenticators}"', *tls, f"set pop_delete = {'no' if keep else 'yes'}",
        "set pop_last = no", f'set spoolfile = "{maildir}"', f'set folder = "{home}"', "set mbox_type = Maildir", "set move = no",
        "set quit = yes", "unset wait_key", ""]))
    _on_terminal([program, "-n", "-F", settings, "-f", maildir, "-e", 'push "<fetch-mail><exit>"'], home)
    return _delivered(maildir)


# A full-screen program needs a terminal, and one that reads what it draws.
def _on_terminal(arguments, home):
    master, slave = pty.openpty()
    environment = {"PATH": os.environ["PATH"], "HOME": home, "TERM": "xterm", "LC_ALL": "C.UTF-8", "USER": "tester"}
    process = subprocess.Popen(arguments, stdin=slave, stdout=slave, stderr=slave, env=environment, cwd=home, start_new_session=True)
    os.close(slave)
    drawn = b""
    end = time.monotonic() + 60
    while process.poll() is None and time.monotonic() < end:
        if select.select([master], [], [], 0.1)[0]:
            try:
                drawn += os.read(master, 65536)
            except OSError:
                break
    if process.poll() is None and time.monotonic() >= end:
        process.kill()
    process.wait()
    os.close(master)
    assert process.returncode == 0, f"{arguments[0]} ended with {process.returncode}: {drawn[-1500:]!r}"


def _keeper(home, folder):
    return write(home, "deliver", f'#!/bin/sh\nexec cat > "{folder}/$(date +%s%N)"\n', 0o700)


def _fresh(home, name):
    path = os.path.join(home, name)
    shutil.rmtree(path, ignore_errors=True)
    os.makedirs(path)
    return path


def _maildir(home):
    path = _fresh(home, "Maildir")
    for part in ("cur", "new", "tmp"):
        os.mkdir(os.path.join(path, part))
    return path


def _delivered(maildir):
    return [octets for part in ("cur", "new") for octets in read_folder(os.path.join(maildir, part))]
