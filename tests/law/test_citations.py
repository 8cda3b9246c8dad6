"""The table of examples is the test: what is written, and what is read. The sentences are our own."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vidensplatform.law.citation_grammar import read_act, read_parts, read_practice
from vidensplatform.law.citations import Citation, CitationKind, Citations, Context, format_address, format_citation
from vidensplatform.law.model import ActNumber, Address
from vidensplatform.law.registry import Act, Registry

REGISTRY = Registry.of(
    [
        Act("serviceloven", "serviceloven", "lov om social service", "lta/2025/1129", ("SEL",)),
        Act("barnets-lov", "barnets lov", "barnets lov", "lta/2025/282", ("BL",)),
        Act("aktivloven", "aktivloven", "lov om aktiv socialpolitik", "lta/2025/1004", ("AKL", "LAS")),
        Act("lab", "beskæftigelsesindsatsloven", "lov om en aktiv beskæftigelsesindsats", None, ("LAB", "LAB-loven")),
        Act("sundhedsloven", "sundhedsloven", "sundhedsloven", None, ("SUL",)),
        Act("retssikkerhedsloven", "retssikkerhedsloven", "lov om retssikkerhed og administration på det sociale område", None, ("RSL",)),
        Act("almenboligloven", "almenboligloven", "lov om almene boliger m.v.", None, ("ABL",)),
        Act("lejeloven", "lejeloven", "Lov om leje", None, ("LL",)),
        Act("almenlejeloven", "almenlejeloven", "lov om leje af almene boliger"),
        Act("integrationsloven", "integrationsloven", "lov om integration af udlændinge i Danmark (integrationsloven)"),
        Act("dagtilbudsloven", "dagtilbudsloven", "lov om dag-, fritids- og klubtilbud m.v. til børn og unge (dagtilbudsloven)"),
        Act("kui-loven", "KUI-loven", "lov om kommunal indsats for unge under 25 år", None, ("KUI",), ("lov om kommunal indsats for unge",)),
        Act("su-loven", "SU-loven", "lov om statens uddannelsesstøtte (SU-loven)", None, ("SU",)),
        Act("aeldreloven", "ældreloven", "Ældrelov", None, ("ÆL",)),
        Act("databeskyttelsesforordningen", "databeskyttelsesforordningen", "databeskyttelsesforordningen", None, ("GDPR",)),
        Act("hjaelpemiddelbekendtgoerelsen", "hjælpemiddelbekendtgørelsen", "Bekendtgørelse om hjælpemidler", None, (), (), "bek"),
    ]
)
CITATIONS = Citations(REGISTRY)
IN_ACT = Context("serviceloven", "110", "2")
IN_NUMBER = Context("serviceloven", "13d", "1", "3")
IN_ORDER = Context("hjaelpemiddelbekendtgoerelsen", "4", "1")


def said(citation: Citation) -> str:
    """One citation as the tables write it: ``law § 1``; ``?words § 1`` for a law the registry lacks; ``- § 1`` for none; ``@act`` at the end."""
    if citation.kind in (CitationKind.ACT, CitationKind.PRACTICE):
        return citation.label
    law = citation.law or (f"?{citation.law_words}" if citation.law_words else "-")
    act = f" @{citation.act.eli}" if citation.act else ""
    return f"{law} {citation.label}{' (før)' if citation.former else ''}{act}"


def read(citations: Iterable[Citation]) -> list[str]:
    return [said(c) for c in citations]


RUNNING_TEXT = [
    # one place
    ("Hjælpen gives efter § 85.", ["- § 85"]),
    ("Se § 82 a.", ["- § 82 a"]),
    ("Se § 82a, stk. 2.", ["- § 82 a, stk. 2"]),
    ("Se §\u00a082\u00a0a og §\u00a0\u00a09.", ["- § 82 a", "- § 9"]),
    ("Se § 15 A om opsparing.", ["- § 15 a"]),
    ("Det står i § 13 d, stk. 1, nr. 3, litra b, 2. pkt., at den kan lånes.", ["- § 13 d, stk. 1, nr. 3, litra b, 2. pkt."]),
    ("Jf. § 4, nr. 2.", ["- § 4, nr. 2"]),
    ("Jf. § 83, litra a.", ["- § 83, litra a"]),
    ("Jf. § 4, 2. pkt.", ["- § 4, 2. pkt."]),
    ("Jf. § 4, stk. 1, sidste pkt.", ["- § 4, stk. 1, sidste pkt."]),
    ("Jf. § 4, stk. 1, første og andet punktum.", ["- § 4, stk. 1, 1. pkt.", "- § 4, stk. 1, 2. pkt."]),
    ("Jf. § 4, stk. 1, 2 pkt., om bænke.", ["- § 4, stk. 1, 2. pkt."]),
    ("Af § 4, stk. 2, 2. pkt., nr. 2, følger det.", ["- § 4, stk. 2, nr. 2, 2. pkt."]),
    ("Jf. § 3 stk. 3.", ["- § 3, stk. 3"]),
    ("Jf. § 3,stk.3,nr.1.", ["- § 3, stk. 3, nr. 1"]),
    ("Efter paragraf 110, stykke 2, gælder det.", ["- § 110, stk. 2"]),
    ("Efter par. 85 kan det ske.", ["- § 85"]),
    ("En § 6-sag behandles hurtigt.", ["- § 6"]),
    ("Tilskuddet (§ 5) er lille.", ["- § 5"]),
    ("Efter §\n85 ydes hjælp, jf. § 5,\nstk. 2.", ["- § 85", "- § 5, stk. 2"]),
    ("Teksten i § 5\nStk. 2. Nyt stykke.", ["- § 5", "- stk. 2"]),
    # the letter i, and the preposition
    ("Efter § 9 i lov om leje gælder det.", ["lejeloven § 9"]),
    ("Efter § 9 i kan det ske.", ["- § 9 i"]),
    ("Efter § 9 i, stk. 2. Efter § 9 i i lov om leje.", ["- § 9 i, stk. 2", "lejeloven § 9 i"]),
    ("Efter § 9 i eller § 9 k gælder det.", ["- § 9 i", "- § 9 k"]),
    ("Den, der får hjælp efter § 16 i 3 måneder, kan blive.", ["- § 16"]),
    ("Efter §§ 26 i og 26 j lånes der ud.", ["- § 26 i", "- § 26 j"]),
    # lists and ranges
    ("Bænke lånes ud efter §§ 107 og 108.", ["- § 107", "- § 108"]),
    ("Efter §§ 32, 33 og 35, stk. 3, lånes de.", ["- § 32", "- § 33", "- § 35, stk. 3"]),
    ("Efter §§ 20-24 gælder det.", ["- §§ 20-24"]),
    ("Efter §§ 20–24 gælder det.", ["- §§ 20-24"]),
    ("Efter §§ 22 b-22 d gælder det.", ["- §§ 22 b-22 d"]),
    ("Efter §§ 52 a-c gælder det.", ["- §§ 52 a-52 c"]),
    ("Efter §§ 28 A-C gælder det.", ["- §§ 28 a-28 c"]),
    ("Efter §§ 64 b og c gælder det.", ["- § 64 b", "- § 64 c"]),
    ("Efter §§ 20 til 24 gælder det.", ["- §§ 20-24"]),
    ("Efter § 10, stk. 1 og 2, lånes den.", ["- § 10, stk. 1", "- § 10, stk. 2"]),
    ("Efter § 10, stk. 1-3, 5 og 7, lånes den.", ["- § 10, stk. 1-3", "- § 10, stk. 5", "- § 10, stk. 7"]),
    ("Efter § 14, stk. 1, nr. 2 og 3, lånes den.", ["- § 14, stk. 1, nr. 2", "- § 14, stk. 1, nr. 3"]),
    ("Efter § 14, stk. 1, nr. 2, og stk. 3 lånes den.", ["- § 14, stk. 1, nr. 2", "- § 14, stk. 3"]),
    ("Efter § 9, litra a, c og d-f, lånes den.", ["- § 9, litra a", "- § 9, litra c", "- § 9, litra d-f"]),
    ("Efter § 9, stk. 1, 1., 2. og 4.-6. pkt., ja.", ["- § 9, stk. 1, 1. pkt.", "- § 9, stk. 1, 2. pkt.", "- § 9, stk. 1, 4.-6. pkt."]),
    ("Se § 2, stk. 1 og 2, § 4 og § 6, stk. 1.", ["- § 2, stk. 1", "- § 2, stk. 2", "- § 4", "- § 6, stk. 1"]),
    ("Se §§ 124 d, stk. 2, 129, 129 a og 136.", ["- § 124 d, stk. 2", "- § 129", "- § 129 a", "- § 136"]),
    ("Se §§ 37, 78, stk. 5, 81, stk. 6, og 87, stk. 2.", ["- § 37", "- § 78, stk. 5", "- § 81, stk. 6", "- § 87, stk. 2"]),
    ("Se §§ 10 og 12, stk. 2 og 3.", ["- § 10", "- § 12, stk. 2", "- § 12, stk. 3"]),
    ("Se §§ 2 og 3, stk. 4 og 5.", ["- § 2", "- § 3, stk. 4", "- § 3, stk. 5"]),
    ("Se §§ 56, stk. 2, 56 a og 57.", ["- § 56, stk. 2", "- § 56 a", "- § 57"]),
    ("Se §§ 51-53, stk. 2.", ["- §§ 51-53", "- § 53, stk. 2"]),
    ("§ 47 § 49 § 171 b", ["- § 47", "- § 49", "- § 171 b"]),
    ("(§§ 5 og 7)", ["- § 5", "- § 7"]),
    ("Både § 5 og/eller § 7 samt § 9.", ["- § 5", "- § 7", "- § 9"]),
    # numbers that are no references
    ("Fylder en elev, der er med efter § 5, stk. 1, 18 år, får den en bænk.", ["- § 5, stk. 1"]),
    ("Kommunen får efter § 5, stk. 4, 50 pct. af udgiften.", ["- § 5, stk. 4"]),
    ("Efter § 5 og 3 måneder senere.", ["- § 5"]),
    ("Efter § 5 og 1. januar 2031.", ["- § 5"]),
    ("1) bænke efter § 5, og 2) borde efter § 6.", ["- § 5", "- § 6"]),
    ("Den koster 1.500 kr. og måler 2 x 4 m, se nr. 12 på listen.", []),
    ("I bilag 1, nr. 3, står farverne.", []),
    ("Der er 5 bænke, 3 borde og journalnr. 22-34124.", []),
    # without a section: the context's
    ("Bænken efter stk. 2 er gratis.", ["- stk. 2"]),
    ("Efter stk. 1 og § 5, stk. 2.", ["- stk. 1", "- § 5, stk. 2"]),
    ("Farverne, jf. nr. 1-3, vælges frit.", ["- nr. 1-3"]),
    ("Det, der er nævnt under litra a og b.", ["- litra a", "- litra b"]),
    ("1. og 2. pkt. gælder også om søndagen.", ["- 1. pkt.", "- 2. pkt."]),
    ("Ordet pkt. står her alene.", []),
    ("Efter § 24 c og stk. 1 beregnes det.", ["- § 24 c", "- stk. 1"]),
    ("Efter § 5, jf. dog stk. 4, lånes den.", ["- § 5", "- stk. 4"]),
    ("Efter § 5, stk. 2, jf. stk. 1, lånes den.", ["- § 5, stk. 2", "- § 5, stk. 1"]),
    ("Efter § 65, jf. stk. 3, lånes den.", ["- § 65", "- stk. 3"]),
    # the law before the place
    ("Efter servicelovens § 85 lånes den.", ["serviceloven § 85"]),
    ("Servicelovens §§ 82 a og 82 b gælder.", ["serviceloven § 82 a", "serviceloven § 82 b"]),
    ("Efter serviceloven § 85 og barnets lov § 32.", ["serviceloven § 85", "barnets-lov § 32"]),
    ("Barnets lovs § 32 gælder.", ["barnets-lov § 32"]),
    ("Efter lov om social service § 85 lånes den.", ["serviceloven § 85"]),
    ("Efter lov om almene boliger m.v. § 5 lånes den.", ["almenboligloven § 5"]),
    ("Efter lov om social service (serviceloven) § 85.", ["serviceloven § 85"]),
    ("Efter lov om noget andet (bænkeloven) § 85.", ["- § 85"]),
    ("Servicelovens § 85, jf. § 87, gælder.", ["serviceloven § 85", "serviceloven § 87"]),
    ("Servicelovens kapitel 16 gælder.", ["serviceloven kapitel 16"]),
    ("Bænkelovens § 244 gælder.", ["?Bænkelovens § 244"]),
    ("Efter EAL § 3 gives der erstatning.", ["?EAL § 3"]),
    ("I EU § 5 findes ikke.", ["- § 5"]),
    ("Efter lov om social service, § 85, lånes den.", ["serviceloven § 85"]),
    ("Servicelovens bænke. § 85 handler om noget andet.", ["- § 85"]),
    ("Ret til orlov § 5.", ["- § 5"]),
    ("Efter lov om ændring af lov om social service § 1.", ["?lov om social service § 1"]),
    # abbreviations
    ("SEL § 110, stk. 2", ["serviceloven § 110, stk. 2"]),
    ("SEL §110 stk 2", ["serviceloven § 110, stk. 2"]),
    ("SEL, § 82, stk. 2, og SEL's § 83", ["serviceloven § 82, stk. 2", "serviceloven § 83"]),
    ("SEL 110 og sel 85", ["serviceloven § 110", "serviceloven § 85"]),
    ("BL § 32, bl § 33 og BL 34, men ikke bl 35", ["barnets-lov § 32", "barnets-lov § 33", "barnets-lov § 34"]),
    ("SEL § 85 og SUL § 142", ["serviceloven § 85", "sundhedsloven § 142"]),
    ("LAB-loven § 5", ["lab § 5"]),
    ("(SEL § 85)", ["serviceloven § 85"]),
    ("SU 2031, SEL 3 gange og SEL 2 børn", []),
    # the law after the place
    ("Efter § 85 i lov om social service lånes den.", ["serviceloven § 85"]),
    ("Efter §§ 107 og 108 i serviceloven.", ["serviceloven § 107", "serviceloven § 108"]),
    ("Efter § 5, stk. 2, i barnets lov.", ["barnets-lov § 5, stk. 2"]),
    ("Efter § 85 serviceloven og § 86 SEL.", ["serviceloven § 85", "serviceloven § 86"]),
    ("§ 38, stk. 1 Lov om leje – bænke", ["- § 38, stk. 1"]),
    ("Efter § 43 og § 44, stk. 1, i lov om leje.", ["lejeloven § 43", "lejeloven § 44, stk. 1"]),
    ("§ 3 i lov om leje af almene boliger", ["almenlejeloven § 3"]),
    ("§ 3 i lov om leje af erhvervslokaler m.v. gælder.", ["?lov om leje af erhvervslokaler m.v. § 3"]),
    ("§ 3 i lov om aktiv socialpolitik i Grønland.", ["?lov om aktiv socialpolitik i Grønland § 3"]),
    ("§ 3 i lov om dag-, fritids- og klubtilbud m.v. til børn og unge.", ["dagtilbudsloven § 3"]),
    ("§ 3 i lov om integration af udlændinge i Danmark.", ["integrationsloven § 3"]),
    ("§ 3 i lov om almene boliger mv. og § 4 i lov om almene boliger.", ["almenboligloven § 3", "almenboligloven § 4"]),
    ("§ 3 i loven om leje.", ["lejeloven § 3"]),
    ("Det følger af § 3 i loven om at låne.", ["?loven § 3"]),
    ("§ 3 i bekendtgørelse af lov om leje.", ["lejeloven § 3"]),
    ("§ 3 i lov om social ser\u200dvice.", ["serviceloven § 3"]),
    ("kapitel 11 i barnets lov", ["barnets-lov kapitel 11"]),
    ("§ 5, jf. § 7, i lov om leje", ["lejeloven § 5", "lejeloven § 7"]),
    ("§ 5, stk. 1, jf. § 7 i lov om leje", ["- § 5, stk. 1", "lejeloven § 7"]),
    ("§ 5, jf. § 7, stk. 1, i lov om leje", ["- § 5", "lejeloven § 7, stk. 1"]),
    ("§ 93, stk. 4, jf. stk. 3, i lov om leje", ["lejeloven § 93, stk. 4", "lejeloven § 93, stk. 3"]),
    ("§§ 22-26 og 71 samt § 119 i lov om leje", ["- §§ 22-26", "- § 71", "lejeloven § 119"]),
    ("kapitel 13 samt §§ 67 og 71 i lov om leje", ["lejeloven kapitel 13", "lejeloven § 67", "lejeloven § 71"]),
    ("Efter stk. 1 og § 5 i lov om leje.", ["- stk. 1", "lejeloven § 5"]),
    ("Servicelovens § 85 og § 5 i retssikkerhedsloven.", ["serviceloven § 85", "retssikkerhedsloven § 5"]),
    ("Servicelovens § 85 i lov om leje.", ["serviceloven § 85"]),
    ("Servicelovens § 85 og stk. 2 gælder.", ["serviceloven § 85", "- stk. 2"]),
    ("§ 6 i bænkeloven og § 7 i EAL.", ["?bænkeloven § 6", "?EAL § 7"]),
    ("§ 6 i lov om bænke og borde, når de er nye.", ["?lov om bænke og borde § 6"]),
    ("§ 6 i lov om anvendelse af bænke finder anvendelse, og § 7 i lov om stole og § 8.", None),
    ("§ 6 i lov om bænke m.v. og borde", ["?lov om bænke m.v. § 6"]),
    ("§ 6 i lov om bænke m.v. til børn (bænkeloven)", ["?lov om bænke m.v. til børn § 6"]),
    ("§ 6 i bekendtgørelse om hjælpemidler.", ["hjaelpemiddelbekendtgoerelsen § 6"]),
    ("§ 6 i bekendtgørelsen om hjælpemidler.", ["hjaelpemiddelbekendtgoerelsen § 6"]),
    ("§ 6 i anordning nr. 30 af 5. maj 2020 om bænke.", ["?anordning nr. 30 af 5. maj 2020 § 6"]),
    ("Ordene »§ 6 i lov om leje« og »§ 7 i lov om bænke m.v.,« udgår.", ["lejeloven § 6", "?lov om bænke m.v. § 7"]),
    ("§ 6 i aftale med kommunen.", ["- § 6"]),
    ("§ 6 i aftalen om bænke.", ["?aftalen § 6"]),
    ("§ 6 i det omfang, det er muligt.", ["- § 6"]),
    # earlier laws
    ("§ 9 i den tidligere gældende lov om leje.", ["?den tidligere gældende lov om leje § 9 (før)"]),
    ("Dagældende SEL § 52 og den dagældende servicelovs § 53.", None),
    ("§ 52 i dagældende servicelov.", ["?dagældende servicelov § 52 (før)"]),
    ("§ 9 i den gældende lov om leje.", ["lejeloven § 9"]),
    # "samme lov", "denne lov"
    ("§ 5 i lov om leje og § 7 i samme lov.", ["lejeloven § 5", "lejeloven § 7"]),
    ("Efter lov om leje gælder det, jf. samme lovs § 9.", ["lejeloven § 9"]),
    ("Servicelovens § 5 gælder, og § 7 i samme lov også.", ["serviceloven § 5", "serviceloven § 7"]),
    ("§ 7 i samme lov.", ["?samme lov § 7"]),
    ("§ 7 i denne lov og lovens § 8.", ["?denne lov § 7", "?lovens § 8"]),
    ("§ 66 i lovens kapitel 10.", ["- § 66", "?lovens kapitel 10"]),
    # acts by number
    ("Lov nr. 329 af 9. april 2024 er ny.", ["lov nr. 329 af 9. april 2024"]),
    ("Se lovbekendtgørelse nr. 1129 af 22. september 2025.", ["lovbekendtgørelse nr. 1129 af 22. september 2025"]),
    ("Se LBK nr 1129 af 22/09/2025 og BEK nr. 7 af 22.09.2025.", None),
    ("Se bekendtgørelse nr. 1070/2025 og lov 443 af 23. maj 2012.", ["bekendtgørelse nr. 1070/2025", "lov nr. 443 af 23. maj 2012"]),
    ("Se lov nr. 7 og lov nr. 5 af 31. februar 2020.", ["lov nr. 7", "lov nr. 5/2020"]),
    ("§ 1, nr. 5 og 10-31, i lov nr. 647 af 8. juni 2016", None),
    ("lov nr. 647 af 8. juni 2016, § 1, nr. 3", ["?lov nr. 647 af 8. juni 2016 § 1, nr. 3 @lta/2016/647"]),
    ("lov nr. 6 af 8. juni 2016, § 15 i lov nr. 7 af 9. juni 2017", None),
    ("§ 6 i lov om bænke, jf. lovbekendtgørelse nr. 12 af 3. maj 2020.", None),
    ("en lov med nr. 5", []),
    ("Lov nr. 5a er en fejl.", []),
    ("lagtingslov nr. 49 af 20. april 1999", []),
    # European law is not Danish law
    ("Efter forordning (EF) nr. 883/2004 og direktiv 2005/36/EF af 7. september 2005.", []),
    ("Efter artikel 9, stk. 2, litra b og c, og artikel 10 i databeskyttelsesforordningen.", []),
    ("Efter forordningens artikel 5, stk. 1, og lovens § 3.", ["?lovens § 3"]),
    ("§ 7 i forordning (EF) nr. 883/2004 af 29. april 2004", ["?forordning (EF) nr. 883/2004 af 29. april 2004 § 7"]),
    ("kapitel 3 i Europa-Parlamentets og Rådets direktiv 2009/65/EF", ["?Europa-Parlamentets og Rådets direktiv 2009/65/EF kapitel 3"]),
    # chapters
    ("Efter kapitel 11 a og kapitel 4-6.", ["- kapitel 11 a", "- kapitel 4-6"]),
    ("Efter kapitlerne 3 og 4, stk. 2.", ["- kapitel 3", "- kapitel 4", "- stk. 2"]),
    ("Efter kapitel II-V og VII.", ["- kapitel II-V", "- kapitel VII"]),
    ("Efter kap. 10 i lov om leje.", ["lejeloven kapitel 10"]),
    ("Efter dette kapitel i øvrigt.", []),
    ("Efter 24. kapitel i bænkeloven.", ["?bænkeloven kapitel 24"]),
    ("Efter § 49, jf. 47, stk. 1, i barnets lov.", ["- § 49", "barnets-lov § 47, stk. 1"]),
    ("Efter 112 a, stk. 3, lånes den.", ["- § 112 a, stk. 3"]),
    ("Efter 2031, stk. 3, lånes den.", ["- stk. 3"]),
    ("om social service § 5", ["- § 5"]),
    ("Efter § 5 A, C og D.", ["- § 5 a", "- § 5 c", "- § 5 d"]),
    # practice
    ("Se PM 22-18 og Ankestyrelsens principmeddelelse 83-15.", ["PM 22-18", "PM 83-15"]),
    ("Se principafgørelse C-22-02 og SM O-106-97.", ["PM C-22-02", "PM O-106-97"]),
    ("Se principmeddelelserne 8-25, 9-25 og A-25-02.", ["PM 8-25", "PM 9-25", "PM A-25-02"]),
    ("Se FOB 2018-31, FOB 2018.32 og FOB nr. 2010 20-2.", ["FOB 2018-31", "FOB 2018-32", "FOB 2010 20-2"]),
    ("Se FOB 05.547 og FOB 94.211.", ["FOB 2005-547", "FOB 1994-211"]),
    ("Se U2023.2221Ø, U 2023.2222 Ø, UfR 2023.2223/2 H og U.2023.2224V.", ["U 2023.2221", "U 2023.2222", "U 2023.2223/2", "U 2023.2224"]),
    ("PM 22-181 er ingen meddelelse, og u 2023.5 er det heller ikke.", []),
]
EXPECTED_ELSEWHERE = {
    "§ 6 i lov om anvendelse af bænke finder anvendelse, og § 7 i lov om stole og § 8.": [
        "?lov om anvendelse af bænke § 6",
        "?lov om stole § 7",
        "- § 8",
    ],
    "Dagældende SEL § 52 og den dagældende servicelovs § 53.": ["?Dagældende SEL § 52 (før)", "?den dagældende servicelovs § 53 (før)"],
    "Se LBK nr 1129 af 22/09/2025 og BEK nr. 7 af 22.09.2025.": [
        "lovbekendtgørelse nr. 1129 af 22. september 2025",
        "bekendtgørelse nr. 7 af 22. september 2025",
    ],
    "§ 1, nr. 5 og 10-31, i lov nr. 647 af 8. juni 2016": [
        "?lov nr. 647 af 8. juni 2016 § 1, nr. 5 @lta/2016/647",
        "?lov nr. 647 af 8. juni 2016 § 1, nr. 10-31 @lta/2016/647",
    ],
    "lov nr. 6 af 8. juni 2016, § 15 i lov nr. 7 af 9. juni 2017": [
        "lov nr. 6 af 8. juni 2016",
        "?lov nr. 7 af 9. juni 2017 § 15 @lta/2017/7",
    ],
    "§ 6 i lov om bænke, jf. lovbekendtgørelse nr. 12 af 3. maj 2020.": [
        "?lov om bænke § 6 @lta/2020/12",
        "lovbekendtgørelse nr. 12 af 3. maj 2020",
    ],
}


def test_the_table_is_long_enough() -> None:
    assert len(RUNNING_TEXT) >= 120


@pytest.mark.parametrize(("text", "expected"), RUNNING_TEXT, ids=[text for text, _ in RUNNING_TEXT])
def test_running_text(text: str, expected: list[str] | None) -> None:
    found = CITATIONS.find(text)
    assert read(found) == (EXPECTED_ELSEWHERE[text] if expected is None else expected)
    assert all(c.text == text[c.start : c.end] for c in found)


@pytest.mark.parametrize(
    ("text", "context", "expected"),
    [
        ("Bænken efter stk. 1 er gratis, jf. § 5.", IN_ACT, ["serviceloven § 110, stk. 1", "serviceloven § 5"]),
        ("Efter denne lov, denne lovs § 7 og § 8 i loven.", IN_ACT, ["serviceloven § 7", "serviceloven § 8"]),
        ("Stk. 2 i denne lov.", IN_ACT, ["serviceloven § 110, stk. 2"]),
        ("jf. nr. 3", IN_ACT, ["serviceloven § 110, stk. 2, nr. 3"]),
        ("jf. litra a", IN_NUMBER, ["serviceloven § 13 d, stk. 1, nr. 3, litra a"]),
        ("2. pkt. gælder ikke.", IN_NUMBER, ["serviceloven § 13 d, stk. 1, 2. pkt."]),
        ("kapitel 3 og § 5 i lov om leje, § 6", IN_ACT, ["lejeloven kapitel 3", "lejeloven § 5", "serviceloven § 6"]),
        ("§ 9 i den tidligere lov om leje", IN_ACT, ["?den tidligere lov om leje § 9 (før)"]),
        ("Efter lov om leje, § 9 og § 10.", IN_ACT, ["serviceloven § 9", "serviceloven § 10"]),
        ("lov nr. 6 af 8. juni 2016, § 15", IN_ACT, ["lov nr. 6 af 8. juni 2016", "serviceloven § 15"]),
        ("lov nr. 6 af 8. juni 2016 § 15", IN_ACT, ["?lov nr. 6 af 8. juni 2016 § 15 @lta/2016/6"]),
        ("lovens § 5 og bekendtgørelsens § 6", IN_ORDER, ["?lovens § 5", "hjaelpemiddelbekendtgoerelsen § 6"]),
        ("§ 7 i denne bekendtgørelse og § 8", IN_ORDER, ["hjaelpemiddelbekendtgoerelsen § 7", "hjaelpemiddelbekendtgoerelsen § 8"]),
        ("bekendtgørelsens § 6", IN_ACT, ["?bekendtgørelsens § 6"]),
        ("lovens § 5 og § 6", Context("bek-om-baenke", order=True, enabling="serviceloven"), ["serviceloven § 5", "serviceloven § 6"]),
        ("straffelovens § 5, stk. 1, og stk. 2", IN_ACT, ["?straffelovens § 5, stk. 1", "?straffelovens § 5, stk. 2"]),
        ("jf. stk. 4", Context("serviceloven"), ["serviceloven stk. 4"]),
    ],
)
def test_in_context(text: str, context: Context, expected: list[str]) -> None:
    assert read(CITATIONS.find(text, context)) == expected


def test_same_law_is_not_an_act_that_only_amended_it() -> None:
    text = "§ 5 i lov om leje, som ændret ved § 3 i lov nr. 911 af 4. maj 2031 og § 6 i lov nr. 912 af 5. maj 2031, og § 7 i samme lov"
    assert read(CITATIONS.find(text))[-1] == "lejeloven § 7"


def test_the_same_meaning_in_other_words() -> None:
    (one,), (other,), (third,) = (CITATIONS.find(text) for text in ("servicelovens § 85", "SEL §85", "barnets lovs § 85"))
    assert one.meaning == other.meaning != third.meaning


def test_context_of_a_provision() -> None:
    assert Context.at("lejeloven", Address("5", "2", "3"), order=True) == Context("lejeloven", "5", "2", "3", order=True)


def test_positions_are_those_of_the_text_as_given() -> None:
    text = "Jf. \u00ad§\u00a0110 i lov om social ser\u200dvice og §\u200c 5."
    first, second = CITATIONS.find(text)
    assert first.text == text[first.start : first.end] == "§\u00a0110 i lov om social ser\u200dvice"
    assert second.text == text[second.start : second.end] == "§\u200c 5"


def test_a_letter_that_grows_in_lower_case_moves_nothing() -> None:
    text = "İİ § 5 i lov om leje"
    assert [c.text for c in CITATIONS.find(text)] == ["§ 5 i lov om leje"]


def test_list_members_share_the_law_and_only_the_ends_hold_its_words() -> None:
    before = CITATIONS.find("servicelovens §§ 107, 108 og 110")
    after = CITATIONS.find("§§ 107, 108 og 110 i serviceloven")
    assert [c.text for c in before] == ["servicelovens §§ 107", "108", "110"]
    assert [c.text for c in after] == ["§§ 107", "108", "110 i serviceloven"]


def test_without_a_registry_nothing_is_known() -> None:
    nothing = Citations(Registry())
    assert read(nothing.find("SEL § 5, servicelovens § 6 og SEL 7")) == ["?SEL § 5", "?servicelovens § 6"]
    assert read(nothing.find("Efter barnets lov gælder § 7 i samme lov.")) == ["?samme lov § 7"]


def test_what_the_grammar_cannot_read_is_no_reference(monkeypatch: pytest.MonkeyPatch) -> None:
    assert (read_parts("bænk"), read_act("bænk"), read_practice("bænk")) == ([], None, ())
    monkeypatch.setattr("vidensplatform.law.citations.read_provisions", lambda span: ())
    assert CITATIONS.find("Efter § 5 og SEL 7.") == []


ONE = [
    ("SEL § 110, stk. 2", "serviceloven § 110, stk. 2"),
    ("sel 110 stk 2", "serviceloven § 110, stk. 2"),
    ("SEL110", "serviceloven § 110"),
    ("  sel §85.  ", "serviceloven § 85"),
    ("servicelovens paragraf 110", "serviceloven § 110"),
    ("SERVICELOVENS PARAGRAF 110", "serviceloven § 110"),
    ("Serviceloven, § 110", "serviceloven § 110"),
    ("barnets lov 32", "barnets-lov § 32"),
    ("110 i serviceloven", "serviceloven § 110"),
    ("110 SEL", "serviceloven § 110"),
    ("§ 85 serviceloven", "serviceloven § 85"),
    ("§ 85, SEL", "serviceloven § 85"),
    ("§110", "- § 110"),
    ("»§ 85«", "- § 85"),
    ("stk. 2", "- stk. 2"),
    ("nr. 3", "- nr. 3"),
    ("litra b", "- litra b"),
    ("2. pkt.", "- 2. pkt."),
    ("KAPITEL 11 I BARNETS LOV", "barnets-lov kapitel 11"),
    ("LAB 100", "lab § 100"),
    ("lab 100", "lab § 100"),
    ("SEL §§ 20-24", "serviceloven §§ 20-24"),
    ("lov nr 329 af 9/4/2024", "lov nr. 329 af 9. april 2024"),
    ("pm 22-18", "PM 22-18"),
    ("fob 2018-31", "FOB 2018-31"),
    ("u 2023.2221 ø", "U 2023.2221"),
    ("hvad er § 85", None),
    ("SEL §§ 107 og 108", None),
    ("SEL 85 lejeloven", None),
    ("85", None),
    ("2031 SEL", None),
    ("mor til 2, SEL", None),
    ("serviceloven", None),
    ("", None),
]


@pytest.mark.parametrize(("text", "expected"), ONE)
def test_parse_one(text: str, expected: str | None) -> None:
    citation = CITATIONS.parse_one(text)
    assert (said(citation) if citation else None) == expected
    if citation:
        assert citation.text == text[citation.start : citation.end]


def test_parse_one_in_context() -> None:
    citation = CITATIONS.parse_one("stk. 3", IN_ACT)
    assert citation is not None
    assert said(citation) == "serviceloven § 110, stk. 3"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("SEL 85 vs 107", ["serviceloven § 85", "serviceloven § 107"]),
        ("hvad er forskellen på sel 107 og 108", ["serviceloven § 107", "serviceloven § 108"]),
        ("SEL § 85 kontra § 107", ["serviceloven § 85", "serviceloven § 107"]),
        ("SEL § 85, kontra kapitel 3", ["serviceloven § 85", "serviceloven kapitel 3"]),
        ("SEL 85 i forhold til 107 eller 108", ["serviceloven § 85", "serviceloven § 107", "serviceloven § 108"]),
        ("sel 85, 107 og bl 32", ["serviceloven § 85", "serviceloven § 107", "barnets-lov § 32"]),
        ("forskel på § 107 og 108 i serviceloven", ["serviceloven § 107", "serviceloven § 108"]),
        ("forskel på 107 og 108 i serviceloven", ["serviceloven § 107", "serviceloven § 108"]),
        ("servicelovens 85 eller 107?", ["serviceloven § 85", "serviceloven § 107"]),
        ("PM 22-18 og sel 82", ["PM 22-18", "serviceloven § 82"]),
        ("sel 85 eller kontanthjælp § 11", ["serviceloven § 85", "- § 11"]),
        ("mor til 3 på kontanthjælp, § 11", ["- § 11"]),
        ("mor til 2, serviceloven § 85", ["serviceloven § 85"]),
        ("§ 85, SEL § 107", ["- § 85", "serviceloven § 107"]),
        ("ung på su 18 år får 3 børn", []),
        ("SEL 85 vs 3 børn", ["serviceloven § 85"]),
        ("SEL 85 vs 107 mod xyz", ["serviceloven § 85", "serviceloven § 107"]),
    ],
)
def test_references_in_a_question(text: str, expected: list[str]) -> None:
    assert read(CITATIONS.find_all_in_query(text)) == expected


@pytest.mark.parametrize(
    ("text", "short", "long"),
    [
        ("servicelovens § 110, stk. 2", "SEL § 110, stk. 2", "serviceloven § 110, stk. 2"),
        ("kapitel 11 i barnets lov", "BL kapitel 11", "barnets lov kapitel 11"),
        ("almenlejelovens § 82a", "almenlejeloven § 82 a", "almenlejeloven § 82 a"),
        ("bænkelovens § 5", "bænkelovens § 5", "bænkelovens § 5"),
        ("EAL § 5", "EAL § 5", "EAL § 5"),
        ("§ 5 i lov om bænke", "§ 5 i lov om bænke", "§ 5 i lov om bænke"),
        ("§ 5, stk. 1, i lov om bænke", "§ 5, stk. 1, i lov om bænke", "§ 5, stk. 1, i lov om bænke"),
        ("§ 5 i LBK nr. 7 af 1/2/2031", "§ 5 i lovbekendtgørelse nr. 7 af 1. februar 2031", "§ 5 i lovbekendtgørelse nr. 7 af 1. februar 2031"),
        ("§ 85", "§ 85", "§ 85"),
        ("lov nr. 7 af 1/2/2031", "lov nr. 7 af 1. februar 2031", "lov nr. 7 af 1. februar 2031"),
        ("principafgørelse C-22-02", "PM C-22-02", "PM C-22-02"),
    ],
)
def test_format(text: str, short: str, long: str) -> None:
    citation = CITATIONS.parse_one(text)
    assert citation is not None
    assert format_citation(citation, REGISTRY) == short
    assert format_citation(citation, REGISTRY, style="long") == long


def test_format_address() -> None:
    assert format_address(Address("13d", "1", "3", "b")) == "§ 13 d, stk. 1, nr. 3, litra b"
    assert format_address(Address()) == ""


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("kapitel 4-6", "chapter"),
        ("§ 4, 1.-3. pkt.", "sentence"),
        ("§ 4, litra a-c", "letter"),
        ("§ 4, nr. 1-3", "number"),
        ("stk. 1-3", "subsection"),
        ("§§ 20-24", "section"),
        ("PM 22-18", None),
    ],
)
def test_through_belongs_to_the_deepest_level(text: str, level: str | None) -> None:
    citation = CITATIONS.parse_one(text)
    assert citation is not None
    assert citation.level == level
    assert bool(citation.through) == bool(level)


# ---- what is written is read back

numbers = st.integers(1, 999).map(str)
small = st.integers(1, 30).map(str)
letters = st.sampled_from("abcdefghjklmnopqrstuvwxyzæøå")
sections = st.builds(lambda n, letter: n + letter, numbers, st.one_of(st.just(""), letters))
laws = st.sampled_from([slug for slug, act in REGISTRY.acts.items() if act.kind == "lov"])


@st.composite
def places(draw: st.DrawFn) -> dict[str, object]:
    """The fields of a provision that can be cited, with or without a range at its deepest level."""
    subsection = draw(st.none() | small)
    number = draw(st.none() | small)
    letter = draw(st.none() | letters)
    sentence = draw(st.none() | st.integers(1, 20).map(str))
    section = draw(sections)
    through = None
    if draw(st.booleans()):
        deepest = sentence or letter or number or subsection or section
        through = draw(letters) if deepest == letter and not sentence else draw(sections if deepest is section else small)
    return {"address": Address(section, subsection, number, letter), "sentence": sentence, "through": through}


def written(**fields: object) -> Citation:
    return Citation(text="", start=0, end=0, **fields)  # type: ignore[arg-type]


@given(places(), laws, st.sampled_from(["short", "long"]))
def test_a_provision_that_was_written_is_read_back(place: dict[str, object], law: str, style: str) -> None:
    citation = written(kind=CitationKind.PROVISION, law=law, **place)
    text = format_citation(citation, REGISTRY, style="short" if style == "short" else "long")
    again = CITATIONS.parse_one(text)
    assert again is not None, text
    assert again.meaning == citation.meaning
    assert format_citation(again, REGISTRY) == format_citation(citation, REGISTRY)


@given(places())
def test_a_provision_without_law_is_read_back(place: dict[str, object]) -> None:
    citation = written(kind=CitationKind.PROVISION, **place)
    again = CITATIONS.parse_one(format_citation(citation, REGISTRY))
    assert again is not None
    assert again.meaning == citation.meaning


@given(places(), st.dates(), st.integers(1, 2000), st.sampled_from(["lov", "lovbekendtgørelse", "bekendtgørelse"]))
def test_a_provision_of_an_act_by_number_is_read_back(place: dict[str, object], signed: object, number: int, kind: str) -> None:
    act = ActNumber(kind, number, signed)  # type: ignore[arg-type]
    citation = written(kind=CitationKind.PROVISION, act=act, law_words="x", **place)
    if act.signed and act.signed.year >= 1000:
        again = CITATIONS.parse_one(format_citation(citation, REGISTRY))
        assert again is not None
        assert again.meaning == citation.meaning


@given(laws, sections, st.none() | sections)
def test_a_chapter_is_read_back(law: str, chapter: str, through: str | None) -> None:
    citation = written(kind=CitationKind.CHAPTER, law=law, chapter=chapter, through=through)
    again = CITATIONS.parse_one(format_citation(citation, REGISTRY))
    assert again is not None
    assert again.meaning == citation.meaning


@given(st.integers(1, 5000), st.none() | st.integers(1000, 2100))
def test_an_act_is_read_back(number: int, year: int | None) -> None:
    citation = written(kind=CitationKind.ACT, act=ActNumber("lov", number, year=year))
    again = CITATIONS.parse_one(format_citation(citation, REGISTRY))
    assert again is not None
    assert again.meaning == citation.meaning


@given(
    st.one_of(
        st.builds("pm-{}-{:02d}".format, st.integers(1, 250), st.integers(0, 99)),
        st.builds("pm-{}-{}-{:02d}".format, letters, st.integers(1, 250), st.integers(0, 99)),
        st.builds("fob-{}-{}".format, st.integers(1955, 2099), st.integers(1, 999)),
        st.builds("fob-{}-{}-{}".format, st.integers(1955, 2099), st.integers(1, 99), st.integers(1, 9)),
        st.builds("u-{}-{}".format, st.integers(1900, 2099), st.integers(1, 9999)),
        st.builds("u-{}-{}-{}".format, st.integers(1900, 2099), st.integers(1, 9999), st.integers(1, 3)),
    )
)
def test_practice_is_read_back(practice: str) -> None:
    citation = written(kind=CitationKind.PRACTICE, practice=practice)
    again = CITATIONS.parse_one(format_citation(citation, REGISTRY))
    assert again is not None
    assert again.practice == practice


PIECES = st.sampled_from(
    "§ §§ 5 12a 82 b stk. 2 nr. litra 1. pkt. , og eller samt jf. dog i af - til kapitel IV artikel lov om leje serviceloven lovens denne samme nr "
    "lov SEL sel PM 22-18 FOB 2018-31 U 2023.5 2031 9. april m.v. ( ) \n tidligere bekendtgørelse forordning (EF) 883/2004 vs \u00ad \u00a0".split(
        " "
    )
)


@given(st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
def test_any_text_is_read_without_harm(text: str) -> None:
    for found in (CITATIONS.find(text, IN_ACT), CITATIONS.find_all_in_query(text)):
        assert all(c.text == text[c.start : c.end] for c in found)
        assert all(one.end <= next_.start for one, next_ in pairwise(found))
    one = CITATIONS.parse_one(text)
    assert one is None or one.text == text[one.start : one.end]
