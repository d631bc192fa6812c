#pragma once

#include "bmn-fake-server.h"
#include "bmn-platform.h"

G_BEGIN_DECLS

/*
 * BmnFakePlatform: a platform whose accounts live on a #BmnFakeServer. It keeps what it is
 * given at sign-in as `secret` in its host's credentials, and `handle` as its public name.
 */

#define BMN_TYPE_FAKE_PLATFORM (bmn_fake_platform_get_type ())
G_DECLARE_FINAL_TYPE (BmnFakePlatform, bmn_fake_platform, BMN, FAKE_PLATFORM, BmnPlatform)

/**
 * bmn_fake_platform_new:
 * @host: (nullable):
 * @server: outlives the platform
 */
BmnPlatform *bmn_fake_platform_new (const BmnAccount *account,
                                    BmnHttpClient *http,
                                    BmnPlatformHost *host,
                                    BmnFakeServer *server) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
