"""A preview that rebuilds on every save: livereload over a folder of its own."""

import tempfile
from collections.abc import Callable
from pathlib import Path

WATCHED = ("site.yaml", "content", "templates", "assets")


def serve(build: Callable[[Path], object], source: Path, port: int) -> None:
    """Build into a temporary folder, serve it on this machine only, and build again when a file of the site changes."""
    import livereload  # noqa: PLC0415 - only the preview needs it, and it takes long to import

    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "site"
        out.mkdir()
        build(out)
        server = livereload.Server()
        for name in WATCHED:
            server.watch(str(source / name), lambda: build(out))
        server.serve(root=str(out), host="127.0.0.1", port=port)
