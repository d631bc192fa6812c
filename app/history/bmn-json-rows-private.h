#pragma once

#include <gio/gio.h>

G_BEGIN_DECLS

/*
 * BmnJsonRows: takes a JSON text of any length apart, piece by piece, into rows: objects at
 * known places, of which only the fields that are asked for are kept. json-glib needs the
 * whole text in memory, so this stands on YAJL.
 *
 * A place is the names of the members that lead there, with dots between them; arrays do not
 * count. So `orderedItems` is every object of that array, and the empty place is the outermost
 * object, every object of an outermost array, or every object of a file of lines.
 */
typedef struct _BmnJsonRows BmnJsonRows;

/**
 * BmnJsonFieldKind:
 * @BMN_JSON_VALUE: the texts, numbers, `true` and `false` at the place; not `null`
 * @BMN_JSON_LENGTH: how many elements the array at the place has
 * @BMN_JSON_FIRST_KEY: the name of the first member of the object at the place
 */
typedef enum
{
  BMN_JSON_VALUE,
  BMN_JSON_LENGTH,
  BMN_JSON_FIRST_KEY,
} BmnJsonFieldKind;

typedef struct
{
  const char *place; /* within the row */
  BmnJsonFieldKind kind;
} BmnJsonField;

/**
 * BmnJsonRow:
 * @number: from 1
 * @place: which of the places it is at
 * @problem: (nullable): why it cannot be used
 *
 * A row; valid only while it is handed over.
 */
typedef struct
{
  gint64 number;
  int place;
  const char *problem;
  GPtrArray **values; /* (element-type utf8) a list for each field */
} BmnJsonRow;

/* Returns: (nullable): the first value of @field */
const char *bmn_json_row_get (const BmnJsonRow *row, guint field);
/* Returns: (nullable): the value of @field in the element @index of the innermost array */
const char *bmn_json_row_get_at (const BmnJsonRow *row, guint field, guint index);
/* Returns: one past the last element of which there is a value */
guint bmn_json_row_length (const BmnJsonRow *row, guint field);

typedef void (*BmnJsonRowFunc) (const BmnJsonRow *row, gpointer data);

/**
 * bmn_json_rows_new:
 * @places: ends with %NULL. A row within a row ends the outer one, which is handed over with
 *   what it had until then
 * @fields: ends with one without place
 */
BmnJsonRows *bmn_json_rows_new (const char *const *places,
                                const BmnJsonField *fields,
                                BmnJsonRowFunc func,
                                gpointer data) G_GNUC_WARN_UNUSED_RESULT;
void bmn_json_rows_free (BmnJsonRows *self);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnJsonRows, bmn_json_rows_free)

/* Begins a new text, as the next part of the same rows. */
void bmn_json_rows_restart (BmnJsonRows *self);

/* Returns: %FALSE with %BMN_ERROR_INVALID for what is no JSON, no UTF-8, nested too deep or has
 *   a text without an end */
gboolean bmn_json_rows_feed (BmnJsonRows *self, const char *bytes, gsize length, GError **error);
/* The text ends here. Returns: %FALSE with %BMN_ERROR_INVALID where it is cut off */
gboolean bmn_json_rows_finish (BmnJsonRows *self, GError **error);

G_END_DECLS
