#include "bmn-check-private.h"

#include <glib/gi18n-lib.h>

/* A share or a large amount, as it is written in the languages the program judges. */
#define NUMBER "(?<![\\w.,])\\d{1,9}(?:[.,  ]\\d{1,3}){0,4}"
#define UNIT                                                                                       \
  " ?(?:%|٪|percent\\b|per cent\\b|prozent\\b|pour cent\\b|por ciento\\b|por cento\\b|per "       \
  "cento\\b"                                                                                       \
  "|millions?\\b|billions?\\b|trillions?\\b|millionen\\b|milliarden?\\b|mio\\b|mrd\\b"             \
  "|milliards?\\b|millones\\b|millón\\b|billones\\b|milhões\\b|milhão\\b|bilhões\\b"           \
  "|milioni\\b|milione\\b|miliardi\\b|miliardo\\b)"
#define FIGURE "(?i)" NUMBER UNIT

/* A source is named, or the figure is the writer's own offer or a way of speaking. */
#define BACKED                                                                                     \
  "(?i)\\b(?:according to|source|sources|study|survey|report by|via|quelle|laut|studie|umfrage"    \
  "|selon|d'après|étude|según|fuente|estudio|segundo|fonte|estudo|secondo|studio"               \
  "|off|discount|sale|coupon|save|rabatt|gutschein|sparen|réduction|remise|soldes|promo"          \
  "|descuento|rebajas|desconto|sconto|saldi|battery|akku)\\b"

static gboolean
has_link (const BmnCheckRun *run)
{
  for (guint i = 0; i < run->parts->len; i++)
    {
      const BmnCheckPart *part = run->parts->pdata[i];
      for (guint j = 0; j < part->entities->len; j++)
        if (((const BmnEntity *)part->entities->pdata[j])->kind == BMN_ENTITY_LINK)
          return TRUE;
    }
  return FALSE;
}

/* "100 %" is nearly always a figure of speech. */
static gboolean
is_figure_of_speech (const char *match)
{
  return g_str_has_prefix (match, "100%") || g_str_has_prefix (match, "100 %");
}

void
bmn_check_numbers (BmnCheckRun *run, const BmnCheckPart *part)
{
  const char *text = part->part->text;
  if (has_link (run))
    return;
  g_autoptr (GRegex) backed = g_regex_new (BACKED, G_REGEX_OPTIMIZE, 0, NULL);
  if (g_regex_match (backed, text, 0, NULL))
    return;
  g_autoptr (GRegex) figure = g_regex_new (FIGURE, G_REGEX_OPTIMIZE, 0, NULL);
  g_autoptr (GMatchInfo) match = NULL;
  g_regex_match (figure, text, 0, &match);
  for (; g_match_info_matches (match); g_match_info_next (match, NULL))
    {
      int start, end;
      g_autofree char *found = g_match_info_fetch (match, 0);
      if (!g_match_info_fetch_pos (match, 0, &start, &end) || is_figure_of_speech (found))
        continue;
      if (bmn_check_run_is_full (run, part, BMN_CHECK_UNSOURCED_NUMBER))
        return;
      bmn_check_run_add (
          run, part, BMN_CHECK_UNSOURCED_NUMBER, BMN_SEVERITY_INFO, (gsize)start, (gsize)end,
          g_strdup_printf (_ ("“%s” stands here without a source. A link or a name makes it "
                              "credible."),
                           found));
    }
}
