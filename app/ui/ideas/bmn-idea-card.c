#include "bmn-idea-card.h"

#include <glib/gi18n.h>

struct _BmnIdeaCard
{
  AdwBin parent_instance;

  const BmnIdea *idea; /* not owned */

  GtkImage *icon;
  GtkLabel *title;
  GtkLabel *why;
  GtkLabel *evidence;
  GtkBox *examples;
  GtkWidget *write_button;
};

G_DEFINE_FINAL_TYPE (BmnIdeaCard, bmn_idea_card, ADW_TYPE_BIN)

enum
{
  WRITE,
  LATER,
  NEVER,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

const BmnIdea *
bmn_idea_card_get_idea (BmnIdeaCard *self)
{
  return self->idea;
}

static char *
make_title (const BmnIdea *idea)
{
  const char *topic = idea->topic->text;
  switch (idea->kind)
    {
    case BMN_IDEA_DUE:
      /* Translators: %s is a topic, a word or two of the user's own posts. */
      return g_strdup_printf (_ ("“%s” is due again"), topic);
    case BMN_IDEA_RISES:
      /* Translators: %s is a topic, a word or two of the user's own posts. */
      return g_strdup_printf (_ ("“%s” is rising"), topic);
    case BMN_IDEA_LIFTS:
      break;
    }
  /* Translators: %s is a topic, a word or two of the user's own posts. */
  return g_strdup_printf (_ ("“%s” does well"), topic);
}

static const char *
get_icon (BmnIdeaKind kind)
{
  switch (kind)
    {
    case BMN_IDEA_DUE:
      return "bmn-repeat-symbolic";
    case BMN_IDEA_RISES:
      return "bmn-sparkline-up-symbolic";
    case BMN_IDEA_LIFTS:
      break;
    }
  return "bmn-idea-symbolic";
}

/* What opens to the posts that did best. */
static char *
describe_evidence (const BmnIdea *idea)
{
  guint n = idea->topic->n;
  /* Translators: 1: number of posts, 2: an account. */
  return g_strdup_printf (ngettext ("Seen in %u post on %s", "Seen in %u posts on %s", n), n,
                          idea->account_name);
}

static char *
format_counts (const BmnHistoryPost *post)
{
  gint64 sum = 0;
  const gint64 counts[] = { post->likes, post->reposts, post->replies };
  for (guint i = 0; i < G_N_ELEMENTS (counts); i++)
    sum += MAX (counts[i], 0);
  return g_strdup_printf (ngettext ("%lu reaction", "%lu reactions", (gulong)sum), (gulong)sum);
}

static GtkWidget *
make_example (const BmnHistoryPost *post)
{
  g_autoptr (GDateTime) utc = g_date_time_new_from_unix_utc (post->published_at / G_USEC_PER_SEC);
  g_autoptr (GDateTime) local = g_date_time_to_local (utc);
  g_autofree char *date = g_date_time_format (local, "%x");
  g_autofree char *counts = format_counts (post);
  /* Translators: 1: a date, 2: such as «41 reactions». */
  g_autofree char *caption = g_strdup_printf (_ ("%1$s · %2$s"), date, counts);

  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 3);
  GtkWidget *text = gtk_label_new (post->text);
  GtkWidget *below = gtk_label_new (caption);
  gtk_label_set_xalign (GTK_LABEL (text), 0);
  gtk_label_set_xalign (GTK_LABEL (below), 0);
  gtk_label_set_wrap (GTK_LABEL (text), TRUE);
  gtk_label_set_wrap_mode (GTK_LABEL (text), PANGO_WRAP_WORD_CHAR);
  gtk_label_set_lines (GTK_LABEL (text), 3);
  gtk_label_set_ellipsize (GTK_LABEL (text), PANGO_ELLIPSIZE_END);
  gtk_widget_add_css_class (below, "reason");
  gtk_widget_add_css_class (below, "numeric");
  gtk_widget_add_css_class (box, "example");
  gtk_box_append (GTK_BOX (box), text);
  gtk_box_append (GTK_BOX (box), below);
  return box;
}

static void
on_write (BmnIdeaCard *self)
{
  g_signal_emit (self, signals[WRITE], 0);
}

static void
on_later (BmnIdeaCard *self)
{
  g_signal_emit (self, signals[LATER], 0);
}

static void
on_never (BmnIdeaCard *self)
{
  g_signal_emit (self, signals[NEVER], 0);
}

static void
bmn_idea_card_class_init (BmnIdeaCardClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/ideas/bmn-idea-card.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnIdeaCard, icon);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeaCard, title);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeaCard, why);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeaCard, evidence);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeaCard, examples);
  gtk_widget_class_bind_template_child (widget_class, BmnIdeaCard, write_button);
  gtk_widget_class_bind_template_callback (widget_class, on_write);
  gtk_widget_class_bind_template_callback (widget_class, on_later);
  gtk_widget_class_bind_template_callback (widget_class, on_never);
  gtk_widget_class_set_accessible_role (widget_class, GTK_ACCESSIBLE_ROLE_GROUP);
  signals[WRITE] = g_signal_new ("write", BMN_TYPE_IDEA_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[LATER] = g_signal_new ("later", BMN_TYPE_IDEA_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
  signals[NEVER] = g_signal_new ("never", BMN_TYPE_IDEA_CARD, G_SIGNAL_RUN_LAST, 0, NULL, NULL,
                                 NULL, G_TYPE_NONE, 0);
}

static void
bmn_idea_card_init (BmnIdeaCard *self)
{
  gtk_widget_init_template (GTK_WIDGET (self));
}

GtkWidget *
bmn_idea_card_new (const BmnIdea *idea, gboolean is_first)
{
  BmnIdeaCard *self = g_object_new (BMN_TYPE_IDEA_CARD, NULL);
  g_autofree char *title = make_title (idea);
  g_autofree char *why = bmn_topic_to_sentence (idea->topic);
  g_autofree char *evidence = describe_evidence (idea);
  self->idea = idea;
  gtk_image_set_from_icon_name (self->icon, get_icon (idea->kind));
  gtk_label_set_label (self->title, title);
  gtk_label_set_label (self->why, why);
  gtk_label_set_label (self->evidence, evidence);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL, title, -1);
  if (is_first)
    gtk_widget_add_css_class (self->write_button, "suggested-action");
  for (guint i = 0; i < idea->posts->len; i++)
    gtk_box_append (self->examples, make_example (idea->posts->pdata[i]));
  return GTK_WIDGET (self);
}
