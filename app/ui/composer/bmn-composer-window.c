#include "bmn-composer-window-private.h"

#include "bmn-text-count.h"
#include <glib/gi18n.h>

G_DEFINE_FINAL_TYPE (BmnComposerWindow, bmn_composer_window, ADW_TYPE_APPLICATION_WINDOW)

/*
 * Whose text it is.
 */

const BmnDestination *
bmn_composer_window_find_destination (BmnComposerWindow *self, gint64 account_id)
{
  for (guint i = 0; i < self->destinations->len; i++)
    if (((BmnDestination *)self->destinations->pdata[i])->account->id == account_id)
      return self->destinations->pdata[i];
  return NULL;
}

/* The text on screen: an account's own, or the shared one. */
gint64
bmn_composer_window_get_variant (BmnComposerWindow *self)
{
  gint64 current = bmn_account_tabs_get_current (self->tabs);
  return current > 0 && bmn_draft_has_own (self->draft, current) ? current : BMN_DRAFT_ALL;
}

static double
get_fullness (const char *text, const BmnDestination *destination)
{
  BmnTextCount count;
  if (destination->limits->max_length == 0
      || !bmn_text_count (text, destination->limits, &count, NULL))
    return 0;
  return (double)count.length / (double)destination->limits->max_length;
}

/* The account whose rules hold for the text on screen: that of the tab, or of those that share
 * the text the one where it is nearest to being too long. */
const BmnDestination *
bmn_composer_window_get_destination (BmnComposerWindow *self)
{
  gint64 current = bmn_account_tabs_get_current (self->tabs);
  if (current > 0)
    return bmn_composer_window_find_destination (self, current);
  const BmnDestination *tightest = NULL;
  double most = -1;
  for (guint i = 0; i < self->destinations->len; i++)
    {
      const BmnDestination *destination = self->destinations->pdata[i];
      gint64 id = destination->account->id;
      if (!bmn_draft_has_account (self->draft, id) || bmn_draft_has_own (self->draft, id))
        continue;
      GPtrArray *parts = bmn_draft_get_parts (self->draft, BMN_DRAFT_ALL);
      for (guint k = 0; k < parts->len; k++)
        {
          double fullness = get_fullness (((BmnPart *)parts->pdata[k])->text, destination);
          if (fullness > most)
            {
              most = fullness;
              tightest = destination;
            }
        }
    }
  return tightest;
}

BmnVariantEditor *
bmn_composer_window_get_editor (BmnComposerWindow *self)
{
  gint64 variant = bmn_composer_window_get_variant (self);
  g_autofree char *name = g_strdup_printf ("%" G_GINT64_FORMAT, variant);
  GtkWidget *editor = gtk_stack_get_child_by_name (self->editors, name);
  if (!editor)
    {
      editor = bmn_variant_editor_new (self->session, self->draft, self->speller, variant);
      gtk_widget_set_margin_start (editor, 12);
      gtk_widget_set_margin_end (editor, 12);
      gtk_stack_add_named (self->editors, editor, name);
    }
  return BMN_VARIANT_EDITOR (editor);
}

static void
show_editor (BmnComposerWindow *self)
{
  BmnVariantEditor *editor = bmn_composer_window_get_editor (self);
  gint64 current = bmn_account_tabs_get_current (self->tabs);
  gboolean is_own = bmn_composer_window_get_variant (self) != BMN_DRAFT_ALL;
  gboolean is_shared = !is_own && bmn_draft_count_accounts (self->draft) > 1;
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  gtk_stack_set_visible_child (self->editors, GTK_WIDGET (editor));
  bmn_variant_editor_set_destination (editor, destination, is_shared);
  gtk_widget_set_visible (self->own_bar, current > 0 && (is_own || is_shared));
  gtk_label_set_label (GTK_LABEL (self->own_words), is_own ? _ ("This account has its own text.")
                                                           : _ ("The text for all accounts."));
  g_autofree char *customise
      = destination ? g_strdup_printf (_ ("Customise for %s"), destination->account->name) : NULL;
  gtk_button_set_label (GTK_BUTTON (self->own_button),
                        is_own || !customise ? _ ("Use the Shared Text") : customise);
  bmn_composer_window_follow_undo (self);
}

/*
 * What the accounts can do.
 */

static void
show_tools (BmnComposerWindow *self)
{
  BmnCapabilities caps = { 0 };
  for (guint i = 0; i < self->destinations->len; i++)
    {
      const BmnDestination *destination = self->destinations->pdata[i];
      if (!bmn_draft_has_account (self->draft, destination->account->id))
        continue;
      caps.has_content_warning |= destination->caps.has_content_warning;
      caps.has_polls |= destination->caps.has_polls;
      caps.has_visibility |= destination->caps.has_visibility;
    }
  gtk_widget_set_visible (self->warning, caps.has_content_warning);
  gtk_widget_set_visible (self->poll, caps.has_polls);
  gtk_widget_set_visible (self->visibility, caps.has_visibility);
}

void
bmn_composer_window_show_state (BmnComposerWindow *self, const GError *error)
{
  const char *trouble = error ? error->message : self->refusal;
  const char *state = trouble               ? trouble
                      : self->original != 0 ? _ ("Goes out as it was until you update it")
                                            : _ ("Draft");
  gtk_label_set_label (GTK_LABEL (self->state), state);
  gtk_widget_set_tooltip_text (self->state, trouble);
  gtk_image_set_from_icon_name (GTK_IMAGE (self->state_icon),
                                trouble ? "bmn-failed-symbolic" : "bmn-draft-symbolic");
  if (trouble)
    gtk_widget_add_css_class (self->state, "over");
  else
    gtk_widget_remove_css_class (self->state, "over");
}

static void
on_keeper_changed (BmnComposerWindow *self)
{
  const GError *error = bmn_draft_keeper_get_error (self->keeper);
  const char *words[] = {
    [BMN_DRAFT_EMPTY] = "",
    [BMN_DRAFT_CHANGED] = _ ("Saving…"),
    [BMN_DRAFT_SAVED] = _ ("Saved on this computer"),
    [BMN_DRAFT_FAILED] = _ ("Not saved"),
  };
  BmnDraftState state = bmn_draft_keeper_get_state (self->keeper);
  adw_window_title_set_subtitle (self->title, words[state]);
  /* What was refused stays on screen until somebody mends it. */
  if (state == BMN_DRAFT_CHANGED)
    g_clear_pointer (&self->refusal, g_free);
  bmn_composer_window_show_state (self, state == BMN_DRAFT_FAILED ? error : NULL);
  gboolean has_id = bmn_draft_get_post (self->draft)->id != 0;
  if (has_id && !self->is_known_open)
    {
      self->is_known_open = TRUE;
      bmn_composer_window_remember_open (self, TRUE);
      /* What is suggested from now on can be put on record. */
      bmn_composer_window_schedule_advice (self);
    }
}

static void
show_title (BmnComposerWindow *self)
{
  g_autofree char *excerpt = bmn_post_excerpt (bmn_draft_get_post (self->draft), 40);
  const char *title = excerpt && *excerpt ? excerpt : _ ("New Post");
  adw_window_title_set_title (self->title, title);
  gtk_window_set_title (GTK_WINDOW (self), title);
}

static void
on_draft_changed (BmnComposerWindow *self, guint what)
{
  if (what & (BMN_DRAFT_CHANGE_ACCOUNTS | BMN_DRAFT_CHANGE_PARTS | BMN_DRAFT_CHANGE_TEXT))
    show_editor (self);
  if (what & BMN_DRAFT_CHANGE_ACCOUNTS)
    {
      show_tools (self);
      bmn_composer_window_ask_for_slot (self);
    }
  show_title (self);
  bmn_composer_window_schedule_preview (self);
  bmn_composer_window_schedule_advice (self);
}

static void
on_tab_switched (BmnComposerWindow *self)
{
  show_editor (self);
  bmn_composer_window_ask_for_slot (self);
  bmn_composer_window_schedule_preview (self);
  bmn_composer_window_schedule_advice (self);
}

void
bmn_composer_window_start_writing (BmnComposerWindow *self)
{
  self->keeper = bmn_draft_keeper_new (self->session, self->draft, self->original);
  bmn_account_tabs_set_up (self->tabs, self->draft, self->destinations);
  bmn_draft_options_set_draft (self->options, self->draft);
  bmn_composer_window_load_options (self);
  g_signal_connect_object (self->keeper, "changed", G_CALLBACK (on_keeper_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->draft, "changed", G_CALLBACK (on_draft_changed), self,
                           G_CONNECT_SWAPPED);
  show_tools (self);
  on_tab_switched (self);
  on_keeper_changed (self);
  show_title (self);
  if (self->wanted_at > 0)
    bmn_schedule_button_choose (self->schedule, self->wanted_at);
  gtk_widget_grab_focus (GTK_WIDGET (bmn_part_editor_get_text (
      bmn_variant_editor_get_current (bmn_composer_window_get_editor (self)))));
}

/* The forecast is one for the time that is chosen. */
static void
on_time_changed (BmnComposerWindow *self)
{
  bmn_composer_window_schedule_preview (self);
  bmn_composer_window_schedule_advice (self);
}

/*
 * The object.
 */

static gboolean
bmn_composer_window_close_request (GtkWindow *window)
{
  BmnComposerWindow *self = BMN_COMPOSER_WINDOW (window);
  if (self->keeper && self->is_done)
    bmn_draft_keeper_stop (self->keeper);
  else if (self->keeper)
    bmn_draft_keeper_flush (self->keeper);
  bmn_composer_window_remember_open (self, FALSE);
  return GTK_WINDOW_CLASS (bmn_composer_window_parent_class)->close_request (window);
}

static void
bmn_composer_window_dispose (GObject *object)
{
  BmnComposerWindow *self = BMN_COMPOSER_WINDOW (object);
  g_clear_handle_id (&self->advice_timeout, g_source_remove);
  g_clear_handle_id (&self->preview_timeout, g_source_remove);
  if (self->asking)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  g_clear_object (&self->undoable);
  g_clear_object (&self->keeper);
  g_clear_object (&self->draft);
  g_clear_object (&self->speller);
  g_clear_object (&self->actions);
  g_clear_object (&self->session);
  g_clear_pointer (&self->destinations, g_ptr_array_unref);
  g_clear_pointer (&self->language, g_free);
  g_clear_pointer (&self->refusal, g_free);
  G_OBJECT_CLASS (bmn_composer_window_parent_class)->dispose (object);
}

static void
bmn_composer_window_class_init (BmnComposerWindowClass *klass)
{
  GtkWidgetClass *widget_class = GTK_WIDGET_CLASS (klass);
  G_OBJECT_CLASS (klass)->dispose = bmn_composer_window_dispose;
  GTK_WINDOW_CLASS (klass)->close_request = bmn_composer_window_close_request;
  g_type_ensure (BMN_TYPE_ACCOUNT_TABS);
  g_type_ensure (BMN_TYPE_ADVICE_PANEL);
  g_type_ensure (BMN_TYPE_COMPOSER_PANES);
  g_type_ensure (BMN_TYPE_DRAFT_OPTIONS);
  g_type_ensure (BMN_TYPE_PREVIEW);
  g_type_ensure (BMN_TYPE_SCHEDULE_BUTTON);
  g_type_ensure (BMN_TYPE_SNIPPET_BUTTON);
  gtk_widget_class_set_template_from_resource (widget_class,
                                               BMN_RESOURCES "/composer/bmn-composer-window.ui");
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, title);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, toasts);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, panes);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, write);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, preview_pane);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, side_pane);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, preview_button);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, foot);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, state);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, state_icon);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, save);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, switcher);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, schedule);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, tabs);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, own_bar);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, own_words);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, own_button);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, options);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, poll_place);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, editors);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, snippets);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, emoji);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, warning);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, poll);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, visibility);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, visibility_words);
  gtk_widget_class_bind_template_child_full (widget_class, "language", FALSE,
                                             G_STRUCT_OFFSET (BmnComposerWindow, language_button));
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, language_words);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, preview);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, advice);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_Return, GDK_CONTROL_MASK,
                                       "composer.schedule", NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_t, GDK_CONTROL_MASK, "composer.times",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_s, GDK_CONTROL_MASK, "composer.save",
                                       NULL);
  gtk_widget_class_add_binding_action (widget_class, GDK_KEY_j, GDK_CONTROL_MASK,
                                       "composer.snippets", NULL);
}

static void
bmn_composer_window_init (BmnComposerWindow *self)
{
  bmn_composer_window_add_actions (self);
  self->speller = bmn_speller_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  bmn_composer_panes_set_up (self->panes, self->write, self->preview_pane, self->side_pane);
  bmn_composer_window_connect_layout (self);
  bmn_composer_window_connect_undo (self);
  bmn_composer_window_set_up_options (self);
  adw_bin_set_child (self->poll_place, bmn_draft_options_get_poll (self->options));
  g_signal_connect_object (self->tabs, "switched", G_CALLBACK (on_tab_switched), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->schedule, "changed", G_CALLBACK (on_time_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->snippets, "opening",
                           G_CALLBACK (bmn_composer_window_offer_snippet), self, G_CONNECT_SWAPPED);
  g_signal_connect_object (self->advice, "outdated",
                           G_CALLBACK (bmn_composer_window_schedule_advice), self,
                           G_CONNECT_SWAPPED);
}
