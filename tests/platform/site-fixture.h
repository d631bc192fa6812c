#pragma once

#include "bmn-platform-table.h"
#include "fake-host.h"

/* A Website account in a folder of its own, and its operations as plain calls. */
typedef struct
{
  char *dir; /* (owned) */
  BmnAccount *account;
  FakeHost *host;
  BmnPlatform *platform;
} Site;

#define SITE_NOW (G_GINT64_CONSTANT (1796115600) * G_USEC_PER_SEC)

/* @dir: (nullable): makes one that site_free() removes. @base_url: (nullable): */
Site *site_new (const char *dir, const char *base_url);
/* Removes the folder as well. */
void site_free (Site *site);
G_DEFINE_AUTOPTR_CLEANUP_FUNC (Site, site_free)

/* @texts: one for each part, ends with %NULL */
BmnPublishRequest *site_request (const char *key, const char *const *texts);
/* Adds a file with this content to the first part. */
void site_attach (Site *site,
                  BmnPublishRequest *request,
                  const char *content,
                  const char *mime_type,
                  const char *alt);

GPtrArray *site_publish (Site *site, BmnPublishRequest *request, GError **error);
GPtrArray *site_read_back (Site *site, BmnPublishRequest *request, GError **error);
GPtrArray *site_edit (Site *site, BmnPublishRequest *request, GError **error);
gboolean site_remove (Site *site, BmnPublishRequest *request, GError **error);

/* Returns: (transfer full): a file's text; the test fails where there is none */
char *site_read (Site *site, const char *name);
void site_write (Site *site, const char *name, const char *text);
gboolean site_has (Site *site, const char *name);
/* Returns: number of files in a folder of the site */
guint site_count (Site *site, const char *folder);
/* Returns: how often @key's entry is in the Atom feed; the JSON Feed must have it as often */
guint site_count_entries (Site *site, const char *key);
/* Fails the test unless feed.xml is valid Atom and feed.json a JSON Feed. */
void site_assert_feeds_valid (Site *site);
