#include "bmn-composer-window-private.h"

#include <glib/gi18n.h>

/* What a post has beside its text: warning, poll, visibility, language. */

/* An empty tag is for the guess. Names of languages are in themselves. */
static const struct
{
  const char *tag;
  const char *name;
} languages[] = {
  { "", N_ ("Guess from the Text") },
  { "ar", "العربية" },
  { "de", "Deutsch" },
  { "en", "English" },
  { "es", "Español" },
  { "fr", "Français" },
  { "it", "Italiano" },
  { "ja", "日本語" },
  { "nl", "Nederlands" },
  { "pl", "Polski" },
  { "pt", "Português" },
  { "zh", "中文" },
};

const char *
bmn_composer_window_name_language (const char *tag)
{
  for (guint i = 1; i < G_N_ELEMENTS (languages); i++)
    if (strcmp (languages[i].tag, tag) == 0)
      return languages[i].name;
  return tag;
}

static GMenuModel *
make_language_menu (void)
{
  GMenu *menu = g_menu_new ();
  for (guint i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autoptr (GMenuItem) item
          = g_menu_item_new (i == 0 ? _ (languages[i].name) : languages[i].name, NULL);
      g_menu_item_set_action_and_target (item, "composer.language", "s", languages[i].tag);
      g_menu_append_item (menu, item);
    }
  return G_MENU_MODEL (menu);
}

static void
on_warning (GSimpleAction *action, GVariant *value, gpointer data)
{
  BmnComposerWindow *self = data;
  g_simple_action_set_state (action, value);
  bmn_draft_options_show_warning (self->options, g_variant_get_boolean (value));
}

static void
on_poll (GSimpleAction *action, GVariant *value, gpointer data)
{
  BmnComposerWindow *self = data;
  g_simple_action_set_state (action, value);
  bmn_draft_options_show_poll (self->options, g_variant_get_boolean (value));
}

static void
on_sensitive (GSimpleAction *action, GVariant *value, gpointer data)
{
  g_simple_action_set_state (action, value);
  bmn_draft_set_sensitive (((BmnComposerWindow *)data)->draft, g_variant_get_boolean (value));
}

/* What is not the account's own way is said on the button. */
static void
show_visibility (BmnComposerWindow *self)
{
  const char *words[] = {
    [BMN_VISIBILITY_DEFAULT] = NULL,
    [BMN_VISIBILITY_PUBLIC] = _ ("Public"),
    [BMN_VISIBILITY_UNLISTED] = _ ("Unlisted"),
    [BMN_VISIBILITY_FOLLOWERS] = _ ("Followers"),
    [BMN_VISIBILITY_DIRECT] = _ ("Those Mentioned"),
  };
  const char *chosen = words[bmn_draft_get_post (self->draft)->visibility];
  gtk_label_set_label (GTK_LABEL (self->visibility_words), chosen ? chosen : "");
  gtk_widget_set_visible (self->visibility_words, chosen != NULL);
  g_autofree char *name
      /* Translators: %s is “Public”, “Followers” and the like. */
      = chosen ? g_strdup_printf (_ ("Who can see it: %s"), chosen) : NULL;
  gtk_accessible_update_property (GTK_ACCESSIBLE (self->visibility), GTK_ACCESSIBLE_PROPERTY_LABEL,
                                  name ? name : _ ("Who can see it"), -1);
}

static void
on_visibility (GSimpleAction *action, GVariant *value, gpointer data)
{
  BmnComposerWindow *self = data;
  BmnVisibility visibility;
  g_simple_action_set_state (action, value);
  if (bmn_visibility_from_nick (g_variant_get_string (value, NULL), &visibility))
    bmn_draft_set_visibility (self->draft, visibility);
  show_visibility (self);
}

static void
on_language (GSimpleAction *action, GVariant *value, gpointer data)
{
  BmnComposerWindow *self = data;
  const char *language = g_variant_get_string (value, NULL);
  g_simple_action_set_state (action, value);
  bmn_draft_set_language (self->draft, *language ? language : NULL);
  bmn_composer_window_follow_language (self);
}

static const GActionEntry actions[] = {
  { .name = "warning", .state = "false", .change_state = on_warning },
  { .name = "poll", .state = "false", .change_state = on_poll },
  { .name = "sensitive", .state = "false", .change_state = on_sensitive },
  { .name = "visibility",
    .parameter_type = "s",
    .state = "'default'",
    .change_state = on_visibility },
  { .name = "language", .parameter_type = "s", .state = "''", .change_state = on_language },
};

void
bmn_composer_window_add_option_actions (BmnComposerWindow *self)
{
  g_action_map_add_action_entries (G_ACTION_MAP (self->actions), actions, G_N_ELEMENTS (actions),
                                   self);
}

void
bmn_composer_window_set_up_options (BmnComposerWindow *self)
{
  g_autoptr (GMenuModel) menu = make_language_menu ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->language_button), menu);
}

/* @state: (transfer floating): */
static void
load_state (BmnComposerWindow *self, const char *name, GVariant *state)
{
  GAction *action = g_action_map_lookup_action (G_ACTION_MAP (self->actions), name);
  g_simple_action_set_state (G_SIMPLE_ACTION (action), state);
}

void
bmn_composer_window_load_options (BmnComposerWindow *self)
{
  const BmnPost *post = bmn_draft_get_post (self->draft);
  load_state (self, "warning", g_variant_new_boolean (post->content_warning != NULL));
  load_state (self, "poll", g_variant_new_boolean (post->poll != NULL));
  load_state (self, "sensitive", g_variant_new_boolean (post->sensitive));
  load_state (self, "visibility", g_variant_new_string (bmn_visibility_to_nick (post->visibility)));
  load_state (self, "language", g_variant_new_string (post->language ? post->language : ""));
  show_visibility (self);
}
