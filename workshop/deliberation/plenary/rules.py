"""What compiling does to a report in work. No database, no request, no clock.

Compiling never writes over anything: what stands stays, and each difference is a proposal beside it, until a person uses it
or leaves it.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from workshop.deliberation.group_reports.models import GroupReport
from workshop.platform.db import Words
from workshop.platform.errors import RuleBroken
from workshop.programme.groups.models import Group
from workshop.secretariat.series.models import Role, Workshop

from .chapters import compile_paragraphs
from .drafting import Material
from .models import SLUG, SOURCE_COLUMNS, Block, Evidence, PlenaryReport
from .multilingual_prose import in_each, join_list
from .paragraphs import Chapter, Cited, Paragraph, WrittenParagraph, read_paragraph

EDITORS = (Role.ORGANISER, Role.CHAIR, Role.RAPPORTEUR)  # who works on the report, and may read it before the public
TITLE = _l("Report to the plenary")
GONE: Literal["gone"] = "gone"


def unsigned_groups(groups: Sequence[Group], reports: Sequence[GroupReport]) -> list[Group]:
    """The groups whose report is missing, not signed, or awaits a decision on a key point without a source."""
    signed = [report.group for report in reports if report.signed_at and not report.undecided]
    return [group for group in groups if group not in signed]


def compile_report(
    report: PlenaryReport | None, material: Material, *, after: int, partly: bool, at: datetime
) -> PlenaryReport:
    """The report with what there is now: written where it was empty, proposed where something stands.

    `after` is how often it had been compiled when the person asked, so that asking twice compiles once; `partly` says that
    missing signatures are known and accepted.
    """
    before = report.compilings if report else 0
    if before != after:
        raise RuleBroken(_("The report has been compiled in the meantime. It is shown below."))
    missing = unsigned_groups(material.groups, material.reports)
    if missing and not partly:
        numbers = join_list([str(group.number) for group in missing])
        raise RuleBroken(
            _(
                "The report of these groups is not signed: %(groups)s. Nothing was compiled. Wait for the "
                "signatures, or choose to compile anyway.",
                groups=numbers,
            ),
            field="partly",
        )
    report = report or new_plenary_report(material.workshop)
    propose(report, compile_paragraphs(material))
    report.compilings, report.compiled_at, report.results = before + 1, at, material.snapshot
    return report


def new_plenary_report(workshop: Workshop) -> PlenaryReport:
    title = in_each(workshop.languages, lambda: str(TITLE))
    return PlenaryReport(workshop=workshop, slug=SLUG, title=title)


def propose(report: PlenaryReport, compiled: Sequence[Paragraph]) -> None:
    """Put what was compiled beside what stands, block by block; into an empty report it is written at once."""
    is_first = not any(block.key for block in report.blocks)
    known = {block.key: block for block in report.blocks if block.key}
    for paragraph in compiled:
        block = known.get(paragraph.key)
        if block is None:
            block = Block(key=paragraph.key, chapter=paragraph.chapter, position=0)
            _insert(report, block, compiled)
            known[paragraph.key] = block
        if is_first:
            take(block, paragraph)
        elif paragraph.digest == block.compiled:
            block.proposal = None
            if block.as_paragraph.digest == block.compiled:
                _follow_sources(block, paragraph)  # it says the same, whatever else is new about them
        else:
            block.proposal = paragraph.written()
    there = {paragraph.key for paragraph in compiled}
    for key, block in known.items():
        if key not in there:
            block.proposal = GONE if block.compiled and block.left_out_at is None else None
    for block in [each for each in report.blocks if each.key and not each.compiled and each.proposal is None]:
        report.blocks.remove(block)
    renumber(report)


def _insert(report: PlenaryReport, block: Block, compiled: Sequence[Paragraph]) -> None:
    """After the block of the paragraph compiled before it, and after what a person wrote behind that one."""
    keys = [paragraph.key for paragraph in compiled]
    places = {each.key: number for number, each in enumerate(report.blocks) if each.key}
    before = [places[key] for key in keys[: keys.index(block.key or "")] if key in places]
    place = max(before, default=-1) + 1
    while place < len(report.blocks) and is_written_in(report.blocks[place], block.chapter):
        place += 1
    report.blocks.insert(place, block)


def is_written_in(block: Block, chapter: Chapter) -> bool:
    """Whether it is a person's own paragraph in this chapter."""
    return block.key is None and block.chapter is chapter


def renumber(report: PlenaryReport) -> None:
    """Chapters in their order, and in each the blocks in theirs."""
    ordered = sorted(report.blocks, key=lambda block: block.chapter.place)  # stable
    for position, block in enumerate(ordered, 1):
        block.position = position
    report.blocks.sort(key=lambda block: block.position)


def take(block: Block, paragraph: Paragraph) -> None:
    """What was compiled becomes what stands. A person's words stay; what only compiling chose as evidence changes."""
    block.chapter, block.compiled, block.proposal = paragraph.chapter, paragraph.digest, None
    block.heading, block.subheading = paragraph.heading, paragraph.subheading
    block.text, block.originals, block.table = paragraph.text, list(paragraph.originals), paragraph.table
    _follow_sources(block, paragraph)


def _follow_sources(block: Block, paragraph: Paragraph) -> None:
    """The evidence that compiling found, beside what people chose; what people decided about a source is kept."""
    wanted = {(each.kind, each.source_id): each for each in paragraph.sources}
    there = {(each.kind, each.source_id): each for each in block.evidence}
    kept = [each for key, each in there.items() if key in wanted or each.is_chosen]
    for each in kept:
        found = wanted.get((each.kind, each.source_id))
        if found and not block.words:
            each.label, each.fingerprint = found.label, found.fingerprint
    added = [evidence_of(each) for key, each in wanted.items() if key not in there]
    block.evidence = [*kept, *added]


def evidence_of(source: Cited, *, chosen_by: int | None = None) -> Evidence:
    """A line of evidence that points at this source."""
    column = SOURCE_COLUMNS.get(source.kind, "workshop_id")
    line = Evidence(kind=source.kind, label=source.label, fingerprint=source.fingerprint, chosen_by=chosen_by)
    line.is_chosen = chosen_by is not None
    setattr(line, column, source.source_id)
    return line


def use_proposal(block: Block, *, seen: str, at: datetime) -> None:
    """What compiling proposes in place of what stands, a person's words of this block included."""
    proposal = _proposal_seen(block, seen)
    if proposal == GONE:
        block.proposal, block.left_out_at = None, at
        return
    block.words, block.title = Words(), Words()
    take(block, read_paragraph(proposal))


def leave_proposal(block: Block, *, seen: str, at: datetime) -> None:
    """What stands stays, and the same is not proposed again. A new paragraph that is not wanted is left out."""
    proposal = _proposal_seen(block, seen)
    if proposal == GONE:
        block.key = None  # from now on it is a person's
    elif block.compiled:
        block.compiled = read_paragraph(proposal).digest
    else:
        take(block, read_paragraph(proposal))
        block.left_out_at = at
    block.proposal = None


def _proposal_seen(block: Block, seen: str) -> WrittenParagraph | Literal["gone"]:
    if block.proposal is None or proposal_mark(block) != seen:
        raise RuleBroken(_("This proposal has changed since the page was opened. Nothing was done; check it again."))
    return block.proposal


def proposal_mark(block: Block) -> str:
    """By which a proposal is known again."""
    if block.proposal is None or block.proposal == GONE:
        return "gone" if block.proposal else ""
    return read_paragraph(block.proposal).digest


def use_all_proposals(report: PlenaryReport, *, at: datetime) -> int:
    """Use each proposal that puts nothing of a person's aside; how many."""
    untouched = [each for each in report.blocks if each.proposal and not (each.words or each.title or each.left_out_at)]
    for block in untouched:
        use_proposal(block, seen=proposal_mark(block), at=at)
    renumber(report)
    return len(untouched)


def write_block(block: Block, *, title: Words, words: Words, by: int, at: datetime) -> None:
    """A person's words in place of what was compiled; none give the compiled text back."""
    if block.key is None and not (words or title):
        raise RuleBroken(_("Write something, or remove the paragraph."), field="words")
    block.title, block.words, block.edited_by, block.edited_at = title, words, by, at


def add_block(report: PlenaryReport, chapter: Chapter, *, after: int | None) -> Block:
    """An empty paragraph of a person's own: behind another one, or at the end of its chapter."""
    block = Block(chapter=chapter, position=0)
    places = [n for n, each in enumerate(report.blocks) if each.id == after and after is not None]
    if not places:
        places = [n for n, each in enumerate(report.blocks) if each.chapter.place <= chapter.place]
    report.blocks.insert((places[-1] if places else -1) + 1, block)
    renumber(report)
    return block


def move_block(block: Block, *, up: bool) -> None:
    """One place up or down among the blocks of its chapter that stand."""
    report = block.report
    neighbours = [each for each in report.standing_blocks if each.chapter is block.chapter]
    place = neighbours.index(block) + (-1 if up else 1)
    if not 0 <= place < len(neighbours):
        raise RuleBroken(_("It is the first of its chapter.") if up else _("It is the last of its chapter."))
    other = report.blocks.index(neighbours[place])
    report.blocks.remove(block)
    report.blocks.insert(other, block)
    renumber(report)


def leave_out(block: Block, *, at: datetime) -> None:
    """Take a block out of the report; it can be put back, and what it rested on is remembered."""
    block.left_out_at = at


def put_back(block: Block) -> None:
    block.left_out_at = None


def let_stay(line: Evidence, mark: str, *, seen: str, because: str, by: int, at: datetime) -> None:
    """What rests on this source stays, in the state the source is in now, for this reason."""
    if not mark or mark != seen:
        raise RuleBroken(_("The source has changed again since the page was opened. Check it again."))
    line.stays_as, line.stays_because, line.stays_by, line.stays_at = mark, because, by, at
