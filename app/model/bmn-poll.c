#include "bmn-poll.h"

BmnPoll *
bmn_poll_new (const char *const *options, gint64 duration)
{
  BmnPoll *poll = g_new0 (BmnPoll, 1);
  poll->options = g_strdupv ((char **)options);
  poll->duration = duration;
  return poll;
}

BmnPoll *
bmn_poll_copy (const BmnPoll *poll)
{
  if (!poll)
    return NULL;
  BmnPoll *copy = g_memdup2 (poll, sizeof *poll);
  copy->options = g_strdupv (poll->options);
  return copy;
}

void
bmn_poll_free (BmnPoll *poll)
{
  g_strfreev (poll->options);
  g_free (poll);
}
