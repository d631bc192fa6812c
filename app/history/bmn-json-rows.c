#include "bmn-json-rows-private.h"
#include "bmn-error.h"
#include "bmn-json.h"

#include <glib/gi18n-lib.h>
#include <inttypes.h>
#include <string.h>
#include <yajl/yajl_parse.h>

/* A post is thousands of times smaller. */
#define MAX_ROW_BYTES (1024 * 1024)
/* The parser keeps a text until it ends, and looks at all of it again with each piece. */
#define MAX_SILENCE (4 * 1024 * 1024)
#define MAX_ELEMENTS 10000

typedef struct
{
  gboolean is_array;
  gsize base; /* length of the place when it was entered */
  guint index;
  guint n_keys;
} Level;

typedef enum
{
  NOT_JSON,
  TOO_DEEP,
  ENDLESS,
  CUT_OFF,
} Refusal;

struct _BmnJsonRows
{
  yajl_handle parser; /* (owned) */
  const char *const *places;
  const BmnJsonField *fields;
  gsize *lengths; /* (owned): of the fields' places, which nearly all differ from what is met */
  guint n_fields;
  BmnJsonRowFunc func;
  gpointer data;

  GString *place; /* (owned) */
  Level levels[BMN_JSON_MAX_DEPTH];
  guint depth;
  gint64 n_bytes;  /* of this text, before the piece under way */
  gint64 n_silent; /* fed since the parser last told of anything */
  Refusal refusal; /* why a callback stopped the parser */

  BmnJsonRow row;
  gboolean in_row;
  guint row_depth;
  gsize row_base;
  gsize row_bytes;
};

/*
 * Rows.
 */

const char *
bmn_json_row_get_at (const BmnJsonRow *row, guint field, guint index)
{
  return index < row->values[field]->len ? row->values[field]->pdata[index] : NULL;
}

const char *
bmn_json_row_get (const BmnJsonRow *row, guint field)
{
  return bmn_json_row_get_at (row, field, 0);
}

guint
bmn_json_row_length (const BmnJsonRow *row, guint field)
{
  return row->values[field]->len;
}

static int
find_row_place (BmnJsonRows *self)
{
  for (int i = 0; self->places[i]; i++)
    if (g_str_equal (self->places[i], self->place->str))
      return i;
  return -1;
}

static void
hand_over (BmnJsonRows *self)
{
  self->in_row = FALSE;
  self->func (&self->row, self->data);
}

static void
begin_row (BmnJsonRows *self, int place)
{
  if (self->in_row)
    hand_over (self);
  for (guint i = 0; i < self->n_fields; i++)
    g_ptr_array_set_size (self->row.values[i], 0);
  self->row.number++;
  self->row.place = place;
  self->row.problem = NULL;
  self->in_row = TRUE;
  self->row_depth = self->depth;
  self->row_base = self->place->len;
  self->row_bytes = 0;
}

/* Returns: the place within the row */
static const char *
get_inner_place (BmnJsonRows *self)
{
  const char *inner = self->place->str + self->row_base;
  return *inner == '.' ? inner + 1 : inner;
}

/* Returns: which element of the innermost array of the row this is; 0 outside of one */
static guint
get_index (BmnJsonRows *self)
{
  for (guint i = self->depth; i > self->row_depth; i--)
    if (self->levels[i - 1].is_array)
      return self->levels[i - 1].index;
  return 0;
}

static void
put_value (BmnJsonRows *self, guint field, guint index, const char *value, gsize length)
{
  GPtrArray *values = self->row.values[field];
  self->row_bytes += length;
  if (self->row_bytes > MAX_ROW_BYTES)
    self->row.problem = _ ("This post is larger than 1 MiB.");
  else if (memchr (value, '\0', length))
    self->row.problem = _ ("This post has a zero byte in its text.");
  else if (index < MAX_ELEMENTS && index >= values->len)
    {
      g_ptr_array_set_size (values, (int)index);
      g_ptr_array_add (values, g_strndup (value, length));
    }
}

static void
put (BmnJsonRows *self, BmnJsonFieldKind kind, const char *value, gsize length)
{
  if (!self->in_row || self->row.problem)
    return;
  const char *place = get_inner_place (self);
  const gsize place_length = self->place->str + self->place->len - place;
  for (guint i = 0; i < self->n_fields; i++)
    if (self->lengths[i] == place_length && self->fields[i].kind == kind
        && memcmp (self->fields[i].place, place, place_length) == 0)
      put_value (self, i, get_index (self), value, length);
}

/*
 * What the parser tells. Each returns whether to go on.
 */

static void
count_element (BmnJsonRows *self)
{
  self->n_silent = 0;
  if (self->depth > 0 && self->levels[self->depth - 1].is_array)
    self->levels[self->depth - 1].index++;
}

static int
on_scalar (BmnJsonRows *self, const char *value, gsize length)
{
  put (self, BMN_JSON_VALUE, value, length);
  count_element (self);
  return TRUE;
}

static int
on_null (void *data)
{
  count_element (data);
  return TRUE;
}

static int
on_boolean (void *data, int value)
{
  const char *text = value ? "true" : "false";
  return on_scalar (data, text, strlen (text));
}

static int
on_number (void *data, const char *value, size_t length)
{
  return on_scalar (data, value, length);
}

static int
on_string (void *data, const unsigned char *value, size_t length)
{
  return on_scalar (data, (const char *)value, length);
}

static gboolean
enter (BmnJsonRows *self, gboolean is_array)
{
  self->n_silent = 0;
  if (self->depth == BMN_JSON_MAX_DEPTH)
    {
      self->refusal = TOO_DEEP;
      return FALSE;
    }
  self->levels[self->depth++] = (Level){ .is_array = is_array, .base = self->place->len };
  return TRUE;
}

static Level *
leave (BmnJsonRows *self)
{
  Level *level = &self->levels[--self->depth];
  g_string_truncate (self->place, level->base);
  count_element (self);
  return level;
}

static int
on_start_map (void *data)
{
  BmnJsonRows *self = data;
  int place = find_row_place (self);
  gboolean is_inner = self->in_row && place == self->row.place;
  if (place >= 0 && !is_inner)
    begin_row (self, place);
  return enter (self, FALSE);
}

static int
on_map_key (void *data, const unsigned char *key, size_t length)
{
  BmnJsonRows *self = data;
  Level *level = &self->levels[self->depth - 1];
  self->n_silent = 0;
  if (length > MAX_ROW_BYTES || memchr (key, '\0', length))
    {
      self->refusal = NOT_JSON;
      return FALSE;
    }
  g_string_truncate (self->place, level->base);
  if (level->n_keys++ == 0)
    put (self, BMN_JSON_FIRST_KEY, (const char *)key, length);
  if (level->base > 0)
    g_string_append_c (self->place, '.');
  g_string_append_len (self->place, (const char *)key, (gssize)length);
  return TRUE;
}

static int
on_end_map (void *data)
{
  BmnJsonRows *self = data;
  leave (self);
  if (self->in_row && self->depth == self->row_depth)
    hand_over (self);
  return TRUE;
}

static int
on_start_array (void *data)
{
  return enter (data, TRUE);
}

static int
on_end_array (void *data)
{
  BmnJsonRows *self = data;
  const Level *level = leave (self);
  char text[16];
  int length = g_snprintf (text, sizeof text, "%u", level->index);
  put (self, BMN_JSON_LENGTH, text, length);
  return TRUE;
}

static const yajl_callbacks callbacks = {
  .yajl_null = on_null,
  .yajl_boolean = on_boolean,
  .yajl_number = on_number,
  .yajl_string = on_string,
  .yajl_start_map = on_start_map,
  .yajl_map_key = on_map_key,
  .yajl_end_map = on_end_map,
  .yajl_start_array = on_start_array,
  .yajl_end_array = on_end_array,
};

/*
 * The text.
 */

BmnJsonRows *
bmn_json_rows_new (const char *const *places,
                   const BmnJsonField *fields,
                   BmnJsonRowFunc func,
                   gpointer data)
{
  BmnJsonRows *self = g_new0 (BmnJsonRows, 1);
  self->places = places;
  self->fields = fields;
  while (fields[self->n_fields].place)
    self->n_fields++;
  self->func = func;
  self->data = data;
  self->place = g_string_new (NULL);
  self->row.values = g_new (GPtrArray *, self->n_fields);
  self->lengths = g_new (gsize, self->n_fields);
  for (guint i = 0; i < self->n_fields; i++)
    {
      self->row.values[i] = g_ptr_array_new_with_free_func (g_free);
      self->lengths[i] = strlen (fields[i].place);
    }
  bmn_json_rows_restart (self);
  return self;
}

void
bmn_json_rows_free (BmnJsonRows *self)
{
  yajl_free (self->parser);
  for (guint i = 0; i < self->n_fields; i++)
    g_ptr_array_unref (self->row.values[i]);
  g_free (self->row.values);
  g_free (self->lengths);
  g_string_free (self->place, TRUE);
  g_free (self);
}

void
bmn_json_rows_restart (BmnJsonRows *self)
{
  g_clear_pointer (&self->parser, yajl_free);
  self->parser = yajl_alloc (&callbacks, NULL, self);
  yajl_config (self->parser, yajl_allow_multiple_values, 1);
  g_string_truncate (self->place, 0);
  self->depth = 0;
  self->n_bytes = 0;
  self->n_silent = 0;
  self->in_row = FALSE;
}

static gboolean
refuse (BmnJsonRows *self, Refusal refusal, gint64 position, GError **error)
{
  const gint64 row = self->row.number;
  switch (refusal)
    {
    case NOT_JSON:
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("After post %" PRId64 ", at byte %" PRId64 ", the file is no valid JSON in "
                      "UTF-8. Export it again."),
                   row, position);
      break;
    case TOO_DEEP:
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("After post %" PRId64 ", at byte %" PRId64 ", the file is nested deeper than "
                      "any export. It was not read any further."),
                   row, position);
      break;
    case ENDLESS:
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("After post %" PRId64 ", at byte %" PRId64 ", the file goes on for 4 MiB "
                      "without anything that could be a post. It was not read any further."),
                   row, position);
      break;
    case CUT_OFF:
      g_set_error (error, BMN_ERROR, BMN_ERROR_INVALID,
                   _ ("The file is cut off after post %" PRId64 ", at byte %" PRId64 ". Download "
                      "or export it again."),
                   row, position);
      break;
    }
  return FALSE;
}

gboolean
bmn_json_rows_feed (BmnJsonRows *self, const char *bytes, gsize length, GError **error)
{
  yajl_status status = yajl_parse (self->parser, (const unsigned char *)bytes, length);
  gint64 position = self->n_bytes + (gint64)yajl_get_bytes_consumed (self->parser);
  self->n_bytes += length;
  self->n_silent += length;
  if (status == yajl_status_client_canceled)
    return refuse (self, self->refusal, position, error);
  if (status != yajl_status_ok)
    return refuse (self, NOT_JSON, position, error);
  if (self->n_silent > MAX_SILENCE)
    return refuse (self, ENDLESS, position, error);
  return TRUE;
}

gboolean
bmn_json_rows_finish (BmnJsonRows *self, GError **error)
{
  if (yajl_complete_parse (self->parser) == yajl_status_ok && self->depth == 0)
    return TRUE;
  return refuse (self, CUT_OFF, self->n_bytes, error);
}
