#pragma once

#include <gtk/gtk.h>

G_BEGIN_DECLS

/**
 * bmn_thumbnail_load:
 * @size: pixels that the longer side is scaled down to
 *
 * Shows a picture of the disk in @picture once a worker has decoded it; what cannot be decoded
 * (a sound, a damaged file) shows nothing.
 */
void bmn_thumbnail_load (GtkPicture *picture, const char *path, int size);

G_END_DECLS
