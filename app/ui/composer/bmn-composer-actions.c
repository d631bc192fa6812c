#include "bmn-composer-window-private.h"

#include "bmn-entity-finder.h"
#include "bmn-hashtag.h"
#include "bmn-session-check.h"
#include "bmn-text-split.h"

#include <glib/gi18n.h>

/* What the user can do in a composer. */

static void
on_say (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  g_autofree char *escaped = g_markup_escape_text (g_variant_get_string (parameter, NULL), -1);
  AdwToast *toast = adw_toast_new (escaped);
  adw_toast_set_timeout (toast, 8);
  adw_toast_overlay_add_toast (self->toasts, toast);
  gtk_label_set_label (GTK_LABEL (self->state), g_variant_get_string (parameter, NULL));
}

static void
on_planned (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnComposerWindow) self = data;
  g_autoptr (GError) error = NULL;
  g_auto (GStrv) warnings = NULL;
  self->is_planning = FALSE;
  if (bmn_draft_keeper_plan_finish (BMN_DRAFT_KEEPER (source), result, &warnings, &error))
    {
      self->is_done = TRUE;
      gtk_window_close (GTK_WINDOW (self));
      return;
    }
  g_free (self->refusal);
  self->refusal = g_strdup (error->message);
  bmn_composer_window_show_state (self, NULL);
}

static void
on_schedule (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  if (!self->keeper || self->is_planning)
    return;
  self->is_planning = TRUE;
  bmn_draft_keeper_plan_async (self->keeper, bmn_schedule_button_get_when (self->schedule),
                               on_planned, g_object_ref (self));
}

static void
on_times (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bmn_schedule_button_popup (((BmnComposerWindow *)data)->schedule);
}

static void
on_save (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  gtk_window_close (GTK_WINDOW (data));
}

static void
on_customise (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  gint64 id = g_variant_get_int64 (parameter);
  bmn_draft_customise (self->draft, id);
  bmn_account_tabs_set_current (self->tabs, id);
}

static void
on_own (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  gint64 id = bmn_account_tabs_get_current (self->tabs);
  if (id <= 0)
    return;
  if (bmn_draft_has_own (self->draft, id))
    {
      BmnVariantEditor *editor = bmn_composer_window_get_editor (self);
      bmn_draft_reset (self->draft, id);
      gtk_stack_remove (self->editors, GTK_WIDGET (editor));
    }
  else
    bmn_draft_customise (self->draft, id);
}

static void
on_split (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  gint64 variant;
  guint part;
  g_autoptr (GError) error = NULL;
  g_variant_get (parameter, "(xu)", &variant, &part);
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  g_autoptr (GPtrArray) texts
      = destination ? bmn_text_split (bmn_draft_get_text (self->draft, variant, part),
                                      bmn_destination_get_dialect (destination),
                                      destination->limits, self->language, &error)
                    : NULL;
  if (texts)
    bmn_draft_split_part (self->draft, variant, part, texts);
  else if (error)
    gtk_widget_activate_action (GTK_WIDGET (self), "composer.say", "s", error->message);
}

static void
on_add_part (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  guint n = bmn_draft_get_parts (self->draft, bmn_composer_window_get_variant (self))->len;
  bmn_draft_insert_part (self->draft, bmn_composer_window_get_variant (self), n, "");
  gtk_widget_grab_focus (GTK_WIDGET (bmn_part_editor_get_text (
      bmn_variant_editor_get_part (bmn_composer_window_get_editor (self), n))));
}

static void
on_add_media (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  bmn_media_strip_choose (bmn_part_editor_get_strip (
      bmn_variant_editor_get_current (bmn_composer_window_get_editor (self))));
}

static void
on_emoji (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  BmnDraftText *text = bmn_part_editor_get_text (
      bmn_variant_editor_get_current (bmn_composer_window_get_editor (self)));
  gtk_widget_grab_focus (GTK_WIDGET (text));
  g_signal_emit_by_name (text, "insert-emoji");
}

/* Takes a hashtag out of the text with the blank before it. Returns: whether it was there */
static gboolean
remove_tag (BmnComposerWindow *self, const char *tag)
{
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  g_autofree char *wanted = bmn_hashtag_fold (tag, NULL);
  GPtrArray *parts = bmn_draft_get_parts (self->draft, bmn_composer_window_get_variant (self));
  for (guint i = 0; destination && i < parts->len; i++)
    {
      g_autofree char *text = g_strdup (((BmnPart *)parts->pdata[i])->text);
      g_autoptr (GPtrArray) entities
          = bmn_text_find_entities (text, bmn_destination_get_dialect (destination), NULL);
      for (guint k = 0; entities && k < entities->len; k++)
        {
          const BmnEntity *entity = entities->pdata[k];
          g_autofree char *found = bmn_hashtag_fold (entity->text, NULL);
          if (entity->kind != BMN_ENTITY_HASHTAG || g_strcmp0 (found, wanted) != 0)
            continue;
          gsize start = entity->byte_start;
          if (start > 0 && text[start - 1] == ' ')
            start--;
          g_autofree char *head = g_strndup (text, start);
          g_autofree char *rest = g_strconcat (head, text + entity->byte_end, NULL);
          bmn_draft_text_set_text (bmn_part_editor_get_text (bmn_variant_editor_get_part (
                                       bmn_composer_window_get_editor (self), i)),
                                   rest);
          return TRUE;
        }
    }
  return FALSE;
}

static void
on_toggle_tag (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  const char *tag = g_variant_get_string (parameter, NULL);
  if (remove_tag (self, tag))
    return;
  g_autofree char *text = g_strconcat ("#", tag, NULL);
  BmnDraftText *view = bmn_part_editor_get_text (
      bmn_variant_editor_get_current (bmn_composer_window_get_editor (self)));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter end;
  gtk_text_buffer_get_end_iter (buffer, &end);
  gtk_text_buffer_place_cursor (buffer, &end);
  bmn_draft_text_insert (view, text);
}

/*
 * Templates and groups of hashtags.
 */

static void
on_insert (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  BmnDraftText *text = bmn_part_editor_get_text (
      bmn_variant_editor_get_current (bmn_composer_window_get_editor (self)));
  bmn_draft_text_insert (text, g_variant_get_string (parameter, NULL));
  gtk_widget_grab_focus (GTK_WIDGET (text));
}

static void
on_snippets (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bmn_snippet_button_popup (((BmnComposerWindow *)data)->snippets);
}

void
bmn_composer_window_offer_snippet (BmnComposerWindow *self)
{
  if (!self->draft)
    return;
  BmnDraftText *view = bmn_part_editor_get_text (
      bmn_variant_editor_get_current (bmn_composer_window_get_editor (self)));
  GtkTextBuffer *buffer = gtk_text_view_get_buffer (GTK_TEXT_VIEW (view));
  GtkTextIter start, end;
  if (!gtk_text_buffer_get_selection_bounds (buffer, &start, &end))
    gtk_text_buffer_get_bounds (buffer, &start, &end);
  g_autofree char *text = gtk_text_buffer_get_text (buffer, &start, &end, FALSE);
  g_auto (GStrv) tags = bmn_composer_window_list_tags (self);
  g_autofree char *joined = g_strjoinv (" #", tags);
  g_autofree char *hashtags = *joined ? g_strconcat ("#", joined, NULL) : g_strdup ("");
  bmn_snippet_button_set_draft (self->snippets, text, hashtags);
}

static void
on_use_time (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  bmn_schedule_button_choose (((BmnComposerWindow *)data)->schedule,
                              g_variant_get_int64 (parameter));
}

static gpointer
remove_location (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_remove_location (session, data, error);
}

typedef struct
{
  BmnComposerWindow *window; /* (owned) */
  gint64 variant;
  guint part;
  guint media;
} Place;

static void
on_location_removed (GObject *source, GAsyncResult *result, gpointer data)
{
  Place *place = data;
  g_autoptr (GError) error = NULL;
  BmnMedia *media = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (media)
    bmn_draft_replace_media (place->window->draft, place->variant, place->part, place->media,
                             media);
  else
    gtk_widget_activate_action (GTK_WIDGET (place->window), "composer.say", "s", error->message);
  g_object_unref (place->window);
  g_free (place);
}

static void
fix_location (BmnComposerWindow *self, const BmnFinding *finding)
{
  GPtrArray *parts = bmn_draft_get_parts (self->draft, bmn_composer_window_get_variant (self));
  GPtrArray *media
      = finding->part < parts->len ? ((BmnPart *)parts->pdata[finding->part])->media : NULL;
  if (!media || finding->media < 0 || (guint)finding->media >= media->len)
    return;
  Place *place = g_new0 (Place, 1);
  place->window = g_object_ref (self);
  place->variant = bmn_composer_window_get_variant (self);
  place->part = finding->part;
  place->media = (guint)finding->media;
  bmn_session_thread_work_async (self->session, remove_location,
                                 bmn_media_copy (media->pdata[finding->media]),
                                 (GDestroyNotify)bmn_media_free, (GDestroyNotify)bmn_media_free,
                                 NULL, on_location_removed, place);
}

static void
on_fix (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnComposerWindow *self = data;
  const BmnAdvice *advice = bmn_advice_panel_get_advice (self->advice);
  guint index = g_variant_get_uint32 (parameter);
  if (!advice || index >= advice->findings->len)
    return;
  const BmnFinding *finding = advice->findings->pdata[index];
  BmnPartEditor *part
      = bmn_variant_editor_get_part (bmn_composer_window_get_editor (self), finding->part);
  BmnDraftText *text = bmn_part_editor_get_text (part);
  g_autofree char *before = bmn_draft_text_dup_text (text);
  switch (finding->action)
    {
    case BMN_FIX_DESCRIBE:
      bmn_media_strip_describe (bmn_part_editor_get_strip (part), (guint)MAX (finding->media, 0));
      break;
    case BMN_FIX_REMOVE_LOCATION:
      fix_location (self, finding);
      break;
    case BMN_FIX_REPLACE:
      /* Typed on since: its place may be another. The next advice has it. */
      if (finding->end > strlen (before))
        break;
      {
        g_autofree char *head = g_strndup (before, finding->start);
        g_autofree char *after = g_strconcat (
            head, finding->replacement ? finding->replacement : "", before + finding->end, NULL);
        if (g_utf8_validate (after, -1, NULL))
          bmn_draft_text_set_text (text, after);
      }
      break;
    case BMN_FIX_NONE:
    default:
      bmn_draft_text_select (text, finding->start, finding->end);
      break;
    }
}

static void
follow_panes (BmnComposerWindow *self, const char *pane)
{
  const char *const names[] = { "write", "preview", "suggestions", "checks" };
  int columns = bmn_composer_panes_get_columns (self->panes);
  for (guint i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (names[i], pane) == 0)
      bmn_composer_panes_set_pane (self->panes, (BmnComposerPane)i);
  gboolean narrow = columns == 1;
  gboolean only_checks = narrow && strcmp (pane, "checks") == 0;
  bmn_advice_panel_set_visible_groups (self->advice, !only_checks, !narrow || only_checks);
  gtk_widget_set_visible (self->switcher, narrow);
  gtk_widget_set_visible (self->preview_button, columns == 2);
  gtk_widget_set_visible (self->save, !narrow);
  gtk_widget_set_visible (self->language_words, !narrow);
  bmn_schedule_button_set_short (self->schedule, narrow);
}

static void
on_pane (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  follow_panes (data, g_variant_get_string (value, NULL));
}

static void
on_columns_changed (BmnComposerWindow *self)
{
  g_autoptr (GVariant) pane
      = g_action_group_get_action_state (G_ACTION_GROUP (self->actions), "pane");
  follow_panes (self, g_variant_get_string (pane, NULL));
}

static void
on_preview_toggled (BmnComposerWindow *self)
{
  gboolean shown = gtk_toggle_button_get_active (GTK_TOGGLE_BUTTON (self->preview_button));
  g_action_group_change_action_state (G_ACTION_GROUP (self->actions), "pane",
                                      g_variant_new_string (shown ? "preview" : "write"));
}

static const GActionEntry actions[] = {
  { .name = "say", .activate = on_say, .parameter_type = "s" },
  { .name = "schedule", .activate = on_schedule },
  { .name = "save", .activate = on_save },
  { .name = "times", .activate = on_times },
  { .name = "customise", .activate = on_customise, .parameter_type = "x" },
  { .name = "own", .activate = on_own },
  { .name = "split", .activate = on_split, .parameter_type = "(xu)" },
  { .name = "add-part", .activate = on_add_part },
  { .name = "add-media", .activate = on_add_media },
  { .name = "emoji", .activate = on_emoji },
  { .name = "insert", .activate = on_insert, .parameter_type = "s" },
  { .name = "snippets", .activate = on_snippets },
  { .name = "toggle-tag", .activate = on_toggle_tag, .parameter_type = "s" },
  { .name = "use-time", .activate = on_use_time, .parameter_type = "x" },
  { .name = "fix", .activate = on_fix, .parameter_type = "u" },
  { .name = "pane", .parameter_type = "s", .state = "'write'", .change_state = on_pane },
};

void
bmn_composer_window_add_actions (BmnComposerWindow *self)
{
  self->actions = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
  bmn_composer_window_add_option_actions (self);
  bmn_composer_window_add_undo_actions (self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "composer", G_ACTION_GROUP (self->actions));
}

void
bmn_composer_window_connect_layout (BmnComposerWindow *self)
{
  g_signal_connect_object (self->panes, "columns-changed", G_CALLBACK (on_columns_changed), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->preview_button, "toggled", G_CALLBACK (on_preview_toggled), self,
                           G_CONNECT_SWAPPED);
}
