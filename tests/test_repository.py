"""The invariants of docs/architecture.md, checked against the tree: who imports whom, and what is found nowhere."""

from __future__ import annotations

import ast
import functools
import graphlib
import importlib.metadata
import re
import subprocess
import sys
from pathlib import Path

from packaging.requirements import Requirement

from keras_shapes.rules import rules

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "server" / "keras_shapes"
MODULES = sorted(path.relative_to(PACKAGE).as_posix() for path in PACKAGE.rglob("*.py"))
WORKER = [module for module in MODULES if module.startswith("worker/")]
DOTTED = {
    ".".join(["keras_shapes", *Path(module).with_suffix("").parts]).removesuffix(".__init__") for module in MODULES
}
SERVER = [module for module in MODULES if module not in WORKER]

HEAVY = {"keras", "tf_keras", "tensorflow", "numpy", "jax", "torch", "scipy", "PIL"}
KNOW_VERSIONS = {"worker/keras_api.py", "worker/keras_two.py"}
"""All of the worker that knows of versions and backends: the others ask these what differs."""
DOORS = {"worker/build.py", "worker/training_verdicts.py", "worker/code.py"}
"""How the worker's machinery (pipes, protocol, children, lock-down) reaches the modules that hold Keras."""
RUNS_USER_CODE = {"worker/code.py"}
PURE_ROOMS = ("reader", "rules", "features")
LEVELS = {
    "source": 0,
    # 1 is every other module of one file: plain data and plain text.
    "repair": 1,
    "project_modules": 2,
    "data_files": 2,
    "environments": 2,
    "reader": 3,
    "keras_process": 3,
    "rules": 4,
    "analysis": 5,
    "features": 6,
    "fixes": 6,
    "api": 7,
    "agents": 8,
    "lsp": 8,
    "cli": 9,
    "jupyter": 10,
    "__main__": 10,
    "": 11,  # the package itself, whose `%load_ext` loads the magics
}


def over(modules):
    """The test holds for each of these modules: it names all that break it, and why."""

    def decorate(test):
        @functools.wraps(test)
        def all_of_them():
            broken = {module: why for module in modules if (why := broken_by(test, module)) is not None}
            assert not broken

        del all_of_them.__wrapped__  # pytest would ask for the argument `module`
        return all_of_them

    return decorate


def broken_by(test, module):
    try:
        test(module)
    except AssertionError as error:
        return str(error)
    return None


over_server, over_worker, over_package = over(SERVER), over(WORKER), over(MODULES)


@over_server
def test_server_does_not_import_keras(module):
    assert not libraries(module) & HEAVY


def test_importing_the_whole_server_loads_nothing_heavy():
    names = [dotted(module) for module in SERVER if not module.endswith("__main__.py")]
    program = (
        f"import importlib, sys; [importlib.import_module(n) for n in {names}]; print(*{HEAVY} & {{*sys.modules}})"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert result.returncode == 0, result.stderr
    assert not result.stdout.split()


@over_package
def test_only_lsp_knows_the_protocol(module):
    assert room(module) == "lsp" or not libraries(module) & {"pygls", "lsprotocol"}


@over_package
def test_only_project_modules_knows_jedi(module):
    assert room(module) == "project_modules" or "jedi" not in libraries(module)


@over_worker
def test_worker_stands_alone(module):
    assert not libraries(module) - set(sys.stdlib_module_names) - HEAVY
    assert {room_of(name) for name in ours(module)} <= {"worker"}


@over_worker
def test_worker_meets_keras_behind_its_doors(module):
    behind = behind_the_doors()
    assert module in behind or not libraries(module) & HEAVY
    assert module in behind or not siblings(module) & (behind - DOORS)


@over_worker
def test_one_module_of_the_worker_knows_versions_and_backends(module):
    assert module in KNOW_VERSIONS or not libraries(module) & HEAVY
    assert module == "worker/keras_api.py" or "worker/keras_two.py" not in siblings(module)


@over_worker
def test_worker_is_python_3_9(module):
    ast.parse(read(module), feature_version=(3, 9))


@over_server
def test_worker_is_known_by_its_protocol_only(module):
    known = {name for name in ours(module) if room_of(name) == "worker"}
    assert all(re.match(r"keras_shapes\.worker(\.protocol(\.|$)|$)", name) for name in known)
    assert not known or room(module) == "keras_process"


@over_server
def test_arrows_point_down(module):
    others = {room_of(name) for name in ours(module)} - {room(module), "worker", ""}
    level = LEVELS.get(room(module), 1)
    assert not [other for other in others if LEVELS.get(other, 1) > level or (LEVELS.get(other, 1) == level > 1)]


def test_no_file_leads_back_to_itself():
    """But where one thing is made of others of any kind: what reads and what makes values, as in every interpreter."""
    recursive = {"worker/forms.py", "worker/objects.py"}
    files = {
        dotted(module): module
        for module in MODULES
        if room(module) != "reader" and "__init__" not in module and module not in recursive
    }
    graph = {name: {other for other in map(file_of, ours(module)) if other in files} for name, module in files.items()}
    order = list(graphlib.TopologicalSorter({name: others - {name} for name, others in graph.items()}).static_order())
    assert set(order) == set(files)


@over_package
def test_every_folder_is_a_room(module):
    assert "/" not in module or room(module) in {*LEVELS, "worker"}


@over([module for module in SERVER if module.startswith(PURE_ROOMS)])
def test_pure_rooms_do_no_io_and_keep_no_state(module):
    io = {"asyncio", "io", "os", "shutil", "socket", "subprocess", "tempfile", "threading", "time", "urllib"}
    assert not libraries(module) & io
    assert not calls(module) & {"input", "open", "print"}
    assert not [node for node in ast.walk(tree(module)) if isinstance(node, ast.Global)]
    assert not {room_of(name) for name in ours(module)} & {"keras_process", "environments"}


@over_package
def test_no_text_becomes_code(module):
    evaluators = {"eval", "exec", "compile", "__import__"} & calls(module)
    loaders = {"pickle", "marshal", "shelve", "runpy", "code", "codeop", "dill", "cloudpickle"} & libraries(module)
    assert module in RUNS_USER_CODE or not evaluators | loaders


def test_every_rule_is_one_file_and_one_page():
    names = {rule.name for rule in rules()}
    assert names == {page.stem for page in (ROOT / "docs" / "rules").glob("*.md")} - {"index"}
    assert names == {Path(file).stem.replace("_", "-") for file in MODULES if "\nRULE = " in read(file)}


def test_our_dependencies_are_pure_python():
    compiled = re.compile(r"\.(so|pyd|dylib|dll)$")
    names = dependencies("keras-shapes")
    assert {"jedi", "pygls"} <= names
    assert not [file for name in names for file in importlib.metadata.files(name) or () if compiled.search(str(file))]


def test_tracked_files_name_no_machine():
    places = re.compile(
        r"(?<![\w.])/(home|Users|root|work|tmp)/\w|[A-Z]:\\Users|" + r"files\.pythonhosted|registry\.npm"
    )
    listing = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True)
    texts = {
        name: (ROOT / name).read_bytes().decode("utf-8", "replace")
        for name in listing.stdout.split("\0")
        if (ROOT / name).is_file()
    }
    assert "pyproject.toml" in texts
    assert not {name: found[0] for name, text in texts.items() if (found := places.search(text))}


@functools.cache
def tree(module: str) -> ast.Module:
    return ast.parse(read(module))


def read(module: str) -> str:
    return (PACKAGE / module).read_text(encoding="utf-8")


def dotted(module: str) -> str:
    return ".".join(["keras_shapes", *Path(module).with_suffix("").parts]).removesuffix(".__init__")


def room(module: str) -> str:
    return room_of(dotted(module))


def room_of(name: str) -> str:
    """`reader` for `keras_shapes.reader.values`; empty for the package itself and for names in its `__init__`."""
    first = name.split(".")[1] if "." in name else ""
    return first if first in {*LEVELS, "worker"} or (PACKAGE / f"{first}.py").exists() else ""


@functools.cache
def imports(module: str) -> frozenset[str]:
    """Full dotted names of everything imported, wherever in the file: modules, and names taken from modules."""
    names: set[str] = set()
    for node in ast.walk(tree(module)):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            origin = source_of(node, module)
            names |= {origin, *(f"{origin}.{alias.name}" for alias in node.names)}
        elif isinstance(node, ast.Call) and ast.unparse(node.func).endswith("import_module"):
            names |= {str(argument.value) for argument in node.args if isinstance(argument, ast.Constant)}
    return frozenset(names)


def source_of(node: ast.ImportFrom, module: str) -> str:
    if not node.level:
        return node.module or ""
    package = ["keras_shapes", *Path(module).parent.parts]
    return ".".join([*package[: len(package) - node.level + 1], *filter(None, [node.module])])


def libraries(module: str) -> set[str]:
    return {name.partition(".")[0] for name in imports(module)} - {"keras_shapes", "__future__"}


def ours(module: str) -> set[str]:
    return {name for name in imports(module) if name.partition(".")[0] == "keras_shapes"}


def file_of(name: str) -> str:
    """The module that a dotted name is, or is taken from."""
    return name if name in DOTTED else name.rpartition(".")[0]


def siblings(module: str) -> set[str]:
    """Files of the worker that a file of the worker imports."""
    return {file for name in ours(module) if (file := "/".join(name.split(".")[1:]) + ".py") in WORKER}


def behind_the_doors() -> set[str]:
    """The doors, and what can be reached through them."""
    found = set(DOORS)
    while new := {sibling for module in found for sibling in siblings(module)} - found:
        found |= new
    return found


def calls(module: str) -> set[str]:
    """Names of functions called by their bare name."""
    nodes = ast.walk(tree(module))
    return {node.func.id for node in nodes if isinstance(node, ast.Call) and isinstance(node.func, ast.Name)}


def dependencies(name: str) -> set[str]:
    """Distributions that installing `name` without extras brings, at any depth."""
    found: set[str] = set()
    waiting = [name]
    while waiting:
        requirements = map(Requirement, importlib.metadata.requires(waiting.pop()) or ())
        new = {r.name for r in requirements if r.marker is None or r.marker.evaluate({"extra": ""})} - found
        found |= new
        waiting.extend(new)
    return found
