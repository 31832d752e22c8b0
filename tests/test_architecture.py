"""The laws that ``generator/__init__.py`` states, read from the code itself."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

import generator

PACKAGE = Path(generator.__file__).parent
ROOT = PACKAGE.parent
FILES = {path.stem: ast.parse(path.read_text("utf-8")) for path in PACKAGE.glob("*.py") if path.stem != "__init__"}
ACT_ON_THE_WORLD = {"load", "revision", "lock", "manifest", "write", "verify", "watch", "serve"}
ACT_ON_THE_WORLD |= {"unchanged", "stored", "spread", "progress"}  # which change no result
DISK = {"open", "read_text", "read_bytes", "write_text", "write_bytes", "unlink", "mkdir", "rmdir", "iterdir", "glob"}
DISK |= {"stat", "exists", "is_file", "is_dir", "resolve", "listdir", "scandir", "touch", "rename"}
LONGEST_FUNCTION = 40


def imports(tree: ast.Module) -> Iterator[str]:
    """Each module of the package that a module imports."""
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module == "generator":
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and (node.module or "").startswith("generator."):
            yield str(node.module).removeprefix("generator.")


def functions(tree: ast.Module) -> Iterator[ast.FunctionDef]:
    """Each function of a module."""
    yield from (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef))


def test_every_module_is_in_the_list() -> None:
    """The list of modules is complete, so that the order below says something of each."""
    assert sorted(generator.MODULES) == sorted(FILES)


@pytest.mark.parametrize("name", sorted(FILES))
def test_imports_go_downward(name: str) -> None:
    """A module imports only modules that stand before it in the list."""
    before = generator.MODULES[: generator.MODULES.index(name)]
    assert set(imports(FILES[name])) <= set(before)


def test_check_render_and_audit_know_different_things() -> None:
    """The three stages in the middle never import each other."""
    stages = {"check", "render", "audit"}
    assert [(name, other) for name in stages for other in imports(FILES[name]) if other in stages] == []


@pytest.mark.parametrize("name", sorted(set(FILES) - ACT_ON_THE_WORLD))
def test_the_disk_is_for_load_write_and_serve(name: str) -> None:
    """No other module reads or changes files, starts programs, asks the clock or the network."""
    calls = [node.func for node in ast.walk(FILES[name]) if isinstance(node, ast.Call)]
    called = {call.attr for call in calls if isinstance(call, ast.Attribute)}
    called |= {call.id for call in calls if isinstance(call, ast.Name)}
    assert set() == called & (DISK | {"now", "today", "time", "urlopen", "Popen", "getenv"})
    modules = {alias.name for node in ast.walk(FILES[name]) if isinstance(node, ast.Import) for alias in node.names}
    assert set() == modules & {"os", "shutil", "subprocess", "socket", "tempfile", "time"}


@pytest.mark.parametrize("name", sorted(FILES))
def test_functions_are_small(name: str) -> None:
    """No function is longer than 40 lines."""
    longest = max(((node.end_lineno or 0) - node.lineno + 1, node.name) for node in functions(FILES[name]))
    assert longest[0] <= LONGEST_FUNCTION, longest


def test_the_median_function_is_tiny() -> None:
    """Half of the functions have at most eight lines, signature and docstring included."""
    lengths = sorted((node.end_lineno or 0) - node.lineno + 1 for tree in FILES.values() for node in functions(tree))
    assert lengths[len(lengths) // 2] <= 8


@pytest.mark.parametrize("name", sorted(FILES))
def test_the_generator_knows_nothing_of_the_clinic(name: str) -> None:
    """No name, number or word of the clinic stands in the package."""
    text = (PACKAGE / f"{name}.py").read_text("utf-8").casefold()
    assert [
        word for word in ("inspire", "recovery", "lgbt", "addict", "iop", "561-899", "763-9016") if word in text
    ] == []


@pytest.mark.parametrize("name", sorted(FILES))
def test_data_is_frozen(name: str) -> None:
    """Every data class is frozen, but for the few that gather while a stage reads."""
    gather = {"_Loader", "_Reader"}
    for node in ast.walk(FILES[name]):
        if isinstance(node, ast.ClassDef) and node.name not in gather:
            marks = [ast.unparse(mark) for mark in node.decorator_list]
            assert all("frozen=True" in mark for mark in marks if mark.startswith("dataclass")), node.name
