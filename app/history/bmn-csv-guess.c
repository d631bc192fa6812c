#include "bmn-csv-guess-private.h"
#include "bmn-csv-reader-private.h"
#include "bmn-date-format-private.h"
#include "bmn-error.h"
#include "bmn-import-source-private.h"
#include "bmn-zone.h"

#include <glib/gi18n-lib.h>
#include <string.h>
#include <uchardet/uchardet.h>

#define HEAD_SIZE (256 * 1024)
#define MAX_HEAD_ROWS 500
#define SAMPLE_LETTERS 60

/*
 * Encoding.
 */

/* Whether every second byte, from @start on, is zero in most places: Latin text in UTF-16. */
static gboolean
is_every_second_zero (const guint8 *bytes, gsize length, gsize start)
{
  gsize n_zero = 0;
  for (gsize i = start; i < length; i += 2)
    n_zero += bytes[i] == 0;
  return length >= 4 && n_zero * 2 > length / 2;
}

/* A character at the end of the head may be cut. */
static gboolean
is_utf8 (const guint8 *bytes, gsize length)
{
  const char *end;
  return g_utf8_validate_len ((const char *)bytes, length, &end)
         || (gsize)((const guint8 *)end - bytes) + 4 > length;
}

char *
bmn_csv_guess_encoding (const guint8 *bytes, gsize length)
{
  if (length >= 2 && (memcmp (bytes, "\xff\xfe", 2) == 0 || memcmp (bytes, "\xfe\xff", 2) == 0))
    return g_strdup ("UTF-16");
  if (is_every_second_zero (bytes, length, 1))
    return g_strdup ("UTF-16LE");
  if (is_every_second_zero (bytes, length, 0))
    return g_strdup ("UTF-16BE");
  if (is_utf8 (bytes, length))
    return g_strdup ("UTF-8");
  uchardet_t detector = uchardet_new ();
  uchardet_handle_data (detector, (const char *)bytes, length);
  uchardet_data_end (detector);
  g_autofree char *name = g_strdup (uchardet_get_charset (detector));
  uchardet_delete (detector);
  g_autoptr (GCharsetConverter) known
      = *name ? g_charset_converter_new ("UTF-8", name, NULL) : NULL;
  return g_strdup (known && !g_str_equal (name, "UTF-8") ? name : "windows-1252");
}

/* Returns: (transfer full): the first bytes of the file */
static GByteArray *
read_head (const char *path, GError **error)
{
  g_autoptr (BmnImportSource) source = bmn_import_source_open (path, error);
  g_autoptr (GByteArray) head = g_byte_array_new ();
  if (!source || !bmn_import_source_next (source, error))
    return NULL;
  g_byte_array_set_size (head, HEAD_SIZE);
  gsize length = 0;
  gssize n = 1;
  while (n > 0 && length < HEAD_SIZE)
    {
      n = bmn_import_source_read (source, head->data + length, HEAD_SIZE - length, error);
      length += MAX (n, 0);
    }
  g_byte_array_set_size (head, (guint)length);
  return n >= 0 ? g_steal_pointer (&head) : NULL;
}

static gboolean
find_encoding (const char *path, BmnImportPlan *plan, GError **error)
{
  if (plan->encoding)
    return TRUE;
  g_autoptr (GByteArray) head = read_head (path, error);
  if (!head)
    return FALSE;
  plan->encoding = bmn_csv_guess_encoding (head->data, head->len);
  if (g_str_has_prefix (plan->encoding, "UTF-16") || !memchr (head->data, 0, head->len))
    return TRUE;
  g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                       _ ("The file is neither an export that Bellman knows nor a table of text. "
                          "Choose another one."));
  return FALSE;
}

/*
 * Rows and separator.
 */

static char **
dup_cells (GPtrArray *cells)
{
  char **copy = g_new0 (char *, cells->len + 1);
  for (guint i = 0; i < cells->len; i++)
    copy[i] = g_strdup (cells->pdata[i]);
  return copy;
}

static void
on_row (GPtrArray *cells, gint64 line, const char *problem, gpointer data)
{
  GPtrArray *rows = data;
  if (rows->len < MAX_HEAD_ROWS && !problem)
    g_ptr_array_add (rows, dup_cells (cells));
}

/* Returns: (transfer full) (element-type GStrv): the first rows */
static GPtrArray *
read_rows (const char *path, const char *encoding, char separator, GError **error)
{
  g_autoptr (GPtrArray) rows = g_ptr_array_new_with_free_func ((GDestroyNotify)g_strfreev);
  gboolean at_end = FALSE;
  g_autoptr (BmnCsvReader) reader
      = bmn_csv_reader_open (path, encoding, separator, on_row, rows, error);
  if (!reader)
    return NULL;
  while (!at_end && rows->len < MAX_HEAD_ROWS)
    if (!bmn_csv_reader_read (reader, &at_end, error))
      return NULL;
  return g_steal_pointer (&rows);
}

/* Returns: how many rows have as many cells as the first, and more than one */
static guint
count_even (GPtrArray *rows)
{
  guint n_even = 0;
  for (guint i = 0; i < rows->len; i++)
    n_even += g_strv_length (rows->pdata[i]) == g_strv_length (rows->pdata[0]);
  return rows->len > 0 && g_strv_length (rows->pdata[0]) > 1 ? n_even : 0;
}

static GPtrArray *
find_rows (const char *path, BmnImportPlan *plan, GError **error)
{
  static const char separators[] = { ',', ';', '\t', '|' };
  guint best = 0;
  if (plan->separator)
    return read_rows (path, plan->encoding, plan->separator, error);
  plan->separator = ',';
  for (gsize i = 0; i < G_N_ELEMENTS (separators); i++)
    {
      g_autoptr (GPtrArray) rows = read_rows (path, plan->encoding, separators[i], NULL);
      guint n_even = rows ? count_even (rows) * 100 / MAX (rows->len, 1) : 0;
      if (n_even > best)
        plan->separator = separators[i];
      best = MAX (best, n_even);
    }
  return read_rows (path, plan->encoding, plan->separator, error);
}

/*
 * Columns.
 */

typedef struct
{
  const char *name; /* small letters of a-z alone */
  BmnImportField field;
} Alias;

/* What exports of networks and of other programs call their columns. */
static const Alias aliases[] = {
  { "id", BMN_IMPORT_FIELD_ID },
  { "postid", BMN_IMPORT_FIELD_ID },
  { "tweetid", BMN_IMPORT_FIELD_ID },
  { "statusid", BMN_IMPORT_FIELD_ID },
  { "remoteid", BMN_IMPORT_FIELD_ID },
  { "url", BMN_IMPORT_FIELD_URL },
  { "link", BMN_IMPORT_FIELD_URL },
  { "permalink", BMN_IMPORT_FIELD_URL },
  { "postlink", BMN_IMPORT_FIELD_URL },
  { "posturl", BMN_IMPORT_FIELD_URL },
  { "tweetpermalink", BMN_IMPORT_FIELD_URL },
  { "text", BMN_IMPORT_FIELD_TEXT },
  { "tweettext", BMN_IMPORT_FIELD_TEXT },
  { "posttext", BMN_IMPORT_FIELD_TEXT },
  { "post", BMN_IMPORT_FIELD_TEXT },
  { "message", BMN_IMPORT_FIELD_TEXT },
  { "postmessage", BMN_IMPORT_FIELD_TEXT },
  { "content", BMN_IMPORT_FIELD_TEXT },
  { "caption", BMN_IMPORT_FIELD_TEXT },
  { "inhalt", BMN_IMPORT_FIELD_TEXT },
  { "nachricht", BMN_IMPORT_FIELD_TEXT },
  { "language", BMN_IMPORT_FIELD_LANGUAGE },
  { "lang", BMN_IMPORT_FIELD_LANGUAGE },
  { "sprache", BMN_IMPORT_FIELD_LANGUAGE },
  { "date", BMN_IMPORT_FIELD_DATE },
  { "datetime", BMN_IMPORT_FIELD_DATE },
  { "dateutc", BMN_IMPORT_FIELD_DATE },
  { "dategmt", BMN_IMPORT_FIELD_DATE },
  { "createdat", BMN_IMPORT_FIELD_DATE },
  { "created", BMN_IMPORT_FIELD_DATE },
  { "published", BMN_IMPORT_FIELD_DATE },
  { "publishedat", BMN_IMPORT_FIELD_DATE },
  { "publishedatutc", BMN_IMPORT_FIELD_DATE },
  { "publishtime", BMN_IMPORT_FIELD_DATE },
  { "publishdate", BMN_IMPORT_FIELD_DATE },
  { "posted", BMN_IMPORT_FIELD_DATE },
  { "postedat", BMN_IMPORT_FIELD_DATE },
  { "timestamp", BMN_IMPORT_FIELD_DATE },
  { "datum", BMN_IMPORT_FIELD_DATE },
  { "time", BMN_IMPORT_FIELD_TIME },
  { "uhrzeit", BMN_IMPORT_FIELD_TIME },
  { "likes", BMN_IMPORT_FIELD_LIKES },
  { "likecount", BMN_IMPORT_FIELD_LIKES },
  { "favorites", BMN_IMPORT_FIELD_LIKES },
  { "favourites", BMN_IMPORT_FIELD_LIKES },
  { "reactions", BMN_IMPORT_FIELD_LIKES },
  { "reposts", BMN_IMPORT_FIELD_REPOSTS },
  { "retweets", BMN_IMPORT_FIELD_REPOSTS },
  { "boosts", BMN_IMPORT_FIELD_REPOSTS },
  { "shares", BMN_IMPORT_FIELD_REPOSTS },
  { "replies", BMN_IMPORT_FIELD_REPLIES },
  { "comments", BMN_IMPORT_FIELD_REPLIES },
  { "nmedia", BMN_IMPORT_FIELD_MEDIA },
  { "mediacount", BMN_IMPORT_FIELD_MEDIA },
  { "isreply", BMN_IMPORT_FIELD_IS_REPLY },
  { "countedat", BMN_IMPORT_FIELD_COUNTED_AT },
};

static BmnImportField
find_alias (const char *name)
{
  g_autoptr (GString) letters = g_string_new (NULL);
  for (const char *c = name; *c; c++)
    if (g_ascii_isalpha (*c))
      g_string_append_c (letters, g_ascii_tolower (*c));
  for (gsize i = 0; i < G_N_ELEMENTS (aliases); i++)
    if (g_str_equal (aliases[i].name, letters->str))
      return aliases[i].field;
  return BMN_IMPORT_FIELD_NONE;
}

/* A first row is data where a cell of it is a number or a date. */
static gboolean
looks_like_header (GStrv row)
{
  gboolean is_doubtful;
  for (guint i = 0; row[i]; i++)
    {
      g_autoptr (GPtrArray) cell = g_ptr_array_new ();
      g_ptr_array_add (cell, row[i]);
      if (g_ascii_string_to_signed (row[i], 10, G_MININT64, G_MAXINT64, NULL, NULL)
          || bmn_date_format_guess (cell, &is_doubtful))
        return FALSE;
    }
  return TRUE;
}

static const char *
get_cell (GPtrArray *rows, guint row, guint column)
{
  GStrv cells = rows->pdata[row];
  return column < g_strv_length (cells) ? cells[column] : "";
}

/* Returns: (transfer full): the first value of the column that is not empty, shortened */
static char *
find_sample (GPtrArray *rows, guint first, guint column)
{
  for (guint i = first; i < rows->len; i++)
    {
      const char *cell = get_cell (rows, i, column);
      if (*cell)
        return g_utf8_strlen (cell, -1) > SAMPLE_LETTERS ? g_utf8_substring (cell, 0, SAMPLE_LETTERS)
                                                         : g_strdup (cell);
    }
  return g_strdup ("");
}

/* Returns: (transfer full) (element-type utf8): what the column has, without empty cells */
static GPtrArray *
list_cells (GPtrArray *rows, guint first, guint column)
{
  GPtrArray *cells = g_ptr_array_new ();
  for (guint i = first; i < rows->len; i++)
    if (*get_cell (rows, i, column))
      g_ptr_array_add (cells, (gpointer)get_cell (rows, i, column));
  return cells;
}

static void
make_columns (GPtrArray *rows, BmnImportPlan *plan)
{
  GStrv head = rows->pdata[0];
  g_ptr_array_set_size (plan->columns, 0);
  plan->has_header = looks_like_header (head);
  for (guint i = 0; head[i]; i++)
    {
      g_autofree char *number = g_strdup_printf ("%u", i + 1);
      g_autofree char *sample = find_sample (rows, plan->has_header ? 1 : 0, i);
      const gboolean is_named = plan->has_header && *head[i];
      g_ptr_array_add (plan->columns, bmn_import_column_new (is_named ? head[i] : number, sample));
    }
}

static gboolean
apply_wishes (BmnImportPlan *plan, GError **error)
{
  GHashTableIter iter;
  gpointer name, field;
  g_hash_table_iter_init (&iter, plan->wishes);
  while (g_hash_table_iter_next (&iter, &name, &field))
    {
      gboolean found = FALSE;
      for (guint i = 0; i < plan->columns->len && !found; i++)
        {
          BmnImportColumn *column = plan->columns->pdata[i];
          g_autofree char *number = g_strdup_printf ("%u", i + 1);
          found = g_str_equal (column->name, name) || g_str_equal (number, name);
          if (found)
            column->field = GPOINTER_TO_INT (field);
        }
      if (!found)
        {
          g_set_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                       _ ("The table has no column “%s”. Give the name in its first row, or the "
                          "column's number."),
                       (const char *)name);
          return FALSE;
        }
    }
  return TRUE;
}

/* Whether the user said what the column holds, if only that it holds nothing. */
static gboolean
is_wished (BmnImportPlan *plan, guint column)
{
  const BmnImportColumn *it = plan->columns->pdata[column];
  g_autofree char *number = g_strdup_printf ("%u", column + 1);
  return g_hash_table_contains (plan->wishes, it->name)
         || g_hash_table_contains (plan->wishes, number);
}

static void
guess_by_name (BmnImportPlan *plan)
{
  for (guint i = 0; i < plan->columns->len; i++)
    {
      BmnImportColumn *column = plan->columns->pdata[i];
      BmnImportField field = find_alias (column->name);
      if (field != BMN_IMPORT_FIELD_NONE && !is_wished (plan, i)
          && bmn_import_plan_find (plan, field) < 0)
        column->field = field;
    }
}

/* The first column whose every cell is a date, where none is named so. */
static void
guess_date (GPtrArray *rows, BmnImportPlan *plan)
{
  for (guint i = 0; i < plan->columns->len; i++)
    {
      BmnImportColumn *column = plan->columns->pdata[i];
      gboolean is_doubtful;
      if (bmn_import_plan_find (plan, BMN_IMPORT_FIELD_DATE) >= 0)
        return;
      g_autoptr (GPtrArray) cells = list_cells (rows, plan->has_header ? 1 : 0, i);
      const gboolean is_free
          = (column->field == BMN_IMPORT_FIELD_NONE || column->field == BMN_IMPORT_FIELD_TIME)
            && !is_wished (plan, i);
      if (is_free && bmn_date_format_guess (cells, &is_doubtful))
        column->field = BMN_IMPORT_FIELD_DATE;
    }
}

/* The column with the longest cells, where none is named so. */
static void
guess_text (GPtrArray *rows, BmnImportPlan *plan)
{
  gsize longest = 0;
  BmnImportColumn *best = NULL;
  for (guint i = 0; i < plan->columns->len; i++)
    {
      BmnImportColumn *column = plan->columns->pdata[i];
      gsize length = 0;
      for (guint row = plan->has_header ? 1 : 0; row < rows->len; row++)
        length += strlen (get_cell (rows, row, i));
      if (column->field != BMN_IMPORT_FIELD_NONE || is_wished (plan, i) || length <= longest)
        continue;
      best = column;
      longest = length;
    }
  if (best && bmn_import_plan_find (plan, BMN_IMPORT_FIELD_TEXT) < 0)
    best->field = BMN_IMPORT_FIELD_TEXT;
}

/*
 * Dates.
 */

/* Returns: (transfer full) (element-type utf8): dates as the importer will read them */
static GPtrArray *
list_dates (GPtrArray *rows, const BmnImportPlan *plan)
{
  GPtrArray *dates = g_ptr_array_new_with_free_func (g_free);
  int date = bmn_import_plan_find (plan, BMN_IMPORT_FIELD_DATE);
  int time = bmn_import_plan_find (plan, BMN_IMPORT_FIELD_TIME);
  for (guint i = plan->has_header ? 1 : 0; date >= 0 && i < rows->len; i++)
    if (*get_cell (rows, i, (guint)date))
      g_ptr_array_add (dates, time < 0 ? g_strdup (get_cell (rows, i, (guint)date))
                                       : g_strconcat (get_cell (rows, i, (guint)date), " ",
                                                      get_cell (rows, i, (guint)time), NULL));
  return dates;
}

/* Returns: the format that fits; where none fits all, the one that fits the first date */
static const char *
guess_format (GPtrArray *dates, gboolean *is_doubtful)
{
  const char *format = bmn_date_format_guess (dates, is_doubtful);
  if (format || dates->len == 0)
    return format;
  g_ptr_array_set_size (dates, 1);
  return bmn_date_format_guess (dates, is_doubtful);
}

static gboolean
find_date_format (GPtrArray *rows, BmnImportPlan *plan, GError **error)
{
  plan->date_is_doubtful = FALSE;
  if (!plan->date_format)
    {
      g_autoptr (GPtrArray) dates = list_dates (rows, plan);
      plan->date_format = g_strdup (guess_format (dates, &plan->date_is_doubtful));
      return TRUE;
    }
  if (bmn_date_format_is_known (plan->date_format))
    return TRUE;
  g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
               _ ("“%s” is not a date format. Write it like %%d.%%m.%%Y %%H:%%M, or iso, unix or "
                  "unix-ms."),
               plan->date_format);
  return FALSE;
}

/* A header such as «Date (UTC)» says it; else people write down their own time. */
static gboolean
find_zone (const BmnAccount *account, BmnImportPlan *plan, GError **error)
{
  int date = bmn_import_plan_find (plan, BMN_IMPORT_FIELD_DATE);
  const BmnImportColumn *column = date >= 0 ? plan->columns->pdata[date] : NULL;
  if (!plan->zone && column
      && (strstr (column->name, "UTC") || strstr (column->name, "GMT")
          || (plan->date_format
              && bmn_date_format_tells_zone (plan->date_format, column->sample))))
    plan->zone = g_strdup ("UTC");
  if (!plan->zone)
    plan->zone = g_strdup (account->zone);
  const BmnWallTime any = { .year = 2020, .month = 1, .day = 1 };
  gint64 instant;
  return bmn_zone_resolve (plan->zone, &any, &instant, NULL, error);
}

gboolean
bmn_csv_guess (const char *path, const BmnAccount *account, BmnImportPlan *plan, GError **error)
{
  if (!find_encoding (path, plan, error))
    return FALSE;
  g_autoptr (GPtrArray) rows = find_rows (path, plan, error);
  if (!rows)
    return FALSE;
  if (rows->len == 0)
    {
      g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                           _ ("The table has no rows. Choose another file."));
      return FALSE;
    }
  make_columns (rows, plan);
  if (!apply_wishes (plan, error))
    return FALSE;
  guess_by_name (plan);
  guess_date (rows, plan);
  guess_text (rows, plan);
  return find_date_format (rows, plan, error) && find_zone (account, plan, error);
}
