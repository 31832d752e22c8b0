"""A new section, FAQ entry or page: a file with a title, a place for its text, and nothing made up.

It begins as a draft, so that nobody sees it before it is written.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import NamedTuple

from generator import assets, reading
from generator.addresses import DEVICES, folded, older
from generator.check import PLACEHOLDER
from generator.load import NUMBERED, PARTS
from generator.model import NOT_FOUND, Build, Page, Site
from generator.problems import Problem
from generator.references import REFERENCE

KINDS = {"section": "sections", "faq": "faq", "page": ""}
"""What can be new, and the folder for it beside a page.md; a page has a folder of its own."""
STEP = 10
"""How far numbers stand apart, so that something fits between them."""
LONGEST_SLUG = 60
"""Bytes of a slug; more is no good to read, and a number may have to follow."""
REASON = "its text is still to be written"
PLAIN = re.compile(r"(?!(?:true|false|yes|no|on|off|y|n|null)$)[^\W\d_][\w ,.;!?()'\u2019&/+-]*", re.IGNORECASE)
"""A text that YAML reads as it stands, whoever reads it."""


class NewFile(NamedTuple):
    """A file that is not there yet: its path below the source folder, its text, its slug and its page's address.

    ``wanted`` is the slug that its title gives; ``slug`` is another if that is taken.
    """

    path: str
    text: str
    slug: str
    wanted: str
    page: str
    number: int = 0


def folders(site: Site) -> Mapping[str, str]:
    """Return the folder of each page by its address without slashes; the home page's is there in any case."""
    return {"": "content", **{_name(page): page.entry.path.rpartition("/")[0] for page in site.pages}}


def _name(page: Page) -> str:
    return "404" if page.address == NOT_FOUND else page.address.strip("/")


def begun(kind: str, title: str, page: str, names: Mapping[str, Iterable[str]], before: Build) -> NewFile:
    """Return a new file of a page, or a new page below it.

    ``page`` is a name of ``folders``; ``names`` are those that stand in its folder, in ``sections`` and in ``faq``,
    by folder; ``before`` is the site as it is, drafts shown.
    """
    folder = folders(before.site)[page]
    wanted = slug_of(title) or kind
    text = f"---\ntitle: {as_yaml(title)}\ndraft: {REASON}\n---\n\n{PLACEHOLDER}\n"
    if kind == "page":
        reserved = {*PARTS, *([] if page else [assets.FOLDER]), *_older(before.site, page)}
        slug = _free(wanted, {*map(folded, names[""]), *reserved})
        return NewFile(f"{folder}/{slug}/page.md", text, slug, wanted, page)
    slug = _free(wanted, {*_slugs(names), *_ids(before, page)})
    number = max((each for each, _ in _parts(names[KINDS[kind]])), default=0) // STEP * STEP + STEP
    return NewFile(f"{folder}/{KINDS[kind]}/{number}-{slug}.md", text, slug, wanted, page, number)


def mistakes_of(file: NewFile, before: Build, after: Build) -> tuple[Problem, ...]:
    """Return the problems that a site has with a file and had not without it.

    Where it could not be shown, what is wrong elsewhere may be told in other words now, and counts for nothing.
    """
    found = (problem for problem in after.problems if problem not in before.problems)
    return tuple(problem for problem in found if before.rendered or problem.location.path == file.path)


def told(file: NewFile, place: str) -> str:
    """Return what to do with a new file; ``place`` is where it is."""
    is_page = not file.number
    link = f"/{file.page}/{file.slug}/".replace("//", "/") if is_page else f"#{file.slug}"
    elsewhere = "" if is_page else f", on other pages [your words]({'/' if not file.page else f'/{file.page}/'}{link})"
    lines = [
        place,
        "",
        "1. Open it and write your text in the place of the sentence below the second '---'.",
        "2. Take out the line 'draft: ...'. Until then no visitor sees it; 'build.py serve' shows it to you.",
        "3. Run 'build.py check'.",
        "",
        f"Others link to it, once it is no draft: [your words]({link}){elsewhere}",
    ]
    if not is_page:
        lines.append(f"It comes after the others; to move it, give its file another number than {file.number}.")
    if file.slug != file.wanted:
        lines.append(f"Its address ends with a number because '{file.wanted}' is taken.")
    return "\n".join(lines)


def one_line(title: str) -> str:
    """Return a title without line breaks and spaces too many; nothing if there is nothing in it to read."""
    plain = re.sub(r"[ \t\r\n\f\v]+", " ", title).strip(" ")
    return plain if any(letter.isprintable() and not letter.isspace() for letter in plain) else ""


def slug_of(title: str) -> str:
    """Return the words of a title as an address, without its facts; nothing if it has no words.

    Accents and apostrophes go, other letters stay whatever their script; long ones are cut at a word.
    """
    plain = folded(re.sub("['\u2019]", "", REFERENCE.sub(" ", title)))
    slug = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", plain)).strip("-")
    if len(slug.encode()) <= LONGEST_SLUG:
        return slug
    whole_words = slug.encode()[: LONGEST_SLUG + 1].rpartition(b"-")[0]
    return (whole_words or slug.encode()[:LONGEST_SLUG]).decode(errors="ignore")


def as_yaml(text: str) -> str:
    """Return a text of one line as a YAML value that reads back exactly; with quotes only where it needs them."""
    if PLAIN.fullmatch(text):
        return text
    return '"{}"'.format(text.replace("\\", "\\\\").replace('"', '\\"'))


def _parts(names: Iterable[str]) -> list[tuple[int, str]]:
    """Return the number and the slug of each name that has both, be the file good or not."""
    found = (NUMBERED.fullmatch(name) for name in names)
    return [(int(each[1]), each[2]) for each in found if each]


def _slugs(names: Mapping[str, Iterable[str]]) -> set[str]:
    return {folded(slug) for folder in PARTS for _, slug in _parts(names[folder])}


def _older(site: Site, page: str) -> set[str]:
    """Return the slugs below a page that would be the address which another page had before."""
    folder = folded(f"/{page}/".replace("//", "/"))
    before = (folded(address) for other in site.pages for address in older(other))
    return {address.removeprefix(folder).strip("/") for address in before if address.startswith(folder)}


def _ids(before: Build, page: str) -> set[str]:
    """Return every id of a page, those of headings that are left out today among them; '#top' leads to its top."""
    here = [each for each in before.site.pages if _name(each) == page]
    texts = [entry.body for each in here for entry in each.entries]
    shown = before.rendered.pages if before.rendered else ()
    ids = [name for each in shown if each.page in here for name in reading.read(each).ids]
    return {"top", *map(folded, ids), *(folded(name) for text in texts for name in (*text.ids, *text.gone))}


def _free(wanted: str, taken: set[str]) -> str:
    """Return the wanted slug, with a number behind it if something else has it or a system keeps it for itself."""
    names = (wanted, *(f"{wanted}-{number}" for number in range(2, len(taken) + 3)))
    return next(name for name in names if folded(name) not in taken | DEVICES)
