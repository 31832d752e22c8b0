"""JSON Schemas of ``site.yaml`` and of front matter, for completion and help in an editor.

They are made from the dataclasses that the files are read into: the fields are
the keys, the types the expected values, the docstrings the descriptions.
"""

import dataclasses
import re
import typing
from datetime import date
from typing import Any

from generator.facts import DETAILS, KINDS, RESERVED, Days, Words
from generator.model import Draft, FaqMatter, PageMatter, SectionMatter, Settings
from generator.yamlfile import Text, fields_of, inner_type, is_required

DRAFT_07 = "http://json-schema.org/draft-07/schema#"
"""The version that editors understand."""
NAME = "^[A-Za-z][A-Za-z0-9_]*$"
Schema = dict[str, Any]

FILES = {"page": PageMatter, "section": SectionMatter, "faq": FaqMatter}
"""The kinds of front matter."""


def schemas() -> Schema:
    """Return every schema by the kind of file that it describes."""
    return {"site": site(), **{name: front_matter(name) for name in FILES}}


def front_matter(kind: str) -> Schema:
    """Return the schema of the front matter of a page, a section or an FAQ entry."""
    return {"$schema": DRAFT_07, **_of_dataclass(FILES[kind])}


def site() -> Schema:
    """Return the schema of ``site.yaml``."""
    return {
        "$schema": DRAFT_07,
        "title": "site.yaml",
        "description": "The facts of the site, the rules between them, and its settings.",
        "type": "object",
        "additionalProperties": False,
        "required": ["site"],
        "properties": {
            "site": _of_dataclass(Settings),
            "facts": {
                "description": "The facts, in groups; a page names one with its whole path.",
                "$ref": "#/definitions/group",
            },
            "rules": {
                "description": "Comparisons that must hold: programs.a.hours.least < programs.b.hours.least.",
                "type": ["array", "null"],
                "items": {"type": "string"},
            },
        },
        "definitions": {"group": _group(), "fact": _fact(), **{kind.WORD: _of_kind(kind) for kind in KINDS}},
    }


def _group() -> Schema:
    """Return the schema of a group: names, each with a value, with what is known about it, or with a group.

    No name is one of the keys that make a fact, or a fact with a mistake would pass for a group.
    """
    inner = [_bare(), {"$ref": "#/definitions/fact"}, {"$ref": "#/definitions/group"}]
    names = {"pattern": NAME, "not": {"enum": [*RESERVED, "checked", "review_every"]}}
    return {"type": "object", "propertyNames": names, "additionalProperties": {"anyOf": inner}}


def _bare() -> Schema:
    return {"anyOf": [{"$ref": f"#/definitions/{kind.WORD}"} for kind in KINDS if kind.KEY == "value"]}


def _fact() -> Schema:
    """Return the schema of a fact with what is known about it; further texts of it may have any name."""
    about = {
        "label": "What it is, in a visitor's words.",
        "source": "Where it can be looked up.",
        "owner": "Who knows whether it still holds.",
        "checked": "The day of the last check, such as 2026-11-23.",
        "review_every": "How often it is to be checked, such as 180 days.",
    }
    types = {"checked": _day(), "review_every": _text(Days)}
    known = {key: {"description": about[key], **types.get(key, _text(Words))} for key in DETAILS}
    markers: Schema = {kind.KEY: {"$ref": f"#/definitions/{kind.WORD}"} for kind in KINDS if kind.KEY != "value"}
    markers["value"] = _bare()
    return {
        "type": "object",
        "description": "A fact with what is known about it.",
        "properties": {**markers, **known},
        "propertyNames": {"pattern": NAME},
        "additionalProperties": _text(Words),
        "oneOf": [{"required": [key]} for key in markers],
    }


def _of_kind(kind: Any) -> Schema:  # noqa: ANN401 - one of the kinds of facts
    return {"description": _first_paragraph(kind), **kind.schema()}


# ---------------------------------------------------------------- dataclasses


def _of_dataclass(cls: type) -> Schema:
    told = _told(cls)
    required = [field.name for field in dataclasses.fields(cls) if is_required(field)]
    properties = {name: {"description": told.get(name, ""), **_of_type(kind)} for name, kind in fields_of(cls).items()}
    return {
        "title": _first_paragraph(cls).rstrip("."),
        "type": "object",
        "additionalProperties": False,
        "required": required,
        "properties": properties,
    }


def _of_type(kind: Any) -> Schema:  # noqa: ANN401 - a type, read at run time
    kind = inner_type(kind)
    origin = typing.get_origin(kind)
    if origin is tuple:
        return {"type": "array", "items": _of_type(typing.get_args(kind)[0])}
    if origin is not None:
        return {"type": "object", "additionalProperties": _of_type(typing.get_args(kind)[1])}
    if kind is Draft:
        return {"type": ["boolean", "string", "number"], "minLength": 1}
    return _day() if kind is date else _text(kind)


def _text(kind: Any) -> Schema:  # noqa: ANN401
    """Return the schema of a scalar; YAML reads some texts as numbers, which is all the same here."""
    pattern = getattr(kind, "PATTERN", "")
    if kind in {Text, Words}:
        return {"type": ["string", "number", "boolean"], "minLength": 1}
    return {"type": "string", **({"pattern": pattern} if pattern else {})}


def _day() -> Schema:
    return {"type": "string", "pattern": r"^(19|20|21)\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$"}


def _told(cls: type) -> dict[str, str]:
    """Return what a docstring says of each field: the lines ``name: what it is``."""
    text = re.sub(r"\n\s+", " ", re.sub(r"\n\s*(?=[\w, ]+: )", "\f", cls.__doc__ or ""))
    found: dict[str, str] = {}
    for line in text.split("\f")[1:]:
        names, _, words = line.partition(": ")
        found.update((name.strip(), words.strip().replace("``", "'")) for name in names.split(","))
    return found


def _first_paragraph(cls: type) -> str:
    return " ".join((cls.__doc__ or "").split("\n\n")[0].split()).replace("``", "'")
