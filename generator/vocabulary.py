"""The English words by which figures are read in prose, one list for each thing that they say.

Phrases are parted by semicolons. The lists are of everyday words; what a site
is about comes from its facts.
"""

import functools
import re
from collections.abc import Mapping
from fractions import Fraction
from types import MappingProxyType
from typing import NamedTuple

WORD = re.compile(
    r"\d{1,3}(?:,\d{3})+(?:\.\d+)?(?![\d,])|\d+(?:\.\d+)?[\u00bd\u00bc\u00be]?|[^\W\d_]+(?:'[^\W\d_]+)?|[\u00bd\u00bc\u00be]|\S"
)
"""A number, a word or a sign."""


class Word(NamedTuple):
    """A word, number or sign, in lower case; ``glued`` tells that no space stands before it."""

    text: str
    start: int
    end: int
    glued: bool


def words_of(text: str) -> list[Word]:
    """Return the words of a text."""
    found, last = [], -1
    for match in WORD.finditer(text):
        start, end = match.span()
        found.append(Word(match[0].lower(), start, end, start == last))
        last = end
    return found


_ALIKE = (("\u0130", "i"), ("\u0131", "i"), ("\u017f", "s"), ("\u212a", "k"))
_PLAIN_WORD = re.compile("[a-z]+")


def lower(text: str) -> str:
    """Return a text in small letters, as a search takes them that ignores case and is slower."""
    for letter, alike in () if text.isascii() else _ALIKE:
        text = text.replace(letter, alike)
    return text.lower()


@functools.lru_cache(maxsize=8)
def plain_words(text: str) -> tuple[str, ...]:
    """Return the words of a text as far as they are of plain letters: what has none of a kind needs no closer look."""
    return tuple(_PLAIN_WORD.findall(text.lower()))


def words(text: str) -> frozenset[str]:
    """Return a list of words."""
    return frozenset(text.split())


Phrases = Mapping[str, tuple[tuple[str, ...], ...]]
"""Phrases by their first word or their last; of several the longest comes first."""


def phrases(text: str, *, ending: bool = False) -> Phrases:
    """Return a list of phrases, by their first word or by their last."""
    found: dict[str, list[tuple[str, ...]]] = {}
    for phrase in text.split(";"):
        parts = tuple(word.text for word in words_of(phrase))
        found.setdefault(parts[-1 if ending else 0], []).append(parts)
    return MappingProxyType({key: tuple(sorted(each, key=len, reverse=True)) for key, each in found.items()})


def pattern(text: str, *, after: str = "", before: str = "") -> re.Pattern[str]:
    """Return what finds any of these phrases, with a pattern before and one after them."""
    alternatives = "|".join(re.escape(" ".join(phrase.split())) for phrase in text.split(";"))
    return re.compile(rf"{after}(?:{alternatives}){before}", re.IGNORECASE)


# ---------------------------------------------------------------- numbers and units

ONES = (
    *("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"),
    *("thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
)
TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")
SPELLED: Mapping[str, int] = MappingProxyType(
    {word: number for number, word in enumerate(ONES)}
    | {word: 10 * number for number, word in enumerate(TENS) if word}
    | {"couple": 2, "dozen": 12, "fourty": 40, "ninty": 90}
)
COUNTS: Mapping[str, int] = MappingProxyType({"once": 1, "twice": 2, "thrice": 3})
HALVES: Mapping[str, Fraction] = MappingProxyType(
    {"\u00bd": Fraction(1, 2), "\u00bc": Fraction(1, 4), "\u00be": Fraction(3, 4)}
)
STARTERS = frozenset({*COUNTS, *HALVES, "a", "an", "half", "hundred"})
"""Words that a quantity may begin with, beside numbers."""
AND_A_HALF = phrases("and a half")
CLOCK = phrases("am; pm; a . m; p . m; o'clock; noon")
"""What makes a number a time of day."""

UNITS = ("minute", "hour", "day", "week", "month", "year", "visit")
SHORT: Mapping[str, str] = MappingProxyType(
    {"min": "minute", "hr": "hour", "h": "hour", "wk": "week", "mo": "month", "yr": "year"}
)
"""How units are shortened."""
OCCASIONS = words("time session appointment meeting x")
"""Other words for visits; they count as visits only where it is clear what is visited."""
ADVERBS: Mapping[str, str] = MappingProxyType(
    {"daily": "day", "weekly": "week", "hourly": "hour", "monthly": "month", "yearly": "year", "annually": "year"}
    | {"nightly": "night", "biweekly": "fortnight"}
)

# ---------------------------------------------------------------- what stands around a number

AT_LEAST = """
    at least; at the least; at the very least; at a minimum; at a minimum of; at minimum; a minimum of; minimum of;
    minimum; minimum is; min; min.; no less than; no fewer than; not less than; not fewer than; never less than;
    never fewer than; not under; never under; upwards of; upward of; more than; over; above; starting at;
    starting from; starts at; as few as; as little as; > =; >; \u2265; a floor of; floor of; nothing less than;
    nothing under; beyond; longer than; greater than"""
AT_MOST = """up to; at most; at the most; at the very most; at a maximum; a maximum of; maximum of; maximum; max; max.;
    no more than; not more than; never more than; no longer than; not over; no over; never over; as many as;
    as much as; as long as; under; less than; fewer than; shorter than; below; < =; <; \u2264; a cap of;
    a ceiling of; capped at; limited to; a limit of; not to exceed; not exceeding"""
ABOUT = """
    about; ca; ca.; circa; around; roughly;
    approximately; approx; approx.; some; nearly; almost; just; just about; only; exactly;
    precisely; a full; full; a mere; mere; ~; a good; a solid; close to; a total of; an average of; a whole; whole;
    maybe; perhaps; typically; usually; generally; often"""
BETWEEN = "between; from; anywhere from; anywhere between; somewhere between; both; either"
MORE = """+; plus; or more; ( or more ); , or more; or longer; , or longer; or so; or above; or greater; or over;
    or better; or beyond; and up; and more; and above; at least; , at least; at the least; at the very least;
    at minimum; , at minimum; at a minimum; , at a minimum; minimum; , minimum; ( minimum ); min"""
LESS = """or less; , or less; or fewer; or under; or below; at most; , at most; at the most; at a maximum; maximum;
    , maximum; ( maximum ); max; , max; ( max ); tops; , tops; , no more; , no longer"""
JOIN = """
    -; to; through; thru; till; until; /; . .; . . .; or; or even; or up to; or as many as; or maybe; or sometimes;
    - or -; up to; to as many as; ,; , or; , and; and; and up to; and at most; and no more than; and not more than;
    and a maximum of; and a max of; and as many as; and maybe; and sometimes; but no more than; but not more than;
    but at most; sometimes; , sometimes"""
LEAST_BEFORE, MOST_BEFORE = phrases(AT_LEAST, ending=True), phrases(AT_MOST, ending=True)
ABOUT_BEFORE, BETWEEN_BEFORE = phrases(ABOUT, ending=True), phrases(BETWEEN, ending=True)
ABOUT_AFTER, MORE_AFTER, LESS_AFTER, JOINS = phrases(ABOUT), phrases(MORE), phrases(LESS), phrases(JOIN)
OR_TO = phrases("or; to; -")
IS_BEFORE = phrases(
    """:; =; -; |; (; ?; is; are; was; were; will be; set at; come to; comes to; add up to; adds up to; amount to;
    total; number; equals; equal; run to; runs to; reach; make; required; needed""",
    ending=True,
)
"""What may stand between a unit and the number behind it: ``Hours per week: 9``."""
NO_FILLER = words(
    """of to and or a an the in on at for per each every is are was were be with by from than but as if so who that
    which it you we they he she i has have had do does did will can may more less people persons not until before
    after when while their his her our your my out"""
)
"""Words that part a number from a unit that follows."""

# ---------------------------------------------------------------- periods

PERIOD_SIGN = """
    a; an; per; each; every; every single; each and every; any; one; /; p; p.; of a; of the; of one; of any;
    of each; of every; of your; of their; of any given; in a; in an; in the; in one; in any; in each; in every;
    in your; in a given; in any given; in a typical; in your typical; a given; a typical; out of each; out of every;
    out of the; over a; over the; over one; over each; during a; during the; during each; during every; across a;
    across the; across each; through the; throughout the; throughout each; within a; within the; within one;
    within each; from each; from every; from your; for each; for every; to a; to the; to each; by the;
    spread over the"""
PERIOD_AFTER, PERIOD_BEFORE = phrases(PERIOD_SIGN), phrases(PERIOD_SIGN, ending=True)
BREAKS = words("before after until till ago later when while because since then plus ; | . ! ? :")
"""Words beyond which a period belongs to something else."""
NO_PERIOD = words("later ago before after earlier old")
"""Words behind a unit that make it a moment: a year later."""
SENTENCE_ENDS = words(". ! ? ; |")

# ---------------------------------------------------------------- what a sentence is about

DETERMINERS = words("a an the our your this that these each every all most many some any one")
PEOPLE = words(
    """you u we it they this that these everyone everybody anyone people most many some clients client patients
    patient participants participant members member residents attendees folks newcomers beginners adults students
    others parents"""
)
"""Whom a sentence about the topic may begin with."""
OTHERS = words("i im ive he she my his her")
"""Whom a sentence about something else may begin with."""
THIRD = words("he she his her")
"""Those who speak of somebody else's day."""
NOUNS = words(
    """program programs programme programmes course courses plan plans schedule schedules session sessions class
    classes treatment care therapy counseling service services length duration stay visit visits meeting meetings
    group groups attendance commitment requirement participation enrollment track term workload load dose
    amount quota intake graduation minimum maximum"""
)
"""Words for what takes up somebody's time."""
MODIFIERS = words(
    """full whole entire complete typical standard average usual normal regular weekly daily minimum maximum shortest
    longest total single structured active first own new recommended required suggested expected and or of s"""
)
"""What may stand before a noun that means the topic; any other word makes it something else: a detox stay."""
INTERJECTIONS = words(
    "lol ok okay so well hey yes yeah no honestly actually oh um hi fyi ps also then now plus please and"
)
"""What may stand before a sentence without being a part of it."""
BE = words("is are was were has have had will can")
"""Verbs that no imperative begins with, so that a word before them is what the sentence is about."""
OPENINGS = words(
    """time be find pick choose plan expect count allow set reserve commit come attend spend stay give budget usually
    typically normally
    generally often about around roughly approximately at up no not between from over under minimum maximum min
    max just only more less fewer nearly almost anywhere starting for with in on per each every how is are do does
    can will may must should shall imagine show clear block keep take make need want join complete finish"""
)
"""Words that a sentence may begin with that leaves out what it is about."""
LENGTHS = words("long altogether overall total average finish")
"""Words behind a figure that make it a length."""
DOINGS = words("attend attended attending come came comes go went goes here there sat sit sits")
"""What somebody does who is the topic's guest."""
ENDS = words(
    """finish finished finishes graduate graduated graduates complete completed completes
    leave leaves end ends wrap wraps conclude concludes through done"""
)
"""What ends after a time, so that "in 30 days" is no mere moment."""
OTHER_DOINGS = words(
    """work works worked working hire hires hired hiring salary sleep sleeps slept sleeping drive drives drove
    driving study studies studied volunteer volunteers volunteered commute commutes teach teaches watch watches
    watched exercise exercises exercised walk walks walked wait waits waited waiting open opens opened closed
    closes staffed job jobs shift shifts overtime deliver delivers delivered park parking refund refunds respond
    responds reply replies insurance insurer appeal appeals invoice lease rent"""
)
"""Words of sentences about something else that takes time."""
CLAUSE = re.compile(
    r"[,:(|-] |\b(?:because|while|but|so|and|since|though|although|that|says?|said|states?|stated|reads?|lists?|listed"
    r"|shows|claims?|promises?|thinks?|thought|told|tells?|hears?|heard) ",
    re.IGNORECASE,
)
"""What begins a clause."""

# ---------------------------------------------------------------- what is no figure

PASSING = pattern(
    """ago; later; earlier; old; of age; away; from now; from today; from here; before; after; prior; in advance;
    ahead; early; late; notice; apart; overdue; following; since; left; remaining; behind; past; in a row; sober;
    supply; supplies; worth of; weekend; drive; flight; walk; ride; trip; shift; shifts; window; warranty;
    guarantee; delivery; turnaround; wait; nap; sleep; of sleep; of rest; work week; workweek; fast; break; delay;
    grace; trial; return; lunch; business; working; calendar; school""",
    after=r" ?[-)]? ?",
    before=r"(?!\w)",
)
"""Words behind a quantity that make it a moment, an age, a distance, or the length of something else."""
TOLD = re.compile(
    r"(?<!\w)(?:lasts?|lasted|takes?|took|runs?|ran|is|are|was|were|requires?|required|meets?|needs?)(?: \w+)? $",
    re.IGNORECASE,
)
"""Words before a quantity that say how long something is."""
AGED = re.compile(r"\b(?:age[sd]?|aged|days?) $", re.IGNORECASE)
"""Words before a quantity that make it an age or a date."""
PASSED = pattern(
    """age; ages; aged; in; within; after; past; the last; these last; those last; my last; his last; her last;
    our last; your last; next; first; previous; every; another; until; by; since; before; day; days; week; room;
    page; chapter; level; step; grade; vol; no; number; nearly; almost; once""",
    after=r"(?<!\w)",
    before=" $",
)
"""Words before a quantity without a period that make it a moment."""
ALWAYS = frozenset(
    {(24, "hour", "day"), (7, "day", "week"), (365, "day", "year"), (12, "month", "year"), (52, "week", "year")}
)
"""Figures that mean: always."""

# ---------------------------------------------------------------- phones

CALLS = re.compile(
    r"\b(?:call(?:s|ed|ing|ers?)?|dial(?:s|ed|ing|led)?|text(?:s|ed|ing)?|txt|tty|tdd|phone[sd]?|rings?|telephone|contact|reach"
    r"|hotlines?|helplines?|lifelines?|operators?|dispatchers?|emergency|emergencies|crisis|counselors?|relay|fax|sms"
    r"|message|punch|press|tap|tel|cell|mobile|voicemail)\b|\bline\b(?! of\b)",
    re.IGNORECASE,
)
"""Words that tell of a call."""
DIALLED = re.compile(
    r"\b(?:call|dial|text|txt|phone|ring|calling|dialing|texting|telephone)"
    r"(?:(?: or|/|,| and)? ?(?:call|dial|text|txt|phone|ring))?"
    r"(?: us| me| her| him| them)?(?: at| on)?[: ]*$",
    re.IGNORECASE,
)
"""Words right before a number that is to be dialled."""
CODES = pattern(
    """isbn; npi; ein; id; order; part; case; account; acct; ref; reference; invoice; serial; model; license; licence;
    policy; claim; no; nr; number; docket; form; group; member; tracking; permit""",
    after=r"(?:\b",
    before=r"[.:]?(?: (?:no|number|id|code)[.:]?)? ?#? ?|#)$",
)
"""Words before digits that are no phone number, however they are grouped."""
ROOMS = pattern(
    """suite; ste; room; rm; unit; apt; apartment; page; pages; p; pp; route; highway; hwy; bus; flight; porsche;
    boeing; box; building; bldg; floor; locker; chapter; section; psalm; area code; year; level; channel; no;
    number; nr; model; article; title; gate; track; exit; form; code; file; lot; bay; hall; interstate; road; rd;
    sr; us; extension; ext; version; weighs; weigh; costs; cost; over; about; nearly; almost; roughly; of; in;
    around; some; than; the first; approximately""",
    after=r"(?:\b",
    before=r"[.:]? ?#?|[$#\u20ac\u00a3]) ?$",
)
"""What stands before three digits that are a room, a price or a count."""
MEASURES = pattern(
    """%; percent; mile; km; kg; lb; pound; dollar; feet; ft; people; person; page; step; meter; square; point; guest;
    seat; word; calorie; gram; mg; degree; vote; other; visitor; day; hour; minute; year; am; a.m; pm; p.m; of;
    copies; member; bed; student; chair""",
    after=" ?",
    before="s?(?!\\w)",
)
"""What stands behind three digits that count something."""
STREETS = re.compile(
    r" (?:[NSEW]\.?|North|South|East|West) [A-Z]|"
    r" (?:[NSEW]\.? |North |South |East |West )?(?:[A-Z][\w']+|\d+(?:st|nd|rd|th)) (?:[A-Z][\w']+ )?(?:St|Street|Ave"
    r"|Avenue|Rd|Road|Blvd|Boulevard|Dr|Drive|Ln|Lane|Way|Court|Ct|Place|Pl|Terrace|Highway|Hwy|Parkway|Circle|Square|Trail)\b"
)
"""A street behind the number of a house."""
GOES_ON = re.compile(r"[ -](?!(?:is|and|or|if|when|to|at|for|any|now|day|from|with|in|has|can|will|was|are)\b)[a-z]")
"""A word behind three digits that makes them a count of it."""
LEADS_UP = re.compile(
    r"\b(?!(?:and|or|to|with|is|then|plus|at|on|via|use|also|just|either|have|save|for)\b)\w+ $", re.IGNORECASE
)
"""A word before three digits after which they are rather no number to call."""
PLAIN_LABELS = words("services service center number")
"""Words of labels that tell of no call."""
