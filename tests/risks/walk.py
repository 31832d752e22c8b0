"""A site that is edited at random; each build must find what it may, and make what a first build makes.

    .venv/bin/python -m tests.risks.walk SEED STEPS

What is compared: the status, every word that is told, every file and the manifest. The warm builds have all that a
build can find again (``dist.last.json``, ``dist.cache``) and share their work out; the cold ones have nothing, and one
process.
"""

import random
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Callable  # noqa: TC003
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import build
from generator import kept, pipeline, spread, stored
from generator.manifest import manifest_of
from generator.unchanged import note_of
from tests.conftest import GOOD
from tests.risks.children import tree

WORDS = (
    "garden",
    "*stone*",
    "{{ desk }}",
    "20 days",
    "[away](/nowhere/)",
    "\n\n- a",
    "&",
    "<b>",
    "[x] [y]",
    "\n\n## Why\n\n",
)
OPTIONS = [(), (), ("--drafts",), ("--strict",), ("--base-url", "https://other.org/x"), ("--compress",)]
UNDONE = 0.7
"""How often a mistake is taken back."""
TODAY = "2026-03-01"


class Walk:
    """A site, and what people do to it."""

    def __init__(self, folder: Path, seed: int) -> None:
        self.rng = random.Random(seed)  # noqa: S311 - the same each time, and no secret
        self.site, self.out, self.cold = folder / "site", folder / "dist", folder / "cold"
        shutil.copytree(GOOD, self.site)
        self.before: dict[Path, bytes] = {}
        self.words: tuple[str, ...] = ()
        self.was_bad = False

    def file(self, *patterns: str) -> Path:
        """Return one of the site's files."""
        found = sorted(path for pattern in patterns for path in self.site.glob(pattern) if path.is_file())
        return self.rng.choice(found)

    def change(self, path: Path, old: str, new: str) -> None:
        """Replace a text, at a random one of its places, and know the way back."""
        text = path.read_text("utf-8")
        places = [at for at in range(len(text)) if text.startswith(old, at)]
        if places:
            at = self.rng.choice(places)
            self.before.setdefault(path, text.encode())
            path.write_text(text[:at] + new + text[at + len(old) :], "utf-8")

    def word(self) -> None:
        """Put a word, good or not, somewhere into a text."""
        self.change(self.file("content/**/*.md"), " ", f" {self.rng.choice(WORDS)} ")

    def digit(self) -> None:
        """Change a digit, of a fact or of anything else."""
        digit = str(self.rng.randrange(10))
        self.change(self.file("site.yaml"), digit, str(self.rng.randrange(10)))

    def respell(self) -> None:
        """Put one vowel in the place of another; the file stays as long as it is."""
        self.change(self.file("content/**/*.md"), *self.rng.sample("aeiou", 2))

    def letter(self) -> None:
        """Take one letter of any file away."""
        self.change(self.file("content/**/*.md", "templates/*", "site.yaml"), self.rng.choice("aeio-:{"), "")

    def style(self) -> None:
        """Change how it looks."""
        self.change(self.file("assets/*.css", "templates/*"), "\n", f"\n{' ' * self.rng.randrange(3)}")

    def draft(self) -> None:
        """Make a file a draft."""
        self.change(self.file("content/**/*.md"), "---\ntitle", "---\ndraft: true\ntitle")

    def new(self) -> None:
        """Begin a page or a question."""
        name = self.rng.choice([f"faq/{self.rng.randrange(10, 99)}-new.md", f"new{self.rng.randrange(3)}/page.md"])
        path = self.site / "content" / name
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(f"---\ntitle: New {self.rng.randrange(9)}\n---\n\nWords.\n")

    def gone(self) -> None:
        """Remove a file."""
        path = self.file("content/**/*.md", "assets/*")
        self.before.setdefault(path, path.read_bytes())
        path.unlink()

    def undo(self) -> None:
        """Put everything back as it was."""
        for path, content in self.before.items():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)
        self.before = {}
        for path in (*self.site.glob("content/new*/page.md"), *self.site.glob("content/faq/*-new.md")):
            path.unlink()

    def spoil(self) -> None:
        """Do something to what builds have left."""
        path = self.rng.choice([note_of(self.out), stored.place_of(self.out), *self.out.rglob("*")])
        if path.is_file():
            path.write_bytes(path.read_bytes()[:-3] + b"abc" * self.rng.randrange(2))

    def nothing(self) -> None:
        """Do nothing."""

    def step(self) -> str:
        """Do something, build warm and cold, and compare; return what was done and how it ended."""
        edits: list[Callable[[], None]] = [
            self.word,
            self.respell,
            self.respell,
            self.digit,
            self.letter,
            self.style,
            self.draft,
        ]
        others = [self.new, self.gone, self.spoil, self.nothing, self.nothing, self.nothing]
        act = self.undo if self.was_bad and self.rng.random() < UNDONE else self.rng.choice(edits + others)
        act()
        words = self.words = self.rng.choice([self.words] * 12 + OPTIONS)
        shutil.rmtree(self.cold, ignore_errors=True)
        warm, cold = made(self.site, self.out, words, 3), made(self.site, self.cold / "dist", words, 1)
        assert warm[:2] == cold[:2], (act.__name__, warm, cold)
        if warm[0] == 0:
            assert tree(self.out) == tree(self.cold / "dist"), act.__name__
            manifests = [manifest_of(out).read_bytes() for out in (self.out, self.cold / "dist")]
            assert manifests[0] == manifests[1], act.__name__
        self.was_bad = warm[0] != 0
        return f"status {warm[0]}, {warm[2]}"


def made(site: Path, out: Path, words: tuple[str, ...], processes: int) -> tuple[int, str, str]:
    """Build as a new process does; return the status, what is told, and whether anything was built."""
    kept.forget()
    spread.available = lambda: processes
    ran: list[object] = []
    whole, pipeline.build = pipeline.build, lambda *given: ran.append(given) or whole(*given)  # type: ignore[func-returns-value]
    told, said = StringIO(), StringIO()
    try:
        with redirect_stderr(told), redirect_stdout(said):
            status = build.main(["--source", str(site), "--out", str(out), "--today", TODAY, *words])
    finally:
        pipeline.build = whole
    return status, told.getvalue() + said.getvalue().partition(" ms; ")[2], "built" if ran else "found"


def main(seed: int, steps: int) -> None:
    """Walk, and count how the builds have ended."""
    spread.FEWEST = 1  # so that every build is shared out
    with tempfile.TemporaryDirectory() as folder:
        walk = Walk(Path(folder), seed)
        for ending, times in sorted(Counter(walk.step() for _ in range(steps)).items()):
            sys.stdout.write(f"{times:4} {ending}\n")


if __name__ == "__main__":
    main(*map(int, sys.argv[1:]))
