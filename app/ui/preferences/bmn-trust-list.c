#include "bmn-trust-list.h"

#include "bmn-session-check.h"

#include <glib/gi18n.h>

struct _BmnTrustList
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) */
  BmnTrustListKind kind;
  AdwPreferencesGroup *group;
  GtkWidget *entry;
  GPtrArray *rows; /* (owned) (element-type GtkWidget) */
};

G_DEFINE_FINAL_TYPE (BmnTrustList, bmn_trust_list, ADW_TYPE_BIN)

enum
{
  FAILED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static const struct
{
  const char *title;
  const char *description;
  const char *entry;
  gboolean (*set) (BmnSession *session, const char *item, gboolean present, GError **error);
  GStrv (*list) (BmnSession *session, GError **error);
} kinds[] = {
  [BMN_TRUST_LIST_SITES]
  = { N_ ("Sites You Distrust"), N_ ("A draft that links to one is marked."),
      N_ ("Add a site, such as example.com"), bmn_session_distrust, bmn_session_list_distrusted },
  [BMN_TRUST_LIST_HANDLES]
  = { N_ ("Accounts You Know"),
      N_ ("A mention that looks like one of them without being it is marked."),
      N_ ("Add an account, such as anna@example.social"), bmn_session_know_handle,
      bmn_session_list_known_handles },
};

/* A change of the list, or a look at it. */
typedef struct
{
  BmnTrustListKind kind;
  char *item; /* (owned) (nullable): %NULL changes nothing */
  gboolean present;
} Change;

static void
change_free (gpointer data)
{
  g_free (((Change *)data)->item);
  g_free (data);
}

/* On the session's thread. Returns: the list as it is then */
static gpointer
run (BmnSession *session, gpointer data, GError **error)
{
  const Change *change = data;
  if (change->item && !kinds[change->kind].set (session, change->item, change->present, error))
    return NULL;
  return kinds[change->kind].list (session, error);
}

static void start (BmnTrustList *self, const char *item, gboolean present);

static void
on_remove (GtkButton *button, gpointer data)
{
  start (data, g_object_get_data (G_OBJECT (button), "item"), FALSE);
}

static GtkWidget *
make_row (BmnTrustList *self, const char *item)
{
  /* Translators: %s is a site or an account. */
  g_autofree char *name = g_strdup_printf (_ ("Remove %s"), item);
  GtkWidget *row = adw_action_row_new ();
  GtkWidget *button = gtk_button_new_from_icon_name ("user-trash-symbolic");
  adw_preferences_row_set_use_markup (ADW_PREFERENCES_ROW (row), FALSE);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), item);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_set_tooltip_text (button, name);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  g_object_set_data_full (G_OBJECT (button), "item", g_strdup (item), g_free);
  g_signal_connect (button, "clicked", G_CALLBACK (on_remove), self);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_items (BmnTrustList *self, char **items)
{
  for (guint i = 0; i < self->rows->len; i++)
    adw_preferences_group_remove (self->group, self->rows->pdata[i]);
  g_ptr_array_set_size (self->rows, 0);
  for (guint i = 0; items[i]; i++)
    {
      GtkWidget *row = make_row (self, items[i]);
      adw_preferences_group_add (self->group, row);
      g_ptr_array_add (self->rows, row);
    }
}

static void
on_run (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnTrustList) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) items
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (items)
    show_items (self, items);
  else
    g_signal_emit (self, signals[FAILED], 0, error);
}

/* @item: (nullable): only looks for %NULL */
static void
start (BmnTrustList *self, const char *item, gboolean present)
{
  Change *change = g_new0 (Change, 1);
  change->kind = self->kind;
  change->item = g_strdup (item);
  change->present = present;
  bmn_session_thread_call_async (self->session, run, change, change_free,
                                 (GDestroyNotify)g_strfreev, NULL, on_run, g_object_ref (self));
}

static void
on_apply (BmnTrustList *self)
{
  const char *text = gtk_editable_get_text (GTK_EDITABLE (self->entry));
  if (*text)
    start (self, text, TRUE);
  gtk_editable_set_text (GTK_EDITABLE (self->entry), "");
}

static void
bmn_trust_list_dispose (GObject *object)
{
  g_clear_object (&BMN_TRUST_LIST (object)->session);
  G_OBJECT_CLASS (bmn_trust_list_parent_class)->dispose (object);
}

static void
bmn_trust_list_finalize (GObject *object)
{
  g_ptr_array_unref (BMN_TRUST_LIST (object)->rows);
  G_OBJECT_CLASS (bmn_trust_list_parent_class)->finalize (object);
}

static void
bmn_trust_list_class_init (BmnTrustListClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_trust_list_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_trust_list_finalize;
  signals[FAILED] = g_signal_new ("failed", BMN_TYPE_TRUST_LIST, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                  NULL, G_TYPE_NONE, 1, G_TYPE_ERROR);
}

static void
bmn_trust_list_init (BmnTrustList *self)
{
  self->rows = g_ptr_array_new ();
  self->group = ADW_PREFERENCES_GROUP (adw_preferences_group_new ());
  self->entry = adw_entry_row_new ();
  adw_entry_row_set_show_apply_button (ADW_ENTRY_ROW (self->entry), TRUE);
  g_signal_connect_swapped (self->entry, "apply", G_CALLBACK (on_apply), self);
  adw_preferences_group_add (self->group, self->entry);
  adw_bin_set_child (ADW_BIN (self), GTK_WIDGET (self->group));
}

GtkWidget *
bmn_trust_list_new (BmnSessionThread *session, BmnTrustListKind kind)
{
  BmnTrustList *self = g_object_new (BMN_TYPE_TRUST_LIST, NULL);
  self->session = g_object_ref (session);
  self->kind = kind;
  adw_preferences_group_set_title (self->group, _ (kinds[kind].title));
  adw_preferences_group_set_description (self->group, _ (kinds[kind].description));
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (self->entry), _ (kinds[kind].entry));
  start (self, NULL, FALSE);
  return GTK_WIDGET (self);
}
