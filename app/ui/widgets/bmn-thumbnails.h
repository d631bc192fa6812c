#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/* BmnThumbnails: small square pictures of files, read on worker threads and kept while they are
 * likely to be shown again. */

#define BMN_TYPE_THUMBNAILS (bmn_thumbnails_get_type ())
G_DECLARE_FINAL_TYPE (BmnThumbnails, bmn_thumbnails, BMN, THUMBNAILS, GObject)

BmnThumbnails *bmn_thumbnails_new (void) G_GNUC_WARN_UNUSED_RESULT;

/* Shows the file in @picture, at once or when it is read; @path: (nullable): shows nothing. The
 * last call for a picture counts. */
void bmn_thumbnails_show (BmnThumbnails *self, const char *path, GtkImage *picture);

G_END_DECLS
