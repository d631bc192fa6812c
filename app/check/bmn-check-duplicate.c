#include "bmn-check-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Two posts that share so many of their pairs of words (Jaccard) say the same to a reader, and
 * platforms that punish repetition take them for one. */
#define NEARLY_THE_SAME 0.7

static void
report (BmnCheckRun *run, const BmnCheckPart *part, double likeness)
{
  gsize end = strlen (part->part->text);
  if (likeness >= 1)
    bmn_check_run_add (run, part, BMN_CHECK_DUPLICATE, BMN_SEVERITY_WARNING, 0, end,
                       g_strdup (_ ("You have posted or queued exactly this before. Platforms may "
                                    "hide repeated posts.")));
  else
    bmn_check_run_add (
        run, part, BMN_CHECK_DUPLICATE, BMN_SEVERITY_WARNING, 0, end,
        /* Translators: %.0f is a number from 70 to 99, %% a percent sign */
        g_strdup_printf (_ ("This is %.0f %% the same as an earlier post of yours. Platforms may "
                            "hide repeated posts."),
                         CLAMP (likeness * 100, 0, 99)));
}

static double
find (const BmnCheckRun *run, const BmnDuplicateIndex *index, const char *text)
{
  return index ? bmn_duplicate_index_find (index, run->post->id, run->post->series_id, text) : 0;
}

void
bmn_check_duplicate (BmnCheckRun *run, const BmnCheckPart *part)
{
  const char *text = part->part->text;
  double published = find (run, run->context->published, text);
  double likeness = published < 1 ? MAX (published, find (run, run->context->queued, text)) : 1;
  if (likeness >= NEARLY_THE_SAME)
    report (run, part, likeness);
}
