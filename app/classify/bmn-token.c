#include "bmn-token-private.h"

#include <string.h>
#include <unicode/uchar.h>

/* No smiley of the list is longer, in bytes. */
#define LONGEST_EMOTICON 6

/* What the reading of one text needs. */
typedef struct
{
  const char *text;
  const char *end;
  const char *p;
  const BmnLexicon *symbols;
  BmnTokens *tokens;
} Reader;

/* The code point at @p and its length; a broken byte reads as a space of length 1. */
static gunichar
peek (const Reader *reader, const char *p, gsize *length)
{
  gunichar c = g_utf8_get_char_validated (p, reader->end - p);
  if (c == (gunichar)-1 || c == (gunichar)-2 || c == 0)
    {
      *length = 1;
      return ' ';
    }
  *length = (gsize)(g_utf8_next_char (p) - p);
  return c;
}

static gunichar
peek_at (const Reader *reader, const char *p)
{
  gsize length;
  return p < reader->end ? peek (reader, p, &length) : ' ';
}

static gboolean
is_word_char (gunichar c)
{
  return g_unichar_isalnum (c) || g_unichar_ismark (c) || c == '_';
}

static gboolean
is_apostrophe (gunichar c)
{
  return c == '\'' || c == 0x2019;
}

static gboolean
is_modifier (gunichar c)
{
  return c == 0x200d || c == 0xfe0f || c == 0xfe0e || c == 0x20e3 || (c >= 0x1f3fb && c <= 0x1f3ff)
         || (c >= 0xe0020 && c <= 0xe007f);
}

static BmnToken *
add (Reader *reader, BmnTokenKind kind, const char *start, const char *end, const char *form)
{
  const char *stored = g_string_chunk_insert_const (reader->tokens->strings, form);
  const BmnToken token = {
    .kind = kind,
    .start = (gsize)(start - reader->text),
    .end = (gsize)(end - reader->text),
    .form = stored,
    .plain = stored,
  };
  g_array_append_val (reader->tokens->list, token);
  return &g_array_index (reader->tokens->list, BmnToken, reader->tokens->list->len - 1);
}

static gboolean
has_prefix (const Reader *reader, const char *prefix)
{
  gsize length = strlen (prefix);
  return (gsize)(reader->end - reader->p) >= length
         && g_ascii_strncasecmp (reader->p, prefix, length) == 0;
}

static gboolean
read_url (Reader *reader)
{
  static const char *const prefixes[] = { "https://", "http://", "www." };
  gboolean found = FALSE;
  for (gsize i = 0; i < G_N_ELEMENTS (prefixes); i++)
    found = found || has_prefix (reader, prefixes[i]);
  if (!found)
    return FALSE;
  const char *start = reader->p;
  gsize length;
  while (reader->p < reader->end && !g_unichar_isspace (peek (reader, reader->p, &length)))
    reader->p += length;
  add (reader, BMN_TOKEN_URL, start, reader->p, "<url>");
  return TRUE;
}

static gboolean
read_mention (Reader *reader)
{
  if (*reader->p != '@' || !is_word_char (peek_at (reader, reader->p + 1)))
    return FALSE;
  const char *start = reader->p++;
  gsize length;
  gunichar c;
  while (reader->p < reader->end
         && (is_word_char (c = peek (reader, reader->p, &length))
             || ((c == '.' || c == '-' || c == '@')
                 && is_word_char (peek_at (reader, reader->p + 1)))))
    reader->p += length;
  add (reader, BMN_TOKEN_MENTION, start, reader->p, "<user>");
  return TRUE;
}

/* The longest smiley here. One with a letter or digit in it needs room around. */
static gboolean
read_emoticon (Reader *reader)
{
  gunichar before = ' ';
  if (reader->p > reader->text)
    {
      const char *previous = g_utf8_find_prev_char (reader->text, reader->p);
      before = previous ? peek_at (reader, previous) : ' ';
    }
  char candidate[LONGEST_EMOTICON + 1] = "";
  gsize length = 0;
  while (length < LONGEST_EMOTICON && reader->p + length < reader->end
         && g_ascii_isgraph (reader->p[length]))
    {
      candidate[length] = g_ascii_tolower (reader->p[length]);
      length++;
    }
  for (; length >= 2; length--)
    {
      candidate[length] = '\0';
      gboolean lettered = FALSE;
      for (gsize i = 0; i < length; i++)
        lettered = lettered || g_ascii_isalnum (candidate[i]);
      if (lettered
          && (is_word_char (before) || is_word_char (peek_at (reader, reader->p + length))))
        continue;
      if (bmn_lexicon_look_up (reader->symbols, candidate).role == BMN_WORD_UNKNOWN)
        continue;
      add (reader, BMN_TOKEN_EMOTICON, reader->p, reader->p + length, candidate);
      reader->p += length;
      return TRUE;
    }
  return FALSE;
}

static gboolean
read_emoji (Reader *reader)
{
  gsize length;
  gunichar c = peek (reader, reader->p, &length);
  if (c < 0x80
      || !(u_hasBinaryProperty ((UChar32)c, UCHAR_EXTENDED_PICTOGRAPHIC)
           || u_hasBinaryProperty ((UChar32)c, UCHAR_REGIONAL_INDICATOR)))
    return FALSE;
  const char *start = reader->p;
  char form[8] = "";
  g_unichar_to_utf8 (c, form);
  reader->p += length;
  while (reader->p < reader->end && is_modifier (peek (reader, reader->p, &length)))
    reader->p += length;
  add (reader, BMN_TOKEN_EMOJI, start, reader->p, form);
  return TRUE;
}

static gboolean
read_mark (Reader *reader)
{
  gsize length;
  gunichar c = peek (reader, reader->p, &length);
  if (!g_unichar_ispunct (c) && c != '$')
    return FALSE;
  const char *start = reader->p;
  guint run = 0;
  while (reader->p < reader->end && peek_at (reader, reader->p) == c)
    {
      reader->p += length;
      run++;
    }
  /* Three say as much as thirty. */
  g_autoptr (GString) form = g_string_new (NULL);
  for (guint i = 0; i < MIN (run, 3); i++)
    g_string_append_unichar (form, c);
  add (reader, BMN_TOKEN_MARK, start, reader->p, form->str);
  return TRUE;
}

/* "can't" and "he's" stay whole, "l'amour" and "dell'arte" are two words. */
static gboolean
is_contraction (const Reader *reader, const char *rest)
{
  static const char *const endings[] = { "t", "s", "m", "d", "re", "ve", "ll", "em" };
  for (gsize i = 0; i < G_N_ELEMENTS (endings); i++)
    {
      gsize length = strlen (endings[i]);
      if ((gsize)(reader->end - rest) >= length
          && g_ascii_strncasecmp (rest, endings[i], length) == 0
          && !is_word_char (peek_at (reader, rest + length)))
        return TRUE;
    }
  return FALSE;
}

static const char *
find_word_end (const Reader *reader, const char *start, gboolean tag)
{
  const char *p = start;
  gunichar previous = 0;
  while (p < reader->end)
    {
      gsize length;
      gunichar c = peek (reader, p, &length);
      if (is_apostrophe (c) && p > start && is_contraction (reader, p + length))
        {
          p += length;
          previous = c;
          continue;
        }
      if (!is_word_char (c) || (tag && c == '_'))
        break;
      if (tag && g_unichar_isupper (c) && g_unichar_islower (previous))
        break;
      previous = c;
      p += length;
    }
  return p;
}

/* Lower case without apostrophes; a letter stands at most @most times in a row. */
static char *
fold_word (const Reader *reader, const char *start, const char *end, guint most)
{
  g_autoptr (GString) form = g_string_new (NULL);
  gunichar previous = 0;
  guint run = 0;
  gsize length;
  for (const char *p = start; p < end; p += length)
    {
      gunichar c = g_unichar_tolower (peek (reader, p, &length));
      if (is_apostrophe (c))
        continue;
      run = c == previous ? run + 1 : 1;
      previous = c;
      if (run <= most)
        g_string_append_unichar (form, c);
    }
  return g_string_free (g_steal_pointer (&form), FALSE);
}

static gboolean
is_drawn (const Reader *reader, const char *start, const char *end)
{
  gunichar previous = 0;
  guint run = 0;
  gsize length;
  for (const char *p = start; p < end; p += length)
    {
      gunichar c = g_unichar_tolower (peek (reader, p, &length));
      run = c == previous && g_unichar_isalpha (c) ? run + 1 : 1;
      previous = c;
      if (run > 2)
        return TRUE;
    }
  return FALSE;
}

static gboolean
is_number (const Reader *reader, const char *start, const char *end)
{
  gsize length;
  for (const char *p = start; p < end; p += length)
    if (!g_unichar_isdigit (peek (reader, p, &length)))
      return FALSE;
  return TRUE;
}

static gboolean
is_loud (const Reader *reader, const char *start, const char *end)
{
  guint capitals = 0;
  gsize length;
  for (const char *p = start; p < end; p += length)
    {
      gunichar c = peek (reader, p, &length);
      if (g_unichar_islower (c))
        return FALSE;
      capitals += g_unichar_isupper (c);
    }
  return capitals >= 2;
}

static void
add_word (Reader *reader, const char *end, gboolean tag)
{
  const char *start = reader->p;
  reader->p = end;
  if (is_number (reader, start, end))
    {
      /* How many digits tells a year from a telephone number. */
      char form[] = "000000000000";
      form[MIN (end - start, (gssize)strlen (form))] = '\0';
      add (reader, BMN_TOKEN_NUMBER, start, end, form);
      return;
    }
  g_autofree char *form = fold_word (reader, start, end, 2);
  BmnToken *token = add (reader, BMN_TOKEN_WORD, start, end, form);
  token->tag = tag;
  token->loud = is_loud (reader, start, end);
  token->drawn = is_drawn (reader, start, end);
  if (token->drawn)
    {
      g_autofree char *plain = fold_word (reader, start, end, 1);
      token->plain = g_string_chunk_insert_const (reader->tokens->strings, plain);
    }
}

static gboolean
read_word (Reader *reader)
{
  gboolean tag = *reader->p == '#';
  const char *start = reader->p + tag;
  if (start >= reader->end || !is_word_char (peek_at (reader, start)))
    return FALSE;
  reader->p = start;
  const char *end = find_word_end (reader, start, tag);
  if (end == start)
    return FALSE;
  add_word (reader, end, tag);
  /* The apostrophe of "l'amour" is no mark. */
  gsize length;
  if (is_apostrophe (peek_at (reader, reader->p)))
    {
      peek (reader, reader->p, &length);
      if (is_word_char (peek_at (reader, reader->p + length)))
        reader->p += length;
    }
  /* The other words of a CamelCase tag follow without a break. */
  while (tag && reader->p < reader->end && g_unichar_isalnum (peek_at (reader, reader->p))
         && reader->tokens->list->len < BMN_MAX_TOKENS)
    add_word (reader, find_word_end (reader, reader->p, TRUE), TRUE);
  return TRUE;
}

/* Where all is in capitals, no word stands out. */
static void
quieten (GArray *list)
{
  guint loud = 0;
  guint words = 0;
  for (guint i = 0; i < list->len; i++)
    {
      const BmnToken *token = &g_array_index (list, BmnToken, i);
      words += token->kind == BMN_TOKEN_WORD && strlen (token->form) > 1;
      loud += token->loud;
    }
  if (loud < words)
    return;
  for (guint i = 0; i < list->len; i++)
    g_array_index (list, BmnToken, i).loud = FALSE;
}

BmnTokens *
bmn_tokens_new (const char *text, gsize length, const BmnLexicon *symbols)
{
  BmnTokens *tokens = g_new0 (BmnTokens, 1);
  tokens->list = g_array_new (FALSE, FALSE, sizeof (BmnToken));
  tokens->strings = g_string_chunk_new (1024);
  Reader reader = { text, text + length, text, symbols, tokens };
  while (reader.p < reader.end && tokens->list->len < BMN_MAX_TOKENS)
    if (!read_url (&reader) && !read_mention (&reader) && !read_emoticon (&reader)
        && !read_word (&reader) && !read_emoji (&reader) && !read_mark (&reader))
      {
        gsize skip;
        peek (&reader, reader.p, &skip);
        reader.p += skip;
      }
  quieten (tokens->list);
  return tokens;
}

void
bmn_tokens_free (BmnTokens *tokens)
{
  g_array_unref (tokens->list);
  g_string_chunk_free (tokens->strings);
  g_free (tokens);
}
