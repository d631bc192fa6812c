#include "bmn-advice-panel.h"
#include "bmn-advice-card.h"
#include "bmn-checks-card.h"
#include "bmn-chip-flow.h"
#include "bmn-interval-bar.h"
#include "bmn-reason-popover.h"
#include "bmn-schedule-button.h"
#include "bmn-tag-decision.h"
#include "bmn-undo-toast.h"

#include <glib/gi18n.h>

struct _BmnAdvicePanel
{
  GtkBox parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  BmnAdvice *advice;         /* (owned) (nullable) */
  gint64 post_id;
  char *shown_tags, *shown_topics; /* (owned) (nullable) */
  GtkWidget *suggestions, *whose;
  GtkWidget *tags_card, *chips, *why_line, *why, *why_words;
  GtkWidget *topics_card, *topics;
  GtkWidget *time_card, *time, *time_reason;
  GtkWidget *forecast_card, *forecast, *forecast_bar, *forecast_low, *forecast_usual, *forecast_why;
  BmnChecksCard *checks;
  guint asked; /* which hashtag the reason below the chips is about */
};

G_DEFINE_FINAL_TYPE (BmnAdvicePanel, bmn_advice_panel, GTK_TYPE_BOX)

enum
{
  OUTDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
clear (GtkWidget *box)
{
  GtkWidget *child;
  while ((child = gtk_widget_get_first_child (box)))
    gtk_box_remove (GTK_BOX (box), child);
}

/*
 * Hashtags.
 */

static const BmnHashtagSuggestion *
get_suggestion (BmnAdvicePanel *self, guint index)
{
  GPtrArray *hashtags = self->advice ? self->advice->hashtags : NULL;
  if (hashtags && index < hashtags->len)
    return hashtags->pdata[index];
  GPtrArray *experiments = self->advice ? self->advice->experiments : NULL;
  index -= hashtags ? hashtags->len : 0;
  return experiments && index < experiments->len ? experiments->pdata[index] : NULL;
}

/*
 * Decisions about hashtags.
 */

typedef struct
{
  BmnAdvicePanel *panel;    /* (owned) */
  BmnTagDecision *decision; /* (owned) */
  gboolean take_back;
} Decided;

static void
decided_free (Decided *decided)
{
  g_object_unref (decided->panel);
  bmn_tag_decision_free (decided->decision);
  g_free (decided);
}

static void carry_out (BmnAdvicePanel *self, const BmnTagDecision *decision, gboolean take_back);

static void
on_undo (gpointer data)
{
  const Decided *decided = data;
  carry_out (decided->panel, decided->decision, TRUE);
}

static void
on_carried_out (GObject *source, GAsyncResult *result, gpointer data)
{
  Decided *decided = data;
  g_autoptr (GError) error = NULL;
  BmnAdvicePanel *self = decided->panel;
  bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (error)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.say", "s", error->message);
  g_signal_emit (self, signals[OUTDATED], 0);
  if (error || decided->take_back)
    {
      decided_free (decided);
      return;
    }
  g_autofree char *sentence = bmn_tag_decision_to_sentence (decided->decision);
  bmn_undo_toast_show (GTK_WIDGET (self), sentence, on_undo, decided, (GDestroyNotify)decided_free);
}

static void
carry_out (BmnAdvicePanel *self, const BmnTagDecision *decision, gboolean take_back)
{
  Decided *decided = g_new0 (Decided, 1);
  decided->panel = g_object_ref (self);
  decided->decision = bmn_tag_decision_copy (decision);
  decided->take_back = take_back;
  bmn_tag_decision_carry_out_async (decision, self->session, take_back, on_carried_out, decided);
}

static void
on_decided (BmnAdvicePanel *self, int kind)
{
  const BmnHashtagSuggestion *suggestion = get_suggestion (self, self->asked);
  if (!suggestion)
    return;
  const BmnTagDecision decision = {
    .kind = (BmnTagDecisionKind)kind,
    .account_id = self->advice->account_id,
    .post_id = self->post_id,
    .tag = suggestion->tag,
    .was_pinned = bmn_reason_popover_is_pinned (suggestion),
    .is_experiment = self->asked >= self->advice->hashtags->len,
  };
  carry_out (self, &decision, FALSE);
}

/*
 * Why.
 */

/* @popover: (transfer floating): */
static void
set_popover (GtkMenuButton *button, GtkWidget *popover)
{
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_LEFT);
  gtk_menu_button_set_popover (button, popover);
}

static void
create_reason (GtkMenuButton *button, gpointer data)
{
  BmnAdvicePanel *self = data;
  const BmnHashtagSuggestion *suggestion = get_suggestion (self, self->asked);
  if (!suggestion)
    return;
  GtkWidget *popover = bmn_reason_popover_new_for_hashtag (self->session, suggestion);
  g_signal_connect_object (popover, "decided", G_CALLBACK (on_decided), self, G_CONNECT_SWAPPED);
  set_popover (button, popover);
}

static void
create_forecast_reason (GtkMenuButton *button, gpointer data)
{
  BmnAdvicePanel *self = data;
  set_popover (button, bmn_reason_popover_new_for_forecast (self->session, self->advice->forecast));
}

static void
create_topic_reason (GtkMenuButton *button, gpointer data)
{
  BmnAdvicePanel *self = data;
  guint index = GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index"));
  if (self->advice && index < self->advice->topics_due->len)
    set_popover (button, bmn_reason_popover_new_for_topic (self->session,
                                                           self->advice->topics_due->pdata[index]));
}

/* A small button that shows what something rests on. */
static GtkWidget *
make_why_button (BmnAdvicePanel *self, GtkMenuButtonCreatePopupFunc create, const char *name)
{
  GtkWidget *button = gtk_menu_button_new ();
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (button), "bmn-evidence-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (button), GTK_ARROW_LEFT);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create, self, NULL);
  gtk_widget_set_valign (button, GTK_ALIGN_START);
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "why");
  gtk_widget_set_tooltip_text (button, _ ("Show what this rests on"));
  gtk_accessible_update_property (GTK_ACCESSIBLE (button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
  return button;
}

/* A popover that is not on screen is made anew when it is asked for. */
static void
renew_reason (GtkWidget *button, GtkMenuButtonCreatePopupFunc create, gpointer data)
{
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (button));
  if (popover && gtk_widget_get_visible (GTK_WIDGET (popover)))
    return;
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (button), NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (button), create, data, NULL);
}

static void
show_why (BmnAdvicePanel *self, guint index)
{
  const BmnHashtagSuggestion *suggestion = get_suggestion (self, index);
  gtk_widget_set_visible (self->why_line, suggestion != NULL);
  if (!suggestion)
    return;
  self->asked = index;
  g_autofree char *sentence = suggestion->reasons->len > 0
                                  ? bmn_reason_to_sentence (suggestion->reasons->pdata[0])
                                  : NULL;
  /* Translators: a hashtag, then a sentence that says why it is suggested. */
  g_autofree char *words
      = g_strdup_printf (_ ("#%s: %s"), suggestion->display, sentence ? sentence : "");
  g_autofree char *name = g_strdup_printf (_ ("Why #%s?"), suggestion->display);
  gtk_label_set_label (GTK_LABEL (self->why_words), words);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->why), GTK_ACCESSIBLE_PROPERTY_LABEL, name,
                                  -1);
  renew_reason (self->why, create_reason, self);
}

static void
on_chip_toggled (GtkToggleButton *chip, BmnAdvicePanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.toggle-tag", "s",
                              g_object_get_data (G_OBJECT (chip), "tag"));
}

static void
on_chip_entered (GtkEventController *controller, BmnAdvicePanel *self)
{
  GtkWidget *chip = gtk_event_controller_get_widget (controller);
  GtkPopover *popover = gtk_menu_button_get_popover (GTK_MENU_BUTTON (self->why));
  /* What is being read stays. */
  if (!popover || !gtk_widget_get_visible (GTK_WIDGET (popover)))
    show_why (self, GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (chip), "index")));
}

static void
on_chip_pointed (GtkEventController *controller, double x, double y, BmnAdvicePanel *self)
{
  on_chip_entered (controller, self);
}

static void
add_chip (BmnAdvicePanel *self, const char *tag, gboolean is_in_draft, guint index)
{
  g_autofree char *label = g_strconcat ("#", tag, NULL);
  GtkWidget *chip = gtk_toggle_button_new_with_label (label);
  gtk_widget_add_css_class (chip, "tagchip");
  gtk_widget_add_css_class (chip, "flat");
  gtk_label_set_ellipsize (GTK_LABEL (gtk_button_get_child (GTK_BUTTON (chip))),
                           PANGO_ELLIPSIZE_END);
  gtk_toggle_button_set_active (GTK_TOGGLE_BUTTON (chip), is_in_draft);
  gtk_accessible_update_property (GTK_ACCESSIBLE (chip), GTK_ACCESSIBLE_PROPERTY_LABEL, label, -1);
  gtk_widget_set_tooltip_text (chip, is_in_draft ? _ ("Take it out of the text")
                                                 : _ ("Put it into the text"));
  g_object_set_data_full (G_OBJECT (chip), "tag", g_strdup (tag), g_free);
  g_signal_connect (chip, "toggled", G_CALLBACK (on_chip_toggled), self);
  if (!is_in_draft)
    {
      g_object_set_data (G_OBJECT (chip), "index", GUINT_TO_POINTER (index));
      GtkEventController *focus = gtk_event_controller_focus_new ();
      g_signal_connect (focus, "enter", G_CALLBACK (on_chip_entered), self);
      gtk_widget_add_controller (chip, focus);
      GtkEventController *motion = gtk_event_controller_motion_new ();
      g_signal_connect (motion, "enter", G_CALLBACK (on_chip_pointed), self);
      gtk_widget_add_controller (chip, motion);
    }
  bmn_chip_flow_append (BMN_CHIP_FLOW (self->chips), chip);
}

/* Chips that are the same stay, so that a pointer or the focus on them does. */
static void
show_tags (BmnAdvicePanel *self, const char *const *tags)
{
  g_autoptr (GString) shown = g_string_new (NULL);
  for (guint i = 0; tags[i]; i++)
    g_string_append_printf (shown, "+%s", tags[i]);
  for (guint i = 0; i < BMN_ADVICE_PANEL_MAX_CHIPS && get_suggestion (self, i); i++)
    g_string_append_printf (shown, "-%s", get_suggestion (self, i)->display);
  gtk_widget_set_visible (self->tags_card, shown->len > 0);
  if (g_strcmp0 (self->shown_tags, shown->str) != 0)
    {
      g_free (self->shown_tags);
      self->shown_tags = g_strdup (shown->str);
      bmn_chip_flow_clear (BMN_CHIP_FLOW (self->chips));
      for (guint i = 0; tags[i]; i++)
        add_chip (self, tags[i], TRUE, 0);
      for (guint i = 0; i < BMN_ADVICE_PANEL_MAX_CHIPS && get_suggestion (self, i); i++)
        add_chip (self, get_suggestion (self, i)->display, FALSE, i);
    }
  show_why (self, 0);
}

/*
 * Topics, time, forecast.
 */

static void
add_topic (BmnAdvicePanel *self, const BmnTopic *topic, guint index)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6);
  GtkWidget *lines = gtk_box_new (GTK_ORIENTATION_VERTICAL, 0);
  g_autofree char *sentence = bmn_topic_to_sentence (topic);
  /* Translators: %s is a topic. */
  g_autofree char *name = g_strdup_printf (_ ("Why “%s”?"), topic->text);
  GtkWidget *why = make_why_button (self, create_topic_reason, name);
  g_object_set_data (G_OBJECT (why), "index", GUINT_TO_POINTER (index));
  gtk_widget_set_hexpand (lines, TRUE);
  gtk_box_append (GTK_BOX (lines), bmn_advice_card_make_label (topic->text, "semi"));
  gtk_box_append (GTK_BOX (lines), bmn_advice_card_make_label (sentence, "reason"));
  gtk_box_append (GTK_BOX (row), lines);
  gtk_box_append (GTK_BOX (row), why);
  gtk_box_append (GTK_BOX (self->topics), row);
}

/* Rows that are the same stay, so that what is open on them does. */
static void
show_topics (BmnAdvicePanel *self)
{
  GPtrArray *topics = self->advice->topics_due;
  guint n = MIN (topics->len, BMN_ADVICE_PANEL_MAX_TOPICS);
  g_autoptr (GString) shown = g_string_new (NULL);
  for (guint i = 0; i < n; i++)
    g_string_append_printf (shown, "%s\n", ((BmnTopic *)topics->pdata[i])->text);
  gtk_widget_set_visible (self->topics_card, n > 0);
  if (g_strcmp0 (self->shown_topics, shown->str) == 0)
    return;
  g_free (self->shown_topics);
  self->shown_topics = g_strdup (shown->str);
  clear (self->topics);
  for (guint i = 0; i < n; i++)
    add_topic (self, topics->pdata[i], i);
}

static void
show_time (BmnAdvicePanel *self, const char *zone)
{
  GArray *times = self->advice->times;
  gtk_widget_set_visible (self->time_card, times->len > 0);
  if (times->len == 0)
    return;
  const BmnPostingTime *best = &g_array_index (times, BmnPostingTime, 0);
  g_autofree char *words = bmn_schedule_time_in_words (best->at, zone);
  /* Before anything was counted the numbers would say nothing, at length. */
  g_autofree char *sentence
      = best->hour.n == 0 && best->hour.low == best->hour.high
            ? g_strdup (_ ("Too few of your posts are counted yet to tell hours apart. This is "
                           "the next free time."))
            : bmn_posting_time_to_sentence (best);
  gtk_label_set_label (GTK_LABEL (self->time), words);
  gtk_label_set_label (GTK_LABEL (self->time_reason), sentence);
}

static void
on_use_time (BmnAdvicePanel *self)
{
  if (self->advice && self->advice->times->len > 0)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.use-time", "x",
                                g_array_index (self->advice->times, BmnPostingTime, 0).at);
}

static void
show_forecast (BmnAdvicePanel *self)
{
  const BmnForecast *forecast = self->advice->forecast;
  gtk_widget_set_visible (self->forecast_bar, forecast->is_ready);
  gtk_widget_set_visible (self->forecast_usual, forecast->is_ready);
  gtk_widget_set_visible (self->forecast_why, forecast->is_ready);
  renew_reason (self->forecast_why, create_forecast_reason, self);
  if (!forecast->is_ready)
    {
      g_autofree char *sentence = forecast->reasons->len > 0
                                      ? bmn_reason_to_sentence (forecast->reasons->pdata[0])
                                      : NULL;
      gtk_label_set_label (GTK_LABEL (self->forecast), "");
      gtk_label_set_label (GTK_LABEL (self->forecast_low), sentence ? sentence : "");
      return;
    }
  int expected = (int)(forecast->expected + 0.5);
  g_autofree char *figure
      = g_strdup_printf (ngettext ("%d reaction", "%d reactions", (gulong)expected), expected);
  g_autofree char *usual = g_strdup_printf (_ ("your usual %d"), (int)(forecast->median + 0.5));
  g_autofree char *interval
      = forecast->has_interval
            /* Translators: between which numbers of reactions a post will likely be. */
            ? g_strdup_printf (_ ("80 %% sure: %d to %d"), (int)(forecast->low + 0.5),
                               (int)(forecast->high + 0.5))
            : g_strdup (_ ("Not known yet how sure"));
  gtk_label_set_label (GTK_LABEL (self->forecast), figure);
  gtk_label_set_label (GTK_LABEL (self->forecast_low), interval);
  gtk_label_set_label (GTK_LABEL (self->forecast_usual), usual);
  g_autofree char *all = g_strjoin (", ", figure, interval, usual, NULL);
  double low = forecast->has_interval ? forecast->low : forecast->expected;
  double high = forecast->has_interval ? forecast->high : forecast->expected;
  bmn_interval_bar_set (BMN_INTERVAL_BAR (self->forecast_bar), low, forecast->expected, high,
                        forecast->median, all);
}

/*
 * All of it.
 */

void
bmn_advice_panel_set_refusals (BmnAdvicePanel *self, const char *const *refusals)
{
  bmn_checks_card_set_refusals (self->checks, refusals);
}

void
bmn_advice_panel_show (BmnAdvicePanel *self,
                       BmnAdvice *advice,
                       const char *const *tags,
                       gint64 post_id,
                       const char *zone)
{
  g_clear_pointer (&self->advice, bmn_advice_free);
  self->advice = advice;
  self->post_id = post_id;
  show_tags (self, tags);
  show_topics (self);
  show_time (self, zone);
  show_forecast (self);
  bmn_checks_card_set_findings (self->checks, advice->findings);
  gtk_widget_show (self->forecast_card);
}

const BmnAdvice *
bmn_advice_panel_get_advice (BmnAdvicePanel *self)
{
  return self->advice;
}

void
bmn_advice_panel_set_visible_groups (BmnAdvicePanel *self, gboolean suggestions, gboolean checks)
{
  gtk_widget_set_visible (self->suggestions, suggestions);
  gtk_widget_set_visible (GTK_WIDGET (self->checks), checks);
}

void
bmn_advice_panel_set_account_name (BmnAdvicePanel *self, const char *name)
{
  /* Translators: %s is an account's name. */
  g_autofree char *words = name ? g_strdup_printf (_ ("Suggestions for %s"), name) : NULL;
  gtk_label_set_label (GTK_LABEL (self->whose), words ? words : "");
  gtk_widget_set_visible (self->whose, words != NULL);
}

gboolean
bmn_advice_panel_shows_suggestions (BmnAdvicePanel *self)
{
  return gtk_widget_get_mapped (self->suggestions);
}

void
bmn_advice_panel_set_session (BmnAdvicePanel *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
}

/*
 * Building.
 */

static GtkWidget *
append (GtkWidget *box, GtkWidget *child)
{
  gtk_box_append (GTK_BOX (box), child);
  return child;
}

static void
make_tags_card (BmnAdvicePanel *self)
{
  GtkWidget *head;
  self->tags_card = bmn_advice_card_new ("bmn-hashtag-symbolic", _ ("Hashtags"), &head);
  self->chips = append (self->tags_card, bmn_chip_flow_new (6));
  self->why_line = append (self->tags_card, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->why_words = append (self->why_line, bmn_advice_card_make_label ("", "reason"));
  gtk_widget_set_hexpand (self->why_words, TRUE);
  self->why = append (self->why_line,
                      make_why_button (self, create_reason, _ ("Show what this rests on")));
}

static void
make_time_card (BmnAdvicePanel *self)
{
  GtkWidget *head;
  self->time_card = bmn_advice_card_new ("bmn-best-time-symbolic", _ ("Best time"), &head);
  GtkWidget *use = append (head, gtk_button_new_with_label (_ ("Use")));
  gtk_widget_add_css_class (use, "flat");
  gtk_widget_add_css_class (use, "small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (use), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Use the best time"), -1);
  g_signal_connect_swapped (use, "clicked", G_CALLBACK (on_use_time), self);
  self->time = append (self->time_card, bmn_advice_card_make_label ("", "semi"));
  gtk_widget_add_css_class (self->time, "numeric");
  self->time_reason = append (self->time_card, bmn_advice_card_make_label ("", "reason"));
}

static void
make_forecast_card (BmnAdvicePanel *self)
{
  GtkWidget *head, *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->forecast_card = bmn_advice_card_new ("bmn-insights-symbolic", _ ("Forecast"), &head);
  self->forecast = append (head, bmn_advice_card_make_label ("", "semi"));
  gtk_widget_add_css_class (self->forecast, "numeric");
  self->forecast_why
      = append (head, make_why_button (self, create_forecast_reason, _ ("Why this forecast?")));
  self->forecast_bar = append (self->forecast_card, bmn_interval_bar_new ());
  append (self->forecast_card, foot);
  self->forecast_low = append (foot, bmn_advice_card_make_label ("", "reason"));
  self->forecast_usual = append (foot, bmn_advice_card_make_label ("", "reason"));
  gtk_widget_set_hexpand (self->forecast_low, TRUE);
  gtk_widget_add_css_class (self->forecast_low, "numeric");
  gtk_widget_add_css_class (self->forecast_usual, "numeric");
}

static void
bmn_advice_panel_dispose (GObject *object)
{
  BmnAdvicePanel *self = BMN_ADVICE_PANEL (object);
  g_clear_object (&self->session);
  g_clear_pointer (&self->advice, bmn_advice_free);
  g_clear_pointer (&self->shown_tags, g_free);
  g_clear_pointer (&self->shown_topics, g_free);
  G_OBJECT_CLASS (bmn_advice_panel_parent_class)->dispose (object);
}

static void
bmn_advice_panel_class_init (BmnAdvicePanelClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_advice_panel_dispose;
  signals[OUTDATED] = g_signal_new ("outdated", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0,
                                    NULL, NULL, NULL, G_TYPE_NONE, 0);
}

static void
bmn_advice_panel_init (BmnAdvicePanel *self)
{
  GtkWidget *head;
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 12);
  self->suggestions = append (GTK_WIDGET (self), gtk_box_new (GTK_ORIENTATION_VERTICAL, 12));
  self->whose = append (self->suggestions, bmn_advice_card_make_label ("", "reason"));
  gtk_widget_set_visible (self->whose, FALSE);
  make_tags_card (self);
  make_time_card (self);
  make_forecast_card (self);
  self->topics_card = bmn_advice_card_new ("bmn-idea-symbolic", _ ("Due again"), &head);
  self->topics = append (self->topics_card, gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  GtkWidget *cards[] = { self->tags_card, self->time_card, self->forecast_card, self->topics_card };
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      append (self->suggestions, cards[i]);
      gtk_widget_set_visible (cards[i], FALSE);
    }
  self->checks = BMN_CHECKS_CARD (append (GTK_WIDGET (self), bmn_checks_card_new ()));
}
