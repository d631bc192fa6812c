#pragma once

#include "bmn-import-source-private.h"
#include "bmn-importer-private.h"
#include "bmn-json-rows-private.h"

G_BEGIN_DECLS

/* BmnJsonImporter: what the formats made of JSON share. */

#define BMN_TYPE_JSON_IMPORTER (bmn_json_importer_get_type ())
G_DECLARE_DERIVABLE_TYPE (BmnJsonImporter, bmn_json_importer, BMN, JSON_IMPORTER, BmnImporter)

/**
 * BmnJsonImporterClass:
 * @places: where rows are, see #BmnJsonRows
 * @fields: which fields of them count
 * @is_script: the JSON is what a script assigns (`window.… = […]`)
 * @missing: untranslated: said where no member of an archive is wanted
 * @wants: whether the member of an archive with this path has rows
 * @take_row: turns a row into a post. %FALSE with an error ends the import
 */
struct _BmnJsonImporterClass
{
  BmnImporterClass parent_class;

  const char *const *places;
  const BmnJsonField *fields;
  gboolean is_script;
  const char *missing;
  gboolean (*wants) (const char *path);
  gboolean (*take_row) (BmnJsonImporter *self, const BmnJsonRow *row, GError **error);
};

/* Returns: when the member that is being read was written, µs; 0 where that cannot be: later
 *   than now */
gint64 bmn_json_importer_get_written_at (BmnJsonImporter *self);

G_END_DECLS
