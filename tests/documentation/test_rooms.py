"""The package is a house of rooms: few entries at its top, no import circle, and tests in a folder for each room."""

from __future__ import annotations

from pathlib import Path

import grimp
from checkout import ROOT

import instanceview

PACKAGE = Path(instanceview.__file__).parent
FILES = {"__init__.py", "__main__.py", "api.py", "arrow.py", "derive.py", "py.typed", "pytest_plugin.py", "literals.py"}
"""Files at the top of the package; `derive` writes `literals.py`, with the names of kinds and api-versions."""
MOST_ROOMS = 11
NO_ROOMS = {"__pycache__", "schemas"}  # an installed package holds the schemas
BESIDE_ROOMS = {
    "benchmarks",
    "browser",
    "data",
    "documentation",
    "engines",
    "faults",
    "fuzz",
    "growth",
    "mutation",
    "support",
}


def folders(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir() if path.is_dir()} - NO_ROOMS


def test_the_top_of_the_package_has_rooms_and_few_files() -> None:
    assert len(folders(PACKAGE)) <= MOST_ROOMS
    assert {path.name for path in PACKAGE.iterdir() if path.is_file()} <= FILES


def test_each_room_has_a_folder_of_tests_and_no_other_folder_is_there() -> None:
    assert folders(ROOT / "tests") - BESIDE_ROOMS - {"support"} == folders(PACKAGE)
    of_the_interface = {"test_api.py", "test_api_choices.py", "test_types.py"}
    assert {path.name for path in (ROOT / "tests").glob("test_*.py")} == of_the_interface


def test_no_modules_import_each_other() -> None:
    graph = grimp.build_graph("instanceview", cache_dir=None, exclude_type_checking_imports=False)
    imported = {module: graph.find_modules_directly_imported_by(module) for module in graph.modules}
    assert circles(imported) == set()


def circles(imported: dict[str, set[str]]) -> set[tuple[str, ...]]:
    """Return each group of modules that reach one another by imports, sorted."""
    below = {module: reached(module, imported) for module in imported}
    groups = ({other for other in below[module] if module in below[other]} for module in imported)
    return {tuple(sorted(group)) for group in groups if group}


def reached(module: str, imported: dict[str, set[str]]) -> set[str]:
    """Return the modules that a module imports, directly or by others."""
    seen: set[str] = set()
    waiting = [module]
    while waiting:
        new = imported[waiting.pop()] - seen
        seen |= new
        waiting += new
    return seen


def test_a_circle_is_found_whether_short_or_long() -> None:
    imported = {"a": {"b"}, "b": {"c", "d"}, "c": {"a"}, "d": {"e"}, "e": {"d"}, "f": {"a", "f"}, "g": set()}
    assert circles(imported) == {("a", "b", "c"), ("d", "e"), ("f",)}
