"""Every kind of mistake, one row each: exactly one problem, at exactly its place."""

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from generator.model import Build
from tests.conftest import GOOD

Row = tuple[str, str, str, str, str]

ROWS: tuple[Row, ...] = (
    # file, good text, bad text, line:column (or path:line:column), what is said
    ("site.yaml", "  name: Rivertown Library\n", '  name: "Rivertown Library\n', "3:9", "this quote is never closed"),
    ("site.yaml", "  language: en-GB", "\tlanguage: en-GB", "5:1", "there is a tab here, where YAML wants spaces"),
    ("site.yaml", "  language: en-GB", "  langauge: en-GB", "5:3", "there is no key 'langauge' here"),
    ("site.yaml", "  language: en-GB", "  language: english please", "5:13", "'english please' is not a language code"),
    ("site.yaml", "  name: Rivertown Library\n", "", "3:3", "the key 'name' is missing"),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name: Rivertown Library\n  name: Other\n",
        "4:3",
        "the key 'name' is here twice",
    ),
    ("site.yaml", "  name: Rivertown Library\n", "  name: [a, b]\n", "3:9", "'name' must be text, not a list"),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name: Rivertown: Library\n",
        "3:18",
        "there is a colon in this text",
    ),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name:Rivertown Library\n",
        "3:7",
        "there is no space after this colon",
    ),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name:\xa0Rivertown Library\n",
        "3:8",
        "the character after this colon looks like a space but is not",
    ),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name: @Rivertown\n",
        "3:9",
        "a text cannot begin with this character",
    ),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name: *Rivertown\n",
        "3:9",
        "'*' has a special meaning in YAML and is not supported here",
    ),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name: &a Rivertown\n",
        "3:9",
        "'&' has a special meaning in YAML and is not supported here",
    ),
    (
        "site.yaml",
        "  name: Rivertown Library\n",
        "  name: !!str Rivertown\n",
        "3:9",
        "'!' has a special meaning in YAML and is not supported here",
    ),
    ("site.yaml", "  name: Rivertown Library\n", "  name:\n", "3:8", "'name' is empty"),
    (
        "site.yaml",
        "https://library.rivertown.org",
        "library.rivertown.org",
        "4:8",
        "'library.rivertown.org' cannot be the site's address",
    ),
    (
        "site.yaml",
        "https://library.rivertown.org",
        "https://library.example",
        "4:8",
        "'https://library.example' is a placeholder, not the site's real address",
    ),
    ("site.yaml", "rules:\n", "rulez:\n", "28:1", "there is no key 'rulez' here"),
    ("site.yaml", "rules:\n", "---\nrules:\n", "28:1", "a second document begins here"),
    (
        "site.yaml",
        "  motto: Read more",
        "  motto: Read more\n  motto: Read less",
        "25:3",
        "the key 'motto' is here twice",
    ),
    ("site.yaml", "  motto: Read more & fear less", "  motto: ", "24:9", "'motto' is empty"),
    (
        "site.yaml",
        "  motto: Read more & fear less",
        "  motto: [Read more]",
        "24:10",
        "'motto' is a list; a fact is one value",
    ),
    ("site.yaml", "  motto: Read", "  our-creed: Read\n  motto: Read", "24:3", "'our-creed' cannot be a fact's name"),
    (
        "site.yaml",
        "number: (555) 555-0100",
        "number: (555) 555-010",
        "10:15",
        "phones.desk: '(555) 555-010' is not a phone number",
    ),
    (
        "site.yaml",
        "number: (555) 555-0100",
        "number: 555-CALL-NOW",
        "10:15",
        "phones.desk: '555-CALL-NOW' is not a phone number",
    ),
    (
        "site.yaml",
        "number: 1-800-555-0199",
        "number: 2-800-555-0199",
        "15:15",
        "phones.toll_free: '2-800-555-0199' has 11 digits and does not begin with 1",
    ),
    ("site.yaml", "number: 1-800-555-0199", "nubmer: 1-800-555-0199", "15:7", "there is no key 'nubmer' here"),
    ("site.yaml", "      label: Front desk", "      lable: Front desk", "11:7", "there is no key 'lable' here"),
    ("site.yaml", "      number: (555) 555-0100\n", "", "9:5", "'phones.desk' has no value"),
    ("site.yaml", "6-8 hours a day", "6-8 huors a day", "17:12", "opening.hours: '6-8 huors a day' is not a quantity"),
    ("site.yaml", "6-8 hours a day", "8-6 hours a day", "17:12", "opening.hours: '8-6 hours a day' runs backwards"),
    (
        "site.yaml",
        "30-40 hours a week",
        "30-40 hours a weke",
        "19:11",
        "opening.week: '30-40 hours a weke' is not a quantity",
    ),
    (
        "site.yaml",
        "https://maps.rivertown.org/library",
        "http://maps.rivertown.org/library",
        "23:8",
        "map: 'http://maps.rivertown.org/library' is not a web address that is safe to use",
    ),
    ("site.yaml", "checked: 2026-01-05", "checked: 2026-13-05", "22:37", "opening.loan: '2026-13-05' is not a day"),
    (
        "site.yaml",
        "review_every: 6 months",
        "review_every: sometimes",
        "22:63",
        "opening.loan: 'sometimes' is not a length of time",
    ),
    ("site.yaml", "{number: 211}", "{number: 211, ask: Who}", "13:26", "'phones.short' has two values"),
    (
        "site.yaml",
        "phones:\n",
        "asset: {number: 212}\n  phones:\n",
        "8:19",
        "'asset' means something else in templates",
    ),
    (
        "site.yaml",
        "opening.week.least == ",
        "opening.week.least < ",
        "29:5",
        "this rule does not hold: opening.week.least < opening.hours.least * opening.days (30 hours a week < 30 hours a week is false). opening.week is '30-40 hours a week' (site.yaml:19); opening.hours is '6-8 hours a day' (site.yaml:17); opening.days is '5 days a week' (site.yaml:18)",
    ),
    (
        "site.yaml",
        "30-40 hours a week",
        "31-40 hours a week",
        "29:5",
        "this rule does not hold: opening.week.least == opening.hours.least * opening.days (31 hours a week == 30 hours a week is false). opening.week is '31-40 hours a week' (site.yaml:19); opening.hours is '6-8 hours a day' (site.yaml:17); opening.days is '5 days a week' (site.yaml:18)",
    ),
    (
        "site.yaml",
        "opening.hours.least * opening.days",
        "opening.hours.least",
        "29:5",
        "the units do not fit: 30 hours a week and 6 hours a day",
    ),
    (
        "site.yaml",
        "opening.hours.least * opening.days",
        "opening.huors.least * opening.days",
        "29:5",
        "there is no fact 'opening.huors.least'",
    ),
    (
        "site.yaml",
        "opening.hours.least * opening.days",
        "opening.hours * opening.days",
        "29:5",
        "'opening.hours' is a range",
    ),
    ("site.yaml", "opening.hours.least * opening.days", "opening.hours.least *", "29:5", "this rule cannot be read"),
    (
        "site.yaml",
        "opening.week.least == opening.hours.least * opening.days",
        "__import__('os')",
        "29:5",
        "'__import__('os')' is not a comparison",
    ),
    ("site.yaml", "opening.loan > 20", "motto > 20", "30:5", "'motto' is no quantity"),
    (
        "content/visit/page.md",
        "title: ",
        "title: '{{ answers.ramp }}' #",
        "2:12",
        "a page needs a title, and nobody has told answers.ramp yet",
    ),
    (
        "content/faq/20-dogs.md",
        "title: May dogs come in?",
        "titel: May dogs come in?",
        "2:1",
        "there is no key 'titel' here",
    ),
    (
        "content/faq/20-dogs.md",
        "title: May dogs come in?",
        "title: May dogs come in?\nnav: Dogs",
        "3:1",
        "there is no key 'nav' here",
    ),
    (
        "content/faq/20-dogs.md",
        "title: May dogs come in?",
        "title: Dogs: may they come in?",
        "2:12",
        "there is a colon in this text",
    ),
    (
        "content/faq/20-dogs.md",
        "title: May dogs come in?",
        "title: {{ motto }}",
        "2:9",
        "this text begins with a brace or bracket",
    ),
    (
        "content/faq/20-dogs.md",
        "title: May dogs come in?",
        "title: 'What's this?'",
        "2:14",
        "there is text after the closing quote",
    ),
    (
        "content/faq/20-dogs.md",
        "title: May dogs come in?",
        'title: "Dogs" in here?',
        "2:15",
        "there is text after the closing quote",
    ),
    (
        "content/faq/20-dogs.md",
        "title: May dogs come in?",
        'title: "May dogs come in?',
        "2:8",
        "this quote is never closed",
    ),
    ("content/faq/20-dogs.md", "title: May dogs come in?\n", "", "1:1", "the key 'title' is missing"),
    (
        "content/faq/20-dogs.md",
        "---\ntitle: May dogs come in?\n---\n",
        "May dogs come in?\n",
        "1:1",
        "this file does not begin with front matter",
    ),
    ("content/faq/20-dogs.md", "in?\n---\n", "in?\n", "1:1", "the front matter that opens here is never closed"),
    ("content/faq/20-dogs.md", "---\ntitle", "\n---\ntitle", "1:1", "this file does not begin with front matter"),
    ("content/faq/20-dogs.md", "title: May", "title May", "2:1", "this line has no 'key: value'"),
    (
        "content/sections/90-plans.md",
        "draft: the council agrees",
        "draft: yes",
        "3:8",
        "'draft': 'yes' is neither true nor false",
    ),
    ("content/page.md", "reviewed: 2026-02-01", "reviewed: February", "5:11", "'reviewed': 'February' is not a day"),
    (
        "content/page.md",
        "review_every: 365 days",
        "review_every: 0.5 years",
        "6:15",
        "'review_every': '0.5 years' is not a length of time",
    ),
    (
        "content/faq/10-cost.md",
        "title:",
        "allow:\n  - why\ntitle:",
        "3:3",
        "'allow' must be a group of keys, not a list",
    ),
    (
        "content/visit/page.md",
        "aliases:\n  - /find-us/",
        "aliases: /find-us/",
        "3:10",
        "'aliases' must be a list, not text",
    ),
    (
        "content/page.md",
        "reviewed: 2026-02-01",
        "reviewed: 2026-02-01\ndraft: true",
        "6:1",
        "the home page cannot be a draft",
    ),
    (
        "content/visit/parking/page.md",
        "template: plain.html",
        "template: plan.html",
        "3:11",
        "there is no template 'plan.html'",
    ),
    ("content/sections/20-collections.md", "part: shelf", "part: shelve", "3:7", "there is no part 'shelve'"),
    ("content/page.md", '{{ phones.desk }}"', '{{ phones.dek }}"', "3:33", "there is no fact 'phones.dek'"),
    (
        "content/sections/10-call.md",
        "'Call {{ phones.desk }}'",
        "'Call {{ phones.desk.number }}'",
        "2:17",
        "there is no fact 'phones.desk.number'",
    ),
    (
        "content/sections/10-call.md",
        "*{{ phones.short }}*",
        "*{{ phones.shorty }}*",
        "6:47",
        "there is no fact 'phones.shorty'",
    ),
    ("content/sections/10-call.md", "*{{ phones.short }}*", "*{{ phones }}*", "6:47", "there is no fact 'phones'"),
    (
        "content/sections/10-call.md",
        "*{{ phones.short }}*",
        "*{{ phones.short | upper }}*",
        "6:44",
        "'{{ phones.short | upper }}' is not the name of a fact",
    ),
    (
        "content/sections/10-call.md",
        "*{{ phones.short }}*",
        "*{{ phones.short*",
        "6:44",
        "these braces are never closed",
    ),
    (
        "content/sections/10-call.md",
        "{{ opening.week.short }}",
        "{{ opening.week.shrt }}",
        "8:10",
        "there is no fact 'opening.week.shrt'",
    ),
    (
        "content/sections/10-call.md",
        "{{ phones.toll_free.tel }}",
        "{{ phones.toll_fre.tel }}",
        "14:14",
        "there is no fact 'phones.toll_fre.tel'",
    ),
    (
        "content/sections/20-collections.md",
        "{{ opening.loan.least }}",
        "{{ opening.wait.most }}",
        "8:12",
        "there is no fact 'opening.wait.most'",
    ),
    ("content/page.md", "(visit/)", "(vist/)", "12:28", "the link 'vist/' leads to no page of this site"),
    ("content/page.md", "(visit/)", "(visit)", "12:28", "the link 'visit' leads to no page of this site"),
    (
        "content/page.md",
        "(visit/)",
        "(visit/page.md)",
        "12:28",
        "the link 'visit/page.md' leads to no page of this site",
    ),
    ("content/page.md", "(#questions)", "(#question)", "12:61", "there is no '#question' on this page"),
    ("content/page.md", "(#questions)", "()", "12:61", "this link leads nowhere: it has no address"),
    (
        "content/faq/10-cost.md",
        "{{ phones.short }}",
        "{{ answers.ramp }}",
        "content/visit/page.md:7:60",
        "'#cost' is not on '../' yet: its title needs answers.ramp, which nobody has told",
    ),
    (
        "content/faq/10-cost.md",
        "Nothing. {{ opening",
        "Nothing. {{ answers.ramp }} {{ opening",
        "content/visit/page.md:7:60",
        "'#cost' is not on '../' yet: all of its text needs answers.ramp, which nobody has told",
    ),
    (
        "content/visit/parking/page.md",
        "## Bicycles",
        "## Bicycles {{ answers.ramp }}",
        "content/sections/20-collections.md:11:37",
        "'#bicycles' is not on '/visit/parking/' yet: it needs a fact that nobody has told",
    ),
    (
        "templates/plain.html",
        "{% block body %}",
        "{% block body %}{% if answers.ramp %}{{ answers.ramp }}{% endif %}{{ answers.ramp }}",
        "2:70",
        "'answers.ramp' is not known yet, so this leaves a hole",
    ),
    ("content/visit/page.md", "../#cost", "../#costs", "7:60", "there is no '#costs' on '../'"),
    (
        "content/visit/page.md",
        "mailto:desk@rivertown.org",
        "javascript:alert(1)",
        "7:92",
        "the link 'javascript:alert(1)' is not one that is safe to follow",
    ),
    (
        "content/visit/page.md",
        "mailto:desk@rivertown.org",
        "java&#115;cript:alert(1)",
        "7:92",
        "the link 'javascript:alert(1)' is not one that is safe to follow",
    ),
    (
        "content/visit/page.md",
        "mailto:desk@rivertown.org",
        "http://rivertown.org",
        "7:92",
        "the link 'http://rivertown.org' is not one that is safe to follow",
    ),
    (
        "content/visit/page.md",
        "mailto:desk@rivertown.org",
        "//rivertown.org",
        "7:92",
        "the link '//rivertown.org' does not say how to reach it",
    ),
    (
        "content/visit/page.md",
        "mailto:desk@rivertown.org",
        "ftp://rivertown.org",
        "7:92",
        "the link 'ftp://rivertown.org' is not one that is safe to follow",
    ),
    (
        "content/sections/10-call.md",
        "<https://rivertown.org/>",
        "<http://rivertown.org/>",
        "14:128",
        "the link 'http://rivertown.org/' is not one that is safe to follow",
    ),
    (
        "content/sections/20-collections.md",
        "[r]: <visit/>",
        "[r]: <nowhere/>",
        "23:7",
        "the link 'nowhere/' leads to no page of this site",
    ),
    ("content/page.md", "door.svg", "dor.svg", "14:15", "there is no picture 'dor.svg' in assets/"),
    (
        "content/page.md",
        "door.svg",
        "https://rivertown.org/door.svg",
        "14:15",
        "there is no picture 'https://rivertown.org/door.svg' in assets/",
    ),
    (
        "content/page.md",
        "![A red door]",
        "![]",
        "14:5",
        "the picture 'door.svg' has no words for those who cannot see it",
    ),
    ("content/page.md", "Welcome.", "Welcome. <b>Now</b>", "12:10", "'<b>' is HTML"),
    ("content/page.md", "Welcome.", '<div onclick="x()">\n\nWelcome.\n\n</div>', "12:1", "'<div>' is HTML"),
    (
        "content/page.md",
        "Welcome.",
        "Welcome. <!-- a note -->",
        "12:10",
        "a comment would be published for everybody to read",
    ),
    ("templates/page.html", "{% endblock %}", "", "16:1", "this template cannot be read: it ends without 'endblock'"),
    ("templates/page.html", "{% if page.lead %}", "{% if page.leed %}", "5:7", "a page has no 'leed'"),
    ("templates/page.html", "{{ page.body }}", "{{ pag.body }}", "7:4", "there is no name 'pag.body'"),
    ("templates/page.html", "{{ section.body }}", "{{ section.bdy }}", "13:4", "a section has no 'bdy'"),
    (
        "templates/base.html",
        "{{ phones.desk.link }}",
        "{{ phones.desc.link }}",
        "15:4",
        "there is no fact 'phones.desc.link'",
    ),
    (
        "templates/base.html",
        "{{ phones.desk.link }}",
        "{{ phones.desk.lnk }}",
        "15:4",
        "there is no fact 'phones.desk.lnk'",
    ),
    ("templates/base.html", "{{ phones.desk.link }}", "{{ phones }}", "15:4", "there is no fact 'phones'"),
    ("templates/base.html", "|tojson", "|tojsn", "10:113", "there is no filter 'tojsn'"),
    ("templates/base.html", "asset('screen.css')", "asset('scren.css')", "8:40", "there is no asset 'scren.css'"),
    ("templates/base.html", 'inline("menu.js")', 'inline("men.js")', "16:20", "there is no asset 'men.js'"),
    (
        "templates/base.html",
        'href="/visit/"',
        'href="/visits/"',
        "15:83",
        "the link '/visits/' leads to no page of this site",
    ),
    ("templates/page.html", 'extends "base.html"', 'extends "bas.html"', "1:13", "there is no template 'bas.html'"),
    (
        "templates/macros.html",
        "{% macro",
        '{% include "macros.html" %}{% macro',
        "1:13",
        "'macros.html' includes this template again",
    ),
    ("templates/plain.html", "week.least * 10", "week.least / 0", "3:1", "this template fails: division by zero"),
    (
        "templates/parts/shelf.html",
        ' alt=""',
        "",
        "2:39",
        "the picture '/assets/pictures/map.c4137f70.svg' has no alt text",
    ),
    ("content/faq/20-dogs.md", "None for", "None\x07 for", "7:5", "the character U+0007 cannot be shown on a page"),
    ("content/faq/20-dogs.md", "None for", "None\ufffe for", "7:5", "the character U+FFFE cannot be shown on a page"),
)

FILES: tuple[tuple[str, Callable[[Path], object], str, str], ...] = (
    # what is done to the copy, where it is told, what is said
    ("no content", lambda site: shutil.rmtree(site / "content"), "content:1:1", "there is no folder 'content'"),
    ("no templates", lambda site: shutil.rmtree(site / "templates"), "templates:1:1", "there is no folder 'templates'"),
    ("empty file", lambda site: (site / "content/faq/20-dogs.md").write_bytes(b""),
     "content/faq/20-dogs.md:1:1", "this file is empty"),
    ("UTF-16", lambda site: (site / "content/faq/20-dogs.md").write_text("---\ntitle: Dogs\n---\n", "utf-16"),
     "content/faq/20-dogs.md:1:1", "this file is saved as UTF-16"),
    ("Latin-1", lambda site: (site / "content/faq/20-dogs.md").write_bytes(b"---\ntitle: Dogs\n---\n\nCaf\xe9\n"),
     "content/faq/20-dogs.md:5:4", "the byte 0xe9 is no letter in UTF-8"),
    ("same slug", lambda site: (site / "content/faq/30-call.md").write_text("---\ntitle: Call\n---\n"),
     "content/sections/10-call.md:1:1", "this file and content/faq/30-call.md have the same address: #call"),
    ("slug in another case", lambda site: (site / "content/faq/30-DOGS.md").write_text("---\ntitle: Dogs\n---\n"),
     "content/faq/30-DOGS.md:1:1", "this file and content/faq/20-dogs.md have the same address: #dogs"),
    ("slug with an accent", lambda site: (site / "content/faq/30-dögs.md").write_text("---\ntitle: Dogs\n---\n"),
     "content/faq/30-dögs.md:1:1", "this file and content/faq/20-dogs.md have the same address: #dogs"),
    ("pages in another case", lambda site: shutil.copytree(site / "content/404", site / "content/Visit"),
     "content/visit/page.md:1:1", "this file and content/Visit/page.md have the same address: /Visit/"),
    ("same number", lambda site: (site / "content/faq/020-cats.md").write_text("---\ntitle: Cats\n---\n"),
     "content/faq/20-dogs.md:1:1", "this file and content/faq/020-cats.md have the same number: 20"),
    ("same number, other ending", lambda site: (site / "content/faq/20-dogs.txt").write_text("Dogs"),
     "content/faq/20-dogs.txt:1:1", "this file and content/faq/20-dogs.md have the same number: 20"),
    ("other ending", lambda site: (site / "content/faq/30-cats.txt").write_text("Cats"),
     "content/faq/30-cats.txt:1:1", "this is not a Markdown file"),
    ("no number", lambda site: (site / "content/faq/cats.md").write_text("---\ntitle: Cats\n---\n"),
     "content/faq/cats.md:1:1", "this file's name does not begin with a number"),
    ("folder among the parts", lambda site: (site / "content/faq/30-cats").mkdir(),
     "content/faq/30-cats:1:1", "a folder cannot stand here"),
    ("Markdown elsewhere", lambda site: (site / "content/visit/notes.md").write_text("---\ntitle: Notes\n---\n"),
     "content/visit/notes.md:1:1", "no page uses a Markdown file in this place"),
    ("picture elsewhere", lambda site: (site / "content/visit/door.png").write_bytes(b"\x89PNG"),
     "content/visit/door.png:1:1", "no page uses this file"),
    ("parts without a page", lambda site: (site / "content/tour/faq").mkdir(parents=True),
     "content/tour/page.md:1:1", "there is no page.md beside these parts"),
    ("no home page", lambda site: (site / "content/page.md").unlink(),
     "content/page.md:1:1", "there is no home page"),
    ("device", lambda site: shutil.copytree(site / "content/404", site / "content/con"),
     "content/con:1:1", "'con' cannot be an address"),
    ("space", lambda site: (site / "content/faq/30-my cats.md").write_text("---\ntitle: Cats\n---\n"),
     "content/faq/30-my cats.md:1:1", "'my cats' cannot be an address"),
    ("long name", lambda site: (site / f"content/faq/30-{'a' * 150}.md").write_text("---\ntitle: Cats\n---\n"),
     f"content/faq/30-{'a' * 150}.md:1:1", "this name is too long for an address"),
    ("taken address", lambda site: shutil.copytree(site / "content/404", site / "content/assets"),
     "content/assets:1:1", "the address /assets/ is taken by the site's assets"),
    ("name of an asset", lambda site: (site / "assets/a b.svg").write_text("<svg/>"),
     "assets/a b.svg:1:1", "a browser cannot ask for this file by its name"),
    ("link to nowhere", lambda site: (site / "content/faq/30-cats.md").symlink_to("nowhere.md"),
     "content/faq/30-cats.md:1:1", "this link leads nowhere"),
    ("link in a loop", lambda site: (site / "content/faq/30-cats.md").symlink_to("30-cats.md"),
     "content/faq/30-cats.md:1:1", "this link leads nowhere"),
    ("link out of the site", lambda site: (site / "content/faq/30-cats.md").symlink_to("/etc/hostname"),
     "content/faq/30-cats.md:1:1", "this link leads out of the site"),
    ("folder in itself", lambda site: (site / "content/tour").symlink_to("."),
     "content/tour:1:1", "this link leads to a folder that is read already"),
    ("pipe", lambda site: os.mkfifo(site / "content/faq/30-cats.md"),
     "content/faq/30-cats.md:1:1", "this is neither a file nor a folder"),
)  # fmt: skip


@pytest.fixture(scope="module")
def one_copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One copy for all rows: each spoils a single file and puts it back."""
    return Path(shutil.copytree(GOOD, tmp_path_factory.mktemp("spoiled") / "site"))


@pytest.mark.parametrize("row", ROWS, ids=lambda row: f"{row[0]} {row[4]}"[:80])
def test_a_spoiled_text(one_copy: Path, built: Callable[..., Build], row: Row) -> None:
    """A mistake in a text is one problem at its place."""
    file, good, bad, where, said = row
    text = (one_copy / file).read_text("utf-8")
    assert good in text
    (one_copy / file).write_text(text.replace(good, bad, 1), "utf-8")
    problems = built(one_copy).problems
    (one_copy / file).write_text(text, "utf-8")
    place = where if where.count(":") > 1 else f"{file}:{where}"
    assert [(str(problem.location), problem.message) for problem in problems] == [(place, said)]
    assert problems[0].hint


@pytest.mark.parametrize(("change", "where", "said"), [row[1:] for row in FILES], ids=[row[0] for row in FILES])
def test_a_spoiled_tree(
    copy: Path, built: Callable[..., Build], change: Callable[[Path], object], where: str, said: str
) -> None:
    """A mistake in the names and places of files is one problem."""
    change(copy)
    problems = built(copy).problems
    assert [(str(problem.location), problem.message) for problem in problems] == [(where, said)]
    assert problems[0].hint


def test_the_good_site_has_no_problem(copy: Path, built: Callable[..., Build]) -> None:
    """What the tables spoil is sound before."""
    assert built(copy).problems == ()


def test_all_mistakes_are_told_in_one_run(copy: Path, built: Callable[..., Build]) -> None:
    """Mistakes in several files, found by several stages, are all told at once, in the order of their places."""
    spoiled = {
        "content/faq/10-cost.md": ("title:", "titel:"),
        "content/faq/20-dogs.md": ("None for dogs.", "None for [dogs](#cats), {{ phones.vet }}."),
        "content/page.md": ("![A red door]", "![]"),
        "content/visit/page.md": ("(parking/)", "(garage/)"),
        "content/sections/90-plans.md": ("(#sundays)", "(#mondays)"),
    }
    for name, (good, bad) in spoiled.items():
        text = (copy / name).read_text("utf-8")
        (copy / name).write_text(text.replace(good, bad), "utf-8")
    expected = [
        ("content/faq/10-cost.md:2:1", "unknown-key"),
        ("content/faq/20-dogs.md:7:17", "broken-anchor"),
        ("content/faq/20-dogs.md:7:28", "unknown-fact"),
        ("content/page.md:14:5", "missing-alt"),
        ("content/sections/90-plans.md:6:30", "broken-anchor"),
        ("content/visit/page.md:7:36", "broken-link"),
    ]
    assert [(str(problem.location), problem.rule) for problem in built(copy).problems] == expected
