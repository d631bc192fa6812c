#include "bmn-platform-table.h"
#include "bmn-bluesky-private.h"
#include "bmn-error.h"
#include "bmn-mastodon-private.h"
#include "bmn-website-private.h"

#include <glib/gi18n-lib.h>

static const BmnPlatformRow rows[] = {
  { "website", N_ ("Website"), bmn_website_get_type, bmn_website_inputs },
  { "mastodon", N_ ("Mastodon"), bmn_mastodon_get_type, bmn_mastodon_inputs },
  { "bluesky", N_ ("Bluesky"), bmn_bluesky_get_type, bmn_bluesky_inputs },
  { NULL },
};

const BmnPlatformRow *
bmn_platform_table (void)
{
  return rows;
}

const BmnPlatformRow *
bmn_platform_table_find (const char *id)
{
  for (const BmnPlatformRow *row = rows; id && row->id; row++)
    if (g_str_equal (row->id, id))
      return row;
  return NULL;
}

BmnPlatform *
bmn_platform_new (const BmnAccount *account,
                  BmnHttpClient *http,
                  BmnPlatformHost *host,
                  GError **error)
{
  const BmnPlatformRow *row = bmn_platform_table_find (account->platform);
  if (!row)
    {
      g_set_error (error, BMN_ERROR, BMN_ERROR_NOT_FOUND,
                   /* Translators: %s is a platform's short name, such as mastodon. */
                   _ ("There is no platform named “%s”. A newer version of Bellman may have it."),
                   account->platform);
      return NULL;
    }
  return g_object_new (row->get_type (), "account", account, "http", http, "host", host, NULL);
}
