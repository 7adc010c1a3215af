"""What all checks share: the simulators, each started when it is first asked for, and a home for each program."""

import base64
import hashlib
import os
import shutil

from .simulator import Simulator, SimulatorFailed, free_port

# A port that is found when the simulator is made.
FREE = "free"

# Waiting is short where a check has to see its end.
SETTINGS = {
    "device": {"mode": "device", "ring": "128M"},
    "strict": {"mode": "strict", "ring": "64M"},
    "small": {
        "mode": "device", "ring": "16M", "message-max": "2M", "profile": "small", "messages": 512, "smtp-slots": 2, "pop3-slots": 1,
        "waiting": 4, "waiting-time": "3s", "smtp-idle": "4s", "pop3-idle": "4s",
    },
    "logins": {"mode": "device", "ring": "16M", "message-max": "2M", "require-auth": "yes"},
    "hashed": {"mode": "device", "ring": "16M", "message-max": "2M", "require-auth": "yes"},
    "tls": {"mode": "device", "ring": "32M", "message-max": "4M", "smtps-port": FREE, "pop3s-port": FREE},
    "tls-required": {"mode": "strict", "ring": "16M", "message-max": "2M", "require-tls": "yes", "require-auth": "yes"},
}


def _password_hash(password):
    salt = b"interop's salt"
    made = hashlib.pbkdf2_hmac("sha256", password, salt, 1000)
    return f"password-hash = pbkdf2-sha256:1000:{base64.b64encode(salt).decode()}:{base64.b64encode(made).decode()}"


# Alice's password in another form than plain.
PASSWORDS = {"hashed": _password_hash(b"secret-alice")}


class Bench:
    """The simulators and folders of one run."""

    def __init__(self, directory):
        self.directory = directory
        self._simulators = {}

    def simulator(self, name):
        """The simulator of that name, running, with empty maildrops."""
        simulator = self.running(name)
        simulator.empty()
        return simulator

    def running(self, name):
        """The simulator of that name, running, its maildrops as they are."""
        simulator = self._simulators.get(name)
        if simulator is None:
            settings = {key: free_port() if value == FREE else value for key, value in SETTINGS[name].items()}
            simulator = Simulator(self.directory, name, settings, PASSWORDS.get(name, "password = secret-alice"))
            self._simulators[name] = simulator.start()
        if not simulator.is_running:
            raise SimulatorFailed(f"the simulator has ended:\n{simulator.log()}")
        return simulator

    def new_simulator(self, name, settings):
        """A simulator of a check's own, not started; it is stopped at the end of the run."""
        simulator = Simulator(self.directory, name, settings)
        self._simulators[name] = simulator
        return simulator

    def home(self, name):
        """A program's home folder."""
        path = os.path.join(self.directory, "home-" + name)
        os.makedirs(path, exist_ok=True)
        return path

    def fresh_home(self, name):
        """A program's home folder, as it was never used."""
        shutil.rmtree(os.path.join(self.directory, "home-" + name), ignore_errors=True)
        return self.home(name)

    @property
    def has_simulators(self):
        """Whether any was asked for."""
        return bool(self._simulators)

    def stop(self):
        """Stops all simulators in order; what does not go well is raised after all were tried."""
        problems = []
        for simulator in self._simulators.values():
            try:
                simulator.stop()
            except SimulatorFailed as error:
                problems.append(str(error))
        assert not problems, "\n".join(problems)

    def close(self):
        """Stops whatever still runs, whatever has happened: in order where it goes, else by force."""
        for simulator in self._simulators.values():
            try:
                simulator.stop()
            except SimulatorFailed:
                simulator.kill()
