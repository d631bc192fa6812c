#include "bmn-mastodon-examine-private.h"
#include "bmn-json.h"

#include <glib/gi18n-lib.h>
#include <string.h>

typedef struct
{
  char *purpose; /* (owned) */
  char *name;    /* (owned) (nullable) ours, without the domain */
} BmnMastodonExamination;

static void
examination_free (BmnMastodonExamination *examination)
{
  g_free (examination->purpose);
  g_free (examination->name);
  g_free (examination);
}

static void
get (GTask *task, const char *path, GAsyncReadyCallback callback)
{
  BmnMastodon *self = g_task_get_source_object (task);
  const BmnMastodonExamination *examination = g_task_get_task_data (task);
  BmnHttpRequest *request
      = bmn_mastodon_request_new (self, "GET", path, examination->purpose, BMN_HTTP_PRIORITY_USER);
  bmn_mastodon_call_async (self, request, g_task_get_cancellable (task), callback,
                           g_object_ref (task));
}

/* The domain that the server gives its people, or else the one it is reached by. */
static char *
make_handle (BmnMastodon *self, const char *name)
{
  const BmnAccount *account = bmn_platform_get_account (BMN_PLATFORM (self));
  const char *server = bmn_account_get_setting (account, "server");
  const char *domain = bmn_mastodon_get_rules (self)->domain;
  const char *rest = domain ? strstr (domain, "://") : NULL;
  if (rest)
    domain = rest + 3;
  if (!domain || !*domain || strpbrk (domain, "/ @"))
    domain = strstr (server, "://") + 3;
  return g_strdup_printf ("@%s@%s", name, domain);
}

static void
on_schedule (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  const BmnMastodonExamination *examination = g_task_get_task_data (task);
  const char *known = bmn_mastodon_get_fact (self, BMN_MASTODON_FACT_SCHEDULE);
  int status;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, &status, NULL);
  /* That it was ignored weighs more than that there is a list. */
  if (answer && JSON_NODE_HOLDS_ARRAY (answer->json) && !known)
    bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_SCHEDULE, "offered");
  else if (!answer && bmn_mastodon_is_missing (status))
    bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_SCHEDULE, "none");
  g_task_return_pointer (task, make_handle (self, examination->name), g_free);
}

static void
take_instance (GTask *task, JsonObject *instance)
{
  BmnMastodon *self = g_task_get_source_object (task);
  g_autoptr (BmnMastodonRules) rules = bmn_mastodon_rules_new_from_instance (instance);
  g_autofree char *text = bmn_mastodon_rules_to_text (rules);
  bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_LIMITS, text);
  get (task, "/api/v1/scheduled_statuses?limit=1", on_schedule);
}

static void
on_instance_1 (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  int status;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, &status, NULL);
  /* A server without any description has Mastodon's defaults; one that fails may have one. */
  if (answer || bmn_mastodon_is_missing (status))
    take_instance (task, answer ? bmn_json_node_object (answer->json) : NULL);
  else
    get (task, "/api/v1/scheduled_statuses?limit=1", on_schedule);
}

static void
on_instance_2 (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  g_autoptr (BmnMastodonAnswer) answer
      = bmn_mastodon_call_finish (BMN_MASTODON (source), result, NULL, NULL);
  JsonObject *instance = answer ? bmn_json_node_object (answer->json) : NULL;
  if (instance)
    take_instance (task, instance);
  else
    get (task, "/api/v1/instance", on_instance_1);
}

static void
on_identified (GObject *source, GAsyncResult *result, gpointer data)
{
  g_autoptr (GTask) task = data;
  BmnMastodon *self = BMN_MASTODON (source);
  BmnMastodonExamination *examination = g_task_get_task_data (task);
  GError *error = NULL;
  g_autoptr (BmnMastodonAnswer) answer = bmn_mastodon_call_finish (self, result, NULL, &error);
  JsonObject *account = answer ? bmn_json_node_object (answer->json) : NULL;
  const char *id = bmn_json_get_string (account, "id");
  const char *name = bmn_json_get_string (account, "username");
  if (!answer)
    g_task_return_error (task, error);
  else if (!id || !*id || !name || !*name)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_BAD_REPLY,
                             _ ("The server does not say whose account this is. Check its "
                                "address."));
  else
    {
      examination->name = g_strdup (name);
      bmn_mastodon_set_fact (self, BMN_MASTODON_FACT_ACCOUNT_ID, id);
      get (task, "/api/v2/instance", on_instance_2);
    }
}

void
bmn_mastodon_examine_async (BmnMastodon *self,
                            const char *purpose,
                            GCancellable *cancellable,
                            GAsyncReadyCallback callback,
                            gpointer user_data)
{
  g_autoptr (GTask) task = g_task_new (self, cancellable, callback, user_data);
  g_task_set_source_tag (task, bmn_mastodon_examine_async);
  BmnMastodonExamination *examination = g_new0 (BmnMastodonExamination, 1);
  examination->purpose = g_strdup (purpose);
  g_task_set_task_data (task, examination, (GDestroyNotify)examination_free);
  get (task, "/api/v1/accounts/verify_credentials", on_identified);
}

char *
bmn_mastodon_examine_finish (BmnMastodon *self, GAsyncResult *result, GError **error)
{
  g_return_val_if_fail (g_task_is_valid (result, self), NULL);
  return g_task_propagate_pointer (G_TASK (result), error);
}
