#pragma once

#include "bmn-media.h"
#include "bmn-session.h"

G_BEGIN_DECLS

/**
 * bmn_media_copy_store:
 * @data: (array length=size): a file made from that of @original
 *
 * Puts it into the media library, as something new. Waits for the disk; any thread.
 *
 * Returns: (transfer full): with the description and the focus of @original; %NULL with the
 *   errors of bmn_media_library_add()
 */
BmnMedia *bmn_media_copy_store (BmnSession *session,
                                const char *data,
                                gsize size,
                                const BmnMedia *original,
                                GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
