#include "bmn-export-rows-private.h"
#include "bmn-instant.h"

#include <string.h>

/* A spreadsheet runs what begins with one of these, wide forms included, as a formula
 * (OWASP, “CSV Injection”); the apostrophe keeps it a text. One that is there already gets
 * another one, so that who reads the table can take exactly one away. */
static gboolean
needs_apostrophe (const char *text)
{
  static const char *const beginnings[]
      = { "=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠" };
  for (gsize i = 0; i < G_N_ELEMENTS (beginnings); i++)
    if (g_str_has_prefix (text, beginnings[i]))
      return TRUE;
  return FALSE;
}

/* @text: (nullable): */
static void
write_text (FILE *stream, const char *text)
{
  if (!text)
    return;
  fputc ('"', stream);
  if (needs_apostrophe (text))
    fputc ('\'', stream);
  for (const char *at = text; *at; at++)
    {
      if (*at == '"')
        fputc ('"', stream);
      fputc (*at, stream);
    }
  fputc ('"', stream);
}

static void
write_count (FILE *stream, gint64 count)
{
  if (count != BMN_COUNT_UNKNOWN)
    fprintf (stream, "%" G_GINT64_FORMAT, count);
}

static void
write_instant (FILE *stream, gint64 instant)
{
  g_autofree char *text = instant != 0 ? bmn_instant_format (instant) : NULL;
  fputs (text ? text : "", stream);
}

void
bmn_export_csv_begin (FILE *stream)
{
  fputs ("remote_id,text,published_at,url,language,is_reply,n_media,likes,reposts,replies,"
         "counted_at,account\r\n",
         stream);
}

void
bmn_export_csv_post (FILE *stream, const BmnHistoryPost *post)
{
  write_text (stream, post->remote_id);
  fputc (',', stream);
  write_text (stream, post->text);
  fputc (',', stream);
  write_instant (stream, post->published_at);
  fputc (',', stream);
  write_text (stream, post->url);
  fputc (',', stream);
  write_text (stream, post->language);
  fprintf (stream, ",%s,%d,", post->is_reply ? "true" : "false", post->n_media);
  write_count (stream, post->likes);
  fputc (',', stream);
  write_count (stream, post->reposts);
  fputc (',', stream);
  write_count (stream, post->replies);
  fputc (',', stream);
  write_instant (stream, post->counted_at);
  fprintf (stream, ",%" G_GINT64_FORMAT "\r\n", post->account_id);
}
