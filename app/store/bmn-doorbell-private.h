#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * A stamp file whose time is set with each committed change. All who have the folder open
 * watch for that, this process included, and sleep until it happens.
 */
typedef struct _BmnDoorbell BmnDoorbell;

/**
 * bmn_doorbell_new:
 * @callback: called in the thread-default main context of the caller after the bell was rung;
 *   several rings in quick succession may be told once
 * @destroy: for @data
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_STORAGE
 */
BmnDoorbell *bmn_doorbell_new (const char *folder,
                               void (*callback) (gpointer data),
                               gpointer data,
                               GDestroyNotify destroy,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* Any thread. */
void bmn_doorbell_ring (BmnDoorbell *self);
void bmn_doorbell_free (BmnDoorbell *self);

G_END_DECLS
