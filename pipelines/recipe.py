"""Fingerprints what a result is made by: our own modules reached from its entry points, and the tables they name.

Read off the source, so that no rule or table can be changed without the files made by it becoming stale. Which
stages there are does not belong here.
"""

import ast
import hashlib
from collections.abc import Sequence
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable

PACKAGES = ("transforms", "warehouse")  # whose modules count as ours
_READERS = ("table", "document")  # the functions of transforms.reference that open a reference file
_SUFFIXES = {"table": ".csv", "document": ".yaml"}


@cache
def _file(module: str) -> Traversable | None:
    """The source file of a module or package, None where there is no such module."""
    package, _, name = module.rpartition(".")
    if not package:
        return files(module) / "__init__.py"
    place = files(package.split(".")[0])
    for part in (*package.split(".")[1:],):
        place = place / part
    for candidate in (place / name / "__init__.py", place / f"{name}.py"):
        if candidate.is_file():
            return candidate
    return None


@cache
def _needs(module: str) -> tuple[frozenset[str], frozenset[str]]:
    """Our own modules and the reference files that a module names. Raises ModuleNotFoundError where there is none."""
    source = _file(module)
    if source is None:
        raise ModuleNotFoundError(f"no module {module}")
    tree = ast.parse(source.read_text(encoding="utf-8"))
    nodes = list(ast.walk(tree))
    return frozenset(_imports(nodes)), frozenset(_tables(tree, nodes))


def _imports(nodes: Sequence[ast.AST]) -> set[str]:
    """Our own modules that a source names in its imports, whether at the top or in a function."""
    named: set[str] = set()
    for node in nodes:
        if isinstance(node, ast.Import):
            named |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            named |= {node.module} | {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in named if name.split(".")[0] in PACKAGES and _file(name) is not None}


def _tables(tree: ast.Module, nodes: Sequence[ast.AST]) -> set[str]:
    """Reference files that a source opens by a literal name, or by a constant of its own."""
    constants = {
        target.id: node.value.value
        for node in tree.body
        if isinstance(node, ast.Assign) and isinstance(node.value, ast.Constant)
        for target in node.targets
        if isinstance(target, ast.Name)
    }
    found = set()
    for node in nodes:
        if not isinstance(node, ast.Call) or not node.args:
            continue
        called = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", None)
        if called in _READERS:
            first = node.args[0]
            name = first.value if isinstance(first, ast.Constant) else constants.get(getattr(first, "id", ""))
            if isinstance(name, str):
                found.add(f"{name}{_SUFFIXES[str(called)]}")
    return found


@cache
def ingredients(entries: tuple[str, ...]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Modules and reference files that the entry modules depend on, sorted.

    A package's `__init__` counts only where it is imported itself. Raises ModuleNotFoundError for an unknown entry.
    """
    todo, modules, tables = list(entries), set[str](), set[str]()
    while todo:
        module = todo.pop()
        if module in modules:
            continue
        modules.add(module)
        imported, read = _needs(module)
        tables |= read
        todo.extend(imported - modules)
    return tuple(sorted(modules)), tuple(sorted(tables))


@cache
def recipe(entries: tuple[str, ...]) -> str:
    """Hash of the source of all modules and the content of all tables that the entries depend on."""
    modules, tables = ingredients(entries)
    h = hashlib.sha256()
    for module in modules:
        source = _file(module)
        assert source is not None
        h.update(module.encode() + b"\0" + source.read_bytes() + b"\0")
    for name in tables:
        h.update(name.encode() + b"\0" + (files("seeds") / "reference" / name).read_bytes() + b"\0")
    return h.hexdigest()[:16]


@cache
def folder(package: str, name: str, suffix: str) -> str:
    """Hash of the files of a folder of a package that end in `suffix`."""
    h = hashlib.sha256()
    todo = [files(package) / name]
    while todo:
        place = todo.pop()
        for entry in sorted(place.iterdir(), key=lambda e: e.name):
            if entry.is_dir():
                todo.append(entry)
            elif entry.name.endswith(suffix):
                h.update(entry.name.encode() + b"\0" + entry.read_bytes() + b"\0")
    return h.hexdigest()[:16]
