"""The JSON Schemas of site.yaml and of front matter: right, complete, and the ones that editors are given."""

import json
import re
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from generator.schema import DRAFT_07, schemas

ROOT = Path(__file__).parent.parent
GOOD = ROOT / "tests/sites/good"
KINDS = {"page": "**/page.md", "section": "**/sections/*.md", "faq": "**/faq/*.md"}


def as_editors_read(text: str) -> Any:  # noqa: ANN401 - any YAML
    """Return YAML as an editor's schema checker sees it: dates are texts."""
    return json.loads(json.dumps(yaml.safe_load(text), default=str))


def mistakes(kind: str, text: str) -> list[str]:
    """Return what a schema says of a YAML text."""
    found = jsonschema.Draft7Validator(schemas()[kind]).iter_errors(as_editors_read(text))
    return [error.message for error in found]


@pytest.mark.parametrize("kind", ["site", *KINDS])
def test_each_is_a_schema(kind: str) -> None:
    """Each schema is sound, names its version, and allows no unknown keys."""
    schema = schemas()[kind]
    jsonschema.Draft7Validator.check_schema(schema)
    assert (schema["$schema"], schema["additionalProperties"]) == (DRAFT_07, False)


@pytest.mark.parametrize("kind", list(KINDS))
def test_a_title_is_required(kind: str) -> None:
    """Front matter needs a title and nothing else."""
    assert schemas()[kind]["required"] == ["title"]
    assert mistakes(kind, "title: Home") == []


@pytest.mark.parametrize("root", [ROOT, GOOD])
def test_sites_fit(root: Path) -> None:
    """The clinic's site.yaml and that of the good site fit."""
    assert mistakes("site", (root / "site.yaml").read_text("utf-8")) == []


@pytest.mark.parametrize(
    ("kind", "path"),
    [
        pytest.param(kind, path, id=str(path.relative_to(ROOT)))
        for kind, places in KINDS.items()
        for root in (ROOT, GOOD)
        for path in sorted((root / "content").glob(places))
    ],
)
def test_front_matter_fits(kind: str, path: Path) -> None:
    """The front matter of every file fits the schema of its kind."""
    front = path.read_text("utf-8").split("---\n")[1]
    assert mistakes(kind, front) == []


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("page", "{}"),
        ("page", "title: x\nnav: y"),
        ("page", "title: [x]"),
        ("page", "title: x\nreviewed: soon"),
        ("page", "title: x\naliases: /old/"),
        ("page", "title: x\nallow: [a]"),
        ("section", "title: x\nlead: y"),
        ("faq", "title: x\npart: faq"),
        ("site", "facts: {}"),
        ("site", "site: {name: x}"),
        ("site", "site: {name: x, url: 'https://a.org', theme: dark}"),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {phones: {desk: {number: 561-555-010}}}"),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {a-b: x}"),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {a: {value: x, checked: soon}}"),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {a: {ask: ''}}"),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {a: [x]}"),
        ("site", "site: {name: x, url: 'https://a.org'}\nrules: a == b"),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {a: {number: 12345}}"),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {a: 'http://a.org'}"),
        (
            "site",
            "site: {name: x, url: 'https://a.org'}\nfacts: {a: {value: x, checked: 2026-01-01, review_every: now}}",
        ),
        ("site", "site: {name: x, url: 'https://a.org'}\nfacts: {a: {value: x, checked: '2026-19-01'}}"),
        ("page", "title: ''"),
    ],
)
def test_mistakes_do_not_fit(kind: str, text: str) -> None:
    """What the build refuses, the schema refuses where a schema can."""
    assert mistakes(kind, text)


@pytest.mark.parametrize(
    "value", ["90+ days", "3-5 days a week", "up to 6 hours a day", "45 minutes", "1 to 2 hours a visit"]
)
def test_a_quantity_fits(value: str) -> None:
    """Each way to write a quantity fits its schema."""
    definition = schemas()["site"]["definitions"]["quantity"]
    assert re.search(definition["pattern"], value)


def test_every_key_is_described() -> None:
    """An editor is told what each key is for."""

    def undescribed(schema: Mapping[str, Any]) -> list[str]:
        return [name for name, inner in schema["properties"].items() if not inner.get("description", "").strip()]

    front = {kind: undescribed(schemas()[kind]) for kind in KINDS}
    assert {kind: [] for kind in KINDS} == front
    assert undescribed(schemas()["site"]["properties"]["site"]) == []


@pytest.mark.parametrize("kind", ["site", *KINDS])
def test_editors_are_given_the_schemas_of_today(kind: str) -> None:
    """The files in .vscode are what 'make schema' writes."""
    written = (ROOT / f".vscode/{kind}.schema.json").read_text("utf-8")
    assert json.dumps(schemas()[kind], indent=2, ensure_ascii=False) + "\n" == written


def test_editors_find_the_schemas() -> None:
    """The settings and the line in site.yaml name files that are there."""
    settings = json.loads((ROOT / ".vscode/settings.json").read_text("utf-8"))
    line = re.search(r"yaml-language-server: \$schema=(\S+)", (ROOT / "site.yaml").read_text("utf-8"))
    assert line
    assert all((ROOT / name).is_file() for name in [*settings["yaml.schemas"], line[1]])
