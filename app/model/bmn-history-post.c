#include "bmn-history-post.h"

BmnHistoryPost *
bmn_history_post_new (gint64 account_id,
                      const char *remote_id,
                      const char *text,
                      gint64 published_at)
{
  BmnHistoryPost *post = g_new0 (BmnHistoryPost, 1);
  post->account_id = account_id;
  post->remote_id = g_strdup (remote_id);
  post->text = g_strdup (text);
  post->published_at = published_at;
  post->likes = BMN_COUNT_UNKNOWN;
  post->reposts = BMN_COUNT_UNKNOWN;
  post->replies = BMN_COUNT_UNKNOWN;
  return post;
}

BmnHistoryPost *
bmn_history_post_copy (const BmnHistoryPost *post)
{
  BmnHistoryPost *copy = g_new0 (BmnHistoryPost, 1);
  *copy = *post;
  copy->remote_id = g_strdup (post->remote_id);
  copy->url = g_strdup (post->url);
  copy->text = g_strdup (post->text);
  copy->language = g_strdup (post->language);
  return copy;
}

void
bmn_history_post_free (BmnHistoryPost *post)
{
  g_free (post->remote_id);
  g_free (post->url);
  g_free (post->text);
  g_free (post->language);
  g_free (post);
}
