#include "bmn-composer-window-private.h"

#include "bmn-entity-finder.h"
#include "bmn-language.h"
#include "bmn-session-advise.h"
#include "bmn-session-posts.h"
#include "bmn-session-slots.h"
#include "bmn-text-count.h"
#include <glib/gi18n.h>

/* Pauses in typing after which others are asked; ms. */
#define ADVICE_PAUSE 150
#define PREVIEW_PAUSE 60

G_DEFINE_FINAL_TYPE (BmnComposerWindow, bmn_composer_window, ADW_TYPE_APPLICATION_WINDOW)

/*
 * Whose text it is.
 */

static const BmnDestination *
find_destination (BmnComposerWindow *self, gint64 account_id)
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
    return find_destination (self, current);
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

static void
show_refusals (BmnComposerWindow *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < self->destinations->len; i++)
    {
      const BmnDestination *destination = self->destinations->pdata[i];
      gint64 id = destination->account->id;
      GPtrArray *parts = bmn_draft_get_parts (self->draft, id);
      for (guint k = 0; bmn_draft_has_account (self->draft, id) && k < parts->len; k++)
        {
          const BmnPart *part = parts->pdata[k];
          BmnTextCount count = { .fits = TRUE };
          bmn_text_count (part->text, destination->limits, &count, NULL);
          if (!count.fits)
            g_strv_builder_add_many (
                builder, g_strdup_printf (_ ("Too long for %s"), destination->account->name), NULL);
          if (part->media->len > destination->limits->max_media)
            g_strv_builder_add_many (builder,
                                     g_strdup_printf (ngettext ("%s takes no more than %u picture",
                                                                "%s takes no more than %u pictures",
                                                                destination->limits->max_media),
                                                      destination->account->name,
                                                      destination->limits->max_media),
                                     NULL);
        }
    }
  g_auto (GStrv) refusals = g_strv_builder_end (builder);
  bmn_advice_panel_set_refusals (self->advice, (const char *const *)refusals);
}

/*
 * Language.
 */

static void
set_language (BmnComposerWindow *self, const char *language)
{
  if (g_strcmp0 (self->language, language) == 0)
    return;
  g_free (self->language);
  self->language = g_strdup (language);
  bmn_speller_set_language (self->speller, language);
  gtk_label_set_label (GTK_LABEL (self->language_words), language ? language : "");
}

/* What the user chose holds; else it is guessed from the text. */
void
bmn_composer_window_follow_language (BmnComposerWindow *self)
{
  const char *chosen = bmn_draft_get_post (self->draft)->language;
  if (chosen)
    {
      set_language (self, chosen);
      return;
    }
  BmnLanguage guess = bmn_language_guess (
      bmn_draft_get_text (self->draft, bmn_composer_window_get_variant (self), 0));
  if (guess.confidence >= 0.5)
    set_language (self, guess.tag);
  else if (!self->language)
    {
      g_autofree char *own = g_strdup (g_get_language_names ()[0]);
      own[strcspn (own, "_.@")] = '\0';
      set_language (self, strcmp (own, "C") == 0 ? "en" : own);
    }
}

/*
 * Preview and advice.
 */

static char *
get_time_in_words (BmnComposerWindow *self)
{
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  gint64 at = bmn_schedule_button_get_instant (self->schedule);
  return at > 0 && destination ? bmn_schedule_time_in_words (at, destination->account->zone) : NULL;
}

static gboolean
show_preview (gpointer data)
{
  BmnComposerWindow *self = data;
  self->preview_timeout = 0;
  g_autofree char *time = get_time_in_words (self);
  gint64 current = bmn_account_tabs_get_current (self->tabs);
  bmn_preview_show (self->preview, self->draft, self->destinations, current, time);
  show_refusals (self);
  return G_SOURCE_REMOVE;
}

/* Returns: (transfer full): the hashtags of the text on screen, without the sign */
static GStrv
list_tags (BmnComposerWindow *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  GPtrArray *parts = bmn_draft_get_parts (self->draft, bmn_composer_window_get_variant (self));
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (GPtrArray) entities = bmn_text_find_entities (
          ((BmnPart *)parts->pdata[i])->text,
          destination ? bmn_destination_get_dialect (destination) : BMN_TEXT_DIALECT_MASTODON,
          NULL);
      for (guint k = 0; entities && k < entities->len; k++)
        if (((BmnEntity *)entities->pdata[k])->kind == BMN_ENTITY_HASHTAG)
          g_strv_builder_add (builder, ((BmnEntity *)entities->pdata[k])->text);
    }
  return g_strv_builder_end (builder);
}

typedef struct
{
  BmnPost *post; /* (owned) */
  gint64 account_id;
  gint64 when;
} Question;

static void
question_free (Question *question)
{
  bmn_post_free (question->post);
  g_free (question);
}

static void
on_advised (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  GError *error = NULL;
  BmnAdvice *advice = bmn_session_advise_finish (BMN_SESSION (source), result, &error);
  if (advice)
    g_task_return_pointer (task, advice, (GDestroyNotify)bmn_advice_free);
  else
    g_task_return_error (task, error);
}

static void
start_advising (BmnSession *session, gpointer data, GTask *task)
{
  const Question *question = data;
  bmn_session_advise_async (session, question->account_id, question->post, question->when,
                            g_task_get_cancellable (task), on_advised, task);
}

static void
on_advice (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnComposerWindow) self = data;
  g_autoptr (GError) error = NULL;
  BmnAdvice *advice = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!advice)
    {
      if (!g_error_matches (error, G_IO_ERROR, G_IO_ERROR_CANCELLED))
        g_message ("%s", error->message);
      return;
    }
  const BmnDestination *destination = find_destination (self, advice->account_id);
  g_auto (GStrv) tags = list_tags (self);
  gint64 best = advice->times->len > 0 ? g_array_index (advice->times, BmnPostingTime, 0).at : 0;
  bmn_advice_panel_show (self->advice, advice, (const char *const *)tags,
                         bmn_draft_get_post (self->draft)->id,
                         destination ? destination->account->zone : "UTC");
  bmn_schedule_button_set_best (self->schedule, best);
}

static gboolean
ask_for_advice (gpointer data)
{
  BmnComposerWindow *self = data;
  self->advice_timeout = 0;
  bmn_composer_window_follow_language (self);
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  if (self->asking)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (!destination)
    return G_SOURCE_REMOVE;
  Question *question = g_new0 (Question, 1);
  question->account_id = destination->account->id;
  question->post = bmn_draft_make_post (self->draft, question->account_id);
  question->when = 0;
  self->asking = g_cancellable_new ();
  bmn_session_thread_start_async (self->session, start_advising, question,
                                  (GDestroyNotify)question_free, self->asking, on_advice,
                                  g_object_ref (self));
  return G_SOURCE_REMOVE;
}

static void
schedule_advice (BmnComposerWindow *self)
{
  g_clear_handle_id (&self->advice_timeout, g_source_remove);
  if (self->draft)
    self->advice_timeout = g_timeout_add (ADVICE_PAUSE, ask_for_advice, self);
}

static void
schedule_preview (BmnComposerWindow *self)
{
  if (self->preview_timeout == 0 && self->draft)
    self->preview_timeout = g_timeout_add (PREVIEW_PAUSE, show_preview, self);
}

/*
 * Slots.
 */

static gpointer
find_slot (BmnSession *session, gpointer data, GError **error)
{
  gint64 *instant = g_new0 (gint64, 1);
  BmnWallTime wall;
  /* No slot is no failure here: the menu says so. */
  if (!bmn_session_next_slot (session, *(gint64 *)data, instant, &wall, NULL))
    *instant = 0;
  return instant;
}

static void
on_slot (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnComposerWindow) self = data;
  g_autofree gint64 *instant
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  if (instant)
    bmn_schedule_button_set_next_slot (self->schedule, *instant);
}

static void
ask_for_slot (BmnComposerWindow *self)
{
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  if (!destination)
    return;
  bmn_schedule_button_set_zone (self->schedule, destination->account->zone);
  bmn_session_thread_call_async (
      self->session, find_slot,
      g_memdup2 (&destination->account->id, sizeof destination->account->id), g_free, g_free, NULL,
      on_slot, g_object_ref (self));
}

/*
 * Which drafts are on screen.
 */

static gpointer
store_open (BmnSession *session, gpointer data, GError **error)
{
  bmn_session_set_open_drafts (session, data, error);
  return NULL;
}

static void
remember_open (BmnComposerWindow *self, gboolean with_self)
{
  GArray *open = g_array_new (FALSE, FALSE, sizeof (BmnOpenDraft));
  GtkApplication *app = gtk_window_get_application (GTK_WINDOW (self));
  for (GList *at = app ? gtk_application_get_windows (app) : NULL; at; at = at->next)
    {
      if (!BMN_IS_COMPOSER_WINDOW (at->data) || (at->data == self && !with_self))
        continue;
      BmnComposerWindow *window = at->data;
      BmnOpenDraft draft = { .original = window->original };
      if (window->draft && !window->is_done)
        draft.post_id = bmn_draft_get_post (window->draft)->id;
      if (draft.post_id != 0)
        g_array_append_val (open, draft);
    }
  bmn_session_thread_call_async (self->session, store_open, open, (GDestroyNotify)g_array_unref,
                                 NULL, NULL, NULL, NULL);
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
      remember_open (self, TRUE);
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
      ask_for_slot (self);
    }
  show_title (self);
  schedule_preview (self);
  schedule_advice (self);
}

static void
on_tab_switched (BmnComposerWindow *self)
{
  show_editor (self);
  ask_for_slot (self);
  schedule_preview (self);
  schedule_advice (self);
}

/*
 * Loading.
 */

typedef struct
{
  gint64 post_id;
  GPtrArray *destinations; /* (owned) */
  BmnPostView *view;       /* (owned) (nullable) */
} Load;

static void
load_free (Load *load)
{
  g_clear_pointer (&load->destinations, g_ptr_array_unref);
  g_clear_pointer (&load->view, bmn_post_view_free);
  g_free (load);
}

static gpointer
load_post (BmnSession *session, gpointer data, GError **error)
{
  Load *load = g_new0 (Load, 1);
  load->post_id = *(gint64 *)data;
  load->destinations = bmn_session_list_destinations (session, error);
  if (load->destinations && load->post_id != 0)
    load->view = bmn_session_get_post (session, load->post_id, error);
  if (!load->destinations || (load->post_id != 0 && !load->view))
    g_clear_pointer (&load, load_free);
  return load;
}

/* A post that is planned stays as it is; what is written is a copy until it is updated. */
static BmnDraft *
make_draft (BmnComposerWindow *self, const BmnPostView *view)
{
  g_autoptr (GPtrArray) targets = g_ptr_array_new ();
  gint64 due = 0;
  for (guint i = 0; i < view->targets->len; i++)
    {
      BmnTarget *target = ((BmnTargetView *)view->targets->pdata[i])->target;
      g_ptr_array_add (targets, target);
      if (target->state != BMN_TARGET_DRAFT)
        due = MAX (due, target->due_at);
    }
  BmnDraft *draft = bmn_draft_new_from (view->post, targets);
  if (due > 0)
    {
      self->original = view->post->id;
      bmn_draft_set_id (draft, 0);
      bmn_schedule_button_keep (self->schedule, due);
    }
  return draft;
}

static void
start_writing (BmnComposerWindow *self)
{
  self->keeper = bmn_draft_keeper_new (self->session, self->draft, self->original);
  bmn_account_tabs_set_up (self->tabs, self->draft, self->destinations);
  bmn_draft_options_set_draft (self->options, self->draft);
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

static void
on_loaded (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnComposerWindow) self = data;
  g_autoptr (GError) error = NULL;
  Load *load = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, &error);
  if (!load)
    {
      gtk_widget_activate_action (GTK_WIDGET (self), "composer.say", "s", error->message);
      return;
    }
  self->destinations = g_ptr_array_ref (load->destinations);
  self->draft = load->view ? make_draft (self, load->view) : bmn_draft_new ();
  for (guint i = 0; load->post_id == 0 && i < self->destinations->len; i++)
    bmn_draft_set_account (self->draft,
                           ((BmnDestination *)self->destinations->pdata[i])->account->id, TRUE);
  load_free (load);
  start_writing (self);
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
  remember_open (self, FALSE);
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
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, editors);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, tools);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, emoji);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, warning);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, poll);
  gtk_widget_class_bind_template_child (widget_class, BmnComposerWindow, visibility);
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
}

static GMenuModel *
make_language_menu (void)
{
  const struct
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
bmn_composer_window_init (BmnComposerWindow *self)
{
  bmn_composer_window_add_actions (self);
  self->speller = bmn_speller_new ();
  gtk_widget_init_template (GTK_WIDGET (self));
  bmn_composer_panes_set_up (self->panes, self->write, self->preview_pane, self->side_pane);
  bmn_composer_window_connect_layout (self);
  g_autoptr (GMenuModel) languages = make_language_menu ();
  gtk_menu_button_set_menu_model (GTK_MENU_BUTTON (self->language_button), languages);
  g_signal_connect_object (self->tabs, "switched", G_CALLBACK (on_tab_switched), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->schedule, "changed", G_CALLBACK (schedule_preview), self,
                           G_CONNECT_SWAPPED);
  g_signal_connect_object (self->advice, "outdated", G_CALLBACK (schedule_advice), self,
                           G_CONNECT_SWAPPED);
}

static BmnComposerWindow *
find_window (BmnApplication *app, gint64 post_id)
{
  for (GList *at = gtk_application_get_windows (GTK_APPLICATION (app)); at; at = at->next)
    {
      if (!BMN_IS_COMPOSER_WINDOW (at->data))
        continue;
      BmnComposerWindow *window = at->data;
      gint64 id = window->draft ? bmn_draft_get_post (window->draft)->id : 0;
      if (window->post_id == post_id || id == post_id || window->original == post_id)
        return window;
    }
  return NULL;
}

static BmnComposerWindow *
make_window (BmnApplication *app, gint64 post_id, gint64 original, gint64 at)
{
  BmnComposerWindow *self = g_object_new (BMN_TYPE_COMPOSER_WINDOW, "application", app, NULL);
  self->session = g_object_ref (bmn_application_get_session (app));
  self->post_id = post_id;
  self->original = original;
  self->wanted_at = at;
  bmn_advice_panel_set_session (self->advice, self->session);
  bmn_session_thread_call_async (self->session, load_post, g_memdup2 (&post_id, sizeof post_id),
                                 g_free, (GDestroyNotify)load_free, NULL, on_loaded,
                                 g_object_ref (self));
  return self;
}

BmnComposerWindow *
bmn_composer_window_new (BmnApplication *app, gint64 post_id)
{
  BmnComposerWindow *open = post_id != 0 ? find_window (app, post_id) : NULL;
  return open ? open : make_window (app, post_id, 0, 0);
}

BmnComposerWindow *
bmn_composer_window_new_at (BmnApplication *app, gint64 instant)
{
  return make_window (app, 0, 0, instant);
}

static gpointer
list_open (BmnSession *session, gpointer data, GError **error)
{
  return bmn_session_list_open_drafts (session, error);
}

static void
on_open_listed (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (BmnApplication) app = data;
  g_autoptr (GArray) open
      = bmn_session_thread_call_finish (BMN_SESSION_THREAD (source), result, NULL);
  for (guint i = 0; open && i < open->len; i++)
    {
      const BmnOpenDraft *draft = &g_array_index (open, BmnOpenDraft, i);
      if (!find_window (app, draft->post_id))
        gtk_window_present (GTK_WINDOW (make_window (app, draft->post_id, draft->original, 0)));
    }
}

void
bmn_composer_window_restore (BmnApplication *app)
{
  bmn_session_thread_call_async (bmn_application_get_session (app), list_open, NULL, NULL,
                                 (GDestroyNotify)g_array_unref, NULL, on_open_listed,
                                 g_object_ref (app));
}
