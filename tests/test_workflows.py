"""What runs on other machines: what it may do there, and what it looks at before anything is published."""

import re
import tomllib
from pathlib import Path
from typing import Any

import pytest
import yaml

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / ".github/workflows"
TEXTS = {path.stem: path.read_text("utf-8") for path in sorted(FOLDER.glob("*.yml"))}
WORKFLOWS: dict[str, Any] = {name: yaml.load(text, yaml.BaseLoader) for name, text in TEXTS.items()}  # noqa: S506
NETLIFY = tomllib.loads((ROOT / "netlify.toml").read_text("utf-8"))
PUBLISHING = ("cloudflare-pages", "github-pages")
RIGHTS = {
    ("check", "comment"): {"actions": "read", "pull-requests": "write"},
    ("cloudflare-pages", "deploy"): {"actions": "read"},
    ("github-pages", "deploy"): {"id-token": "write", "pages": "write"},
}
"""What jobs may do beside reading the repository."""
VERIFY = "build.py verify --published ${FEWER_PAGES:+--fewer-pages}"


def steps(workflow: str) -> list[tuple[str, Any]]:
    """Return each step of a workflow, with the job that it is in."""
    return [(name, step) for name, job in WORKFLOWS[workflow]["jobs"].items() for step in job["steps"]]


@pytest.mark.parametrize("name", TEXTS)
def test_what_a_workflow_may_do(name: str) -> None:
    """It reads the repository and no more, but for jobs of which that is said; no step runs what somebody typed."""
    assert WORKFLOWS[name]["permissions"] == {"contents": "read"}
    jobs = WORKFLOWS[name]["jobs"]
    rights = {(name, job): found["permissions"] for job, found in jobs.items() if "permissions" in found}
    assert rights == {key: value for key, value in RIGHTS.items() if key[0] == name}
    for job, step in steps(name):
        assert "${{" not in step.get("run", ""), job
        assert not ("build.py" in step.get("run", "") and (name, job) in RIGHTS)  # nothing of ours beside a right
    used = re.findall(r"uses: (.*)", TEXTS[name])
    assert [each for each in used if not re.fullmatch(r"[\w-]+/[\w-]+@[0-9a-f]{40} # v\d+\.\d+\.\d+", each)] == []
    assert all(job["timeout-minutes"] for job in jobs.values())


@pytest.mark.parametrize("name", PUBLISHING)
def test_what_is_looked_at_before_publishing(name: str) -> None:
    """Tests, a strict build, its manifest and what is published now, in this order, and then what is sent."""
    jobs = WORKFLOWS[name]["jobs"]
    assert jobs["build"]["if"] == f"vars.PUBLISH_TO == '{name}'"
    assert jobs["deploy"]["needs"] == "build"
    done = [step.get("run") or step["uses"].partition("@")[0] for job, step in steps(name) if job == "build"]
    looked = ["make test", ".venv/bin/python build.py --strict", f".venv/bin/python {VERIFY}"]
    assert [each for each in done if each in looked] == looked
    assert not any("upload" in each for each in done[: done.index(looked[-1])])
    assert "upload" in done[-1]
    assert not any("continue-on-error" in step or "if" in step for _, step in steps(name))


@pytest.mark.parametrize("name", PUBLISHING)
def test_many_fewer_pages_can_be_meant(name: str) -> None:
    """Whoever runs the workflow by hand may say so; no push and no night does."""
    given = WORKFLOWS[name]["on"]["workflow_dispatch"]["inputs"]
    assert [(key, each["type"], each["default"]) for key, each in given.items()] == [
        ("fewer-pages", "boolean", "false")
    ]
    (environment,) = (step["env"] for _, step in steps(name) if VERIFY in step.get("run", ""))
    assert environment == {"FEWER_PAGES": "${{ inputs.fewer-pages && 'meant' || '' }}"}


def test_netlify_looks_too() -> None:
    """What is published there is compared; previews, which stand elsewhere, are only looked at by themselves."""
    command = NETLIFY["build"]["command"]
    assert command.split(" && ")[1:] == [".venv/bin/python build.py --strict", f".venv/bin/python {VERIFY}"]
    for context in NETLIFY["context"].values():
        assert context["command"].split(" && ")[1:] == [
            '.venv/bin/python build.py --strict --base-url "$DEPLOY_PRIME_URL"',
            ".venv/bin/python build.py verify",
        ]
