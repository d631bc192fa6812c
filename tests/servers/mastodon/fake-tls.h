#pragma once

#include <gio/gio.h>

#include "bmn-fake-mastodon.h"

G_BEGIN_DECLS

/* Makes an authority and the server's certificate of the kind @tls, both good for this run only.
 * @authority receives the authority's certificate in PEM, also where it signed nothing. */
GTlsCertificate *fake_tls_certificate_new (BmnFakeTls tls,
                                           char **authority,
                                           GError **error) G_GNUC_WARN_UNUSED_RESULT;

G_END_DECLS
