"""No save is lost, in whatever order and by whatever way files are saved."""

import os
import random
import threading
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from generator.watch import Watcher

SEQUENCES, AT_ONCE = 200, 20
PATIENCE = 20.0
NAMES = ("site.yaml", "content/page.md", "content/faq/10-a.md", "content/faq/20-b.md", "templates/page.html")


class Shown:
    """A build that takes a while, and shows what the files held when it read them."""

    def __init__(self, root: Path, rng: random.Random) -> None:
        self.root, self.rng = root, rng
        self.files: Mapping[str, bytes] = {}
        self.new = threading.Condition()
        self.builds = 0
        self.watcher = Watcher(root, self.build, failed=print)

    def build(self, _: tuple[str, ...], still: Callable[[], bool]) -> bool:
        """Read every file, slowly."""
        found = {}
        for path in sorted(self.root.rglob("*")):
            self.pause.wait(self.rng.random() * 0.002)
            try:
                found.update({path.relative_to(self.root).as_posix(): path.read_bytes()} if path.is_file() else {})
            except FileNotFoundError:
                continue
        if not still():
            return False
        with self.new:
            self.files, self.builds = found, self.builds + 1
            self.new.notify_all()
        return True

    pause = threading.Event()

    def wait_for(self, files: Mapping[str, bytes]) -> bool:
        """Wait until just these files are shown."""
        with self.new:
            return self.new.wait_for(lambda: self.files == files, PATIENCE)


def by_writing(path: Path, content: bytes) -> None:
    """Save as most programs do."""
    path.write_bytes(content)


def by_renaming(path: Path, content: bytes) -> None:
    """Save as vim does: the old file goes aside, a new one comes, the old one goes."""
    backup = path.with_name(f"{path.name}~")
    if path.exists():
        path.rename(backup)
    path.write_bytes(content)
    backup.unlink(missing_ok=True)


def by_replacing(path: Path, content: bytes) -> None:
    """Save as careful programs do: a whole new file takes the name of the old one."""
    whole = path.with_name(f".{path.name}.swp")
    whole.write_bytes(content)
    whole.replace(path)


def by_truncating(path: Path, content: bytes) -> None:
    """Save as nano does: the file is empty for a moment."""
    with path.open("wb") as file:
        file.flush()
        Shown.pause.wait(0.01)
        file.write(content)


def in_two_steps(path: Path, content: bytes) -> None:
    """Save as a synchronised folder does: half of it, then all of it under the same name."""
    part = path.with_name(f"{path.name}.part")
    part.write_bytes(content[: len(content) // 2])
    Shown.pause.wait(0.02)
    path.unlink(missing_ok=True)
    part.write_bytes(content)
    part.rename(path)


def at_its_old_time(path: Path, content: bytes) -> None:
    """Save as some programs do that copy: with the time of another file."""
    status = path.stat() if path.exists() else None
    path.write_bytes(content)
    if status:
        os.utime(path, ns=(status.st_atime_ns, status.st_mtime_ns))


WAYS: tuple[Callable[[Path, bytes], None], ...] = (
    by_writing,
    by_renaming,
    by_replacing,
    by_truncating,
    in_two_steps,
    at_its_old_time,
)


def sequence(root: Path, rng: random.Random, shown: Shown) -> None:
    """Save, remove and bring back some files at random moments."""
    for _ in range(rng.randint(1, 6)):
        path = root / rng.choice(NAMES)
        if rng.random() < 0.15:
            path.unlink(missing_ok=True)
        else:
            rng.choice(WAYS)(path, rng.choice((b"one\n", b"two\n", b"a longer text\n", b"six\n")) * rng.randint(1, 3))
        shown.pause.wait(rng.choice((0.0, 0.0, 0.003, 0.02, 0.06, 0.12)))


@pytest.mark.parametrize("is_told", [False, True], ids=["by looking", "by watchfiles"])
def test_no_save_is_lost(tmp_path: Path, is_told: bool) -> None:  # noqa: FBT001
    """After each of 200 random sequences the last state of the files is shown, and whatever the ways of saving."""
    lost: list[str] = []

    def run(number: int) -> None:
        rng = random.Random(number)  # noqa: S311 - repeatable
        root = tmp_path / str(number)
        for name in NAMES:
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_bytes(b"zero\n")
        shown = Shown(root, rng)
        shown.watcher.is_told = is_told
        shown.watcher.start()
        for each in range(SEQUENCES // AT_ONCE):
            (root / "content/page.md").write_bytes(f"{number} {each}\n".encode())  # each sequence changes something
            sequence(root, rng, shown)
            now = {name: (root / name).read_bytes() for name in NAMES if (root / name).exists()}
            if not shown.wait_for(now):
                lost.append(f"sequence {each} of seed {number}: {shown.files} instead of {now}")
        shown.watcher.stop()

    threads = [threading.Thread(target=run, args=(number,)) for number in range(AT_ONCE)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert lost == []


def test_half_a_save_is_not_shown(tmp_path: Path) -> None:
    """A file that is gone or empty for a tenth of a second, while it is saved, is never shown like that."""
    (tmp_path / "content").mkdir()
    path = tmp_path / "content/page.md"
    path.write_bytes(b"one\n")
    seen: list[bytes | None] = []
    new = threading.Event()

    def build(_: tuple[str, ...], still: Callable[[], bool]) -> bool:
        found = path.read_bytes() if path.exists() else None
        if not still():
            return False
        seen.append(found)
        new.set()
        return True

    watcher = Watcher(tmp_path, build, failed=print)
    watcher.start()
    for first in (path.unlink, lambda: path.write_bytes(b"")):
        new.clear()
        first()
        Shown.pause.wait(0.1)
        path.write_bytes(b"two\n" if len(seen) == 0 else b"three\n")
        assert new.wait(PATIENCE)
    watcher.stop()
    assert seen == [b"two\n", b"three\n"]


def test_who_looks_no_more_says_so(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever fails in the watching ends it loudly: pages that nobody rebuilds would be believed."""
    failed: list[BaseException] = []
    told = threading.Event()

    def fail(error: BaseException) -> None:
        failed.append(error)
        told.set()

    watcher = Watcher(tmp_path, lambda *_: True, fail)
    monkeypatch.setattr(Watcher, "seems_changed", lambda _: 1 / 0)
    watcher.start()
    assert told.wait(PATIENCE)
    watcher.stop()
    assert isinstance(failed[0], ZeroDivisionError)
