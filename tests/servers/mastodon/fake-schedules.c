#include "fake-entities.h"
#include "fake-handlers.h"

/* The caps count what still waits: all of it, and what is due on the same UTC day. @except is
 * the schedule that is being moved. */
static char *
check_caps (FakeCall *call, gint64 when, const FakeSchedule *except)
{
  const FakeConfig *config = &call->fake->config;
  gint64 total = 0, daily = 0;
  for (guint i = 0; i < call->fake->schedules->len; i++)
    {
      const FakeSchedule *other = call->fake->schedules->pdata[i];
      if (other->done || other == except || other->account != call->account)
        continue;
      total++;
      daily += other->scheduled_at / G_TIME_SPAN_DAY == when / G_TIME_SPAN_DAY;
    }
  if (total >= config->schedule_total)
    return g_strdup_printf ("Validation failed: You have exceeded the limit of %" G_GINT64_FORMAT
                            " scheduled posts",
                            config->schedule_total);
  if (daily >= config->schedule_daily)
    return g_strdup_printf ("Validation failed: You have exceeded the limit of %" G_GINT64_FORMAT
                            " scheduled posts for today",
                            config->schedule_daily);
  return NULL;
}

static gboolean
check_time (FakeCall *call, gint64 when, const FakeSchedule *except)
{
  gint64 earliest
      = fake_now (call->fake) + call->fake->config.schedule_min_seconds * G_TIME_SPAN_SECOND;
  if (when < earliest)
    {
      fake_call_fail (call, 422,
                      "Validation failed: Scheduled at The scheduled date must be in the future");
      return FALSE;
    }
  g_autofree char *reason = check_caps (call, when, except);
  if (reason)
    fake_call_fail (call, 422, reason);
  return reason == NULL;
}

static void
reply_schedule (FakeCall *call, const FakeSchedule *schedule)
{
  fake_call_reply (call, 200, fake_schedule_to_json (call->fake, schedule));
}

void
fake_schedules_create (FakeCall *call, FakeDraft *draft, gint64 when, char *key)
{
  g_autoptr (FakeDraft) owned_draft = draft;
  g_autofree char *owned_key = key;
  if (!check_time (call, when, NULL))
    return;
  FakeSchedule *schedule = g_new0 (FakeSchedule, 1);
  schedule->id = fake_id_new (call->fake, fake_now (call->fake));
  schedule->account = call->account;
  schedule->app = call->token->app;
  schedule->draft = g_steal_pointer (&owned_draft);
  schedule->key = g_steal_pointer (&owned_key);
  schedule->scheduled_at = when;
  for (guint i = 0; i < draft->media->len; i++)
    ((FakeMedia *)draft->media->pdata[i])->status_id = g_strdup (schedule->id);
  g_ptr_array_add (call->fake->schedules, schedule);
  reply_schedule (call, schedule);
}

void
fake_schedules_index (FakeCall *call)
{
  g_autoptr (GPtrArray) own = g_ptr_array_new ();
  g_autoptr (GPtrArray) ids = g_ptr_array_new ();
  for (guint i = 0; i < call->fake->schedules->len; i++)
    {
      FakeSchedule *schedule = call->fake->schedules->pdata[i];
      if (schedule->done || schedule->account != call->account)
        continue;
      g_ptr_array_add (own, schedule);
      g_ptr_array_add (ids, schedule->id);
    }
  g_autoptr (GArray) page = fake_call_page (call, ids, 20, 40);
  JsonArray *array = json_array_new ();
  for (guint i = 0; i < page->len; i++)
    json_array_add_object_element (
        array, fake_schedule_to_json (call->fake, own->pdata[g_array_index (page, guint, i)]));
  fake_call_reply_array (call, array);
}

static FakeSchedule *
find_own (FakeCall *call)
{
  FakeSchedule *schedule = fake_find_schedule (call->fake, call->id);
  if (schedule && schedule->account == call->account)
    return schedule;
  fake_call_not_found (call);
  return NULL;
}

void
fake_schedules_get (FakeCall *call)
{
  FakeSchedule *schedule = find_own (call);
  if (schedule)
    reply_schedule (call, schedule);
}

void
fake_schedules_update (FakeCall *call)
{
  FakeSchedule *schedule = find_own (call);
  gint64 when;
  if (!schedule)
    return;
  g_autofree char *text = fake_call_get_string (call, "scheduled_at");
  if (!text || !fake_instant_from_text (text, &when))
    {
      fake_call_fail (call, 422, "Validation failed: Scheduled at is invalid");
      return;
    }
  if (!check_time (call, when, schedule))
    return;
  schedule->scheduled_at = when;
  reply_schedule (call, schedule);
}

void
fake_schedules_cancel (FakeCall *call)
{
  FakeSchedule *schedule = find_own (call);
  if (!schedule)
    return;
  schedule->done = TRUE;
  for (guint i = 0; i < schedule->draft->media->len; i++)
    {
      FakeMedia *media = schedule->draft->media->pdata[i];
      g_clear_pointer (&media->status_id, g_free);
    }
  fake_call_reply (call, 200, json_object_new ());
}
