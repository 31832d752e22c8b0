"""What the HTTP Observatory gives a page, by the rules that it scores with.

Read in mdn/mdn-http-observatory at commit 94042bb (2026-08-20): the numbers in
``src/grader/charts.js``, what earns them in ``src/analyzer/tests/*.js``, how they
add up in ``src/scanner/index.js``. Only what a static page can have or lack is
here: no cookies, no scripts of other sites, https with a redirect from http.
"""

from collections.abc import Iterator, Mapping

from generator import elements

BROAD = {"ftp:", "http:", "https:", "*", "http://*", "http://*.*", "https://*", "https://*.*"}
UNSAFE = BROAD | {"'unsafe-inline'", "data:"}
HASHES = ("'sha256-", "'sha384-", "'sha512-", "'nonce-")
HALF_A_YEAR = 15_552_000
ENOUGH_FOR_BONUS = 90
GRADES = {100: "A+", 90: "A", 85: "A-", 80: "B+", 70: "B", 65: "B-", 60: "C+", 50: "C", 45: "C-", 40: "D+", 30: "D"}
Policy = Mapping[str, set[str]]


def grade(points: int) -> str:
    """Return the grade for a score."""
    return next((name for least, name in GRADES.items() if points >= least), "F")


def score(headers: Mapping[str, str], page: str) -> int:
    """Return the score of a page that comes with these headers; what adds to it counts from 90 points on."""
    found = findings({name.lower(): value.lower() for name, value in headers.items()}, page)
    least = 100 + sum(points for points in found.values() if points < 0)
    return least if least < ENOUGH_FOR_BONUS else 100 + sum(found.values())


def findings(headers: Mapping[str, str], page: str) -> dict[str, int]:
    """Return what each test gives; names and values of the headers in small letters."""
    in_header = [_parsed(each) for each in headers.get("content-security-policy", "").split(",") if each.strip()]
    metas = [each.given for each in elements.read(page) if each.tag == "meta"]
    stated = {each.get("http-equiv", each.get("name", "")).lower(): each.get("content", "").lower() for each in metas}
    in_page = [_parsed(stated["content-security-policy"])] if "content-security-policy" in stated else []
    return {
        "content-security-policy": _policy([*in_header, *in_page]),
        "x-frame-options": _frames(headers.get("x-frame-options", ""), in_header),
        "referrer-policy": _referrer(headers.get("referrer-policy", ""), stated.get("referrer", "")),
        "strict-transport-security": _transport(headers.get("strict-transport-security", "")),
        "x-content-type-options": 0 if headers.get("x-content-type-options") == "nosniff" else -5,
        "cross-origin-resource-policy": _origin(headers, "resource", {"same-origin", "same-site"}, {"cross-origin"}),
        "cross-origin-embedder-policy": _origin(
            headers, "embedder", {"require-corp", "credentialless"}, {"unsafe-none"}
        ),
        "cross-origin-opener-policy": _origin(
            headers,
            "opener",
            {"same-origin", "same-origin-allow-popups", "noopener-allow-popups"},
            {"unsafe-none"},
        ),
    }


def _parsed(policy: str) -> Policy:
    parts = (each.split() for each in policy.split(";") if each.strip())
    return {name: set(values) for name, *values in parts}


def _policy(policies: list[Policy]) -> int:
    """All policies hold: a source counts if each of those that speak of it names it."""
    if not policies:
        return -25
    names = {name for policy in policies for name in policy}
    whole = {name: set.intersection(*(each[name] for each in policies if name in each)) or {"'none'"} for name in names}
    default = whole.get("default-src", {"*"})
    script, style = (_without_inline(whole.get(name, default)) for name in ("script-src", "style-src"))
    active = script.union(*(each for name, each in whole.items() if name not in {"img-src", "media-src", "script-src"}))
    passive = whole.get("img-src", default) | whole.get("media-src", default)
    ladder: Iterator[tuple[bool, int]] = iter(
        (
            (bool(script & UNSAFE or whole.get("object-src", default) & BROAD), -20),
            (any(each.startswith(("http:", "ftp:")) for each in active), -20),
            ("'unsafe-eval'" in script | style, -10),
            (any(each.startswith(("http:", "ftp:")) for each in passive), -10),
            (bool(style & UNSAFE), 0),
            (default == {"'none'"}, 10),
        )
    )
    return next((points for is_so, points in ladder if is_so), 5)


def _without_inline(sources: set[str]) -> set[str]:
    """A hash or a nonce makes browsers forget that all texts were allowed."""
    return sources - {"'unsafe-inline'"} if any(each.startswith(HASHES) for each in sources) else sources


def _frames(header: str, in_header: list[Policy]) -> int:
    if any("frame-ancestors" in policy for policy in in_header) or header in {"deny", "sameorigin"}:
        return 5
    return 0 if header.startswith("allow-from") else -20


def _referrer(header: str, stated: str) -> int:
    private = {"no-referrer", "same-origin", "strict-origin", "strict-origin-when-cross-origin"}
    last = (stated or header).split(",")[-1].strip()
    return 0 if not last else 5 if last in private else -5


def _transport(header: str) -> int:
    ages = [int(each.strip()[8:]) for each in header.split(";") if each.strip().startswith("max-age=")]
    if not ages or "," in header:
        return -20
    return 0 if ages[-1] >= HALF_A_YEAR else -10


def _origin(headers: Mapping[str, str], kind: str, good: set[str], idle: set[str]) -> int:
    value = headers.get(f"cross-origin-{kind}-policy", "")
    return 10 if value in good else 0 if not value or value in idle else -5
