"""Sites of size: they are built, and take no more memory than is said here."""

import resource
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

import build
from tests.risks.children import LONG, context

SITE = "site:\n  name: Large\n  url: https://large.org\nfacts:\n  phones:\n    desk: {number: 555-555-0100}\n"
TEMPLATE = """\
<!doctype html><html lang="en"><head><title>{{ page.title }}</title></head><body><h1>{{ page.title }}</h1>
{{ page.body }}{% for each in page.faq %}
<details><summary>{{ each.title }}</summary><div id="{{ each.slug }}">{{ each.body }}</div></details>{% endfor %}
</body></html>
"""
SENTENCES = "Come and see us, or *later*, with [a friend](/), or call {{ phones.desk }}. "
SENTENCES += "Some of us are here in the morning, and others in the evening, when the door is open too. " * 9
Files = Mapping[str, str]


def pages(count: int) -> Files:
    """Return small pages, each of which leads to the next."""
    text = "Call {{ phones.desk }}, or read [the next]({{}}).\n\n## When\n\nIn the *morning*.\n\n- one\n- two\n"
    return {
        f"content/p{number}/page.md": f"---\ntitle: Page {number}\ndescription: What it says.\n---\n\n"
        + text.replace("{{}}", f"/p{(number + 1) % count}/")
        for number in range(count)
    }


def a_megabyte() -> Files:
    """Return one page of many words."""
    part = f"\n\n{SENTENCES}\n\n- one\n- two\n"
    parts = [f"## Part {number}{part}" for number in range(1_000_000 // len(part))]
    return {"content/long/page.md": "---\ntitle: Long\n---\n\n" + "\n".join(parts)}


def questions(count: int) -> Files:
    """Return many questions for one page, each of which leads to the next."""
    return {
        f"content/faq/{number + 1}-q{number}.md": f"---\ntitle: May I come for reason {number}?\n---\n\n"
        f"Yes. Call {{{{ phones.desk }}}}, or read [on](#q{(number + 1) % count}).\n"
        for number in range(count)
    }


SIZES: Mapping[str, tuple[Callable[[], Files], int, int]] = {
    # what it is made of, the files that it makes, and the most memory in MiB; measured on Linux with Python 3.11
    "1,000 pages": (lambda: pages(1000), 1006, 100),  # 64
    "a page of 1 MB": (a_megabyte, 7, 130),  # 87
    "5,000 questions": (lambda: questions(5000), 6, 150),  # 99
}
LONGER: Mapping[str, tuple[Callable[[], Files], int, int]] = {
    "10,000 pages": (lambda: pages(10_000), 10_006, 350),  # 207
}


def measured(site: Path) -> None:
    """Build a site, and print the most memory that this took, in KiB."""
    status = build.main(["--quiet", "--strict", "--source", str(site)])
    most = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    (site / "most").write_text(str(most // 1024 if sys.platform == "darwin" else most), "ascii")
    sys.exit(status)


@pytest.mark.parametrize("sizes", [SIZES, *([LONGER] if LONG else [])], ids=", ".join)
def test_sites_of_size(
    tmp_path: Path, tell: Callable[[str], None], sizes: Mapping[str, tuple[Callable[[], Files], int, int]]
) -> None:
    """Each builds without a problem, within its memory; all at once, as there are processors for it."""
    builds = {}
    for name, (files, _, _) in sizes.items():
        site = tmp_path / name
        for path, text in {
            "site.yaml": SITE,
            "templates/page.html": TEMPLATE,
            "content/page.md": "---\ntitle: Home\n---\n\nCall {{ phones.desk }}.\n",
            **files(),
        }.items():
            (site / path).parent.mkdir(parents=True, exist_ok=True)
            (site / path).write_text(text, "utf-8")
        builds[name] = context().Process(target=measured, args=(site,), daemon=True)
        builds[name].start()
    for name, (_, count, limit) in sizes.items():
        builds[name].join(600)
        assert builds[name].exitcode == 0
        assert len([path for path in (tmp_path / name / "dist").rglob("*") if path.is_file()]) == count
        most = int((tmp_path / name / "most").read_text("ascii")) / 1024
        tell(f"{name}: built with {most:.0f} MiB of memory, of {limit} that it may take")
        assert most < limit, name
