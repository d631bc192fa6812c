#include "bmn-import-choice.h"

struct _BmnImportChoice
{
  AdwComboRow parent_instance;

  GtkStringList *names; /* (owned) */
  GPtrArray *values;    /* (owned) (element-type utf8): in the order of the names */
  gboolean is_setting;
};

G_DEFINE_FINAL_TYPE (BmnImportChoice, bmn_import_choice, ADW_TYPE_COMBO_ROW)

enum
{
  CHOSEN,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

/* A list's first value is selected by itself, which nobody chose. */
void
bmn_import_choice_add (BmnImportChoice *self, const char *value, const char *name)
{
  self->is_setting = TRUE;
  g_ptr_array_add (self->values, g_strdup (value));
  gtk_string_list_append (self->names, name);
  self->is_setting = FALSE;
}

static gboolean
find (BmnImportChoice *self, const char *value, guint *index)
{
  return g_ptr_array_find_with_equal_func (self->values, value, g_str_equal, index);
}

void
bmn_import_choice_set_value (BmnImportChoice *self, const char *value)
{
  guint index;
  if (!find (self, value, &index))
    {
      bmn_import_choice_add (self, value, value);
      index = self->values->len - 1;
    }
  self->is_setting = TRUE;
  adw_combo_row_set_selected (ADW_COMBO_ROW (self), index);
  self->is_setting = FALSE;
}

const char *
bmn_import_choice_get_value (BmnImportChoice *self)
{
  guint selected = adw_combo_row_get_selected (ADW_COMBO_ROW (self));
  return selected < self->values->len ? self->values->pdata[selected] : NULL;
}

static void
on_selected (BmnImportChoice *self)
{
  if (!self->is_setting)
    g_signal_emit (self, signals[CHOSEN], 0);
}

static void
bmn_import_choice_finalize (GObject *object)
{
  BmnImportChoice *self = BMN_IMPORT_CHOICE (object);
  g_object_unref (self->names);
  g_ptr_array_unref (self->values);
  G_OBJECT_CLASS (bmn_import_choice_parent_class)->finalize (object);
}

static void
bmn_import_choice_class_init (BmnImportChoiceClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_import_choice_finalize;
  signals[CHOSEN] = g_signal_new ("chosen", BMN_TYPE_IMPORT_CHOICE, G_SIGNAL_RUN_LAST, 0, NULL,
                                  NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_import_choice_init (BmnImportChoice *self)
{
  self->names = gtk_string_list_new (NULL);
  self->values = g_ptr_array_new_with_free_func (g_free);
  self->is_setting = TRUE;
  adw_combo_row_set_model (ADW_COMBO_ROW (self), G_LIST_MODEL (self->names));
  self->is_setting = FALSE;
  g_signal_connect (self, "notify::selected", G_CALLBACK (on_selected), NULL);
}

GtkWidget *
bmn_import_choice_new (const char *title)
{
  return g_object_new (BMN_TYPE_IMPORT_CHOICE, "title", title, "use-markup", FALSE, NULL);
}
