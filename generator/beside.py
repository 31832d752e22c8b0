"""The files beside the pages: for hosts, for search engines, and a page that forwards at each older address."""

import html
from collections.abc import Mapping
from types import MappingProxyType

from generator import elements, hosts, policy
from generator.addresses import HEADERS, NGINX, REDIRECTS, ROBOTS, SITEMAP, older, output_path, shows_html
from generator.hosts import HeadersError, in_url
from generator.model import NOT_FOUND, Rendered, RenderedPage, Site
from generator.policy import Policy
from generator.problems import Location, Problem, SiteError
from generator.templates import FOLDER as TEMPLATES


def beside(rendered: Rendered, site: Site) -> Mapping[str, bytes]:
    """Return the files that stand beside the pages; ``SiteError`` where hosts would not read one of them."""
    forwarding = _forwarding(rendered, site)
    found = hosts.policies({**rendered.files, **forwarding}, rendered.url)
    url, base_path, drafts = rendered.url, rendered.base_path, site.options.drafts
    moved = {old: page.page.address for page in rendered.pages for old in older(page.page)}
    texts = {
        HEADERS: _headers(found, rendered, drafts=drafts),
        REDIRECTS: hosts.redirects(moved, base_path),
        NGINX: hosts.nginx(found, base_path, moved, drafts=drafts),
        # below a path, crawlers look for it at the root of the host alone: whoever has that root puts it there
        ROBOTS: f"User-agent: *\nDisallow:\n\nSitemap: {url}/{SITEMAP}\n",
        SITEMAP: _sitemap(rendered),
    }
    return MappingProxyType({**forwarding, **{name: text.encode() for name, text in texts.items()}})


def _headers(found: Mapping[str, Policy], rendered: Rendered, *, drafts: bool) -> str:
    try:
        return hosts.headers(found, rendered.base_path, drafts=drafts)
    except HeadersError as error:
        most = max(rendered.pages, key=lambda page: len(found[page.path].header))
        at = Location(f"{TEMPLATES}/{most.page.template}")
        message = f"{error} in {HEADERS}; hosts read {hosts.LONGEST_LINE:,}"
        hint = "put scripts and styles that are others on each page into files: <script src=\"{{ asset('x.js') }}\">"
        raise SiteError(Problem(at, "headers", message, hint)) from None


def _sitemap(rendered: Rendered) -> str:
    """Return the list of pages for search engines; a day stands only with a page that says when it was reviewed."""
    entries = (page for page in rendered.pages if not page.page.entry.matter.draft.waits)
    lines = "".join(_listed(page, rendered.url) for page in entries if page.page.address != NOT_FOUND)
    begin = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    return f"{begin}{lines}</urlset>\n"


def _listed(page: RenderedPage, url: str) -> str:
    reviewed = page.page.entry.matter.reviewed
    day = f"<lastmod>{reviewed.isoformat()}</lastmod>" if reviewed else ""
    return f"<url><loc>{html.escape(url + in_url(page.page.address))}</loc>{day}</url>\n"


def _forwarding(rendered: Rendered, site: Site) -> Mapping[str, bytes]:
    """Return a page for each older address, for hosts that redirect nothing."""
    found = {output_path(old): page for page in rendered.pages for old in older(page.page)}
    return {path: _forward(page, rendered, site).encode() for path, page in found.items() if shows_html(path)}


def _forward(page: RenderedPage, rendered: Rendered, site: Site) -> str:
    """Return a page that leads to another one at once.

    Browsers treat a refresh after no time like a redirect: the other page takes
    its place in the history, and the Back button does not come by here.
    """
    titles = (each.text for each in elements.read(page.html) if each.tag == "title")
    title = html.escape(" ".join(html.unescape(next(titles, page.page.address)).split()))
    language = html.escape(site.settings.language.value if site.settings.language else "en")
    new = in_url(rendered.base_path + page.page.address)
    text = f"""\
<!doctype html>
<html lang="{language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="referrer" content="no-referrer">
<meta http-equiv="refresh" content="0; url={new}">
<link rel="canonical" href="{html.escape(rendered.url + in_url(page.page.address))}">
<title>{title}</title>
</head>
<body><p><a href="{new}">{title}</a></p></body>
</html>
"""
    return policy.stated(text, rendered.url)
