-- What the user wants the server to hold until its time, and what it holds. An id that is empty
-- means that it may hold it, under an id that is not known.
ALTER TABLE target ADD COLUMN hand_over INTEGER NOT NULL DEFAULT 0 CHECK (hand_over IN (0, 1));
ALTER TABLE target ADD COLUMN remote_schedule_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE target ADD COLUMN remote_revision INTEGER NOT NULL DEFAULT 0;
ALTER TABLE target ADD COLUMN remote_text TEXT;

-- The kinds of an attempt are a check of the table, so the table is made anew; the numbers that
-- were given stay given.
CREATE TABLE attempt_new (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  target_id INTEGER NOT NULL REFERENCES target (id) ON DELETE CASCADE,
  part INTEGER NOT NULL CHECK (part >= 0),
  kind TEXT NOT NULL
    CHECK (kind IN ('publish', 'read-back', 'edit', 'remove', 'hand-over', 'take-back',
                    'check-schedule')),
  revision INTEGER NOT NULL,
  key TEXT,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('open', 'done', 'not-found', 'refused', 'lost')),
  error_kind TEXT,
  message TEXT
) STRICT;
INSERT INTO attempt_new
  SELECT id, target_id, part, kind, revision, key, started_at, finished_at, outcome, error_kind,
         message
    FROM attempt;
DELETE FROM sqlite_sequence WHERE name = 'attempt_new';
INSERT INTO sqlite_sequence (name, seq)
  SELECT 'attempt_new', seq FROM sqlite_sequence WHERE name = 'attempt';
DROP TABLE attempt;
ALTER TABLE attempt_new RENAME TO attempt;
CREATE INDEX attempt_by_target ON attempt (target_id, id);
