"""How changes look on a terminal: what went with − and struck through, what came with + and underlined, so that nothing rests on colour alone."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from rich.console import Console
from rich.padding import Padding
from rich.text import Text

from vidensplatform.changes.acts import ByAct, act_number
from vidensplatform.changes.exporting import notes_of, parts_of, sections_label, shortened
from vidensplatform.changes.records import ChangeDetail, Follow, History, Pending, QueueEntry
from vidensplatform.changes.showing import written
from vidensplatform.law.worddiff import Diff

_STYLES = {"-": ("−", "red strike"), "+": ("+", "green underline")}


def diff_text(diff: Diff) -> Text:
    """A difference as a line."""
    found = Text()
    for op, piece in diff:
        if op == "=":
            found.append(piece)
            continue
        sign, style = _STYLES[op]
        words = piece.lstrip()
        found.append(piece[: len(piece) - len(words)])
        found.append(f"{sign}{words}", style)
    return found


def changes(console: Console, found: Sequence[ChangeDetail], total: int, pending: Sequence[Pending], titles: dict[str, str]) -> None:
    """A list of changes with their words, by act, and what is on its way."""
    law = ""
    for one in found:
        if one.row.law != law:
            law = one.row.law
            console.print(Text(f"\n{one.row.law_label}", "bold"))
        change(console, one, titles)
    acts(console, found)
    if total > len(found):
        console.print(f"\n… og {total - len(found)} ændringer mere (se --limit, eller afgræns med --law, --since, --until).")
    if not found:
        console.print("Ingen ændringer.")
    if pending:
        console.print(Text("\nVedtaget eller på vej, ikke i teksten", "bold yellow"))
        for waiting in pending:
            pending_line(console, waiting, own_words=False)


def change(console: Console, one: ChangeDetail, titles: dict[str, str]) -> None:
    """One change."""
    row = one.row
    line = Text(f"{row.label} ", "cyan")
    line.append(row.heading, "italic")
    line.append(f"  {row.kind_words}", "bold")
    line.append(f"  {f'i kraft {written(row.effective)}' if row.effective else f'tekst af {written(row.day)}' if row.day else 'uden dato'}")
    line.append(f"  {row.from_version} → {row.to_version}", "dim")
    console.print(line)
    for label, diff in parts_of(one):
        text = Text(f"{label}: " if label else "", "bold")
        console.print(Padding(text + diff_text(shortened(diff)), (0, 0, 0, 4)))
    for eli, own in _by_act(row.sure_acts).items():
        places = ", ".join(f"§ {by.section}" for by in own if by.section)
        told = f"{act_number(eli)}{f', {places}' if places else ''}: {own[0].tie.value}"
        console.print(Padding(Text(told, "dim"), (0, 0, 0, 4)))
    if row.likely_act is not None:
        console.print(Padding(Text(f"{act_number(row.likely_act.eli)}: {row.likely_act.tie.value}", "dim"), (0, 0, 0, 4)))
    if row.by and not row.sure_acts:
        numbers = ", ".join(act_number(by.eli).removeprefix("lov nr. ") for by in row.by)
        several = f"en af {len(row.by)} ændringslove" if len(row.by) > 1 else "muligvis"
        console.print(Padding(Text(f"{several}: lov nr. {numbers}", "dim"), (0, 0, 0, 4)))
    elif row.reason:
        console.print(Padding(Text(row.reason, "dim"), (0, 0, 0, 4)))
    for note in notes_of(one):
        console.print(Padding(Text(note, "dim"), (0, 0, 0, 4)))
    if row.cards:
        console.print(Padding(Text(f"Kort: {', '.join(titles.get(card, card) for card in row.cards)}", "dim"), (0, 0, 0, 4)))


def acts(console: Console, found: Iterable[ChangeDetail]) -> None:
    """What the amending acts are called whose numbers stood beside the changes, each once."""
    named = dict.fromkeys(by.short for one in found for by in one.row.by)
    if named:
        console.print(Text("\nÆndringslove, der er nævnt eller mulige", "bold"))
        for name in named:
            console.print(Text(f" •  {name}", "dim"))


def _by_act(found: Iterable[ByAct]) -> dict[str | None, list[ByAct]]:
    by_act: dict[str | None, list[ByAct]] = {}
    for one in found:
        by_act.setdefault(one.eli, []).append(one)
    return by_act


def pending_line(console: Console, one: Pending, *, own_words: bool = True, of_section: bool = False) -> None:
    """An amendment that the text does not hold, with its own words where the library has them; ``of_section``: shown above one section."""
    when = f"fra {written(one.effective)}" if one.effective else "uden kendt dato"
    touched = f" {sections_label(one.sections)}" if one.sections else ""
    if of_section and not touched:
        touched = " (rører måske denne paragraf; hvilke paragraffer den rører, kan ikke ses her)"
    console.print(Text(f" •  {one.law_label}{touched}: ") + Text(f"{one.way_words} ({when})", "yellow") + Text(f" {one.short}"))
    if one.commencement:
        console.print(Padding(Text(one.commencement, "dim"), (0, 0, 0, 4)))
    for instruction in one.instructions if own_words else ():
        console.print(Padding(Text(f"{instruction.place}: {instruction.words}"), (0, 0, 0, 4)))
        if instruction.new_text:
            console.print(Padding(Text(instruction.new_text, "green underline"), (0, 0, 0, 8)))


def history(console: Console, found: History, titles: dict[str, str]) -> None:
    """A provision through all texts."""
    console.print(Text(found.label, "bold"))
    for note in found.notes:
        console.print(Text(f"Bemærk: {note}", "yellow"))
    for waiting in found.pending:
        pending_line(console, waiting, of_section=True)
    for entry in found.entries:
        signed = written(entry.signed) if entry.signed else "ukendt dato"
        console.print(Text(f"\n{signed}  {entry.version}  ", "bold") + Text(entry.version_title, "dim"))
        if entry.change is not None:
            change(console, entry.change, titles)
        else:
            console.print(Text(f"{entry.label}: den ældste tekst i biblioteket", "cyan"))
            console.print(Padding(Text(entry.text), (0, 0, 0, 4)))
    acts(console, (entry.change for entry in found.entries if entry.change is not None))
    if not found.entries:
        console.print("Bestemmelsen er ikke i de tekster, biblioteket har.")


def queue(console: Console, entries: Sequence[QueueEntry]) -> None:
    """The consultants' queue."""
    for entry in entries:
        since = f" siden {written(entry.since)}" if entry.since else ""
        console.print(Text(f"{entry.card_title} ", "bold") + Text(f"({entry.card})  {entry.label}", "cyan"))
        console.print(Padding(Text(f"{entry.why.value}{since}", "yellow"), (0, 0, 0, 4)))
        if entry.diff:
            console.print(Padding(diff_text(shortened(entry.diff)), (0, 0, 0, 4)))
        if entry.pending:
            pending_line(console, entry.pending)
        elif entry.note:
            console.print(Padding(Text(entry.note, "dim"), (0, 0, 0, 4)))
        if entry.settled:
            done = entry.settled
            console.print(Padding(Text(f"✓ {done.outcome.value} af {done.by} {written(done.at.date())}. {done.note}"), (0, 0, 0, 4)))
    console.print(f"\n{len(entries)} i køen." if entries else "Køen er tom.")


def followed(console: Console, rows: Iterable[Follow]) -> None:
    """What is followed."""
    found = list(rows)
    for one in found:
        console.print(Text(f" •  {one.title} ") + Text(f"({one.kind.value}: {one.key}) {one.unread} ulæste", "dim"))
    if not found:
        console.print('Intet følges. Følg fx: vidensplatform follow add "SEL § 110"')
