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
      gunichar c = bmn_scan_peek (p);
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

GArray *
bmn_shape_of_draft (const BmnReading *reading)
{
  GArray *keys = g_array_sized_new (FALSE, FALSE, sizeof (guint64), 4);
  const GArray *sequence = reading->sequence;
  for (guint i = 0; i < reading->domains->len; i++)
    add_key_once (keys, BMN_KEY_DOMAIN, g_array_index (reading->domains, guint, i), 0);
  if (sequence->len > 0)
    {
      add_key (keys, BMN_KEY_FIRST, g_array_index (sequence, guint, 0), 0);
      add_key (keys, BMN_KEY_LAST, g_array_index (sequence, guint, sequence->len - 1), 0);
    }
  return keys;
}

/* The signs that a draft may end with, each a trait; letters and all others are one more. */
static const char *const last_signs[]
    = { "a", ".", "!", "?", ":", "…", ",", ")", "\"", "”", "-", ";", "»", "/" };

static guint
last_sign_trait (const char *text)
{
  gunichar sign = last_sign (text);
  for (guint i = 0; i < G_N_ELEMENTS (last_signs); i++)
    {
      if (bmn_scan_peek (last_signs[i]) == sign)
        return i;
    }
  return G_N_ELEMENTS (last_signs);
}

void
bmn_shape_get_traits (const BmnReading *reading, guint *traits)
{
  const char *draft = reading->draft;
  guint length = (guint)g_utf8_strlen (reading->plain, -1);
  const struct
  {
    guint value;
    guint n_values;
  } all[BMN_N_TRAITS_OF_DRAFT] = {
    { MIN (6, length / 25), 7 },
    { strchr (draft, '?') != NULL, 2 },
    { MIN (2, bmn_shape_count_sign (draft, '@')), 3 },
    { MIN (2, reading->n_draft_links), 3 },
    { strchr (draft, '!') != NULL, 2 },
    { bmn_shape_starts_with_quote (draft), 2 },
    { bmn_reading_count (reading->plain, is_digit, 1), 2 },
    { last_sign_trait (reading->plain), G_N_ELEMENTS (last_signs) + 1 },
  };
  guint first = 0;
  for (guint i = 0; i < BMN_N_TRAITS_OF_DRAFT; i++)
    {
      traits[i] = first + all[i].value;
      first += all[i].n_values;
    }
  g_assert (first <= BMN_N_TRAITS);
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
