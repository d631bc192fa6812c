#include "bmn-ledger-page.h"
#include "bmn-ledger-item.h"
#include "bmn-plan-time.h"

#include "bmn-session-accounts.h"
#include "bmn-session-ledger.h"

#include <glib/gi18n.h>

/* More than anybody reads; bellmanctl tells of all. */
#define MAX_LINES 20000

struct _BmnLedgerPage
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  GListStore *lines;         /* (owned) (element-type BmnLedgerItem) */
  GtkFilter *filter;         /* (owned) */
  char *words;               /* (owned) (nullable): casefolded */
  GtkStack *stack;
  GtkListView *list;
  GtkEditable *search;
  GtkLabel *summary;
};

G_DEFINE_FINAL_TYPE (BmnLedgerPage, bmn_ledger_page, ADW_TYPE_BIN)

/*
 * Rows: where and when, then why and how much.
 */

typedef struct
{
  GtkLabel *host;
  GtkLabel *when;
  GtkLabel *why;
  GtkLabel *how_much;
} Row;

static GtkLabel *
add_label (GtkWidget *grid, int column, int line, const char *css_class)
{
  GtkWidget *label = gtk_label_new (NULL);
  gtk_label_set_xalign (GTK_LABEL (label), column == 0 ? 0 : 1);
  gtk_label_set_ellipsize (GTK_LABEL (label),
                           column == 0 ? PANGO_ELLIPSIZE_END : PANGO_ELLIPSIZE_NONE);
  gtk_widget_set_hexpand (label, column == 0);
  gtk_widget_add_css_class (label, css_class);
  gtk_grid_attach (GTK_GRID (grid), label, column, line, 1, 1);
  return GTK_LABEL (label);
}

static void
on_setup (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  GtkWidget *grid = gtk_grid_new ();
  Row *row = g_new0 (Row, 1);
  gtk_grid_set_column_spacing (GTK_GRID (grid), 12);
  gtk_grid_set_row_spacing (GTK_GRID (grid), 3);
  gtk_widget_add_css_class (grid, "ledgerrow");
  row->host = add_label (grid, 0, 0, "heading");
  row->when = add_label (grid, 1, 0, "numeric");
  row->why = add_label (grid, 0, 1, "caption");
  row->how_much = add_label (grid, 1, 1, "caption");
  g_object_set_data_full (G_OBJECT (grid), "row", row, g_free);
  gtk_list_item_set_activatable (item, FALSE);
  gtk_list_item_set_child (item, grid);
}

static char *
say_when (gint64 at)
{
  g_autoptr (GDateTime) time = bmn_plan_time_from_instant (at);
  /* Translators: date and time in short, as strftime() writes them. */
  return g_date_time_format (time, _ ("%x, %H:%M:%S"));
}

static void
on_bind (GtkSignalListItemFactory *factory, GtkListItem *item)
{
  BmnLedgerItem *line = gtk_list_item_get_item (item);
  GtkWidget *grid = gtk_list_item_get_child (item);
  const BmnLedgerEntry *entry = bmn_ledger_item_get_entry (line);
  Row *row = g_object_get_data (G_OBJECT (grid), "row");
  g_autofree char *when = say_when (entry->at);
  g_autofree char *why = bmn_ledger_item_say_why (line);
  g_autofree char *how_much = bmn_ledger_item_say_how_much (line);
  gtk_label_set_label (row->host, entry->host);
  gtk_label_set_label (row->when, when);
  gtk_label_set_label (row->why, why);
  gtk_label_set_label (row->how_much, how_much);
  /* Translators: host, time, reason and size of a request. */
  g_autofree char *name = g_strdup_printf (_ ("%s, %s, %s, %s"), entry->host, when, why, how_much);
  gtk_accessible_update_property (GTK_ACCESSIBLE (grid), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
}

/*
 * Filling.
 */

static void
show_summary (BmnLedgerPage *self)
{
  guint n = g_list_model_get_n_items (G_LIST_MODEL (self->lines));
  gint64 bytes = 0;
  g_autoptr (GHashTable) hosts = g_hash_table_new (g_str_hash, g_str_equal);
  for (guint i = 0; i < n; i++)
    {
      g_autoptr (BmnLedgerItem) line = g_list_model_get_item (G_LIST_MODEL (self->lines), i);
      const BmnLedgerEntry *entry = bmn_ledger_item_get_entry (line);
      bytes += entry->bytes_sent + entry->bytes_received;
      g_hash_table_add (hosts, entry->host);
    }
  g_autofree char *requests = g_strdup_printf (ngettext ("%u request", "%u requests", n), n);
  g_autofree char *size = g_format_size (bytes);
  guint n_hosts = g_hash_table_size (hosts);
  /* Translators: %u is a number of hosts, the first %s is “12 requests”, the second a size. */
  g_autofree char *summary
      = g_strdup_printf (ngettext ("%u host, %s, %s in all. Nobody else was contacted.",
                                   "%u hosts, %s, %s in all. Nobody else was contacted.", n_hosts),
                         n_hosts, requests, size);
  gtk_label_set_label (self->summary, summary);
}

/* The lines with the accounts' names, made on the session's thread. */
static gpointer
list_lines (BmnSession *session, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (session, error);
  g_autoptr (GPtrArray) entries
      = accounts ? bmn_session_list_ledger (session, 0, MAX_LINES, error) : NULL;
  if (!entries)
    return NULL;
  GPtrArray *lines = g_ptr_array_new_full (entries->len, g_object_unref);
  for (guint i = 0; i < entries->len; i++)
    {
      BmnLedgerEntry *entry = entries->pdata[i];
      const char *name = NULL;
      for (guint j = 0; j < accounts->len; j++)
        if (((BmnAccount *)accounts->pdata[j])->id == entry->account_id)
          name = ((BmnAccount *)accounts->pdata[j])->name;
      g_ptr_array_add (lines, bmn_ledger_item_new (bmn_ledger_entry_copy (entry), name));
    }
  return lines;
}

static void
on_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnLedgerPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) lines
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!lines)
    {
      gtk_label_set_label (self->summary, error->message);
      return;
    }
  g_list_store_splice (self->lines, 0, g_list_model_get_n_items (G_LIST_MODEL (self->lines)),
                       lines->pdata, lines->len);
  gtk_stack_set_visible_child_name (self->stack, lines->len > 0 ? "list" : "none");
  show_summary (self);
}

void
bmn_ledger_page_refresh (BmnLedgerPage *self)
{
  if (self->session && bmn_session_thread_is_open (self->session))
    bmn_session_thread_work_async (self->session, list_lines, NULL, NULL,
                                   (GDestroyNotify)g_ptr_array_unref, NULL, on_listed,
                                   g_object_ref (self));
}

/*
 * Searching.
 */

static gboolean
matches (gpointer item, gpointer data)
{
  BmnLedgerPage *self = data;
  return !self->words || bmn_ledger_item_matches (item, self->words);
}

static void
on_search_changed (BmnLedgerPage *self)
{
  const char *words = gtk_editable_get_text (self->search);
  g_free (self->words);
  self->words = *words ? g_utf8_casefold (words, -1) : NULL;
  gtk_filter_changed (self->filter, GTK_FILTER_CHANGE_DIFFERENT);
}

/*
 * The object.
 */

void
bmn_ledger_page_set_session (BmnLedgerPage *self, BmnSessionThread *session)
{
  g_set_object (&self->session, session);
  bmn_ledger_page_refresh (self);
}

static void
bmn_ledger_page_dispose (GObject *object)
{
  BmnLedgerPage *self = BMN_LEDGER_PAGE (object);
  g_clear_object (&self->session);
  g_clear_object (&self->lines);
  g_clear_object (&self->filter);
  g_clear_pointer (&self->words, g_free);
  G_OBJECT_CLASS (bmn_ledger_page_parent_class)->dispose (object);
}

static void
bmn_ledger_page_class_init (BmnLedgerPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_ledger_page_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/privacy/bmn-ledger-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnLedgerPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BmnLedgerPage, list);
  gtk_widget_class_bind_template_child (widget_class, BmnLedgerPage, search);
  gtk_widget_class_bind_template_child (widget_class, BmnLedgerPage, summary);
  gtk_widget_class_bind_template_callback (widget_class, on_search_changed);
}

static void
bmn_ledger_page_init (BmnLedgerPage *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
  self->lines = g_list_store_new (BMN_TYPE_LEDGER_ITEM);
  self->filter = GTK_FILTER (gtk_custom_filter_new (matches, self, NULL));
  GtkFilterListModel *found = gtk_filter_list_model_new (G_LIST_MODEL (g_object_ref (self->lines)),
                                                         g_object_ref (self->filter));
  gtk_filter_list_model_set_incremental (found, TRUE);
  g_autoptr (GtkSelectionModel) selection
      = GTK_SELECTION_MODEL (gtk_no_selection_new (G_LIST_MODEL (found)));
  g_autoptr (GtkListItemFactory) factory = gtk_signal_list_item_factory_new ();
  g_signal_connect (factory, "setup", G_CALLBACK (on_setup), NULL);
  g_signal_connect (factory, "bind", G_CALLBACK (on_bind), NULL);
  gtk_list_view_set_model (self->list, selection);
  gtk_list_view_set_factory (self->list, factory);
}
