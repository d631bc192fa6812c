#pragma once

#include <glib.h>

G_BEGIN_DECLS

/**
 * BmnImportFormat:
 * @BMN_IMPORT_FORMAT_GUESS: to be found out from the file itself
 * @BMN_IMPORT_FORMAT_BELLMAN: our own history file (data/formats/history.md)
 * @BMN_IMPORT_FORMAT_MASTODON: `outbox.json`, alone or in the archive that servers hand out
 * @BMN_IMPORT_FORMAT_X: `tweets.js` and its parts, alone or in X's archive
 * @BMN_IMPORT_FORMAT_BLUESKY: a repository (`.car`)
 * @BMN_IMPORT_FORMAT_CSV: any table
 */
typedef enum
{
  BMN_IMPORT_FORMAT_GUESS,
  BMN_IMPORT_FORMAT_BELLMAN,
  BMN_IMPORT_FORMAT_MASTODON,
  BMN_IMPORT_FORMAT_X,
  BMN_IMPORT_FORMAT_BLUESKY,
  BMN_IMPORT_FORMAT_CSV,
} BmnImportFormat;

/* Stable names: `guess`, `bellman`, `mastodon`, `x`, `bluesky`, `csv`. */
const char *bmn_import_format_to_nick (BmnImportFormat format);
gboolean bmn_import_format_from_nick (const char *nick, BmnImportFormat *format);

/**
 * BmnImportField:
 * @BMN_IMPORT_FIELD_NONE: the column is passed over
 * @BMN_IMPORT_FIELD_TIME: the time of day, where the date has a column of its own
 *
 * What a column of a table holds: a field of #BmnHistoryPost.
 */
typedef enum
{
  BMN_IMPORT_FIELD_NONE,
  BMN_IMPORT_FIELD_ID,
  BMN_IMPORT_FIELD_URL,
  BMN_IMPORT_FIELD_TEXT,
  BMN_IMPORT_FIELD_LANGUAGE,
  BMN_IMPORT_FIELD_DATE,
  BMN_IMPORT_FIELD_TIME,
  BMN_IMPORT_FIELD_LIKES,
  BMN_IMPORT_FIELD_REPOSTS,
  BMN_IMPORT_FIELD_REPLIES,
  BMN_IMPORT_FIELD_MEDIA,
  BMN_IMPORT_FIELD_IS_REPLY,
  BMN_IMPORT_FIELD_COUNTED_AT,
} BmnImportField;

#define BMN_IMPORT_N_FIELDS (BMN_IMPORT_FIELD_COUNTED_AT + 1)

/* Stable names: `none`, `id`, `url`, `text`, `language`, `date`, `time`, `likes`, `reposts`,
 * `replies`, `media`, `is-reply`, `counted-at`. */
const char *bmn_import_field_to_nick (BmnImportField field);
gboolean bmn_import_field_from_nick (const char *nick, BmnImportField *field);

/**
 * BmnImportColumn:
 * @name: from the first row; its number, from 1, where the first row is data already
 * @sample: the first value that is not empty, shortened
 * @field: what it is taken for
 */
typedef struct
{
  char *name;   /* (owned) */
  char *sample; /* (owned) */
  BmnImportField field;
} BmnImportColumn;

BmnImportColumn *
bmn_import_column_new (const char *name, const char *sample) G_GNUC_WARN_UNUSED_RESULT;
void bmn_import_column_free (BmnImportColumn *column);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnImportColumn, bmn_import_column_free)

/**
 * BmnImportPlan:
 * @format: how the file is read
 * @encoding: (nullable): of a table: an iconv name such as `UTF-8` or `windows-1252`
 * @separator: of a table: the byte between two columns; 0 for not known yet
 * @date_format: (nullable): of a table: `iso` (ISO 8601), `unix` or `unix-ms` (seconds or
 *   milliseconds since the epoch), or a pattern of strptime(3) such as `%d.%m.%Y %H:%M`
 * @date_is_doubtful: day and month could be the other way round just as well
 * @zone: (nullable): of a table: IANA zone that times without an offset are meant in
 * @has_header: of a table: whether the first row names the columns
 * @columns: (element-type BmnImportColumn): of a table; empty for other formats
 * @wishes: (element-type utf8 BmnImportField): of a table: what the user said of columns, by
 *   name
 *
 * How a file is to be imported. What the user wants goes in; what was found out comes back,
 * is shown, and can be changed: asking again with a changed plan guesses the rest anew.
 */
typedef struct
{
  BmnImportFormat format;
  char *encoding; /* (owned) (nullable) */
  char separator;
  char *date_format; /* (owned) (nullable) */
  gboolean date_is_doubtful;
  char *zone; /* (owned) (nullable) */
  gboolean has_header;
  GPtrArray *columns; /* (owned) */
  GHashTable *wishes; /* (owned) */
} BmnImportPlan;

/* Returns: (transfer full): a plan in which everything is to be guessed */
BmnImportPlan *bmn_import_plan_new (void) G_GNUC_WARN_UNUSED_RESULT;
BmnImportPlan *bmn_import_plan_copy (const BmnImportPlan *plan) G_GNUC_WARN_UNUSED_RESULT;
void bmn_import_plan_free (BmnImportPlan *plan);
/* Takes the column named @name for @field, whatever is guessed. */
void bmn_import_plan_wish (BmnImportPlan *plan, const char *name, BmnImportField field);
/* Returns: the first column taken for @field; −1 where there is none */
int bmn_import_plan_find (const BmnImportPlan *plan, BmnImportField field);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnImportPlan, bmn_import_plan_free)

G_END_DECLS
