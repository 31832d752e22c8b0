"""What the tests of risks run in processes of their own.

They are forked from one that has imported this module, and so start at once as long as it has all that they need.
"""

import functools
import gzip
import multiprocessing
import os
import resource
import signal
import sys
import tempfile
import threading
from collections.abc import Callable, Mapping
from multiprocessing.context import ForkServerContext, ForkServerProcess
from pathlib import Path

import build
from generator import pipeline, serve, verify, write  # noqa: F401 - build.py imports them when they are needed

CHANGES = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}
"""What Python tells of before it is done: whatever reads or changes the disk."""
LONG = os.environ.get("TORTURE") == "1"


@functools.cache
def version(number: int) -> Mapping[str, bytes]:
    """Return a site, another for each number: pages and assets that stay, change, come and go, in folders that do."""
    files = {
        f"assets/style.{number}.css": f"a{number} {{}}\n".encode() * 2000,
        f"assets/parts/menu.{number % 5}.js": f"b{number % 5}();\n".encode() * 50,
        "assets/door.0.svg": b"<svg/>",
        "robots.txt": b"User-agent: *\n",
    }
    head = "".join(f'<link href="/{path}">' for path in files if path.startswith("assets/"))
    pages = ["404", "index", "about/index", f"news/{number % 3}/index", f"{'deep/' * (number % 4 + 1)}index"]
    for name in pages:
        files[f"{name}.html"] = f"{head}<h1>{number}</h1>{f'<p>{number} {name}' * 500}</html>".encode()
    files["about/index.html"] = b"<h1>the same in all</h1>"
    return files


def small_too(number: int) -> Mapping[str, bytes]:
    """Return a site with small copies; those in Brotli would take longer than all the rest."""
    files = version(number)
    return {**files, **{f"{path}.gz": gzip.compress(content, mtime=0) for path, content in files.items()}}


def tree(folder: Path) -> dict[str, bytes | None]:
    """Return everything below a folder: files with their bytes, folders and links without."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes() if path.is_file() else None
        for path in sorted(folder.rglob("*"))
    }


def whole(files: Mapping[str, bytes], root: Path) -> None:
    """Have ``root/dist`` hold exactly these files, and nothing beside it but its manifest."""
    found = tree(root)
    assert {path: content for path, content in found.items() if content is not None} == {
        "dist.manifest.json": found["dist.manifest.json"],
        **{f"dist/{path}": content for path, content in files.items()},
    }
    folders = {path for path, content in found.items() if content is None}
    assert folders == {parent.as_posix() for path in files for parent in (Path("dist") / path).parents[:-1]}
    assert verify.verify(root / "dist")[1] == ()


# ---------------------------------------------------------------- processes


def context() -> ForkServerContext:
    """Return what starts processes quickly, whatever threads this one has."""
    found = multiprocessing.get_context("forkserver")
    found.set_forkserver_preload([__name__])
    return found


def start(work: Callable[..., object], *args: object) -> ForkServerProcess:
    """Begin some work in a process of its own."""
    process = context().Process(target=work, args=args, daemon=True)
    process.start()
    return process


def status_of(work: Callable[..., object], *args: object) -> int | None:
    """Do some work in a process of its own, to its end."""
    process = start(work, *args)
    process.join(60)
    return process.exitcode


def outcome(work: Callable[..., object], *args: object) -> tuple[int | None, str]:
    """Do some work in a process of its own; return its status and what it printed."""
    with tempfile.NamedTemporaryFile("r", encoding="utf-8") as log:
        return status_of(_logged, log.name, work, *args), log.read()


def _logged(log: str, work: Callable[..., object], *args: object) -> None:
    file = os.open(log, os.O_WRONLY)
    os.dup2(file, 1)
    os.dup2(file, 2)
    work(*args)


def command(*words: object) -> None:
    """Run build.py as a process does."""
    sys.exit(build.main([str(word) for word in words]))


def command_within(limit: int, *words: object) -> None:
    """Run build.py, which may write files of so many bytes at most."""
    resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    command(*words)


def command_of_nobody(*words: object) -> None:
    """Run build.py without the rights of an administrator."""
    if os.geteuid() == 0:
        os.setuid(65534)
    command(*words)


def together(barrier: threading.Barrier, *words: object) -> None:
    """Run build.py as soon as all the others are there."""
    barrier.wait(30)
    command(*words)


def publish(root: Path, number: int, of: Callable[[int], Mapping[str, bytes]] = version) -> None:
    """Write one version."""
    write.write(of(number), root / "dist", root)


def publish_all(root: Path, first: int, last: int, of: Callable[[int], Mapping[str, bytes]] = version) -> None:
    """Write one version after the other."""
    for number in range(first, last):
        publish(root, number, of)


def publish_and_die(root: Path, number: int, last: int) -> None:
    """Write a version, and die like a machine that loses its power, before the n-th thing that is done to the disk."""
    done = 0

    def count(event: str, args: tuple[object, ...]) -> None:
        nonlocal done
        if event in CHANGES and str(args[0]).startswith(str(root)):
            done += 1
            if done == last:
                os.kill(os.getpid(), signal.SIGKILL)

    sys.addaudithook(count)
    publish(root, number)
