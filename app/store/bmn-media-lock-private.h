#pragma once

#include "bmn-file-lock.h"

G_BEGIN_DECLS

/* Returns: (transfer full): what is held for the moment in which a file of the media library
 * gets its name or is deleted; %NULL with %BMN_ERROR_STORAGE. Blocks. */
BmnFileLock *
bmn_media_lock_take (const char *media_folder, GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
