#include "bmn-composer-window-private.h"

/* Undo and redo of the text that is being written. */

static BmnDraftText *
get_text (BmnComposerWindow *self)
{
  return bmn_part_editor_get_text (
      bmn_variant_editor_get_current (bmn_composer_window_get_editor (self)));
}

static void
on_undo (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  BmnDraftText *text = get_text (self);
  gboolean is_undo = strcmp (g_action_get_name (G_ACTION (action)), "undo") == 0;
  gtk_widget_activate_action (GTK_WIDGET (text), is_undo ? "text.undo" : "text.redo", NULL);
}

static const GActionEntry actions[] = {
  { .name = "undo", .activate = on_undo },
  { .name = "redo", .activate = on_undo },
};

static void
set_enabled (BmnComposerWindow *self, const char *name, gboolean is_enabled)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
  g_simple_action_set_enabled (G_SIMPLE_ACTION (action), is_enabled);
}

static void
follow (BmnComposerWindow *self)
{
  GtkTextBuffer *buffer = self->undoable;
  set_enabled (self, "undo", buffer && gtk_text_buffer_get_can_undo (buffer));
  set_enabled (self, "redo", buffer && gtk_text_buffer_get_can_redo (buffer));
}

void
bmn_composer_window_follow_undo (BmnComposerWindow *self)
{
  GtkTextBuffer *buffer
      = self->draft ? gtk_text_view_get_buffer (GTK_TEXT_VIEW (get_text (self))) : NULL;
  if (buffer == self->undoable)
    return;
  if (self->undoable)
    g_signal_handlers_disconnect_by_func (self->undoable, follow, self);
  g_set_object (&self->undoable, buffer);
  if (buffer)
    {
      g_signal_connect_object (buffer, "notify::can-undo", G_CALLBACK (follow), self,
                               G_CONNECT_SWAPPED);
      g_signal_connect_object (buffer, "notify::can-redo", G_CALLBACK (follow), self,
                               G_CONNECT_SWAPPED);
    }
  follow (self);
}

void
bmn_composer_window_add_undo_actions (BmnComposerWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  follow (self);
}

void
bmn_composer_window_connect_undo (BmnComposerWindow *self)
{
  g_signal_connect (self, "notify::focus-widget", G_CALLBACK (bmn_composer_window_follow_undo),
                    NULL);
}
