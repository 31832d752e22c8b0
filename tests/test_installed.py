"""What is installed to build the site; ``python -m tests.test_installed`` prints the table of README anew."""

import re
import sys
import tomllib
from importlib.metadata import Distribution, distribution
from pathlib import Path

ROOT = Path(__file__).parent.parent


def names(lock: str) -> list[str]:
    """Return the packages of a lock file."""
    return re.findall(r"^([\w.-]+)==", (ROOT / lock).read_text("utf-8"), re.MULTILINE)


def asked_by(found: Distribution) -> set[str]:
    """Return the packages that a package needs here, without those of its extras."""
    needed = (each for each in found.requires or () if "extra ==" not in each)
    return {re.split(r"[^\w.-]", each)[0].lower() for each in needed}


def for_what() -> dict[str, str]:
    """Return what we ask for, and what for."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
    extras = {"serve": "`serve`", "compress": "`--compress`"}
    asked = {word: what for extra, what in extras.items() for word in project["optional-dependencies"][extra]}
    return {**asked, **dict.fromkeys(project["dependencies"], "every build")}


def table() -> str:
    """Return each package with what asks for it, its size, and whether parts of it are compiled."""
    found, ours = {name: distribution(name) for name in names("requirements.txt")}, for_what()
    lines = ["| package | for | size | |", "| --- | --- | ---: | --- |"]
    for name, each in found.items():
        by = [*filter(None, [ours.get(name)]), *(other for other in found if name in asked_by(found[other]))]
        files = [Path(str(file.locate())) for file in each.files or ()]
        size = sum(file.stat().st_size for file in files if file.exists()) / 1e6
        compiled = "partly compiled" if any(file.suffix in {".so", ".pyd"} for file in files) else ""
        lines.append(f"| {name} | {', '.join(by)} | {size:.1f} MB | {compiled} |")
    return "\n".join(lines)


def test_readme_names_what_is_installed() -> None:
    """Each package of the lock file stands in README's table, and no other."""
    readme = (ROOT / "README.md").read_text("utf-8")
    listed = re.findall(r"^\| ([\w.-]+) \| [\w`, -]+ \| [\d.]+ MB ", readme, re.MULTILINE)
    assert listed == names("requirements.txt")


def test_the_table_can_be_made() -> None:
    """Each package is installed, and something asks for it."""
    lines = table().splitlines()[2:]
    assert [line.split()[1] for line in lines] == names("requirements.txt")
    assert all(line.split(" | ")[1] for line in lines)


if __name__ == "__main__":
    sys.stdout.write(f"{table()}\n")
