#include "bmn-reader-private.h"
#include "bmn-scan-private.h"

#include <string.h>
#include <unicode/ubrk.h>
#include <unicode/ucasemap.h>
#include <unicode/uscript.h>
#include <unicode/utext.h>

/* Longer runs of letters are no words of any language. */
#define MAX_WORD_BYTES 100

struct _BmnReader
{
  UCaseMap *case_map;     /* (owned) */
  UBreakIterator *breaks; /* (owned) (nullable): made when first needed */
};

/* The state of reading one text. */
typedef struct
{
  BmnReader *reader;
  BmnVocabulary *vocabulary;
  gboolean learn;
  BmnReading *reading;
  GHashTable *unknown; /* (owned) (nullable): ids of the words that @vocabulary lacks */
} Pass;

BmnReader *
bmn_reader_new (void)
{
  BmnReader *reader = g_new0 (BmnReader, 1);
  UErrorCode status = U_ZERO_ERROR;
  reader->case_map = ucasemap_open ("", 0, &status);
  if (U_FAILURE (status))
    g_error ("ICU has no case mapping: %s", u_errorName (status));
  return reader;
}

void
bmn_reader_free (BmnReader *reader)
{
  ucasemap_close (reader->case_map);
  g_clear_pointer (&reader->breaks, ubrk_close);
  g_free (reader);
}

char *
bmn_reader_lower (BmnReader *reader, const char *text)
{
  /* A few letters grow when lowered, such as İ. */
  gint32 length = (gint32)strlen (text);
  gint32 room = length + length / 2 + 8;
  g_autofree char *lower = g_malloc (room + 1);
  UErrorCode status = U_ZERO_ERROR;
  gint32 written = ucasemap_utf8ToLower (reader->case_map, lower, room, text, length, &status);
  if (U_FAILURE (status) || written > room)
    return g_strdup (text);
  lower[written] = '\0';
  return g_steal_pointer (&lower);
}

/* Scripts that do not write blanks between words. */
static gboolean
needs_segmentation (const char *start, const char *end)
{
  for (const char *p = start; p < end; p = g_utf8_next_char (p))
    {
      gunichar c = bmn_scan_peek (p);
      if (c < 0x0e00)
        continue;
      UErrorCode status = U_ZERO_ERROR;
      switch (uscript_getScript (c, &status))
        {
        case USCRIPT_HAN:
        case USCRIPT_HIRAGANA:
        case USCRIPT_KATAKANA:
        case USCRIPT_THAI:
        case USCRIPT_LAO:
        case USCRIPT_KHMER:
        case USCRIPT_MYANMAR:
          return TRUE;
        default:
          break;
        }
    }
  return FALSE;
}

/* A number for @word; a question numbers what it does not know past the vocabulary's end. */
static guint
word_id (Pass *pass, const char *word)
{
  if (pass->learn)
    return bmn_vocabulary_intern (pass->vocabulary, word);
  guint id = bmn_vocabulary_lookup (pass->vocabulary, word);
  if (id != BMN_VOCABULARY_NONE)
    return id;
  if (!pass->unknown)
    pass->unknown = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  guint known = GPOINTER_TO_UINT (g_hash_table_lookup (pass->unknown, word));
  if (known == 0)
    {
      known = pass->vocabulary->words->len + g_hash_table_size (pass->unknown) + 1;
      g_hash_table_insert (pass->unknown, g_strdup (word), GUINT_TO_POINTER (known));
    }
  return known - 1;
}

static void
add_word (Pass *pass, const char *word)
{
  guint id = word_id (pass, word);
  if (bmn_vocabulary_is_stop_word (pass->vocabulary, id))
    return;
  GArray *words = pass->reading->words;
  /* Posts have few words: looking through them beats a table. */
  guint place = 0;
  while (place < words->len && g_array_index (words, BmnReadWord, place).id != id)
    place++;
  if (place < words->len)
    g_array_index (words, BmnReadWord, place).count++;
  else if (words->len < BMN_READING_MAX_WORDS)
    {
      BmnReadWord fresh = { id, 1, word[0] == '@' };
      g_array_append_val (words, fresh);
    }
  else
    return;
  g_array_append_val (pass->reading->sequence, id);
}

/* Cuts a run without blanks into the words that ICU's dictionaries find. */
static void
segment (Pass *pass, const char *start, const char *end)
{
  BmnReader *reader = pass->reader;
  UErrorCode status = U_ZERO_ERROR;
  if (!reader->breaks)
    reader->breaks = ubrk_open (UBRK_WORD, "", NULL, 0, &status);
  UText *text = utext_openUTF8 (NULL, start, end - start, &status);
  if (U_FAILURE (status))
    return;
  ubrk_setUText (reader->breaks, text, &status);
  gint32 from = ubrk_first (reader->breaks);
  for (gint32 to = ubrk_next (reader->breaks); to != UBRK_DONE && U_SUCCESS (status);
       from = to, to = ubrk_next (reader->breaks))
    {
      if (to - from > MAX_WORD_BYTES)
        continue;
      g_autofree char *word = g_strndup (start + from, to - from);
      add_word (pass, word);
    }
  utext_close (text);
}

/* Where the word that starts at @p ends: letters, one apostrophe inside allowed. */
static const char *
word_end (const char *p)
{
  while (*p && bmn_scan_is_word (bmn_scan_peek (p)))
    p = g_utf8_next_char (p);
  const char *after = NULL;
  if (*p == '\'')
    after = p + 1;
  else if (g_str_has_prefix (p, "’"))
    after = p + strlen ("’");
  if (!after || !*after || !bmn_scan_is_word (bmn_scan_peek (after)))
    return p;
  while (*after && bmn_scan_is_word (bmn_scan_peek (after)))
    after = g_utf8_next_char (after);
  return after;
}

static void
take_word (Pass *pass, const char *start, const char *end)
{
  if (needs_segmentation (start, end))
    {
      segment (pass, start, end);
      return;
    }
  if (end - start > MAX_WORD_BYTES || g_utf8_next_char (start) >= end)
    return;
  char word[MAX_WORD_BYTES + 1];
  gsize length = 0;
  for (const char *p = start; p < end; p++)
    {
      /* One apostrophe for both, so that a word is one word. */
      if (end - p >= 3 && strncmp (p, "’", strlen ("’")) == 0)
        {
          word[length++] = '\'';
          p += strlen ("’") - 1;
        }
      else
        word[length++] = *p;
    }
  word[length] = '\0';
  add_word (pass, word);
}

static void
read_words (Pass *pass, const char *lower)
{
  const char *p = lower;
  while (*p)
    {
      const char *first = *p == '@' ? p + 1 : p;
      if (*first && bmn_scan_is_word (bmn_scan_peek (first)))
        {
          const char *end = word_end (first);
          take_word (pass, p, end);
          p = end;
        }
      else
        p = g_utf8_next_char (p);
    }
}

static void
clear_tag (gpointer data)
{
  BmnReadTag *tag = data;
  g_free (tag->name);
  g_free (tag->spelling);
}

static gboolean
has_tag (GArray *tags, const char *name)
{
  for (guint i = 0; i < tags->len; i++)
    {
      if (g_str_equal (g_array_index (tags, BmnReadTag, i).name, name))
        return TRUE;
    }
  return FALSE;
}

static void
add_tag (Pass *pass, const BmnTagSpan *span)
{
  GArray *tags = pass->reading->tags;
  if (tags->len >= BMN_READING_MAX_TAGS || span->end - span->word > MAX_WORD_BYTES)
    return;
  g_autofree char *spelling = g_strndup (span->word, span->end - span->word);
  g_autofree char *name = bmn_reader_lower (pass->reader, spelling);
  if (has_tag (tags, name))
    return;
  g_autofree char *signed_name = g_strconcat ("#", name, NULL);
  BmnReadTag tag
      = { g_steal_pointer (&name), g_steal_pointer (&spelling), word_id (pass, signed_name) };
  g_array_append_val (tags, tag);
}

/* Appends with each run of white space as one blank, none at the start. */
static void
append_collapsed (GString *out, const char *start, const char *end)
{
  const char *p = start;
  while (p < end)
    {
      const char *run = p;
      while (p < end && bmn_scan_is_space (bmn_scan_peek (p)))
        p = g_utf8_next_char (p);
      if (p > run && out->len > 0 && out->str[out->len - 1] != ' ')
        g_string_append_c (out, ' ');
      run = p;
      while (p < end && !bmn_scan_is_space (bmn_scan_peek (p)))
        p = g_utf8_next_char (p);
      g_string_append_len (out, run, p - run);
    }
}

static char *
take_tags (Pass *pass)
{
  const char *text = pass->reading->text;
  GString *draft = g_string_sized_new (strlen (text));
  const char *from = text;
  BmnTagSpan span;
  while (bmn_scan_next_tag (text, from, &span))
    {
      append_collapsed (draft, from, span.start);
      add_tag (pass, &span);
      from = span.end;
    }
  append_collapsed (draft, from, from + strlen (from));
  if (draft->len > 0 && draft->str[draft->len - 1] == ' ')
    g_string_truncate (draft, draft->len - 1);
  return g_string_free (draft, FALSE);
}

static void
take_links (Pass *pass)
{
  BmnReading *reading = pass->reading;
  const char *start, *end;
  for (const char *p = reading->text; bmn_scan_next_link (p, &start, &end); p = end)
    reading->n_links++;
  for (const char *p = reading->draft; bmn_scan_next_link (p, &start, &end); p = end)
    {
      reading->n_draft_links++;
      g_autofree char *host = bmn_scan_link_host (start, end);
      if (!host)
        continue;
      guint id = word_id (pass, host);
      g_array_append_val (reading->domains, id);
    }
}

char *
bmn_reader_sanitise (const char *text)
{
  gsize length = strnlen (text, BMN_READING_MAX_BYTES);
  if (length == BMN_READING_MAX_BYTES)
    {
      /* Back to where a character begins, so that none is cut in two. */
      while (length > 0 && ((guchar)text[length] & 0xc0) == 0x80)
        length--;
    }
  return g_utf8_make_valid (text, length);
}

BmnReading *
bmn_reader_read (BmnReader *reader, BmnVocabulary *vocabulary, gboolean learn, const char *text)
{
  BmnReading *reading = g_new0 (BmnReading, 1);
  g_atomic_ref_count_init (&reading->references);
  reading->sequence = g_array_sized_new (FALSE, FALSE, sizeof (guint), 24);
  reading->words = g_array_sized_new (FALSE, FALSE, sizeof (BmnReadWord), 24);
  reading->tags = g_array_new (FALSE, FALSE, sizeof (BmnReadTag));
  g_array_set_clear_func (reading->tags, clear_tag);
  reading->domains = g_array_new (FALSE, FALSE, sizeof (guint));

  Pass pass = { reader, vocabulary, learn, reading, NULL };
  reading->text = bmn_reader_sanitise (text);
  reading->draft = take_tags (&pass);
  take_links (&pass);
  reading->plain = bmn_scan_replace_links (reading->draft, " ");
  g_autofree char *lower = bmn_reader_lower (reader, reading->plain);
  read_words (&pass, lower);
  g_clear_pointer (&pass.unknown, g_hash_table_unref);
  return reading;
}
