"""The command line: which commands and options there are, what --help tells of them, what a call asks for.

Whoever asks for help waits for what is imported here, and so nothing else of the package is.
"""

import argparse
from collections.abc import Collection, Mapping
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, NamedTuple

ABOUT = "Build the site in this folder: check it, write it to dist/, or preview it."
USAGE = "build.py [command] [options]"
STATUS = """\
The status is 0 when all is well, 1 for mistakes in the site, 2 for a wrong
call, 3 when the disk or the network port fails or another build is at work.
"""


class Command(NamedTuple):
    """A command: what it does, the words that may follow it, examples, and what else is told of it."""

    about: str
    words: str
    examples: str
    more: str = ""


class Option(NamedTuple):
    """An option of one command, or of all where none is named; and what argparse is told of it."""

    flag: str
    command: str
    settings: Mapping[str, Any]

    @property
    def key(self) -> str:
        """What argparse calls its value."""
        return self.flag.removeprefix("--").replace("-", "_")


COMMANDS = {
    "build": Command(
        "check everything and write the site to dist/; without a command, too",
        "",
        """\
  python build.py                                      check everything and write dist/
  python build.py --out public --drafts                write elsewhere, drafts too
  python build.py --strict --base-url https://x.org    as for publishing: warnings fail
  python build.py --strict --compress                  as for a server of one's own
""",
        "Where anything is wrong nothing is written, and the last good site stays as it is.",
    ),
    "check": Command(
        "check everything and write nothing",
        "",
        """\
  python build.py check                                every mistake, and what to write instead
  python build.py check --open                         what still has to be told, to paste into a mail
  python build.py check --fix                          put facts in the place of figures typed by hand
  python build.py check --format json                  for programs
  python build.py check --format github                show the mistakes on the changed files
""",
        "With --open it lists what is still open; its warnings are not told a second time.",
    ),
    "serve": Command(
        "see the site while you edit",
        "",
        """\
  python build.py serve                                see the site at http://127.0.0.1:8000/
  python build.py serve --no-drafts                    as visitors see it, without drafts
  python build.py serve --port 8080                    at another port
""",
        "Each change is built again. Ctrl+C ends it.",
    ),
    "facts": Command(
        "every fact and how often it is used, or one in full",
        "[NAME]",
        """\
  python build.py facts                                every fact, and how often it is used
  python build.py facts phones.desk                    where one fact is used, and which pages it reaches
  python build.py facts phones                         the same for each fact of a group
""",
    ),
    "new": Command(
        "begin a section, a question (faq) or a page",
        "KIND TITLE",
        """\
  python build.py new faq "May I bring somebody?"      a question of the home page
  python build.py new section "Friends"                a section of the home page
  python build.py new section "Maps" --page visit      a section of the page /visit/
  python build.py new page "For employers"             a page, /for-employers/
""",
        """\
Writes a draft with the next number and an address made of the title, and says what to
do with it. A title that would be a mistake, such as a typed phone number, is refused.""",
    ),
    "diff": Command(
        "what visitors would see differently",
        "[REV]",
        """\
  python build.py diff                                 what changed for visitors since the last commit
  python build.py diff v1.0                            the same since another revision of git
  python build.py diff main --format markdown          for a comment on a change
""",
    ),
    "schema": Command(
        "JSON Schemas for editors",
        "[KIND]",
        """\
  python build.py schema site                          of site.yaml; others are page, section, faq
  python build.py schema                               all of them
""",
    ),
    "verify": Command(
        "tell whether dist/ is whole, as the last build wrote it",
        "",
        """\
  python build.py verify                               before dist/ is uploaded
  python build.py verify --published                   refuse many fewer pages than are published now
  python build.py verify --previous live.json          the same by a manifest that was kept
""",
        """\
--published asks the site itself, at the address that is in dist/, for its list of pages.
live.json is the manifest that stood beside dist/ when what is published now was built.""",
    ),
}


def day(text: str) -> date:
    """Read the date of an option."""
    try:
        return datetime.strptime(text, "%Y-%m-%d").replace(tzinfo=UTC).date()
    except ValueError:
        message = f"'{text}' is not a day such as 2026-11-23"
        raise argparse.ArgumentTypeError(message) from None


def port(text: str) -> int:
    """Read the port of an option."""
    if text.isascii() and text.isdigit() and int(text) <= 65535:  # noqa: PLR2004
        return int(text)
    message = f"'{text}' is not a port; write a number up to 65535"
    raise argparse.ArgumentTypeError(message)


SWITCH = {"action": "store_true"}
FOLDER = {"type": Path, "metavar": "DIR"}
OPTIONS = (
    Option("--source", "", {**FOLDER, "help": "the folder with site.yaml (default: that of build.py)"}),
    Option("--out", "", {**FOLDER, "help": "the site's place (default: dist in the source folder)"}),
    Option("--base-url", "", {"metavar": "URL", "help": "the site's address, instead of $SITE_URL or site.yaml's"}),
    Option("--today", "", {"type": day, "metavar": "DATE", "help": "the day to check dates against: 2026-11-23"}),
    Option("--drafts", "", {"action": argparse.BooleanOptionalAction, "help": "show drafts; serve does anyway"}),
    Option("--strict", "", {**SWITCH, "help": "let warnings fail too; for publishing"}),
    Option("--quiet", "", {**SWITCH, "help": "print nothing but problems"}),
    Option("--compress", "build", {**SWITCH, "help": "put .br and .gz beside files, for a server of one's own"}),
    Option("--open", "check", {**SWITCH, "help": "list facts not told, drafts, the address, what is due"}),
    Option("--fix", "check", {**SWITCH, "help": "replace figures typed by hand where nothing else changes"}),
    Option("--format", "check", {"choices": ("text", "json", "github"), "default": "text", "help": "default: text"}),
    Option("--format", "diff", {"choices": ("text", "markdown"), "default": "text", "help": "default: text"}),
    Option("--json", "facts", {**SWITCH, "help": "print them for programs"}),
    Option("--page", "new", {"default": "/", "metavar": "PAGE", "help": "the page it is for (default: the home page)"}),
    Option("--port", "serve", {"type": port, "default": 8000, "help": "the port on this machine (default: 8000)"}),
    Option("--previous", "verify", {"type": Path, "metavar": "FILE", "help": "the manifest of what is published now"}),
    Option("--published", "verify", {**SWITCH, "help": "ask the site itself how many pages are published now"}),
    Option("--fewer-pages", "verify", {**SWITCH, "help": "many fewer pages than before are meant"}),
    Option("--editor", "serve", {"default": "", "help": "what opens files: vscode, zed, ..., an address with {path}"}),
)


# ---------------------------------------------------------------- reading a call


def read(given: list[str]) -> tuple[argparse.Namespace, argparse.ArgumentParser]:
    """Return what a call asks for, and what tells its mistakes; a wrong call ends with status 2, --help with 0.

    Options may stand before or after the command, which is ``build`` unless given. ``words`` are those behind it.
    """
    seen, unknown = _finder().parse_known_intermixed_args(given)
    name, *words = seen.words or ["build"]
    parser = _parser_of(name) if seen.words and name in COMMANDS else _overview()
    if unknown:
        parser.error(_no_such("option", unknown[0], [option.flag for option in OPTIONS]))
    if name not in COMMANDS:
        parser.error(_no_such("command", name, COMMANDS))
    for option in OPTIONS:
        takers = {other.command for other in OPTIONS if other.flag == option.flag}
        if option.key in seen and takers.isdisjoint({"", name}):
            parser.error(f"{option.flag} is for {' and '.join(sorted(takers))}, not for {name}")
    if len(words) > len(COMMANDS[name].words.split()) and name != "new":
        parser.error(f"'{words[-1]}' is one word too many for {name}")
    args = parser.parse_intermixed_args(given)
    args.command, args.words, args.name = name, words, words[0] if words else None
    return args, parser


def _no_such(what: str, word: str, known: Collection[str]) -> str:
    from generator.problems import did_you_mean  # noqa: PLC0415 - only a slip waits for it

    hint = did_you_mean(word, known, f"there are: {', '.join(dict.fromkeys(known))}")
    return f"there is no {what} '{word}'; {hint}"


def _finder() -> argparse.ArgumentParser:
    """Return what tells the command from the options, and judges none of them."""
    none = argparse.SUPPRESS
    parser = argparse.ArgumentParser("build.py", USAGE, argument_default=none, add_help=False, allow_abbrev=False)
    parser.add_argument("words", nargs="*", default=[])
    parser.add_argument("-h", "--help", action="store_true")
    for flag, option in {option.flag: option for option in OPTIONS}.items():
        parser.add_argument(flag, action=option.settings.get("action", "store"))
    return parser


def _parser_of(name: str) -> argparse.ArgumentParser:
    """Return what reads a command; its --help tells all of that one."""
    command = COMMANDS[name]
    usage = " ".join(filter(None, ("build.py", name, command.words, "[options]")))
    about = f"{command.about[0].upper()}{command.about[1:]}.\n{command.more}".strip()
    parser = _parser(f"build.py {name}", usage, about, f"examples:\n{command.examples}")
    _add(parser, f"options of {name}", name)
    _add(parser, "options of every command", "")
    return parser


def _overview() -> argparse.ArgumentParser:
    """Return what reads a call without a command; its --help tells of all of them."""
    rows = (f"  {f'{name} {command.words}':<18}  {command.about}" for name, command in COMMANDS.items())
    about = "\n".join([ABOUT, "", "commands:", *rows, "", "build.py COMMAND --help tells more of each."])
    examples = "".join(line for each in COMMANDS.values() for line in each.examples.splitlines(keepends=True)[:2])
    parser = _parser("build.py", USAGE, about, f"examples:\n{examples}\n{STATUS}")
    _add(parser, "options of build, with or without its name", "build")
    _add(parser, "options of every command, before or after it", "")
    return parser


def _parser(prog: str, usage: str, about: str, after: str) -> argparse.ArgumentParser:
    layout = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(prog, usage, about, after, formatter_class=layout, allow_abbrev=False)
    parser.add_argument("words", nargs="*", help=argparse.SUPPRESS)
    return parser


def _add(parser: argparse.ArgumentParser, title: str, command: str) -> None:
    """Let a parser read the options of a command, which --help shows below a title."""
    group = parser.add_argument_group(title)
    for option in OPTIONS:
        if option.command == command:
            group.add_argument(option.flag, **option.settings)
