"""Results of pure functions are found again, and only as long as they are asked for."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

import pytest

from generator import kept
from generator.model import Build, Rendered

Results = kept._Generations  # noqa: SLF001
Make = Callable[[Mapping[str, str | bytes]], Path]


def counted(asked: list[object]) -> Callable[..., int]:
    """Return a function that notes its arguments."""

    @kept.kept
    def total(*numbers: int, more: int = 0) -> int:
        asked.append(numbers)
        return sum(numbers) + more

    return total


@pytest.fixture(autouse=True)
def _by_build(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Results, "by_build", True)


@pytest.fixture
def every(monkeypatch: pytest.MonkeyPatch) -> list[Results]:
    """The results of the functions of one test, and of no others."""
    found: list[Results] = []
    monkeypatch.setattr(Results, "every", found)
    return found


def test_a_result_lives_as_long_as_each_build_asks_for_it(every: list[Results]) -> None:
    """What the last build asked for is found again, what it did not ask for is gone."""
    asked: list[object] = []
    total = counted(asked)
    assert len(every) == 1
    assert (total(1, 2), total(1, 2), total(3)) == (3, 3, 3)
    kept.turn()
    assert (total(1, 2), len(asked)) == (3, 2)
    kept.turn()
    assert (total(1, 2), total(3), asked) == (3, 3, [(1, 2), (3,), (3,)])


def test_named_arguments_count(every: list[Results]) -> None:
    """The same numbers with another option are another question."""
    total = counted([])
    assert len(every) == 1
    assert (total(1, more=1), total(1, more=2), total(1)) == (2, 3, 1)


def test_without_builds_a_generation_has_a_size(monkeypatch: pytest.MonkeyPatch, every: list[Results]) -> None:
    """Outside of a preview as many results as ever are kept, and not more than two generations."""
    monkeypatch.setattr(Results, "by_build", False)
    monkeypatch.setattr(kept, "LIMIT", 10)
    asked: list[object] = []
    total = counted(asked)
    for number in range(100):
        total(number)
    kept.turn()
    (results,) = every
    assert len(results.now) + len(results.before) <= 20
    assert (total(99), len(asked)) == (99, 100)


def test_what_is_raised_is_not_kept() -> None:
    """A function that failed is asked again."""
    asked: list[int] = []

    @kept.kept
    def fail(number: int) -> int:
        asked.append(number)
        raise ValueError

    for _ in range(2):
        with pytest.raises(ValueError):  # noqa: PT011 - any
            fail(1)
    assert asked == [1, 1]


LINKS = "{% for other in site.pages %}<a href='{{ other.path }}'>{{ other.title }}</a>{% endfor %}"
BY_TITLE = "{% for p in site.pages|sort(attribute='title') %}{{ p.title }}{% endfor %}"
BY_PATH = "{% for p in site.pages|sort(attribute='path') %}{{ p.path }}{% endfor %}"
NEXT = "{% for p in site.pages %}{% if not loop.last %}{{ loop.nextitem.body|length }}{% endif %}{% endfor %}"
MACRO = "{% macro b(p) %}{{ p.body|length }}{% endmacro %}{% for p in site.pages %}{{ b(p) }}{% endfor %}"


def same(before: Rendered | None, after: Rendered | None) -> list[str]:
    """Return the pages that are the very same in two builds."""
    assert before is not None
    assert after is not None
    return [new.path for old, new in zip(before.pages, after.pages, strict=True) if old is new]


@pytest.mark.parametrize(
    ("template", "changed", "kept_pages"),
    [
        (LINKS, "text", ["index.html"]),
        (LINKS, "title", []),
        (LINKS, "facts", []),
        ("", "title", ["index.html"]),
        ("{{ site.name }}", "nothing", ["index.html", "more/index.html"]),
        ("{% for p in site.pages %}{{ p.body|length }}{% endfor %}", "text", []),
        ("{{ site.pages[1].body|length }}", "text", []),
        (BY_TITLE, "title", []),
        (BY_PATH, "text", ["index.html"]),
        (NEXT, "text", []),
        ("{% set s = site %}{{ s.pages[1].body|length }}", "text", []),
        (MACRO, "text", []),
    ],
)  # fmt: skip
def test_a_page_is_made_again_where_it_may_be_another(
    make: Make, built: Callable[..., Build], template: str, changed: str, kept_pages: list[str]
) -> None:
    """A page that cannot have changed is the very same value; each of them is what a first build makes."""
    facts = "facts:\n  hours: 6 hours a day\n"
    page = f"{template}{{{{ page.body }}}}{{{{ hours }}}}"
    settings = "site:\n  name: Small\n  url: https://small.org\n"
    more = "---\ntitle: More\n---\n\nOne {{ hours }}\n"
    site = make({"site.yaml": settings + facts, "templates/page.html": page, "content/more/page.md": more})
    first = built(site).rendered
    changes = {"text": ("One", "Another one"), "title": ("More", "Even more"), "facts": ("", ""), "nothing": ("", "")}
    more = more.replace(*changes[changed])
    facts = facts.replace("6", "7") if changed == "facts" else facts
    make({"site.yaml": settings + facts, "templates/page.html": page, "content/more/page.md": more})
    second = built(site).rendered
    assert same(first, second) == kept_pages
    kept.forget()
    cold = built(site).rendered
    assert second is not None
    assert cold is not None
    assert second.files == cold.files


def test_a_page_without_drafts_is_the_same_with_them(make: Make, built: Callable[..., Build]) -> None:
    """What one page has in store leaves the others as they are, unless they list it."""
    draft = "---\ntitle: Later\ndraft: true\n---\n\nWords.\n"
    more = {"content/more/page.md": "---\ntitle: More\n---\n", "content/more/faq/1-later.md": draft}
    site = make({**more, "templates/page.html": "{{ page.body }}{{ page.faq|length }}"})
    assert same(built(site).rendered, built(site, drafts=True).rendered) == ["index.html"]


MACROS = "{% set c = cycler('x', 'y', 'z') %}{% macro n() %}{{ c.next() }}{% endmacro %}{% include 'inner.html' %}"


def test_imported_templates_begin_anew_for_each_page(make: Make, built: Callable[..., Build]) -> None:
    """What a macro counts, or an import includes, does not hang on the pages before, nor on the build before."""
    page = "{% import 'm.html' as m %}<title>{{ page.title }}</title>{{ page.body }}<i>{{ m.n() }}</i>"
    texts = {f"content/{name}/page.md": "---\ntitle: A\n---\n\nOne\n" for name in "ab"}
    site = make({"templates/page.html": page, "templates/m.html": MACROS, "templates/inner.html": "-", **texts})
    first = built(site).rendered
    make(
        {"templates/page.html": page, "templates/m.html": MACROS, **texts, "content/b/page.md": "---\ntitle: B\n---\n"}
    )
    for rendered in (first, built(site).rendered):
        assert rendered is not None
        assert [("<i>x</i>" in each.html, sorted(each.templates)) for each in rendered.pages] == [
            (True, ["inner.html", "m.html", "page.html"])
        ] * 3


def test_of_many_things_only_new_ones_are_asked_for(every: list[Results]) -> None:
    """A function of many things at once gets those that are not kept, each once; results keep their order."""
    asked: list[list[int]] = []

    @kept.kept_each
    def squares(numbers: Sequence[int]) -> list[int]:
        asked.append([*numbers])
        return [number**2 for number in numbers]

    assert len(every) == 1
    assert squares([3, 1, 3]) == [9, 1, 9]
    kept.turn()
    assert squares([2, 3]) == [4, 9]
    kept.turn()
    assert squares([1, 2, 3]) == [1, 4, 9]
    assert asked == [[3, 1], [2], [1]]
