#pragma once

#include "bmn-json-importer-private.h"

G_BEGIN_DECLS

/* The formats there are, each in the file named after its type. */

#define BMN_TYPE_BELLMAN_IMPORTER (bmn_bellman_importer_get_type ())
G_DECLARE_FINAL_TYPE (
    BmnBellmanImporter, bmn_bellman_importer, BMN, BELLMAN_IMPORTER, BmnJsonImporter)

#define BMN_TYPE_MASTODON_IMPORTER (bmn_mastodon_importer_get_type ())
G_DECLARE_FINAL_TYPE (
    BmnMastodonImporter, bmn_mastodon_importer, BMN, MASTODON_IMPORTER, BmnJsonImporter)

#define BMN_TYPE_X_IMPORTER (bmn_x_importer_get_type ())
G_DECLARE_FINAL_TYPE (BmnXImporter, bmn_x_importer, BMN, X_IMPORTER, BmnJsonImporter)

#define BMN_TYPE_BLUESKY_IMPORTER (bmn_bluesky_importer_get_type ())
G_DECLARE_FINAL_TYPE (BmnBlueskyImporter, bmn_bluesky_importer, BMN, BLUESKY_IMPORTER, BmnImporter)

#define BMN_TYPE_CSV_IMPORTER (bmn_csv_importer_get_type ())
G_DECLARE_FINAL_TYPE (BmnCsvImporter, bmn_csv_importer, BMN, CSV_IMPORTER, BmnImporter)

G_END_DECLS
