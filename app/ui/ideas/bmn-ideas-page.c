#include "bmn-ideas-page.h"
#include "bmn-columns.h"
#include "bmn-evergreen-group.h"
#include "bmn-idea-card.h"

#include "bmn-session-ideas.h"

#include <glib/gi18n.h>

/* How long «Later» hides an idea. */
#define LATER (7 * G_TIME_SPAN_DAY)

struct _BmnIdeasPage
{
  AdwBin parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  GCancellable *reading;     /* (owned) (nullable) */
  gboolean is_stale;         /* whether something changed since it was read */
  BmnIdeas *ideas;           /* (owned) (nullable) what is shown */

  GtkStack *stack;
  AdwStatusPage *failed_page;
  GtkLabel *basis;
  GtkBox *cards;
  GtkWidget *no_cards;
  BmnEvergreenGroup *evergreens;
  GtkWidget *times_group;
  GtkListBox *times;
};

G_DEFINE_FINAL_TYPE (BmnIdeasPage, bmn_ideas_page, ADW_TYPE_BIN)

static void refresh (BmnIdeasPage *self);

/*
 * What was chosen on a card.
 */

typedef struct
{
  gint64 account_id;
  char *text; /* (owned) */
  gint64 until;
} Choice;

static void
choice_free (Choice *choice)
{
  g_free (choice->text);
  g_free (choice);
}

static Choice *
choice_new (const BmnIdea *idea, char *text)
{
  Choice *choice = g_new0 (Choice, 1);
  choice->account_id = idea->account_id;
  choice->text = text;
  return choice;
}

static void
show_error (BmnIdeasPage *self, const GError *error)
{
  if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
    gtk_widget_activate_action (GTK_WIDGET (self), "win.show-message", "s", error->message);
}

static gpointer
start_idea (BmnSession *session, gpointer data, GError **error)
{
  const Choice *choice = data;
  gint64 post_id = 0;
  bmn_session_start_idea (session, choice->account_id, choice->text, &post_id, error);
  return g_memdup2 (&post_id, sizeof post_id);
}

static void
on_started (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnIdeasPage) self = data;
  g_autoptr (GError) error = NULL;
  g_autofree gint64 *post_id
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    show_error (self, error);
  else
    gtk_widget_activate_action (GTK_WIDGET (self), "app.edit-post", "x", *post_id);
}

static void
on_write (BmnIdeasPage *self, BmnIdeaCard *card)
{
  const BmnIdea *idea = bmn_idea_card_get_idea (card);
  bmn_session_thread_call_async (
      self->session, start_idea, choice_new (idea, bmn_topic_to_sentence (idea->topic)),
      (GDestroyNotify)choice_free, g_free, NULL, on_started, g_object_ref (self));
}

static gpointer
hide_idea (BmnSession *session, gpointer data, GError **error)
{
  const Choice *choice = data;
  gint64 until
      = choice->until == G_MAXINT64 ? G_MAXINT64 : bmn_session_now (session) + choice->until;
  bmn_session_hide_idea (session, choice->account_id, choice->text, until, error);
  return NULL;
}

static void
on_hidden (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnIdeasPage) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    show_error (self, error);
}

static void
hide (BmnIdeasPage *self, BmnIdeaCard *card, gint64 until)
{
  const BmnIdea *idea = bmn_idea_card_get_idea (card);
  Choice *choice = choice_new (idea, g_strdup (idea->topic->text));
  choice->until = until;
  gtk_widget_set_visible (GTK_WIDGET (card), FALSE);
  bmn_session_thread_call_async (self->session, hide_idea, choice, (GDestroyNotify)choice_free,
                                 NULL, NULL, on_hidden, g_object_ref (self));
}

static void
on_later (BmnIdeasPage *self, BmnIdeaCard *card)
{
  hide (self, card, LATER);
}

static void
on_never (BmnIdeasPage *self, BmnIdeaCard *card)
{
  hide (self, card, G_MAXINT64);
}

/*
 * Showing.
 */

static void
clear_box (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)))
    gtk_widget_unparent (child);
}

static void
show_cards (BmnIdeasPage *self)
{
  GPtrArray *ideas = self->ideas->ideas;
  for (guint i = 0; i < ideas->len; i++)
    {
      GtkWidget *card = bmn_idea_card_new (ideas->pdata[i], i == 0);
      g_signal_connect_swapped (card, "write", G_CALLBACK (on_write), self);
      g_signal_connect_swapped (card, "later", G_CALLBACK (on_later), self);
      g_signal_connect_swapped (card, "never", G_CALLBACK (on_never), self);
      gtk_box_append (self->cards, card);
    }
  gtk_widget_set_visible (self->no_cards, ideas->len == 0);
}

static GtkWidget *
make_time_row (const BmnGoodTime *good)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (good->time.at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  /* Translators: strftime of a planned time: short weekday, day, short month, hour, minute. */
  g_autofree char *when = g_date_time_format (local, _ ("%a %-d %b, %H:%M"));
  g_autofree char *sentence = bmn_posting_time_to_sentence (&good->time);
  /* Translators: 1: an account, 2: a sentence about a time of the week. */
  g_autofree char *why = g_strdup_printf (_ ("%1$s: %2$s"), good->account_name, sentence);
  g_autofree char *subtitle = g_markup_escape_text (why, -1);
  g_autofree char *name = g_strdup_printf (
      /* Translators: for screen readers; %s is a time: plans a post then. */
      _ ("Plan a Post for %s"), when);
  GtkWidget *button = gtk_button_new_with_mnemonic (
      /* Translators: Button: plans a post for this free time. */
      _ ("_Fill"));
  GtkWidget *row = adw_action_row_new ();
  adw_preferences_row_set_title (ADW_PREFERENCES_ROW (row), when);
  adw_action_row_set_subtitle (ADW_ACTION_ROW (row), subtitle);
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  gtk_widget_add_css_class (button, "flat");
  gtk_actionable_set_action_name (GTK_ACTIONABLE (button), "app.new-post-at");
  gtk_actionable_set_action_target (GTK_ACTIONABLE (button), "x", good->time.at);
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  adw_action_row_add_suffix (ADW_ACTION_ROW (row), button);
  return row;
}

static void
show_times (BmnIdeasPage *self)
{
  GPtrArray *times = self->ideas->times;
  for (guint i = 0; i < times->len; i++)
    gtk_list_box_append (self->times, make_time_row (times->pdata[i]));
  gtk_widget_set_visible (self->times_group, times->len > 0);
}

static void
show_basis (BmnIdeasPage *self)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (self->ideas->from / G_USEC_PER_SEC);
  g_autofree char *date = g_date_time_format (utc, "%x");
  g_autofree char *text = g_strdup_printf (
      /* Translators: 1: number of posts, 2: a date. */
      ngettext ("From %u of your posts since %s. Nothing left this computer.",
                "From %u of your posts since %s. Nothing left this computer.",
                self->ideas->n_posts),
      self->ideas->n_posts, date);
  gtk_label_set_label (self->basis, text);
}

static gpointer
list_ideas (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_ideas (session, 0, data, error);
}

static void
on_ideas (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnIdeasPage) self = data;
  g_autoptr (GError) error = NULL;
  BmnIdeas *ideas = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!ideas)
    {
      if (g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        return;
      adw_status_page_set_description (self->failed_page, error->message);
      gtk_stack_set_visible_child_name (self->stack, "failed");
      return;
    }
  /* Cards borrow from the ideas, so they go first. */
  clear_box (GTK_WIDGET (self->cards));
  clear_box (GTK_WIDGET (self->times));
  g_clear_pointer (&self->ideas, bmn_ideas_free);
  self->ideas = ideas;
  show_cards (self);
  show_times (self);
  show_basis (self);
  gtk_stack_set_visible_child_name (self->stack, ideas->n_posts > 0 ? "ideas" : "empty");
}

static void
refresh (BmnIdeasPage *self)
{
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  self->reading = g_cancellable_new ();
  self->is_stale = FALSE;
  bmn_session_thread_work_async (self->session, list_ideas, g_object_ref (self->reading),
                                 g_object_unref, (GDestroyNotify)bmn_ideas_free, self->reading,
                                 on_ideas, g_object_ref (self));
  bmn_evergreen_group_refresh (self->evergreens);
}

/* Reading takes a while for a long history, so it waits until somebody looks. */
static void
refresh_if_seen (BmnIdeasPage *self)
{
  if (self->is_stale && gtk_widget_get_mapped (GTK_WIDGET (self))
      && bmn_session_thread_is_open (self->session))
    refresh (self);
}

static void
on_changed (BmnIdeasPage *self)
{
  self->is_stale = TRUE;
  refresh_if_seen (self);
}

void
bmn_ideas_page_set_session (BmnIdeasPage *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
  bmn_evergreen_group_set_session (self->evergreens, session);
  g_signal_connect_object (session, "changed", G_CALLBACK (on_changed), self, G_CONNECT_SWAPPED);
}

/*
 * The object.
 */

static void
bmn_ideas_page_map (GtkWidget *widget)
{
  GTK_WIDGET_CLASS (bmn_ideas_page_parent_class)->map (widget);
  refresh_if_seen (BMN_IDEAS_PAGE (widget));
}

static void
bmn_ideas_page_dispose (GObject *object)
{
  BmnIdeasPage *self = BMN_IDEAS_PAGE (object);
  g_cancellable_cancel (self->reading);
  g_clear_object (&self->reading);
  g_clear_object (&self->session);
  G_OBJECT_CLASS (bmn_ideas_page_parent_class)->dispose (object);
}

static void
bmn_ideas_page_finalize (GObject *object)
{
  BmnIdeasPage *self = BMN_IDEAS_PAGE (object);
  g_clear_pointer (&self->ideas, bmn_ideas_free);
  G_OBJECT_CLASS (bmn_ideas_page_parent_class)->finalize (object);
}

static void
bmn_ideas_page_class_init (BmnIdeasPageClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_ideas_page_dispose;
  G_OBJECT_CLASS (klass)->finalize = bmn_ideas_page_finalize;
  widget_class->map = bmn_ideas_page_map;
  g_type_ensure (BMN_TYPE_COLUMNS);
  g_type_ensure (BMN_TYPE_EVERGREEN_GROUP);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/ideas/bmn-ideas-page.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, stack);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, failed_page);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, basis);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, cards);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, no_cards);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, evergreens);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, times_group);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeasPage, times);
}

static void
bmn_ideas_page_init (BmnIdeasPage *self)
{
  self->is_stale = TRUE;
  gtk_widget_init_template (GTK_WIDGET (self));
}
