#include "bmn-preflight.h"

#include "bmn-account-health.h"
#include "bmn-accounts.h"
#include "bmn-media-library.h"
#include "bmn-posts.h"
#include "bmn-targets.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>

void
bmn_preflight_finding_free (BmnPreflightFinding *finding)
{
  g_free (finding->message);
  g_free (finding);
}

static GPtrArray *
findings_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_preflight_finding_free);
}

/* @message: (transfer full): */
static void
add (GPtrArray *findings, BmnPreflightSeverity severity, char *message)
{
  BmnPreflightFinding *finding = g_new0 (BmnPreflightFinding, 1);
  finding->severity = severity;
  finding->message = message;
  g_ptr_array_add (findings, finding);
}

static GPtrArray *
get_parts (const BmnPost *post, const BmnTarget *target)
{
  return target->parts ? target->parts : post->parts;
}

GPtrArray *
bmn_preflight_content (BmnPlatform *platform, const BmnPost *post, const BmnTarget *target)
{
  GPtrArray *findings = findings_new ();
  g_autoptr (GError) rejection = NULL;
  if (!bmn_platform_validate (platform, post, get_parts (post, target), &rejection))
    add (findings, BMN_PREFLIGHT_ERROR, g_strdup (rejection->message));
  return findings;
}

static void
check_media (GPtrArray *findings, GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    {
      const BmnPart *part = parts->pdata[i];
      for (guint j = 0; j < part->media->len; j++)
        {
          g_autoptr (GError) broken = NULL;
          if (!bmn_media_library_verify (part->media->pdata[j], NULL, &broken))
            add (findings, BMN_PREFLIGHT_ERROR, g_strdup (broken->message));
        }
    }
}

static gboolean
same_texts (GPtrArray *a, GPtrArray *b)
{
  if (a->len != b->len)
    return FALSE;
  for (guint i = 0; i < a->len; i++)
    if (!g_str_equal (((BmnPart *)a->pdata[i])->text, ((BmnPart *)b->pdata[i])->text))
      return FALSE;
  return TRUE;
}

/* A text of nothing (a picture alone) repeats nothing. */
static gboolean
has_text (GPtrArray *parts)
{
  for (guint i = 0; i < parts->len; i++)
    if (((BmnPart *)parts->pdata[i])->text[0] != '\0')
      return TRUE;
  return FALSE;
}

static gboolean
same_series (const BmnPost *a, const BmnPost *b)
{
  gint64 left = a->series_id ? a->series_id : a->id;
  gint64 right = b->series_id ? b->series_id : b->id;
  return left != 0 && left == right;
}

static gboolean
check_neighbour (GPtrArray *findings,
                 BmnTransaction *tx,
                 const BmnPost *post,
                 const BmnTarget *target,
                 const BmnTarget *other,
                 GError **error)
{
  if (target->due_at != 0 && other->state == BMN_TARGET_SCHEDULED
      && ABS (other->due_at - target->due_at) < BMN_PREFLIGHT_CLASH * G_USEC_PER_SEC)
    add (findings, BMN_PREFLIGHT_WARNING,
         g_strdup_printf (_ ("Post %" PRId64 " goes out on the same account in the same minute."),
                          other->post_id));
  g_autoptr (BmnPost) other_post = bmn_posts_get (tx, other->post_id, error);
  if (!other_post)
    return FALSE;
  if (has_text (get_parts (post, target)) && !same_series (post, other_post)
      && same_texts (get_parts (post, target), get_parts (other_post, other)))
    add (findings, BMN_PREFLIGHT_WARNING,
         g_strdup_printf (_ ("Post %" PRId64 " says the same on this account. Change the text, "
                             "or cancel one of the two."),
                          other->post_id));
  return TRUE;
}

static gboolean
check_session_end (GPtrArray *findings, BmnTransaction *tx, const BmnTarget *target, GError **error)
{
  g_autoptr (GHashTable) facts = bmn_facts_get_all (tx, target->account_id, error);
  if (!facts)
    return FALSE;
  const char *text = g_hash_table_lookup (facts, BMN_FACT_SESSION_ENDS_AT);
  gint64 ends_at;
  if (text && g_ascii_string_to_signed (text, 10, 1, G_MAXINT64, &ends_at, NULL)
      && ends_at < target->due_at)
    add (findings, BMN_PREFLIGHT_WARNING,
         g_strdup (
             _ ("The account's session ends before this post is due. Sign in again before that.")));
  return TRUE;
}

GPtrArray *
bmn_preflight_plan (
    BmnTransaction *tx, const BmnPost *post, const BmnTarget *target, gint64 now, GError **error)
{
  g_autoptr (GPtrArray) findings = findings_new ();
  check_media (findings, get_parts (post, target));
  if (!check_session_end (findings, tx, target, error))
    return NULL;
  gint64 around = target->due_at ? target->due_at : now;
  const BmnTargetFilter filter = {
    .account_id = target->account_id,
    .states = 1 << BMN_TARGET_SCHEDULED | 1 << BMN_TARGET_PUBLISHING | 1 << BMN_TARGET_PUBLISHED
              | 1 << BMN_TARGET_UNKNOWN,
    .due_from = around - BMN_PREFLIGHT_REPEAT_WINDOW * G_TIME_SPAN_SECOND,
    .due_until = around + BMN_PREFLIGHT_REPEAT_WINDOW * G_TIME_SPAN_SECOND,
  };
  g_autoptr (GPtrArray) others = bmn_targets_list (tx, &filter, error);
  if (!others)
    return NULL;
  for (guint i = 0; i < others->len; i++)
    {
      const BmnTarget *other = others->pdata[i];
      if (other->id != target->id && !check_neighbour (findings, tx, post, target, other, error))
        return NULL;
    }
  return g_steal_pointer (&findings);
}

gint64
bmn_preflight_next_at (gint64 due_at, gint64 last_at, gint64 now)
{
  static const gint64 leads[] = { BMN_PREFLIGHT_FIRST, 3600, 600 };
  if (due_at - now < 60 * G_USEC_PER_SEC)
    return 0;
  /* A check that is yet to come was made before the clock was set back. */
  if (last_at == 0 || last_at > now)
    return MAX (now, due_at - leads[0] * G_USEC_PER_SEC);
  for (gsize i = 0; i < G_N_ELEMENTS (leads); i++)
    if (due_at - leads[i] * G_USEC_PER_SEC > last_at)
      return due_at - leads[i] * G_USEC_PER_SEC;
  return 0;
}
