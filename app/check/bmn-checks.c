#include "bmn-check-private.h"

#include "bmn-entity-finder.h"

typedef void (*Check) (BmnCheckRun *run, const BmnCheckPart *part);

static const Check checks[] = {
  bmn_check_private_data, bmn_check_media,     bmn_check_links,   bmn_check_mentions,
  bmn_check_tone,         bmn_check_duplicate, bmn_check_numbers, bmn_check_shouting,
  bmn_check_tags,         bmn_check_tag_words,
};

BmnFinding *
bmn_check_run_add (BmnCheckRun *run,
                   const BmnCheckPart *part,
                   BmnCheckKind kind,
                   BmnSeverity severity,
                   gsize start,
                   gsize end,
                   char *message)
{
  BmnFinding *finding = g_new0 (BmnFinding, 1);
  finding->kind = kind;
  finding->severity = severity;
  finding->part = part ? part->index : 0;
  finding->media = -1;
  finding->start = start;
  finding->end = end;
  finding->message = message;
  g_ptr_array_add (run->findings, finding);
  return finding;
}

void
bmn_finding_set_replacement (BmnFinding *finding, const char *label, const char *replacement)
{
  finding->action = BMN_FIX_REPLACE;
  finding->fix_label = g_strdup (label);
  finding->replacement = g_strdup (replacement);
}

gboolean
bmn_check_run_is_full (const BmnCheckRun *run, const BmnCheckPart *part, BmnCheckKind kind)
{
  guint n = 0;
  for (guint i = 0; i < run->findings->len; i++)
    {
      const BmnFinding *finding = run->findings->pdata[i];
      n += finding->kind == kind && finding->part == part->index;
    }
  return n >= BMN_CHECK_MOST;
}

/* Entities do not overlap and are in order: the first that ends after @start decides. */
gboolean
bmn_check_part_has_entity (const BmnCheckPart *part, gsize start, gsize end)
{
  guint low = 0;
  guint high = part->entities->len;
  while (low < high)
    {
      guint middle = low + (high - low) / 2;
      if (((const BmnEntity *)part->entities->pdata[middle])->byte_end <= start)
        low = middle + 1;
      else
        high = middle;
    }
  return low < part->entities->len
         && ((const BmnEntity *)part->entities->pdata[low])->byte_start < end;
}

static void
check_part_free (BmnCheckPart *part)
{
  g_clear_pointer (&part->entities, g_ptr_array_unref);
  g_free (part);
}

static GPtrArray *
open_parts (const BmnPost *post, BmnTextDialect dialect)
{
  GPtrArray *parts = g_ptr_array_new_with_free_func ((GDestroyNotify)check_part_free);
  for (guint i = 0; i < post->parts->len; i++)
    {
      const BmnPart *part = post->parts->pdata[i];
      GPtrArray *entities = bmn_text_find_entities (part->text, dialect, NULL);
      if (!entities)
        continue;
      BmnCheckPart *open = g_new0 (BmnCheckPart, 1);
      open->index = i;
      open->part = part;
      open->entities = entities;
      g_ptr_array_add (parts, open);
    }
  return parts;
}

static gboolean
is_wanted (const BmnCheckRun *run, const BmnFinding *finding)
{
  return (run->context->switched_off & (1u << finding->kind)) == 0;
}

static void
drop_unwanted (BmnCheckRun *run)
{
  for (guint i = run->findings->len; i-- > 0;)
    if (!is_wanted (run, run->findings->pdata[i]))
      g_ptr_array_remove_index (run->findings, i);
}

static int
compare_findings (const void *a, const void *b)
{
  const BmnFinding *fa = *(BmnFinding *const *)a;
  const BmnFinding *fb = *(BmnFinding *const *)b;
  if (fa->part != fb->part)
    return fa->part < fb->part ? -1 : 1;
  if (fa->severity != fb->severity)
    return fa->severity > fb->severity ? -1 : 1;
  if (fa->start != fb->start)
    return fa->start < fb->start ? -1 : 1;
  return (int)fa->kind - (int)fb->kind;
}

GPtrArray *
bmn_checks_run (const BmnPost *post, const BmnLimits *limits, const BmnCheckContext *context)
{
  g_autoptr (GPtrArray) parts = open_parts (post, bmn_text_dialect_of_limits (limits));
  g_autoptr (GPtrArray) findings
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_finding_free);
  BmnCheckRun run = { post, context, parts, findings };
  for (guint i = 0; i < parts->len; i++)
    for (gsize j = 0; j < G_N_ELEMENTS (checks); j++)
      checks[j](&run, parts->pdata[i]);
  drop_unwanted (&run);
  g_ptr_array_sort (findings, compare_findings);
  return g_steal_pointer (&findings);
}
