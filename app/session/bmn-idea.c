#include "bmn-idea-private.h"

#include "bmn-history-post.h"

void
bmn_idea_free (BmnIdea *idea)
{
  g_free (idea->account_name);
  bmn_topic_free (idea->topic);
  g_ptr_array_unref (idea->posts);
  g_free (idea);
}

void
bmn_good_time_free (BmnGoodTime *time)
{
  g_free (time->account_name);
  g_free (time);
}

void
bmn_ideas_free (BmnIdeas *ideas)
{
  g_ptr_array_unref (ideas->ideas);
  g_ptr_array_unref (ideas->times);
  g_free (ideas);
}
