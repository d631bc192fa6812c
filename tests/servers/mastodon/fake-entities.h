#pragma once

#include "fake-call.h"

G_BEGIN_DECLS

/* The entities of https://docs.joinmastodon.org/entities/, all new. @viewer may be NULL. */
JsonObject *fake_account_to_json (BmnFakeMastodon *fake, const FakeAccount *account);
JsonObject *fake_media_to_json (BmnFakeMastodon *fake, const FakeMedia *media);
JsonObject *
fake_status_to_json (BmnFakeMastodon *fake, const FakeStatus *status, const FakeAccount *viewer);
/* The version of a status that is current, as a StatusEdit. */
JsonObject *fake_status_to_edit (BmnFakeMastodon *fake, const FakeStatus *status);
JsonObject *fake_schedule_to_json (BmnFakeMastodon *fake, const FakeSchedule *schedule);
JsonObject *fake_tag_to_json (BmnFakeMastodon *fake, const char *name, gboolean following);
JsonObject *fake_notification_to_json (BmnFakeMastodon *fake, const FakeNotification *item);

/* Public and unlisted ones are anybody's; the others are the author's and the mentioned people's.
 */
gboolean fake_status_is_visible (const FakeStatus *status, const FakeAccount *viewer);

G_END_DECLS
