#include "bmn-advice-panel.h"
#include "bmn-chip-flow.h"
#include "bmn-interval-bar.h"
#include "bmn-reason-popover.h"
#include "bmn-schedule-button.h"

#include <glib/gi18n.h>

#define MAX_CHIPS 6
#define MAX_TOPICS 3

struct _BmnAdvicePanel
{
  GtkBox parent_instance;

  BmnSessionThread *session; /* (owned) (nullable) */
  BmnAdvice *advice;         /* (owned) (nullable) */
  gint64 post_id;
  char *shown_tags; /* (owned) (nullable) */
  GStrv refusals;   /* (owned) (nullable) */
  GtkWidget *suggestions;
  GtkWidget *tags_card, *chips, *why_line, *why, *why_words;
  GtkWidget *topics_card, *topics;
  GtkWidget *time_card, *time, *time_reason;
  GtkWidget *forecast_card, *forecast, *forecast_bar, *forecast_low, *forecast_usual;
  GtkWidget *checks_card, *checks, *checks_badge;
  guint asked; /* which hashtag the reason below the chips is about */
};

G_DEFINE_FINAL_TYPE (BmnAdvicePanel, bmn_advice_panel, GTK_TYPE_BOX)

enum
{
  OUTDATED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static GtkWidget *
make_label (const char *words, const char *style)
{
  GtkWidget *label = gtk_label_new (words);
  gtk_label_set_xalign (GTK_LABEL (label), 0);
  gtk_label_set_wrap (GTK_LABEL (label), TRUE);
  gtk_widget_add_css_class (label, style);
  return label;
}

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

static void
on_decided (BmnAdvicePanel *self)
{
  g_signal_emit (self, signals[OUTDATED], 0);
}

static void
create_reason (GtkMenuButton *button, gpointer data)
{
  BmnAdvicePanel *self = data;
  const BmnHashtagSuggestion *suggestion = get_suggestion (self, self->asked);
  if (!suggestion)
    return;
  GtkWidget *popover
      = bmn_reason_popover_new (self->session, self->advice->account_id, self->post_id, suggestion);
  gtk_popover_set_position (GTK_POPOVER (popover), GTK_POS_LEFT);
  g_signal_connect_object (popover, "decided", G_CALLBACK (on_decided), self, G_CONNECT_SWAPPED);
  gtk_menu_button_set_popover (button, popover);
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
  /* The popover is made anew for another hashtag. */
  gtk_menu_button_set_popover (GTK_MENU_BUTTON (self->why), NULL);
  gtk_menu_button_set_create_popup_func (GTK_MENU_BUTTON (self->why), create_reason, self, NULL);
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
  for (guint i = 0; i < MAX_CHIPS && get_suggestion (self, i); i++)
    g_string_append_printf (shown, "-%s", get_suggestion (self, i)->display);
  gtk_widget_set_visible (self->tags_card, shown->len > 0);
  if (g_strcmp0 (self->shown_tags, shown->str) != 0)
    {
      g_free (self->shown_tags);
      self->shown_tags = g_strdup (shown->str);
      bmn_chip_flow_clear (BMN_CHIP_FLOW (self->chips));
      for (guint i = 0; tags[i]; i++)
        add_chip (self, tags[i], TRUE, 0);
      for (guint i = 0; i < MAX_CHIPS && get_suggestion (self, i); i++)
        add_chip (self, get_suggestion (self, i)->display, FALSE, i);
    }
  show_why (self, 0);
}

/*
 * Topics, time, forecast.
 */

static void
show_topics (BmnAdvicePanel *self)
{
  GPtrArray *topics = self->advice->topics_due;
  clear (self->topics);
  for (guint i = 0; i < MIN (topics->len, MAX_TOPICS); i++)
    {
      const BmnTopic *topic = topics->pdata[i];
      g_autofree char *sentence = bmn_topic_to_sentence (topic);
      gtk_box_append (GTK_BOX (self->topics), make_label (topic->text, "semi"));
      gtk_box_append (GTK_BOX (self->topics), make_label (sentence, "reason"));
    }
  gtk_widget_set_visible (self->topics_card, topics->len > 0);
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
  g_autofree char *sentence = bmn_posting_time_to_sentence (best);
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
 * Checks.
 */

static void
on_fix (GtkButton *button, BmnAdvicePanel *self)
{
  gtk_widget_activate_action (GTK_WIDGET (self), "composer.fix", "u",
                              GPOINTER_TO_UINT (g_object_get_data (G_OBJECT (button), "index")));
}

static GtkWidget *
add_check (BmnAdvicePanel *self, const char *icon, const char *style, const char *words)
{
  GtkWidget *row = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *image = gtk_image_new_from_icon_name (icon), *label = make_label (words, "small");
  gtk_image_set_pixel_size (GTK_IMAGE (image), 14);
  gtk_widget_add_css_class (image, style);
  gtk_widget_set_valign (image, GTK_ALIGN_START);
  gtk_widget_set_margin_top (image, 3);
  gtk_widget_set_hexpand (label, TRUE);
  gtk_box_append (GTK_BOX (row), image);
  gtk_box_append (GTK_BOX (row), label);
  gtk_box_append (GTK_BOX (self->checks), row);
  return row;
}

static void
add_finding (BmnAdvicePanel *self, const BmnFinding *finding, guint index)
{
  gboolean is_severe = finding->severity == BMN_SEVERITY_SEVERE;
  gboolean is_info = finding->severity == BMN_SEVERITY_INFO;
  GtkWidget *row = add_check (self,
                              finding->kind == BMN_CHECK_MISSING_ALT ? "bmn-alt-text-symbolic"
                              : is_severe                            ? "bmn-failed-symbolic"
                                          : "bmn-content-warning-symbolic",
                              is_severe ? "over"
                              : is_info ? "quiet"
                                        : "warn",
                              finding->message);
  gboolean has_place = finding->start < finding->end;
  if (finding->action == BMN_FIX_NONE && !has_place)
    return;
  GtkWidget *button
      = gtk_button_new_with_label (finding->fix_label ? finding->fix_label : _ ("Show"));
  gtk_widget_add_css_class (button, "flat");
  gtk_widget_add_css_class (button, "small");
  gtk_widget_set_valign (button, GTK_ALIGN_CENTER);
  g_object_set_data (G_OBJECT (button), "index", GUINT_TO_POINTER (index));
  g_signal_connect (button, "clicked", G_CALLBACK (on_fix), self);
  gtk_box_append (GTK_BOX (row), button);
}

static void
show_checks (BmnAdvicePanel *self)
{
  guint n = 0;
  clear (self->checks);
  for (guint i = 0; self->refusals && self->refusals[i]; i++, n++)
    add_check (self, "bmn-failed-symbolic", "over", self->refusals[i]);
  GPtrArray *findings = self->advice ? self->advice->findings : NULL;
  for (guint i = 0; findings && i < findings->len; i++)
    {
      const BmnFinding *finding = findings->pdata[i];
      add_finding (self, finding, i);
      n += finding->severity != BMN_SEVERITY_INFO;
    }
  if (!gtk_widget_get_first_child (self->checks))
    add_check (self, "bmn-published-symbolic", "rise", _ ("Nothing to mend"));
  g_autofree char *badge = g_strdup_printf (_ ("%u to mend"), n);
  gtk_label_set_label (GTK_LABEL (self->checks_badge), badge);
  gtk_widget_set_visible (self->checks_badge, n > 0);
}

void
bmn_advice_panel_set_refusals (BmnAdvicePanel *self, const char *const *refusals)
{
  if (self->refusals && g_strv_equal ((const char *const *)self->refusals, refusals))
    return;
  g_strfreev (self->refusals);
  self->refusals = g_strdupv ((char **)refusals);
  show_checks (self);
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
  show_checks (self);
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
  gtk_widget_set_visible (self->checks_card, checks);
}

void
bmn_advice_panel_set_session (BmnAdvicePanel *self, BmnSessionThread *session)
{
  self->session = g_object_ref (session);
}

/*
 * Building.
 */

/* Returns: the card; @head: (out): a line to put more into */
static GtkWidget *
make_card (const char *icon, const char *title, GtkWidget **head)
{
  GtkWidget *card = gtk_box_new (GTK_ORIENTATION_VERTICAL, 9);
  *head = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  GtkWidget *name = make_label (title, "heading");
  gtk_widget_set_hexpand (name, TRUE);
  gtk_label_set_ellipsize (GTK_LABEL (name), PANGO_ELLIPSIZE_END);
  gtk_box_append (GTK_BOX (*head), gtk_image_new_from_icon_name (icon));
  gtk_box_append (GTK_BOX (*head), name);
  gtk_box_append (GTK_BOX (card), *head);
  gtk_widget_add_css_class (card, "card");
  gtk_widget_add_css_class (card, "pad12");
  return card;
}

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
  self->tags_card = make_card ("bmn-hashtag-symbolic", _ ("Hashtags"), &head);
  self->chips = append (self->tags_card, bmn_chip_flow_new (6));
  self->why_line = append (self->tags_card, gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 6));
  self->why_words = append (self->why_line, make_label ("", "reason"));
  gtk_widget_set_hexpand (self->why_words, TRUE);
  self->why = append (self->why_line, gtk_menu_button_new ());
  gtk_menu_button_set_icon_name (GTK_MENU_BUTTON (self->why), "bmn-evidence-symbolic");
  gtk_menu_button_set_direction (GTK_MENU_BUTTON (self->why), GTK_ARROW_LEFT);
  gtk_widget_set_valign (self->why, GTK_ALIGN_START);
  gtk_widget_add_css_class (self->why, "flat");
  gtk_widget_add_css_class (self->why, "why");
  gtk_widget_set_tooltip_text (self->why, _ ("Show what this rests on"));
}

static void
make_time_card (BmnAdvicePanel *self)
{
  GtkWidget *head;
  self->time_card = make_card ("bmn-best-time-symbolic", _ ("Best time"), &head);
  self->time = append (head, make_label ("", "semi"));
  gtk_widget_add_css_class (self->time, "numeric");
  GtkWidget *use = append (head, gtk_button_new_with_label (_ ("Use")));
  gtk_widget_add_css_class (use, "flat");
  gtk_widget_add_css_class (use, "small");
  gtk_accessible_update_property (GTK_ACCESSIBLE (use), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Use the best time"), -1);
  g_signal_connect_swapped (use, "clicked", G_CALLBACK (on_use_time), self);
  self->time_reason = append (self->time_card, make_label ("", "reason"));
}

static void
make_forecast_card (BmnAdvicePanel *self)
{
  GtkWidget *head, *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  self->forecast_card = make_card ("bmn-insights-symbolic", _ ("Forecast"), &head);
  self->forecast = append (head, make_label ("", "semi"));
  gtk_widget_add_css_class (self->forecast, "numeric");
  self->forecast_bar = append (self->forecast_card, bmn_interval_bar_new ());
  append (self->forecast_card, foot);
  self->forecast_low = append (foot, make_label ("", "reason"));
  self->forecast_usual = append (foot, make_label ("", "reason"));
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
  g_clear_pointer (&self->refusals, g_strfreev);
  g_clear_pointer (&self->shown_tags, g_free);
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
  make_tags_card (self);
  make_time_card (self);
  make_forecast_card (self);
  self->topics_card = make_card ("bmn-idea-symbolic", _ ("Due again"), &head);
  self->topics = append (self->topics_card, gtk_box_new (GTK_ORIENTATION_VERTICAL, 3));
  GtkWidget *cards[] = { self->tags_card, self->time_card, self->forecast_card, self->topics_card };
  for (guint i = 0; i < G_N_ELEMENTS (cards); i++)
    {
      append (self->suggestions, cards[i]);
      gtk_widget_set_visible (cards[i], FALSE);
    }
  self->checks_card
      = append (GTK_WIDGET (self), make_card ("bmn-published-symbolic", _ ("Checks"), &head));
  self->checks_badge = append (head, gtk_label_new (NULL));
  gtk_widget_add_css_class (self->checks_badge, "pillbadge");
  gtk_widget_add_css_class (self->checks_badge, "held");
  self->checks = append (self->checks_card, gtk_box_new (GTK_ORIENTATION_VERTICAL, 6));
  show_checks (self);
}
