#include "bmn-csv-cell-private.h"
#include "bmn-csv-reader-private.h"
#include "bmn-date-format-private.h"
#include "bmn-error.h"
#include "bmn-importers-private.h"
#include "bmn-remote-id-private.h"

#include <glib/gi18n-lib.h>
#include <string.h>

/* Any table, by what the plan says of its columns. */
struct _BmnCsvImporter
{
  BmnImporter parent_instance;

  BmnCsvReader *reader; /* (owned) */
  int columns[BMN_IMPORT_N_FIELDS];
  gboolean after_header;
};

G_DEFINE_FINAL_TYPE (BmnCsvImporter, bmn_csv_importer, BMN_TYPE_IMPORTER)

static void
bmn_csv_importer_finalize (GObject *object)
{
  g_clear_pointer (&BMN_CSV_IMPORTER (object)->reader, bmn_csv_reader_free);
  G_OBJECT_CLASS (bmn_csv_importer_parent_class)->finalize (object);
}

/*
 * Cells.
 */

/* Returns: (nullable): the cell of @field; %NULL where there is none or it is empty */
static const char *
get_cell (BmnCsvImporter *self, GPtrArray *cells, BmnImportField field)
{
  int column = self->columns[field];
  const char *cell = column >= 0 && column < (int)cells->len ? cells->pdata[column] : NULL;
  return cell && *cell ? bmn_csv_cell_get_text (cell) : NULL;
}

/* A count as people and their programs write it: with thousands set apart, or with a fraction
 * of zeros. Returns: (transfer full): its digits; @cell itself where it is nothing like that */
static char *
simplify_count (const char *cell)
{
  g_autofree char *bare = g_strstrip (g_strdup (cell));
  if (g_regex_match_simple ("^[0-9]{1,3}([., '’\u00a0\u202f][0-9]{3})+$", bare, 0, 0))
    {
      g_autoptr (GString) digits = g_string_new (NULL);
      for (const char *c = bare; *c; c++)
        if (g_ascii_isdigit (*c))
          g_string_append_c (digits, *c);
      return g_string_free (g_steal_pointer (&digits), FALSE);
    }
  if (g_regex_match_simple ("^[0-9]+\\.0+$", bare, 0, 0))
    *strchr (bare, '.') = '\0';
  return g_steal_pointer (&bare);
}

static gboolean
read_count (BmnCsvImporter *self, GPtrArray *cells, BmnImportField field, gint64 *count)
{
  const char *cell = get_cell (self, cells, field);
  if (bmn_import_parse_count (cell, count))
    return TRUE;
  g_autofree char *digits = simplify_count (cell);
  return bmn_import_parse_count (digits, count);
}

static gboolean
is_true (const char *cell)
{
  static const char *const words[] = { "1", "true", "yes", "y", "x", NULL };
  g_autofree char *small = cell ? g_ascii_strdown (cell, -1) : NULL;
  return small && g_strv_contains (words, small);
}

/*
 * Identifiers.
 */

/* Long numbers that a spreadsheet program rounded: many posts would have the same. */
static gboolean
is_rounded (const char *id)
{
  return g_regex_match_simple ("^[0-9][.,]?[0-9]*[Ee]\\+[0-9]+$", id, 0, 0);
}

/* A table without identifiers: by the text, and the time as it is written, so that the same
 * table read with another zone or date format finds its posts again. */
static char *
make_id (const char *date, const char *text)
{
  g_autoptr (GChecksum) checksum = g_checksum_new (G_CHECKSUM_SHA256);
  g_checksum_update (checksum, (const guchar *)date, (gssize)strlen (date) + 1);
  g_checksum_update (checksum, (const guchar *)text, (gssize)strlen (text));
  return g_strdup_printf (BMN_HISTORY_PROVISIONAL_ID "%.32s", g_checksum_get_string (checksum));
}

static char *
find_id (BmnCsvImporter *self, GPtrArray *cells, const char *date, const char *text)
{
  const BmnAccount *account = bmn_importer_get_account (BMN_IMPORTER (self));
  const char *id = get_cell (self, cells, BMN_IMPORT_FIELD_ID);
  const char *url = get_cell (self, cells, BMN_IMPORT_FIELD_URL);
  const char *given = id ? id : url;
  char *known = given ? bmn_remote_id_from_url (account, given) : NULL;
  if (known)
    return known;
  if (id)
    return g_strdup (id);
  return url ? g_strconcat (BMN_HISTORY_PROVISIONAL_ID, url, NULL) : make_id (date, text);
}

/*
 * Rows.
 */

static char *
get_date (BmnCsvImporter *self, GPtrArray *cells)
{
  const char *date = get_cell (self, cells, BMN_IMPORT_FIELD_DATE);
  const char *time = get_cell (self, cells, BMN_IMPORT_FIELD_TIME);
  return date && time ? g_strconcat (date, " ", time, NULL) : g_strdup (date);
}

static gboolean
parse_date (BmnCsvImporter *self, const char *text, gint64 *instant)
{
  const BmnImportPlan *plan = bmn_importer_get_plan (BMN_IMPORTER (self));
  return bmn_date_format_parse (plan->date_format, text, plan->zone, instant);
}

/* Returns: (nullable): a translated sentence where a cell cannot be what it should */
static const char *
read_counts (BmnCsvImporter *self, GPtrArray *cells, BmnHistoryPost *post)
{
  gint64 n_media;
  if (!read_count (self, cells, BMN_IMPORT_FIELD_LIKES, &post->likes)
      || !read_count (self, cells, BMN_IMPORT_FIELD_REPOSTS, &post->reposts)
      || !read_count (self, cells, BMN_IMPORT_FIELD_REPLIES, &post->replies)
      || !read_count (self, cells, BMN_IMPORT_FIELD_MEDIA, &n_media) || n_media > G_MAXINT)
    return _ ("A count of the post is not a number that a count can be.");
  post->n_media = MAX ((int)n_media, 0);
  const char *counted = get_cell (self, cells, BMN_IMPORT_FIELD_COUNTED_AT);
  if (counted && !parse_date (self, counted, &post->counted_at))
    return _ ("The time at which counts were read is not in the date format that was chosen.");
  gint64 written_at = bmn_csv_reader_get_written_at (self->reader);
  if (!counted && written_at >= post->published_at
      && written_at <= bmn_importer_get_now (BMN_IMPORTER (self)))
    post->counted_at = written_at;
  return NULL;
}

/* Returns: (nullable): why the row is bad; else it is added */
static const char *
take_row (BmnCsvImporter *self, GPtrArray *cells, gint64 line)
{
  const char *text = get_cell (self, cells, BMN_IMPORT_FIELD_TEXT);
  const char *id = get_cell (self, cells, BMN_IMPORT_FIELD_ID);
  g_autofree char *date = get_date (self, cells);
  gint64 published_at;
  if (!date)
    return _ ("The row has no date.");
  if (!parse_date (self, date, &published_at))
    return _ ("The date is not in the date format that was chosen.");
  if (id && is_rounded (id))
    return _ ("The identifier was rounded by a spreadsheet program. Export the table again, and "
              "do not open and save it.");
  text = text ? text : "";
  g_autofree char *remote_id = find_id (self, cells, date, text);
  g_autoptr (BmnHistoryPost) post = bmn_history_post_new (0, remote_id, text, published_at);
  post->url = g_strdup (get_cell (self, cells, BMN_IMPORT_FIELD_URL));
  post->language = g_strdup (get_cell (self, cells, BMN_IMPORT_FIELD_LANGUAGE));
  post->is_reply = is_true (get_cell (self, cells, BMN_IMPORT_FIELD_IS_REPLY));
  const char *problem = read_counts (self, cells, post);
  if (!problem)
    bmn_importer_add_post (BMN_IMPORTER (self), line, g_steal_pointer (&post), NULL);
  return problem;
}

static void
on_row (GPtrArray *cells, gint64 line, const char *problem, gpointer data)
{
  BmnCsvImporter *self = data;
  if (!self->after_header)
    {
      self->after_header = TRUE;
      return;
    }
  const char *reason = problem ? problem : take_row (self, cells, line);
  if (reason)
    bmn_importer_add_bad (BMN_IMPORTER (self), line, reason);
}

/*
 * The table.
 */

static gboolean
bmn_csv_importer_open (BmnImporter *importer, GError **error)
{
  BmnCsvImporter *self = BMN_CSV_IMPORTER (importer);
  const BmnImportPlan *plan = bmn_importer_get_plan (importer);
  for (int field = 0; field < BMN_IMPORT_N_FIELDS; field++)
    self->columns[field] = bmn_import_plan_find (plan, field);
  self->after_header = !plan->has_header;
  if (self->columns[BMN_IMPORT_FIELD_TEXT] < 0 || self->columns[BMN_IMPORT_FIELD_DATE] < 0)
    g_set_error_literal (error, BMN_ERROR, BMN_ERROR_INVALID,
                         _ ("It is not clear which columns of the table hold the text and the "
                            "date. Say which ones do."));
  else if (!plan->date_format)
    g_set_error_literal (
        error, BMN_ERROR, BMN_ERROR_INVALID,
        _ ("It is not clear how dates are written in the table. Say how they are."));
  else
    self->reader = bmn_csv_reader_open (bmn_importer_get_path (importer), plan->encoding,
                                        plan->separator, on_row, self, error);
  return self->reader != NULL;
}

static gboolean
bmn_csv_importer_read_more (BmnImporter *importer, gboolean *at_end, GError **error)
{
  return bmn_csv_reader_read (BMN_CSV_IMPORTER (importer)->reader, at_end, error);
}

static gint64
bmn_csv_importer_get_position (BmnImporter *importer, gint64 *size)
{
  BmnCsvImporter *self = BMN_CSV_IMPORTER (importer);
  *size = bmn_csv_reader_get_size (self->reader);
  return bmn_csv_reader_get_position (self->reader);
}

static void
bmn_csv_importer_class_init (BmnCsvImporterClass *klass)
{
  BmnImporterClass *importer_class = BMN_IMPORTER_CLASS (klass);
  G_OBJECT_CLASS (klass)->finalize = bmn_csv_importer_finalize;
  importer_class->open = bmn_csv_importer_open;
  importer_class->read_more = bmn_csv_importer_read_more;
  importer_class->get_position = bmn_csv_importer_get_position;
}

static void
bmn_csv_importer_init (BmnCsvImporter *self)
{
}
