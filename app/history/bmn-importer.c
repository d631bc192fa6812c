#include "bmn-importer-private.h"
#include "bmn-importers-private.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>

/* The clock of the computer that made the file may be ahead of ours. */
#define CLOCK_SLACK G_TIME_SPAN_DAY

#define MAX_COUNT G_GINT64_CONSTANT (1000000000000000)

typedef struct
{
  char *path;          /* (owned) */
  BmnAccount *account; /* (owned) */
  BmnImportPlan *plan; /* (owned) */
  gint64 now;
  GQueue items; /* (element-type BmnImportItem): read, and not asked for yet */
  gint64 n_skipped;
  gboolean at_end;
  GError *failure; /* (owned) (nullable): told after the rows before it */
} BmnImporterPrivate;

G_DEFINE_ABSTRACT_TYPE_WITH_PRIVATE (BmnImporter, bmn_importer, G_TYPE_OBJECT)

static BmnImporterPrivate *
get_private (BmnImporter *self)
{
  return bmn_importer_get_instance_private (self);
}

static void
bmn_importer_finalize (GObject *object)
{
  BmnImporterPrivate *priv = get_private (BMN_IMPORTER (object));
  g_free (priv->path);
  g_clear_pointer (&priv->account, bmn_account_free);
  g_clear_pointer (&priv->plan, bmn_import_plan_free);
  g_clear_error (&priv->failure);
  g_queue_clear_full (&priv->items, (GDestroyNotify)bmn_import_item_free);
  G_OBJECT_CLASS (bmn_importer_parent_class)->finalize (object);
}

static void
bmn_importer_class_init (BmnImporterClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_importer_finalize;
}

static void
bmn_importer_init (BmnImporter *self)
{
  g_queue_init (&get_private (self)->items);
}

static GType
get_type_of (BmnImportFormat format)
{
  switch (format)
    {
    case BMN_IMPORT_FORMAT_BELLMAN:
      return BMN_TYPE_BELLMAN_IMPORTER;
    case BMN_IMPORT_FORMAT_MASTODON:
      return BMN_TYPE_MASTODON_IMPORTER;
    case BMN_IMPORT_FORMAT_X:
      return BMN_TYPE_X_IMPORTER;
    case BMN_IMPORT_FORMAT_BLUESKY:
      return BMN_TYPE_BLUESKY_IMPORTER;
    case BMN_IMPORT_FORMAT_CSV:
      return BMN_TYPE_CSV_IMPORTER;
    case BMN_IMPORT_FORMAT_GUESS:
      break;
    }
  g_return_val_if_reached (G_TYPE_INVALID);
}

BmnImporter *
bmn_importer_new (const char *path,
                  const BmnAccount *account,
                  const BmnImportPlan *plan,
                  gint64 now,
                  GError **error)
{
  g_autoptr (BmnImporter) self = g_object_new (get_type_of (plan->format), NULL);
  BmnImporterPrivate *priv = get_private (self);
  priv->path = g_strdup (path);
  priv->account = bmn_account_copy (account);
  priv->plan = bmn_import_plan_copy (plan);
  priv->now = now;
  return BMN_IMPORTER_GET_CLASS (self)->open (self, error) ? g_steal_pointer (&self) : NULL;
}

BmnImportItem *
bmn_importer_next (BmnImporter *self, GCancellable *cancellable, GError **error)
{
  BmnImporterPrivate *priv = get_private (self);
  while (g_queue_is_empty (&priv->items) && !priv->at_end && !priv->failure)
    if (g_cancellable_set_error_if_cancelled (cancellable, error))
      return NULL;
    else
      (void)BMN_IMPORTER_GET_CLASS (self)->read_more (self, &priv->at_end, &priv->failure);
  if (g_queue_is_empty (&priv->items) && priv->failure)
    g_propagate_error (error, g_steal_pointer (&priv->failure));
  return g_queue_pop_head (&priv->items);
}

gint64
bmn_importer_get_n_skipped (BmnImporter *self)
{
  return get_private (self)->n_skipped;
}

gint64
bmn_importer_get_position (BmnImporter *self, gint64 *size)
{
  return BMN_IMPORTER_GET_CLASS (self)->get_position (self, size);
}

const char *
bmn_importer_get_path (BmnImporter *self)
{
  return get_private (self)->path;
}

const BmnAccount *
bmn_importer_get_account (BmnImporter *self)
{
  return get_private (self)->account;
}

const BmnImportPlan *
bmn_importer_get_plan (BmnImporter *self)
{
  return get_private (self)->plan;
}

gint64
bmn_importer_get_now (BmnImporter *self)
{
  return get_private (self)->now;
}

static const char *
find_problem (BmnImporter *self, const BmnHistoryPost *post)
{
  if (!post->remote_id || !*post->remote_id)
    return _ ("The post has no identifier.");
  if (post->published_at <= 0)
    return _ ("The time of the post is missing or before 1970.");
  if (post->published_at > get_private (self)->now + CLOCK_SLACK)
    return _ ("The time of the post lies in the future.");
  if (!g_utf8_validate (post->remote_id, -1, NULL) || !g_utf8_validate (post->text, -1, NULL)
      || (post->url && !g_utf8_validate (post->url, -1, NULL))
      || (post->language && !g_utf8_validate (post->language, -1, NULL)))
    return _ ("The post is not valid UTF-8 text.");
  return !*post->text && post->n_media == 0 ? _ ("The post has neither text nor media.") : NULL;
}

void
bmn_importer_add_post (BmnImporter *self, gint64 row, BmnHistoryPost *post, GArray *readings)
{
  g_autoptr (BmnHistoryPost) own = post;
  g_autoptr (GArray) own_readings = readings;
  const char *problem = find_problem (self, post);
  if (problem)
    {
      bmn_importer_add_bad (self, row, problem);
      return;
    }
  if (post->likes == BMN_COUNT_UNKNOWN && post->reposts == BMN_COUNT_UNKNOWN
      && post->replies == BMN_COUNT_UNKNOWN)
    post->counted_at = 0;
  BmnImportItem *item = g_new0 (BmnImportItem, 1);
  item->row = row;
  item->post = g_steal_pointer (&own);
  item->post->account_id = get_private (self)->account->id;
  item->readings = g_steal_pointer (&own_readings);
  g_queue_push_tail (&get_private (self)->items, item);
}

void
bmn_importer_add_bad (BmnImporter *self, gint64 row, const char *reason)
{
  BmnImportItem *item = g_new0 (BmnImportItem, 1);
  item->row = row;
  item->problem = g_strdup (reason);
  g_queue_push_tail (&get_private (self)->items, item);
}

void
bmn_importer_skip (BmnImporter *self)
{
  get_private (self)->n_skipped++;
}

gboolean
bmn_import_parse_count (const char *text, gint64 *count)
{
  *count = BMN_COUNT_UNKNOWN;
  return !text || !*text || g_ascii_string_to_signed (text, 10, 0, MAX_COUNT, count, NULL);
}
