"""The picture of the page in README: wide and light, beside a phone in the dark; its numbers are nobody's.

``make picture`` takes it anew.
"""

import base64
import re
import shutil
import tempfile
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from generator.model import Options
from generator.pipeline import build
from tests.browser import chromium
from tests.browser.conftest import ROOT, Server

PLACE = ROOT / "docs/page.jpg"
SHOWN = """\
<body style="margin:0;display:flex;gap:24px;padding:24px;background:#c8c8c8">
<img style="height:720px" src="data:image/png;base64,{wide}">
<img style="height:720px" src="data:image/png;base64,{phone}">
"""


def files() -> Mapping[str, bytes]:
    """Return the pages with example numbers in the place of the clinic's."""
    with tempfile.TemporaryDirectory() as folder:
        for name in ("content", "templates", "assets"):
            shutil.copytree(ROOT / name, Path(folder) / name)
        text = (ROOT / "site.yaml").read_text("utf-8")
        numbers = iter(("555-555-0100", "555-555-0199"))
        text = re.sub(r"(number: )\d{3}-\d{3}-\d{4}", lambda found: found[1] + next(numbers), text)
        (Path(folder) / "site.yaml").write_text(text, "utf-8")
        return build(Path(folder), Options(datetime.now(UTC).date())).files


def taken(browser: Browser, url: str, width: int, height: int, theme: str) -> str:
    """Return a picture of the page as data in an address."""
    page = browser.new_page(viewport={"width": width, "height": height}, color_scheme=theme)  # type: ignore[arg-type]
    page.goto(url)
    return base64.b64encode(page.screenshot()).decode()


def main() -> None:
    """Take the picture."""
    server = Server(files())
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium.find(), args=chromium.FLAGS)
        wide = taken(browser, server.url, 1120, 720, "light")
        phone = taken(browser, server.url, 360, 720, "dark")
        page = browser.new_page(viewport={"width": 1120 + 360 + 72, "height": 768})
        page.set_content(SHOWN.format(wide=wide, phone=phone))
        PLACE.parent.mkdir(exist_ok=True)
        page.screenshot(path=PLACE, type="jpeg", quality=60)
    server.shutdown()


if __name__ == "__main__":
    main()
