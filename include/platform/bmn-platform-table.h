#pragma once

#include "bmn-input.h"
#include "bmn-platform.h"

G_BEGIN_DECLS

/**
 * BmnPlatformRow:
 * @id: stable name, also on the command line
 * @name: untranslated, marked with N_()
 * @get_type: the subclass
 * @inputs: ends with a row without name
 *
 * A platform is a folder and one of these.
 */
typedef struct
{
  const char *id;
  const char *name;
  GType (*get_type) (void);
  const BmnInput *inputs;
} BmnPlatformRow;

/* Returns: (transfer none): the rows, in the order shown to users; the last has no id */
const BmnPlatformRow *bmn_platform_table (void);
/* Returns: (nullable) (transfer none): */
const BmnPlatformRow *bmn_platform_table_find (const char *id);

/**
 * bmn_platform_new:
 * @account: copied
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND where the table has no such platform
 */
BmnPlatform *bmn_platform_new (const BmnAccount *account,
                               BmnHttpClient *http,
                               BmnPlatformHost *host,
                               GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
