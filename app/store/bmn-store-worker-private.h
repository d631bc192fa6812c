#pragma once

#include "bmn-database-private.h"
#include "bmn-doorbell-private.h"

G_BEGIN_DECLS

/* A thread that owns one connection and runs transactions on it, in the order they were asked
 * for. It sleeps while there is nothing to do. */
typedef struct _BmnStoreWorker BmnStoreWorker;

/**
 * bmn_store_worker_new:
 * @db: (transfer full): used by the worker's thread alone from now on
 * @doorbell: (nullable): rung after each change; %NULL for a worker that only reads
 */
BmnStoreWorker *bmn_store_worker_new (const char *name,
                                      BmnDatabase *db,
                                      BmnDoorbell *doorbell) G_GNUC_WARN_UNUSED_RESULT;
/* Ends the thread after all that was asked for, and closes the connection. */
void bmn_store_worker_free (BmnStoreWorker *self);

/* Runs a transaction and waits for it. */
gboolean
bmn_store_worker_run (BmnStoreWorker *self, BmnStoreFunc func, gpointer data, GError **error);
/* @task: (transfer full): returns whether the transaction was committed; its task data are
 * handed to @func; those of smaller priority numbers go first, like ones in their order */
void bmn_store_worker_push (BmnStoreWorker *self, BmnStoreFunc func, GTask *task);
/* Returns: whether the calling thread is the worker's */
gboolean bmn_store_worker_is_current (BmnStoreWorker *self);

G_END_DECLS
