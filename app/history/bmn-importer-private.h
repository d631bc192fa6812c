#pragma once

#include "bmn-account.h"
#include "bmn-import-item-private.h"
#include "bmn-import-plan.h"

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnImporter: reads a file of one format, row by row, in as little memory as that needs. All
 * of it blocks and runs on one worker thread.
 */

#define BMN_TYPE_IMPORTER (bmn_importer_get_type ())
G_DECLARE_DERIVABLE_TYPE (BmnImporter, bmn_importer, BMN, IMPORTER, GObject)

/**
 * BmnImporterClass:
 * @open: looks at the file and refuses what is of another format; called once
 * @read_more: reads a piece of the file and adds the rows in it, perhaps none; sets @at_end
 *   after the last. %FALSE with an error ends the import
 * @get_position: how far in the file reading has come: bytes of @size
 */
struct _BmnImporterClass
{
  GObjectClass parent_class;

  gboolean (*open) (BmnImporter *self, GError **error);
  gboolean (*read_more) (BmnImporter *self, gboolean *at_end, GError **error);
  gint64 (*get_position) (BmnImporter *self, gint64 *size);
};

/**
 * bmn_importer_new:
 * @path: the file
 * @account: whose history it is; copied
 * @plan: as bmn_import_plan_find_out() made it; copied
 * @now: µs: what is later is no time of a post
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND or %BMN_ERROR_INVALID
 */
BmnImporter *bmn_importer_new (const char *path,
                               const BmnAccount *account,
                               const BmnImportPlan *plan,
                               gint64 now,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

/**
 * bmn_importer_next:
 *
 * Returns: (transfer full): the next row; %NULL without @error at the end, with
 *   %BMN_ERROR_INVALID where the file cannot be read any further, or with
 *   %G_IO_ERROR_CANCELLED
 */
BmnImportItem *bmn_importer_next (BmnImporter *self,
                                  GCancellable *cancellable,
                                  GError **error) G_GNUC_WARN_UNUSED_RESULT;

/* Returns: rows so far that are no posts of one's own */
gint64 bmn_importer_get_n_skipped (BmnImporter *self);
gint64 bmn_importer_get_position (BmnImporter *self, gint64 *size);

/*
 * For subclasses.
 */

const char *bmn_importer_get_path (BmnImporter *self);
const BmnAccount *bmn_importer_get_account (BmnImporter *self);
const BmnImportPlan *bmn_importer_get_plan (BmnImporter *self);
gint64 bmn_importer_get_now (BmnImporter *self);

/**
 * bmn_importer_add_post:
 * @post: (transfer full):
 * @readings: (transfer full) (nullable):
 *
 * Adds a post, or a bad row where it cannot be one: without identifier, text and media, or
 * at a time that cannot be.
 */
void bmn_importer_add_post (BmnImporter *self, gint64 row, BmnHistoryPost *post, GArray *readings);
void bmn_importer_add_bad (BmnImporter *self, gint64 row, const char *reason);
void bmn_importer_skip (BmnImporter *self);

/**
 * bmn_import_parse_count:
 * @text: (nullable): %NULL and empty texts are unknown
 * @count: (out): or %BMN_COUNT_UNKNOWN
 *
 * Returns: whether @text is a count: a whole number from 0 to 10^15
 */
gboolean bmn_import_parse_count (const char *text, gint64 *count);

G_END_DECLS
