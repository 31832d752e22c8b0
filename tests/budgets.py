"""The limits of the page, one row each: what it may weigh, ask for, say, and take up; the tests read them here."""

import re
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limit:
    """One row: what is limited, the number, its unit, and why it is this number."""

    name: str
    number: float
    unit: str
    why: str

    def __str__(self) -> str:
        return f"{self.name}: {self.number:g} {self.unit} ({self.why})"


# fmt: off
# ---------------------------------------------------------------- what a page weighs
PAGE = Limit("page with the head of its response, in Brotli", 14_000, "bytes",
             "ten packets of 1,460 bytes come in the first round trip (RFC 6928); 11,000 are wished for")
STYLE = Limit("style sheet in a page", 8_000, "bytes", "the page's own: over half of PAGE is left to words")
SCRIPT = Limit("scripts in a page, JSON-LD not counted", 4_000, "bytes", "the page's own: all works without them")
DOOR = Limit("drawing of the door", 1_500, "bytes", "the page's own: it adorns, it says nothing")
REQUESTS = Limit("requests a page", 1, "requests", "a page comes whole, or not at all, on a bad line")
ORIGINS = Limit("origins a page asks", 1, "origins", "nobody else learns that it was read")
WEB_FONTS = Limit("web fonts", 0, "fonts", "a font is a request")
COOKIES = Limit("cookies", 0, "cookies", "'This page keeps nothing about you'")
STORED = Limit("entries in any storage", 0, "entries", "'This page keeps nothing about you'")
THIRD_PARTIES = Limit("third parties", 0, "hosts", "'and sends nothing to anybody'")
LAYOUT_SHIFT = Limit("layout shift", 0, "score", "what is about to be pressed stays where it is")

# ---------------------------------------------------------------- how it reads
GRADE = Limit("Flesch-Kincaid grade of a page", 6.0, "grade", "NIH and AMA: sixth grade for patients")
SECTION_GRADE = Limit("Flesch-Kincaid grade of a section", 7.5, "grade", "the same, where fewer words swing more")
SECTION_WORDS = Limit("words from which a section has a grade", 60, "words", "below, one long word decides it")
SENTENCE = Limit("sentence", 20, "words", "the page's own; plainlanguage.gov asks for 15 to 20 on average")
MEAN_SENTENCE = Limit("mean sentence of a page", 11, "words", "the page's own: read under stress, on a phone")
PARAGRAPH = Limit("paragraph", 3, "sentences", "the page's own: one thought, on a phone one thumb high")
MEASURE = Limit("mean full line of running text", 66, "characters", "Bringhurst: 66 is ideal")
LONGEST_LINE = Limit("any line of running text", 80, "characters", "WCAG 1.4.8; narrow letters come together")

# ---------------------------------------------------------------- how it is used
TARGET = Limit("side of what is pressed", 44, "px", "WCAG 2.5.5, level AAA")
CALL = Limit("height of a link that calls", 48, "px", "the smallest that Android asks for")
TEXT_CONTRAST = Limit("contrast of text", 7.1, ": 1", "WCAG 1.4.6, level AAA, asks 7; screens round")
RULE_CONTRAST = Limit("contrast of rules and rings", 3.0, ": 1", "WCAG 1.4.11")
FIXED = Limit("fixed parts of a screen of 360 x 740", 20, "%", "the page's own: four fifths are to read")
TABS = Limit("presses of Tab to the first link that calls", 4, "presses", "the page's own")

# ---------------------------------------------------------------- on paper
SIDES = Limit("printed home page", 4, "sides", "two sheets")
LEAFLET_SIDES = Limit("printed leaflet", 1, "sides", "one sheet to pass on, its back blank for notes")
STRIPS = Limit("strips of the leaflet", 8, "strips", "as many as the foot of a sheet holds")
PRINTED = Limit("any printed text", 8, "pt", "the page's own: smaller is not read")
PRINTED_RUNNING = Limit("printed running text", 10, "pt", "the page's own; large print, from 16 pt, is the browser's")
# fmt: on

# ---------------------------------------------------------------- words that are not said
LABELS = (
    *("addict", "addicts", "alcoholic", "alcoholics", "abuse", "abuser", "substance abuse", "clean", "dirty"),
    *("junkie", "battling", "suffering", "suffering from", "lifestyle", "preference", "normal", "both genders"),
)
"""Words that put a label on somebody: person first, as NIDA's "Words Matter" has it."""
CLAIMS = (
    *("affirming", "safe space", "run by", "guarantee", "guarantees", "guaranteed", "proven", "best"),
    *("hurry", "limited", "act now", "success rate", "prevalence", "percent", "24/7"),
)
"""Claims and pressure: the clinic said none of them."""
FORBIDDEN = re.compile(rf"(?<!\w)(?:{'|'.join(sorted(LABELS + CLAIMS, key=len, reverse=True))})(?!\w)", re.IGNORECASE)
ALLOWED_BESIDE = {"24/7": re.compile(r"\b(?:988|inpatient)\b", re.IGNORECASE)}
"""A forbidden word that may stand in a sentence which also has these."""
FIGURE = re.compile(r"\d+(?:\.\d+)?\s?%|\b\d+ (?:in|out of) (?:every )?\d+\b", re.IGNORECASE)
"""How common something is: a figure nobody can use on the phone."""
SUICIDE = re.compile("suicid", re.IGNORECASE)
SUICIDE_NUMBERS = {"988"}
"""The only numbers in a text that has the word: the lifeline's own."""


def unsaid(text: str) -> list[str]:
    """Return what a text, a block or an attribute, says that must not be said."""
    found = []
    for sentence in re.split(r"(?<=[.?!])\s+", " ".join(text.split())):
        for match in FORBIDDEN.finditer(sentence):
            beside = ALLOWED_BESIDE.get(match[0])
            if not (beside and beside.search(sentence)):
                found.append(f"{match[0]}: {sentence}")
    found += [f"{match[0]}: {text}" for match in FIGURE.finditer(text)]
    if SUICIDE.search(text) and not set(re.findall(r"\d+", text)) <= SUICIDE_NUMBERS:
        found.append(f"a number with suicide: {text}")
    return found
