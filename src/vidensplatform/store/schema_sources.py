"""The second migration: what is known of each source, which documents it withdrew, and which decisions are the same one published again.

And the fourth: of a document that was put together from several answers, the hash of the document proper, so that the same file on disk is known.
"""

SOURCES = """
CREATE TABLE sources (
  name TEXT PRIMARY KEY,
  read_to TEXT,                          -- everything the source changed up to then is here
  last_run TEXT, last_success TEXT,      -- a run counts as a success when nothing of it was left
  last_failure TEXT NOT NULL DEFAULT '', last_failure_at TEXT,
  left_over INTEGER NOT NULL DEFAULT 0,  -- documents that the last run planned and did not come to
  failing TEXT NOT NULL DEFAULT '[]',    -- [id, reason] of documents that could not be read
  notes TEXT NOT NULL DEFAULT '[]'       -- gaps and doubts, in Danish
) WITHOUT ROWID;

CREATE TABLE withdrawn (eli TEXT PRIMARY KEY, seen_at TEXT NOT NULL) WITHOUT ROWID;  -- marked by the source as removed, kept here

CREATE TABLE erased (version INTEGER PRIMARY KEY, revision INTEGER NOT NULL);  -- row ids whose text must leave the index; nothing of the text

CREATE TABLE reissues (
  old TEXT NOT NULL, new TEXT NOT NULL, told_by TEXT NOT NULL, PRIMARY KEY (old, new, told_by)
) WITHOUT ROWID;
CREATE INDEX reissues_by_new ON reissues(new);
CREATE INDEX reissues_by_teller ON reissues(told_by);
"""

PARTS = """
ALTER TABLE snapshots ADD COLUMN main_sha256 TEXT;
CREATE INDEX snapshots_by_main ON snapshots(main_sha256) WHERE main_sha256 IS NOT NULL;
"""
