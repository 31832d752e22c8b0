"""What hosts are told: the headers of each file, and where older addresses lead.

``_headers`` and ``_redirects`` are read by Netlify and Cloudflare Pages, which
agree on most of their rules and on none of the rest:

- All rules that fit the address asked for hold, whatever file answers, and
  values under one name are joined. So no policy stands in ``/*`` beside one for
  a page: both would hold. And so ``404.html``, which answers at any address,
  has there what stands in ``/*``, and its policy in itself.
- Cloudflare reads 100 rules and lines of 2,000 characters, one ``*`` in a rule,
  and any number of ``:names``, each for one step of the path; Netlify the same
  without limits, and lets a final slash come or go.
- On Netlify a file that is there comes before its redirect unless ``301!``
  forces it; Cloudflare always redirects, and passes over a line with ``301!``.

Sources: docs.netlify.com, "Custom headers", "Redirects and rewrites", "Rewrites
and proxies: shadowing", and the package ``headers-parser`` of netlify/build;
developers.cloudflare.com/pages, "Headers", "Redirects", and ``pages-shared`` and
``workers-shared`` of cloudflare/workers-sdk, which answer the requests.
"""

from collections import Counter
from collections.abc import Callable, Iterator, Mapping
from urllib.parse import quote

from generator import assets, policy
from generator.addresses import HEADERS, NGINX, NOT_FOUND_FILE, REDIRECTS, address_of, shows_html
from generator.model import NOT_FOUND
from generator.policy import NOT_KEPT, POLICY, Policy

MOST_RULES, LONGEST_LINE = 100, 2000
EVERYTHING = "/*"
Rules = dict[str, tuple[policy.Header, ...]]


class HeadersError(Exception):
    """More than hosts read: how many rules, how long a line."""


def policies(files: Mapping[str, bytes], site: str) -> Mapping[str, Policy]:
    """Return the policy of each page among the files of a site with this address."""
    names = (path for path in files if shows_html(path) and not path.startswith(f"{assets.FOLDER}/"))
    return {path: policy.policy_of(files[path].decode(), site) for path in names}


def in_url(path: str) -> str:
    """Return a path as it is asked for: letters that are not plain become numbers, and no line can end in it."""
    return quote(path, safe="/~%+")


# ---------------------------------------------------------------- _headers


def headers(found: Mapping[str, Policy], base_path: str, *, drafts: bool) -> str:
    """Return the text of ``_headers``; ``HeadersError`` where hosts would not read all of it.

    Each page has a rule of its own. Where that makes too many, pages side by
    side share one that allows what any of them needs, or else all pages do;
    each page still states its own policy in itself.
    """
    pages = {in_url(address_of(path)): each for path, each in found.items()}
    shared = {EVERYTHING: policy.everywhere(drafts=drafts), f"/{assets.FOLDER}/*": (policy.KEPT,)}
    for rule_of in (_itself, _beside_others, _everything):
        rules = _with_policies(shared, pages, rule_of)
        lines = [line for path, values in rules.items() for line in _lines(in_url(base_path) + path, values)]
        longest = max(map(len, lines))
        if len(rules) <= MOST_RULES and longest <= LONGEST_LINE:
            return "\n".join(lines) + "\n"
    message = f"{len(pages)} pages allow so many scripts and style sheets that a line has {longest:,} characters"
    raise HeadersError(message)


def _itself(address: str) -> str:
    return address


def _beside_others(address: str) -> str:
    """Return the rule for all that is in the folder of a page; to Netlify that is a file too, the slash or not."""
    folder = address.rstrip("/").rpartition("/")[0]
    return address if address == "/" else f"{folder}/:page/"


def _everything(_: str) -> str:
    return EVERYTHING


def _with_policies(shared: Rules, pages: Mapping[str, Policy], rule_of: Callable[[str], str]) -> Rules:
    """Return all rules; one that is for more than a page fits the page for wrong addresses too."""
    groups: dict[str, list[Policy]] = {}
    for address, each in pages.items():
        groups.setdefault(rule_of(address), []).append(each)
    wrong = [pages[NOT_FOUND]] if NOT_FOUND in pages else []
    rules = dict(shared)
    for rule, members in groups.items():
        allowed = policy.together(tuple(dict.fromkeys(members if rule in pages else [*members, *wrong])))
        kept = () if rule == EVERYTHING else (NOT_KEPT,)  # it would be joined to what is said of assets
        rules[rule] = (*shared.get(rule, ()), (POLICY, allowed.header), *kept)
    return rules


def _lines(rule: str, values: tuple[policy.Header, ...]) -> Iterator[str]:
    yield rule
    yield from (f"  {name}: {value}" for name, value in values)


# ---------------------------------------------------------------- _redirects


def redirects(moved: Mapping[str, str], base_path: str) -> str:
    """Return the text of ``_redirects``: each line twice, for Netlify and for Cloudflare.

    nginx's own file leads to the home page, for it is not for visitors.
    """
    lines = []
    for old, new in {**moved, f"/{NGINX}": "/"}.items():
        line = f"{in_url(base_path + old)} {in_url(base_path + new)} 301"
        # to a host that takes /a, /a/ and /a.html for one, this would lead to itself; there the file does it
        is_the_same = old.removesuffix(".html").rstrip("/") == new.rstrip("/")
        lines += [line] if is_the_same else [f"{line}!", line]
    return "\n".join(lines) + "\n"


# ---------------------------------------------------------------- nginx

TOP = """\
# The headers and older addresses of this site, for nginx; made by the build, so change nothing here.
# Include it in the server that has the site for its root, and in no other:
#
#     server {
#         listen 443 ssl;
#         root /srv/site/2026-11-24;
#         include /srv/site/2026-11-24/_nginx.conf;
#     }
#
# Pages and headers belong together: put each version into a folder of its own, change both lines, and
# let nginx read them anew (nginx -s reload). If the site's address has a path, the root is the folder in
# which that path begins.

index index.html;
charset utf-8;
# Redirects name no host, so that they stay on https behind a proxy.
absolute_redirect off;
# Style sheets and scripts too, or one that is opened by itself shows other letters.
charset_types text/css text/javascript text/plain text/xml application/javascript;
# Files that "build.py --compress" made are sent as they are, and caches keep them apart. For those in
# Brotli take the '#' away; it needs the module (Debian: libnginx-mod-http-brotli-static), and without it
# nginx does not start.
gzip_static on;
gzip_vary on;
# brotli_static on;
# A log of who asked for this site can put its readers in danger. To keep none:
# access_log off;
# error_log /dev/null crit;
"""


def nginx(found: Mapping[str, Policy], base_path: str, moved: Mapping[str, str], *, drafts: bool) -> str:
    """Return the snippet for nginx: the headers of each file, exactly.

    ``add_header`` in a location would undo those around it, so they stand once
    and take what differs from variables; nginx sends none that is empty.
    """
    pages = {path: each.header for path, each in found.items()}
    usual = Counter(pages.values()).most_common(1)[0][0] if pages else ""
    special = {path: each for path, each in pages.items() if each != usual and f"/{path}" not in moved}
    lines = [
        *(f"add_header {name} {_quoted(value)} always;" for name, value in policy.everywhere(drafts=drafts)),
        f"add_header {POLICY} $site_policy always;",
        # an asset that is not there, or cannot be read at the moment, is not kept
        f"add_header {NOT_KEPT[0]} $site_not_kept always;",
        f"add_header {policy.KEPT[0]} $site_kept;",
        _set("policy", ""),
        _set("not_kept", NOT_KEPT[1]),
        _set("kept", ""),
        r'if ($uri ~ "/\.(?!well-known/)") { return 404; }',
        _location("^~", f"{base_path}/{assets.FOLDER}/", f"{_set('not_kept', '')} {_set('kept', policy.KEPT[1])}"),
        _location("~", r"\.html?$", _set("policy", usual)),
        *(_location("=", f"{base_path}/{path}", _set("policy", each)) for path, each in special.items()),
        *(_location("=", f"{base_path}/{name}", "return 404;") for name in (HEADERS, NGINX, REDIRECTS)),
        *(_location("=", base_path + old, f"return 301 {_quoted(in_url(base_path + moved[old]))};") for old in moved),
        # a folder without a page is answered like an address that leads nowhere
        *(f"error_page {status} {_quoted(f'{base_path}/{NOT_FOUND_FILE}')};" for status in ("404", "403 =404")),
    ]
    return TOP + "\n".join(lines) + "\n"


def _location(kind: str, path: str, what: str) -> str:
    return f"location {kind} {_quoted(path)} {{ {what} }}"


def _set(name: str, value: str) -> str:
    return f"set $site_{name} {_quoted(value)};"


def _quoted(text: str) -> str:
    """Return a text as nginx reads it between quotes; a '$' in it would be a variable, and addresses have none."""
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'
