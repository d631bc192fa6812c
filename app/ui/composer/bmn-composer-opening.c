#include "bmn-composer-window-private.h"

#include "bmn-session-posts.h"
#include "bmn-window.h"

/* Which drafts are on screen, and how a window comes to its draft. */

/*
 * Which drafts are on screen.
 */

static gpointer
store_open (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_set_open_drafts (session, data, error);
  return NULL;
}

void
bmn_composer_window_remember_open (BmnComposerWindow *self, gboolean with_self)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (BmnOpenDraft));
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  for (GList *at = app ? gtk_application_get_windows (app) : NULL; at; at = at->next)
    {
      if (!BMN_IS_COMPOSER_WINDOW (at->data) || (at->data == self && !with_self))
        continue;
      BmnComposerWindow *window = at->data;
      BmnOpenDraft draft = { .original = window->original };
      if (window->draft && !window->is_done)
        draft.post_id = bmn_draft_get_post (window->draft)->id;
      if (draft.post_id != 0)
        g_array_append_val (open, draft);
    }
  bmn_session_thread_call_async (self->session, store_open, open, (GDestroyNotify)g_array_unref,
                                 NULL, NULL, NULL, NULL);
}

/*
 * Loading.
 */

typedef struct
{
  gint64 post_id;
  GPtrArray *destinations; /* (owned) */
  BmnPostView *view;       /* (owned) (nullable) */
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->destinations, g_ptr_array_unref);
  g_clear_pointer (&load->view, bmn_post_view_free);
  g_free (load);
}

static gpointer
load_post (BmnSession *session, gpointer data, GError **error)
{
  Load *load = g_new0 (Load, 1);
  load->post_id = *(gint64 *)data;
  load->destinations = bmn_session_list_destinations (session, error);
  if (load->destinations && load->post_id != 0)
    load->view = bmn_session_get_post (session, load->post_id, error);
  if (!load->destinations || (load->post_id != 0 && !load->view))
    g_clear_pointer (&load, load_free);
  return load;
}

/* A post that is planned stays as it is; what is written is a copy until it is updated. */
static BmnDraft *
make_draft (BmnComposerWindow *self, const BmnPostView *view)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  gint64 due = 0;
  for (guint i = 0; i < view->targets->len; i++)
    {
      BmnTarget *target = ((BmnTargetView *)view->targets->pdata[i])->target;
      g_ptr_array_add (targets, target);
      if (target->state != BMN_TARGET_DRAFT)
        due = MAX (due, target->due_at);
    }
  BmnDraft *draft = bmn_draft_new_from (view->post, targets);
  if (due > 0)
    {
      self->original = view->post->id;
      bmn_draft_set_id (draft, 0);
      bmn_schedule_button_keep (self->schedule, due);
    }
  return draft;
}

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnComposerWindow) self = data;
  g_autoptr (GError) error = NULL;
  Load *load = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!load)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "composer.say", "s", error->message);
      return;
    }
  self->destinations = g_ptr_array_ref (load->destinations);
  self->draft = load->view ? make_draft (self, load->view) : bmn_draft_new ();
  for (guint i = 0; load->post_id == 0 && i < self->destinations->len; i++)
    bmn_draft_set_account (self->draft,
                           ((BmnDestination *)self->destinations->pdata[i])->account->id, TRUE);
  load_free (load);
  bmn_composer_window_start_writing (self);
}

static BmnComposerWindow *
find_window (BmnApplication *app, gint64 post_id)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (app)); at; at = at->next)
    {
      if (!BMN_IS_COMPOSER_WINDOW (at->data))
        continue;
      BmnComposerWindow *window = at->data;
      gint64 id = window->draft ? bmn_draft_get_post (window->draft)->id : 0;
      if (window->post_id == post_id || id == post_id || window->original == post_id)
        return window;
    }
  return NULL;
}

static BmnComposerWindow *
make_window (BmnApplication *app, gint64 post_id, gint64 original, gint64 at)
{
  BmnComposerWindow *self = g_object_new (BMN_TYPE_COMPOSER_WINDOW, "application", app, NULL);
  self->session = g_object_ref (bmn_application_get_session (app));
  self->post_id = post_id;
  self->original = original;
  self->wanted_at = at;
  bmn_advice_panel_set_session (self->advice, self->session);
  bmn_snippet_button_set_session (self->snippets, self->session);
  bmn_session_thread_call_async (self->session, load_post, g_memdup2 (&post_id, sizeof post_id),
                                 g_free, (GDestroyNotify)load_free, NULL, on_loaded,
                                 g_object_ref (self));
  return self;
}

BmnComposerWindow *
bmn_composer_window_new (BmnApplication *app, gint64 post_id)
{
  BmnComposerWindow *open = post_id != 0 ? find_window (app, post_id) : NULL;
  return open ? open : make_window (app, post_id, 0, 0);
}

BmnComposerWindow *
bmn_composer_window_new_at (BmnApplication *app, gint64 instant)
{
  return make_window (app, 0, 0, instant);
}

static gpointer
list_open (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_open_drafts (session, error);
}

static void
on_open_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnApplication) app = data;
  g_autoptr (GArray) open
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  for (guint i = 0; open && i < open->len; i++)
    {
      const BmnOpenDraft *draft = &g_array_index (open, BmnOpenDraft, i);
      if (!find_window (app, draft->post_id))
        gtk_window_present (GTK_WINDOW (make_window (app, draft->post_id, draft->original, 0)));
    }
}

void
bmn_composer_window_restore (BmnApplication *app)
{
  bmn_session_thread_call_async (bmn_application_get_session (app), list_open, NULL, NULL,
                                 (GDestroyNotify)g_array_unref, NULL, on_open_listed,
                                 g_object_ref (app));
}

/*
 * Copies.
 */

static gpointer
duplicate (BmnSession *session, gpointer data, GError **error)
{
  gint64 *copy_id = g_new0 (gint64, 1);
  if (bmn_session_duplicate_post (session, *(gint64 *)data, copy_id, error))
    return copy_id;
  g_free (copy_id);
  return NULL;
}

static void
on_duplicated (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnApplication) app = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *copy_id
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  GtkWindow *active = gtk_application_get_active_window (GTK_APPLICATION (app));
  if (copy_id)
    gtk_window_present (GTK_WINDOW (bmn_composer_window_new (app, *copy_id)));
  else if (BMN_IS_WINDOW (active))
    bmn_window_show_error (BMN_WINDOW (active), error);
}

void
bmn_composer_window_duplicate (BmnApplication *app, gint64 post_id)
{
  bmn_session_thread_call_async (bmn_application_get_session (app), duplicate,
                                 g_memdup2 (&post_id, sizeof post_id), g_free, g_free, NULL,
                                 on_duplicated, g_object_ref (app));
}
