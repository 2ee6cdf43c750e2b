"""A PostgreSQL server of the tests' own: private, on a socket only its user can reach, gone when they end."""

import os
import shutil
import subprocess
import tempfile
from collections import deque
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from signal import SIGINT
from threading import Event, Thread
from typing import IO

SUPERUSER = "postgres"
INSTALLED = "/usr/lib/postgresql"
START_SECONDS = 30.0
STOP_SECONDS = 10.0
LINES_KEPT = 30
READY = "ready to accept connections"
# Nothing here outlives the run, so nothing here needs to survive a power cut.
FAST = ("fsync=off", "synchronous_commit=off", "full_page_writes=off", "max_connections=60", "shared_buffers=64MB")
# What a janitor in the background happens to lock or to have counted must not decide how a test ends.
ALONE = ("autovacuum=off",)


def binaries() -> Path | None:
    """The folder with the newest server binaries, or None when there are none on this machine."""
    installed = sorted(Path(INSTALLED).glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]), reverse=True)
    on_path = shutil.which("initdb")
    found = [*installed, *([Path(on_path).resolve()] if on_path else [])]
    return found[0].parent if found else None


class Cluster:
    """A running server; ``url`` names a database in it."""

    def __init__(self, bin_dir: Path, settings: Sequence[str] = (*FAST, *ALONE)) -> None:
        """Make the data folder and start; RuntimeError with the server's own words when it can't."""
        self._settings = settings
        self.folder = Path(tempfile.mkdtemp(prefix="followup-pg-"))
        self._said: deque[str] = deque(maxlen=LINES_KEPT)
        self._ready = Event()
        try:
            self._own()
            self._initdb(bin_dir)
            self._process = self._started(bin_dir)
        except BaseException:
            shutil.rmtree(self.folder, ignore_errors=True)
            raise

    def url(self, database: str) -> str:
        """Where a database is; the server listens on no port, only on a socket in its own folder."""
        return f"postgresql://{SUPERUSER}@/{database}?host={self.folder}"

    def stop(self) -> None:
        """End the server, whoever is still connected, and remove its folder."""
        self._end()
        shutil.rmtree(self.folder, ignore_errors=True)

    def _own(self) -> None:
        """PostgreSQL refuses to run as root: the folder belongs to its own user then."""
        if os.geteuid() == 0:
            shutil.chown(self.folder, SUPERUSER, SUPERUSER)

    def _initdb(self, bin_dir: Path) -> None:
        words: list[str | Path] = [
            bin_dir / "initdb",
            "-D",
            self.folder / "data",
            "-U",
            SUPERUSER,
            "-A",
            "trust",
            "--no-sync",
        ]
        made = subprocess.run(
            [*_as_its_user(), *words, "-E", "UTF8", "--locale=C"],
            cwd=self.folder, capture_output=True, text=True, env=_environment(), check=False,
        )  # fmt: skip
        if made.returncode != 0:
            raise RuntimeError(f"initdb failed: {made.stderr or made.stdout}")

    def _started(self, bin_dir: Path) -> subprocess.Popen[str]:
        settings = [word for setting in self._settings for word in ("-c", setting)]
        words: list[str | Path] = [
            bin_dir / "postgres",
            "-D",
            self.folder / "data",
            "-k",
            self.folder,
            "-c",
            "listen_addresses=",
        ]
        process = subprocess.Popen(
            [*_as_its_user(), *words, *settings],
            cwd=self.folder, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE,
            text=True, env=_environment(),
        )  # fmt: skip
        assert process.stderr is not None
        self._listener = Thread(target=self._listen, args=(process.stderr,), name="postgres log", daemon=True)
        self._listener.start()
        self._process = process
        if not self._ready.wait(START_SECONDS) or process.poll() is not None:
            self._end()
            raise RuntimeError("PostgreSQL did not start:\n" + "".join(self._said))
        return process

    def _listen(self, log: IO[str]) -> None:
        """Keep the last lines; the pipe must be read, or the server would stop and wait."""
        with log:
            for line in log:
                self._said.append(line)
                if READY in line:
                    self._ready.set()
        self._ready.set()

    def _end(self) -> None:
        self._process.send_signal(SIGINT)  # fast shutdown: open sessions are ended
        with suppress(subprocess.TimeoutExpired):
            self._process.wait(STOP_SECONDS)
        if self._process.poll() is None:
            self._process.kill()
            self._process.wait()
        self._listener.join()


def _as_its_user() -> list[str]:
    """As the server's user when we are root; and, where Linux can, ended by the kernel when this process dies."""
    setpriv = shutil.which("setpriv")
    if os.geteuid() != 0:
        return [setpriv, "--pdeathsig", "INT"] if setpriv else []
    if setpriv is None:
        return ["runuser", "-u", SUPERUSER, "--"]
    return [setpriv, "--reuid", SUPERUSER, "--regid", SUPERUSER, "--init-groups", "--pdeathsig", "INT"]


def _environment() -> dict[str, str]:
    """Its log in English, and none of the caller's own PostgreSQL settings."""
    return {name: value for name, value in os.environ.items() if not name.startswith("PG")} | {"LC_ALL": "C"}
