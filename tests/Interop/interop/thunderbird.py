"""Thunderbird, driven through Marionette (its own remote control): fetches mail by POP3, and composes and sends mail by SMTP.

It needs Debian's `thunderbird` and `xvfb`, and no Python package. Each Thunderbird has a profile of its own, as a person's would be after
the account was set up: one POP3 account and one SMTP server, whose password is in the password store.
"""

import json
import os
import re
import signal
import socket
import subprocess
import time

START_SECONDS = 60
SCRIPT_SECONDS = 90
NAME = "alice@lan"
PASSWORD = "secret-alice"

# "Connection security", and "Authentication method", in its account settings.
PLAIN, STARTTLS, TLS = 0, 2, 3
NO_LOGIN, NORMAL_PASSWORD, ENCRYPTED_PASSWORD = 1, 3, 4

# No updates, no start page, no first-run tabs, no network but the two servers, no check of mail unless it is asked for.
_PREFERENCES = {
    "app.donation.eoy.version.viewed": 999,
    "app.update.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "datareporting.healthreport.uploadEnabled": False,
    "extensions.update.enabled": False,
    "mail.biff.show_alert": False,
    "mail.chat.enabled": False,
    "mail.collect_email_address_outgoing": False,
    "mail.inappnotifications.enabled": False,
    "mail.provider.suppress_dialog_on_startup": True,
    "mail.rights.version": 1,
    "mail.shell.checkDefaultClient": False,
    "mail.spotlight.firstRunDone": True,
    "mail.winsearch.firstRunDone": True,
    "mailnews.start_page.enabled": False,
    "mailnews.start_page_override.mstone": "ignore",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "toolkit.telemetry.reportingpolicy.firstRun": False,
}

_MODULES = """
const { MailServices } = ChromeUtils.importESModule("resource:///modules/MailServices.sys.mjs");
const account = MailServices.accounts.getAccount("account1");
const main = Services.wm.getMostRecentWindow("mail:3pane");
const inbox = () => account.incomingServer.rootFolder.getFolderWithFlags(Ci.nsMsgFolderFlags.Inbox);
"""

# A password as Thunderbird itself keeps it: by scheme and host.
_REMEMBER = """
const [place, name, password, done] = arguments;
const login = Cc["@mozilla.org/login-manager/loginInfo;1"].createInstance(Ci.nsILoginInfo);
login.init(place, null, place, name, password, "", "");
Services.logins.addLoginAsync(login).then(() => done(null), error => done(String(error)));
"""

# What "Confirm Security Exception" does.
_TRUST = """
const [port, base64] = arguments;
const certificate = Cc["@mozilla.org/security/x509certdb;1"].getService(Ci.nsIX509CertDB).constructX509FromBase64(base64);
Cc["@mozilla.org/security/certoverride;1"].getService(Ci.nsICertOverrideService)
    .rememberValidityOverride("127.0.0.1", port, {}, certificate, false);
"""

# From now on each dialog's text is kept, and its Cancel is pressed, or its OK where that is all it has.
_ANSWER_DIALOGS = _MODULES + """
main.said = [];
Services.obs.addObserver(window => {
    const { args, ui } = window.Dialog;
    main.said.push(args.text);
    window.setTimeout(() => (ui.button1 && !ui.button1.hidden ? ui.button1 : ui.button0).click(), 100);
}, "common-dialog-loaded");
"""

_BEGIN = _MODULES + """
main.outcome = null;
main.said = [];
"""

_OUTCOME = _MODULES + """
return main.outcome === null ? null : [main.outcome, main.said];
"""

_FETCH = _MODULES + """
MailServices.pop3.GetNewMail(main.msgWindow, {
    OnStartRunningUrl() {},
    OnStopRunningUrl(url, status) { main.outcome = status; },
}, inbox(), account.incomingServer);
"""

_LEAVE_ON_SERVER = _MODULES + """
account.incomingServer.QueryInterface(Ci.nsIPop3IncomingServer).leaveMessagesOnServer = arguments[0];
"""

_DELETE = _MODULES + """
const found = [...inbox().messages].filter(message => message.mime2DecodedSubject == arguments[0]);
inbox().deleteMessages(found, main.msgWindow, true, false, { onStopCopy() { main.outcome = found.length; } }, false);
"""

# What its message list shows.
_LISTING = _MODULES + """
return [...inbox().messages].map(message => [message.mime2DecodedSubject, message.mime2DecodedAuthor, message.messageSize]);
"""

# A compose window, filled in and sent as its Send button does.
_SEND = _MODULES + """
const mail = arguments[0];
const fields = Cc["@mozilla.org/messengercompose/composefields;1"].createInstance(Ci.nsIMsgCompFields);
for (const name of ["to", "cc", "bcc", "subject", "body"]) {
    fields[name] = mail[name] || "";
}
for (const path of mail.attachments || []) {
    const file = Cc["@mozilla.org/file/local;1"].createInstance(Ci.nsIFile);
    file.initWithPath(path);
    const attachment = Cc["@mozilla.org/messengercompose/attachment;1"].createInstance(Ci.nsIMsgAttachment);
    attachment.url = Services.io.newFileURI(file).spec;
    attachment.name = file.leafName;
    fields.addAttachment(attachment);
}
const parameters = Cc["@mozilla.org/messengercompose/composeparams;1"].createInstance(Ci.nsIMsgComposeParams);
parameters.type = Ci.nsIMsgCompType.New;
parameters.format = mail.html ? Ci.nsIMsgCompFormat.HTML : Ci.nsIMsgCompFormat.PlainText;
parameters.identity = account.defaultIdentity;
parameters.composeFields = fields;
Services.ww.registerNotification(function notify(window, topic) {
    if (topic != "domwindowopened") {
        return;
    }
    Services.ww.unregisterNotification(notify);
    window.addEventListener("compose-editor-ready", () => window.setTimeout(() => {
        window.GenericSendMessage(Ci.nsIMsgCompDeliverMode.Now).then(() => { main.outcome = 0; }, error => { main.outcome = String(error); });
    }, 100), { once: true });
});
MailServices.compose.OpenComposeWindowWithParams(null, parameters);
"""

# A window whose mail could not be sent stays open.
_CLOSE = """
[...Services.wm.getEnumerator("msgcompose")].forEach(window => window.close());
"""


class ThunderbirdFailed(AssertionError):
    """Thunderbird did not do what it was told."""


class Thunderbird:
    """One Thunderbird with a profile of its own; `with` starts and ends it."""

    def __init__(self, home, pop3, smtp, *, keep=False, maildir=False, password=PASSWORD, preferences=None,
                 security=PLAIN, pop3_login=NORMAL_PASSWORD, smtp_login=NO_LOGIN, certificate=None):
        self.home = home
        self._ports = (pop3, smtp)
        self._certificate = certificate
        self.profile = os.path.join(home, "profile")
        self._port = _free_port()
        self._password = password
        self._process = None
        self._socket = None
        self._taken = b""
        self._count = 0
        self._maildir = maildir
        os.makedirs(self.profile, exist_ok=True)
        wanted = {**_PREFERENCES, **_account(pop3, smtp, keep, maildir, security, pop3_login, smtp_login), "marionette.port": self._port, **(preferences or {})}
        with open(os.path.join(self.profile, "user.js"), "w", encoding="utf-8") as file:
            file.writelines(f"user_pref({json.dumps(name)}, {json.dumps(value)});\n" for name, value in wanted.items())

    def __enter__(self):
        return self.start()

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Starts it, and gives it the password where it has none yet."""
        environment = {
            "PATH": "/usr/local/bin:/usr/bin:/bin", "HOME": self.home, "TMPDIR": self.home, "LC_ALL": "C.UTF-8", "USER": "tester",
            "MOZ_CRASHREPORTER_DISABLE": "1", "NO_AT_BRIDGE": "1",
        }
        with open(os.path.join(self.home, "log"), "ab") as log:
            self._process = subprocess.Popen(
                ["xvfb-run", "-a", "-s", "-screen 0 1280x900x24", "thunderbird", "--marionette", "--remote-allow-system-access",
                 "--no-remote", "--profile", self.profile],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, env=environment, cwd=self.home, start_new_session=True)
        end = time.monotonic() + START_SECONDS
        while self._socket is None:
            try:
                self._socket = socket.create_connection(("127.0.0.1", self._port), SCRIPT_SECONDS + 30)
            except OSError:
                if self._process.poll() is not None or time.monotonic() > end:
                    raise ThunderbirdFailed(f"Thunderbird does not start; see {self.home}/log") from None
                time.sleep(0.2)
        self._answer()
        self._ask("WebDriver:NewSession", unhandledPromptBehavior="ignore")
        self._ask("Marionette:SetContext", value="chrome")
        self._ask("WebDriver:SetTimeouts", script=SCRIPT_SECONDS * 1000)
        self.run(_ANSWER_DIALOGS)
        if self._password is not None:
            for place in ("mailbox://127.0.0.1", "smtp://127.0.0.1"):
                self.run_to_end(_REMEMBER, place, NAME, self._password)
            self._password = None
        if self._certificate is not None:
            certificate = re.search(r"-----BEGIN CERTIFICATE-----\n(.*?)-----END", _read(self._certificate).decode(), re.DOTALL)[1]
            for port in self._ports:
                self.run(_TRUST, port, certificate.replace("\n", ""))
            self._certificate = None
        return self

    def stop(self):
        """Ends it in order, or by force where it does not go."""
        if self._process is None:
            return
        try:
            self._ask("Marionette:Quit", flags=["eAttemptQuit"])
            self._process.wait(20)
        except (OSError, ThunderbirdFailed, subprocess.TimeoutExpired):
            os.killpg(self._process.pid, signal.SIGTERM)
            self._process.wait(20)
        self._socket.close()
        self._socket, self._process = None, None

    def run(self, script, *arguments):
        """Runs JavaScript with all rights; what it returns."""
        return self._ask("WebDriver:ExecuteScript", script=script, args=list(arguments), sandbox="system")["value"]

    def run_to_end(self, script, *arguments):
        """The same, for a script that calls its last argument when it is done."""
        return self._ask("WebDriver:ExecuteAsyncScript", script=script, args=list(arguments), sandbox="system")["value"]

    def fetch(self):
        """Get Messages; the answer is as that of `act`."""
        return self.act(_FETCH)

    def act(self, script, *arguments):
        """Runs a script that says main.outcome when it is done; the outcome (0 is success), and what its dialogs said; they are dismissed."""
        self.run(_BEGIN)
        self.run(script, *arguments)
        end = time.monotonic() + SCRIPT_SECONDS
        while time.monotonic() < end:
            try:
                outcome = self.run(_OUTCOME)
            except ThunderbirdFailed as error:
                if "unexpected alert open" not in str(error):
                    raise
                outcome = None
            if outcome is not None:
                return tuple(outcome)
            time.sleep(0.02)
        raise ThunderbirdFailed("it does not come to an end")

    def leave_on_server(self, is_left):
        """The setting of that name."""
        self.run(_LEAVE_ON_SERVER, is_left)

    def delete(self, subject):
        """Deletes mails of the inbox by subject; how many there were."""
        return self.act(_DELETE, subject)[0]

    def listing(self):
        """Subject, author and size of each mail, as its message list shows them."""
        return self.run(_LISTING)

    def send(self, **mail):
        """Composes and sends a mail: to, cc, bcc, subject, body, html, attachments; as `act` answers."""
        outcome = self.act(_SEND, mail)
        self.run(_CLOSE)
        return outcome

    def stored(self):
        """The mails of its inbox as they are on its disk, without the lines that it puts before each, line ends as they are."""
        inbox = os.path.join(self.profile, "Mail", "127.0.0.1", "Inbox")
        if self._maildir:
            folder = os.path.join(inbox, "cur")
            return [_without_its_own(_read(os.path.join(folder, name))) for name in sorted(os.listdir(folder))] if os.path.isdir(folder) else []
        content = _read(inbox) if os.path.isfile(inbox) else b""
        parts = re.split(rb"(?m)^From - [A-Z][^\r\n]*\r?\n(?=X-Account-Key:|X-Mozilla-Status:)", content)
        return [_without_its_own(_without_quotes(_without_separator(part))) for part in parts[1:]]

    def _ask(self, command, **parameters):
        self._count += 1
        text = json.dumps([0, self._count, command, parameters]).encode()
        self._socket.sendall(b"%d:%s" % (len(text), text))
        _, _, error, value = self._answer()
        if error:
            raise ThunderbirdFailed(f"{command}: {error['error']}: {error['message']}")
        return value

    def _answer(self):
        while b":" not in self._taken:
            self._more()
        length, _, self._taken = self._taken.partition(b":")
        while len(self._taken) < int(length):
            self._more()
        text, self._taken = self._taken[:int(length)], self._taken[int(length):]
        return json.loads(text)

    def _more(self):
        octets = self._socket.recv(1 << 18)
        if not octets:
            raise OSError("Thunderbird is gone")
        self._taken += octets


def _account(pop3, smtp, keep, maildir, security, pop3_login, smtp_login):
    store = "maildirstore" if maildir else "berkeleystore"
    server = {
        "type": "pop3", "hostname": "127.0.0.1", "port": pop3, "userName": NAME, "name": NAME, "socketType": security, "authMethod": pop3_login,
        "leave_on_server": keep, "delete_by_age_from_server": False, "delete_mail_left_on_server": True, "check_new_mail": False,
        "login_at_startup": False, "download_on_biff": False, "check_time": 600, "directory-rel": "[ProfD]Mail/127.0.0.1",
        "storeContractID": f"@mozilla.org/msgstore/{store};1", "spamLevel": 0,
    }
    local = {
        "type": "none", "hostname": "Local Folders", "userName": "nobody", "name": "Local Folders",
        "directory-rel": "[ProfD]Mail/Local Folders", "storeContractID": f"@mozilla.org/msgstore/{store};1",
    }
    identity = {"fullName": "Alice", "useremail": NAME, "smtpServer": "smtp1", "valid": True, "fcc": False, "attach_signature": False}
    outgoing = {"hostname": "127.0.0.1", "port": smtp, "username": NAME, "authMethod": smtp_login, "try_ssl": security, "type": "smtp"}
    return {
        "mail.accountmanager.accounts": "account1,account2", "mail.accountmanager.defaultaccount": "account1",
        "mail.accountmanager.localfoldersserver": "server2", "mail.account.account1.server": "server1",
        "mail.account.account1.identities": "id1", "mail.account.account2.server": "server2", "mail.account.lastKey": 2,
        "mail.smtpservers": "smtp1", "mail.smtp.defaultserver": "smtp1",
        **{f"mail.server.server1.{name}": value for name, value in server.items()},
        **{f"mail.server.server2.{name}": value for name, value in local.items()},
        **{f"mail.identity.id1.{name}": value for name, value in identity.items()},
        **{f"mail.smtpserver.smtp1.{name}": value for name, value in outgoing.items()},
    }


_ITS_OWN = re.compile(rb"\A(?:(?:X-Account-Key|X-UIDL|X-Mozilla-Status2?|X-Mozilla-Keys): ?[^\r\n]*\r?\n)*")


def _without_its_own(message):
    return message[_ITS_OWN.match(message).end():]


# In an mbox file an empty line ends each mail, and a > stands before each line that would begin a next one.
def _without_separator(part):
    return re.sub(rb"\r?\n\Z", b"", part)


def _without_quotes(message):
    return re.sub(rb"(?m)^>(>*From )", rb"\1", message)


def _read(path):
    with open(path, "rb") as file:
        return file.read()


def _free_port():
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return taken.getsockname()[1]
