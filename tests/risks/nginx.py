"""The nginx of this machine, started for a test; ``python -m tests.risks.nginx`` prints its path."""

import grp
import os
import pwd
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from tests.running import asked

PLACES = os.pathsep.join((os.environ.get("PATH", ""), "/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin"))
"""Where nginx may be; most people's PATH has no ``sbin``."""
HELP = (
    "nginx is needed, and its module for files in Brotli: "
    "'sudo apt install nginx libnginx-mod-http-brotli-static' (on macOS 'brew install nginx')"
)
PATIENCE = 20.0
CONFIG = """\
{load}
daemon off;
{user}
worker_processes 2;
pid {folder}/pid;
error_log {folder}/error.log;
events {{}}
http {{
    include {types};
    default_type application/octet-stream;
    access_log off;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    server {{
        listen 127.0.0.1:{port};
        {server}
    }}
}}
"""


def find() -> str:
    """Return the path of nginx; ``RuntimeError`` with what to do where there is none, or no module for Brotli."""
    found = shutil.which("nginx", path=PLACES)
    if found is None or (sys.platform == "linux" and brotli(found) is None):
        raise RuntimeError(HELP)
    return found


@cache
def _built(nginx: str) -> str:
    """Return how nginx was built."""
    return subprocess.run([nginx, "-V"], check=True, capture_output=True, text=True).stderr


def _path(nginx: str, name: str) -> Path:
    found = re.search(rf"--{name}=(\S+)", _built(nginx))
    return Path(found[1] if found else "/nowhere")


def brotli(nginx: str) -> Path | None:
    """Return nginx's module for files in Brotli, if it is there."""
    path = _path(nginx, "modules-path") / "ngx_http_brotli_static_module.so"
    return path if path.exists() else None


@dataclass(frozen=True, slots=True)
class Answer:
    """What a server answers; the names of headers in small letters."""

    status: int
    headers: list[tuple[str, str]]
    body: bytes

    def __getitem__(self, name: str) -> str:
        return ", ".join(value for other, value in self.headers if other == name)


@dataclass(frozen=True, slots=True)
class Nginx:
    """An nginx at work."""

    process: subprocess.Popen[bytes]
    port: int

    @property
    def url(self) -> str:
        """The address of the server, without a slash at its end."""
        return f"http://127.0.0.1:{self.port}"

    def ask(self, path: str, method: str = "GET", **headers: str) -> Answer:
        """Ask for a path as it is written; names of headers have underscores."""
        return Answer(*asked(self.port, path, method, {**headers, "Connection": "close"}))

    def reload(self) -> None:
        """Let it read its configuration anew, as ``nginx -s reload`` does."""
        self.process.send_signal(signal.SIGHUP)


@contextmanager
def running(folder: Path, server: str) -> Iterator[Nginx]:
    """Run nginx on this machine until the block is left; ``server`` stands in its ``server {}``."""
    nginx, port = find(), _free_port()
    module = brotli(nginx)
    folder.mkdir(exist_ok=True)
    config = CONFIG.format(
        load=f"load_module {module};" if module else "",
        user=f"user {pwd.getpwuid(0).pw_name} {grp.getgrgid(0).gr_name};" if os.geteuid() == 0 else "",
        types=_path(nginx, "conf-path").with_name("mime.types"),
        folder=folder,
        port=port,
        server=server,
    )
    (folder / "nginx.conf").write_text(config, "utf-8")
    log = folder / "error.log"
    with log.open("wb") as errors:
        # the log of the system's own nginx is not for everybody to write, so another is named before all else
        process = subprocess.Popen([nginx, "-e", "stderr", "-c", str(folder / "nginx.conf")], stderr=errors)
    try:
        _wait_for(process, port, log)
        yield Nginx(process, port)
    finally:
        process.terminate()
        process.wait(PATIENCE)
    assert re.findall(r"\[(?:warn|crit|alert|emerg)\].*", log.read_text("utf-8")) == []


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        return int(asked.getsockname()[1])


def _wait_for(process: "subprocess.Popen[bytes]", port: int, log: Path) -> None:
    """Wait until nginx answers."""
    until = time.monotonic() + PATIENCE
    while True:
        assert process.poll() is None, log.read_text("utf-8")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            assert time.monotonic() < until, log.read_text("utf-8")
            time.sleep(0.005)
        else:
            return


if __name__ == "__main__":
    try:
        sys.stdout.write(f"{find()}\n")
    except RuntimeError as error:
        sys.exit(f"error: {error}")
