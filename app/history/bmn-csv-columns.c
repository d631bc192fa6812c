#include "bmn-csv-columns-private.h"
#include "bmn-date-format-private.h"
#include "bmn-error.h"

#include <glib/gi18n-lib.h>
#include <string.h>

#define SAMPLE_LETTERS 60

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
        return g_utf8_strlen (cell, -1) > SAMPLE_LETTERS
                   ? g_utf8_substring (cell, 0, SAMPLE_LETTERS)
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

gboolean
bmn_csv_columns_find_out (GPtrArray *rows, BmnImportPlan *plan, GError **error)
{
  make_columns (rows, plan);
  if (!apply_wishes (plan, error))
    return FALSE;
  guess_by_name (plan);
  guess_date (rows, plan);
  guess_text (rows, plan);
  return TRUE;
}

GPtrArray *
bmn_csv_columns_list_dates (GPtrArray *rows, const BmnImportPlan *plan)
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
