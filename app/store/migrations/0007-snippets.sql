-- What the user writes again and again: templates, and hashtags that belong together.
CREATE TABLE snippet (
  id INTEGER PRIMARY KEY AUTOINCREMENT,
  kind TEXT NOT NULL CHECK (kind IN ('template', 'hashtags')),
  name TEXT NOT NULL,
  text TEXT NOT NULL,
  UNIQUE (kind, name)
) STRICT;
