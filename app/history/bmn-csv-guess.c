#include "bmn-csv-guess-private.h"
#include "bmn-csv-columns-private.h"
#include "bmn-csv-reader-private.h"
#include "bmn-date-format-private.h"
#include "bmn-encoding-guess-private.h"
#include "bmn-error.h"
#include "bmn-import-source-private.h"
#include "bmn-zone.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define HEAD_SIZE (256 * 1024)
#define MAX_HEAD_ROWS 500

/*
 * Encoding.
 */

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
  plan->encoding = bmn_encoding_guess (head->data, head->len);
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
 * Dates.
 */

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
      g_autoptr (GPtrArray) dates = bmn_csv_columns_list_dates (rows, plan);
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
          || (plan->date_format && bmn_date_format_tells_zone (plan->date_format, column->sample))))
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
  return bmn_csv_columns_find_out (rows, plan, error) && find_date_format (rows, plan, error)
         && find_zone (account, plan, error);
}
