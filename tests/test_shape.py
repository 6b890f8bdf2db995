"""The shape of the code, checked: wings and packages in order, small files with names of their own, honest marks."""

import ast
import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path

import pytest
from flask import Flask
from werkzeug.routing import Rule

from workshop import house
from workshop.routes import as_markdown

ROOT = Path(__file__).parent.parent
CODE, TEMPLATES, TESTS = ROOT / "workshop", ROOT / "templates", ROOT / "tests"
PACKAGES = house.packages()
ORDER = ["platform", *PACKAGES]
MODULES = [path for path in sorted(CODE.glob("*/**/*.py")) if path.relative_to(CODE).parts[0] in house.WINGS]
# The pattern that every package follows; these names may stand in each of them, and be small.
PATTERN = {"models", "queries", "rules", "forms", "views", "tasks", "letters", "commands", "exports"}
PURE = "No database, no request, no clock."
IMPURE = ("flask.", "flask_login", "workshop.platform.db.db", "workshop.platform.db.now", "sqlalchemy")
MOST_MODULES, MOST_LINES, FEWEST_LINES, LONGEST_LINE = 14, 300, 40, 120
# Smaller than they should be, and why.
SMALL = {
    "platform/foreign/documents/pictured_codes.py": "one question to the library",
    "platform/qr_codes.py": "one picture for whatever cameras read",
    "participation/registration/listing/list_print.py": "one paper and when it is made anew",
    "platform/audit.py": "a table and its one verb",
    "platform/providers.py": "one class that every package may use",
    "secretariat/settings/goals.py": "the one reading of goals.yaml",
    "platform/patience.py": "one class for every kind of task",
    "platform/comma_separated.py": "one rule for every table that is handed out",
    "platform/labels.py": "one base for every enum that is shown",
    "consultation/survey_files/xlsform/conventions.py": "names only, for both directions",
}


def package_of(name: str) -> str:
    """The package of a module given by its dotted name; "" for what stands beside the wings."""
    parts = name.split(".")[1:]
    if name.split(".")[0] != "workshop" or not parts:
        return ""
    return "platform" if parts[0] == "platform" else next((p for p in PACKAGES if ".".join(parts[:2]) == p), "")


def dotted(path: Path) -> str:
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


@cache
def source(path: Path) -> str:
    return path.read_text()


@cache
def nodes(path: Path) -> list[ast.AST]:
    """Everything in a module, however deep inside it."""
    return list(ast.walk(ast.parse(source(path))))


@pytest.fixture(scope="module", autouse=True)
def _parsed_once() -> Iterator[None]:
    """Each module is read and parsed once for all tests here; afterwards the memory is free again."""
    yield
    for kept in (source, nodes, imports):
        kept.cache_clear()


def in_order(path: Path) -> list[ast.stmt]:
    """What stands in a module itself, nothing deeper."""
    module = nodes(path)[0]
    assert isinstance(module, ast.Module)
    return module.body


@cache
def imports(path: Path) -> frozenset[str]:
    """Everything a module imports, by full name: modules and what is taken out of them."""
    found: set[str] = set()
    package = path.relative_to(ROOT).parent.parts
    for node in nodes(path):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = ".".join(package[: len(package) - node.level + 1]) if node.level else ""
            module = ".".join(part for part in (base, node.module) if part)
            found.update((module, *(f"{module}.{alias.name}" for alias in node.names)))
    return frozenset(found)


def is_in(name: str, place: str) -> bool:
    return name == place.rstrip(".") or name.startswith(place.rstrip(".") + ".")


def name_of(path: Path) -> str:
    return str(path.relative_to(CODE))


def test_imports_point_one_way() -> None:
    screens = re.compile(r"\.(forms|views|\w+_views)(\.|$)")
    beside = ("app", "config", "workshop.cli", "workshop.doctor", "workshop.demonstration")
    for path in MODULES:
        own = package_of(dotted(path))
        others = {name for name in imports(path) if package_of(name) not in ("", own)}
        assert {name for name in others if ORDER.index(package_of(name)) > ORDER.index(own)} == set(), path
        assert {name for name in others if package_of(name) != "platform" and screens.search(name)} == set(), path
        assert {name for name in imports(path) if any(is_in(name, place) for place in beside)} == set(), path


def says_it_is_pure(path: Path) -> bool:
    module = nodes(path)[0]
    return isinstance(module, ast.Module) and PURE in (ast.get_docstring(module) or "")


def test_what_says_it_is_pure_is_pure() -> None:
    for path in MODULES:
        enclosing = [CODE / place / "__init__.py" for place in path.relative_to(CODE).parents][:-1]
        says_so = any(map(says_it_is_pure, [path, *enclosing]))
        assert says_so or path.stem != "rules", f"{path}: rules say: {PURE}"
        if says_so:
            assert {name for name in imports(path) if any(is_in(name, banned) for banned in IMPURE)} == set(), path
            asked = {node.attr for node in nodes(path) if isinstance(node, ast.Attribute)}
            assert asked & {"utcnow", "today"} == set(), path


def test_queries_hold_no_session_and_models_know_no_request() -> None:
    banned = {"queries": ("workshop.platform.db.db", "flask."), "models": ("flask.", "flask_login")}
    for path in MODULES:
        places = banned.get(path.stem, ())
        assert {name for name in imports(path) if any(is_in(name, place) for place in places)} == set(), path


def test_packages_are_small_and_files_neither_long_nor_tiny() -> None:
    own = [path for path in MODULES if path.name != "__init__.py"]
    folders = Counter(path.parent for path in own if path.parent != CODE / "platform")
    assert {name_of(folder): n for folder, n in folders.items() if n > MOST_MODULES} == {}
    lines = {path: len(source(path).splitlines()) for path in MODULES}
    assert {name_of(path): n for path, n in lines.items() if n > MOST_LINES} == {}
    tiny = {name_of(path) for path in own if lines[path] < FEWEST_LINES and path.stem not in PATTERN}
    assert tiny - set(SMALL) == set()
    assert set(SMALL) - tiny == set(), "no longer small: take it off the list"


def test_a_module_name_stands_once_in_the_product() -> None:
    names = Counter(path.stem for path in MODULES if path.name != "__init__.py")
    repeated = {name for name, n in names.items() if n > 1 and name not in PATTERN}
    assert {name for name in repeated if not name.endswith("_views")} == set()


def test_prefixes_are_folders() -> None:
    for folder in {path.parent for path in MODULES}:
        names = [path.stem for path in folder.glob("*.py") if path.name != "__init__.py"]
        folders = {each.name for each in folder.iterdir() if each.is_dir()} | {folder.name}
        prefixes = Counter(name.partition("_")[0] for name in names if "_" in name)
        assert {prefix for prefix, n in prefixes.items() if n >= 6} == set(), folder
        assert {prefix for prefix in prefixes if prefix in folders} == set(), folder


def routes_in(path: Path) -> bool:
    """Whether a module puts a page, a filter or a global on the blueprint of its package."""
    return re.search(r"^(@bp\.|bp\.add_)", source(path), re.MULTILINE) is not None


HANDLER = re.compile(r"^@((tasks\.)?(handles|every_day)|import_steps\.(reads|takes))\(", re.MULTILINE)


@pytest.mark.parametrize("name", PACKAGES)
def test_a_package_names_its_screens(name: str) -> None:
    package, folder = import_module(f"workshop.{name}"), CODE / name.replace(".", "/")
    inside = {path: ".".join(path.relative_to(folder).with_suffix("").parts) for path in folder.rglob("*.py")}
    screens = {each for path, each in inside.items() if routes_in(path)}
    assert set(getattr(package, "SCREENS", ())) == screens
    assert {each for each in screens if not re.search(r"(^|\.|_)views$", each)} == set()
    handlers = {each for path, each in inside.items() if HANDLER.search(source(path))}
    assert set(getattr(package, "TASKS", ())) == handlers
    made = [path for path in folder.rglob("*.py") if "Blueprint(" in source(path)]
    assert made == ([folder / "__init__.py"] if screens else [])


@pytest.mark.parametrize("name", PACKAGES)
def test_templates_and_tests_stand_under_the_same_path(name: str) -> None:
    folder = name.replace(".", "/")
    assert list((TESTS / folder).rglob("test_*.py")) or name in NO_TESTS_OF_ITS_OWN
    pages = [path for path in (CODE / folder).rglob("*.py") if "render_template(" in source(path)]
    assert bool(list((TEMPLATES / folder).rglob("*.*"))) == bool(pages)


NO_TESTS_OF_ITS_OWN: set[str] = set()


def test_only_views_tasks_and_commands_hold_the_session() -> None:
    allowed = re.compile(r"(^|_)(views|tasks|commands)$|^(membership|sign_in|retention|response_by_link|tally)$")
    holders = {path for path in MODULES if "workshop.platform.db.db" in imports(path)}
    features = {path for path in holders if package_of(dotted(path)) != "platform"}
    assert {name_of(path) for path in features if not allowed.search(path.stem)} == set()


def test_no_view_sets_a_page_as_pdf_but_those_that_are_kept_nowhere() -> None:
    """Whatever takes longer than a tenth of a second is a worker's; a person's own copy, a day's run sheet and letters about
    one person are made for whoever waits, two at once.
    """
    views = {name_of(path): source(path) for path in MODULES if re.search(r"(^|_)views$", path.stem)}
    assert {name for name, text in views.items() if re.search(r"\bRenderer\(|\b(pdf|paper)\.render\(", text)} == set()
    waited_for = {name for name, text in views.items() if "WaitedFor(" in text}
    waited_for |= {name for name, text in views.items() if re.search(r"make_personal\(|personal_docx\(", text)}
    assert waited_for <= {
        "participation/registration/travel/passport_views.py",
        "participation/attendance/door_views.py",
        "consultation/answering/copy_views.py",
        "programme/runsheet/views.py",
    }


HEAVY = re.compile(  # what writes or reads whole files, and the libraries behind it
    r"(^|\.)(\w*(docx|workbook|xlsx|pptx)\w*|word_document|report_word|spreadsheet|slides|questionnaire_archive"
    r"|weasyprint|xlsxwriter|openpyxl|pyreadstat|zipfile|tarfile|PIL|lxml)(\.|$)"
)
WAITED_FOR = {"workshop.participation.delegations.official.letter_word.personal_docx"}  # a child's work, kept nowhere


def test_no_view_writes_documents_workbooks_or_archives() -> None:
    """A worker does: `made_files.give` asks it to and shows how far it is. Files of strangers are opened by a child."""
    views = [path for path in MODULES if re.search(r"(^|_)views$", path.stem)]
    heavy = {name_of(path): {each for each in imports(path) if HEAVY.search(each)} - WAITED_FOR for path in views}
    assert {name: found for name, found in heavy.items() if found} == {}
    writing = re.compile(
        r"\b(write_export|(list|as)_(docx|xlsx|pptx|sav)|registrations_book|sheet_of_texts|workbook|freeze)\("
    )
    assert {name_of(path) for path in views if writing.search(source(path))} == set()
    assert HEAVY.search("workshop.deliberation.editions.report_docx.as_docx"), "it would be found"


def calls_of(path: Path) -> dict[str, tuple[set[str], bool]]:
    """Each function of a module by its full name: what it calls, and whether it gives what becomes of every row."""
    own, names = dotted(path), dict[str, str]()
    package = path.relative_to(ROOT).parent.parts
    for node in nodes(path):
        if isinstance(node, ast.ImportFrom):
            base = (
                ".".join([*package[: len(package) - node.level + 1], node.module or ""]) if node.level else node.module
            )
            names |= {each.asname or each.name: f"{str(base).rstrip('.')}.{each.name}" for each in node.names}
    tops = [node for node in in_order(path) if isinstance(node, ast.FunctionDef)]
    names |= {node.name: f"{own}.{node.name}" for node in tops}
    found = {}
    for top in tops:
        said = [ast.unparse(node.func) for node in ast.walk(top) if isinstance(node, ast.Call)]
        full = {".".join([names.get(each.split(".")[0], ""), *each.split(".")[1:]]) for each in said}
        told = ast.unparse(top.returns) if top.returns else ""
        found[f"{own}.{top.name}"] = full, bool(re.search(r"(Import|Agenda|Questionnaire)Report", told))
    return found


def test_no_view_reads_a_file_of_rows_or_takes_it_in() -> None:
    """Nor does anything that it calls: `import_steps` does, by a worker where the file is large."""
    calls = {name: each for path in MODULES if path.stem != "commands" for name, each in calls_of(path).items()}
    heavy = {name for name, (_called, reports) in calls.items() if reports}
    heavy |= {f"workshop.platform.opened_files.opened_{each}" for each in ("agenda", "survey", "tables", "form_sheets")}
    while more := {name for name, (called, _reports) in calls.items() if called & heavy} - heavy:
        heavy |= more
    assert {name for name in heavy if re.search(r"(^|_)views$", name.split(".")[-2])} == set()
    reading = {name for name in heavy if re.search(r"(^|_)tasks$", name.split(".")[-2])}
    assert {"read_list", "take_list", "read_agenda", "take_agenda", "read_questionnaire", "keep_questionnaire"} | {
        "take_texts"
    } <= {name.split(".")[-1] for name in reading}, "they would be found"


def test_mail_leaves_by_the_outbox_and_workers_are_told_after_the_commit() -> None:
    """Nobody can forget either: `outbox.add` asks for the delivery, and the commit of any task tells a worker."""
    by_hand = re.compile(r'"mail\.deliver"|\bDELIVER\b|\bnudge\b|\bTask\(|extensions\["(queue|look_at)"\]')
    own = [path for path in MODULES if package_of(dotted(path)) != "platform"]
    assert {name_of(path) for path in own if by_hand.search(source(path))} == set()


def test_what_everyone_reads_of_an_agenda_went_past_the_modes_of_its_sessions() -> None:
    """Strangers' pages and files take a release by `shown_agenda`, which names people as the modes of now allow."""
    shown = [
        path for path in MODULES if package_of(dotted(path)) in ("front.public", "front.search", "programme.agenda_out")
    ]
    assert {
        name_of(path) for path in shown if re.search(r"\b(release|each)\.(sessions|agenda)\b", source(path))
    } == set()


def test_secrets_are_made_and_looked_up_in_one_place() -> None:
    """No package derives, digests or compares a secret by itself, and only queries find the row that one opens."""
    own = re.compile(r"\bhmac\b|token_urlsafe|links\.digest|import digest|token_hash(?!: Mapped)")
    beside = {"platform/links.py", "platform/db.py"}  # the latter makes names for addresses, which are no secrets
    sources = {name_of(path): source(path) for path in MODULES}
    assert {name for name, text in sources.items() if own.search(text)} - beside == set()
    finders = {name for name, text in sources.items() if ".opened_by(" in text}
    assert {name for name in finders if not name.endswith("/queries.py")} == set()


def views_of(built_app: Flask) -> list[Rule]:
    return [rule for rule in built_app.url_map.iter_rules() if rule.endpoint != "static"]


def test_every_address_is_in_kebab_case(built_app: Flask) -> None:
    for rule in views_of(built_app):
        assert re.fullmatch(r"[a-z0-9\-/.<>:_]*", rule.rule), rule.rule
        assert not re.search(r"[A-Z]", re.sub(r"<[^>]*>", "", rule.rule))
        assert "_" not in re.sub(r"<[^>]*>", "", rule.rule), rule.rule


def test_addresses_are_written_out_where_their_view_stands() -> None:
    """What a browser shows can be found in the code as it is."""
    for path in MODULES:
        for node in nodes(path):
            for mark in getattr(node, "decorator_list", []):
                if isinstance(mark, ast.Call) and ast.unparse(mark.func) in {"bp.get", "bp.post", "bp.route"}:
                    assert isinstance(mark.args[0], ast.Constant), f"{path}: {ast.unparse(mark)}"


def test_the_list_of_addresses_is_true(built_app: Flask) -> None:
    assert (ROOT / "docs" / "routes.md").read_text(encoding="utf-8") == as_markdown(built_app), "python3 run.py routes"


def test_every_template_a_view_renders_has_its_name() -> None:
    for path in MODULES:
        own = package_of(dotted(path)).replace(".", "/")
        for call in nodes(path):
            if isinstance(call, ast.Call) and getattr(call.func, "id", "") == "render_template":
                name = str(call.args[0].value) if isinstance(call.args[0], ast.Constant) else None
                if name is not None and own != "platform":
                    assert (TEMPLATES / name).is_file(), f"{path}: {name}"
                    assert name.startswith(f"{own}/"), f"{path}: {name}"


def test_every_template_is_used() -> None:
    code = "\n".join(p.read_text() for p in [*ROOT.glob("workshop/**/*.py"), *ROOT.glob("templates/**/*.html")])
    unused = [
        name for path in TEMPLATES.glob("**/*.html") if (name := path.relative_to(TEMPLATES).as_posix()) not in code
    ]
    assert unused == []


def rank_of_template(name: str) -> int:
    """The place of its package in the order; layouts and components stand before all."""
    package = ".".join(name.split("/")[:2])
    return ORDER.index(package) if package in ORDER else 0


def test_no_template_includes_or_asks_upward() -> None:
    given: dict[str, int] = {}
    for path in MODULES:
        text = source(path)
        named = re.findall(r"app_template_global\(\)\ndef (\w+)", text)
        named += re.findall(r'add_app_template_global\([^"]*"(\w+)"\)', text)
        given |= dict.fromkeys(named, ORDER.index(package_of(dotted(path)) or "platform"))
    for path in TEMPLATES.glob("**/*.*"):
        name, text = path.relative_to(TEMPLATES).as_posix(), source(path)
        rank = rank_of_template(name)
        taken = re.findall(r'\{%-? *(?:include|extends|from|import) "([^"]+)"', text)
        assert {other for other in taken if rank_of_template(other) > rank} == set(), name
        assert {word for word, place in given.items() if place > rank and f"{word}(" in text} == set(), name


def test_no_template_carries_inline_code() -> None:
    for path in TEMPLATES.glob("**/*.html"):
        if "pdf" in path.parts:
            continue
        text = source(path)
        code = text.replace('<script type="application/ld+json">{{ structured_data(', "")  # data, which never runs
        assert not re.search(r"<script(?![^>]*\bsrc=)|\sstyle=|\son[a-z]+=|<style", code), path


def test_tests_that_read_the_address_of_the_database_themselves_say_so() -> None:
    """Else the run on PostgreSQL, which takes only what touches the database, would leave them out."""
    reading = [path for path in TESTS.rglob("test_*.py") if re.search(r'environ.*(DATABASE|REDIS)_URL"', source(path))]
    assert {path.name for path in reading if "own_database" not in source(path)} == set()
    assert len(reading) > 2


def test_a_day_in_a_test_is_the_day_where_the_workshop_is() -> None:
    """In Greenwich it is another day for an hour before midnight, and a whole run fails in that hour."""
    day = re.compile(r"\bnow\(\)\.date\(\)")
    assert {path.name for path in TESTS.rglob("*.py") if day.search(source(path))} == set()


def test_looks_at_a_page_in_a_browser_wait_for_it() -> None:
    """`is_visible` says what is there at this moment, when half of the page may still be on its way."""
    hasty = [path for path in TESTS.rglob("test_*.py") if re.search(r"\.is_(visible|hidden)\(", source(path))]
    assert hasty == []
    # A click that leads to another page is over before that page has come: `follow` waits for it.
    at_once = re.compile(r"^(?!.*summary).*\.click\(.*\)\n.*(look_at\(|axe_faults\(|\.url\b)", re.MULTILINE)
    clicked = {f"{path.name}: {each[0]}" for path in TESTS.rglob("*.py") for each in at_once.finditer(source(path))}
    assert clicked == set()


def test_what_every_form_has_is_written_once() -> None:
    for path in TEMPLATES.glob("*/**/*.html"):
        if path.parent.name != "components":
            assert not re.search(r'name="csrf_token"|class="summary"', source(path)), path


def test_lines_of_templates_are_short() -> None:
    """A line of a mail is a line of the mail, however long."""
    for path in TEMPLATES.glob("**/*.*"):
        if path.parent.name != "mail":
            assert {line for line in source(path).splitlines() if len(line) > LONGEST_LINE} == set(), path


# Names that tell nothing at first guess: past participles without what they did it to, pronouns, metaphors, drawers.
# A view may have the word of its address, and a filter the one that templates read best with.
VAGUE = re.compile(
    r"told|shown|kept|held|made|begun|taken|found|touched|said|written|sent|behind|together|apart|opened|posted|asked|given"
    r"|turned|filled|used|known|called|beside|hold|stir|stirring|concerned|standing|merged|joined|remembered|pressed|awaited"
    r"|planned|typed|personal|telling|giving|bringing|tracing|filling|desk|bench|kindly|oddities|tongues|util|utils|common"
    r"|helpers|misc",
    re.IGNORECASE,
)


def test_names_tell_what_they_name() -> None:
    assert {name_of(path) for path in MODULES if VAGUE.fullmatch(path.stem)} == set()
    for path in MODULES:
        tops = [node for node in in_order(path) if isinstance(node, ast.FunctionDef | ast.ClassDef)]
        views = {node.name for node in tops if any("bp." in ast.unparse(mark) for mark in node.decorator_list)}
        assert {node.name for node in tops if node.name not in views and VAGUE.fullmatch(node.name)} == set(), path
