#include "bmn-session-export.h"
#include "bmn-job-private.h"
#include "bmn-session-private.h"

#include "bmn-export.h"

typedef struct
{
  BmnStore *store; /* (owned) */
  BmnExportFormat format;
  gint64 account_id;
  char *path; /* (owned) */
  gint64 now;
  guint n;
} Export;

static void
export_free (Export *export)
{
  g_object_unref (export->store);
  g_free (export->path);
  g_free (export);
}

static gboolean
run (BmnJob *job, gpointer data, GCancellable *cancellable, GError **error)
{
  Export *export = data;
  return bmn_export_write (export->store, export->format, export->account_id, export->path,
                           export->now, bmn_job_report, job, cancellable, &export->n, error);
}

void
bmn_session_export_async (BmnSession *self,
                          BmnExportFormat format,
                          gint64 account_id,
                          const char *path,
                          BmnProgressFunc progress,
                          gpointer progress_data,
                          GCancellable *cancellable,
                          GAsyncReadyCallback callback,
                          gpointer user_data)
{
  Export *export = g_new0 (Export, 1);
  export->store = g_object_ref (bmn_session_get_store (self));
  export->format = format;
  export->account_id = account_id;
  export->path = g_strdup (path);
  export->now = bmn_session_now (self);
  bmn_job_run_async (self, bmn_session_export_async, run, export, (GDestroyNotify)export_free,
                     progress, progress_data, cancellable, callback, user_data);
}

gboolean
bmn_session_export_finish (BmnSession *self, GAsyncResult *result, guint *n, GError **error)
{
  const Export *export = bmn_job_run_finish (self, result, bmn_session_export_async, error);
  if (export && n)
    *n = export->n;
  return export != NULL;
}
