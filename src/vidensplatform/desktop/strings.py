"""Every word the window says, in one place. Danish is the source; another language is a Qt translation of the context ``vidensplatform``.

Those about time and about new material stand in :mod:`strings_time` and are asked for here like all others.

The texts say what *kan være relevant* and what *skal vurderes konkret*; never that anybody is entitled to anything.
"""

from __future__ import annotations

from datetime import date

from PySide6.QtCore import QCoreApplication, QDate, QLocale

from vidensplatform.desktop.strings_time import *  # noqa: F403  # one place to ask for all

CONTEXT = "vidensplatform"


def tr(text: str, /, **values: object) -> str:
    """The text in the user's language, with ``{name}`` replaced by the values."""
    shown = QCoreApplication.translate(CONTEXT, text)
    return shown.format(**values) if values else shown


def number(value: int) -> str:
    """A number as it is written here: 57.000."""
    return QLocale().toString(value)


def day(value: date) -> str:
    """``9. april 2024``."""
    return QLocale().toString(QDate(value.year, value.month, value.day), "d. MMMM yyyy")


def month(value: date) -> str:
    """``December 2023``, as a header."""
    shown = QLocale().toString(QDate(value.year, value.month, 1), "MMMM yyyy")
    return shown[:1].upper() + shown[1:]


# -- program and window ------------------------------------------------------------------------------------------------------------------------
PROGRAM = "Vidensplatform"
SEARCH_PAGE = "Søg"
RAIL = "Programmets sider"
MENU_FILE, MENU_EDIT, MENU_VIEW, MENU_HELP = "&Fil", "&Rediger", "&Vis", "&Hjælp"
IMPORT_FILES = "Indlæs lovtekst fra &filer …"
IMPORT_FOLDER = "Indlæs lovtekst fra &mappe …"
QUIT = "&Afslut"
UNDO, CUT, COPY, PASTE, SELECT_ALL = "&Fortryd", "&Klip", "K&opiér", "&Sæt ind", "&Markér alt"
CLEAR_QUESTION = "&Ryd spørgsmålet"
GROUP_BY_NEED, GROUP_BY_LAW = "Gruppér efter &behov", "Gruppér efter &lov"
GO_TO_QUESTION = "Gå til &spørgsmålet"
NEXT_COLUMN = "&Næste kolonne"
PAGE_SHORTCUT = "Siden {name}"
TAB_SHORTCUT = "Fanen {name}"
BACK, FORWARD = "Tilbage", "Frem"
SHORTCUTS, ABOUT = "&Genveje", "&Om Vidensplatform"

# -- the box -----------------------------------------------------------------------------------------------------------------------------------
ASK = "Beskriv borgerens situation …"
ASK_NAME = "Borgerens situation"
ASK_HELP = "Skriv med almindelige ord, eller skriv en henvisning som SEL § 110. Det, du skriver, gemmes ikke."
SUGGESTIONS = "Forslag til ordet"
SUGGESTIONS_HELP = "→ vælger  ·  Alt+↓ næste"
CLEAR = "Ryd"

# -- what was recognised -----------------------------------------------------------------------------------------------------------------------
RECOGNISED = "Det, der er forstået"
KINDS = {"situation": "Situation", "need": "Behov", "term": "Ord"}
CHIP_WORDS = "Genkendt ud fra: {words}."
CHIP_ADDED = "Tilføjet med hånden."
CHIP_KEYS = "Enter åbner, Delete fjerner."
CHIP_NEED_KEYS = "Enter viser kun det behov, Delete fjerner."
CHIP_TERM_KEYS = "Delete fjerner."
CHIP_URGENT = "Kan haste."
MORE_CHIPS, FEWER_CHIPS = "{n} flere", "Færre"
RESTORE_CHIPS = "Gendan fjernede ({n})"
ADD_SITUATION = "+ Tilføj situation"
PICK_SITUATION = "Tilføj situation"
PICK_SEARCH = "Søg blandt situationerne …"
PICK_LIST = "Situationer"
PICK_NONE = "Ingen situation passer på de ord."
DID_YOU_MEAN = "Mente du »{text}«?"
NOTE = "Bemærk: {text}"

# -- needs and filters -------------------------------------------------------------------------------------------------------------------------
NEEDS = "Behov"
NEEDS_COLUMN = "Behov og filtre"
ALL_NEEDS = "Alle behov"
KIND_OF_DOCUMENT = "Slags dokument"
ALL_KINDS = "Alle slags"
KIND_GROUPS = {
    "Love": ("lov", "lovbekendtgørelse"),
    "Bekendtgørelser": ("bekendtgørelse",),
    "Vejledninger og cirkulærer": ("vejledning", "cirkulære"),
    "Principmeddelelser": ("principmeddelelse",),
    "Ombudsmandsudtalelser": ("ombudsmandsudtalelse",),
    "Ændringslove": ("ændringslov",),
}
AS_OF = "Retten pr."
AS_OF_DATE = "Dato for den ret, der vises"
AS_OF_HELP = "Vælg en anden dag for at se, hvad der stod i loven dengang. Ctrl+D går hertil."
AS_OF_CALENDAR = "Vælg dagen i en kalender"
AS_OF_REFUSED = "»{text}« er ikke en dato. Skriv den for eksempel som 31-12-2023."
AS_OF_TODAY = "I dag"
AS_OF_TODAY_NAME = "Tilbage til retten i dag"
GO_TO_DATE = "Retten pr. &dato …"
SHOWS_LAW_OF = "Viser retten pr. {day}."
SHOWS_LAW_TO_COME = "Viser retten, som biblioteket kender den, for {day}."
SHOW_TODAY = "Vis retten i dag"
DATE_LIMITS_MORE = "Hvad kan ikke vides?"
DATE_LIMIT_CARDS = "Muligheder, pligter og praksis er skrevet efter reglerne i dag; kun lovteksten følger datoen."
DATE_LIMIT_TEXTS = "Biblioteket kender kun de lovtekster, der er indlæst."
DATE_LIMIT_FUTURE = "Vedtagne ændringer, der endnu ikke står i den indlæste tekst, er ikke med."
NOT_IN_TEXT_THEN = "{label} har ingen tekst i biblioteket for den {day}."
HISTORIC = "Også historiske tekster"
LAW_TEXT = "Lovtekst"

# -- the answer --------------------------------------------------------------------------------------------------------------------------------
RESULTS = "Svar"
START_TITLE = "Hvad står borgeren i?"
START_TEXT = (
    "Beskriv situationen, som du ville fortælle den til en kollega. Du får de muligheder, der kan være relevante på tværs af lovene, "
    "og de pligter, der følger med. Hver af dem skal vurderes konkret."
)
START_EXAMPLES = "Prøv for eksempel"
EXAMPLES = (
    "mand sover i bil, lige løsladt, drikker, ingen penge",
    "enlig mor kan ikke betale indskud til ny lejlighed",
    "ældre dame kan ikke klare sig hjemme efter hospital",
    "SEL § 110",
)
START_PRIVATE = "Det, du skriver om en borger, bliver på denne maskine og gemmes ikke."
START_COUNTS = "{situations} situationer · {options} muligheder · {duties} pligter · {practice} afgørelser fra praksis"
SUMMARY_OPTIONS_ONE = "1 mulighed kan være relevant. Den skal vurderes konkret."
SUMMARY_OPTIONS = "{n} muligheder kan være relevante. De skal vurderes konkret."
SUMMARY_NO_OPTIONS = "Ingen muligheder fundet; se pligter, praksis og lovtekst nedenfor."
SUMMARY_FILTERED = "Kun »{need}«."
NOTHING_FOUND = "Intet fundet. Prøv andre ord, eller beskriv situationen med borgerens egne ord."
SHOWN_FOR_DATE = "Lovteksten pr. {day}."
GROUP_MOVED = "Reglen er flyttet, helt eller delvis"
MOVED_HERE = "{old} → {new}"
SPOKEN_MOVED = "{old} er flyttet, helt eller delvis, til {new}"
CANNOT_WAIT = "AKUT, tag det først: {titles}."
UNDERSTOOD = "Programmet kender ordene: {words}."
TRY_WORD = "Prøv »{text}«"
GROUP_CANDIDATES = "Hvilken lov mener du?"
GROUP_OTHER = "Andet"
GROUP_DUTIES = "Pligter, der følger med"
GROUP_PRACTICE = "Praksis"
GROUP_DOCUMENTS = "Lovtekst og dokumenter"
GROUP_QUESTIONS = "Har borgeren også …?"
MORE_DOCUMENTS = "Vis {n} flere dokumenter"
OBLIGATIONS = {"skal": "skal", "kan": "kan", "frivillig": "frivillig"}
OBLIGATION_MEANS = {
    "skal": "Kommunen skal give hjælpen, når betingelserne er opfyldt. Det skal vurderes konkret.",
    "kan": "Kommunen kan give hjælpen. Det skal vurderes konkret.",
    "frivillig": "Kommunen bestemmer selv, om bestemmelsen bruges her. Det skal undersøges lokalt.",
}
URGENT = "AKUT"
MARKS = {"kontrolleret": "✓", "ændret siden kontrol": "!", "ikke kontrolleret": "?"}
MARK_MEANS = {
    "kontrolleret": "Kortet er læst mod den lovtekst, der vises.",
    "ændret siden kontrol": "Lovteksten er ændret, siden kortet blev læst. Læs bestemmelsen.",
    "ikke kontrolleret": "Kortet er ikke kontrolleret mod lovteksten her.",
}
MORE_PLACES = "+{n}"
SPOKEN_OPTION = "{title}, {places}, {obligation}{urgent}, {status}. {why}"
SPOKEN_DUTY = "Pligt: {title}, {places}, {status}. {why}"
SPOKEN_PRACTICE = "Praksis {label}, {status}: {title}.{replaced}"
SPOKEN_DOCUMENT = "{label}, {title}, {kind}, {status}. {snippet}"
SPOKEN_QUESTION = "Spørgsmål: {question} Enter tilføjer situationen."
SPOKEN_CANDIDATE = "{label}, {name}. Enter åbner bestemmelsen."
SPOKEN_HEADER = "Gruppe: {title}, {n}"
SPOKEN_URGENT = ", akut"
REPLACED_BY = "Erstattet af {label}"
QUESTION_HINT = "Tilføj som situation"

# -- the reader --------------------------------------------------------------------------------------------------------------------------------
READER = "Læser"
TAB_SUMMARY, TAB_LAW, TAB_PRACTICE = "Resumé", "Lovtekst", "Praksis"
TABS = "Læserens faner"
BACK_TO_LIST = "Tilbage til listen"
READER_EMPTY = "Vælg en mulighed, en pligt eller en bestemmelse i listen, så vises den her."
NOT_FOUND = "»{reference}« findes ikke i kortene eller i den lovtekst, der er indlæst."
RELEVANT = "Kan være relevant."
KIND_OPTION, KIND_DUTY, KIND_SITUATION, KIND_PROVISION = "Mulighed", "Pligt", "Situation", "Bestemmelse"
SEC_AUTHORITY = "Hvem afgør"
SEC_CONDITIONS = "Skal vurderes"
SEC_DOCUMENTATION = "Dokumentation"
SEC_DRAWBACKS = "Vær opmærksom på"
SEC_DEADLINES = "Frister"
SEC_COMPLAINT = "Klage"
SEC_NEXT = "Hvis der gives afslag: overvej også"
SEC_ADJACENT = "Hænger ofte sammen med"
SEC_BASIS = "Hjemmel"
SEC_STEPS = "Sådan"
SEC_FAULTS = "Typiske fejl"
SEC_OPTIONS = "Muligheder, der kan være relevante"
SEC_DUTIES = "Pligter, der følger med"
SEC_READ_IN = "Læst i"
SEC_PROVISIONS = "Bestemmelser"
SEC_CARDS = "Kort, der bygger på bestemmelsen"
SEC_CARDS_OF_PRACTICE = "Kort, der bygger på afgørelsen"
CONTESTED = "OMSTRIDT"
VOLATILE = "Under ændring"
NO_COMPLAINT = "Ingen klageadgang: {reason}"
NO_CARDS = "Ingen kort bygger på bestemmelsen."
DEADLINE = "{length} fra: {start}"
DEADLINE_KIND = {"lovbestemt": "lovbestemt", "lokal": "lokal, sættes af kommunen"}
NO_TEXT = "Lovteksten er ikke indlæst"
NO_TEXT_HELP = "Kortene svarer alene. Når lovteksten er indlæst, kan hver bestemmelse læses her med de ændringer, der følger med."
NO_TEXT_FOR = "Teksten til {label} er ikke indlæst."
NOT_IN_ACT = "{label} står ikke i den tekst af loven, der vises i dag."
IMPORT = "Indlæs lovtekst …"
NOT_INCORPORATED = "Loven er ændret, uden at det står i teksten her"
MAYBE_TOUCHED = "Loven er ændret, uden at det står i teksten her. Om denne bestemmelse berøres, kan ikke ses"
AMENDED_SEE_ABOVE = "Loven er ændret, uden at det står i teksten; se ændringerne ovenfor."
NOT_INCORPORATED_ONE = "{act} (ikke indarbejdet)"
LATER_AMENDMENT = "{act} (senere ændring)"
MOVED = "Flyttet den {day}"
HISTORIC_TEXT = "Historisk tekst. Den gælder ikke længere."
REFERENCES_OUT, REFERENCES_IN = "Henviser til", "Henvises til fra"
UNRESOLVED = "ikke fundet"
MORE_LINES = "… og {n} flere"
NO_LAW_HERE = "Der hører ingen lovtekst til."
NO_PRACTICE = "Der er ingen praksis på kortet. Det betyder ikke, at der ingen er."
NO_PRACTICE_HERE = "Ingen af kortene på bestemmelsen nævner praksis."
PRACTICE_HISTORIC = "Historisk. Må ikke bruges som gældende praksis."
PRACTICE_UNKNOWN = "Om den stadig gælder, er ikke undersøgt."
PRACTICE_REPLACES = "Erstatter"
STATUS_IN_FORCE = {"gældende": "gældende", "historisk": "historisk", "ukendt": "status ukendt"}

# -- status line -------------------------------------------------------------------------------------------------------------------------------
OPENING = "Åbner …"
LIBRARY_CARDS_ONLY = "Kun kort, ingen lovtekst"
LIBRARY_PROVISIONS = "{n} bestemmelser"
LIBRARY_TIP = "Biblioteket ligger i {folder}"
INDEX_READY = "Søgeindeks klar"
INDEX_UPDATING = "Søgeindekset opdateres …"
INDEX_UPDATING_N = "Søgeindekset opdateres … {n} bestemmelser"
INDEX_BEHIND = "Søgeindekset mangler det nyeste"
INDEX_UPDATE_NOW = "Opdatér nu"
COMPARING = "Lovenes udgaver sammenlignes …"
COMPARING_N = "Lovenes udgaver sammenlignes … {n}"
ASKING = "Spørger {source} …"
FETCHING = "Henter fra {source} … {n} af {total}"
IMPORTING_N = "Indlæser … {n} dokumenter"
FRESHNESS = "Nyeste lovtekst: {day}"
CANCEL = "Annullér"
PROGRESS = "Fremdrift"

# -- trouble -----------------------------------------------------------------------------------------------------------------------------------
TROUBLE = "Noget gik galt"
KEPT_LIBRARY = "Det, der er indlæst, er gemt og ikke ændret."
KEPT_FILE = "Filen slettes ikke; den flyttes til side under et andet navn. Kortene er ikke berørt."
KEPT_NOTHING_TOUCHED = "Intet er ændret."
KEPT_INDEX = "Lovteksten er gemt og kan læses. Kun søgning i den venter."
MEND_AGAIN = "Prøv igen"
MEND_MOVE_ASIDE = "Flyt filen til side, og åbn uden lovtekst"
MEND_OTHER_FOLDER = "Vælg en anden mappe …"
MEND_SHOW_LOG = "Åbn mappen med logfilen"
MEND_DISMISS = "Luk beskeden"
BUG = "Der er en fejl i programmet. Det, du var i gang med, kan være afbrudt; resten virker stadig."
BUG_LOGGED = "Fejlen er skrevet i {log}. Det, du har skrevet om borgeren, står der ikke."
BUG_NOT_LOGGED = "Logfilen kunne ikke skrives."
ASIDE_FAILED = "Filen kunne ikke flyttes ({reason})."
ASIDE_ACTION = "Luk andre programmer, der bruger biblioteket, og prøv igen."
CHOOSE_HOME = "Vælg mappen til biblioteket"

# -- help --------------------------------------------------------------------------------------------------------------------------------------
SHORTCUTS_TITLE = "Genveje"
SHORTCUT_LIST = (
    ("Ctrl+K", "Gå til spørgsmålet fra hvor som helst"),
    ("Enter", "Søg med det samme; i listen: åbn i læseren"),
    ("Skift+Enter", "Ny linje i spørgsmålet"),
    ("→", "Tag det foreslåede ord"),
    ("Alt+↓ / Alt+↑", "Gå gennem de foreslåede ord"),
    ("↓", "Fra spørgsmålet til den første mulighed"),
    ("Delete", "Fjern det valgte mærkat"),
    ("F6", "Næste kolonne"),
    ("Ctrl+1, Ctrl+2, Ctrl+3, Ctrl+4", "Resumé, Lovtekst, Praksis, Ændringer"),
    ("Alt+1, Alt+2, Alt+3", "Siderne Søg, Ændringer, Redaktion"),
    ("Alt+← / Alt+→", "Tilbage og frem i læseren"),
    ("Ctrl+H", "Hent nyt fra kilderne"),
    ("Ctrl+D", "Vælg den dag, retten skal vises for"),
    ("Esc", "Tilbage til spørgsmålet"),
    ("Ctrl+Q", "Afslut"),
)
ABOUT_TITLE = "Om Vidensplatform"
ABOUT_TEXT = "Vidensplatform {version}"
ABOUT_MORE = (
    "Muligheder og pligter på tværs af lovene, ud fra borgerens situation. Programmet viser, hvad der kan være relevant; "
    "hver sag skal vurderes konkret, og loven går altid forud for kortene."
)
ABOUT_LICENCE = "Fri software under Mozilla Public License 2.0."
