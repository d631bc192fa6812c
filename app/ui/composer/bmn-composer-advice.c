#include "bmn-composer-window-private.h"

#include "bmn-entity-finder.h"
#include "bmn-hashtag.h"
#include "bmn-language.h"
#include "bmn-session-advise.h"
#include "bmn-session-slots.h"
#include "bmn-session-suggestion-log.h"
#include "bmn-text-count.h"
#include <glib/gi18n.h>

/* What a composer asks and shows of what is written, once typing pauses. All that takes time
 * is asked of the session's threads; an answer that typing has overtaken is not waited for. */

/* Pauses in typing after which the engine is asked and the preview is made anew; ms. */
#define ADVICE_PAUSE 50
#define PREVIEW_PAUSE 60

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
  gtk_label_set_label (GTK_LABEL (self->language_words),
                       language ? bmn_composer_window_name_language (language) : "");
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

/* Says in @refusals what an account would not take. */
static void
find_refusals (BmnComposerWindow *self, const BmnDestination *destination, GStrvBuilder *refusals)
{
  const BmnLimits *limits = destination->limits;
  gboolean is_too_long = FALSE, has_too_many = FALSE;
  GPtrArray *parts = bmn_draft_get_parts (self->draft, destination->account->id);
  for (guint i = 0; i < parts->len; i++)
    {
      const BmnPart *part = parts->pdata[i];
      BmnTextCount count = { .fits = TRUE };
      bmn_text_count (part->text, limits, &count, NULL);
      is_too_long |= !count.fits;
      has_too_many |= part->media->len > limits->max_media;
    }
  g_autofree char *too_long = g_strdup_printf (_ ("Too long for %s"), destination->account->name);
  g_autofree char *too_many
      = g_strdup_printf (ngettext ("%s takes no more than %u picture",
                                   "%s takes no more than %u pictures", limits->max_media),
                         destination->account->name, limits->max_media);
  if (is_too_long)
    g_strv_builder_add (refusals, too_long);
  if (has_too_many)
    g_strv_builder_add (refusals, too_many);
}

static void
show_refusals (BmnComposerWindow *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  for (guint i = 0; i < self->destinations->len; i++)
    {
      const BmnDestination *destination = self->destinations->pdata[i];
      if (bmn_draft_has_account (self->draft, destination->account->id))
        find_refusals (self, destination, builder);
    }
  g_auto (GStrv) refusals = g_strv_builder_end (builder);
  bmn_advice_panel_set_refusals (self->advice, (const char *const *)refusals);
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

GStrv
bmn_composer_window_list_tags (BmnComposerWindow *self)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  g_autoptr (GHashTable) known = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  GPtrArray *parts = bmn_draft_get_parts (self->draft, bmn_composer_window_get_variant (self));
  for (guint i = 0; i < parts->len; i++)
    {
      g_autoptr (GPtrArray) entities = bmn_text_find_entities (
          ((BmnPart *)parts->pdata[i])->text,
          destination ? bmn_destination_get_dialect (destination) : BMN_TEXT_DIALECT_MASTODON,
          NULL);
      for (guint k = 0; entities && k < entities->len; k++)
        {
          const BmnEntity *entity = entities->pdata[k];
          char *folded
              = entity->kind == BMN_ENTITY_HASHTAG ? bmn_hashtag_fold (entity->text, NULL) : NULL;
          if (folded && g_hash_table_add (known, folded))
            g_strv_builder_add (builder, entity->text);
        }
    }
  return g_strv_builder_end (builder);
}

typedef struct
{
  BmnPost *post; /* (owned) */
  gint64 account_id;
  gint64 when;
  gboolean is_visible; /* whether suggestions are on screen */
  GTask *task;         /* (owned) (nullable) while it is asked; lives as long as this */
} Question;

static void
question_free (Question *question)
{
  bmn_post_free (question->post);
  g_free (question);
}

/* What comes on screen is put on record before anybody can say anything to it. */
static void
log_shown (BmnSession *session, const Question *question, const BmnAdvice *advice)
{
  if (question->post->id == 0 || !question->is_visible)
    return;
  guint hashtags = MIN (advice->hashtags->len, BMN_ADVICE_PANEL_MAX_CHIPS);
  bmn_session_log_advice_async (session, question->post->id, advice, hashtags,
                                BMN_ADVICE_PANEL_MAX_CHIPS - hashtags, BMN_ADVICE_PANEL_MAX_TOPICS,
                                1, NULL, NULL);
}

static void
on_advised (GObject *source, GAsyncResult *result, gpointer data)
{
  Question *question = data;
  g_autoptr (GTask) task = g_steal_pointer (&question->task);
  BmnSession *session = BMN_SESSION (source);
  GError *error = NULL;
  g_autoptr (BmnAdvice) advice = bmn_session_advise_finish (session, result, &error);
  if (!advice || !bmn_session_drop_dismissed (session, question->post->id, advice, &error))
    {
      g_task_return_error (task, error);
      return;
    }
  log_shown (session, question, advice);
  g_task_return_pointer (task, g_steal_pointer (&advice), (GDestroyNotify)bmn_advice_free);
}

static void
start_advising (BmnSession *session, gpointer data, GTask *task)
{
  Question *question = data;
  question->task = task;
  bmn_session_advise_async (session, question->account_id, question->post, question->when,
                            g_task_get_cancellable (task), on_advised, question);
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
  const BmnDestination *destination
      = bmn_composer_window_find_destination (self, advice->account_id);
  g_auto (GStrv) tags = bmn_composer_window_list_tags (self);
  gint64 best = advice->times->len > 0 ? g_array_index (advice->times, BmnPostingTime, 0).at : 0;
  bmn_advice_panel_show (self->advice, advice, (const char *const *)tags,
                         bmn_draft_get_post (self->draft)->id,
                         destination ? destination->account->zone : "UTC");
  bmn_advice_panel_set_account_name (self->advice,
                                     destination && bmn_draft_count_accounts (self->draft) > 1
                                         ? destination->account->name
                                         : NULL);
  bmn_schedule_button_set_best (self->schedule, best);
}

static gboolean
ask_for_advice (gpointer data)
{
  BmnComposerWindow *self = data;
  self->advice_timeout = 0;
  bmn_composer_window_follow_language (self);
  const BmnDestination *destination = bmn_composer_window_get_destination (self);
  if (!destination)
    return G_SOURCE_REMOVE;
  Question *question = g_new0 (Question, 1);
  question->account_id = destination->account->id;
  question->post = bmn_draft_make_post (self->draft, question->account_id);
  question->when = bmn_schedule_button_get_instant (self->schedule);
  question->is_visible = bmn_advice_panel_shows_suggestions (self->advice);
  self->asking = g_cancellable_new ();
  bmn_session_thread_start_async (self->session, start_advising, question,
                                  (GDestroyNotify)question_free, self->asking, on_advice,
                                  g_object_ref (self));
  return G_SOURCE_REMOVE;
}

void
bmn_composer_window_schedule_advice (BmnComposerWindow *self)
{
  g_clear_handle_id (&self->advice_timeout, g_source_remove);
  if (self->asking)
    g_cancellable_cancel (self->asking);
  g_clear_object (&self->asking);
  if (self->draft)
    self->advice_timeout = g_timeout_add (ADVICE_PAUSE, ask_for_advice, self);
}

void
bmn_composer_window_schedule_preview (BmnComposerWindow *self)
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

void
bmn_composer_window_ask_for_slot (BmnComposerWindow *self)
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
