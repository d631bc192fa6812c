#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* One handler for each route, see the table in fake-routes.c. */

/* fake-oauth.c */
void fake_apps_create (FakeCall *call);
void fake_apps_verify (FakeCall *call);
void fake_oauth_authorize (FakeCall *call);
void fake_oauth_decide (FakeCall *call);
void fake_oauth_native (FakeCall *call);
void fake_oauth_token (FakeCall *call);
void fake_oauth_revoke (FakeCall *call);
void fake_oauth_metadata (FakeCall *call);

/* fake-instance.c */
void fake_instance_v1 (FakeCall *call);
void fake_instance_v2 (FakeCall *call);

/* fake-accounts.c */
void fake_accounts_verify (FakeCall *call);
void fake_accounts_get (FakeCall *call);
void fake_accounts_lookup (FakeCall *call);
void fake_accounts_statuses (FakeCall *call);
void fake_accounts_relationships (FakeCall *call);

/* fake-statuses.c */
void fake_statuses_create (FakeCall *call);
void fake_statuses_get (FakeCall *call);
void fake_statuses_index (FakeCall *call);
void fake_statuses_edit (FakeCall *call);
void fake_statuses_delete (FakeCall *call);
void fake_statuses_context (FakeCall *call);
void fake_statuses_history (FakeCall *call);
void fake_statuses_source (FakeCall *call);

/* fake-schedules.c */
void fake_schedules_index (FakeCall *call);
void fake_schedules_get (FakeCall *call);
void fake_schedules_update (FakeCall *call);
void fake_schedules_cancel (FakeCall *call);

/* fake-media.c */
void fake_media_create_v1 (FakeCall *call);
void fake_media_create_v2 (FakeCall *call);
void fake_media_get (FakeCall *call);
void fake_media_update (FakeCall *call);
void fake_media_delete (FakeCall *call);

/* fake-timelines.c */
void fake_notifications_index (FakeCall *call);
void fake_timelines_tag (FakeCall *call);
void fake_trends_tags (FakeCall *call);
void fake_followed_tags_index (FakeCall *call);
void fake_search (FakeCall *call);

/* fake-control.c */
void fake_control_state (FakeCall *call);
void fake_control_requests (FakeCall *call);
void fake_control_advance (FakeCall *call);
void fake_control_reset (FakeCall *call);
void fake_control_token (FakeCall *call);
void fake_control_expire_tokens (FakeCall *call);
void fake_control_config (FakeCall *call);
void fake_control_faults (FakeCall *call);
void fake_control_clear_faults (FakeCall *call);
void fake_control_status (FakeCall *call);
void fake_control_engage (FakeCall *call);
void fake_control_follow (FakeCall *call);
void fake_control_follow_tag (FakeCall *call);
void fake_control_account (FakeCall *call);

/* Sets the pages of @statuses (oldest first) as the answer. */
void fake_statuses_reply_page (FakeCall *call, GPtrArray *statuses);

/* Answers with the ScheduledStatus, or with the reason why there is none. @draft and @key are
 * taken. */
void fake_schedules_create (FakeCall *call, FakeDraft *draft, gint64 when, char *key);

G_END_DECLS
