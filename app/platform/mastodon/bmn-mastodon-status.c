#include "bmn-mastodon-status-private.h"
#include "bmn-entity-finder.h"
#include "bmn-html-text.h"
#include "bmn-instant.h"
#include "bmn-json.h"
#include "bmn-segmenter.h"

#include <string.h>

/* Two texts that share this much of their words may be the same one, changed. */
#define DOUBTFUL_SHARE 0.5

static gint64
read_count (JsonObject *object, const char *member)
{
  gint64 count;
  return bmn_json_get_int (object, member, &count) && count >= 0 ? count : BMN_COUNT_UNKNOWN;
}

static guint
count_elements (JsonArray *array)
{
  return array ? json_array_get_length (array) : 0;
}

static char *
dup_string (JsonObject *object, const char *member)
{
  const char *text = bmn_json_get_string (object, member);
  return g_strdup (text && *text ? text : NULL);
}

BmnMastodonStatus *
bmn_mastodon_status_parse (JsonObject *object)
{
  const char *id = bmn_json_get_string (object, "id");
  const char *content = bmn_json_get_string (object, "content");
  const char *created_at = bmn_json_get_string (object, "created_at");
  const char *warning = bmn_json_get_string (object, "spoiler_text");
  if (!id || !*id || !content || !created_at)
    return NULL;
  BmnMastodonStatus *status = g_new0 (BmnMastodonStatus, 1);
  status->id = g_strdup (id);
  status->url = dup_string (object, "url");
  if (!status->url)
    status->url = dup_string (object, "uri");
  if (!bmn_instant_parse (created_at, &status->created_at, NULL))
    status->created_at = 0;
  status->text = bmn_html_to_text (content);
  status->warning = g_strdup (warning ? warning : "");
  status->parent_id = dup_string (object, "in_reply_to_id");
  status->language = dup_string (object, "language");
  status->n_media = count_elements (bmn_json_get_array (object, "media_attachments"));
  status->has_poll = bmn_json_get_object (object, "poll") != NULL;
  status->is_repost = bmn_json_get_object (object, "reblog") != NULL;
  status->likes = read_count (object, "favourites_count");
  status->reposts = read_count (object, "reblogs_count");
  status->replies = read_count (object, "replies_count");
  return status;
}

void
bmn_mastodon_status_free (BmnMastodonStatus *status)
{
  g_free (status->id);
  g_free (status->url);
  g_free (status->text);
  g_free (status->warning);
  g_free (status->parent_id);
  g_free (status->language);
  g_free (status);
}

BmnReceipt *
bmn_mastodon_status_to_receipt (const BmnMastodonStatus *status, int part)
{
  return bmn_receipt_new (part, status->id, status->url, status->created_at);
}

BmnHistoryPost *
bmn_mastodon_status_to_history (const BmnMastodonStatus *status, gint64 account_id)
{
  BmnHistoryPost *post
      = bmn_history_post_new (account_id, status->id, status->text, status->created_at);
  post->url = g_strdup (status->url);
  post->language = g_strdup (status->language);
  post->is_reply = status->parent_id != NULL;
  post->n_media = status->n_media;
  post->likes = status->likes;
  post->reposts = status->reposts;
  post->replies = status->replies;
  return post;
}

/*
 * Likeness.
 */

/* Returns: (transfer full): @text with mentions as servers show them, without their domain */
static char *
shorten_mentions (const char *text)
{
  g_autoptr (GString) out = g_string_new (NULL);
  g_autoptr (GPtrArray) entities = bmn_text_find_entities (text, BMN_TEXT_DIALECT_MASTODON, NULL);
  gsize at = 0;
  for (guint i = 0; entities && i < entities->len; i++)
    {
      const BmnEntity *entity = entities->pdata[i];
      if (entity->kind != BMN_ENTITY_MENTION)
        continue;
      const char *domain
          = memchr (text + entity->byte_start + 1, '@', entity->byte_end - entity->byte_start - 1);
      if (!domain)
        continue;
      g_string_append_len (out, text + at, domain - (text + at));
      at = entity->byte_end;
    }
  g_string_append (out, text + at);
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Returns: (transfer full): what has to be equal */
static char *
normalize (const char *text)
{
  g_autofree char *shortened = shorten_mentions (text);
  g_autofree char *composed = g_utf8_normalize (shortened, -1, G_NORMALIZE_NFC);
  g_autoptr (GString) out = g_string_new (NULL);
  gboolean blank = FALSE;
  for (const char *at = composed ? composed : ""; *at; at = g_utf8_next_char (at))
    {
      gunichar c = g_utf8_get_char (at);
      blank = blank || g_unichar_isspace (c);
      if (g_unichar_isspace (c))
        continue;
      if (blank && out->len > 0)
        g_string_append_c (out, ' ');
      blank = FALSE;
      g_string_append_unichar (out, c);
    }
  return g_string_free (g_steal_pointer (&out), FALSE);
}

/* Returns: (transfer full): the set of words of @text, in small letters */
static GHashTable *
collect_words (const char *text)
{
  GHashTable *words = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  g_autoptr (BmnSegmenter) segmenter = bmn_segmenter_new (BMN_SEGMENT_WORDS, NULL);
  BmnSegment word;
  if (!bmn_segmenter_set_text (segmenter, text, -1, NULL))
    return words;
  while (bmn_segmenter_next (segmenter, &word))
    g_hash_table_add (words, g_utf8_casefold (text + word.start, word.end - word.start));
  return words;
}

/* The share of words that both have (Jaccard's index); two texts without words are alike. */
static gboolean
texts_are_near (const char *a, const char *b)
{
  g_autoptr (GHashTable) words_a = collect_words (a);
  g_autoptr (GHashTable) words_b = collect_words (b);
  guint n_both = 0;
  GHashTableIter iter;
  gpointer word;
  g_hash_table_iter_init (&iter, words_a);
  while (g_hash_table_iter_next (&iter, &word, NULL))
    n_both += g_hash_table_contains (words_b, word);
  guint n_all = g_hash_table_size (words_a) + g_hash_table_size (words_b) - n_both;
  return n_all == 0 || n_both >= DOUBTFUL_SHARE * n_all;
}

const char *
bmn_mastodon_parent_of (const BmnPublishRequest *request, int part)
{
  for (guint i = 0; i < request->receipts->len; i++)
    {
      const BmnReceipt *receipt = request->receipts->pdata[i];
      if (receipt->part == part - 1)
        return receipt->remote_id;
    }
  return NULL;
}

BmnMastodonLikeness
bmn_mastodon_status_compare (const BmnMastodonStatus *status, const BmnPublishRequest *request)
{
  const BmnPart *part = request->parts->pdata[request->part];
  const char *warning = request->post->content_warning ? request->post->content_warning : "";
  gboolean has_poll = request->post->poll && request->part == 0;
  if (status->is_repost
      || g_strcmp0 (status->parent_id, bmn_mastodon_parent_of (request, request->part)) != 0)
    return BMN_MASTODON_OTHER;
  g_autofree char *wanted = normalize (part->text);
  g_autofree char *found = normalize (status->text);
  g_autofree char *wanted_warning = normalize (warning);
  g_autofree char *found_warning = normalize (status->warning);
  if (g_str_equal (wanted, found) && g_str_equal (wanted_warning, found_warning)
      && status->n_media == part->media->len && status->has_poll == has_poll)
    return BMN_MASTODON_SAME;
  return texts_are_near (wanted, found) ? BMN_MASTODON_DOUBTFUL : BMN_MASTODON_OTHER;
}
