#include "bmn-text-units-private.h"

#include <string.h>

#include "bmn-character-class-private.h"
#include "bmn-code-points-private.h"
#include "bmn-emoji-private.h"
#include "bmn-entity-finder-private.h"
#include "bmn-entity.h"
#include "bmn-nfc-private.h"
#include "bmn-segmenter.h"
#include "bmn-url-scanner-private.h"

/* What X and Mastodon count a link as. */
#define DEFAULT_URL_LENGTH 23

static void
append (GArray *units, gsize end, gsize weight)
{
  BmnTextUnit unit = { .end = end, .weight = weight };
  g_array_append_val (units, unit);
}

static gsize
url_length (const BmnLimits *limits)
{
  return limits->url_length ? limits->url_length : DEFAULT_URL_LENGTH;
}

/* The bytes from @start up to @end, a grapheme a unit. */
static void
append_graphemes (GArray *units, BmnSegmenter *segmenter, const char *text, gsize start, gsize end)
{
  BmnSegment grapheme;
  bmn_segmenter_set_text (segmenter, text + start, end - start, NULL);
  while (bmn_segmenter_next (segmenter, &grapheme))
    append (units, start + grapheme.end, 1);
}

static GArray *
units_new (void)
{
  return g_array_new (FALSE, FALSE, sizeof (BmnTextUnit));
}

static GArray *
grapheme_units (const char *text)
{
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_GRAPHEMES, NULL);
  GArray *units = units_new ();
  append_graphemes (units, segmenter, text, 0, strlen (text));
  return units;
}

/* A mention counts as what stands before the @ of its domain. */
static gsize
mention_weight (const BmnEntity *mention)
{
  return 1 + strcspn (mention->text, "@");
}

static GArray *
mastodon_units (const char *text, const BmnLimits *limits)
{
  g_autoptr (BmnCodePoints) points = bmn_code_points_new (text, NULL);
  g_autoptr (GPtrArray) entities
      = bmn_code_points_find_entities (points, BMN_TEXT_DIALECT_MASTODON);
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_GRAPHEMES, NULL);
  GArray *units = units_new ();
  gsize done = 0;
  for (guint i = 0; i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind == BMN_ENTITY_HASHTAG)
        continue;
      append_graphemes (units, segmenter, text, done, entity->byte_start);
      append (units, entity->byte_end,
              entity->kind == BMN_ENTITY_LINK ? url_length (limits) : mention_weight (entity));
      done = entity->byte_end;
    }
  append_graphemes (units, segmenter, text, done, strlen (text));
  return units;
}

/* The ranges of twitter-text's configuration v3. */
static gsize
x_weight (UChar32 c)
{
  gboolean is_light = c <= 0x10ff || (c >= 0x2000 && c <= 0x200d) || (c >= 0x2010 && c <= 0x201f)
                      || (c >= 0x2032 && c <= 0x2037);
  return is_light ? 1 : 2;
}

/* @pending, @pending_refused: of what was counted since the last unit. Characters that
 * normalisation makes of one stretch of the original cannot be told apart there, so they
 * become one unit. */
typedef struct
{
  GArray *units;
  const BmnNfc *nfc;
  gsize done;
  gsize url_length;
  gsize last_end;
  gsize pending;
  gboolean pending_refused;
} XCount;

static void
flush_x (XCount *count, gsize end)
{
  if (end == count->last_end || count->pending == 0)
    return;
  append (count->units, end, count->pending);
  g_array_index (count->units, BmnTextUnit, count->units->len - 1).refused = count->pending_refused;
  count->last_end = end;
  count->pending = 0;
  count->pending_refused = FALSE;
}

static void
append_x (XCount *count, const BmnCodePoints *points, gsize end, gsize weight)
{
  count->pending += weight;
  count->done = end;
  flush_x (count, bmn_nfc_to_original (count->nfc, points->offsets[end]));
}

static void
append_x_text (XCount *count, const BmnCodePoints *points, gsize end)
{
  while (count->done < end)
    {
      UChar32 c = points->chars[count->done];
      gsize emoji_end = bmn_emoji_match (points, count->done);
      count->pending_refused |= bmn_is_x_refused (c);
      if (emoji_end > count->done && emoji_end <= end)
        append_x (count, points, emoji_end, 2);
      else
        append_x (count, points, count->done + 1, x_weight (c));
    }
}

static void
append_x_link (
    const BmnCodePoints *points, gsize start, gsize end, gboolean has_scheme, gpointer user_data)
{
  XCount *count = user_data;
  append_x_text (count, points, start);
  append_x (count, points, end, count->url_length);
}

static GArray *
x_units (const char *text, const BmnLimits *limits)
{
  g_autoptr (BmnNfc) nfc = bmn_nfc_new (text);
  g_autoptr (BmnCodePoints) points = bmn_code_points_new (nfc->text, NULL);
  XCount count = { .units = units_new (), .nfc = nfc, .url_length = url_length (limits) };
  bmn_url_scan (points, &bmn_url_grammar_x, append_x_link, &count);
  append_x_text (&count, points, points->n);
  flush_x (&count, strlen (text));
  return count.units;
}

static GArray *
utf16_units (const char *text)
{
  GArray *units = units_new ();
  for (const char *p = text; *p; p = g_utf8_next_char (p))
    append (units, g_utf8_next_char (p) - text, g_utf8_get_char (p) > 0xffff ? 2 : 1);
  return units;
}

GArray *
bmn_text_units_new (const char *text, const BmnLimits *limits, GError **error)
{
  if (!bmn_utf8_check (text, -1, error))
    return NULL;
  switch (limits->rule)
    {
    case BMN_COUNT_MASTODON:
      return mastodon_units (text, limits);
    case BMN_COUNT_X:
      return x_units (text, limits);
    case BMN_COUNT_UTF16:
      return utf16_units (text);
    case BMN_COUNT_GRAPHEMES:
    default:
      return grapheme_units (text);
    }
}
