#include "bmn-export.h"
#include "bmn-atomic-file-private.h"
#include "bmn-export-rows-private.h"

#include "bmn-accounts.h"
#include "bmn-history.h"
#include "bmn-posts.h"
#include "bmn-settings.h"
#include "bmn-targets.h"

/* A page is read in one transaction, so that none is long. */
#define PAGE 500

/* What is planned or out. */
#define STATES                                                                                     \
  (1u << BMN_TARGET_SCHEDULED | 1u << BMN_TARGET_PUBLISHING | 1u << BMN_TARGET_PUBLISHED           \
   | 1u << BMN_TARGET_FAILED | 1u << BMN_TARGET_UNKNOWN | 1u << BMN_TARGET_HELD)

typedef struct
{
  BmnStore *store;
  BmnExportFormat format;
  gint64 account_id;
  gint64 now;
  BmnProgressFunc progress;
  gpointer progress_data;
  GCancellable *cancellable;

  BmnAtomicFile *file; /* (owned) (nullable) */
  GPtrArray *accounts; /* (owned) (nullable) */
  char *folder_id;     /* (owned) (nullable) */
  gint64 total;
  guint n;

  const BmnAccount *account; /* whose page it is */
  gint64 after_id;
  guint offset;
  guint n_on_page;
} Export;

static void
export_clear (Export *export)
{
  g_clear_pointer (&export->file, bmn_atomic_file_free);
  g_clear_pointer (&export->accounts, g_ptr_array_unref);
  g_clear_pointer (&export->folder_id, g_free);
}

G_DEFINE_AUTO_CLEANUP_CLEAR_FUNC (Export, export_clear)

static FILE *
stream_of (const Export *export)
{
  return bmn_atomic_file_get_stream (export->file);
}

static gboolean
add_account (Export *export, BmnTransaction *tx, gint64 id, GError **error)
{
  BmnAccount *account = bmn_accounts_get (tx, id, error);
  if (!account)
    return FALSE;
  export->accounts = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_account_free);
  g_ptr_array_add (export->accounts, account);
  return TRUE;
}

static gboolean
find_accounts (BmnTransaction *tx, gpointer data, GError **error)
{
  Export *export = data;
  if (!bmn_settings_get (tx, "folder-id", &export->folder_id, error))
    return FALSE;
  if (export->account_id != 0 && !add_account (export, tx, export->account_id, error))
    return FALSE;
  if (export->account_id == 0)
    export->accounts = bmn_accounts_list (tx, error);
  for (guint i = 0; export->accounts && i < export->accounts->len; i++)
    {
      gint64 count;
      if (!bmn_history_count (tx, ((BmnAccount *)export->accounts->pdata[i])->id, &count, error))
        return FALSE;
      export->total += count;
    }
  return export->accounts != NULL;
}

/* Published by Bellman, it is in the calendar as a target. */
static gboolean
write_history_post (Export *export, BmnTransaction *tx, const BmnHistoryPost *post, GError **error)
{
  FILE *stream = stream_of (export);
  if (export->format == BMN_EXPORT_CSV)
    bmn_export_csv_post (stream, post);
  else if (export->format == BMN_EXPORT_ICS)
    {
      if (post->target_id != 0 || post->gone_at != 0)
        return TRUE;
      bmn_export_ics_post (stream, export->account, post, export->folder_id, export->now);
    }
  else
    {
      g_autoptr (GArray) snapshots = bmn_history_list_snapshots (tx, post->id, error);
      if (!snapshots)
        return FALSE;
      bmn_export_json_post (stream, post, snapshots);
    }
  export->n++;
  return TRUE;
}

static gboolean
write_history_page (BmnTransaction *tx, gpointer data, GError **error)
{
  Export *export = data;
  g_autoptr (GPtrArray) posts
      = bmn_history_list (tx, export->account->id, export->after_id, PAGE, error);
  for (guint i = 0; posts && i < posts->len; i++)
    {
      const BmnHistoryPost *post = posts->pdata[i];
      if (!write_history_post (export, tx, post, error))
        return FALSE;
      export->after_id = post->id;
    }
  export->n_on_page = posts ? posts->len : 0;
  return posts != NULL;
}

static gboolean
write_targets_page (BmnTransaction *tx, gpointer data, GError **error)
{
  Export *export = data;
  const BmnTargetFilter filter = {
    .account_id = export->account->id, .states = STATES, .offset = export->offset, .limit = PAGE
  };
  g_autoptr (GPtrArray) targets = bmn_targets_list (tx, &filter, error);
  for (guint i = 0; targets && i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      g_autoptr (BmnPost) post = bmn_posts_get (tx, target->post_id, error);
      if (!post)
        return FALSE;
      bmn_export_ics_target (stream_of (export), export->account, target, post, export->folder_id,
                             export->now);
      export->n++;
    }
  export->n_on_page = targets ? targets->len : 0;
  export->offset += export->n_on_page;
  return targets != NULL;
}

/* Writes pages until one is empty. */
static gboolean
write_pages (Export *export, BmnStoreFunc write_page, GError **error)
{
  export->after_id = export->offset = 0;
  do
    {
      if (g_cancellable_set_error_if_cancelled (export->cancellable, error)
          || !bmn_store_read (export->store, write_page, export, error)
          || !bmn_atomic_file_check (export->file, error))
        return FALSE;
      if (export->progress)
        export->progress (export->n, export->total, export->progress_data);
    }
  while (export->n_on_page > 0);
  return TRUE;
}

static gboolean
write_account (Export *export, const BmnAccount *account, GError **error)
{
  export->account = account;
  return (export->format != BMN_EXPORT_ICS || write_pages (export, write_targets_page, error))
         && write_pages (export, write_history_page, error);
}

static void
begin (const Export *export)
{
  switch (export->format)
    {
    case BMN_EXPORT_CSV:
      bmn_export_csv_begin (stream_of (export));
      break;
    case BMN_EXPORT_JSON:
      bmn_export_json_begin (stream_of (export), export->now);
      break;
    case BMN_EXPORT_ICS:
      bmn_export_ics_begin (stream_of (export));
      break;
    default:
      g_assert_not_reached ();
    }
}

gboolean
bmn_export_write (BmnStore *store,
                  BmnExportFormat format,
                  gint64 account_id,
                  const char *path,
                  gint64 now,
                  BmnProgressFunc progress,
                  gpointer progress_data,
                  GCancellable *cancellable,
                  guint *n,
                  GError **error)
{
  g_auto (Export) export = {
    .store = store,
    .format = format,
    .account_id = account_id,
    .now = now,
    .progress = progress,
    .progress_data = progress_data,
    .cancellable = cancellable,
  };
  if (!bmn_store_read (store, find_accounts, &export, error))
    return FALSE;
  export.file = bmn_atomic_file_new (path, error);
  if (!export.file)
    return FALSE;
  begin (&export);
  for (guint i = 0; i < export.accounts->len; i++)
    if (!write_account (&export, export.accounts->pdata[i], error))
      return FALSE;
  if (format == BMN_EXPORT_ICS)
    bmn_export_ics_end (stream_of (&export));
  if (n)
    *n = export.n;
  return bmn_atomic_file_commit (export.file, error);
}
