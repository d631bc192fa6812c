#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnCsvReader: the rows of a table in any encoding, one after the other. libcsv finds the
 * cells. Blocks.
 */
typedef struct _BmnCsvReader BmnCsvReader;

/* Cells past these are none of a post's. */
#define BMN_CSV_MAX_COLUMNS 1000

/**
 * BmnCsvRowFunc:
 * @cells: (element-type utf8): valid UTF-8; borrowed
 * @line: of the row's last line, from 1
 * @problem: (nullable): why the row cannot be used
 */
typedef void (*BmnCsvRowFunc) (GPtrArray *cells, gint64 line, const char *problem, gpointer data);

/**
 * bmn_csv_reader_open:
 * @encoding: an iconv name
 * @separator: the byte between two cells
 *
 * Returns: (transfer full): %NULL with %BMN_ERROR_NOT_FOUND or %BMN_ERROR_INVALID
 */
BmnCsvReader *bmn_csv_reader_open (const char *path,
                                   const char *encoding,
                                   char separator,
                                   BmnCsvRowFunc func,
                                   gpointer data,
                                   GError **error) G_GNUC_WARN_UNUSED_RESULT;
void bmn_csv_reader_free (BmnCsvReader *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnCsvReader, bmn_csv_reader_free)

/**
 * bmn_csv_reader_read:
 * @at_end: (out): whether there is nothing more
 *
 * Reads a piece and hands over the rows that end in it. Empty lines are none.
 *
 * Returns: %FALSE with %BMN_ERROR_INVALID
 */
gboolean bmn_csv_reader_read (BmnCsvReader *self, gboolean *at_end, GError **error);

/* Returns: when the file was written: µs; 0 where nobody knows */
gint64 bmn_csv_reader_get_written_at (BmnCsvReader *self);
gint64 bmn_csv_reader_get_position (BmnCsvReader *self);
gint64 bmn_csv_reader_get_size (BmnCsvReader *self);

G_END_DECLS
