#include "bmn-draft-options.h"

#include <glib/gi18n.h>

#define N_ANSWERS 4
#define DAY (24 * 60 * 60)

struct _BmnDraftOptions
{
  GtkBox parent_instance;

  BmnDraft *draft; /* (owned) (nullable) */
  GtkWidget *warning;
  GtkWidget *poll; /* (owned) it stands below the text */
  GtkWidget *answers[N_ANSWERS];
  GtkWidget *days;
  GtkWidget *multiple;
  gboolean is_loading;
};

G_DEFINE_FINAL_TYPE (BmnDraftOptions, bmn_draft_options, GTK_TYPE_BOX)

GtkWidget *
bmn_draft_options_get_poll (BmnDraftOptions *self)
{
  return self->poll;
}

/* Two answers at least, and an empty one more for as long as there may be more. */
static void
show_answers (BmnDraftOptions *self)
{
  for (guint i = 2; i < N_ANSWERS; i++)
    gtk_widget_set_visible (self->answers[i],
                            *gtk_editable_get_text (GTK_EDITABLE (self->answers[i]))
                                || *gtk_editable_get_text (GTK_EDITABLE (self->answers[i - 1])));
}

static void
on_warning_changed (BmnDraftOptions *self)
{
  if (!self->is_loading)
    bmn_draft_set_content_warning (self->draft,
                                   gtk_editable_get_text (GTK_EDITABLE (self->warning)));
}

static void
on_poll_changed (BmnDraftOptions *self)
{
  show_answers (self);
  if (self->is_loading)
    return;
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < N_ANSWERS; i++)
    {
      const char *answer = gtk_editable_get_text (GTK_EDITABLE (self->answers[i]));
      if (*answer)
        g_strv_builder_add (builder, answer);
    }
  g_auto (GStrv) answers = g_strv_builder_end (builder);
  if (!answers[0])
    {
      bmn_draft_set_poll (self->draft, NULL);
      return;
    }
  gint64 days = gtk_spin_button_get_value_as_int (GTK_SPIN_BUTTON (self->days));
  g_autoptr (BmnPoll) poll = bmn_poll_new ((const char *const *)answers, days * DAY);
  poll->multiple = gtk_check_button_get_active (GTK_CHECK_BUTTON (self->multiple));
  bmn_draft_set_poll (self->draft, poll);
}

void
bmn_draft_options_show_warning (BmnDraftOptions *self, gboolean shown)
{
  gtk_widget_set_visible (self->warning, shown);
  if (shown)
    gtk_widget_grab_focus (self->warning);
  else
    gtk_editable_set_text (GTK_EDITABLE (self->warning), "");
}

void
bmn_draft_options_show_poll (BmnDraftOptions *self, gboolean shown)
{
  gtk_widget_set_visible (self->poll, shown);
  if (shown)
    gtk_widget_grab_focus (self->answers[0]);
  else
    for (guint i = 0; i < N_ANSWERS; i++)
      gtk_editable_set_text (GTK_EDITABLE (self->answers[i]), "");
}

void
bmn_draft_options_set_draft (BmnDraftOptions *self, BmnDraft *draft)
{
  const BmnPost *post = bmn_draft_get_post (draft);
  self->draft = g_object_ref (draft);
  self->is_loading = TRUE;
  gtk_widget_set_visible (self->warning, post->content_warning != NULL);
  gtk_editable_set_text (GTK_EDITABLE (self->warning),
                         post->content_warning ? post->content_warning : "");
  gtk_widget_set_visible (self->poll, post->poll != NULL);
  for (guint i = 0; post->poll && i < N_ANSWERS && post->poll->options[i]; i++)
    gtk_editable_set_text (GTK_EDITABLE (self->answers[i]), post->poll->options[i]);
  if (post->poll)
    {
      gtk_spin_button_set_value (GTK_SPIN_BUTTON (self->days), (double)post->poll->duration / DAY);
      gtk_check_button_set_active (GTK_CHECK_BUTTON (self->multiple), post->poll->multiple);
    }
  self->is_loading = FALSE;
}

static GtkWidget *
make_entry (BmnDraftOptions *self, const char *hint, GCallback changed)
{
  GtkWidget *entry = gtk_entry_new ();
  gtk_entry_set_placeholder_text (GTK_ENTRY (entry), hint);
  gtk_accessible_update_property (GTK_ACCESSIBLE (entry), GTK_ACCESSIBLE_PROPERTY_LABEL, hint, -1);
  g_signal_connect_swapped (entry, "changed", changed, self);
  return entry;
}

static GtkWidget *
make_poll (BmnDraftOptions *self)
{
  GtkWidget *box = gtk_box_new (GTK_ORIENTATION_VERTICAL, 6);
  GtkWidget *foot = gtk_box_new (GTK_ORIENTATION_HORIZONTAL, 9);
  for (guint i = 0; i < N_ANSWERS; i++)
    {
      g_autofree char *hint = g_strdup_printf (_ ("Answer %u"), i + 1);
      self->answers[i] = make_entry (self, hint, G_CALLBACK (on_poll_changed));
      gtk_box_append (GTK_BOX (box), self->answers[i]);
    }
  self->days = gtk_spin_button_new_with_range (1, 30, 1);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->days), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Days the poll is open"), -1);
  self->multiple = gtk_check_button_new_with_label (_ ("Several answers"));
  g_signal_connect_swapped (self->days, "value-changed", G_CALLBACK (on_poll_changed), self);
  g_signal_connect_swapped (self->multiple, "toggled", G_CALLBACK (on_poll_changed), self);
  gtk_box_append (GTK_BOX (foot), gtk_label_new (_ ("Days")));
  gtk_box_append (GTK_BOX (foot), self->days);
  gtk_box_append (GTK_BOX (foot), self->multiple);
  gtk_box_append (GTK_BOX (box), foot);
  return box;
}

static void
bmn_draft_options_dispose (GObject *object)
{
  g_clear_object (&BMN_DRAFT_OPTIONS (object)->draft);
  g_clear_object (&BMN_DRAFT_OPTIONS (object)->poll);
  G_OBJECT_CLASS (bmn_draft_options_parent_class)->dispose (object);
}

static void
bmn_draft_options_class_init (BmnDraftOptionsClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_draft_options_dispose;
}

static void
bmn_draft_options_init (BmnDraftOptions *self)
{
  gtk_orientable_set_orientation (GTK_ORIENTABLE (self), GTK_ORIENTATION_VERTICAL);
  gtk_box_set_spacing (GTK_BOX (self), 6);
  self->is_loading = TRUE;
  self->warning = make_entry (self, _ ("Content warning"), G_CALLBACK (on_warning_changed));
  self->poll = make_poll (self);
  gtk_widget_set_visible (self->warning, FALSE);
  g_object_ref_sink (self->poll);
  gtk_widget_set_visible (self->poll, FALSE);
  show_answers (self);
  gtk_box_append (GTK_BOX (self), self->warning);
}
