#include "bmn-draft-text.h"

#include "bmn-entity-finder.h"
#include "bmn-segmenter.h"
#include "bmn-text-count.h"

#include <adwaita.h>
#include <glib/gi18n.h>

/* A pause after which spelling is looked at; ms. */
#define SPELLING_PAUSE 400

struct _BmnDraftText
{
  GtkTextView parent_instance;

  BmnSpeller *speller;         /* (owned) */
  BmnDestination *destination; /* (owned) (nullable) */
  GtkTextTag *tags[3];         /* the table's; by BmnEntityKind */
  GtkTextTag *overflow;        /* the table's */
  GtkTextTag *misspelt;        /* the table's */
  guint highlighting;          /* an idle source, or 0 */
  guint spelling;              /* a timeout, or 0 */
  char *word;                  /* (owned) (nullable) the misspelt word that the menu is about */
  int word_start, word_end;
};

G_DEFINE_FINAL_TYPE (BmnDraftText, bmn_draft_text, GTK_TYPE_TEXT_VIEW)

static GtkTextBuffer *
get_buffer (BmnDraftText *self)
{
  return gtk_text_view_get_buffer (GTK_TEXT_VIEW (self));
}

char *
bmn_draft_text_dup_text (BmnDraftText *self)
{
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  return gtk_text_buffer_get_text (get_buffer (self), &start, &end, TRUE);
}

static void
get_iter_at_byte (BmnDraftText *self, const char *text, gsize byte, GtkTextIter *iter)
{
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), iter,
                                      (int)g_utf8_pointer_to_offset (text, text + byte));
}

/*
 * What stands out.
 */

static BmnTextDialect
get_dialect (BmnDraftText *self)
{
  return self->destination ? bmn_destination_get_dialect (self->destination)
                           : BMN_TEXT_DIALECT_MASTODON;
}

static void
mark (BmnDraftText *self, GtkTextTag *tag, gsize start, gsize end)
{
  GtkTextIter from, to;
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &from, (int)start);
  gtk_text_buffer_get_iter_at_offset (get_buffer (self), &to, (int)end);
  gtk_text_buffer_apply_tag (get_buffer (self), tag, &from, &to);
}

static void
mark_overflow (BmnDraftText *self, const char *text)
{
  BmnTextCount count;
  if (!self->destination || !bmn_text_count (text, self->destination->limits, &count, NULL)
      || count.fits)
    return;
  GtkTextIter from, to;
  get_iter_at_byte (self, text, count.valid_end_byte, &from);
  gtk_text_buffer_get_end_iter (get_buffer (self), &to);
  gtk_text_buffer_apply_tag (get_buffer (self), self->overflow, &from, &to);
}

static gboolean
highlight (gpointer data)
{
  BmnDraftText *self = data;
  self->highlighting = 0;
  g_autofree char *text = bmn_draft_text_dup_text (self);
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  for (guint i = 0; i < G_N_ELEMENTS (self->tags); i++)
    gtk_text_buffer_remove_tag (get_buffer (self), self->tags[i], &start, &end);
  gtk_text_buffer_remove_tag (get_buffer (self), self->overflow, &start, &end);
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, get_dialect (self), NULL);
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      mark (self, self->tags[entity->kind], entity->start, entity->end);
    }
  mark_overflow (self, text);
  return G_SOURCE_REMOVE;
}

/* The next frame shows it, however many keys were pressed before that. */
static void
schedule_highlighting (BmnDraftText *self)
{
  if (self->highlighting == 0)
    self->highlighting = g_idle_add_full (GDK_PRIORITY_REDRAW - 5, highlight, self, NULL);
}

void
bmn_draft_text_set_destination (BmnDraftText *self, const BmnDestination *destination)
{
  g_clear_pointer (&self->destination, bmn_destination_free);
  self->destination = destination ? bmn_destination_copy (destination) : NULL;
  schedule_highlighting (self);
}

/* Ink for links and surplus that can be read on both schemes. */
static void
follow_style (BmnDraftText *self)
{
  GtkStyleContext *style = gtk_widget_get_style_context (GTK_WIDGET (self));
  GdkRGBA accent, failed;
  if (!gtk_style_context_lookup_color (style, "accent_color", &accent)
      || !gtk_style_context_lookup_color (style, "state_failed", &failed))
    return;
  for (guint i = 0; i < G_N_ELEMENTS (self->tags); i++)
    g_object_set (self->tags[i], "foreground-rgba", &accent, NULL);
  g_object_set (self->misspelt, "underline-rgba", &failed, NULL);
  failed.alpha = 0.2f;
  g_object_set (self->overflow, "background-rgba", &failed, NULL);
}

static void
bmn_draft_text_css_changed (GtkWidget *widget, GtkCssStyleChange *change)
{
  GTK_WIDGET_CLASS (bmn_draft_text_parent_class)->css_changed (widget, change);
  follow_style (BMN_DRAFT_TEXT (widget));
}

/*
 * Spelling.
 */

static gboolean
is_within (GPtrArray *entities, gsize start, gsize end)
{
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (start < entity->byte_end && end > entity->byte_start)
        return TRUE;
    }
  return FALSE;
}

/* Addresses that no platform links, such as those of a test, are no words either. */
static gboolean
is_in_address (const char *text, gsize start, gsize end)
{
  while (start > 0 && !g_ascii_isspace (text[start - 1]))
    start--;
  while (text[end] && !g_ascii_isspace (text[end]))
    end++;
  return g_strstr_len (text + start, (gssize)(end - start), "://") != NULL;
}

static gboolean
check_spelling (gpointer data)
{
  BmnDraftText *self = data;
  self->spelling = 0;
  GtkTextIter start, end;
  gtk_text_buffer_get_bounds (get_buffer (self), &start, &end);
  gtk_text_buffer_remove_tag (get_buffer (self), self->misspelt, &start, &end);
  if (!bmn_speller_is_on (self->speller))
    return G_SOURCE_REMOVE;
  g_autofree char *text = bmn_draft_text_dup_text (self);
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, get_dialect (self), NULL);
  g_autoptr (BmnSegmenter) words = bmn_segmenter_new (BMN_SEGMENT_WORDS, NULL);
  BmnSegment word;
  if (!bmn_segmenter_set_text (words, text, -1, NULL))
    return G_SOURCE_REMOVE;
  while (bmn_segmenter_next (words, &word))
    {
      if (is_within (entities, word.start, word.end) || is_in_address (text, word.start, word.end)
          || bmn_speller_check (self->speller, text + word.start, (gssize)(word.end - word.start)))
        continue;
      get_iter_at_byte (self, text, word.start, &start);
      get_iter_at_byte (self, text, word.end, &end);
      gtk_text_buffer_apply_tag (get_buffer (self), self->misspelt, &start, &end);
    }
  return G_SOURCE_REMOVE;
}

static void
schedule_spelling (BmnDraftText *self)
{
  g_clear_handle_id (&self->spelling, g_source_remove);
  self->spelling = g_timeout_add_full (G_PRIORITY_LOW, SPELLING_PAUSE, check_spelling, self, NULL);
}

static void
set_menu (BmnDraftText *self, const GtkTextIter *at)
{
  g_clear_pointer (&self->word, g_free);
  GtkTextIter start = *at, end = *at;
  if (!gtk_text_iter_has_tag (at, self->misspelt) && !gtk_text_iter_ends_tag (at, self->misspelt))
    {
      gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self), NULL);
      return;
    }
  if (!gtk_text_iter_starts_tag (&start, self->misspelt))
    gtk_text_iter_backward_to_tag_toggle (&start, self->misspelt);
  if (!gtk_text_iter_ends_tag (&end, self->misspelt))
    gtk_text_iter_forward_to_tag_toggle (&end, self->misspelt);
  self->word = gtk_text_iter_get_text (&start, &end);
  self->word_start = gtk_text_iter_get_offset (&start);
  self->word_end = gtk_text_iter_get_offset (&end);
  g_auto (GStrv) better = bmn_speller_suggest (self->speller, self->word);
  g_autoptr (GMenu) menu = g_menu_new (), words = g_menu_new (), own = g_menu_new ();
  for (guint i = 0; better[i]; i++)
    {
      g_autoptr (GMenuItem) item = g_menu_item_new (better[i], NULL);
      g_menu_item_set_action_and_target (item, "spelling.replace", "s", better[i]);
      g_menu_append_item (words, item);
    }
  g_menu_append (own, _ ("Add to Dictionary"), "spelling.add");
  g_menu_append_section (menu, NULL, G_MENU_MODEL (words));
  g_menu_append_section (menu, NULL, G_MENU_MODEL (own));
  gtk_text_view_set_extra_menu (GTK_TEXT_VIEW (self), G_MENU_MODEL (menu));
}

static void
on_secondary_press (BmnDraftText *self, int n_press, double x, double y)
{
  int buffer_x, buffer_y;
  GtkTextIter at;
  gtk_text_view_window_to_buffer_coords (GTK_TEXT_VIEW (self), GTK_TEXT_WINDOW_WIDGET, (int)x,
                                         (int)y, &buffer_x, &buffer_y);
  gtk_text_view_get_iter_at_location (GTK_TEXT_VIEW (self), &at, buffer_x, buffer_y);
  set_menu (self, &at);
}

/* From the keyboard the menu is about the word at the cursor. */
static void
on_menu_key (BmnDraftText *self)
{
  GtkTextIter at;
  gtk_text_buffer_get_iter_at_mark (get_buffer (self), &at,
                                    gtk_text_buffer_get_insert (get_buffer (self)));
  set_menu (self, &at);
}

static gboolean
on_key (BmnDraftText *self, guint key, guint code, GdkModifierType state)
{
  if (key == GDK_KEY_Menu || (key == GDK_KEY_F10 && state & GDK_SHIFT_MASK))
    on_menu_key (self);
  return GDK_EVENT_PROPAGATE;
}

static void
on_replace (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnDraftText *self = data;
  if (!self->word)
    return;
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;
  gtk_text_buffer_get_iter_at_offset (buffer, &start, self->word_start);
  gtk_text_buffer_get_iter_at_offset (buffer, &end, self->word_end);
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, g_variant_get_string (parameter, NULL), -1);
  gtk_text_buffer_end_user_action (buffer);
}

static void
on_add (GSimpleAction *action, GVariant *parameter, gpointer data)
{
  BmnDraftText *self = data;
  if (self->word)
    bmn_speller_add (self->speller, self->word);
}

static const GActionEntry actions[] = {
  { .name = "replace", .activate = on_replace, .parameter_type = "s" },
  { .name = "add", .activate = on_add },
};

/*
 * The text.
 */

void
bmn_draft_text_set_text (BmnDraftText *self, const char *text)
{
  g_autofree char *before = bmn_draft_text_dup_text (self);
  if (strcmp (before, text) == 0)
    return;
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter start, end;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_get_bounds (buffer, &start, &end);
  gtk_text_buffer_delete (buffer, &start, &end);
  gtk_text_buffer_insert (buffer, &start, text, -1);
  gtk_text_buffer_end_user_action (buffer);
}

void
bmn_draft_text_load (BmnDraftText *self, const char *text)
{
  gtk_text_buffer_begin_irreversible_action (get_buffer (self));
  gtk_text_buffer_set_text (get_buffer (self), text, -1);
  gtk_text_buffer_end_irreversible_action (get_buffer (self));
}

void
bmn_draft_text_insert (BmnDraftText *self, const char *text)
{
  GtkTextBuffer *buffer = get_buffer (self);
  GtkTextIter at, before;
  gtk_text_buffer_begin_user_action (buffer);
  gtk_text_buffer_delete_selection (buffer, TRUE, TRUE);
  gtk_text_buffer_get_iter_at_mark (buffer, &at, gtk_text_buffer_get_insert (buffer));
  before = at;
  if (gtk_text_iter_backward_char (&before)
      && !g_unichar_isspace (gtk_text_iter_get_char (&before)))
    gtk_text_buffer_insert (buffer, &at, " ", 1);
  gtk_text_buffer_insert (buffer, &at, text, -1);
  gtk_text_buffer_end_user_action (buffer);
  gtk_text_view_scroll_mark_onscreen (GTK_TEXT_VIEW (self), gtk_text_buffer_get_insert (buffer));
}

void
bmn_draft_text_select (BmnDraftText *self, gsize start, gsize end)
{
  g_autofree char *text = bmn_draft_text_dup_text (self);
  gsize length = strlen (text);
  GtkTextIter from, to;
  get_iter_at_byte (self, text, MIN (start, length), &from);
  get_iter_at_byte (self, text, MIN (end, length), &to);
  gtk_text_buffer_select_range (get_buffer (self), &from, &to);
  gtk_text_view_scroll_to_iter (GTK_TEXT_VIEW (self), &from, 0.1, FALSE, 0, 0);
  gtk_widget_grab_focus (GTK_WIDGET (self));
}

static void
on_changed (BmnDraftText *self)
{
  schedule_highlighting (self);
  if (bmn_speller_is_on (self->speller))
    schedule_spelling (self);
}

static void
bmn_draft_text_dispose (GObject *object)
{
  BmnDraftText *self = BMN_DRAFT_TEXT (object);
  g_clear_handle_id (&self->highlighting, g_source_remove);
  g_clear_handle_id (&self->spelling, g_source_remove);
  g_clear_object (&self->speller);
  g_clear_pointer (&self->destination, bmn_destination_free);
  g_clear_pointer (&self->word, g_free);
  G_OBJECT_CLASS (bmn_draft_text_parent_class)->dispose (object);
}

static void
bmn_draft_text_class_init (BmnDraftTextClass *klass)
{
  G_OBJECT_CLASS (klass)->dispose = bmn_draft_text_dispose;
  GTK_WIDGET_CLASS (klass)->css_changed = bmn_draft_text_css_changed;
}

static void
make_tags (BmnDraftText *self)
{
  GtkTextBuffer *buffer = get_buffer (self);
  self->overflow = gtk_text_buffer_create_tag (buffer, "overflow", NULL);
  for (guint i = 0; i < G_N_ELEMENTS (self->tags); i++)
    self->tags[i]
        = i == BMN_ENTITY_LINK
              ? gtk_text_buffer_create_tag (buffer, NULL, "underline", PANGO_UNDERLINE_SINGLE, NULL)
              : gtk_text_buffer_create_tag (buffer, NULL, "weight", PANGO_WEIGHT_SEMIBOLD, NULL);
  self->misspelt
      = gtk_text_buffer_create_tag (buffer, "misspelt", "underline", PANGO_UNDERLINE_ERROR, NULL);
}

static void
bmn_draft_text_init (BmnDraftText *self)
{
  GtkTextView *view = GTK_TEXT_VIEW (self);
  gtk_text_view_set_wrap_mode (view, GTK_WRAP_WORD_CHAR);
  gtk_text_view_set_pixels_above_lines (view, 1);
  gtk_text_view_set_pixels_inside_wrap (view, 3);
  gtk_text_view_set_pixels_below_lines (view, 2);
  gtk_text_view_set_accepts_tab (view, FALSE);
  gtk_text_view_set_input_hints (view, GTK_INPUT_HINT_SPELLCHECK | GTK_INPUT_HINT_EMOJI);
  gtk_widget_add_css_class (GTK_WIDGET (self), "draft-text");
  gtk_text_buffer_set_enable_undo (get_buffer (self), TRUE);
  make_tags (self);
  g_signal_connect_swapped (get_buffer (self), "changed", G_CALLBACK (on_changed), self);

  GtkGesture *press = gtk_gesture_click_new ();
  gtk_gesture_single_set_button (GTK_GESTURE_SINGLE (press), GDK_BUTTON_SECONDARY);
  gtk_event_controller_set_propagation_phase (GTK_EVENT_CONTROLLER (press), GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (press, "pressed", G_CALLBACK (on_secondary_press), self);
  gtk_widget_add_controller (GTK_WIDGET (self), GTK_EVENT_CONTROLLER (press));
  GtkEventController *keys = gtk_event_controller_key_new ();
  gtk_event_controller_set_propagation_phase (keys, GTK_PHASE_CAPTURE);
  g_signal_connect_swapped (keys, "key-pressed", G_CALLBACK (on_key), self);
  gtk_widget_add_controller (GTK_WIDGET (self), keys);

  g_autoptr (GSimpleActionGroup) group = g_simple_action_group_new ();
  g_action_map_add_action_entries (G_ACTION_MAP (group), actions, G_N_ELEMENTS (actions), self);
  gtk_widget_insert_action_group (GTK_WIDGET (self), "spelling", G_ACTION_GROUP (group));
}

GtkWidget *
bmn_draft_text_new (BmnSpeller *speller)
{
  BmnDraftText *self = g_object_new (BMN_TYPE_DRAFT_TEXT, NULL);
  self->speller = g_object_ref (speller);
  g_signal_connect_object (speller, "changed", G_CALLBACK (schedule_spelling), self,
                           G_CONNECT_SWAPPED);
  gtk_accessible_update_property (GTK_ACCESSIBLE (self), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  _ ("Text of the post"), GTK_ACCESSIBLE_PROPERTY_MULTI_LINE, TRUE,
                                  -1);
  return GTK_WIDGET (self);
}
