#pragma once

#include <glib-object.h>

G_BEGIN_DECLS

/* The formats there are; each type is a final subclass of BmnImporter, in the file named
 * after it. */

#define BMN_TYPE_BELLMAN_IMPORTER (bmn_bellman_importer_get_type ())
GType bmn_bellman_importer_get_type (void);

#define BMN_TYPE_MASTODON_IMPORTER (bmn_mastodon_importer_get_type ())
GType bmn_mastodon_importer_get_type (void);

#define BMN_TYPE_X_IMPORTER (bmn_x_importer_get_type ())
GType bmn_x_importer_get_type (void);

#define BMN_TYPE_BLUESKY_IMPORTER (bmn_bluesky_importer_get_type ())
GType bmn_bluesky_importer_get_type (void);

#define BMN_TYPE_CSV_IMPORTER (bmn_csv_importer_get_type ())
GType bmn_csv_importer_get_type (void);

G_END_DECLS
