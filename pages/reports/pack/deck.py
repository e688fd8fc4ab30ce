"""The blank presentation: 16:9, our colours and type as its theme, three layouts, a footer with a page number. Knows no finding.

Made from the library's own template by code, so that no binary file is kept here. Arial, which every machine has or replaces
by a font of the same widths: a font of ours would fall back to something else on the screen in the room.
"""

from __future__ import annotations

from copy import deepcopy
from datetime import datetime
from typing import Any

from lxml import etree
from pptx import Presentation
from pptx.dml.color import RGBColor
from pptx.enum.lang import MSO_LANGUAGE_ID
from pptx.enum.text import MSO_ANCHOR, MSO_AUTO_SIZE
from pptx.opc.constants import RELATIONSHIP_TYPE
from pptx.util import Inches, Pt

from pages.charts.theme import LIGHT
from pages.reports.pack.fitting import BOLD, size_for

FONT = "Arial"
INK, PAPER, PALE = "1D1D1B", "FFFFFF", "F5F6F4"
WIDE, HIGH = 13.333, 7.5
MARGIN, FULL = 0.6, 12.13
TITLE = (MARGIN, 0.42, FULL, 1.16)  # left, top, width, height in inches
BODY = (MARGIN, 1.75, FULL, 4.6)
SOURCE = (MARGIN, 6.42, FULL, 0.5)
FOOTER, NUMBER = (MARGIN, 7.0, 10.6, 0.32), (11.73, 7.0, 1.0, 0.32)
OPENING, FINDING, BARE = 0, 1, 2  # layouts: the first slide; title with text; title alone
KEPT = {"Title Slide": OPENING, "Title and Content": FINDING, "Title Only": BARE}
DRAWING = "http://schemas.openxmlformats.org/drawingml/2006/main"
COLOURS = {
    "dk1": INK, "lt1": PAPER, "dk2": LIGHT.ours[1:], "lt2": PALE, "accent1": LIGHT.ours[1:], "accent2": LIGHT.similar[1:],
    "accent3": LIGHT.support[1:], "accent4": LIGHT.look[1:], "accent5": LIGHT.line[1:], "accent6": LIGHT.text[1:],
    "hlink": LIGHT.ours[1:], "folHlink": LIGHT.support[1:],
}  # fmt: skip


def blank() -> Any:
    """A presentation without slides."""
    deck = Presentation()
    package = deck.part.package
    for key in [one.rId for one in package._rels.values() if one.reltype == RELATIONSHIP_TYPE.THUMBNAIL]:
        package.drop_rel(key)  # the library's own small picture of an empty slide
    deck.slide_width, deck.slide_height = Inches(WIDE), Inches(HIGH)
    for layout in list(deck.slide_layouts):
        if layout.name not in KEPT:
            deck.slide_layouts.remove(layout)
    _theme(deck.slide_master.part.part_related_by(RELATIONSHIP_TYPE.THEME))
    for holder in (deck.slide_master, *deck.slide_layouts):
        for shape in list(holder.placeholders):
            _placed(shape)
    opening = deck.slide_layouts[OPENING]
    at(opening.placeholders[0], (MARGIN, 2.1, FULL, 1.7))
    at(opening.placeholders[1], (MARGIN, 3.95, FULL, 1.9))
    _styles(deck.slide_master)
    return deck


def stamped(deck: Any, title: str, subject: str, made: datetime) -> None:
    """Properties of the file: what it is, its language, and the day of the pack in place of the clock."""
    core = deck.core_properties
    core.title, core.subject, core.author, core.last_modified_by = title, subject, "Alongside", "Alongside"
    core.language, core.keywords, core.comments, core.revision = "en-GB", "", "", 1
    core.created = core.modified = made


def slide(deck: Any, layout: int, title: str, *, footer: str) -> Any:
    """A new slide with its real title, and with footer and page number from its layout, last in the reading order."""
    made = deck.slides.add_slide(deck.slide_layouts[layout])
    sizes = (44, 40, 36, 32, 28) if layout == OPENING else (30, 28, 26, 24, 22, 20)
    box = (MARGIN, 0.0, FULL, 1.7) if layout == OPENING else TITLE
    size = size_for([title], (box[2] - 0.1) / BOLD, box[3], sizes=sizes) or min(sizes)
    write(made.shapes.title.text_frame, [title], size=size, bold=True, colour=LIGHT.ours)
    made.shapes.title.text_frame.vertical_anchor = MSO_ANCHOR.BOTTOM if layout == OPENING else MSO_ANCHOR.TOP
    for shape in made.slide_layout.placeholders:
        if shape.placeholder_format.idx in (11, 12):
            made.shapes._spTree.append(deepcopy(shape._element))
    for shape in made.placeholders:
        if shape.placeholder_format.idx == 11:
            write(shape.text_frame, [footer], size=12, colour=LIGHT.quiet)
    return made


def last(made: Any) -> None:
    """Footer and page number moved behind what was added: read after it."""
    tree = made.shapes._spTree
    for shape in [one for one in made.placeholders if one.placeholder_format.idx in (11, 12)]:
        tree.remove(shape._element)
        tree.append(shape._element)


def box(made: Any, place: tuple[float, float, float, float], name: str) -> Any:
    """The text frame of a new box: wraps, no inner margins, never resized by the program that opens it."""
    shape = made.shapes.add_textbox(*(Inches(one) for one in place))
    shape.name = name
    frame = shape.text_frame
    frame.word_wrap, frame.auto_size = True, MSO_AUTO_SIZE.NONE
    frame.margin_left = frame.margin_right = frame.margin_top = frame.margin_bottom = 0
    return frame


def write(
    frame: Any, paragraphs: list[str], *, size: float, bold: bool = False, colour: str = f"#{INK}", gap: float = 0.0
) -> None:
    """Plain paragraphs in place of what stands in a text frame; `gap`: points after each. Line ends become blanks."""
    for place, text in enumerate(paragraphs):
        paragraph = frame.paragraphs[0] if place == 0 else frame.add_paragraph()
        paragraph.space_after = Pt(gap)
        add(paragraph, text, size=size, bold=bold, colour=colour)


def add(paragraph: Any, text: str, *, size: float, bold: bool = False, colour: str = f"#{INK}") -> None:
    """A run of text at the end of a paragraph, marked as British English."""
    run = paragraph.add_run()
    run.text = " ".join(text.split())
    run.font.size, run.font.bold = Pt(size), bold
    run.font.color.rgb = RGBColor.from_string(colour.removeprefix("#"))
    run.font.language_id = MSO_LANGUAGE_ID.ENGLISH_UK


def _placed(shape: Any) -> None:
    kind = shape.placeholder_format.idx if shape.placeholder_format.idx in (10, 11, 12) else None
    number = {"dt": 10, "ftr": 11, "sldNum": 12}.get(shape._element.ph.get("type", ""), kind)
    if number == 10:
        shape._element.getparent().remove(shape._element)
    elif number in (11, 12):
        at(shape, FOOTER if number == 11 else NUMBER)
        shape.text_frame.margin_left = shape.text_frame.margin_right = 0
    else:
        at(shape, TITLE if shape.placeholder_format.idx == 0 else BODY)


def at(shape: Any, place: tuple[float, float, float, float]) -> None:
    """Put a shape at left, top, width, height in inches."""
    shape.left, shape.top, shape.width, shape.height = (Inches(one) for one in place)


def _theme(part: Any) -> None:
    root = etree.fromstring(part.blob)
    for name, colour in COLOURS.items():
        for slot in root.iter(f"{{{DRAWING}}}{name}"):
            slot.clear()
            etree.SubElement(slot, f"{{{DRAWING}}}srgbClr", val=colour)
    for latin in root.iter(f"{{{DRAWING}}}latin"):
        latin.set("typeface", FONT)
    part._blob = etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _styles(master: Any) -> None:
    """Titles to the left, text without bullets, on every slide of the deck."""
    for level in [
        one for holder in (master, *master.slide_layouts) for one in holder._element.iter(f"{{{DRAWING}}}lvl1pPr")
    ]:
        level.set("algn", "r" if _of_number(level) else "l")
        level.set("marL", "0")
        level.set("indent", "0")
        for bullet in level.findall(f"{{{DRAWING}}}buChar") + level.findall(f"{{{DRAWING}}}buFont"):
            level.remove(bullet)
        if level.find(f"{{{DRAWING}}}buNone") is None:
            run = level.find(f"{{{DRAWING}}}defRPr")
            none = etree.Element(f"{{{DRAWING}}}buNone")
            level.insert(list(level).index(run) if run is not None else len(level), none)
    for holder in (master, *master.slide_layouts):
        for body in holder._element.iter(f"{{{DRAWING}}}bodyPr"):
            for inset in ("lIns", "rIns", "tIns", "bIns"):
                body.set(inset, "0")


def _of_number(level: Any) -> bool:
    """Whether a style is that of the page number, which stands at the right."""
    return any(
        one.get("type") == "sldNum"
        for shape in level.iterancestors()
        for one in shape.findall("{*}nvSpPr/{*}nvPr/{*}ph")
    )
