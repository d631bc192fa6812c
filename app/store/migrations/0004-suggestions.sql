-- What the suggestion engine learnt of an account, so that it need not learn it again at each
-- start. It can always be made anew from the history: state is NULL where it has to be. There
-- is a row for each account. Each change of what an engine may have learnt from (the triggers
-- below) raises serial and drops the state; what is merely new leaves both. The columns up to
-- asked_at say what the state covers.
CREATE TABLE engine_state (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  serial INTEGER NOT NULL,
  last_post INTEGER NOT NULL,
  counted_until INTEGER NOT NULL,
  asked_at INTEGER NOT NULL,
  state BLOB
) STRICT;

INSERT INTO engine_state SELECT id, 0, 0, 0, 0, NULL FROM account;

CREATE TRIGGER account_gets_engine_state AFTER INSERT ON account
BEGIN
  INSERT INTO engine_state VALUES (NEW.id, 0, 0, 0, 0, NULL);
END;

CREATE TRIGGER zone_unlearns AFTER UPDATE OF zone ON account WHEN OLD.zone <> NEW.zone
BEGIN
  UPDATE engine_state SET serial = serial + 1, state = NULL WHERE account_id = NEW.id;
END;

CREATE TRIGGER deleted_post_unlearns AFTER DELETE ON history_post
BEGIN
  UPDATE engine_state SET serial = serial + 1, state = NULL WHERE account_id = OLD.account_id;
END;

CREATE TRIGGER changed_post_unlearns
AFTER UPDATE OF account_id, text, language, published_at, is_reply ON history_post
WHEN (OLD.account_id, OLD.text, OLD.language, OLD.published_at, OLD.is_reply)
  IS NOT (NEW.account_id, NEW.text, NEW.language, NEW.published_at, NEW.is_reply)
BEGIN
  UPDATE engine_state SET serial = serial + 1, state = NULL
    WHERE account_id IN (OLD.account_id, NEW.account_id);
END;

-- Counts of an archive, of which nobody knows when they were read, that change or give way to
-- counts that were read here.
CREATE TRIGGER changed_archive_counts_unlearn
AFTER UPDATE OF likes, reposts, replies, counted_at ON history_post
WHEN OLD.counted_at = 0 AND coalesce (OLD.likes, OLD.reposts, OLD.replies) IS NOT NULL
  AND (OLD.likes, OLD.reposts, OLD.replies, OLD.counted_at)
    IS NOT (NEW.likes, NEW.reposts, NEW.replies, NEW.counted_at)
BEGIN
  UPDATE engine_state SET serial = serial + 1, state = NULL WHERE account_id = NEW.account_id;
END;

-- The engine learns from the first counts of a post that were read once it had settled, so a
-- reading matters that comes before one known already, and none that comes after.
CREATE TRIGGER earlier_counts_unlearn AFTER INSERT ON metric_snapshot
WHEN EXISTS (SELECT 1 FROM metric_snapshot
             WHERE history_post_id = NEW.history_post_id AND counted_at > NEW.counted_at)
BEGIN
  UPDATE engine_state SET serial = serial + 1, state = NULL
    WHERE account_id = (SELECT account_id FROM history_post WHERE id = NEW.history_post_id);
END;

CREATE TRIGGER changed_counts_unlearn AFTER UPDATE ON metric_snapshot
BEGIN
  UPDATE engine_state SET serial = serial + 1, state = NULL
    WHERE account_id = (SELECT account_id FROM history_post WHERE id = NEW.history_post_id);
END;

CREATE TRIGGER deleted_counts_unlearn AFTER DELETE ON metric_snapshot
BEGIN
  UPDATE engine_state SET serial = serial + 1, state = NULL
    WHERE account_id = (SELECT account_id FROM history_post WHERE id = OLD.history_post_id);
END;

-- Finds the posts whose counts were read since.
CREATE INDEX history_post_by_count ON history_post (account_id, counted_at);

-- What the user decided about the suggestions for an account.
CREATE TABLE lever (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  half_life REAL NOT NULL CHECK (half_life >= 0),
  diversity REAL NOT NULL CHECK (diversity BETWEEN 0 AND 1),
  never_hours INTEGER NOT NULL CHECK (never_hours BETWEEN 0 AND 0xffffff)
) STRICT;

CREATE TABLE tag_lever (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  tag TEXT NOT NULL,
  stance TEXT NOT NULL CHECK (stance IN ('pinned', 'muted')),
  PRIMARY KEY (account_id, tag)
) STRICT, WITHOUT ROWID;

CREATE TABLE excluded_post (
  history_post_id INTEGER PRIMARY KEY REFERENCES history_post (id) ON DELETE CASCADE
) STRICT;

-- What was suggested, and what became of it. settled_at is 0 until the post is out. What was
-- learnt of it stays when the post is deleted here.
CREATE TABLE shown_suggestion (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  post_id INTEGER REFERENCES post (id) ON DELETE SET NULL,
  kind TEXT NOT NULL CHECK (kind IN ('hashtag', 'experiment', 'topic', 'time')),
  text TEXT NOT NULL,
  rank INTEGER NOT NULL CHECK (rank >= 0),
  probability REAL NOT NULL CHECK (probability BETWEEN 0 AND 1),
  shown_at INTEGER NOT NULL,
  outcome TEXT NOT NULL CHECK (outcome IN ('waiting', 'taken', 'ignored', 'dismissed')),
  settled_at INTEGER NOT NULL,
  history_post_id INTEGER REFERENCES history_post (id) ON DELETE SET NULL,
  UNIQUE (post_id, account_id, kind, text)
) STRICT;
CREATE INDEX shown_suggestion_by_time ON shown_suggestion (account_id, shown_at, id);
CREATE INDEX shown_suggestion_waiting ON shown_suggestion (account_id) WHERE settled_at = 0;
CREATE INDEX shown_suggestion_by_history ON shown_suggestion (history_post_id)
  WHERE history_post_id IS NOT NULL;

-- For the checks: sites the user distrusts, and accounts the user knows.
CREATE TABLE distrusted_domain (domain TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
CREATE TABLE known_handle (handle TEXT PRIMARY KEY) STRICT, WITHOUT ROWID;
