"""Every kind of mistake, one row each, with what is said of it; and ``MISTAKES.md``, which shows most of them.

A row is spoiled into a copy of ``sites/good`` and built by the real command
(``test_mistakes.py``): exactly one problem, at exactly this place. The same
run gives ``MISTAKES.md`` for those who got a message and look for help:
``make mistakes`` writes it, and a test tells when it is out of date.
"""

import contextlib
import difflib
import io
import os
import re
import shutil
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import build
from generator.check import PLACEHOLDER
from tests.conftest import GOOD, TODAY

MISTAKES = Path(__file__).parent.parent / "MISTAKES.md"


@dataclass(frozen=True, slots=True)
class InText:
    """A mistake in a text: what stands in the good file and what instead, where it is told, what is said.

    The place is a line and a column, or a whole place where it is told in another file. ``right`` is what was
    meant, if that is not what stands in the good file. Variants are not ``shown``.
    """

    title: str
    file: str
    good: str
    bad: str
    where: str
    said: str
    right: str = ""
    shown: bool = True

    @property
    def place(self) -> str:
        """The place as it is told."""
        return self.where if self.where.count(":") > 1 else f"{self.file}:{self.where}"

    def spoil(self, site: Path) -> None:
        """Make the mistake."""
        (site / self.file).write_text(self.text(self.bad), "utf-8")

    def mend(self, site: Path) -> None:
        """Write what was meant."""
        (site / self.file).write_text(self.text(self.right or self.good), "utf-8")

    def text(self, instead: str) -> str:
        """Return the file with something in the place of what is good."""
        text = (GOOD / self.file).read_text("utf-8")
        assert self.good in text, self
        return text.replace(self.good, instead, 1)

    def changes(self) -> Iterator[str]:
        """Each line as it was written (``-``) and as it is right (``+``)."""
        wrong, right = self.text(self.bad), self.text(self.right or self.good)
        lines = list(difflib.unified_diff(wrong.split("\n"), right.split("\n"), n=0, lineterm=""))
        return (line for line in lines[2:] if not line.startswith("@@"))


@dataclass(frozen=True, slots=True)
class InTree:
    """A mistake in the names and places of files: what is done to the good site, where it is told, what is said."""

    title: str
    spoil: Callable[[Path], object]
    place: str
    said: str
    shown: bool = True

    def changes(self) -> Iterator[str]:
        """Nothing: the title says it all."""
        return iter(())


Mistake = InText | InTree


@dataclass(frozen=True, slots=True)
class Topic:
    """Mistakes of one sort, and a sentence about them."""

    title: str
    about: str
    mistakes: tuple[Mistake, ...]


NAME = "  name: Rivertown Library\n"
URL = "https://library.rivertown.org"
DOGS = "content/faq/20-dogs.md"
TITLE = "title: May dogs come in?"
FREE = "None for dogs."
CALL = "content/sections/10-call.md"
VISIT = "content/visit/page.md"
WRITE = "mailto:desk@rivertown.org"
BASE = "templates/base.html"
RULE = "opening.hours.least * opening.days"
WEEK = "opening.week is '30-40 hours a week' (site.yaml:19)"
HOURS = "opening.hours is '6-8 hours a day' (site.yaml:17); opening.days is '5 days a week' (site.yaml:18)"
EMPTY_PAGE = "---\ntitle: Cats\n---\n"

# fmt: off
SITE = (
    InText("A quote that is never closed", "site.yaml", NAME, '  name: "Rivertown Library\n',
           "3:9", "this quote is never closed",
           right='  name: "Rivertown Library"\n'),
    InText("A tab in front of a line", "site.yaml", "  language: en-GB", "\tlanguage: en-GB",
           "5:1", "there is a tab here, where spaces belong"),
    InText("A misspelt key", "site.yaml", "  language: en-GB", "  langauge: en-GB",
           "5:3", "there is no key 'langauge' here"),
    InText("A misspelt key at the top", "site.yaml", "rules:\n", "rulez:\n",
           "28:1", "there is no key 'rulez' here", shown=False),
    InText("A key that is missing", "site.yaml", NAME, "", "3:3", "the key 'name' is missing"),
    InText("A key that is there twice", "site.yaml", NAME, f"{NAME}  name: Other\n",
           "4:3", "the key 'name' is here twice"),
    InText("A number after a sign that begins a comment", "site.yaml", "motto: Read more", "motto: Suite #200", "24:16",
           "'#' begins a comment, and what follows it is not read", right='motto: "Suite #200 & fear less"  #'),
    InText("A fact in a fact", "site.yaml", "motto: Read more", 'motto: "{{ phones.desk }} more"  #', "24:10",
           "'motto' holds '{{', and a fact cannot refer to another"),
    InText("A fact that is there twice", "site.yaml", "  motto: Read more", "  motto: Read more\n  motto: Read less",
           "25:3", "the key 'motto' is here twice", shown=False),
    InText("A list where a text belongs", "site.yaml", NAME, "  name: [a, b]\n",
           "3:9", "'name' must be text, not a list"),
    InText("A colon in a text", "site.yaml", NAME, "  name: Rivertown: Library\n",
           "3:18", "there is a colon in this text",
           right='  name: "Rivertown: Library"\n'),
    InText("No space after a colon", "site.yaml", NAME, "  name:Rivertown Library\n",
           "3:7", "there is no space after this colon"),
    InText("A space that is none, pasted from a word processor", "site.yaml", NAME, "  name:\xa0Rivertown Library\n",
           "3:8", "the character after this colon looks like a space but is not"),
    InText("Curly quotes, pasted from a word processor", "site.yaml", NAME, "  name: \u201cRivertown Library\u201d\n",
           "3:9", "these are curly quotes, and they would be shown as a part of the text",
           right='  name: "Rivertown Library"\n'),
    InText("Curly quotes around a fact", "site.yaml", "motto: Read more & fear less", "motto: \u201cRead more\u201d",
           "24:10", "these are curly quotes, and they would be shown as a part of the text",
           right='motto: "\u201cRead more\u201d"', shown=False),
    InText("Something unseen before a key", "site.yaml", "  language: en-GB", "  \u200blanguage: en-GB",
           "5:3", "beside the key 'language' stands something unseen", shown=False),
    InText("A line that does not line up", "site.yaml", "  language: en-GB", " language: en-GB",
           "5:2", "this line does not line up with the lines above it"),
    InText("A bracket that is never closed", "site.yaml", "{number: 211}", "{number: 211",
           "13:12", "this bracket is never closed", shown=False),
    InText("A question mark between brackets", "site.yaml",
           '{ask: "Is there a ramp at the back door?"}', "{ask: Is there a ramp at the back door?}",
           "26:49", "this cannot follow here, between brackets"),
    InText("A text that begins with @", "site.yaml", NAME, "  name: @Rivertown\n",
           "3:9", "a text cannot begin with '@'",
           right='  name: "@Rivertown"\n'),
    InText("A text that begins with %", "site.yaml", NAME, "  name: %Rivertown\n",
           "3:9", "a text cannot begin with '%'", shown=False),
    InText("A text that begins with *", "site.yaml", NAME, "  name: *Rivertown\n",
           "3:9", "a text cannot begin with '*'",
           right='  name: "*Rivertown"\n'),
    InText("A text that begins with &", "site.yaml", NAME, "  name: &a Rivertown\n",
           "3:9", "a text cannot begin with '&'", shown=False),
    InText("A text that begins with !", "site.yaml", NAME, "  name: !!str Rivertown\n",
           "3:9", "a text cannot begin with '!'", shown=False),
    InText("Nothing behind a key", "site.yaml", NAME, "  name:\n", "3:8", "'name' is empty"),
    InText("A line of three dashes in between", "site.yaml", "rules:\n", "---\nrules:\n",
           "28:1", "nothing can stand below a line '---' or '...'", shown=False),
    InText("A language that is no code", "site.yaml", "  language: en-GB", "  language: english please",
           "5:13", "'english please' is not a language code"),
    InText("An address that is not whole", "site.yaml", URL, "library.rivertown.org",
           "4:8", "'library.rivertown.org' cannot be the site's address"),
    InText("An address that is only a placeholder", "site.yaml", URL, "https://library.example",
           "4:8", "'https://library.example' is a placeholder, not the site's real address"),
    InText("A fact with nothing behind it", "site.yaml", "  motto: Read more & fear less", "  motto: ",
           "24:9", "'motto' is empty", shown=False),
    InText("A list as a fact", "site.yaml", "  motto: Read more & fear less", "  motto: [Read more]",
           "24:10", "'motto' is a list; a fact is one value", shown=False),
    InText("A hyphen in the name of a fact", "site.yaml", "  motto: Read", "  our-creed: Read\n  motto: Read",
           "24:3", "'our-creed' cannot be a fact's name"),
    InText("A name that templates need for something else", "site.yaml",
           "phones:\n", "asset: {number: 212}\n  phones:\n",
           "8:19", "'asset' means something else in templates", shown=False),
    InText("A phone number with a digit too few", "site.yaml", "number: (555) 555-0100", "number: (555) 555-010",
           "10:15", "phones.desk: '(555) 555-010' is not a phone number"),
    InText("A phone number with letters", "site.yaml", "number: (555) 555-0100", "number: 555-CALL-NOW",
           "10:15", "phones.desk: '555-CALL-NOW' is not a phone number", shown=False),
    InText("A phone number of eleven digits that begins with 2", "site.yaml",
           "number: 1-800-555-0199", "number: 2-800-555-0199",
           "15:15", "phones.toll_free: '2-800-555-0199' has 11 digits and does not begin with 1", shown=False),
    InText("A misspelt key of a fact", "site.yaml", "number: 1-800-555-0199", "nubmer: 1-800-555-0199",
           "15:7", "there is no key 'nubmer' here", shown=False),
    InText("Another misspelt key of a fact", "site.yaml", "      label: Front desk", "      lable: Front desk",
           "11:7", "there is no key 'lable' here", shown=False),
    InText("A fact without its number", "site.yaml", "      number: (555) 555-0100\n", "",
           "9:5", "'phones.desk' has no value"),
    InText("A fact with two values", "site.yaml", "{number: 211}", "{number: 211, ask: Who}",
           "13:26", "'phones.short' has two values"),
    InText("A misspelt unit", "site.yaml", "6-8 hours a day", "6-8 huors a day",
           "17:12", "opening.hours: '6-8 huors a day' is not a quantity"),
    InText("A misspelt period", "site.yaml", "30-40 hours a week", "30-40 hours a weke",
           "19:11", "opening.week: '30-40 hours a weke' is not a quantity", shown=False),
    InText("A range that runs backwards", "site.yaml", "6-8 hours a day", "8-6 hours a day",
           "17:12", "opening.hours: '8-6 hours a day' runs backwards"),
    InText("A web address without https", "site.yaml",
           "https://maps.rivertown.org/library", "http://maps.rivertown.org/library",
           "23:8", "map: 'http://maps.rivertown.org/library' is not a web address that is safe to use"),
    InText("A day that does not exist", "site.yaml", "checked: 2026-01-05", "checked: 2026-13-05",
           "22:37", "opening.loan: '2026-13-05' is not a day"),
    InText("A length of time that is none", "site.yaml", "review_every: 6 months", "review_every: sometimes",
           "22:63", "opening.loan: 'sometimes' is not a length of time", shown=False),
    InText("Two figures that no longer go together", "site.yaml", "30-40 hours a week", "31-40 hours a week",
           "29:5", f"this rule does not hold: opening.week.least == {RULE} (31 hours a week == 30 hours a week is false)."
                   f" {WEEK.replace('30', '31')}; {HOURS}"),
    InText("A rule that was turned round", "site.yaml", "opening.week.least == ", "opening.week.least < ",
           "29:5", f"this rule does not hold: opening.week.least < {RULE} (30 hours a week < 30 hours a week is false)."
                   f" {WEEK}; {HOURS}", shown=False),
    InText("A rule that compares hours a week with hours a day", "site.yaml", RULE, "opening.hours.least",
           "29:5", "the units do not fit: 30 hours a week and 6 hours a day"),
    InText("A rule with a misspelt fact", "site.yaml", RULE, "opening.huors.least * opening.days",
           "29:5", "there is no fact 'opening.huors.least'", shown=False),
    InText("A rule that does not say which end of a range", "site.yaml", RULE, "opening.hours * opening.days",
           "29:5", "'opening.hours' is a range"),
    InText("A rule that is cut off", "site.yaml", RULE, "opening.hours.least *", "29:5", "this rule cannot be read"),
    InText("A rule that compares nothing", "site.yaml", f"opening.week.least == {RULE}", "__import__('os')",
           "29:5", "'__import__('os')' is not a comparison", shown=False),
    InText("A rule about a text", "site.yaml", "opening.loan > 20", "motto > 20", "30:5", "'motto' is no quantity", shown=False),
)

FRONT_MATTER = (
    InText("A misspelt key in front matter", DOGS, TITLE, "titel: May dogs come in?",
           "2:1", "there is no key 'titel' here"),
    InText("A key that this kind of file does not have", DOGS, TITLE, f"{TITLE}\nnav: Dogs",
           "3:1", "there is no key 'nav' here"),
    InText("No title", DOGS, f"{TITLE}\n", "", "1:1", "the key 'title' is missing"),
    InText("A colon in a title", DOGS, TITLE, "title: Dogs: may they come in?",
           "2:12", "there is a colon in this text",
           right='title: "Dogs: may they come in?"'),
    InText("A quote inside quotes", DOGS, TITLE, "title: 'What's this?'",
           "2:14", "there is text after the closing quote",
           right="""title: "What's this?\""""),
    InText("Words behind a quotation", DOGS, TITLE, 'title: "Dogs" in here?',
           "2:15", "there is text after the closing quote", shown=False),
    InText("A title that is there twice", DOGS, TITLE, f"{TITLE}\ntitle: Dogs", "3:1", "the key 'title' is here twice",
           shown=False),
    InText("Curly quotes around a title with a colon", DOGS, TITLE, "title: \u201cDogs: may they come in?\u201d",
           "2:8", "these are curly quotes, and they would be shown as a part of the text", shown=False),
    InText("A tab behind a colon", DOGS, TITLE, f"{TITLE}\ndraft:\ttrue",
           "3:7", "the character after this colon looks like a space but is not", shown=False),
    InText("A tab in front matter", DOGS, TITLE, f"{TITLE}\n\tdraft: true", "3:1", "there is a tab here, where spaces belong",
           shown=False),
    InText("A title that begins with %", DOGS, TITLE, "title: % of dogs", "2:8", "a text cannot begin with '%'", shown=False),
    InText("A title whose quote is never closed", DOGS, TITLE, 'title: "May dogs come in?',
           "2:8", "this quote is never closed", shown=False),
    InText("A title that begins with a fact", DOGS, TITLE, "title: {{ motto }}",
           "2:9", "this text begins with a brace or bracket",
           right='title: "{{ motto }}"'),
    InText("No colon behind the key", DOGS, "title: May", "title May", "2:1", "this line has no 'key: value'"),
    InText("No front matter", DOGS, f"---\n{TITLE}\n---\n", "May dogs come in?\n",
           "1:1", "this file does not begin with front matter"),
    InText("A blank line above the front matter", DOGS, "---\ntitle", "\n---\ntitle",
           "1:1", "this file does not begin with front matter"),
    InText("Front matter without its last line", DOGS, "in?\n---\n", "in?\n",
           "1:1", "the front matter that opens here is never closed"),
    InText("A draft that says yes", "content/sections/90-plans.md", "draft: the council agrees", "draft: yes",
           "3:8", "'draft': 'yes' is neither true nor false",
           right="draft: true"),
    InText("A home page that is a draft", "content/page.md", "reviewed: 2026-02-01", "reviewed: 2026-02-01\ndraft: true",
           "6:1", "the home page cannot be a draft"),
    InText("A date in words", "content/page.md", "reviewed: 2026-02-01", "reviewed: February",
           "5:11", "'reviewed': 'February' is not a day"),
    InText("A length of time with a fraction", "content/page.md", "review_every: 365 days", "review_every: 0.5 years",
           "6:15", "'review_every': '0.5 years' is not a length of time", shown=False),
    InText("Allowed words without a reason", "content/faq/10-cost.md", "title:", "allow:\n  - why\ntitle:",
           "3:3", "'allow' must be a group of keys, not a list"),
    InText("A text where a list belongs", VISIT, "aliases:\n  - /find-us/", "aliases: /find-us/",
           "3:10", "'aliases' must be a list, not text"),
    InText("A template that is not there", "content/visit/parking/page.md", "template: plain.html", "template: plan.html",
           "3:11", "there is no template 'plan.html'"),
    InText("A part that is not there", "content/sections/20-collections.md", "part: shelf", "part: shelve",
           "3:7", "there is no part 'shelve'"),
    InText("A page's title that needs what nobody has told", VISIT, "title: Your visit", "title: Visit {{ answers.ramp }}",
           "2:17", "a page needs a title, and nobody has told answers.ramp yet",
           right="title: Visit us"),
)

MARKDOWN = (
    InText("A text that was never written", DOGS, FREE, f"{PLACEHOLDER} {FREE}", "7:1", "this sentence only holds the place of a text"),
    InText("Code of a template in a text", DOGS, FREE, f"{{% if %}} {FREE}", "7:1", "'{%' means something in templates only"),
    InText("Bold with HTML", "content/page.md", "Welcome.", "Welcome. <b>Now</b>", "12:10", "'<b>' is HTML; only Markdown can stand here",
           right="Welcome. **Now**"),
    InText("A block of HTML", "content/page.md", "Welcome.", '<div onclick="x()">\n\nWelcome.\n\n</div>',
           "12:1", "'<div>' is HTML; only Markdown can stand here", shown=False),
    InText("A picture with a script in it", DOGS, FREE, "<img src=x onerror=alert(1)>", "7:1", "'<img>' is HTML; only Markdown can stand here",
           shown=False),
    InText("A note for others", "content/page.md", "Welcome.", "Welcome. <!-- a note -->",
           "12:10", "a comment would be published for everybody to read"),
    InText("A character that cannot be seen", DOGS, "None for", "None\x07 for",
           "7:5", "there is a character here that no page can show (U+0007)"),
    InText("A character that is none", DOGS, "None for", "None\ufffe for",
           "7:5", "there is a character here that no page can show (U+FFFE)", shown=False),
)

LINKS = (
    InText("A link to a page that is not there", "content/page.md", "(visit/)", "(vist/)",
           "12:28", "the link 'vist/' leads to no page of this site"),
    InText("A link to a page without the slash", "content/page.md", "(visit/)", "(visit)",
           "12:28", "the link 'visit' leads to no page of this site"),
    InText("A link to a file instead of an address", "content/page.md", "(visit/)", "(visit/page.md)",
           "12:28", "the link 'visit/page.md' leads to no page of this site"),
    InText("A link to a section that is not there", "content/page.md", "(#questions)", "(#question)",
           "12:61", "there is no '#question' on this page"),
    InText("A link to a question of another page", VISIT, "../#cost", "../#costs",
           "7:60", "there is no '#costs' on '../'", shown=False),
    InText("A link without an address", "content/page.md", "(#questions)", "()",
           "12:61", "this link leads nowhere: it has no address",
           right="(#questions)"),
    InText("A link whose address is given nowhere", DOGS, FREE, "None for [dogs][rules].",
           "7:16", "no line says where '[rules]' leads", right="None for [dogs][rules].\n\n[rules]: /visit/"),
    InText("A space between the words of a link and its address", DOGS, FREE, "None for [dogs] (/visit/).",
           "7:16", "a space parts the words of this link from its address", right="None for [dogs](/visit/)."),
    InText("A link with its brackets the wrong way round", DOGS, FREE, "None for (dogs)[/visit/].",
           "7:16", "the brackets of this link are the wrong way round", right="None for [dogs](/visit/)."),
    InText("A link to a draft", "content/page.md", "[the questions](#questions)", "[the plans](#plans)",
           "12:57", "'#plans' is not on this page yet: content/sections/90-plans.md is a draft"),
    InText("A link in a list of links", "content/sections/20-collections.md", "[r]: <visit/>", "[r]: <nowhere/>",
           "23:7", "the link 'nowhere/' leads to no page of this site", shown=False),
    InText("A link that runs a script", VISIT, WRITE, "javascript:alert(1)",
           "7:92", "the link 'javascript:alert(1)' is not one that is safe to follow"),
    InText("A link that runs a script, disguised", VISIT, WRITE, "java&#115;cript:alert(1)",
           "7:92", "the link 'javascript:alert(1)' is not one that is safe to follow", shown=False),
    InText("A link without https", VISIT, WRITE, "http://rivertown.org",
           "7:92", "the link 'http://rivertown.org' is not one that is safe to follow",
           right="https://rivertown.org"),
    InText("An address in angle brackets without https", CALL, "<https://rivertown.org/>", "<http://rivertown.org/>",
           "14:128", "the link 'http://rivertown.org/' is not one that is safe to follow", shown=False),
    InText("A link that does not say how to reach it", VISIT, WRITE, "//rivertown.org",
           "7:92", "the link '//rivertown.org' does not say how to reach it",
           right="https://rivertown.org"),
    InText("A link of another kind", VISIT, WRITE, "ftp://rivertown.org",
           "7:92", "the link 'ftp://rivertown.org' is not one that is safe to follow", shown=False),
    InText("A link to a question whose title waits for an answer", "content/faq/10-cost.md",
           "{{ phones.short }}", "{{ answers.ramp }}", "content/visit/page.md:7:60",
           "'#cost' is not on '../' yet: its title needs answers.ramp, which nobody has told"),
    InText("A link to a question whose text waits for an answer", "content/faq/10-cost.md",
           "Nothing. {{ opening", "Nothing. {{ answers.ramp }} {{ opening", "content/visit/page.md:7:60",
           "'#cost' is not on '../' yet: all of its text needs answers.ramp, which nobody has told", shown=False),
    InText("A link to a heading that waits for an answer", "content/visit/parking/page.md",
           "## Bicycles", "## Bicycles {{ answers.ramp }}", "content/sections/20-collections.md:11:37",
           "'#bicycles' is not on '/visit/parking/' yet: it needs a fact that nobody has told", shown=False),
)

PICTURES = (
    InText("A picture that is not there", "content/page.md", "door.svg", "dor.svg",
           "14:15", "there is no picture 'dor.svg' in assets/"),
    InText("A picture of another site", "content/page.md", "door.svg", "https://rivertown.org/door.svg",
           "14:15", "there is no picture 'https://rivertown.org/door.svg' in assets/", shown=False),
    InText("A picture without words", "content/page.md", "![A red door]", "![]",
           "14:5", "the picture 'door.svg' has no words for those who cannot see it"),
)

FIGURES = (
    InText("A misspelt fact", "content/page.md", '{{ phones.desk }}"', '{{ phones.dek }}"',
           "3:33", "there is no fact 'phones.dek'"),
    InText("A form that this fact does not have", CALL, "'Call {{ phones.desk }}'", "'Call {{ phones.desk.number }}'",
           "2:17", "there is no fact 'phones.desk.number'"),
    InText("A misspelt fact in running text", CALL, "*{{ phones.short }}*", "*{{ phones.shorty }}*",
           "6:47", "there is no fact 'phones.shorty'", shown=False),
    InText("A misspelt form in a heading", CALL, "{{ opening.week.short }}", "{{ opening.week.shrt }}",
           "8:10", "there is no fact 'opening.week.shrt'", shown=False),
    InText("A misspelt fact in a link", CALL, "{{ phones.toll_free.tel }}", "{{ phones.toll_fre.tel }}",
           "14:14", "there is no fact 'phones.toll_fre.tel'", shown=False),
    InText("The most of something that has no most", "content/sections/20-collections.md",
           "{{ opening.loan.least }}", "{{ opening.wait.most }}", "8:12", "there is no fact 'opening.wait.most'", shown=False),
    InText("A group of facts instead of one", CALL, "*{{ phones.short }}*", "*{{ phones }}*",
           "6:47", "there is no fact 'phones'"),
    InText("More than a name between the braces", CALL, "*{{ phones.short }}*", "*{{ phones.short | upper }}*",
           "6:44", "'{{ phones.short | upper }}' is not the name of a fact"),
    InText("Braces that are never closed", CALL, "*{{ phones.short }}*", "*{{ phones.short*",
           "6:44", "these braces are never closed"),
    InText("A phone number typed by hand", DOGS, FREE, "None. Ask at 555.555.0100.",
           "7:14", "'555.555.0100' is typed by hand; it is the fact phones.desk",
           right="None. Ask at {{ phones.desk }}."),
    InText("A phone number typed into a link", DOGS, FREE, "None. [Ask us](tel:5555550100).",
           "7:20", "'5555550100' is typed by hand; it is the fact phones.desk",
           right="None. [Ask us]({{ phones.desk.tel }})."),
    InText("A figure typed by hand, in words", DOGS, FREE, "None on our five days a week.",
           "7:13", "'five days a week' is typed by hand; it is the fact opening.days",
           right="None on our {{ opening.days.words }}."),
    InText("A figure typed into a title", DOGS, TITLE, "title: May dogs come in 5 days a week?",
           "2:25", "'5 days a week' is typed by hand; it is the fact opening.days", shown=False),
    InText("A figure that contradicts a fact", DOGS, FREE, "Opening hours: at least 50 hours a week.",
           "7:16", "'at least 50 hours a week' contradicts opening.week, which is '30-40 hours a week' (site.yaml:19)",
           right="Opening hours: {{ opening.week.at_least }}."),
    InText("A phone number that is nearly a fact", DOGS, FREE, "None. Ask at 555-555-0101.",
           "7:14", "'555-555-0101' is a phone number that is no fact",
           right="None. Ask at {{ phones.desk }}."),
    InText("A phone number in letters", DOGS, FREE, "None. Ask at 1-800-LIBRARY.",
           "7:14", "'1-800-LIBRARY' is a phone number that is no fact",
           right="None. Ask at {{ phones.toll_free }}."),
    InText("A digit beside a fact", DOGS, FREE, "None. Ask at 1{{ phones.desk }}.",
           "7:14", "digits stand right beside the fact phones.desk; they are read as one number",
           right="None. Ask at {{ phones.desk }}."),
    InText("A link that says one number and calls another", DOGS, FREE, "[Ring {{ phones.desk }}]({{ phones.short.tel }})",
           "7:26", "a link says 'Ring 555-555-0100' and calls 211",
           right="[Ring {{ phones.desk }}]({{ phones.desk.tel }})"),
    InText("Words that are allowed and nowhere in the file", DOGS, TITLE, f'{TITLE}\nallow:\n  "30 days": a notice',
           "4:3", "nothing in this file needs '30 days' to be allowed"),
    InText("A fact that is used nowhere", "site.yaml", "  motto: Read", "  creed: Read it\n  motto: Read",
           "24:10", "the fact 'creed' is used nowhere"),
    InText("A fact that is to be checked again", "site.yaml", "checked: 2026-01-05", "checked: 2025-08-20",
           "22:37", "opening.loan was to be checked again on 2026-02-16, 13 days ago",
           right="checked: 2026-03-01"),
    InText("A fact that should have been checked long ago", "site.yaml", "checked: 2026-01-05", "checked: 2025-01-05",
           "22:37", "opening.loan was to be checked again on 2025-07-04, 240 days ago", shown=False),
    InText("A fact that was checked tomorrow", "site.yaml", "checked: 2026-01-05", "checked: 2026-03-02",
           "22:37", "opening.loan: 2026-03-02 is still to come (today is 2026-03-01)",
           right="checked: 2026-03-01"),
    InText("A fact that does not say when it was checked", "site.yaml", "checked: 2026-01-05, ", "",
           "22:42", "'opening.loan' says how often it is checked, and not when it was", shown=False),
    InText("A page that is to be reviewed again", "content/page.md", "reviewed: 2026-02-01", "reviewed: 2025-02-20",
           "5:11", "this page was to be reviewed again on 2026-02-20, 9 days ago",
           right="reviewed: 2026-03-01"),
    InText("A page that does not say when it was reviewed", "content/page.md", "reviewed: 2026-02-01\n", "",
           "5:15", "this page says how often it is reviewed, and not when it was", shown=False),
    InText("A group that must be dated, and a fact in it that is not", "site.yaml",
           "  language: en-GB", "  language: en-GB\n  review: [map]",
           "24:8", "'map' does not say when it was checked, as 'site.review' asks"),
    InText("A group that must be dated, misspelt", "site.yaml",
           "  language: en-GB", "  language: en-GB\n  review: [openings]",
           "6:12", "there is no group of facts 'openings'", shown=False),
)

TEMPLATES = (
    InText("A block that is never closed", "templates/page.html", "{% endblock %}", "",
           "3:4", "this 'block' is never closed"),
    InText("A condition that is never closed", "templates/page.html", "{% if page.lead %}<p>{{ page.lead }}</p>{% endif %}",
           "{% if page.lead %}<p>{{ page.lead }}</p>", "17:4", "'endblock' stands here, and 'if' of line 5 is still open", shown=False),
    InText("Two things in one pair of braces", "templates/page.html", "{{ page.title }}", "{{ page.title page.lead }}",
           "4:19", "'page' cannot follow here", right="{{ page.title ~ page.lead }}"),
    InText("Nothing between braces", "templates/page.html", "{{ page.title }}", "{{ }}",
           "4:8", "something is missing here", shown=False),
    InText("Braces of a template that are never closed", "templates/parts/faq.html",
           "{{ section.body }}\n", "{{ section.body\n", "1:62", "these braces are never closed", shown=False),
    InText("A quote in a template that is never closed", BASE, 'inline("menu.js")', 'inline("menu.js)',
           "16:19", "this quote is never closed"),
    InText("A word that templates do not know", "templates/page.html", "{% else %}", "{% otherwise %}",
           "11:4", "'otherwise' means nothing behind {%"),
    InText("An end that is misspelt", "templates/page.html", "<p>{{ page.lead }}</p>{% endif %}",
           "<p>{{ page.lead }}</p>{% endfi %}", "5:44", "'endfi' means nothing behind {%", shown=False),
    InText("An end in the wrong place", "templates/page.html", "{% endif %}\n{% endfor %}", "{% endfor %}\n{% endif %}",
           "14:4", "'endfor' stands here, and 'if' of line 9 is still open"),
    InText("One = where two are compared", "templates/page.html", "{% if page.lead %}", "{% if page.lead = '' %}",
           "5:17", "'=' cannot follow here", right="{% if page.lead == '' %}"),
    InText("Text and number added", "templates/plain.html", "opening.days.most + 1", "page.title + 1",
           "3:1", "this template fails: numbers are needed here", right="opening.days.most + 1"),
    InText("A misspelt name of a page", "templates/page.html", "{% if page.lead %}", "{% if page.leed %}",
           "5:7", "a page has no 'leed'"),
    InText("A misspelt name of a section", "templates/page.html", "{{ section.body }}", "{{ section.bdy }}",
           "13:4", "a section has no 'bdy'", shown=False),
    InText("A name that is not there", "templates/page.html", "{{ page.body }}", "{{ pag.body }}",
           "7:4", "there is no name 'pag.body'"),
    InText("A misspelt fact in a template", BASE, "{{ phones.desk.link }}", "{{ phones.desc.link }}",
           "15:4", "there is no fact 'phones.desc.link'", shown=False),
    InText("A misspelt form in a template", BASE, "{{ phones.desk.link }}", "{{ phones.desk.lnk }}",
           "15:4", "there is no fact 'phones.desk.lnk'", shown=False),
    InText("A group printed by a template", BASE, "{{ phones.desk.link }}", "{{ phones }}",
           "15:4", "there is no fact 'phones'", shown=False),
    InText("A fact that nobody has told, printed unasked", "templates/plain.html", "{% block body %}",
           "{% block body %}{% if answers.ramp %}{{ answers.ramp }}{% endif %}{{ answers.ramp }}",
           "2:70", "'answers.ramp' is not known yet, so this leaves a hole",
           right="{% block body %}{% if answers.ramp %}{{ answers.ramp }}{% endif %}"),
    InText("A filter that is not there", BASE, "|tojson", "|tojsn", "10:113", "there is no filter 'tojsn'"),
    InText("A style sheet that is not there", BASE, "asset('screen.css')", "asset('scren.css')",
           "8:40", "there is no asset 'scren.css'"),
    InText("A script that is not there", BASE, 'inline("menu.js")', 'inline("men.js")',
           "16:20", "there is no asset 'men.js'", shown=False),
    InText("A template that extends one that is not there", "templates/page.html",
           'extends "base.html"', 'extends "bas.html"', "1:13", "there is no template 'bas.html'", shown=False),
    InText("A template that includes itself", "templates/macros.html", "{% macro", '{% include "macros.html" %}{% macro',
           "1:13", "'macros.html' includes this template again"),
    InText("A division by zero", "templates/plain.html", "week.least * 10", "week.least / 0",
           "3:1", "this template fails: something is divided by zero"),
    InText("A link of a template to a page that is not there", BASE, 'href="/visit/"', 'href="/visits/"',
           "15:83", "the link '/visits/' leads to no page of this site", shown=False),
    InText("A picture of a template without words", "templates/parts/shelf.html", ' alt=""', "",
           "2:39", "the picture '/assets/pictures/map.c4137f70.svg' has no alt text"),
    InText("A figure typed into a template", BASE, "<footer>", "<footer>Call 555-555-0100. ",
           "14:14", "'555-555-0100' is typed by hand; it is the fact phones.desk", shown=False),
    InText("A template that spoils a number", "templates/plain.html", "{{ opening.days.most + 1 }}",
           "{{ phones.desk|replace('0100', '0101') }}",
           "3:69", "the finished page says '555-555-0101', a phone number that is no fact",
           right="{{ phones.desk }}"),
    InText("A link of a template that says one number and calls another", "templates/plain.html",
           "{{ opening.days.most + 1 }}", '<a href="{{ phones.desk.tel }}">{{ phones.short }}</a>',
           "3:78", "a link says '211' and calls 5555550100", shown=False),
    InText("Data for search engines that say what the page does not", BASE,
           '"name": site.name', '"name": "Other Library"',
           "10:15", "the JSON-LD says 'Other Library' as 'name', which is no fact and not on the page"),
    InText("An attribute that styles", BASE, "<body>", '<body style="color: red">',
           "12:14", "a browser ignores style='color: red'",
           right='<body class="red">'),
    InText("An attribute that styles, in capitals", BASE, "<body>", "<BODY STYLE=margin:0>",
           "12:13", "a browser ignores style='margin:0'", shown=False),
    InText("An attribute that styles by a fact", BASE, "<body>",
           '<body>\n<p style="width: {{ opening.week.least }}px"></p>',
           "13:4", "a browser ignores style='width: 30px'", shown=False),
    InText("An attribute that styles a drawing", BASE, "<body>",
           '<body><svg><path style="fill: red" fill="red" d="M0 0"/></svg>',
           "12:25", "a browser ignores style='fill: red'", shown=False),
    InText("An attribute that runs a script", BASE, "<body>", "<body onload=\"go('a &amp; b')\">",
           "12:15", "a browser never runs onload='go('a & b')'"),
    InText("A page in a page", BASE, "<body>", '<body><iframe title="Map" src="https://maps.rivertown.org/"></iframe>',
           "12:32", "a browser does not show this iframe: 'https://maps.rivertown.org/'",
           right='<body><a href="https://maps.rivertown.org/">Map</a>'),
    InText("A page of this site in a page", BASE, "<body>", '<body><iframe title="Map" src="/nowhere/"></iframe>',
           "12:32", "a browser does not show this iframe: '/nowhere/'", shown=False),
    InText("A text as a page in a page", BASE, "<body>", '<body><iframe title="Map" srcdoc="<b>x</b>"></iframe>',
           "12:35", "a browser does not show this iframe: '<b>x</b>'", shown=False),
    InText("An object", BASE, "<body>", "<body><object data=\"{{ asset('door.svg') }}\"></object>",
           "12:15", "a browser does not show this object: '/assets/door.301f314b.svg'", shown=False),
    InText("Something embedded", BASE, "<body>", '<body><embed src="http://rivertown.org/a.pdf">',
           "12:19", "a browser does not show this embed: 'http://rivertown.org/a.pdf'", shown=False),
    InText("A film", BASE, "<body>", "<body><video src=\"{{ asset('door.svg') }}\"></video>",
           "12:14", "a browser does not play '/assets/door.301f314b.svg'", shown=False),
    InText("A recording", BASE, "<body>", '<body><audio controls><source src="talk.mp3"></audio>',
           "12:36", "a browser does not play 'talk.mp3'", shown=False),
    InText("A form that is sent", BASE, "<body>", '<body><form action="https://rivertown.org/send"></form>',
           "12:21", "a browser never sends this form to 'https://rivertown.org/send'",
           right='<body><a href="{{ phones.desk.tel }}">Call</a>'),
    InText("A button that sends", BASE, "<body>", '<body><form><button formaction="/send">Send</button></form>',
           "12:33", "a browser never sends this form to '/send'", shown=False),
    InText("A picture from another site", BASE, "<body>", '<body><img alt="" src="https://rivertown.org/a.png">',
           "12:24", "a browser does not load 'https://rivertown.org/a.png': it is no file of this site",
           right='<body><img alt="" src="{{ asset(\'door.svg\') }}">'),
    InText("A picture from another site, in short", BASE, "<body>", '<body><img alt="" src="//rivertown.org/a.png">',
           "12:24", "a browser does not load '//rivertown.org/a.png': it is no file of this site", shown=False),
    InText("A larger picture from another site", BASE, "<body>",
           '<body><img alt="" src="data:," srcset="data:, 1x, https://a.org/b.png 2x">',
           "12:32", "a browser does not load 'https://a.org/b.png': it is no file of this site", shown=False),
    InText("A picture in a drawing", BASE, "<body>", '<body><svg><image href="https://a.org/b.png"/></svg>',
           "12:25", "a browser does not load 'https://a.org/b.png': it is no file of this site", shown=False),
    InText("A script from another site", BASE, "<body>", '<body><script src="https://cdn.org/a.js"></script>',
           "12:20", "a browser does not load 'https://cdn.org/a.js': it is no file of this site",
           right='<body><script src="{{ asset(\'menu.js\') }}"></script>'),
    InText("A style sheet from another site, in a style", BASE, "<body>",
           '<body><style>@import url("https://cdn.org/a.css");</style>',
           "12:27", "a browser does not load 'https://cdn.org/a.css': it is no file of this site", shown=False),
    InText("A background from another site", BASE, "<body>",
           "<body><style>a { background: url(https://cdn.org/a.png) }</style>",
           "12:34", "a browser does not load 'https://cdn.org/a.png': it is no file of this site", shown=False),
    InText("A web font", BASE, "<body>",
           '<body><style>@font-face { src: local("A"), url("/a.woff2") format("woff2"), url(/a.woff) }</style>',
           "12:49", "a browser does not load the font '/a.woff2'",
           right="<body><style>body { font-family: Georgia, serif }</style>"),
    InText("A base for all addresses", BASE, '<meta charset="utf-8">', '<meta charset="utf-8"><base href="/visit/">',
           "4:35", "a browser ignores the base '/visit/'", shown=False),
    InText("A policy in a template", BASE, '<meta charset="utf-8">',
           '<meta charset="utf-8">\n<META http-equiv="content-security-policy" content="img-src *">',
           "5:53", "this page is given a Content-Security-Policy of its own"),
    InText("An icon from another site", BASE, '<link rel="canonical"',
           '<link rel="icon" href="https://cdn.org/i.png"><link rel="canonical"',
           "7:24", "a browser does not load 'https://cdn.org/i.png': it is no file of this site", shown=False),
    InText("A style sheet from another site", BASE, '<link rel="canonical"',
           '<link rel="stylesheet" href="https://cdn.org/a.css"><link rel="canonical"',
           "7:30", "a browser does not load 'https://cdn.org/a.css': it is no file of this site", shown=False),
    InText("A manifest", BASE, '<link rel="canonical"',
           '<link rel="manifest" href="{{ asset(\'menu.js\') }}"><link rel="canonical"',
           "7:22", "a browser does not load '/assets/menu.d625830b.js'", shown=False),
    InText("A font that is loaded ahead", BASE, '<link rel="canonical"',
           '<link rel="preload" as="font" href="https://cdn.org/f"><link rel="canonical"',
           "7:37", "a browser does not load 'https://cdn.org/f'", shown=False),
    InText("A style sheet that asks for another site's", "assets/screen.css", "body {",
           "@import 'https://cdn.org/a.css';\nbody {",
           "2:10", "a browser does not load 'https://cdn.org/a.css': it is no file of this site", shown=False),
    InText("A style sheet with a picture of another site", "assets/print.css", "nav {",
           'nav {\n  background: URL( "https://cdn.org/a.png" );',
           "3:21", "a browser does not load 'https://cdn.org/a.png': it is no file of this site", shown=False),
)

FILES = (
    InTree("No folder content", lambda site: shutil.rmtree(site / "content"),
           "content:1:1", "there is no folder 'content'"),
    InTree("No folder templates", lambda site: shutil.rmtree(site / "templates"),
           "templates:1:1", "there is no folder 'templates'"),
    InTree("No home page", lambda site: (site / "content/page.md").unlink(),
           "content/page.md:1:1", "there is no home page"),
    InTree("An empty file", lambda site: (site / DOGS).write_bytes(b""), f"{DOGS}:1:1", "this file is empty"),
    InTree("A file of 5 MB, such as a picture pasted into the words",
           lambda site: (site / DOGS).write_bytes(EMPTY_PAGE.encode() + b"A" * 5_000_000),
           f"{DOGS}:1:1", "this file is longer than 2 MB"),
    InTree("A file saved as UTF-16", lambda site: (site / DOGS).write_text(EMPTY_PAGE, "utf-16"),
           f"{DOGS}:1:1", "this file is saved as UTF-16"),
    InTree("A file saved as Latin-1 (Windows-1252)",
           lambda site: (site / DOGS).write_bytes(b"---\ntitle: Dogs\n---\n\nCaf\xe9\n"),
           f"{DOGS}:5:4", "this file is not saved as UTF-8; here is the first letter that cannot be read"),
    InTree("A question and a section with one name", lambda site: (site / "content/faq/30-call.md").write_text(EMPTY_PAGE),
           f"{CALL}:1:1", "this file and content/faq/30-call.md have the same address: #call"),
    InTree("Two names that differ by capitals only",
           lambda site: (site / "content/faq/30-DOGS.md").write_text(EMPTY_PAGE),
           "content/faq/30-DOGS.md:1:1", "this file and content/faq/20-dogs.md have the same address: #dogs"),
    InTree("Two names that differ by an accent only",
           lambda site: (site / "content/faq/30-d\xf6gs.md").write_text(EMPTY_PAGE),
           "content/faq/30-d\xf6gs.md:1:1", "this file and content/faq/20-dogs.md have the same address: #dogs", shown=False),
    InTree("Two pages that differ by capitals only",
           lambda site: shutil.copytree(site / "content/404", site / "content/Visit"),
           "content/visit/page.md:1:1", "this file and content/Visit/page.md have the same address: /Visit/", shown=False),
    InTree("Two questions with one number", lambda site: (site / "content/faq/020-cats.md").write_text(EMPTY_PAGE),
           "content/faq/20-dogs.md:1:1", "this file and content/faq/020-cats.md have the same number: 20"),
    InTree("Two files with one number", lambda site: (site / "content/faq/20-dogs.txt").write_text("Dogs"),
           "content/faq/20-dogs.txt:1:1", "this file and content/faq/20-dogs.md have the same number: 20", shown=False),
    InTree("A question that is no Markdown file", lambda site: (site / "content/faq/30-cats.txt").write_text("Cats"),
           "content/faq/30-cats.txt:1:1", "this is not a Markdown file", shown=False),
    InTree("A question without a number", lambda site: (site / "content/faq/cats.md").write_text(EMPTY_PAGE),
           "content/faq/cats.md:1:1", "this file's name does not begin with a number"),
    InTree("A folder among the questions", lambda site: (site / "content/faq/30-cats").mkdir(),
           "content/faq/30-cats:1:1", "a folder cannot stand here", shown=False),
    InTree("A Markdown file that is no page", lambda site: (site / "content/visit/notes.md").write_text(EMPTY_PAGE),
           "content/visit/notes.md:1:1", "no page uses a Markdown file in this place"),
    InTree("A picture among the pages", lambda site: (site / "content/visit/door.png").write_bytes(b"\x89PNG"),
           "content/visit/door.png:1:1", "no page uses this file"),
    InTree("Questions without a page", lambda site: (site / "content/tour/faq").mkdir(parents=True),
           "content/tour/page.md:1:1", "there is no page.md beside these parts", shown=False),
    InTree("A space in a name", lambda site: (site / "content/faq/30-my cats.md").write_text(EMPTY_PAGE),
           "content/faq/30-my cats.md:1:1", "'my cats' cannot be an address"),
    InTree("A name that Windows keeps for itself",
           lambda site: shutil.copytree(site / "content/404", site / "content/con"),
           "content/con:1:1", "'con' cannot be an address", shown=False),
    InTree("A name that is too long", lambda site: (site / f"content/faq/30-{'a' * 150}.md").write_text(EMPTY_PAGE),
           f"content/faq/30-{'a' * 150}.md:1:1", "this name is too long for an address", shown=False),
    InTree("A page with the address of the assets",
           lambda site: shutil.copytree(site / "content/404", site / "content/assets"),
           "content/assets:1:1", "the address /assets/ is taken by the site's assets", shown=False),
    InTree("A space in the name of a picture", lambda site: (site / "assets/a b.svg").write_text("<svg/>"),
           "assets/a b.svg:1:1", "a browser cannot ask for this file by its name"),
    InTree("A link of the file system to nowhere",
           lambda site: (site / "content/faq/30-cats.md").symlink_to("nowhere.md"),
           "content/faq/30-cats.md:1:1", "this link leads nowhere", shown=False),
    InTree("A link of the file system to itself",
           lambda site: (site / "content/faq/30-cats.md").symlink_to("30-cats.md"),
           "content/faq/30-cats.md:1:1", "this link leads nowhere", shown=False),
    InTree("A link of the file system out of the site",
           lambda site: (site / "content/faq/30-cats.md").symlink_to("/etc/hostname"),
           "content/faq/30-cats.md:1:1", "this link leads out of the site", shown=False),
    InTree("A folder that holds itself", lambda site: (site / "content/tour").symlink_to("."),
           "content/tour:1:1", "this link leads to a folder that is read already", shown=False),
    InTree("A pipe", lambda site: os.mkfifo(site / "content/faq/30-cats.md"),
           "content/faq/30-cats.md:1:1", "this is neither a file nor a folder", shown=False),
)
# fmt: on

TOPICS = (
    Topic(
        "Names and numbers in site.yaml",
        "`site.yaml` holds the facts. How each kind is written stands at its top and in EDITING.md.",
        SITE,
    ),
    Topic(
        "Front matter",
        "The lines between the two `---` at the top of a Markdown file: a key, a colon, a space, a text.",
        FRONT_MATTER,
    ),
    Topic("Markdown", "The words below the front matter.", MARKDOWN),
    Topic("Links", "A section is linked as `#name`, a page as its folder with a slash, another site whole.", LINKS),
    Topic("Pictures", "A picture is a file of `assets/`, with words for those who cannot see it.", PICTURES),
    Topic(
        "Facts and figures",
        "A fact is written by its name between double braces; figures are never typed by hand.",
        FIGURES,
    ),
    Topic("Templates", "For designers: the files of `templates/` and `assets/`.", TEMPLATES),
    Topic("Files", "Where files stand, what they are called, how they are saved.", FILES),
)
ALL: tuple[Mistake, ...] = tuple(mistake for topic in TOPICS for mistake in topic.mistakes)

JARGON = re.compile(
    r"\b(YAML|Jinja|Python|None\w*|mapping|scalar|sequence|tokens?|tags?|undefined|iterable|callable|pars\w+|syntax|statement"
    r"|expression|exception|traceback|identifier|object has|operand|str|int|dict|byte|0x\w+|regex|null|boolean|attribute)\b"
)
"""Words that no message says: those who read it know Word, or HTML."""

INTRO = """\
# What a message means

You built the site and were told that something is wrong. Nothing is lost: the
site in `dist/` is the last good one. Look here for the words of your message, or
for what you did.

A message begins with the file, the line and the column; then comes the line itself with
a `^` below the place, and a hint. Below it stands what was written (`-`) and what is right
(`+`). The examples are those of a library that never was.

This page is made from the tests (`make mistakes`), so it says what the build says.
"""


def told(site: Path, command: str = "build") -> tuple[int, str]:
    """Build a site and return the status and what is said."""
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        status = build.main([command, "--strict", "--today", str(TODAY), "--source", str(site)])
    return status, out.getvalue() + err.getvalue()


def entry(mistake: Mistake, said: str) -> str:
    """Return what ``MISTAKES.md`` says of a mistake."""
    message = "\n".join(said.splitlines()[:-1])  # the last line counts the mistakes
    changes = re.sub("[\x00-\x08]", "\ufffd", "\n".join(mistake.changes()))
    written = f"\n```diff\n{changes}\n```\n" if changes else ""
    return f"### {mistake.title}\n\n```text\n{message}\n```\n{written}"


def beginnings() -> Iterator[str]:
    """What stands in ``MISTAKES.md`` before the mistakes of each topic."""
    contents = "".join(
        f"- [{topic.title}](#{topic.title.lower().replace('.', '').replace(' ', '-')})\n" for topic in TOPICS
    )
    for topic in TOPICS:
        head = f"{INTRO}\n{contents}\n" if topic is TOPICS[0] else ""
        yield f"{head}## {topic.title}\n\n{topic.about}\n"


def main() -> None:
    """Write ``MISTAKES.md`` anew."""
    parts = []
    for topic, beginning in zip(TOPICS, beginnings(), strict=True):
        parts.append(beginning)
        for mistake in (each for each in topic.mistakes if each.shown):
            with tempfile.TemporaryDirectory() as folder:
                site = Path(shutil.copytree(GOOD, Path(folder) / "site"))
                mistake.spoil(site)
                parts.append(entry(mistake, told(site)[1]))
    MISTAKES.write_text("\n".join(parts), "utf-8")


if __name__ == "__main__":
    main()
