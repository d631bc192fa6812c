-- All texts by which a post can be found, a row each; post_words is always made from this.
CREATE VIEW post_text (post_id, text) AS
  SELECT id, title FROM post WHERE title IS NOT NULL
  UNION ALL
  SELECT id, content_warning FROM post WHERE content_warning IS NOT NULL
  UNION ALL
  SELECT id, note FROM post WHERE note IS NOT NULL
  UNION ALL
  SELECT post_id, text FROM post_tag
  UNION ALL
  SELECT post_id, text FROM poll_option
  UNION ALL
  SELECT post_id, text FROM part WHERE post_id IS NOT NULL
  UNION ALL
  SELECT target.post_id, part.text FROM target JOIN part ON part.target_id = target.id
  UNION ALL
  SELECT part.post_id, media.alt FROM part JOIN media ON media.part_id = part.id
    WHERE part.post_id IS NOT NULL AND media.alt IS NOT NULL
  UNION ALL
  SELECT target.post_id, media.alt
    FROM target JOIN part ON part.target_id = target.id JOIN media ON media.part_id = part.id
    WHERE media.alt IS NOT NULL;

-- The rowid is the post's id. The words come cut by bmn_words(), because the tokenizer alone
-- finds nothing in Chinese, Japanese or Thai. Marks (M*) are part of a word in Thai and Indic
-- scripts, and people look for their emoji (So).
CREATE VIRTUAL TABLE post_words USING fts5 (
  words,
  tokenize = "unicode61 remove_diacritics 2 categories 'L* M* N* Co So'"
);

INSERT INTO post_words (rowid, words)
  SELECT post_id, bmn_words (group_concat (text, char (10))) FROM post_text GROUP BY post_id;
