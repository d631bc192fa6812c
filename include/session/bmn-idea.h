#pragma once

#include "bmn-history-post.h"
#include "bmn-posting-time.h"
#include "bmn-topic.h"

G_BEGIN_DECLS

/**
 * BmnIdeaKind:
 * @BMN_IDEA_DUE: the account is silent about it for much longer than usual
 * @BMN_IDEA_RISES: there is more about it lately than before
 * @BMN_IDEA_LIFTS: such posts do better than the others
 */
typedef enum
{
  BMN_IDEA_DUE,
  BMN_IDEA_RISES,
  BMN_IDEA_LIFTS,
} BmnIdeaKind;

/**
 * BmnIdea:
 * @account_id: whose history it is from
 * @account_name: what the user calls that account
 * @kind: why it is worth writing about now
 * @topic: what it is about, with the numbers
 * @posts: (element-type BmnHistoryPost): those that did best about it, best first
 *
 * Something worth writing about, with its evidence.
 */
typedef struct
{
  gint64 account_id;
  char *account_name; /* (owned) */
  BmnIdeaKind kind;
  BmnTopic *topic;  /* (owned) */
  GPtrArray *posts; /* (owned) */
} BmnIdea;

/**
 * BmnGoodTime:
 * @time: a free time at which posts of the account did well
 */
typedef struct
{
  gint64 account_id;
  char *account_name; /* (owned) */
  BmnPostingTime time;
} BmnGoodTime;

/**
 * BmnIdeas:
 * @ideas: (element-type BmnIdea): what did best first
 * @times: (element-type BmnGoodTime): by time
 * @n_posts: posts of the history that it all rests on
 * @from: µs: the earliest of them; 0 where there is none
 */
typedef struct
{
  GPtrArray *ideas; /* (owned) */
  GPtrArray *times; /* (owned) */
  guint n_posts;
  gint64 from;
} BmnIdeas;

void bmn_ideas_free (BmnIdeas *ideas);

G_DEFINE_AUTOPTR_CLEANUP_FUNC (BmnIdeas, bmn_ideas_free)

G_END_DECLS
