"""The kinds of facts, what each form prints, and how they are read from site.yaml."""

from collections.abc import Mapping
from datetime import date
from xml.etree import ElementTree as ET

import pytest
import segno
from markupsafe import Markup

from generator.facts import (
    Ask,
    Days,
    FactReader,
    Facts,
    Phone,
    Quantity,
    Url,
    Words,
    kind_for,
    looks_like_a_quantity,
)
from generator.figures import in_words
from generator.problems import Problem
from generator.yamlfile import Table, read

FACTS = """\
phones:
  consultation: {number: 561-899-6088, label: Free and confidential}
  old: {number: 561-555}
programs:
  iop:
    length: {value: 90+ days, checked: 2026-11-23, review_every: 1 year, source: a letter, note: soon}
    name: intensive outpatient program
answers:
  who: {ask: "Who answers the phone?"}
"""


def reader(text: str) -> FactReader:
    """Return a reader that has read a table of facts."""
    table = read("site.yaml", text)
    assert isinstance(table, Table)
    found = FactReader()
    found.group(table)
    return found


def facts(text: str = FACTS) -> Facts:
    """Return the facts of a table."""
    return reader(text).result(readable=True)


def only_problem(text: str) -> Problem:
    """Return the one mistake in a table of facts."""
    (problem,) = reader(text).problems
    return problem


def printed(kind: Phone | Quantity | Url | Words | Ask) -> dict[str, str]:
    """Return what every form prints."""
    return {name: str(form()) for name, form in kind.forms().items()}


def hint_for(text: str) -> str:
    """Return the hint for a text that is no sound value."""
    with pytest.raises(ValueError, match=r"not|backwards") as error:
        kind_for(text)
    return str(error.value.args[1])


# ---------------------------------------------------------------- numbers in words


IN_WORDS = {
    0: "zero",
    1: "one",
    9: "nine",
    12: "twelve",
    13: "thirteen",
    19: "nineteen",
    20: "twenty",
    21: "twenty-one",
    40: "forty",
    90: "ninety",
    99: "ninety-nine",
    100: "one hundred",
    101: "one hundred one",
    112: "one hundred twelve",
    180: "one hundred eighty",
    365: "three hundred sixty-five",
    999: "nine hundred ninety-nine",
    1000: "1000",
}


def test_numbers_below_a_thousand_are_said_in_words() -> None:
    """Whole numbers are words up to 999 and digits beyond."""
    assert {number: in_words(number) for number in IN_WORDS} == IN_WORDS


def test_no_two_numbers_have_the_same_words() -> None:
    """Each number up to 999 has words of its own, without digits."""
    words = {in_words(number) for number in range(1000)}
    assert len(words) == 1000
    assert not any(ch.isdigit() for word in words for ch in word)


# ---------------------------------------------------------------- phones


SPELLINGS = [
    "5618996088",
    "561-899-6088",
    "(561) 899-6088",
    "561.899.6088",
    "561 899 6088",
    "561\u2011899\u20116088",
    "561\u2013899\u20136088",
    "561\u00a0899\u00a06088",
]


def test_a_phone_prints_one_way_however_it_is_written() -> None:
    """All usual spellings give the same number in every form."""
    expected = {
        "": "561-899-6088",
        "tel": "tel:+15618996088",
        "sms": "sms:+15618996088",
        "link": '<a href="tel:+15618996088">561-899-6088</a>',
    }
    for written in SPELLINGS:
        forms = Phone.from_text(written).forms()
        assert expected == {name: str(forms[name]()) for name in expected}


@pytest.mark.parametrize("written", ["15618996088", "+1 561 899 6088", "1-561-899-6088", "+1 (561) 899-6088"])
def test_eleven_digits_keep_their_first(written: str) -> None:
    """A number that is written with its 1 prints it, and calls the same line."""
    forms = printed(Phone.from_text(written))
    assert (forms[""], forms["tel"]) == ("1-561-899-6088", "tel:+15618996088")


@pytest.mark.parametrize("written", ["911", "988", "9-1-1"])
def test_a_public_line_is_called_as_it_is(written: str) -> None:
    """Three digits get no country code."""
    digits = written.replace("-", "")
    forms = printed(Phone.from_text(written))
    assert (digits, f"tel:{digits}", f"sms:{digits}") == (forms[""], forms["tel"], forms["sms"])


NO_PHONES = [
    *("", "91", "5551", "561-899-608", "561-899-60880", "2-561-899-6088", "123456789012", "1-800-FLOWERS"),
    *("561-899-6088 x5", "tel:911", "\u0669\u0661\u0661", "{{ phones.a }}"),
]


def test_what_is_no_phone_is_refused() -> None:
    """Any other number of digits, letters and extensions are refused, with a number as an example."""
    for written in NO_PHONES:
        with pytest.raises(ValueError, match=r"is not a phone number|does not begin with 1") as error:
            Phone.from_text(written)
        assert "561-555-0100" in error.value.args[1]


def modules(svg: str) -> str | None:
    """Return the path that draws the modules of a code."""
    path = ET.fromstring(svg).find(".//{*}path")  # noqa: S314 - our own
    assert path is not None
    return path.get("d")


@pytest.mark.parametrize("digits", ["5618996088", "911"])
def test_the_code_holds_the_whole_target(digits: str) -> None:
    """The picture of ``.qr`` is the code of ``.tel``, and says its number to those who cannot see it."""
    forms = printed(Phone(digits))
    code = segno.make(forms["tel"], error="m", micro=False)
    svg = ET.fromstring(forms["qr"])  # noqa: S314
    assert modules(code.svg_inline()) == modules(forms["qr"])
    assert ("img", forms[""]) == (svg.get("role"), svg.get("aria-label"))
    assert f"0 0 {code.symbol_size()[0]} {code.symbol_size()[1]}" == svg.get("viewBox")


def test_the_code_stands_in_a_page() -> None:
    """The picture is HTML already, and begins with its own element."""
    code = Phone("911").forms()["qr"]()
    assert isinstance(code, Markup)
    assert code.startswith("<svg ")


def test_two_numbers_have_two_codes() -> None:
    """No number is called by the code of another."""
    assert Phone("911").qr() != Phone("988").qr()


# ---------------------------------------------------------------- quantities


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        (
            "3+ hours a day",
            {
                "": "3 or more hours a day",
                "words": "three or more hours a day",
                "amount": "3 or more hours",
                "amount.words": "three or more hours",
                "short": "3+ hours a day",
                "at_least": "at least 3 hours a day",
                "at_least.words": "at least three hours a day",
                "least": "3",
                "least.words": "three",
            },
        ),
        (
            "3-5 days a week",
            {
                "": "3 to 5 days a week",
                "words": "three to five days a week",
                "amount": "3 to 5 days",
                "amount.words": "three to five days",
                "short": "3\u20135 days a week",
                "at_least": "at least 3 days a week",
                "at_least.words": "at least three days a week",
                "least": "3",
                "least.words": "three",
                "most": "5",
                "most.words": "five",
            },
        ),
        (
            "up to 6 hours a day",
            {
                "": "up to 6 hours a day",
                "words": "up to six hours a day",
                "amount": "up to 6 hours",
                "amount.words": "up to six hours",
                "short": "up to 6 hours a day",
                "most": "6",
                "most.words": "six",
            },
        ),
        (
            "45 minutes",
            {
                "": "45 minutes",
                "words": "forty-five minutes",
                "amount": "45 minutes",
                "amount.words": "forty-five minutes",
                "short": "45 minutes",
                "at_least": "at least 45 minutes",
                "at_least.words": "at least forty-five minutes",
                "least": "45",
                "least.words": "forty-five",
                "most": "45",
                "most.words": "forty-five",
            },
        ),
    ],
)
def test_a_quantity_prints_in_every_form(written: str, expected: Mapping[str, str]) -> None:
    """An open, a closed, a bounded and an exact number have the forms that make sense for them, and no other."""
    assert expected == printed(Quantity.from_text(written))


PRINTED = [
    ("1 hour", "", "1 hour"),
    ("1 hour", "words", "one hour"),
    ("1 hours", "", "1 hour"),
    ("2 hour", "", "2 hours"),
    ("up to 1 hour", "", "up to 1 hour"),
    ("1+ hours", "", "1 or more hours"),
    ("1+ hours", "short", "1+ hours"),
    ("1+ hours", "at_least", "at least 1 hour"),
    ("1-2 hours a visit", "", "1 to 2 hours a visit"),
    ("1-2 hours a visit", "at_least.words", "at least one hour a visit"),
    ("0 days", "", "0 days"),
    ("at least 90 days", "", "90 or more days"),
    ("at least 90 days", "at_least", "at least 90 days"),
    ("at least 90 days", "short", "90+ days"),
    ("3 visits an hour", "", "3 visits an hour"),
    ("3 visits per hour", "short", "3 visits an hour"),
    ("3 visits a hour", "", "3 visits an hour"),
    ("5 days each week", "", "5 days a week"),
    ("2 visits per month", "amount", "2 visits"),
    ("3 to 5 days", "", "3 to 5 days"),
    ("3\u20135 days", "", "3 to 5 days"),
    ("3 - 5 days", "short", "3\u20135 days"),
    ("999+ days", "words", "nine hundred ninety-nine or more days"),
    ("1000 days", "words", "1000 days"),
    ("1 year", "", "1 year"),
]
"""What is written, a form, what it prints."""


def test_units_and_periods_agree_with_their_number() -> None:
    """One is singular, an hour has its own article, and all spellings print alike."""
    assert [(written, form, printed(Quantity.from_text(written))[form]) for written, form, _ in PRINTED] == PRINTED


def test_numbers_of_a_quantity_are_numbers() -> None:
    """``.least`` and ``.most`` can be reckoned with."""
    forms = Quantity.from_text("3-5 days").forms()
    assert [forms["least"](), forms["most"]()] == [3, 5]


@pytest.mark.parametrize(
    ("written", "hint"),
    [
        ("90 dayz", "did you mean day"),
        ("3 huors", "did you mean hours?"),
        ("15 mnths", "did you mean months?"),
        ("3 hours a weak", "did you mean week?"),
        ("3+hours", "write it like one of these: 90+ days"),
        ("3.5 hours", "write it like one of these: 90+ days"),
        ("1,000 days", "write it like one of these: 90+ days"),
        ("-3 days", "write it like one of these: 90+ days"),
        ("+3 days", "write it like one of these: 90+ days"),
        ("3- days", "write it like one of these: 90+ days"),
        ("up to 3+ days", "write it like one of these: 90+ days"),
        ("up to 3-5 days", "write it like one of these: 90+ days"),
        ("up to at least 3 days", "write it like one of these: 90+ days"),
        ("5-3 days a week", "write the smaller number first: 3-5"),
    ],
)
def test_a_spoiled_quantity_is_refused_and_not_taken_for_a_text(written: str, hint: str) -> None:
    """What was meant as a quantity and cannot be read is a mistake, with the hint that helps."""
    assert hint_for(written).startswith(hint)


TEXTS = ["12-step support groups", "Route 7", "ninety days", "24:00", "2026-11-23", "3+", "days", "$20 a day"]


def test_other_texts_with_numbers_stay_texts() -> None:
    """A text that only holds a number is a text, and prints as it stands."""
    assert [Words(text) for text in TEXTS] == [kind_for(text) for text in TEXTS]
    assert [{"": text} for text in TEXTS] == [printed(Words(text)) for text in TEXTS]
    assert not [text for text in TEXTS if looks_like_a_quantity(text)]


# ---------------------------------------------------------------- the other kinds


@pytest.mark.parametrize("address", ["https://a.org", "https://a.org/b?c=d#e", "https://a.org:8443/"])
def test_an_address_is_printed_as_it_is(address: str) -> None:
    """A whole address over https is a url."""
    assert Url(address) == kind_for(address)
    assert {"": address} == printed(kind_for(address))


@pytest.mark.parametrize("address", ["http://a.org", "https://", "https://a b.org", 'https://a.org/"'])
def test_an_unsafe_address_is_refused(address: str) -> None:
    """Without https, or broken by a space or a quote, an address is a mistake."""
    assert "https://" in hint_for(address)


def test_what_nobody_has_told_prints_nothing() -> None:
    """A question is never shown to a visitor."""
    fact = facts().by_name["answers.who"]
    assert Ask("Who answers the phone?") == fact.value
    assert printed(Ask("Who?")) == {"": ""}


LENGTHS = {
    "365 days": 365,
    "1 day": 1,
    "2 weeks": 14,
    "6 months": 180,
    "2 years": 730,
}


def test_a_length_of_time_is_read_in_days() -> None:
    """Days, weeks, months of 30 and years of 365 days."""
    expected = LENGTHS
    assert expected == {text: Days.from_text(text).days for text in LENGTHS}


@pytest.mark.parametrize("text", ["", "soon", "365", "90+ days", "3-5 days", "up to 3 days", "3 days a week"])
def test_what_is_no_length_of_time_is_refused(text: str) -> None:
    """A range, a rate or another unit says no length."""
    with pytest.raises(ValueError, match="is not a length of time") as error:
        Days.from_text(text)
    assert "6 months" in error.value.args[1]


# ---------------------------------------------------------------- names


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("phones.consultation", "561-899-6088"),
        ("phones.consultation.tel", "tel:+15618996088"),
        ("phones.consultation.label", "Free and confidential"),
        ("programs.iop.length", "90 or more days"),
        ("programs.iop.length.at_least.words", "at least ninety days"),
        ("programs.iop.length.least.words", "ninety"),
        ("programs.iop.length.source", "a letter"),
        ("programs.iop.length.note", "soon"),
        ("programs.iop.length.checked", "2026-11-23"),
        ("programs.iop.name", "intensive outpatient program"),
        ("answers.who", ""),
    ],
)
def test_a_name_prints_its_fact_and_one_step_more_its_form(reference: str, expected: str) -> None:
    """The path below ``facts:`` names the fact; forms and the other texts of its entry are one step more."""
    assert facts().mend(reference) is None
    assert expected == str(facts().text(reference))


@pytest.mark.parametrize("reference", ["phones.consultaton", "phones", "", "nothing.at.all"])
def test_an_unknown_name_prints_nothing_by_accident(reference: str) -> None:
    """Asking for a name that is no fact is an error."""
    assert facts().find(reference) is None
    with pytest.raises(KeyError):
        facts().text(reference)


@pytest.mark.parametrize(
    ("reference", "hint"),
    [
        ("phones.consultaton", "did you mean phones.consultation?"),
        ("phones.consultaton.tel", "did you mean phones.consultation.tel?"),
        ("programs.iop.lenght", "did you mean programs.iop.length?"),
        ("programs.iop.length.wrods", "did you mean words?"),
        ("programs.iop.length.xyz", "programs.iop.length.amount"),
        ("phones.consultation.xyz", "phones.consultation.label, phones.consultation.tel"),
        ("programs.iop.name.words", "only programs.iop.name itself"),
        ("answers.who.xyz", "only answers.who itself"),
        ("programs", "is a group; name a fact in it: programs.iop.length, programs.iop.name"),
        ("xyz.xyz", "the facts stand in site.yaml"),
    ],
)
def test_a_wrong_name_is_answered_with_the_hint_that_helps(reference: str, hint: str) -> None:
    """The nearest name, the forms of the fact, the facts of the group, or where all of them stand."""
    found = facts().mend(reference)
    assert found is not None
    assert hint in found


@pytest.mark.parametrize("reference", ["phones.old", "phones.old.tel"])
def test_a_fact_that_could_not_be_read_is_not_called_unknown(reference: str) -> None:
    """Its own mistake has been told; each use of it is none."""
    assert facts().is_broken(reference)
    assert facts().mend(reference) is None
    assert not facts().is_broken("phones.older")


def test_of_unreadable_facts_nothing_is_called_unknown() -> None:
    """Where none could be read, no name is a mistake."""
    assert FactReader().result(readable=False).mend("phones.consultation") is None
    assert FactReader().result(readable=True).mend("phones.consultation") is not None


# ---------------------------------------------------------------- reading


def test_facts_are_read_with_places_and_details() -> None:
    """A fact has its value, what was written, its place and what is known about it."""
    fact = facts().by_name["programs.iop.length"]
    assert Quantity(90, None, "day") == fact.value
    assert (fact.written, str(fact.at)) == ("90+ days", "site.yaml:6:21")
    assert (date(2026, 11, 23), Days(365)) == (fact.checked, fact.review_every)
    assert [fact.details["source"], fact.details["note"]] == ["a letter", "soon"]


def test_groups_and_broken_facts_are_known() -> None:
    """The names on the way to a fact are groups; one that cannot be read is broken."""
    found = facts()
    assert {"phones", "programs", "programs.iop", "answers"} == found.groups
    assert {"phones.old"} == found.broken
    assert [fact.name for fact in found] == [
        "phones.consultation",
        "programs.iop.length",
        "programs.iop.name",
        "answers.who",
    ]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("a: 3+ days", Quantity),
        ("a: {value: 3+ days}", Quantity),
        ("a: ' 3+ days '", Quantity),
        ("a: {number: 911}", Phone),
        ("a: https://a.org", Url),
        ("a: {value: https://a.org}", Url),
        ('a: {ask: "Who?"}', Ask),
        ("a: 24:00", Words),
        ("a: no", Words),
    ],
)
def test_a_value_stands_alone_or_with_what_is_known_about_it(text: str, kind: type) -> None:
    """The kind is read from the value, or from the key that gives it."""
    assert kind is type(facts(text).by_name["a"].value)


@pytest.mark.parametrize(
    ("text", "place", "rule", "message", "hint"),
    [
        ("p: {number: x}", "1:13", "wrong-type", "p: 'x' is not a phone number", "3, 10 or 11 digits"),
        ("a:\n  b: 3+ huors", "2:6", "wrong-type", "a.b: '3+ huors' is not a quantity", "did you mean hours?"),
        ("p: http://x.org", "1:4", "wrong-type", "is not a web address", "https://"),
        ("p: {value: http://x.org}", "1:12", "wrong-type", "is not a web address", "https://"),
        ("p: {numbr: 911}", "1:5", "unknown-key", "there is no key 'numbr' here", "did you mean number?"),
        (
            "p: {vlue: x, checked: 2026-11-23}",
            "1:5",
            "unknown-key",
            "there is no key 'vlue' here",
            "did you mean value?",
        ),
        ("p: {number: 911, labl: x}", "1:18", "unknown-key", "there is no key 'labl' here", "did you mean label?"),
        ("p: {value: x, chekced: y}", "1:15", "unknown-key", "no key 'chekced' here", "did you mean checked?"),
        ("p: {number: 911, value: 3}", "1:18", "fact-value", "'p' has two values", "keep one of number, value, ask"),
        ("p: {label: x}", "1:1", "missing-key", "'p' has no value", "add 'number:' for a phone"),
        ("p: {value: x, checked: soon}", "1:24", "wrong-type", "'soon' is not a day", "2026-11-23"),
        ("p: {value: x, review_every: soon}", "1:29", "wrong-type", "'soon' is not a length of time", "365 days"),
        ("p: {ask: ''}", "1:10", "empty-value", "'p.ask' is empty", "write something after 'ask:'"),
        ("p: {number: 911, label: ''}", "1:25", "empty-value", "'p.label' is empty", "after 'label:'"),
        ("p:", "1:3", "empty-value", "'p' is empty", "write its value, or {ask:"),
        ("p: []", "1:4", "wrong-type", "'p' is a list; a fact is one value", "a name of its own"),
        ("p: {value: [a]}", "1:12", "wrong-type", "'p.value' must be text, not a list", ""),
        ("p: {value: {a: b}}", "1:12", "wrong-type", "'p.value' must be text, not a group of keys", ""),
        ("p-q: x", "1:1", "fact-name", "'p-q' cannot be a fact's name", "for example p_q"),
        ("p q: x", "1:1", "fact-name", "'p q' cannot be a fact's name", "for example p_q"),
        ("_p: x", "1:1", "fact-name", "'_p' cannot be a fact's name", "for example p"),
        ("p.q: x", "1:1", "fact-name", "'p.q' cannot be a fact's name", "for example p_q"),
        ("'': x", "1:1", "fact-name", "'' cannot be a fact's name", "for example "),
        ("p: x\np: y", "2:1", "duplicate-key", "the key 'p' is here twice", "the first is in line 1"),
        ("a: {b: x, b: y}", "1:11", "duplicate-key", "the key 'b' is here twice", "the first is in line 1"),
        ("p: {number: 911, number: 988}", "1:18", "duplicate-key", "'number' is here twice", "take one of them out"),
    ],
)
def test_a_mistake_in_the_facts_is_told_at_its_place(text: str, place: str, rule: str, message: str, hint: str) -> None:
    """One mistake gives one problem, with its place, its rule and what to do."""
    problem = only_problem(text)
    assert (f"site.yaml:{place}", rule) == (str(problem.location), problem.rule)
    assert message in problem.message
    assert hint in problem.hint


def test_of_two_equal_names_the_first_counts() -> None:
    """A second value never wins in silence."""
    assert facts("p: x\np: y").text("p") == "x"


def test_a_mistake_leaves_the_other_facts_standing() -> None:
    """A broken fact is one problem, and its neighbours are read."""
    found = reader("a:\n  b: 3 dayz\n  c: good\n")
    assert len(found.problems) == 1
    assert list(found.facts) == ["a.c"]


def test_a_group_may_have_any_other_keys() -> None:
    """Keys that no fact has make a group, whatever they are."""
    assert list(facts("p: {name: x, short: y, order: z}").by_name) == ["p.name", "p.short", "p.order"]
