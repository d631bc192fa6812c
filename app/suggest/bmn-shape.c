#include "bmn-shape-private.h"
#include "bmn-key-map-private.h"
#include "bmn-scan-private.h"

#include <string.h>

/* What a shape key is about; its second number is the value. */
typedef enum
{
  SHAPE_LENGTH,
  SHAPE_QUESTION,
  SHAPE_MENTIONS,
  SHAPE_LINKS,
  SHAPE_EXCLAMATION,
  SHAPE_QUOTE,
  SHAPE_DIGITS,
  SHAPE_LAST_SIGN,
  SHAPE_PART_OF_DAY,
  SHAPE_WEEKDAY,
  SHAPE_HAS_LINK,
  SHAPE_PICTURE,
  SHAPE_TAGS,
} Shape;

static void
add_key (GArray *keys, BmnKeyKind kind, guint a, guint b)
{
  guint64 key = bmn_key (kind, a, b);
  g_array_append_val (keys, key);
}

gboolean
bmn_shape_starts_with_quote (const char *text)
{
  return text[0] == '"' || g_str_has_prefix (text, "“") || g_str_has_prefix (text, "«")
         || g_str_has_prefix (text, "„");
}

guint
bmn_shape_count_sign (const char *text, char sign)
{
  guint n = 0;
  for (const char *p = strchr (text, sign); p; p = strchr (p + 1, sign))
    n++;
  return n;
}

gboolean
bmn_shape_has_picture (const BmnReading *reading)
{
  return strstr (reading->text, "pic.twitter") != NULL;
}

static gboolean
is_digit (gunichar c)
{
  return g_unichar_isdigit (c);
}

/* The last sign that is not white space, or `a` for any letter or digit; 0 for none. */
static gunichar
last_sign (const char *text)
{
  for (const char *p = g_utf8_find_prev_char (text, text + strlen (text)); p;
       p = g_utf8_find_prev_char (text, p))
    {
      gunichar c = g_utf8_get_char (p);
      if (bmn_scan_is_space (c))
        continue;
      return bmn_scan_is_word (c) && c != '_' ? 'a' : c;
    }
  return 'a';
}

/* For what a text can have twice. */
static void
add_key_once (GArray *keys, BmnKeyKind kind, guint a, guint b)
{
  guint64 key = bmn_key (kind, a, b);
  for (guint i = 0; i < keys->len; i++)
    {
      if (g_array_index (keys, guint64, i) == key)
        return;
    }
  g_array_append_val (keys, key);
}

static void
add_words (GArray *keys, const BmnReading *reading)
{
  for (guint i = 0; i < reading->domains->len; i++)
    add_key_once (keys, BMN_KEY_DOMAIN, g_array_index (reading->domains, guint, i), 0);
  const guint *ids = (const guint *)reading->sequence->data;
  guint n = MIN (reading->sequence->len, BMN_READING_MAX_WORDS);
  if (n == 0)
    return;
  add_key (keys, BMN_KEY_FIRST, ids[0], 0);
  add_key (keys, BMN_KEY_LAST, ids[reading->sequence->len - 1], 0);
  for (guint i = 0; i + 1 < n; i++)
    add_key_once (keys, BMN_KEY_PAIR, ids[i], ids[i + 1]);
}

GArray *
bmn_shape_of_draft (const BmnReading *reading)
{
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (guint64), 32);
  const char *draft = reading->draft;
  add_words (keys, reading);
  guint length = (guint)g_utf8_strlen (reading->plain, -1);
  add_key (keys, BMN_KEY_SHAPE, SHAPE_LENGTH, MIN (6, length / 25));
  add_key (keys, BMN_KEY_SHAPE, SHAPE_QUESTION, strchr (draft, '?') != NULL);
  add_key (keys, BMN_KEY_SHAPE, SHAPE_MENTIONS, MIN (2, bmn_shape_count_sign (draft, '@')));
  add_key (keys, BMN_KEY_SHAPE, SHAPE_LINKS, MIN (2, reading->n_draft_links));
  add_key (keys, BMN_KEY_SHAPE, SHAPE_EXCLAMATION, strchr (draft, '!') != NULL);
  add_key (keys, BMN_KEY_SHAPE, SHAPE_QUOTE, bmn_shape_starts_with_quote (draft));
  add_key (keys, BMN_KEY_SHAPE, SHAPE_DIGITS, bmn_reading_count (reading->plain, is_digit, 1));
  add_key (keys, BMN_KEY_SHAPE, SHAPE_LAST_SIGN, last_sign (reading->plain));
  return keys;
}

GArray *
bmn_shape_of_post (const BmnReading *reading, int weekday, int hour)
{
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (guint64), 16);
  const char *text = reading->text;
  add_key (keys, BMN_KEY_SHAPE, SHAPE_PART_OF_DAY, hour / 3);
  add_key (keys, BMN_KEY_SHAPE, SHAPE_WEEKDAY, weekday);
  if (reading->n_links > 0)
    add_key (keys, BMN_KEY_SHAPE, SHAPE_HAS_LINK, 1);
  if (bmn_shape_has_picture (reading) || reading->n_links > 1)
    add_key (keys, BMN_KEY_SHAPE, SHAPE_PICTURE, 1);
  if (strchr (text, '?'))
    add_key (keys, BMN_KEY_SHAPE, SHAPE_QUESTION, 1);
  if (strchr (text, '!'))
    add_key (keys, BMN_KEY_SHAPE, SHAPE_EXCLAMATION, 1);
  if (bmn_shape_starts_with_quote (text) || g_str_has_prefix (text, ".@"))
    add_key (keys, BMN_KEY_SHAPE, SHAPE_QUOTE, 1);
  add_key (keys, BMN_KEY_SHAPE, SHAPE_MENTIONS, MIN (3, bmn_shape_count_sign (text, '@')));
  add_key (keys, BMN_KEY_SHAPE, SHAPE_TAGS, MIN (4, reading->tags->len));
  guint length = (guint)g_utf8_strlen (reading->plain, -1);
  add_key (keys, BMN_KEY_SHAPE, SHAPE_LENGTH, MIN (9, length / 30));
  return keys;
}
