"""A static site generator: Markdown and facts in, whole checked pages out.

::

    site.yaml   content/   templates/   assets/
         |         |           |          |
         +---------+--- load --+----------+     reads the disk; nothing after it does
                       |  Site
                     check ------------------> problems    the sources: facts, figures, rules, dates
                       |
                     render                    pure: the pages as bytes
                       |  Rendered
                     audit ------------------> problems    the finished pages: links, ids, numbers
                       |
                     beside                    pure: the files for hosts and search engines
                       |  Build
              +--------+---------+
            write              serve           the only two that act on the world

Three laws, enforced by ``tests/test_architecture.py``:

1. Nothing after ``load`` reads the disk. Nothing before ``write`` changes it.
2. A stage takes a value and returns a new value of another type. No object
   waits to be filled in by a later stage.
3. Every mistake an author can make has a place (file, line, column), a
   sentence in plain words and a hint. Everything else is a bug and is never
   caught. (``build.py`` alone turns an ``OSError`` into status 3.)

Beside the pipeline stand the commands: ``usage``, ``waiting`` and ``diff`` read
its outcome, ``fix`` what the checks found, ``schema`` the dataclasses; ``new``
makes a file; ``revision`` puts the files of a commit into a folder, to be built
like any other; ``verify`` holds what ``write`` wrote against its ``manifest`` and
what is published. ``lock`` lets one build at a time write, ``report`` says
problems as machines want them.

Markdown that would take too long to read is given up by ``effort``, and what cannot match is not tried
(``signs``); what Jinja
cannot read is told in plain words by ``syntax``.

How a figure is recognised: ``passages`` takes a source apart into words as they
are read, ``figures`` and ``phones`` find what they say, ``recognise`` compares
that with the facts, ``rewording`` says it by its fact, ``typed`` (sources) and ``printed`` (pages) tell it. What a
page prints of which fact is known by its marks (``trace``).

What a browser may do with a page: ``policy`` says it in the page itself, by what ``elements`` finds there, and in
the headers of every file; ``blocked`` tells what the page asks for in vain.

How finished pages are audited: ``reading`` finds what a browser does in one, ``inspection`` what is wrong with it by
itself, and the little that ``audit`` has to know to hold all pages together.

How a build gets quicker and stays the same: ``unchanged`` tells the outcome of the last one again where nothing that
it depends on has changed, ``stored`` finds on the disk what was made from the same texts, ``spread`` lets several
processes make what is new; ``progress`` tells a terminal what a long one is at.

A preview is the pipeline run again at each change: ``watch`` tells of changes, ``kept`` finds again what was
made from the same values, ``preview`` says what a browser is to show, ``serve`` serves it, and ``client.js``
runs in the page.

What ships ``beside`` the pages: ``hosts`` says headers and redirects as each host reads them, ``addresses`` what
can be an address, ``compress`` makes the small copies.

The package knows nothing of the site it builds: names, numbers and words are
in ``site.yaml``, ``content/``, ``templates/`` and ``assets/``.
"""

MODULES = (
    "kept",
    "spread",
    "problems",
    "commandline",
    "manifest",
    "unchanged",
    "stored",
    "report",
    "yamlfile",
    "vocabulary",
    "figures",
    "phones",
    "facts",
    "rules",
    "references",
    "indent",
    "signs",
    "effort",
    "trace",
    "passages",
    "recognise",
    "rewording",
    "prose",
    "model",
    "content",
    "assets",
    "addresses",
    "sitefile",
    "load",
    "syntax",
    "templates",
    "typed",
    "freshness",
    "check",
    "elements",
    "policy",
    "render",
    "reading",
    "printed",
    "blocked",
    "inspection",
    "audit",
    "hosts",
    "beside",
    "pipeline",
    "progress",
    "compress",
    "usage",
    "waiting",
    "diff",
    "fix",
    "new",
    "schema",
    "revision",
    "lock",
    "write",
    "verify",
    "watch",
    "preview",
    "serve",
)
"""The modules in the order of their imports: each may import only those before it."""
