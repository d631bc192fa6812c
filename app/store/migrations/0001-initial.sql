-- Instants are µs since the epoch and 0 means none, as in the model. Enumerations are stored
-- by their stable names. AUTOINCREMENT where an id is known outside of the file (keyring,
-- command line, links between posts): a number that was used is never given again.

CREATE TABLE account (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  platform TEXT NOT NULL,
  name TEXT NOT NULL,
  handle TEXT,
  zone TEXT NOT NULL,
  paused INTEGER NOT NULL CHECK (paused IN (0, 1)),
  missed_policy TEXT NOT NULL CHECK (missed_policy IN ('hold', 'publish', 'next-slot')),
  grace INTEGER NOT NULL CHECK (grace >= 0),
  min_gap INTEGER NOT NULL CHECK (min_gap >= 0),
  created_at INTEGER NOT NULL
) STRICT;

-- What the user set for the platform; never a secret.
CREATE TABLE account_setting (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

-- What was learned about the account's server.
CREATE TABLE account_fact (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  name TEXT NOT NULL,
  value TEXT NOT NULL,
  PRIMARY KEY (account_id, name)
) STRICT, WITHOUT ROWID;

CREATE TABLE slot (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  weekday INTEGER NOT NULL CHECK (weekday BETWEEN 1 AND 7),
  minute INTEGER NOT NULL CHECK (minute BETWEEN 0 AND 1439),
  UNIQUE (account_id, weekday, minute)
) STRICT;

-- The poll's columns are NULL where there is no poll.
CREATE TABLE post (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  title TEXT,
  language TEXT,
  content_warning TEXT,
  sensitive INTEGER NOT NULL CHECK (sensitive IN (0, 1)),
  visibility TEXT NOT NULL
    CHECK (visibility IN ('default', 'public', 'unlisted', 'followers', 'direct')),
  poll_duration INTEGER CHECK (poll_duration >= 0),
  poll_multiple INTEGER CHECK (poll_multiple IN (0, 1)),
  poll_hide_totals INTEGER CHECK (poll_hide_totals IN (0, 1)),
  note TEXT,
  recurrence TEXT,
  series_id INTEGER REFERENCES post (id) ON DELETE SET NULL,
  revision INTEGER NOT NULL CHECK (revision >= 1),
  created_at INTEGER NOT NULL,
  modified_at INTEGER NOT NULL,
  CHECK ((poll_duration IS NULL) = (poll_multiple IS NULL)),
  CHECK ((poll_duration IS NULL) = (poll_hide_totals IS NULL))
) STRICT;
CREATE INDEX post_by_change ON post (modified_at, id);
CREATE INDEX post_by_series ON post (series_id) WHERE series_id IS NOT NULL;
CREATE INDEX post_recurring ON post (id) WHERE recurrence IS NOT NULL;

CREATE TABLE post_tag (
  post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (post_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE poll_option (
  post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  position INTEGER NOT NULL,
  text TEXT NOT NULL,
  PRIMARY KEY (post_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE target (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  post_id INTEGER NOT NULL REFERENCES post (id) ON DELETE CASCADE,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  state TEXT NOT NULL
    CHECK (state IN ('draft', 'scheduled', 'publishing', 'published', 'failed', 'unknown',
                     'held', 'cancelled')),
  local_time TEXT,
  zone TEXT,
  due_at INTEGER NOT NULL,
  next_try_at INTEGER NOT NULL,
  revision INTEGER NOT NULL,
  key TEXT,
  tries INTEGER NOT NULL CHECK (tries >= 0),
  error_kind TEXT,
  error TEXT,
  url TEXT,
  published_at INTEGER NOT NULL,
  remote_schedule_id TEXT,
  UNIQUE (post_id, account_id)
) STRICT;
CREATE INDEX target_by_account ON target (account_id, published_at);
CREATE INDEX target_by_state ON target (state, next_try_at);
CREATE INDEX target_by_due ON target (due_at, id);

-- A part belongs to a post, or to a target that has its own text.
CREATE TABLE part (
  id INTEGER PRIMARY KEY,
  post_id INTEGER REFERENCES post (id) ON DELETE CASCADE,
  target_id INTEGER REFERENCES target (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  text TEXT NOT NULL,
  CHECK ((post_id IS NULL) <> (target_id IS NULL)),
  UNIQUE (post_id, position),
  UNIQUE (target_id, position)
) STRICT;

-- Paths inside the data folder are stored relative to it, so that the folder can be moved.
CREATE TABLE media (
  part_id INTEGER NOT NULL REFERENCES part (id) ON DELETE CASCADE,
  position INTEGER NOT NULL CHECK (position >= 0),
  path TEXT NOT NULL,
  alt TEXT,
  mime_type TEXT NOT NULL,
  size INTEGER NOT NULL CHECK (size >= 0),
  sha256 TEXT NOT NULL,
  width INTEGER NOT NULL CHECK (width >= 0),
  height INTEGER NOT NULL CHECK (height >= 0),
  focus_x REAL NOT NULL CHECK (focus_x BETWEEN -1 AND 1),
  focus_y REAL NOT NULL CHECK (focus_y BETWEEN -1 AND 1),
  PRIMARY KEY (part_id, position)
) STRICT, WITHOUT ROWID;

CREATE TABLE attempt (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  target_id INTEGER NOT NULL REFERENCES target (id) ON DELETE CASCADE,
  part INTEGER NOT NULL CHECK (part >= 0),
  kind TEXT NOT NULL CHECK (kind IN ('publish', 'read-back', 'edit', 'remove')),
  revision INTEGER NOT NULL,
  key TEXT,
  started_at INTEGER NOT NULL,
  finished_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('open', 'done', 'not-found', 'refused', 'lost')),
  error_kind TEXT,
  message TEXT
) STRICT;
CREATE INDEX attempt_by_target ON attempt (target_id, id);

CREATE TABLE receipt (
  target_id INTEGER NOT NULL REFERENCES target (id) ON DELETE CASCADE,
  part INTEGER NOT NULL CHECK (part >= 0),
  remote_id TEXT NOT NULL,
  remote_cid TEXT,
  url TEXT,
  published_at INTEGER NOT NULL,
  PRIMARY KEY (target_id, part)
) STRICT, WITHOUT ROWID;

-- Counts that the platform did not tell are NULL. What was published stays when the post that
-- it came from is deleted.
CREATE TABLE history_post (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  remote_id TEXT NOT NULL,
  url TEXT,
  text TEXT NOT NULL,
  language TEXT,
  published_at INTEGER NOT NULL,
  is_reply INTEGER NOT NULL CHECK (is_reply IN (0, 1)),
  n_media INTEGER NOT NULL CHECK (n_media >= 0),
  target_id INTEGER REFERENCES target (id) ON DELETE SET NULL,
  likes INTEGER CHECK (likes >= 0),
  reposts INTEGER CHECK (reposts >= 0),
  replies INTEGER CHECK (replies >= 0),
  counted_at INTEGER NOT NULL,
  UNIQUE (account_id, remote_id)
) STRICT;
CREATE INDEX history_post_by_time ON history_post (account_id, published_at, id);
CREATE INDEX history_post_by_target ON history_post (target_id) WHERE target_id IS NOT NULL;

CREATE TABLE metric_snapshot (
  history_post_id INTEGER NOT NULL REFERENCES history_post (id) ON DELETE CASCADE,
  counted_at INTEGER NOT NULL,
  likes INTEGER CHECK (likes >= 0),
  reposts INTEGER CHECK (reposts >= 0),
  replies INTEGER CHECK (replies >= 0),
  PRIMARY KEY (history_post_id, counted_at)
) STRICT, WITHOUT ROWID;

-- The network ledger outlives the accounts it speaks of, so account_id refers to nothing.
CREATE TABLE ledger (
  id INTEGER PRIMARY KEY,
  host TEXT NOT NULL,
  purpose TEXT NOT NULL,
  account_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  bytes_sent INTEGER NOT NULL,
  bytes_received INTEGER NOT NULL,
  status INTEGER NOT NULL
) STRICT;
CREATE INDEX ledger_by_time ON ledger (at, id);

CREATE TABLE setting (
  name TEXT PRIMARY KEY,
  value TEXT NOT NULL
) STRICT, WITHOUT ROWID;
