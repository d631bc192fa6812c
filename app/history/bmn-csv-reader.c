#include "bmn-csv-reader-private.h"
#include "bmn-error.h"
#include "bmn-import-source-private.h"

#include <csv.h>
#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>

#define PIECE_SIZE (64 * 1024)

/* A cell that is longer was begun by a quotation mark that nothing ends. */
#define MAX_CELL (4 * 1024 * 1024)
#define GROWTH (16 * 1024)

struct _BmnCsvReader
{
  BmnImportSource *source; /* (owned) */
  GConverter *converter;   /* (owned) (nullable): %NULL for UTF-8 */
  GByteArray *raw;         /* (owned): read, and not converted yet */
  struct csv_parser parser;
  gboolean has_parser;
  BmnCsvRowFunc func;
  gpointer data;

  GPtrArray *cells; /* (owned) (element-type utf8) */
  const char *problem;
  gint64 line;
  int last_end; /* the byte that ended the line before, 0 once a cell came after it */
  gboolean before_first;
};

/*
 * Rows.
 */

static void
on_cell (void *bytes, size_t length, void *data)
{
  BmnCsvReader *self = data;
  self->last_end = 0;
  for (const char *at = bytes; (at = memchr (at, '\n', length - (at - (char *)bytes))); at++)
    self->line++;
  if (!g_utf8_validate_len (bytes, length, NULL))
    self->problem = _ ("The row is not text in the encoding that was chosen.");
  if (self->cells->len == BMN_CSV_MAX_COLUMNS)
    self->problem = _ ("The row has more than a thousand columns.");
  else
    g_ptr_array_add (self->cells, self->problem ? g_strdup ("") : g_strndup (bytes, length));
}

static void
hand_over (BmnCsvReader *self)
{
  if (self->cells->len > 0)
    self->func (self->cells, self->line, self->problem, self->data);
  g_ptr_array_set_size (self->cells, 0);
  self->problem = NULL;
}

/* Every line's end is told, of empty lines too: so lines are counted. A carriage return and
 * what follows it are one. */
static void
on_row_end (int end, void *data)
{
  BmnCsvReader *self = data;
  if (end == '\n' && self->last_end == '\r')
    {
      self->last_end = 0;
      return;
    }
  hand_over (self);
  self->line++;
  self->last_end = end;
}

/*
 * Text.
 */

BmnCsvReader *
bmn_csv_reader_open (const char *path,
                     const char *encoding,
                     char separator,
                     BmnCsvRowFunc func,
                     gpointer data,
                     GError **error)
{
  g_autoptr (BmnCsvReader) self = g_new0 (BmnCsvReader, 1);
  self->func = func;
  self->data = data;
  self->line = 1;
  self->before_first = TRUE;
  self->cells = g_ptr_array_new_with_free_func (g_free);
  self->raw = g_byte_array_new ();
  if (g_ascii_strcasecmp (encoding, "UTF-8") != 0)
    self->converter = G_CONVERTER (g_charset_converter_new ("UTF-8", encoding, NULL));
  if (!self->converter && g_ascii_strcasecmp (encoding, "UTF-8") != 0)
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("There is no encoding “%s”. Try UTF-8, UTF-16 or windows-1252."), encoding);
      return NULL;
    }
  self->source = bmn_import_source_open (path, error);
  if (!self->source || !bmn_import_source_next (self->source, error))
    return NULL;
  csv_init (&self->parser, CSV_REPALL_NL | CSV_STRICT_FINI);
  csv_set_delim (&self->parser, (unsigned char)separator);
  csv_set_blk_size (&self->parser, GROWTH);
  self->has_parser = TRUE;
  return g_steal_pointer (&self);
}

void
bmn_csv_reader_free (BmnCsvReader *self)
{
  if (self->has_parser)
    csv_free (&self->parser);
  g_clear_pointer (&self->source, bmn_import_source_free);
  g_clear_object (&self->converter);
  g_byte_array_unref (self->raw);
  g_ptr_array_unref (self->cells);
  g_free (self);
}

static gboolean
parse (BmnCsvReader *self, const char *text, gsize length, GError **error)
{
  static const char mark[] = "\xef\xbb\xbf";
  if (self->before_first && length >= strlen (mark) && memcmp (text, mark, strlen (mark)) == 0)
    {
      text += strlen (mark);
      length -= strlen (mark);
    }
  self->before_first = self->before_first && length == 0;
  if (csv_parse (&self->parser, text, length, on_cell, on_row_end, self) == length
      && csv_get_buffer_size (&self->parser) <= MAX_CELL)
    return TRUE;
  g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
               _ ("After line %" PRId64 " a quotation mark is opened and not closed. Correct the "
                  "table, or choose another separator."),
               self->line - 1);
  return FALSE;
}

/* What is no character becomes a mark of replacement, so that one wrong byte does not keep
 * the table out. */
static gboolean
convert (BmnCsvReader *self, gboolean is_last, GError **error)
{
  char text[PIECE_SIZE];
  gsize n_read = 0, n_written = 0;
  while (self->raw->len > 0)
    {
      g_autoptr (GError) failure = NULL;
      GConverterResult result = g_converter_convert (
          self->converter, self->raw->data, self->raw->len, text, sizeof text,
          is_last ? G_CONVERTER_INPUT_AT_END : G_CONVERTER_NO_FLAGS, &n_read, &n_written, &failure);
      if (g_error_matches (failure, G_IO_ERROR, G_IO_ERROR_PARTIAL_INPUT) && !is_last)
        return TRUE;
      if (result == G_CONVERTER_ERROR)
        {
          n_read = 1;
          n_written = g_strlcpy (text, "\xef\xbf\xbd", sizeof text);
        }
      if (!parse (self, text, n_written, error))
        return FALSE;
      g_byte_array_remove_range (self->raw, 0, (guint)n_read);
    }
  return TRUE;
}

static void
end (BmnCsvReader *self)
{
  if (csv_fini (&self->parser, on_cell, on_row_end, self) == 0)
    {
      hand_over (self);
      return;
    }
  self->problem = _ ("The table is cut off in this row.");
  g_ptr_array_add (self->cells, g_strdup (""));
  hand_over (self);
}

gboolean
bmn_csv_reader_read (BmnCsvReader *self, gboolean *at_end, GError **error)
{
  char piece[PIECE_SIZE];
  gssize length = bmn_import_source_read (self->source, piece, sizeof piece, error);
  if (length < 0)
    return FALSE;
  *at_end = length == 0;
  if (self->converter)
    {
      g_byte_array_append (self->raw, (const guint8 *)piece, (guint)length);
      if (!convert (self, *at_end, error))
        return FALSE;
    }
  else if (length > 0 && !parse (self, piece, (gsize)length, error))
    return FALSE;
  if (*at_end)
    end (self);
  return TRUE;
}

gint64
bmn_csv_reader_get_written_at (BmnCsvReader *self)
{
  return bmn_import_source_get_written_at (self->source);
}

gint64
bmn_csv_reader_get_position (BmnCsvReader *self)
{
  return bmn_import_source_get_position (self->source);
}

gint64
bmn_csv_reader_get_size (BmnCsvReader *self)
{
  return bmn_import_source_get_size (self->source);
}
