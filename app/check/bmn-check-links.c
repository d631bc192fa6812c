#include "bmn-check-private.h"

#include <glib/gi18n-lib.h>
#include <gio/gio.h>
#include <string.h>

/* The host in lower case and ASCII, so that two spellings of one domain are the same. */
static char *
plain_host (const char *host)
{
  g_autofree char *ascii = g_hostname_to_ascii (host);
  return g_ascii_strdown (ascii ? ascii : host, -1);
}

static char *
host_of (const char *url)
{
  g_autoptr (GUri) uri = g_uri_parse (url, G_URI_FLAGS_PARSE_RELAXED, NULL);
  const char *host = uri ? g_uri_get_host (uri) : NULL;
  return host ? plain_host (host) : NULL;
}

static gboolean
is_within (const char *host, const char *domain)
{
  gsize length = strlen (host);
  gsize domain_length = strlen (domain);
  return length >= domain_length && g_str_equal (host + length - domain_length, domain)
         && (length == domain_length || host[length - domain_length - 1] == '.');
}

static gboolean
is_distrusted (const BmnCheckContext *context, const char *host)
{
  for (gsize i = 0; context->distrusted && context->distrusted[i]; i++)
    {
      g_autofree char *domain = plain_host (context->distrusted[i]);
      if (*domain && is_within (host, domain))
        return TRUE;
    }
  return FALSE;
}

static void
check_trust (BmnCheckRun *run, const BmnCheckPart *part, const BmnEntity *link, const char *url)
{
  g_autofree char *host = host_of (url);
  if (!host || !is_distrusted (run->context, host))
    return;
  bmn_check_run_add (
      run, part, BMN_CHECK_DISTRUSTED_LINK, BMN_SEVERITY_SEVERE, link->byte_start, link->byte_end,
      g_strdup_printf (_ ("This leads to %s, which is on your list of sites you distrust."), host));
}

static void
report_redirect (BmnCheckRun *run,
                 const BmnCheckPart *part,
                 const BmnEntity *link,
                 const char *target)
{
  g_autofree char *host = host_of (target);
  BmnFinding *finding = bmn_check_run_add (
      run, part, BMN_CHECK_LINK, BMN_SEVERITY_INFO, link->byte_start, link->byte_end,
      host ? g_strdup_printf (_ ("This link leads on to a page at %s."), host)
           : g_strdup (_ ("This link leads on to another page.")));
  /* Translators: a button that puts the final address in the place of a link */
  bmn_finding_set_replacement (finding, _ ("Link Directly"), target);
}

static void
check_link (BmnCheckRun *run, const BmnCheckPart *part, const BmnEntity *link)
{
  check_trust (run, part, link, link->url);
  if (!run->context->look_up_link)
    return;
  g_autofree char *target = NULL;
  switch (run->context->look_up_link (link->url, &target, run->context->user_data))
    {
    case BMN_LINK_DEAD:
      bmn_check_run_add (run, part, BMN_CHECK_LINK, BMN_SEVERITY_WARNING, link->byte_start,
                         link->byte_end,
                         g_strdup (_ ("There is no page behind this link. Check its spelling.")));
      break;
    case BMN_LINK_REDIRECTED:
      if (!target)
        break;
      check_trust (run, part, link, target);
      report_redirect (run, part, link, target);
      break;
    case BMN_LINK_UNKNOWN:
    case BMN_LINK_ALIVE:
      break;
    }
}

void
bmn_check_links (BmnCheckRun *run, const BmnCheckPart *part)
{
  for (guint i = 0; i < part->entities->len; i++)
    {
      const BmnEntity *entity = part->entities->pdata[i];
      if (entity->kind != BMN_ENTITY_LINK || !entity->url)
        continue;
      if (bmn_check_run_is_full (run, part, BMN_CHECK_LINK)
          || bmn_check_run_is_full (run, part, BMN_CHECK_DISTRUSTED_LINK))
        return;
      check_link (run, part, entity);
    }
}
