#include "bmn-reason-popover.h"

#include "bmn-session-advise.h"
#include "bmn-session-levers.h"
#include "bmn-session-suggestion-log.h"

#include <glib/gi18n.h>

#define MAX_REASONS 4

struct _BmnReasonPopover
{
  GtkPopover parent_instance;

  BmnSessionThread *session; /* (owned) */
  gint64 account_id;
  gint64 post_id;
  char *tag; /* (owned) */
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

typedef struct
{
  GArray *ids; /* (owned) (element-type gint64) */
  guint n_for;
} Examples;

static void
examples_free (Examples *examples)
{
  g_array_unref (examples->ids);
  g_free (examples);
}

static gpointer
list_examples (BmnSession *session, gpointer data, GError **error)
{
  const Examples *examples = data;
  return bmn_session_list_history_posts (session, (const gint64 *)(void *)examples->ids->data,
                                         examples->ids->len, error);
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

static void
on_examples (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnReasonPopover) self = data;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) posts
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  const GArray *against = g_object_get_data (G_OBJECT (self), "against");
  for (int round = 0; posts && round < 2; round++)
    {
      gboolean is_first = TRUE;
      for (guint i = 0; i < posts->len; i++)
        {
          const BmnHistoryPost *post = posts->pdata[i];
          gboolean speaks_for = TRUE;
          for (guint k = 0; k < against->len; k++)
            speaks_for &= g_array_index (against, gint64, k) != post->id;
          if (speaks_for != (round == 0))
            continue;
          if (is_first)
            add_label (self->examples,
                       round == 0 ? _ ("Posts that speak for it") : _ ("And one against"),
                       "sectionhead");
          is_first = FALSE;
          add_example (self, post, speaks_for);
        }
    }
}

static void
ask_for_examples (BmnReasonPopover *self, GPtrArray *reasons)
{
  Examples *examples = g_new0 (Examples, 1);
  examples->ids = g_array_new (FALSE, FALSE, sizeof (gint64));
  GArray *against = g_array_new (FALSE, FALSE, sizeof (gint64));
  for (guint i = 0; i < reasons->len; i++)
    {
      const BmnReason *reason = reasons->pdata[i];
      if (examples->ids->len == 0)
        g_array_append_vals (examples->ids, reason->posts_for->data, reason->posts_for->len);
      if (against->len == 0 && reason->posts_against->len > 0)
        g_array_append_vals (against, reason->posts_against->data, 1);
    }
  g_array_append_vals (examples->ids, against->data, against->len);
  g_object_set_data_full (G_OBJECT (self), "against", against, (GDestroyNotify)g_array_unref);
  bmn_session_thread_work_async (self->session, list_examples, examples,
                                 (GDestroyNotify)examples_free, (GDestroyNotify)g_ptr_array_unref,
                                 NULL, on_examples, g_object_ref (self));
}

/*
 * Decisions.
 */

typedef enum
{
  DECISION_PIN,
  DECISION_MUTE,
  DECISION_DISMISS,
} DecisionKind;

typedef struct
{
  DecisionKind kind;
  gint64 account_id;
  gint64 post_id;
  char *tag; /* (owned) */
} Decision;

static void
decision_free (Decision *decision)
{
  g_free (decision->tag);
  g_free (decision);
}

static gpointer
decide (BmnSession *session, gpointer data, GError **error)
{
  const Decision *decision = data;
  switch (decision->kind)
    {
    case DECISION_PIN:
      bmn_session_pin_tag (session, decision->account_id, decision->tag, TRUE, error);
      break;
    case DECISION_MUTE:
      bmn_session_mute_tag (session, decision->account_id, decision->tag, TRUE, error);
      break;
    case DECISION_DISMISS:
    default:
      bmn_session_log_choice (session, decision->account_id, decision->post_id,
                              BMN_SUGGESTION_HASHTAG, decision->tag, BMN_SUGGESTION_DISMISSED,
                              error);
      break;
    }
  return NULL;
}

static void
on_decided (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnReasonPopover) self = data;
  g_autoptr (GError) error = NULL;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.say", "s", error->message);
  g_signal_emit (self, signals[DECIDED], 0);
  gtk_popover_popdown (GTK_POPOVER (self));
}

static void
on_decision (GtkButton *button, BmnReasonPopover *self)
{
  Decision *decision = g_new0 (Decision, 1);
  decision->kind = (DecisionKind)GPOINTER_TO_INT (g_object_get_data (G_OBJECT (button), "kind"));
  decision->account_id = self->account_id;
  decision->post_id = self->post_id;
  decision->tag = g_strdup (self->tag);
  bmn_session_thread_work_async (self->session, decide, decision, (GDestroyNotify)decision_free,
                                 NULL, NULL, on_decided, g_object_ref (self));
}

static GtkWidget *
add_decision (
    BmnReasonPopover *self, GtkWidget *box, DecisionKind kind, const char *icon, const char *label)
{
  GtkWidget *button = gtk_button_new (), *content = adw_button_content_new ();
  adw_button_content_set_icon_name (ADW_BUTTON_CONTENT (content), icon);
  adw_button_content_set_label (ADW_BUTTON_CONTENT (content), label);
  gtk_button_set_child (GTK_BUTTON (button), content);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, label,
                                  -1);
  g_object_set_data (G_OBJECT (button), "kind", GINT_TO_POINTER (kind));
  g_signal_connect (button, "clicked", G_CALLBACK (on_decision), self);
  gtk_box_append (GTK_BOX (box), button);
  return button;
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
  g_clear_pointer (&self->tag, g_free);
  G_OBJECT_CLASS (bmn_reason_popover_parent_class)->dispose (object);
}

static void
bmn_reason_popover_class_init (BmnReasonPopoverClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_reason_popover_dispose;
  signals[DECIDED] = g_signal_new ("decided", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_reason_popover_init (BmnReasonPopover *self)
{
  self->box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  gtk_widget_add_css_class (self->box, "pad12");
  gtk_popover_set_child (GTK_POPOVER (self), self->box);
}

GtkWidget *
bmn_reason_popover_new (BmnSessionThread *session,
                        gint64 account_id,
                        gint64 post_id,
                        const BmnHashtagSuggestion *suggestion)
{
  BmnReasonPopover *self = g_object_new (BMN_TYPE_REASON_POPOVER, NULL);
  self->session = g_object_ref (session);
  self->account_id = account_id;
  self->post_id = post_id;
  self->tag = g_strdup (suggestion->tag);
  /* Translators: %s is a hashtag. */
  g_autofree char *title = g_strdup_printf (_ ("Why #%s?"), suggestion->display);
  add_label (self->box, title, "title-4");
  add_figure (self, suggestion);
  for (guint i = 0; i < MIN (suggestion->reasons->len, MAX_REASONS); i++)
    {
      g_autofree char *sentence = bmn_reason_to_sentence (suggestion->reasons->pdata[i]);
      add_label (self->box, sentence, "small");
    }
  self->examples = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  gtk_box_append (GTK_BOX (self->box), self->examples);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 3);
  gtk_widget_set_halign (foot, GTK_ALIGN_CENTER);
  add_decision (self, foot, DECISION_PIN, "bmn-pin-symbolic", _ ("Always Offer"));
  add_decision (self, foot, DECISION_MUTE, "bmn-mute-symbolic", _ ("Mute"));
  GtkWidget *dismiss
      = add_decision (self, foot, DECISION_DISMISS, "bmn-not-for-me-symbolic", _ ("Not for Me"));
  gtk_widget_set_visible (dismiss, post_id != 0 && !suggestion->is_experiment);
  gtk_box_append (GTK_BOX (self->box), foot);
  ask_for_examples (self, suggestion->reasons);
  return GTK_WIDGET (self);
}
