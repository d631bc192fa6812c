#include "bmn-import-mapper.h"
#include "bmn-import-choice.h"

#include <glib/gi18n.h>
#include <string.h>

struct _BmnImportMapper
{
  GtkBox parent_instance;

  AdwPreferencesGroup *columns;
  GPtrArray *rows;  /* (owned) (element-type BmnImportChoice): of the columns, in order */
  GPtrArray *names; /* (owned) (element-type utf8): of the columns that are shown */
  BmnImportChoice *separator;
  BmnImportChoice *encoding;
  BmnImportChoice *dates;
  AdwEntryRow *zone;
  BmnImportPlan *wishes; /* (owned) */
};

G_DEFINE_FINAL_TYPE (BmnImportMapper, bmn_import_mapper, GTK_TYPE_BOX)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* Stands for a table whose dates are in no format that is known. */
#define NO_DATES ""

static const char *const fields[BMN_IMPORT_N_FIELDS] = {
  [BMN_IMPORT_FIELD_NONE] = N_ ("Not used"),
  [BMN_IMPORT_FIELD_ID] = N_ ("Identifier"),
  [BMN_IMPORT_FIELD_URL] = N_ ("Address"),
  [BMN_IMPORT_FIELD_TEXT] = N_ ("Text"),
  [BMN_IMPORT_FIELD_LANGUAGE] = N_ ("Language"),
  [BMN_IMPORT_FIELD_DATE] = N_ ("Date"),
  [BMN_IMPORT_FIELD_TIME] = N_ ("Time of day"),
  [BMN_IMPORT_FIELD_LIKES] = N_ ("Likes"),
  [BMN_IMPORT_FIELD_REPOSTS] = N_ ("Reposts"),
  [BMN_IMPORT_FIELD_REPLIES] = N_ ("Replies"),
  [BMN_IMPORT_FIELD_MEDIA] = N_ ("Number of media"),
  [BMN_IMPORT_FIELD_IS_REPLY] = N_ ("Whether it is a reply"),
  [BMN_IMPORT_FIELD_COUNTED_AT] = N_ ("When it was counted"),
};

static const char *const encodings[] = { "UTF-8",      "UTF-16",      "windows-1252",
                                         "ISO-8859-1", "ISO-8859-15", "windows-1251",
                                         "Shift_JIS" };

/* The patterns of strptime(3) that tables are written with most. */
static const char *const patterns[]
    = { "%Y-%m-%d %H:%M:%S", "%Y-%m-%d %H:%M", "%d.%m.%Y %H:%M", "%d.%m.%Y",
        "%d/%m/%Y %H:%M",    "%m/%d/%Y %H:%M", "%m/%d/%Y" };

/*
 * What the user changes.
 */

static void
tell (BmnImportMapper *self)
{
  g_signal_emit (self, signals[CHANGED], 0);
}

static void
forget_columns (BmnImportMapper *self)
{
  g_hash_table_remove_all (self->wishes->wishes);
  g_clear_pointer (&self->wishes->date_format, g_free);
}

/* Read otherwise, a table has other columns. */
static void
on_separator (BmnImportMapper *self)
{
  self->wishes->separator = *bmn_import_choice_get_value (self->separator);
  forget_columns (self);
  tell (self);
}

static void
on_encoding (BmnImportMapper *self)
{
  g_free (self->wishes->encoding);
  self->wishes->encoding = g_strdup (bmn_import_choice_get_value (self->encoding));
  forget_columns (self);
  tell (self);
}

static void
on_dates (BmnImportMapper *self)
{
  const char *format = bmn_import_choice_get_value (self->dates);
  g_free (self->wishes->date_format);
  self->wishes->date_format = *format ? g_strdup (format) : NULL;
  tell (self);
}

static void
on_zone (BmnImportMapper *self)
{
  const char *zone = gtk_editable_get_text (GTK_EDITABLE (self->zone));
  g_free (self->wishes->zone);
  self->wishes->zone = *zone ? g_strdup (zone) : NULL;
  tell (self);
}

/* Columns are wished for by their number, as names may be there twice. */
static void
on_column (BmnImportMapper *self, BmnImportChoice *row)
{
  BmnImportField field;
  guint index;
  g_return_if_fail (g_ptr_array_find (self->rows, row, &index));
  g_return_if_fail (bmn_import_field_from_nick (bmn_import_choice_get_value (row), &field));
  g_autofree char *number = g_strdup_printf ("%u", index + 1);
  bmn_import_plan_wish (self->wishes, number, field);
  if (field == BMN_IMPORT_FIELD_DATE || field == BMN_IMPORT_FIELD_TIME)
    g_clear_pointer (&self->wishes->date_format, g_free);
  tell (self);
}

/*
 * What is shown.
 */

static BmnImportChoice *
make_column (BmnImportMapper *self, const BmnImportColumn *column)
{
  GtkWidget *row = bmn_import_choice_new (column->name);
  for (guint i = 0; i < BMN_IMPORT_N_FIELDS; i++)
    bmn_import_choice_add (BMN_IMPORT_CHOICE (row), bmn_import_field_to_nick (i),
                           gettext (fields[i]));
  g_signal_connect_swapped (row, "chosen", G_CALLBACK (on_column), self);
  adw_preferences_group_add (self->columns, row);
  return BMN_IMPORT_CHOICE (row);
}

static gboolean
has_these_columns (BmnImportMapper *self, const BmnImportPlan *plan)
{
  if (self->names->len != plan->columns->len)
    return FALSE;
  for (guint i = 0; i < self->names->len; i++)
    if (!g_str_equal (self->names->pdata[i], ((BmnImportColumn *)plan->columns->pdata[i])->name))
      return FALSE;
  return TRUE;
}

/* Rows stay where they can, and with them the keyboard's place. */
static void
show_columns (BmnImportMapper *self, const BmnImportPlan *plan)
{
  gboolean same = has_these_columns (self, plan);
  for (guint i = 0; !same && i < self->rows->len; i++)
    adw_preferences_group_remove (self->columns, self->rows->pdata[i]);
  if (!same)
    {
      g_ptr_array_set_size (self->rows, 0);
      g_ptr_array_set_size (self->names, 0);
    }
  for (guint i = 0; i < plan->columns->len; i++)
    {
      const BmnImportColumn *column = plan->columns->pdata[i];
      if (!same)
        {
          g_ptr_array_add (self->rows, make_column (self, column));
          g_ptr_array_add (self->names, g_strdup (column->name));
        }
      g_autofree char *sample = g_markup_escape_text (column->sample, -1);
      adw_action_row_set_subtitle (self->rows->pdata[i], sample);
      bmn_import_choice_set_value (self->rows->pdata[i], bmn_import_field_to_nick (column->field));
    }
}

void
bmn_import_mapper_set_plan (BmnImportMapper *self, const BmnImportPlan *plan)
{
  const char separator[] = { plan->separator, '\0' };
  show_columns (self, plan);
  bmn_import_choice_set_value (self->separator, separator);
  bmn_import_choice_set_value (self->encoding, plan->encoding);
  bmn_import_choice_set_value (self->dates, plan->date_format ? plan->date_format : NO_DATES);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (self->dates),
                               plan->date_is_doubtful
                                   ? _ ("Day and month could be the other way round. Look at the "
                                        "dates in the preview.")
                                   : "");
  if (g_strcmp0 (gtk_editable_get_text (GTK_EDITABLE (self->zone)), plan->zone) != 0)
    gtk_editable_set_text (GTK_EDITABLE (self->zone), plan->zone ? plan->zone : "");
}

void
bmn_import_mapper_clear (BmnImportMapper *self)
{
  g_clear_pointer (&self->wishes, bmn_import_plan_free);
  self->wishes = bmn_import_plan_new ();
}

BmnImportPlan *
bmn_import_mapper_get_wishes (BmnImportMapper *self)
{
  return bmn_import_plan_copy (self->wishes);
}

/*
 * The object.
 */

/* Shown as a date that is written so. */
static void
add_pattern (BmnImportChoice *row, const char *pattern)
{
  g_autoptr (GDateTime) example = g_date_time_new_utc (2026, 12, 31, 21, 5, 0);
  g_autofree char *name = g_date_time_format (example, pattern);
  bmn_import_choice_add (row, pattern, name);
}

static BmnImportChoice *
make_choice (BmnImportMapper *self,
             AdwPreferencesGroup *group,
             const char *title,
             gpointer callback)
{
  GtkWidget *row = bmn_import_choice_new (title);
  g_signal_connect_swapped (row, "chosen", callback, self);
  adw_preferences_group_add (group, row);
  return BMN_IMPORT_CHOICE (row);
}

static void
make_dates (BmnImportMapper *self, AdwPreferencesGroup *group)
{
  self->dates = make_choice (self, group, _ ("Dates are written as"), G_CALLBACK (on_dates));
  bmn_import_choice_add (self->dates, NO_DATES, _ ("To be found out"));
  bmn_import_choice_add (self->dates, "iso", "2026-12-31T21:05:00Z");
  for (gsize i = 0; i < G_N_ELEMENTS (patterns); i++)
    add_pattern (self->dates, patterns[i]);
  bmn_import_choice_add (self->dates, "unix", _ ("Seconds since 1970"));
  bmn_import_choice_add (self->dates, "unix-ms", _ ("Milliseconds since 1970"));
  self->zone = g_object_new (ADW_TYPE_ENTRY_ROW, "title", _ ("Time zone of the dates"),
                             "show-apply-button", TRUE, NULL);
  g_signal_connect_swapped (self->zone, "apply", G_CALLBACK (on_zone), self);
  adw_preferences_group_add (group, GTK_WIDGET (self->zone));
}

static void
bmn_import_mapper_finalize (GObject *object)
{
  BmnImportMapper *self = BMN_IMPORT_MAPPER (object);
  g_ptr_array_unref (self->rows);
  g_ptr_array_unref (self->names);
  bmn_import_plan_free (self->wishes);
  G_OBJECT_CLASS (bmn_import_mapper_parent_class)->finalize (object);
}

static void
bmn_import_mapper_class_init (BmnImportMapperClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_import_mapper_finalize;
  signals[CHANGED] = g_signal_new ("changed", BMN_TYPE_IMPORT_MAPPER, G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_import_mapper_init (BmnImportMapper *self)
{
  GtkWidget *table = adw_preferences_group_new ();
  self->rows = g_ptr_array_new ();
  self->names = g_ptr_array_new_with_free_func (g_free);
  self->wishes = bmn_import_plan_new ();
  self->columns = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 24);
  adw_preferences_group_set_title (self->columns, _ ("What the Columns Hold"));
  adw_preferences_group_set_title (ADW_PREFERENCES_GROUP (table), _ ("How the Table Is Written"));
  self->separator = make_choice (self, ADW_PREFERENCES_GROUP (table), _ ("Between columns"),
                                 G_CALLBACK (on_separator));
  bmn_import_choice_add (self->separator, ",", _ ("Comma"));
  bmn_import_choice_add (self->separator, ";", _ ("Semicolon"));
  bmn_import_choice_add (self->separator, "\t", _ ("Tab"));
  bmn_import_choice_add (self->separator, "|", _ ("Vertical bar"));
  self->encoding
      = make_choice (self, ADW_PREFERENCES_GROUP (table), _ ("Encoding"), G_CALLBACK (on_encoding));
  for (gsize i = 0; i < G_N_ELEMENTS (encodings); i++)
    bmn_import_choice_add (self->encoding, encodings[i], encodings[i]);
  make_dates (self, ADW_PREFERENCES_GROUP (table));
  gtk_box_append (GTK_BOX (self), GTK_WIDGET (self->columns));
  gtk_box_append (GTK_BOX (self), table);
}
