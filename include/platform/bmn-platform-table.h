#pragma once

#include "bmn-platform.h"

G_BEGIN_DECLS

/**
 * BmnInputKind:
 * @BMN_INPUT_TEXT: a line of text
 * @BMN_INPUT_URL: an http or https address; a host name alone is completed with https
 * @BMN_INPUT_FOLDER: a folder of the user's
 * @BMN_INPUT_SECRET: never an argument: on the command line `--NAME-stdin` reads it
 * @BMN_INPUT_FLAG: a choice that is made or not
 */
typedef enum
{
  BMN_INPUT_TEXT,
  BMN_INPUT_URL,
  BMN_INPUT_FOLDER,
  BMN_INPUT_SECRET,
  BMN_INPUT_FLAG,
} BmnInputKind;

/**
 * BmnInput:
 * @name: also the command line's option: `dir`, `base-url`
 * @required: whether an account cannot be added without it
 * @description: untranslated, marked with N_()
 *
 * One thing that a platform wants to know when an account is added.
 */
typedef struct
{
  const char *name;
  BmnInputKind kind;
  gboolean required;
  const char *description;
} BmnInput;

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
