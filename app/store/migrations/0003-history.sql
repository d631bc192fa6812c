-- What a sync has to know of each post. seen_at is when the platform itself last showed it, and
-- 0 for what only an import told of; gone_at is when it was noticed that it is there no longer;
-- next_count_at is when its counts are to be read next, 0 for never again.
ALTER TABLE history_post ADD COLUMN seen_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE history_post ADD COLUMN gone_at INTEGER NOT NULL DEFAULT 0;
ALTER TABLE history_post ADD COLUMN next_count_at INTEGER NOT NULL DEFAULT 0;

-- The first reading of what was published before this schema: an hour after it came out.
UPDATE history_post SET next_count_at = published_at + 3600000000 WHERE counted_at = 0;

CREATE INDEX history_post_by_url ON history_post (account_id, url) WHERE url IS NOT NULL;
CREATE INDEX history_post_to_count ON history_post (account_id, next_count_at)
  WHERE next_count_at > 0 AND gone_at = 0 AND (seen_at > 0 OR target_id IS NOT NULL);

-- Whose post is it that a sync or an import tells of?
CREATE INDEX receipt_by_remote_id ON receipt (remote_id);

-- How far the reading of an account is. place is the platform's own word for where in the list
-- of posts it goes on, NULL where no list is under way; begun_at and oldest say what the list
-- that is under way has covered; ended_at is when the last one came to its end, and completed_at
-- when one went to the end of what the platform has.
CREATE TABLE sync_state (
  account_id INTEGER PRIMARY KEY REFERENCES account (id) ON DELETE CASCADE,
  place TEXT,
  begun_at INTEGER NOT NULL,
  oldest INTEGER NOT NULL,
  ended_at INTEGER NOT NULL,
  completed_at INTEGER NOT NULL,
  followers_at INTEGER NOT NULL,
  no_counts_until INTEGER NOT NULL,
  retry_at INTEGER NOT NULL,
  tries INTEGER NOT NULL CHECK (tries >= 0),
  error_kind TEXT,
  error TEXT
) STRICT;

-- Days are those of the account's zone, YYYY-MM-DD.
CREATE TABLE follower_count (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  day TEXT NOT NULL,
  followers INTEGER NOT NULL CHECK (followers >= 0),
  counted_at INTEGER NOT NULL,
  PRIMARY KEY (account_id, day)
) STRICT, WITHOUT ROWID;

-- Files of the media library that no post refers to, and since when that is known.
CREATE TABLE media_orphan (
  name TEXT PRIMARY KEY,
  since INTEGER NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX media_by_path ON media (path);
