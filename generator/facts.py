"""Facts: what a site says of phones, times and terms, typed, in one place.

A kind of fact is one class that parses what stands in ``site.yaml``, prints
every form that a page may ask for, and describes itself in a JSON Schema; how
it is recognised in prose is in ``recognise``, which needs all facts at once. A
fact is a value of such a kind with its name, its place and what is known of it.
"""

import functools
import html
import keyword
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from io import BytesIO
from types import MappingProxyType
from typing import Any, ClassVar, Self

from markupsafe import Markup

from generator.figures import figures, in_words
from generator.kept import kept
from generator.problems import Location, Problem, SiteError, nearest
from generator.vocabulary import UNITS
from generator.yamlfile import Items, Node, Table, Text, duplicates, kind_of, read_date, refuse_curly, wrong

Form = Callable[[], object]
"""Prints one form of a fact: plain text, a number, or ``Markup`` that is HTML already."""


# ---------------------------------------------------------------- kinds


@dataclass(frozen=True, slots=True)
class Phone:
    """A telephone number of the North American plan: 3, 10 or 11 digits (11 begin with 1)."""

    digits: str

    WORD: ClassVar[str] = "phone"
    KEY: ClassVar[str] = "number"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a number in any usual spelling."""
        digits = re.sub(r"[\s().+\-\u2010-\u2015\u00a0]", "", text)
        hint = "write a number of 3, 10 or 11 digits, for example 561-555-0100"
        if not re.fullmatch(r"[0-9]{3}|[0-9]{10}|[0-9]{11}", digits):
            raise ValueError(f"'{text}' is not a phone number", hint)
        if len(digits) == 11 and digits[0] != "1":  # noqa: PLR2004
            raise ValueError(f"'{text}' has 11 digits and does not begin with 1", hint)
        return cls(digits)

    def __str__(self) -> str:
        if self.is_short:
            return self.digits
        parts = (self.digits[:-10], self.digits[-10:-7], self.digits[-7:-4], self.digits[-4:])
        return "-".join(filter(None, parts))

    @property
    def is_short(self) -> bool:
        """Whether this is a public line of three digits."""
        return len(self.digits) == 3  # noqa: PLR2004 - what from_text allows

    @property
    def address(self) -> str:
        """The number as a link target has it: international unless it is a short code."""
        return self.digits if self.is_short else "+1" + self.digits[-10:]

    def link(self) -> Markup:
        """Return the number as a link that calls it."""
        return Markup('<a href="tel:{}">{}</a>').format(self.address, self)

    @functools.cache  # noqa: B019 - a number is a value, and there are few
    def qr(self) -> Markup:
        """Return a QR code that calls the number, as an inline SVG of 1 unit a module."""
        import segno  # noqa: PLC0415 - only a page with a code pays for it

        out = BytesIO()
        code = segno.make(f"tel:{self.address}", error="m", micro=False)
        code.save(out, kind="svg", xmldecl=False, svgns=False, omitsize=True, svgclass=None, lineclass=None, nl=False)
        label = f'<svg role="img" aria-label="{html.escape(str(self))}"'
        return Markup(out.getvalue().decode().replace("<svg", label, 1))  # noqa: S704 - digits only

    def forms(self) -> Mapping[str, Form]:
        """Return what each form prints; the empty name is the fact itself."""
        return {
            "": lambda: str(self),
            "tel": lambda: f"tel:{self.address}",
            "sms": lambda: f"sms:{self.address}",
            "link": self.link,
            "qr": self.qr,
        }

    @classmethod
    def schema(cls) -> dict[str, object]:
        """Return the JSON Schema of a number; YAML may take its digits for an integer."""
        sign = r"[\s().+\-\u2010-\u2015\u00a0]"
        text = {"type": "string", "pattern": rf"^{sign}*(1{sign}*)?(\d{sign}*){{10}}$|^{sign}*(\d{sign}*){{3}}$"}
        short, whole = {"minimum": 100, "maximum": 999}, {"minimum": 10**9, "maximum": 2 * 10**10 - 1}
        return {"anyOf": [text, {"type": "integer", **short}, {"type": "integer", **whole}]}


_UNIT = "|".join(UNITS)
_QUANTITY = re.compile(
    r"(?:(?P<upto>up\ to)\s+)?(?:(?P<floor>at\ least)\s+)?"
    r"(?P<least>\d{1,6})(?:(?P<more>\s*\+|\s+or\ more)|\s*(?:-|\u2013|to)\s*(?P<most>\d{1,6}))?"
    rf"\s+(?P<unit>{_UNIT})s?(?:\s+(?:an?|per|each)\s+(?P<period>{_UNIT}))?",
    re.VERBOSE,
)
_LIKE_A_QUANTITY = re.compile(
    r"(?:up to |at least )?[\d.,+\-\u2013 to]*\d[\d.,+\-\u2013 ]*(?:or more)?"
    r"\s*(?P<unit>[a-z]+)(?:(?:\s+(?:an?|per|each)\s+|\s*/\s*)(?P<period>[a-z]+))?"
)


_QUANTITY_SCHEMA = (
    r"^((up to|at least) )?\d{1,6}(\s*\+| or more|\s*(-|\u2013|to)\s*\d{1,6})?"
    rf" ({_UNIT})s?( (an?|per|each) ({_UNIT}))?$"
)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number of something, at least and at most, perhaps in a period: ``3-5 days a week``.

    ``least`` or ``most`` is missing where the range is open; both are equal
    for an exact number. ``unit`` and ``period`` are singular.
    """

    least: int | None
    most: int | None
    unit: str
    period: str = ""

    WORD: ClassVar[str] = "quantity"
    KEY: ClassVar[str] = "value"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a quantity; ``ValueError`` where it is not one."""
        found = _QUANTITY.fullmatch(re.sub("[\u2010-\u2015]", "-", text.lower()))
        if not found or sum(bool(found[part]) for part in ("upto", "floor", "more", "most")) > 1:
            raise ValueError(f"'{text}' is not a quantity", _quantity_hint(text))
        least, most = int(found["least"]), int(found["most"] or found["least"])
        if found["most"] and most == least:
            raise ValueError(f"'{text}' is a range from {most} to {most}", f"write {most} alone")
        if found["most"] and most < least:
            raise ValueError(f"'{text}' runs backwards", f"write the smaller number first: {most}-{least}")
        open_above = found["more"] or found["floor"]
        return cls(None if found["upto"] else least, None if open_above else most, found["unit"], found["period"] or "")

    def __str__(self) -> str:
        return self._print(str)

    def _print(self, number: Callable[[int], str], *, period: bool = True) -> str:
        return f"{self._range(number)} {self._unit()}{self._period() if period else ''}"

    def _range(self, number: Callable[[int], str]) -> str:
        if self.least is None:
            return f"up to {number(self._biggest())}"
        if self.most is None:
            return f"{number(self.least)} or more"
        return number(self.least) if self.least == self.most else f"{number(self.least)} to {number(self.most)}"

    def _biggest(self) -> int:
        return max(n for n in (self.least, self.most) if n is not None)

    def _unit(self) -> str:
        return self.unit if self.most is not None and self._biggest() == 1 else f"{self.unit}s"

    def _period(self) -> str:
        return f" {'an' if self.period == 'hour' else 'a'} {self.period}" if self.period else ""

    def _at_least(self, number: Callable[[int], str], least: int) -> str:
        return f"at least {number(least)} {self.unit if least == 1 else self.unit + 's'}{self._period()}"

    def _short(self) -> str:
        if self.least is None:
            return str(self)
        span = f"{self.least}+" if self.most is None else f"{self.least}\u2013{self.most}"
        return f"{self.least if self.least == self.most else span} {self._unit()}{self._period()}"

    def forms(self) -> Mapping[str, Form]:
        """Return what each form prints; an open end has neither number nor form."""
        forms: dict[str, Form] = {
            "": lambda: str(self),
            "words": lambda: self._print(in_words),
            "amount": lambda: self._print(str, period=False),
            "amount.words": lambda: self._print(in_words, period=False),
            "short": self._short,
        }
        least, most = self.least, self.most
        if least is not None:
            forms["at_least"] = lambda: self._at_least(str, least)
            forms["at_least.words"] = lambda: self._at_least(in_words, least)
            forms["least"] = lambda: least
            forms["least.words"] = lambda: in_words(least)
        if most is not None:
            forms["most"] = lambda: most
            forms["most.words"] = lambda: in_words(most)
        return forms

    @classmethod
    def schema(cls) -> dict[str, object]:
        """Return the JSON Schema of a quantity."""
        return {"type": "string", "pattern": _QUANTITY_SCHEMA}


LIKE_THESE = "write it like one of these: 90+ days, 3-5 days a week, up to 6 hours a day, 45 minutes"


def _quantity_hint(text: str) -> str:
    """Return the hint that fits; units are checked before the numbers."""
    found = _LIKE_A_QUANTITY.fullmatch(text.lower())
    for unit in filter(None, (found["unit"], found["period"]) if found else ()):
        if unit.removesuffix("s") not in UNITS and (near := nearest(unit, [*UNITS, *(f"{u}s" for u in UNITS)])):
            return f"did you mean {near}? If it is no quantity, put quotes around it"
    return f"{LIKE_THESE}; if it is none, put quotes around it"


def looks_like_a_quantity(text: str) -> bool:
    """Tell whether a text was meant as a quantity: a number, a unit, perhaps a period, and nothing else."""
    found = _LIKE_A_QUANTITY.fullmatch(text.lower())
    if found and all(nearest(unit, [*UNITS, *(f"{u}s" for u in UNITS)], 0.74) for unit in filter(None, found.groups())):
        return True
    bare = text.rstrip(".")
    read = figures(bare) if re.search(r"\d", text) else ()
    return len(read) == 1 and (read[0].start, read[0].end) == (0, len(bare))


@dataclass(frozen=True, slots=True)
class Url:
    """An address on the web; https only, so that nobody on the way can change what a reader gets."""

    address: str

    WORD: ClassVar[str] = "url"
    KEY: ClassVar[str] = "value"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read an address."""
        if not re.fullmatch(r"https://[^\s/?#\"'<>]+(?:[/?#][^\s\"'<>]*)?", text):
            raise ValueError(
                f"'{text}' is not a web address that is safe to use", "write it whole, from https:// on, without spaces"
            )
        return cls(text)

    def __str__(self) -> str:
        return self.address

    def forms(self) -> Mapping[str, Form]:
        """Return what each form prints."""
        return {"": lambda: self.address}

    @classmethod
    def schema(cls) -> dict[str, object]:
        """Return the JSON Schema of an address."""
        return {"type": "string", "pattern": "^https://", "format": "uri"}


@dataclass(frozen=True, slots=True)
class Words:
    """A text: a name, a label, a term."""

    text: str

    WORD: ClassVar[str] = "text"
    KEY: ClassVar[str] = "value"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a text, any but an empty one."""
        return cls(text)

    def __str__(self) -> str:
        return self.text

    def forms(self) -> Mapping[str, Form]:
        """Return what each form prints."""
        return {"": lambda: self.text}

    @classmethod
    def schema(cls) -> dict[str, object]:
        """Return the JSON Schema of a text; what YAML takes for a number or a truth value is one too."""
        return {
            "type": ["string", "number", "boolean"],
            "minLength": 1,
            "not": {"pattern": "^[Hh][Tt][Tt][Pp][Ss]?://"},
        }


@dataclass(frozen=True, slots=True)
class Ask:
    """What nobody has told yet: a question. Whatever refers to it is left out of the pages.

    In Markdown the paragraph, list item or row that names it is left out; a
    heading that names it goes with all that stands below it, and so does one
    below which nothing is left. A section or FAQ entry whose title names it, or
    of whose text nothing is left, is on no page. Other values of front matter
    that name it are empty. In a template it is false, and prints nothing.
    """

    question: str

    WORD: ClassVar[str] = "ask"
    KEY: ClassVar[str] = "ask"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read the question."""
        return cls(text)

    def __str__(self) -> str:
        return ""

    def forms(self) -> Mapping[str, Form]:
        """Return what each form prints: nothing."""
        return {"": lambda: ""}

    @classmethod
    def schema(cls) -> dict[str, object]:
        """Return the JSON Schema of a question."""
        return {"type": ["string", "number", "boolean"], "minLength": 1}


Kind = Phone | Quantity | Url | Words | Ask
KINDS: tuple[type[Kind], ...] = (Phone, Quantity, Url, Words, Ask)


def kind_for(text: str, *, quoted: bool = False) -> Kind:
    """Return the value of the kind that a bare text is of; ``ValueError`` where it is a spoiled one.

    A text in quotes that is no quantity is a text, however much it looks like one: "3 tours".
    """
    if _QUANTITY.fullmatch(text.lower()) or (looks_like_a_quantity(text) and not quoted):
        return Quantity.from_text(text)
    if re.match(r"https?://", text, re.IGNORECASE):
        return Url.from_text(text)
    return Words(text)


# ---------------------------------------------------------------- facts


@dataclass(frozen=True, slots=True)
class Days:
    """A number of days, read from ``365 days``, ``6 months`` or the like."""

    days: int

    LONGEST: ClassVar[int] = 3660
    LENGTH: ClassVar[Mapping[str, int]] = {"day": 1, "week": 7, "month": 30, "year": 365}
    PATTERN: ClassVar[str] = r"^\d{1,4} (day|week|month|year)s?$"

    @classmethod
    def from_text(cls, text: str) -> Self:
        """Read a length of time."""
        try:
            quantity = Quantity.from_text(text)
        except ValueError:
            quantity = Quantity(None, None, "")
        if (
            quantity.least is None
            or quantity.least != quantity.most
            or quantity.unit not in cls.LENGTH
            or quantity.period
        ):
            raise ValueError(f"'{text}' is not a length of time", "write it like one of these: 365 days, 6 months")
        if quantity.least * cls.LENGTH[quantity.unit] > cls.LONGEST:
            raise ValueError(f"'{text}' is longer than ten years", "write it like one of these: 365 days, 6 months")
        return cls(quantity.least * cls.LENGTH[quantity.unit])


@dataclass(frozen=True, slots=True)
class Fact:
    """A value under its name, as it was written, with its place and what is known about it.

    ``details`` are the other texts of its entry (``label``, ``source``, ...).
    """

    name: str
    value: Kind
    written: str
    at: Location
    details: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    checked: date | None = None
    review_every: Days | None = None
    checked_at: Location | None = None

    @property
    def sayings(self) -> tuple[str, ...]:
        """What an entry says: its value, under an empty key, each text beside it, and when it was checked."""
        return ("", *self.details, *(("checked",) if self.checked else ()))

    def forms(self) -> Mapping[str, Form]:
        """Return every form that a page may ask for, by what stands behind the fact's name."""
        details = {key: (lambda text=text: text) for key, text in self.details.items()}
        checked: dict[str, Form] = {"checked": lambda: self.checked} if self.checked else {}
        return {**details, **checked, **self.value.forms()}


RESERVED: Mapping[str, type[Phone | Ask] | None] = {Phone.KEY: Phone, "value": None, Ask.KEY: Ask}
"""The keys that make a group of keys a fact, and the kind that each gives."""

DETAILS = ("label", "source", "owner", "checked", "review_every")
"""The other keys of a fact that have a meaning; an entry may hold further texts."""


@dataclass(frozen=True, slots=True, eq=False)
class Facts:
    """All facts by name; ``groups`` are the names that lead to them; ``broken`` those that could not be read.

    Where none could be read at all, ``readable`` is false, and nothing is known of any name.
    """

    by_name: Mapping[str, Fact]
    groups: frozenset[str] = frozenset()
    broken: frozenset[str] = frozenset()
    readable: bool = True

    def find(self, reference: str) -> tuple[Fact, str] | None:
        """Return the fact that a dotted name begins with, and the form that the rest asks for."""
        parts = reference.split(".")
        for cut in range(len(parts), 0, -1):
            if fact := self.by_name.get(".".join(parts[:cut])):
                return fact, ".".join(parts[cut:])
        return None

    @kept
    def mend(self, reference: str, unused: tuple[str, ...] = ()) -> str | None:
        """Return nothing if a page may use this name, else the hint that helps.

        A fact that is used nowhere is likely to be one that was renamed.
        """
        if not self.readable or self.is_broken(reference):
            return None
        if found := self.find(reference):
            fact, form = found
            return None if form in fact.forms() else _form_hint(fact, form)
        if reference in self.groups:
            inside = [name for name in self.by_name if name.startswith(f"{reference}.")]
            return f"'{reference}' is a group; name a fact in it: {', '.join(inside[:6])}"
        if near := self._renamed(reference, unused) or nearest(reference, self._sayable()):
            return f"did you mean {near}?"
        return "the facts stand in site.yaml, below 'facts:'"

    def _renamed(self, reference: str, unused: Collection[str]) -> str:
        """Return the one fact that is used nowhere and has the group or the last part of a name, with its form."""
        parts = reference.split(".")
        for cut in range(len(parts), 0, -1):
            group, last = ".".join(parts[: cut - 1]), parts[cut - 1]
            alike = {name for name in unused if last == name.rpartition(".")[2]}
            alike = alike or {name for name in unused if group and group == name.rpartition(".")[0]}
            form = ".".join(parts[cut:])
            if len(alike) == 1 and form in self.by_name[name := next(iter(alike))].forms():
                return f"{name}.{form}".rstrip(".")
        return ""

    def untold(self, reference: str) -> str:
        """Return the name of the fact that a dotted name leads to if nobody has told it yet, else nothing."""
        found = self.find(reference)
        return found[0].name if found and isinstance(found[0].value, Ask) else ""

    def is_broken(self, reference: str) -> bool:
        """Tell whether a name leads to a fact that could not be read."""
        return any(reference == name or reference.startswith(f"{name}.") for name in self.broken)

    def _sayable(self) -> Collection[str]:
        forms = (f"{fact.name}.{form}" for fact in self.by_name.values() for form in fact.forms() if form)
        return [*self.by_name, *forms]

    def text(self, reference: str) -> object:
        """Return what a name prints; the name must be known."""
        found = self.find(reference)
        if found is None:
            raise KeyError(reference)
        fact, form = found
        return fact.forms()[form]()

    def plain(self, reference: str) -> str | None:
        """Return what a name prints as plain text: where that is HTML, the fact itself; nothing for an unknown name."""
        found = self.find(reference)
        if found is None or found[1] not in found[0].forms():
            return None
        value = self.text(reference)
        return str(found[0].value if isinstance(value, Markup) else value)

    @property
    def sayings(self) -> tuple[str, ...]:
        """What can be printed: each fact's value under its name, and each text beside it under its own."""
        return tuple(".".join(filter(None, (fact.name, key))) for fact in self for key in fact.sayings)

    def __iter__(self) -> Iterator[Fact]:
        return iter(self.by_name.values())


def _form_hint(fact: Fact, form: str) -> str:
    forms = [name for name in fact.forms() if name]
    listed = ", ".join(f"{fact.name}.{name}" for name in forms) or f"only {fact.name} itself"
    return (
        f"did you mean {near}?"
        if (near := nearest(form, forms, 0.7))
        else f"the forms of this {fact.value.WORD} are: {listed}"
    )


# ---------------------------------------------------------------- reading the facts of site.yaml


class FactReader:
    """Reads the table below ``facts:`` and gathers what is wrong in it."""

    def __init__(self) -> None:
        self.facts: dict[str, Fact] = {}
        self.groups: set[str] = set()
        self.broken: set[str] = set()
        self.problems: list[Problem] = []

    def result(self, *, readable: bool) -> Facts:
        """Return what could be read; ``readable`` tells whether the table itself could."""
        return Facts(MappingProxyType(self.facts), frozenset(self.groups), frozenset(self.broken), readable)

    def group(self, table: Table, prefix: str = "") -> None:
        """Read every entry of a group."""
        self.problems.extend(duplicates(table))
        seen = set()
        for key, node in table.entries:
            is_new = key.value not in seen or (isinstance(node, Table) and not _is_fact(node))
            if is_new and self._is_a_name(key):
                self.entry(prefix + key.value, key, node)
            seen.add(key.value)

    def _is_a_name(self, key: Text) -> bool:
        name = key.value
        if re.fullmatch(r"[A-Za-z][A-Za-z0-9_]*", name) and not keyword.iskeyword(name):
            return True
        good = re.sub(r"\W+", "_", name, flags=re.ASCII).strip("_")
        example = good if good[:1].isalpha() and good != name else f"the_{good or 'name'}"
        hint = f"use letters, digits and _ only, for example {example}"
        self.problems.append(wrong(key.at, f"'{name}' cannot be a fact's name", hint, "fact-name"))
        return False

    def entry(self, name: str, key: Text, node: Node) -> None:
        """Read one entry: a fact or a group of them."""
        if isinstance(node, Table) and not _is_fact(node):
            self.groups.add(name)
            self.group(node, f"{name}.")
            if not node.entries:
                self.problems.append(
                    wrong(node.at, f"'{name}' is empty", "write its facts below it, or take it out", "empty-value")
                )
            return
        try:
            fact = self.detailed(name, key, node) if isinstance(node, Table) else _bare(name, node)
            self.facts.setdefault(name, fact)  # in a group that is there twice
        except SiteError as error:
            self.broken.add(name)
            self.problems.extend(error.problems)

    def detailed(self, name: str, key: Text, table: Table) -> Fact:
        """Read a fact that is a group of keys."""
        self.problems.extend(duplicates(table))
        marker = _marker(name, key, table)
        texts = {each.value: _text(name, each, node) for each, node in table.entries}
        kind = RESERVED[marker]
        value = _read(name, texts[marker], kind.from_text if kind else _kind_reader(texts[marker]))
        checked = _read(name, texts["checked"], read_date) if "checked" in texts else None
        every = _read(name, texts["review_every"], Days.from_text) if "review_every" in texts else None
        if misspelt := tuple(_misspelt(table)):
            raise SiteError(*misspelt)
        if hidden := [each for each, _ in table.entries if each.value in value.forms()]:
            hint = "give it another name"
            raise SiteError(
                wrong(hidden[0].at, f"'{hidden[0].value}' is a form of every {value.WORD}", hint, "fact-name")
            )
        details = {each: text.value for each, text in texts.items() if each not in {marker, "checked"}}
        written = texts[marker]
        if "review_every" in texts and "checked" not in texts:
            hint = "add 'checked:' with the day of the last check"
            message = f"'{name}' says how often it is checked, and not when it was"
            self.problems.append(wrong(texts["review_every"].at, message, hint, "missing-key"))
        at = texts["checked"].at if "checked" in texts else None
        return Fact(name, value, written.value.strip(), written.at, MappingProxyType(details), checked, every, at)


def _bare(name: str, text: Text | Items) -> Fact:
    if isinstance(text, Items):
        hint = "give each value a name of its own"
        raise SiteError(wrong(text.at, f"'{name}' is a list; a fact is one value", hint, "wrong-type"))
    if not text.value.strip():
        raise SiteError(
            wrong(text.at, f"'{name}' is empty", 'write its value, or {ask: "..."} if it is not known', "empty-value")
        )
    refuse_curly(text)
    return Fact(name, _read(name, _plain(name, text), _kind_reader(text)), text.value.strip(), text.at)


def _kind_reader(text: Text) -> Callable[[str], Kind]:
    return functools.partial(kind_for, quoted=text.raw[:1] in {'"', "'"})


def _read(name: str, text: Text, read: Callable[[str], Any]) -> Any:  # noqa: ANN401 - as many types as readers
    try:
        return read(text.value.strip())
    except ValueError as error:
        message, hint = error.args
        raise SiteError(wrong(text.at, f"{name}: {message}", hint, "wrong-type")) from None


OWN_KEYS = (*RESERVED, *DETAILS)


def _meant(key: str) -> str:
    """Return the own key of a fact that a key is a slip of; likeness alone would take 'power' for 'owner'."""
    for own in OWN_KEYS:
        if sorted(key) == sorted(own) or (len(key) >= 5 and own.startswith(key)):  # noqa: PLR2004 - 'check', 'revie'
            return own
    near = nearest(key, (own for own in OWN_KEYS if own != "ask"), 0.85)
    return "" if key == f"{near}s" else near


def _is_fact(table: Table) -> bool:
    """Tell whether a group of keys is a fact: it holds what only a fact has, or nothing but a fact's keys."""
    keys = {key.value for key, _ in table.entries}
    if keys & {*RESERVED, "checked", "review_every"} or (keys and all(map(_meant, keys))):
        return True
    return any(_meant(key.value) == "number" and _is_phone(node) for key, node in table.entries)


def _is_phone(node: Node) -> bool:
    try:
        return isinstance(node, Text) and bool(Phone.from_text(node.value))
    except ValueError:
        return False


def _marker(name: str, key: Text, table: Table) -> str:
    """Return the one key that gives the value."""
    found = [each for each, _ in table.entries if each.value in RESERVED]
    if len({each.value for each in found}) == 1:
        return found[0].value
    if found:
        raise SiteError(
            wrong(found[1].at, f"'{name}' has two values", f"keep one of {', '.join(RESERVED)}", "fact-value")
        )
    for other, _ in table.entries:
        if (near := _meant(other.value) or nearest(other.value, RESERVED)) in RESERVED:
            raise SiteError(_unknown_key(other, near))
    hint = "add 'number:' for a phone, 'value:' for anything else"
    raise SiteError(wrong(key.at, f"'{name}' has no value", hint, "missing-key"))


def _text(name: str, key: Text, node: Node) -> Text:
    if not isinstance(node, Text):
        raise SiteError(wrong(node.at, f"'{name}.{key.value}' must be text, not {kind_of(node)}", "", "wrong-type"))
    if not node.value.strip():
        hint = f"write something after '{key.value}:'"
        raise SiteError(wrong(node.at, f"'{name}.{key.value}' is empty", hint, "empty-value"))
    refuse_curly(node)
    return _plain(f"{name}.{key.value}", node)


def _plain(name: str, text: Text) -> Text:
    """Return a text of a fact, which is printed as it is: braces would show on the page."""
    if found := re.search(r"\{[{%#]", text.value):
        message = f"'{name}' holds '{found[0]}', and a fact cannot refer to another"
        raise SiteError(
            wrong(text.at, message, "write it in words, or use both facts where they are read", "reference")
        )
    return text


def _misspelt(table: Table) -> Iterator[Problem]:
    """Each key that is nearly one of a fact's own; any other is a text of this entry."""
    for key, _ in table.entries:
        if key.value not in OWN_KEYS and (near := _meant(key.value)):
            yield _unknown_key(key, near)


def _unknown_key(key: Text, near: str) -> Problem:
    return wrong(key.at, f"there is no key '{key.value}' here", f"did you mean {near}?", "unknown-key")
