"""Runs client programs, each with a home of its own, so that nobody's own configuration is read or changed."""

import os
import subprocess

RUN_SECONDS = 300


class ProgramFailed(AssertionError):
    """A program ended with another code than was expected."""


def run(arguments, home, standard_input=b"", codes=(0,), environment=None):
    """Runs a program to its end; its standard output."""
    known = {
        "PATH": "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        "HOME": home,
        "TMPDIR": home,
        "LC_ALL": "C.UTF-8",
        "TERM": "dumb",
        "USER": "tester",
        "LOGNAME": "tester",
        "EMAIL": "ups@lan",
    }
    known.update(environment or {})
    done = subprocess.run(
        arguments, input=standard_input, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=known, cwd=home, timeout=RUN_SECONDS, check=False)
    if done.returncode not in codes:
        raise ProgramFailed(
            f"{' '.join(arguments)}\nended with {done.returncode}\n"
            + (done.stdout[-1500:] + b"\n" + done.stderr[-1500:]).decode("utf-8", "replace"))
    return done.stdout


def write(home, name, text, mode=0o600):
    """Writes a file into a home; its path."""
    path = os.path.join(home, name)
    os.makedirs(os.path.dirname(path), exist_ok=True)
    with open(path, "wb") as file:
        file.write(text if isinstance(text, bytes) else text.encode())
    os.chmod(path, mode)
    return path


def read_folder(path):
    """The contents of all files in a folder, by name."""
    return [read(os.path.join(path, name)) for name in sorted(os.listdir(path))] if os.path.isdir(path) else []


def read(path):
    """A file's octets."""
    with open(path, "rb") as file:
        return file.read()


def unix(content):
    """A content with the line ends of a Unix file."""
    return content.replace(b"\r\n", b"\n")
