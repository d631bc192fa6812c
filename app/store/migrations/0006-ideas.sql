-- What the user said of an idea: not before hidden_until, which is far away for «never».
CREATE TABLE idea_choice (
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  topic TEXT NOT NULL,
  hidden_until INTEGER NOT NULL,
  PRIMARY KEY (account_id, topic)
) STRICT, WITHOUT ROWID;

-- A post worth repeating on an account. Durations are µs; 0 means no cap, no end.
CREATE TABLE evergreen (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  account_id INTEGER NOT NULL REFERENCES account (id) ON DELETE CASCADE,
  history_post_id INTEGER NOT NULL REFERENCES history_post (id) ON DELETE CASCADE,
  cooldown INTEGER NOT NULL CHECK (cooldown >= 0),
  cap INTEGER NOT NULL CHECK (cap >= 0),
  ends_at INTEGER NOT NULL CHECK (ends_at >= 0),
  UNIQUE (account_id, history_post_id)
) STRICT;

CREATE TABLE evergreen_use (
  post_id INTEGER PRIMARY KEY REFERENCES post (id) ON DELETE CASCADE,
  evergreen_id INTEGER NOT NULL REFERENCES evergreen (id) ON DELETE CASCADE
) STRICT;
CREATE INDEX evergreen_use_by_evergreen ON evergreen_use (evergreen_id);
