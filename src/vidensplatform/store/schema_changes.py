"""The third migration: what changed between the versions of an act, and what is enacted but not in the text.

All of it is derived from the texts and made anew where it does not fit them (:mod:`vidensplatform.changes.building`); it lies in the library so that
a page of changes opens at once.
"""

CHANGES = """
CREATE TABLE comparisons (          -- two neighbouring texts of a work, by the very bytes they were read from
  id INTEGER PRIMARY KEY, work TEXT NOT NULL, older TEXT NOT NULL, older_sha256 TEXT NOT NULL, newer TEXT NOT NULL, newer_sha256 TEXT NOT NULL,
  method TEXT NOT NULL, found_at TEXT NOT NULL, UNIQUE (older, newer)
);
CREATE INDEX comparisons_by_work ON comparisons(work);

CREATE TABLE changes (
  id INTEGER PRIMARY KEY, comparison INTEGER NOT NULL REFERENCES comparisons(id) ON DELETE CASCADE,
  key TEXT NOT NULL UNIQUE,                         -- names the change also after it was found anew
  work TEXT NOT NULL, section TEXT NOT NULL, kind TEXT NOT NULL, substantive INTEGER NOT NULL,
  day TEXT NOT NULL,                                -- effective, else the newer text's signature; '' where neither is known
  effective TEXT, reason TEXT NOT NULL, acts TEXT NOT NULL, heading TEXT NOT NULL, excerpt TEXT NOT NULL,
  moved_to TEXT NOT NULL, moved_from TEXT NOT NULL, body BLOB NOT NULL
);
CREATE INDEX changes_by_day ON changes(day DESC, id);
CREATE INDEX changes_by_work ON changes(work, day DESC, id);
CREATE INDEX changes_by_section ON changes(work, section);
CREATE INDEX changes_by_comparison ON changes(comparison);

CREATE TABLE commencing (           -- one row for each text read for its commencement and its instructions
  version INTEGER PRIMARY KEY REFERENCES versions(id) ON DELETE CASCADE, since TEXT, words TEXT NOT NULL
);

CREATE TABLE instructions (         -- what an amending act says is to be done to another
  id INTEGER PRIMARY KEY, version INTEGER NOT NULL REFERENCES commencing(version) ON DELETE CASCADE,
  act TEXT, act_name TEXT NOT NULL, section TEXT NOT NULL, number TEXT, words TEXT NOT NULL, new_text TEXT NOT NULL,
  touches TEXT NOT NULL, effective TEXT, commencement_kind TEXT NOT NULL, commencement TEXT NOT NULL
);
CREATE INDEX instructions_by_act ON instructions(act) WHERE act IS NOT NULL;
CREATE INDEX instructions_by_version ON instructions(version);

CREATE TABLE quoted (               -- the commencement of amending acts as a consolidated act quotes it
  version INTEGER NOT NULL REFERENCES commencing(version) ON DELETE CASCADE, act_eli TEXT NOT NULL, title TEXT NOT NULL,
  effective TEXT, words TEXT NOT NULL
);
CREATE INDEX quoted_by_act ON quoted(act_eli);
CREATE INDEX quoted_by_version ON quoted(version);
"""
