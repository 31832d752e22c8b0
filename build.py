"""Build the site in this folder: check it, write it to dist/, or preview it. The commands, and nothing else.

Each imports what it needs itself: --help is there at once.
"""

import argparse
import contextlib
import io
import json
import os
import signal
import sys
import time
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn

if TYPE_CHECKING:
    from generator.model import Build, Options
    from generator.preview import Shown
    from generator.problems import Problem
    from generator.rewording import Edit
    from generator.unchanged import State, Told

GOOD, MISTAKES, WRONG_USE, FAILED = 0, 1, 2, 3


def main(words: list[str] | None = None) -> int:
    """Run one command and return its status."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):  # a terminal that cannot show a letter shows its number
            stream.reconfigure(errors="backslashreplace")
    args = arguments(words)
    try:
        return COMMANDS[args.command](args)
    except ModuleNotFoundError as error:
        if str(error.name).partition(".")[0] == "generator":
            raise
        wrong_use(f"'{error.name}' is not installed for this Python; run 'make', or use .venv/bin/python build.py")
    except OSError as error:
        say(f"error: {error.filename or 'the system'}: {error.strerror or error}")
        return FAILED
    except KeyboardInterrupt:
        say("error: stopped before it was done")
        return FAILED


def arguments(words: list[str] | None) -> argparse.Namespace:
    """Read the command line."""
    from generator.commandline import read

    args, parser = read(sys.argv[1:] if words is None else words)
    args.source = args.source or Path(__file__).resolve().parent
    args.out = args.out or args.source / "dist"
    if not (args.source / "site.yaml").is_file() and args.command not in {"schema", "verify"}:
        parser.error(f"there is no site.yaml in {args.source}")
    return args


def asked(args: argparse.Namespace) -> dict[str, object]:
    """Return all that a build of the same files depends on, but for where it is written to."""
    names = ("today", "drafts", "strict", "compress")
    return {"base_url": base_url(args), **{name: getattr(args, name) for name in names}}


def options(args: argparse.Namespace) -> "Options":
    """Return what the build is asked to do."""
    from generator.check import bad_address
    from generator.model import Options

    address = base_url(args)
    if address and (hint := bad_address(address)):
        wrong_use(f"'{address}' cannot be the site's address; {hint}")
    return Options(args.today or datetime.now(UTC).date(), address, bool(args.drafts))


def base_url(args: argparse.Namespace) -> str:
    """Return the address that is asked for instead of the site's own; nothing if none is."""
    return args.base_url or os.environ.get("SITE_URL", "")


def build(args: argparse.Namespace) -> int:
    """Check the site and write it; where nothing has changed since the last time, tell what was told then."""
    from generator import unchanged

    start, changed = time.perf_counter(), 0
    args.today = args.today or datetime.now(UTC).date()  # the same day for all that follows
    state = unchanged.state(args.source, asked(args))
    told = unchanged.found(args.out, state) if state else None
    if told:
        say_each(told.problems)
    else:
        told, changed = built_anew(args, state)
    if told and not args.quiet:
        took = (time.perf_counter() - start) * 1000
        print(f"{shown(args.out)}: {told.files}, {changed} changed, {took:.0f} ms; {told.summary}")
    return GOOD if told else MISTAKES


def built_anew(args: argparse.Namespace, state: "State | None") -> "tuple[Told | None, int]":
    """Build the site, tell its problems and write it; return what is told and how many files changed, if it is good."""
    from generator import stored, unchanged, write
    from generator.problems import count, explain
    from generator.waiting import in_short

    try:
        with write.turn(args.out, args.source):
            made = built(args, state.code if state else "")
            problems = [explain(problem, made.sources) for problem in made.problems]
            say_each(problems)
            if failed(made, args):
                say(f"nothing was written: {summary(made)}")
                return None, 0
            files = {**made.files, **small_copies(made, args)}
            changed = write.write_in_turn(files, args.out)
            still_open = in_short(made)
            ending = f"; still open: {still_open} (build.py check --open)" if still_open else ""
            told = unchanged.Told(problems, count(len(files), "file"), summary(made) + ending)
            write.note(stored.end(), stored.place_of(args.out))
            if state and unchanged.is_still(args.source, state):
                write.note([unchanged.noted(state, files, told)], unchanged.note_of(args.out))
    except write.RefusedError as error:
        wrong_use(str(error))
    return told, changed


def small_copies(made: "Build", args: argparse.Namespace) -> Mapping[str, bytes]:
    """Return the compressed copies of files, where they are asked for."""
    if not args.compress:
        return {}
    from generator.compress import copies

    return dict(copies(made.files))


def check(args: argparse.Namespace) -> int:
    """Check the site and write nothing; with --fix replace what can be replaced without a visitor noticing."""
    from generator import report, waiting

    if args.open and args.format == "github":
        wrong_use("--open is told as text or as json, not for github")
    made = fixed(args) if args.fix else built(args)
    if args.format == "json":
        still_open = {"open": waiting.as_json(made)} if args.open else {}
        problems = [report.as_json(problem) for problem in made.problems]
        print(json.dumps({"problems": problems, **still_open}, indent=1))
    elif args.format == "github":
        annotate(made, args.source)
    elif args.open:
        print_problems(made, {problem for problem in waiting.told(made) if problem.severity == "warning"})
        print(waiting.as_text(made))
    else:
        print_problems(made)
        if not args.quiet:
            print(summary(made))
    return MISTAKES if failed(made, args) else GOOD


def annotate(made: "Build", source: Path) -> None:
    """Let GitHub show the problems on the changed files, and all of them in the summary of the step."""
    from generator import report, revision

    folder = revision.place_in_repository(source, os.environ.get("GITHUB_WORKSPACE", ""))
    print(report.for_github(made.problems, folder))
    if summary_file := os.environ.get("GITHUB_STEP_SUMMARY"):
        with Path(summary_file).open("a", encoding="utf-8") as file:
            file.write(report.step_summary(made.problems, folder))


def fixed(args: argparse.Namespace) -> "Build":
    """Put facts in the place of figures typed by hand, and return the site as it is then."""
    from generator import fix, pipeline, write

    site = built(args).site
    shown = options(args)._replace(drafts=True)

    def prove(edits: Mapping[str, tuple["Edit", ...]]) -> "Build":
        with write.copied(site) as folder:
            for path, each in edits.items():
                write.edit(folder / path, each)
            return pipeline.build(folder, shown)

    found = fix.proven(fix.changes(site), prove({}), prove)
    for change in found:
        say(str(change))
    for path, each in fix.edits_by_file(found).items():
        write.edit(args.source / path, each)
    return built(args)


def new(args: argparse.Namespace) -> int:
    """Write a file for a new section, question or page, a draft, unless the site would have a new mistake with it."""
    from generator import load, pipeline, problems, write
    from generator import new as beginning

    kind, title = kind_and_title(args.words)
    site = load.load(args.source, options(args)._replace(drafts=True))
    page, pages = args.page.strip("/"), beginning.folders(site)
    if page not in pages:
        wrong_use(f"there is no page '{args.page}'; the pages are: {', '.join(name or '/' for name in pages)}")
    names = {name: names_in(args.source / pages[page] / name) for name in ("", "sections", "faq")}
    with write.copied(site) as copy:
        before = pipeline.build(copy, site.options)
        file = beginning.begun(kind, title, page, names, before)
        write.create(copy / file.path, file.text)
        after = pipeline.build(copy, site.options)
    if worse := beginning.mistakes_of(file, before, after):
        say("\n".join(problems.explain(problem, after.sources) for problem in worse))
        wrong_use("nothing was written, because this file would be a new mistake")
    try:
        write.create(args.source / file.path, file.text)
    except FileExistsError as error:
        wrong_use(f"{error.filename} is there already; nothing was written")
    place = (args.source / file.path).resolve()
    seen = str(place.relative_to(Path.cwd()) if place.is_relative_to(Path.cwd()) else place)
    print(seen if args.quiet else beginning.told(file, seen))
    return GOOD


def names_in(folder: Path) -> list[str]:
    """Return what stands in a folder, good or not; nothing if it is not there."""
    return [path.name for path in folder.iterdir()] if folder.is_dir() else []


def kind_and_title(words: list[str]) -> tuple[str, str]:
    """Return what is new and its title, which may have been given without quotes around it."""
    from generator.new import KINDS, one_line

    kind, title = words[0].casefold() if words else "", one_line(" ".join(words[1:]))
    if kind not in KINDS:
        missing = f"there is no kind '{words[0]}'" if words else "say what is new"
        wrong_use(f'{missing}; there are: {", ".join(KINDS)} (faq is a question): build.py new faq "..."')
    if not title:
        wrong_use(f'the title is missing; write it in quotes: build.py new {kind} "..."')
    if any("\ud800" <= letter <= "\udfff" for letter in title):
        wrong_use("this title cannot be read as UTF-8; type it again")
    return kind, title


def facts(args: argparse.Namespace) -> int:
    """Show the facts, or one of them, and where they are used."""
    from generator import usage

    made = built(args)
    known = made.site.facts
    if made.rendered is None or known.broken:
        print_problems(made)
        say("error: the pages that a fact reaches are not known until the site can be shown")
        return MISTAKES
    found = usage.usages(made)
    if args.name is not None:
        if hint := known.mend(args.name) if args.name not in known.groups else None:
            wrong_use(f"there is no fact '{args.name}'; {hint}")
        fact = known.find(args.name)
        name = fact[0].name if fact else args.name
        found = tuple(use for use in found if f"{use.fact.name}.".startswith(f"{name}."))
    if args.json:
        print(json.dumps({"facts": [use.as_json() for use in found]}, indent=1, ensure_ascii=False))
    else:
        print(usage.overview(found) if args.name is None else "\n\n".join(map(usage.in_full, found)))
    return GOOD


def diff(args: argparse.Namespace) -> int:
    """Show what visitors would see differently since a revision of git."""
    import tempfile

    from generator import diff as differences
    from generator import pipeline, revision

    name = "HEAD" if args.name is None else args.name
    with tempfile.TemporaryDirectory() as folder:
        old = Path(folder)
        try:
            revision.unpack(args.source, name, old)
        except revision.RevisionError as error:
            wrong_use(str(error))
        before = pipeline.build(old, options(args))
    after = built(args)
    for made, place in ((before, name), (after, "the folder")):
        if made.rendered is None:
            print_problems(made)
            say(f"error: the site cannot be shown as it is in {place}")
            return MISTAKES
    found = differences.difference(before, after)
    print(differences.as_markdown(found) if args.format == "markdown" else differences.as_text(found))
    return GOOD


def schema(args: argparse.Namespace) -> int:
    """Print the JSON Schemas of site.yaml and of front matter."""
    from generator.schema import schemas

    found = schemas()
    if args.name is not None and args.name not in found:
        wrong_use(f"there is no schema '{args.name}'; there are: {', '.join(found)}")
    print(json.dumps(found[args.name] if args.name else found, indent=2, ensure_ascii=False))
    return GOOD


def verify(args: argparse.Namespace) -> int:
    """Tell whether the output folder is whole, and not much smaller than what is published."""
    from generator.manifest import marks_in
    from generator.problems import count
    from generator.verify import compared, pages, too_few
    from generator.verify import verify as look_at

    marks, faults = look_at(args.out)
    reason = found = ""
    if args.previous:
        try:
            before = marks_in(args.previous.read_bytes())
        except (FileNotFoundError, ValueError):
            wrong_use(f"'{args.previous}' is no manifest of a build")
        reason = too_few(len(pages(marks)), len(pages(before))) if marks else ""
    if args.published and not (faults or reason or args.fewer_pages):
        found, reason = compared(args.out)
    if reason and not args.fewer_pages:
        faults += (f"{args.out}: {reason}; if it is to be published all the same, say --fewer-pages",)
    for fault in faults:
        say(f"error: {fault}")
    if not faults and not args.quiet:
        pages_now = count(len(pages(marks)), "page")
        print("; ".join(filter(None, (f"{shown(args.out)}: {count(len(marks), 'file')}, {pages_now}, whole", found))))
    return MISTAKES if faults else GOOD


def serve(args: argparse.Namespace) -> int:
    """Show the site while it is being edited."""
    from generator import pipeline, preview
    from generator import serve as server
    from generator.watch import Watcher

    root = args.source.resolve()
    link = preview.Link(root, editor(args.editor))
    shown: set[Problem] = set()

    def report(now: "Shown", changed: tuple[str, ...], seconds: float) -> None:
        print_problems(now.build, shown)
        if not args.quiet:
            print(f"{preview.line(now, changed, seconds)}; {summary(now.build)}", flush=True)
        if not now.is_stopped:  # what is wrong with pages is not asked while there are none
            shown.clear()
        shown.update(now.build.problems)

    def asked() -> "Options":
        return options(args)._replace(drafts=args.drafts is not False)  # of today, whenever it was started

    def slow(changed: tuple[str, ...]) -> None:
        if not args.quiet:
            print(f"still building: {', '.join(changed[:3]) or 'all'}", flush=True)

    def announce(port: int) -> None:
        if port != args.port and args.port:
            say(f"port {args.port} is in use; this is {port}")
        print(f"the preview is at http://127.0.0.1:{port}/; Ctrl-C ends it", flush=True)

    for ending in (signal.SIGINT, signal.SIGTERM):  # a shell may have told us to hear neither
        signal.signal(ending, signal.default_int_handler)
    with contextlib.suppress(KeyboardInterrupt):
        live = server.Preview(lambda: pipeline.builds(root, asked()), link, report, slow)
        server.serve(live, server.sockets(args.port), Watcher(root, live.build, live.fail), announce)
    return GOOD


def editor(name: str) -> str:
    """Return the address that opens a file in an editor, by the editor's name or as it is given."""
    from generator.preview import EDITORS

    name = name or os.environ.get("PREVIEW_EDITOR", "vscode")
    if name not in EDITORS and "{path}" not in name:
        wrong_use(
            f"'{name}' is no editor that is known here; name one of {', '.join(EDITORS)}, or an address with {{path}}"
        )
    return EDITORS.get(name, name)


COMMANDS: dict[str, Callable[[argparse.Namespace], int]] = {
    "build": build,
    "check": check,
    "serve": serve,
    "facts": facts,
    "new": new,
    "diff": diff,
    "schema": schema,
    "verify": verify,
}
"""What runs each command; ``generator.commandline`` tells of them."""


def built(args: argparse.Namespace, code: str = "") -> "Build":
    """Run the pipeline, all of it before anything is written, with all that there is to make it quick.

    ``code`` is the fingerprint of the code, where it has been taken already.
    """
    from generator import pipeline, progress, spread, stored, unchanged

    stored.begin(stored.place_of(args.out), code or unchanged.code())
    spread.over(spread.available())
    with progress.shown(io.StringIO() if args.quiet else sys.stderr) as begin:
        return pipeline.build(args.source, options(args), begin)


def failed(made: "Build", args: argparse.Namespace) -> bool:
    """Tell whether the site must not be published as it is."""
    return bool(made.errors or (args.strict and made.problems))


def print_problems(made: "Build", known: "Collection[Problem]" = ()) -> None:
    """Print each problem with its line and hint, on standard error, but for those that are known already."""
    from generator.problems import explain

    say_each(explain(problem, made.sources) for problem in made.problems if problem not in known)


def summary(made: "Build") -> str:
    """Return how many errors and warnings there are."""
    from generator.report import summary

    return summary(made.problems)


def shown(path: Path) -> Path:
    """Return a path as short as it can be said from here or from the site's folder."""
    for base in (Path.cwd(), path.parent):
        if path.resolve().is_relative_to(base.resolve()):
            return path.resolve().relative_to(base.resolve())
    return path


def say(text: str) -> None:
    """Print for people, on standard error."""
    print(text, file=sys.stderr)


def say_each(texts: Iterable[str]) -> None:
    """Print some texts for people."""
    for text in texts:
        say(text)


def wrong_use(message: str) -> NoReturn:
    """End with the status for a wrong call."""
    say(f"error: {message}")
    raise SystemExit(WRONG_USE)


def leave(status: int) -> NoReturn:
    """End the process. What a large site took of the memory need not be given back piece by piece."""
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        status = FAILED
    os._exit(status)


if __name__ == "__main__":
    leave(main())
