#include "engine-trace.h"

#include <string.h>

static void
write_u32 (FILE *file, guint32 value)
{
  fwrite (&value, sizeof value, 1, file);
}

static void
write_floats (FILE *file, const double *values, guint n)
{
  for (guint i = 0; i < n; i++)
    {
      float value = (float)values[i];
      fwrite (&value, sizeof value, 1, file);
    }
}

void
engine_trace_begin (FILE *file, const char *account)
{
  fputc ('A', file);
  write_u32 (file, (guint32)strlen (account));
  fputs (account, file);
}

static gboolean
uses (const BmnReading *reading, const BmnTag *tag)
{
  for (guint i = 0; i < reading->tags->len; i++)
    {
      if (g_str_equal (g_array_index (reading->tags, BmnReadTag, i).name, tag->name))
        return TRUE;
    }
  return FALSE;
}

static void
write_ranked (const BmnTagQuery *query,
              const BmnTagRanking *ranking,
              const BmnTagHistory *history,
              const BmnReading *reading,
              gpointer data)
{
  FILE *file = data;
  fputc ('T', file);
  write_u32 (file, ranking->n);
  write_u32 (file, reading->tags->len);
  write_floats (file, &history->mean_tags, 1);
  for (guint i = 0; i < ranking->n; i++)
    fputc (uses (reading, bmn_tag_history_get (history, ranking->ids[i])), file);
  write_floats (file, ranking->scores, ranking->n);
  write_floats (file, ranking->raw, ranking->n * BMN_N_TAG_FEATURES);
}

static void
write_counted (const BmnPrediction *prediction, double value, gpointer data)
{
  FILE *file = data;
  fputc ('L', file);
  write_floats (file, &prediction->base, 1);
  write_floats (file, &value, 1);
  write_floats (file, &prediction->lift, 1);
  write_floats (file, prediction->features, BMN_N_LIFT_FEATURES);
}

void
engine_trace_install (BmnEngine *engine, FILE *file)
{
  BmnEngineTrace trace = { write_ranked, write_counted, file, TRUE };
  bmn_engine_set_trace (engine, &trace);
}
