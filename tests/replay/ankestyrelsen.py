"""Ankestyrelsen in rehearsal: a sitemap of many pages, and decisions as pages of the shape that the page on sources describes."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from html import escape

from replay.server import Answer, Request

SITE = "https://www.ast.dk"
LONG_AGO = datetime(2026, 2, 5, 8, 0, tzinfo=UTC)

Box = tuple[str, list[tuple[str, list[str]]]]
"""A heading, and below it pairs of subheading and paragraphs."""


@dataclass(slots=True)
class DecisionPage:
    """A decision as its page shows it. ``boxes`` are the text boxes in order, each with the heading above it."""

    number: str
    about: str
    boxes: list[Box]
    labels: list[str]
    metadata: dict[str, str] = field(default_factory=dict)
    year: int = 2030
    changed: datetime = LONG_AGO
    slug: str = ""
    kind: str = "principmeddelelse"
    given: tuple[str, str] | None = None
    """Title and path, where they are not to be made from the number."""

    @property
    def title(self) -> str:
        return self.given[0] if self.given else f"Ankestyrelsens {self.kind} {self.number} om {self.about}"

    @property
    def path(self) -> str:
        if self.given:
            return self.given[1]
        words = "-".join(self.about.lower().translate(str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", ",": "", "–": ""})).split())
        return f"/for-myndigheder/principmeddelelser/{self.year}/{self.slug or f'ankestyrelsens-{self.kind}-{self.number.lower()}-om-{words}'}"

    def html(self) -> str:
        head, *rest = self.boxes
        rows = "".join(f'<div class="meta__row"><dt>{escape(k)}</dt><dd>{escape(v)}</dd></div>' for k, v in self.metadata.items())
        labels = "".join(f'<li class="label"><a href="/soeg?l={n}">{escape(label)}</a></li>' for n, label in enumerate(self.labels))
        folds = "".join(
            f'<div class="accordion"><button class="accordion__button" aria-expanded="false">{escape(heading)}</button>'
            f'<div class="accordion__content"><div class="rich-text">{_inner(sections)}</div></div></div>'
            if heading
            else f'<div class="rich-text">{_inner(sections)}</div>'
            for heading, sections in rest
        )
        return (
            '<!DOCTYPE html>\n<html lang="da"><head><meta charset="utf-8"><title>Ankestyrelsen</title><style>.x{color:red}</style></head><body>'
            '<header><nav><ul><li><a href="/">Forside</a></li><li class="label">Menu</li></ul></nav></header>'
            f'<main id="main"><article><h1>{escape(self.title)}</h1><ul class="labels">{labels}</ul>'
            f'<div class="rich-text"><h2>{escape(head[0])}</h2>{_inner(head[1])}</div>{folds}'
            f'<dl class="meta">{rows}</dl></article></main>'
            '<footer><div class="rich-text"><p>Ankestyrelsen Teglholmsgade 3</p></div><div class="rich-text"><p>EAN: 0</p></div></footer>'
            "<script>var side = 'indhold';</script></body></html>"
        )


def _inner(sections: Iterable[tuple[str, list[str]]]) -> str:
    return "".join((f"<h3>{escape(h)}</h3>" if h else "") + "".join(f"<p>{escape(p)}</p>" for p in paragraphs) for h, paragraphs in sections)


class Ankestyrelsen:
    """The site, over these decisions."""

    def __init__(self, pages: Iterable[DecisionPage]) -> None:
        self.pages = list(pages)

    def __call__(self, request: Request) -> Answer | None:
        if request.path == "/sitemap.xml":
            return self._sitemap()
        page = next((page for page in self.pages if page.path == request.path), None)
        return Answer(page.html().encode(), changed=page.changed) if page else None

    def _sitemap(self) -> Answer:
        paths = [(page.path, page.changed) for page in self.pages]
        others = [("/", LONG_AGO), ("/om-ankestyrelsen", LONG_AGO), ("/for-myndigheder/principmeddelelser", LONG_AGO)]
        inner = "".join(f"<url><loc>{SITE}{path}</loc><lastmod>{changed.isoformat()}</lastmod></url>" for path, changed in [*others, *paths])
        text = f'<?xml version="1.0" encoding="utf-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{inner}</urlset>'
        return Answer(text.encode(), "application/xml")


def decision(number: str, about: str, labels: list[str], *, paragraf: str = "", reissue: str = "", **rest: object) -> DecisionPage:
    """An invented decision with all its parts."""
    boxes: list[Box] = [
        (
            "Principmeddelelsen fastslår",
            [
                (
                    "Hvem maler bænken?",
                    ["Det er kommunen, der maler bænken, når den står på kommunens jord.", "Malingen skal være tør, før nogen sætter sig."],
                ),
                ("De konkrete sager", ["En borger satte sig på en våd bænk den 3. maj 2029, og kommunen ville ikke rense hans bukser."]),
            ],
        ),
        ("Baggrund for at offentliggøre principmeddelelsen", [("", ["Sagen blev behandlet for at vise, hvornår maling regnes for tør."])]),
        (
            "Reglerne",
            [
                ("Love og bekendtgørelser", ["Lov om prøvebænke. § 2 om antallet af siddende."]),
                ("Praksis", ["Kasserede: Disse gælder ikke længere: 7-28: Om våde bænke. 8-28: Om halvtørre bænke. Gældende: 9-28: Om tørre bænke."]),
            ],
        ),
        ("Den konkrete afgørelse", [("", ["Du har klaget over dine bukser."]), ("Resultatet er:", ["Kommunen renser dine bukser, jf. § 2."])]),
    ]
    if reissue:
        boxes.append(("", [("", [reissue])]))
    metadata = {"Dato for underskrift": "4. marts 2030", "Offentliggørelsesdato": "06.03.2030", "Paragraf": paragraf, "Journalnummer": "29-12345"}
    return DecisionPage(number, about, boxes, labels, metadata, **rest)  # type: ignore[arg-type]
