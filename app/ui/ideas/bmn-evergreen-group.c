#include "bmn-evergreen-group.h"
#include "bmn-evergreen-row.h"

#include "bmn-session-accounts.h"
#include "bmn-session-ideas.h"

#include <glib/gi18n.h>

/* As many proposals as fit without scrolling. */
#define MAX_PROPOSALS 6

struct _BmnEvergreenGroup
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */

  GtkListBox *rows;
  GtkListBox *proposals;
  GtkPopover *proposals_popover;
};

G_DEFINE_FINAL_TYPE (BmnEvergreenGroup, bmn_evergreen_group, ADW_TYPE_BIN)

static void
show_error (BmnEvergreenGroup *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-message", "s", error->message);
}

static void
clear_rows (GtkListBox *box)
{
  GtkListBoxRow *row;
  while ((row = gtk_list_box_get_row_at_index (box, 0)))
    gtk_list_box_remove (box, GTK_WIDGET (row));
}

/*
 * Changing the library. The session tells of the change, and the page reads again.
 */

static void
on_done (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnEvergreenGroup) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    show_error (self, error);
}

static gpointer
put_evergreen (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_put_evergreen (session, data, error);
  return NULL;
}

/* @evergreen: (transfer full): */
static void
put (BmnEvergreenGroup *self, BmnEvergreen *evergreen)
{
  bmn_session_thread_call_async (self->session, put_evergreen, evergreen,
                                 (GDestroyNotify)bmn_evergreen_free, NULL, NULL, on_done,
                                 g_object_ref (self));
}

static void
on_changed (BmnEvergreenGroup *self, const BmnEvergreen *evergreen)
{
  BmnEvergreen *changed = bmn_evergreen_new (evergreen->account_id, evergreen->history_post_id);
  changed->cooldown = evergreen->cooldown;
  changed->cap = evergreen->cap;
  changed->ends_at = evergreen->ends_at;
  put (self, changed);
}

static gpointer
remove_evergreen (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_remove_evergreen (session, *(const gint64 *)data, error);
  return NULL;
}

static void
on_remove (BmnEvergreenGroup *self, gint64 id)
{
  bmn_session_thread_call_async (self->session, remove_evergreen, g_memdup2 (&id, sizeof id),
                                 g_free, NULL, NULL, on_done, g_object_ref (self));
}

static gpointer
repeat_evergreen (BmnSession *session, gpointer data, GError **error)
{
  gint64 post_id = 0;
  bmn_session_repeat_evergreen (session, *(const gint64 *)data, &post_id, error);
  return g_memdup2 (&post_id, sizeof post_id);
}

static void
on_repeated (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnEvergreenGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *post_id
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    show_error (self, error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.edit-post", "x", *post_id);
}

static void
on_repeat (BmnEvergreenGroup *self, gint64 id)
{
  bmn_session_thread_call_async (self->session, repeat_evergreen, g_memdup2 (&id, sizeof id),
                                 g_free, g_free, NULL, on_repeated, g_object_ref (self));
}

/*
 * The library.
 */

static gpointer
list_evergreens (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_evergreens (session, 0, error);
}

static void
on_evergreens (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnEvergreenGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) library
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!library)
    {
      show_error (self, error);
      return;
    }
  clear_rows (self->rows);
  while (library->len > 0)
    {
      GtkWidget *row
          = bmn_evergreen_row_new (g_ptr_array_steal_index (library, 0), g_get_real_time ());
      g_signal_connect_swapped (row, "repeat", G_CALLBACK (on_repeat), self);
      g_signal_connect_swapped (row, "remove", G_CALLBACK (on_remove), self);
      g_signal_connect_swapped (row, "changed", G_CALLBACK (on_changed), self);
      gtk_list_box_append (self->rows, row);
    }
}

/* Whether somebody is at a row, whose entries must not go away under the hand. */
static gboolean
is_in_use (BmnEvergreenGroup *self)
{
  for (GtkWidget *row = gtk_widget_get_first_child (GTK_WIDGET (self->rows)); row;
       row = gtk_widget_get_next_sibling (row))
    if (ADW_IS_EXPANDER_ROW (row) && adw_expander_row_get_expanded (ADW_EXPANDER_ROW (row))
        && gtk_widget_get_focus_child (row))
      return TRUE;
  return FALSE;
}

void
bmn_evergreen_group_refresh (BmnEvergreenGroup *self)
{
  if (!is_in_use (self))
    bmn_session_thread_call_async (self->session, list_evergreens, NULL, NULL,
                                   (GDestroyNotify)g_ptr_array_unref, NULL, on_evergreens,
                                   g_object_ref (self));
}

/*
 * Proposals, of all accounts.
 */

static gpointer
propose (BmnSession *session, gpointer data, GError **error)
{
  g_autoptr (GPtrArray) accounts = bmn_session_list_accounts (session, error);
  if (!accounts)
    return NULL;
  g_autoptr (GPtrArray) all
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_history_post_free);
  guint share = MAX (1, MAX_PROPOSALS / MAX (1, accounts->len));
  for (guint i = 0; i < accounts->len && all->len < MAX_PROPOSALS; i++)
    {
      const BmnAccount *account = accounts->pdata[i];
      GPtrArray *found = bmn_session_propose_evergreens (session, account->id, share, error);
      if (!found)
        return NULL;
      g_ptr_array_extend_and_steal (all, found);
    }
  return g_steal_pointer (&all);
}

static GtkWidget *
make_proposal (BmnHistoryPost *post)
{
  GtkWidget *row = adw_action_row_new ();
  g_autofree char *line = g_strdelimit (g_strdup (post->text), "\n\r\t", ' ');
  g_autofree char *title = g_markup_escape_text (line, -1);
  gint64 sum = MAX (post->likes, 0) + MAX (post->reposts, 0) + MAX (post->replies, 0);
  g_autofree char *counts
      = g_strdup_printf (ngettext ("%lu reaction", "%lu reactions", (gulong)sum), (gulong)sum);
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), title);
  adw_action_row_set_title_lines (ADW_ACTION_ROW (row), 2);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), counts);
  gtk_list_box_row_set_activatable (GTK_LIST_BOX_ROW (row), TRUE);
  g_object_set_data_full (G_OBJECT (row), "proposal",
                          bmn_evergreen_new (post->account_id, post->id),
                          (GDestroyNotify)bmn_evergreen_free);
  return row;
}

static void
on_proposals (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnEvergreenGroup) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) proposals
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!proposals)
    {
      show_error (self, error);
      return;
    }
  clear_rows (self->proposals);
  for (guint i = 0; i < proposals->len; i++)
    gtk_list_box_append (self->proposals, make_proposal (proposals->pdata[i]));
}

static void
on_proposals_shown (BmnEvergreenGroup *self)
{
  bmn_session_thread_work_async (self->session, propose, NULL, NULL,
                                 (GDestroyNotify)g_ptr_array_unref, NULL, on_proposals,
                                 g_object_ref (self));
}

static void
on_proposal_activated (BmnEvergreenGroup *self, GtkListBoxRow *row)
{
  BmnEvergreen *evergreen = g_object_steal_data (G_OBJECT (row), "proposal");
  gtk_popover_popdown (self->proposals_popover);
  if (evergreen)
    put (self, evergreen);
}

/*
 * The object.
 */

void
bmn_evergreen_group_set_session (BmnEvergreenGroup *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
}

static void
bmn_evergreen_group_dispose (GObject *object)
{
  BmnEvergreenGroup *self = BMN_EVERGREEN_GROUP (object);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_evergreen_group_parent_class)->dispose (object);
}

static void
bmn_evergreen_group_class_init (BmnEvergreenGroupClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_evergreen_group_dispose;
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/ideas/bmn-evergreen-group.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenGroup, rows);
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenGroup, proposals);
  gtk_widget_class_bind_template_child (widget_class, BmnEvergreenGroup, proposals_popover);
  gtk_widget_class_bind_template_callback (widget_class, on_proposals_shown);
  gtk_widget_class_bind_template_callback (widget_class, on_proposal_activated);
}

static void
bmn_evergreen_group_init (BmnEvergreenGroup *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}
