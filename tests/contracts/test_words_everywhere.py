"""No word that judges a school, and none that only statisticians use, in anything that people read: every sentence in the code,
every catalogue and register, menus, errors, forms, and the pack. Names from data, the publishers' column names and "How it
works" are exempt; what a page draws from all these is read in `tests/views/test_page_grammar.py`.
"""

from __future__ import annotations

import ast
import io
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from data.register.declared import REGISTERS
from pages.reports.columns import HEADINGS, NAMES
from pages.shell.registry import PAGES
from tests import made_pack
from tests.views.drive import FORBIDDEN_WORDS, OFF_SCREEN, off_words

ROOT = Path(__file__).resolve().parents[2]
ANY = FORBIDDEN_WORDS + OFF_SCREEN
CODE = sorted(
    path
    for folder in ("pages", "analytics", "data")
    for path in (ROOT / folder).rglob("*.py")
    if "local" not in path.parts
)
TABLES = sorted(
    path for folder in ("data", "analytics") for path in (ROOT / folder).rglob("*.csv") if "local" not in path.parts
)
# How it works and what only it draws: the words of the trade are explained there.
METHODS = (
    "data/acceptance/",
    "analytics/explained/",
    "pages/views/how_it_works.py",
    "pages/components/early_words.py",
    "pages/components/choice_words.py",
)
# Text that nobody reads as words: keys of answers, other people's column names, styles, and the list of words itself.
NO_SENTENCE = {
    ("analytics/programmes/evaluation.py", "weak design"), ("analytics/programmes/results.py", "weak design"),
    ("analytics/similar/presets/fbit.py", "Building Comparator Data Present"), ("analytics/similar/presets/fbit.py", "Pupil Comparator Data Present"),
    ("data/catalogue/vocabulary.py", "risk score"), ("data/catalogue/vocabulary.py", "turned around"),
    ("pages/components/why_words.py", "The newest year held back and foreseen from the years before. Counted: newest figures that lay in their 95% range."),
}  # fmt: skip


def named(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


def sentences(path: Path) -> Iterator[str]:
    """Every text in a module but its docstrings; of a text with figures in it, the parts between them."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    silent = {
        id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and id(node) not in silent:
            yield node.value


@pytest.mark.parametrize("path", CODE, ids=named)
def test_no_such_word_in_a_sentence_of_the_code(path: Path) -> None:
    if named(path).startswith(METHODS):
        return
    said = [one for one in sentences(path) if " " in one and (named(path), one) not in NO_SENTENCE and "{" not in one]
    said += [
        re.sub(r"(?:[\w-]+:[^;{}]*[;}]|<[^>]*>)", " ", one) for one in sentences(path) if "{" in one
    ]  # styles and tags
    assert [(word, one[:100]) for one in said for word in off_words(re.sub(r"<[^>]*>", " ", one), ANY)] == []


@pytest.mark.parametrize("path", TABLES, ids=named)
def test_no_such_word_in_a_catalogue_or_register(path: Path) -> None:
    if named(path).startswith(METHODS):
        return
    assert off_words(path.read_text(encoding="utf-8"), ANY) == []


def test_no_such_word_in_menus_forms_and_column_dictionaries() -> None:
    said = [f"{spec.title} {spec.section}" for spec in PAGES]
    said += [f"{one.title} {one.one} {one.about}" for one in REGISTERS.values()]
    said += [
        f"{field.label} {field.about} {field.choices}" for one in REGISTERS.values() for field in one.fields.values()
    ]
    said += [f"{column} {meaning}" for column, meaning in {**HEADINGS, **NAMES}.items()]
    assert len(said) > 300
    assert off_words("\n".join(said), ANY) == []


def test_no_such_word_in_the_pack_as_slides_and_on_paper() -> None:
    """The standing words of slides, notes and paper; the words of its findings are those of the board's pages."""
    pptx = pytest.importorskip("pptx")
    from pages.reports.pack import paper, slides
    from tests import pdf_text

    pack = made_pack.pack()
    deck = pptx.Presentation(io.BytesIO(slides.slides(pack)))
    said = [shape.text_frame.text for slide in deck.slides for shape in slide.shapes if shape.has_text_frame]
    said += [slide.notes_slide.notes_text_frame.text for slide in deck.slides if slide.has_notes_slide]
    written = paper.paper(pack)
    said += [*pdf_text.texts(written, "Alt"), *pdf_text.texts(written, "Title")]
    assert len(said) > 50
    assert off_words("\n".join(said), ANY) == []
