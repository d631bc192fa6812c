#include "bmn-remote-id-private.h"

#include <string.h>

/* One for the life of the program: an archive asks for each of its posts. */
typedef struct
{
  const char *pattern;
  GRegex *regex;
} Pattern;

/* Returns: (transfer full) (nullable): the group of @pattern in @path */
static char *
match (Pattern *pattern, const char *path)
{
  g_autoptr (GMatchInfo) info = NULL;
  if (g_once_init_enter (&pattern->regex))
    g_once_init_leave (&pattern->regex, g_regex_new (pattern->pattern, G_REGEX_OPTIMIZE, 0, NULL));
  return g_regex_match (pattern->regex, path, 0, &info) ? g_match_info_fetch (info, 1) : NULL;
}

static Pattern mastodon_status = { "/statuses/([^/]+)$", NULL };
static Pattern mastodon_page = { "^/@[^/]+/([0-9]+)$", NULL };
static Pattern bluesky_page = { "^/profile/[^/]+/post/([^/]+)$", NULL };
static Pattern x_status = { "/status(?:es)?/([0-9]+)$", NULL };

/*
 * The server's own number is what its API calls the post by; in ActivityPub and in addresses
 * it is the end. That of another server, from before a move, could be another post's.
 */
static char *
find_mastodon (const BmnAccount *account, GUri *uri)
{
  const char *server = bmn_account_get_setting (account, "server");
  g_autoptr (GUri) here = server ? g_uri_parse (server, G_URI_FLAGS_NONE, NULL) : NULL;
  if (here && g_strcmp0 (g_uri_get_host (here), g_uri_get_host (uri)) != 0)
    return NULL;
  char *id = match (&mastodon_status, g_uri_get_path (uri));
  return id ? id : match (&mastodon_page, g_uri_get_path (uri));
}

static char *
find_bluesky (const BmnAccount *account, GUri *uri)
{
  const char *did = bmn_account_get_setting (account, "did");
  g_autofree char *key = did && g_strcmp0 (g_uri_get_host (uri), "bsky.app") == 0
                             ? match (&bluesky_page, g_uri_get_path (uri))
                             : NULL;
  return key ? g_strdup_printf ("at://%s/app.bsky.feed.post/%s", did, key) : NULL;
}

static char *
find_x (GUri *uri)
{
  const char *host = g_uri_get_host (uri) ? g_uri_get_host (uri) : "";
  host += g_str_has_prefix (host, "www.") ? strlen ("www.") : 0;
  return g_str_equal (host, "x.com") || g_str_equal (host, "twitter.com")
             ? match (&x_status, g_uri_get_path (uri))
             : NULL;
}

char *
bmn_remote_id_from_url (const BmnAccount *account, const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_NONE, NULL);
  char *id = NULL;
  if (uri && g_str_equal (account->platform, "mastodon"))
    id = find_mastodon (account, uri);
  else if (uri && g_str_equal (account->platform, "bluesky"))
    id = find_bluesky (account, uri);
  if (uri && !id)
    id = find_x (uri);
  return id;
}
