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

void
bmn_history_post_free (BmnHistoryPost *post)
{
  g_free (post->remote_id);
  g_free (post->url);
  g_free (post->text);
  g_free (post->language);
  g_free (post);
}
