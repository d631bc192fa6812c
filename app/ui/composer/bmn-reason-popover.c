#include "bmn-reason-popover.h"

#include "bmn-session-advise.h"

#include <glib/gi18n.h>

#define MAX_REASONS 4

struct _BmnReasonPopover
{
  GtkPopover parent_instance;

  BmnSessionThread *session; /* (owned) */
  GArray *against;           /* (owned) (element-type gint64) of the posts shown */
  GtkWidget *box;
  GtkWidget *examples;
};

G_DEFINE_FINAL_TYPE (BmnReasonPopover, bmn_reason_popover, GTK_TYPE_POPOVER)

enum
{
  DECIDED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
add_label (GtkWidget *box, const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_label_set_max_width_chars (GTK_LABEL (label), 44);
  gtk_widget_add_css_class (label, style);
  gtk_box_append (GTK_BOX (box), label);
  return label;
}

/*
 * Posts behind it.
 */

static gpointer
list_examples (BmnSession *session, gpointer data, GError **error)
{
  const GArray *ids = data;
  return bmn_session_list_history_posts (session, (const gint64 *)(void *)ids->data, ids->len,
                                         error);
}

static char *
describe_counts (const BmnHistoryPost *post)
{
  gint64 sum = MAX (post->likes, 0) + MAX (post->reposts, 0) + MAX (post->replies, 0);
  g_autoptr (GDateTime) at = g_date_time_new_from_unix_local (post->published_at / G_USEC_PER_SEC);
  /* Translators: a day of the year, as strftime() has it: “28 Sep 2025”. */
  g_autofree char *day = at ? g_date_time_format (at, _ ("%-e %b %Y")) : g_strdup ("");
  if (post->counted_at == 0)
    return g_steal_pointer (&day);
  g_autofree char *reactions
      = g_strdup_printf (ngettext ("%d reaction", "%d reactions", (gulong)sum), (int)sum);
  /* Translators: how many reactions a post got, then its day. */
  return g_strdup_printf (_ ("%s · %s"), reactions, day);
}

static void
add_example (BmnReasonPopover *self, const BmnHistoryPost *post, gboolean speaks_for)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  gtk_widget_add_css_class (card, "example");
  if (!speaks_for)
    gtk_widget_add_css_class (card, "counter");
  g_autofree char *line = g_strdelimit (g_strdup (post->text), "\n\t", ' ');
  GtkWidget *text = add_label (card, line, "small");
  gtk_label_set_wrap (GTK_LABEL (text), FALSE);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  g_autofree char *counts = describe_counts (post);
  add_label (card, counts, "reason");
  gtk_box_append (GTK_BOX (self->examples), card);
}

static gboolean
speaks_against (BmnReasonPopover *self, gint64 id)
{
  for (guint i = 0; i < self->against->len; i++)
    if (g_array_index (self->against, gint64, i) == id)
      return TRUE;
  return FALSE;
}

/* Adds the posts of one side under a heading, if there are any. */
static void
add_side (BmnReasonPopover *self, GPtrArray *posts, gboolean against, const char *heading)
{
  gboolean is_first = TRUE;
  for (guint i = 0; i < posts->len; i++)
    {
      const BmnHistoryPost *post = posts->pdata[i];
      if (speaks_against (self, post->id) != against)
        continue;
      if (is_first)
        add_label (self->examples, heading, "sectionhead");
      is_first = FALSE;
      add_example (self, post, !against);
    }
}

static void
on_examples (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnReasonPopover) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) posts
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!posts)
    {
      add_label (self->examples, error->message, "reason");
      return;
    }
  add_side (self, posts, FALSE, _ ("Posts that speak for it"));
  add_side (self, posts, TRUE, _ ("And one against"));
}

static void
ask_for_examples (BmnReasonPopover *self, const GArray *posts_for, const GArray *posts_against)
{
  GArray *ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  if (posts_for)
    g_array_append_vals (ids, posts_for->data, posts_for->len);
  if (posts_against && posts_against->len > 0)
    g_array_append_vals (self->against, posts_against->data, 1);
  g_array_append_vals (ids, self->against->data, self->against->len);
  bmn_session_thread_work_async (self->session, list_examples, ids, (GDestroyNotify)g_array_unref,
                                 (GDestroyNotify)g_ptr_array_unref, NULL, on_examples,
                                 g_object_ref (self));
}

/* Each reason in a sentence, and posts for and against: those of the first reason that has any. */
static void
add_reasons (BmnReasonPopover *self, GPtrArray *reasons)
{
  const GArray *posts_for = NULL, *posts_against = NULL;
  for (guint i = 0; i < reasons->len; i++)
    {
      const BmnReason *reason = reasons->pdata[i];
      if (i < MAX_REASONS)
        {
          g_autofree char *sentence = bmn_reason_to_sentence (reason);
          add_label (self->box, sentence, "small");
        }
      if (!posts_for && reason->posts_for->len > 0)
        posts_for = reason->posts_for;
      if (!posts_against && reason->posts_against->len > 0)
        posts_against = reason->posts_against;
    }
  gtk_box_append (GTK_BOX (self->box), self->examples);
  ask_for_examples (self, posts_for, posts_against);
}

/*
 * Decisions.
 */

static void
on_decision (GtkButton *button, BmnReasonPopover *self)
{
  gtk_popover_popdown (GTK_POPOVER (self));
  g_signal_emit (self, signals[DECIDED], 0,
                 GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind")));
}

static void
add_decision (BmnReasonPopover *self,
              GtkWidget *box,
              BmnTagDecisionKind kind,
              const char *icon,
              const char *label)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  g_object_set_data (G_OBJECT (button), "kind", GINT_TO_POINTER (kind));
  g_signal_connect (button, "clicked", G_CALLBACK (on_decision), self);
  gtk_box_append (GTK_BOX (box), button);
}

/*
 * The object.
 */

static void
add_figure (BmnReasonPopover *self, const BmnHashtagSuggestion *suggestion)
{
  if (suggestion->is_experiment || suggestion->probability <= 0)
    return;
  GtkWidget *line = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 12);
  /* Translators: a chance; keep the doubled percent sign. */
  g_autofree char *figure = g_strdup_printf (_ ("%.0f %%"), suggestion->probability * 100);
  GtkWidget *number = add_label (line, figure, "figure");
  gtk_widget_add_css_class (number, "numeric");
  GtkWidget *words
      = add_label (line, _ ("of your posts like this one with hashtags carry it"), "reason");
  gtk_widget_set_valign (words, GTK_ALIGN_CENTER);
  gtk_box_append (GTK_BOX (self->box), line);
}

static void
bmn_reason_popover_dispose (GObject *object)
{
  BmnReasonPopover *self = BMN_REASON_POPOVER (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->against, g_array_unref);
  G_OBJECT_CLASS (bmn_reason_popover_parent_class)->dispose (object);
}

static void
bmn_reason_popover_class_init (BmnReasonPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_reason_popover_dispose;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_INT);
}

static void
bmn_reason_popover_init (BmnReasonPopover *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->box, "pad12");
  self->examples = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  self->against = g_array_new (FALSE, FALSE, sizeof (gint64));
  gtk_popover_set_child (GTK_POPOVER (self), self->box);
}

static BmnReasonPopover *
make (BmnSessionThread *session, const char *title)
{
  BmnReasonPopover *self = g_object_new (BMN_TYPE_REASON_POPOVER, NULL);
  self->session = g_object_ref (session);
  add_label (self->box, title, "title-4");
  return self;
}

gboolean
bmn_reason_popover_is_pinned (const BmnHashtagSuggestion *suggestion)
{
  for (guint i = 0; i < suggestion->reasons->len; i++)
    if (((BmnReason *)suggestion->reasons->pdata[i])->kind == BMN_REASON_PINNED)
      return TRUE;
  return FALSE;
}

static void
add_decisions (BmnReasonPopover *self, const BmnHashtagSuggestion *suggestion)
{
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gboolean is_pinned = bmn_reason_popover_is_pinned (suggestion);
  gtk_widget_set_halign (foot, GTK_ALIGN_CENTER);
  add_decision (self, foot, BMN_TAG_DECISION_PIN, "bmn-pin-symbolic",
                is_pinned ? _ ("Not Always") : _ ("Always Offer"));
  add_decision (self, foot, BMN_TAG_DECISION_MUTE, "bmn-mute-symbolic", _ ("Mute"));
  add_decision (self, foot, BMN_TAG_DECISION_DISMISS, "bmn-not-for-me-symbolic", _ ("Not for Me"));
  gtk_box_append (GTK_BOX (self->box), foot);
}

GtkWidget *
bmn_reason_popover_new_for_hashtag (BmnSessionThread *session,
                                    const BmnHashtagSuggestion *suggestion)
{
  /* Translators: %s is a hashtag. */
  g_autofree char *title = g_strdup_printf (_ ("Why #%s?"), suggestion->display);
  BmnReasonPopover *self = make (session, title);
  add_figure (self, suggestion);
  add_reasons (self, suggestion->reasons);
  add_decisions (self, suggestion);
  return GTK_WIDGET (self);
}

GtkWidget *
bmn_reason_popover_new_for_forecast (BmnSessionThread *session, const BmnForecast *forecast)
{
  BmnReasonPopover *self = make (session, _ ("What moves the forecast"));
  add_reasons (self, forecast->reasons);
  return GTK_WIDGET (self);
}

GtkWidget *
bmn_reason_popover_new_for_topic (BmnSessionThread *session, const BmnTopic *topic)
{
  /* Translators: %s is a topic. */
  g_autofree char *title = g_strdup_printf (_ ("Why “%s”?"), topic->text);
  g_autofree char *sentence = bmn_topic_to_sentence (topic);
  BmnReasonPopover *self = make (session, title);
  add_label (self->box, sentence, "small");
  gtk_box_append (GTK_BOX (self->box), self->examples);
  ask_for_examples (self, topic->best_posts, topic->worst_posts);
  return GTK_WIDGET (self);
}
