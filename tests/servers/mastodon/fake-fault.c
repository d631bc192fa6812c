#include "fake-fault.h"

#include "fake-distort.h"
#include "fake-rate.h"
#include "fake-wire.h"

#include <string.h>

typedef FakeStep (*Strike) (const FakeFault *fault, FakeCall *call);

struct _FakeFaultKind
{
  const char *name;
  gboolean accepted; /* the request is handled before the fault strikes */
  Strike strike;
  const char *help;
};

static gint64
number (const FakeFault *fault, gint64 fallback)
{
  gint64 value;
  if (!fault->arg || !g_ascii_string_to_signed (fault->arg, 10, 0, G_MAXINT64 >> 20, &value, NULL))
    return fallback;
  return value;
}

static FakeStep
strike_reset (const FakeFault *fault, FakeCall *call)
{
  fake_wire_reset (call);
  return FAKE_STEP_DONE;
}

static FakeStep
strike_close (const FakeFault *fault, FakeCall *call)
{
  fake_wire_close (call);
  return FAKE_STEP_DONE;
}

static FakeStep
strike_hang (const FakeFault *fault, FakeCall *call)
{
  fake_wire_hold (call);
  return FAKE_STEP_DONE;
}

static FakeStep
strike_cut (const FakeFault *fault, FakeCall *call)
{
  fake_wire_cut (call, number (fault, g_bytes_get_size (call->body) / 2));
  return FAKE_STEP_DONE;
}

static FakeStep
strike_drip (const FakeFault *fault, FakeCall *call)
{
  fake_wire_drip (call, (guint)number (fault, 50));
  return FAKE_STEP_DONE;
}

static FakeStep
strike_huge (const FakeFault *fault, FakeCall *call)
{
  fake_wire_huge (call, number (fault, 1024));
  return FAKE_STEP_DONE;
}

static FakeStep
strike_delay (const FakeFault *fault, FakeCall *call)
{
  return FAKE_STEP_WAIT;
}

static FakeStep
strike_delay_before (const FakeFault *fault, FakeCall *call)
{
  return FAKE_STEP_LATER;
}

static FakeStep
strike_error (const FakeFault *fault, FakeCall *call)
{
  fake_call_fail (call, (guint)number (fault, 500), "Something went wrong on our end");
  return FAKE_STEP_SEND;
}

static FakeStep
strike_busy (const FakeFault *fault, FakeCall *call)
{
  fake_rate_add_retry_after (call, number (fault, 5));
  fake_call_fail (call, 503, "Service Unavailable");
  return FAKE_STEP_SEND;
}

static FakeStep
redirect (FakeCall *call, guint status, const char *location)
{
  soup_message_headers_replace (call->headers, "Location", location);
  fake_call_reply_text (call, status, "text/html; charset=utf-8", "<p>Moved");
  return FAKE_STEP_SEND;
}

static FakeStep
strike_redirect_loop (const FakeFault *fault, FakeCall *call)
{
  g_autofree char *here = g_strconcat (call->fake->url, fake_call_get_path (call), NULL);
  return redirect (call, (guint)number (fault, 307), here);
}

static FakeStep
strike_redirect_away (const FakeFault *fault, FakeCall *call)
{
  const char *base = fault->arg ? fault->arg : call->fake->decoy_url;
  g_autofree char *there = g_strconcat (base, fake_call_get_path (call), NULL);
  return redirect (call, 307, there);
}

static FakeStep
strike_html (const FakeFault *fault, FakeCall *call)
{
  fake_call_reply_text (call, (guint)number (fault, 200), "text/html; charset=utf-8",
                        "<!DOCTYPE html><title>Welcome</title><p>This is a login page.");
  return FAKE_STEP_SEND;
}

static FakeStep strike_distort (const FakeFault *fault, FakeCall *call);

static const FakeFaultKind kinds[] = {
  { "reset-before", FALSE, strike_reset, "TCP reset, nothing stored" },
  { "close-before", FALSE, strike_close, "closed without an answer, nothing stored" },
  { "hang-before", FALSE, strike_hang, "never answered, nothing stored" },
  { "delay-before", FALSE, strike_delay_before, "arg ms (1000) before anything is stored" },
  { "error-before", FALSE, strike_error, "status arg (500), nothing stored" },
  { "busy", FALSE, strike_busy, "503 with two Retry-After, of arg seconds (5) and a date" },
  { "redirect-loop", FALSE, strike_redirect_loop, "status arg (307) to the same address" },
  { "redirect-away", FALSE, strike_redirect_away, "307 to the base URL arg (the decoy)" },
  { "html", FALSE, strike_html, "status arg (200) with a page of HTML" },
  { "reset-after", TRUE, strike_reset, "stored, then TCP reset without an answer" },
  { "close-after", TRUE, strike_close, "stored, then closed without an answer" },
  { "hang-after", TRUE, strike_hang, "stored, never answered" },
  { "error-after", TRUE, strike_error, "stored, then status arg (500)" },
  { "cut", TRUE, strike_cut, "the body ends after arg bytes (half)" },
  { "drip", TRUE, strike_drip, "a byte every arg ms (50)" },
  { "delay", TRUE, strike_delay, "stored, answered arg ms (1000) later" },
  { "huge", TRUE, strike_huge, "an answer of arg MiB (1024) of zeros, chunked" },
  { "json-truncated", TRUE, strike_distort, "half of the JSON, well framed" },
  { "json-types", TRUE, strike_distort, "every member of another type" },
  { "json-swapped", TRUE, strike_distort, "an array for an object and the other way round" },
  { "json-missing", TRUE, strike_distort, "every member gone" },
  { "json-null", TRUE, strike_distort, "every member null" },
  { "json-nested", TRUE, strike_distort, "100 000 nested arrays" },
  { "json-empty", TRUE, strike_distort, "no body at all" },
  { "json-binary", TRUE, strike_distort, "bytes that are not UTF-8" },
};

static FakeStep
strike_distort (const FakeFault *fault, FakeCall *call)
{
  fake_distort (call, fault->kind->name);
  return FAKE_STEP_SEND;
}

void
fake_fault_free (FakeFault *fault)
{
  g_free (fault->route);
  g_free (fault->arg);
  g_free (fault);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (FakeFault, fake_fault_free)

static gboolean
set_field (FakeFault *fault, const char *name, const char *value, GError **error)
{
  if (g_str_equal (name, "route") || g_str_equal (name, "arg"))
    {
      char **field = *name == 'r' ? &fault->route : &fault->arg;
      g_free (*field);
      *field = g_strdup (value);
      return TRUE;
    }
  if (g_str_equal (name, "count"))
    return g_ascii_string_to_signed (value, 10, 0, G_MAXINT32, &fault->count, error);
  if (g_str_equal (name, "skip"))
    return g_ascii_string_to_signed (value, 10, 0, G_MAXINT32, &fault->skip, error);
  char *end;
  fault->probability = g_ascii_strtod (value, &end);
  if (g_str_equal (name, "probability") && *value && !*end && fault->probability >= 0
      && fault->probability <= 1)
    return TRUE;
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT,
               "A fault cannot have “%s=%s”; it has route, count, skip, probability (0 to 1), arg",
               name, value);
  return FALSE;
}

static FakeFault *
fault_new (const char *name, GError **error)
{
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    if (g_str_equal (kinds[i].name, name))
      {
        FakeFault *fault = g_new0 (FakeFault, 1);
        fault->kind = &kinds[i];
        fault->route = g_strdup ("*");
        fault->probability = 1;
        return fault;
      }
  g_set_error (error, G_IO_ERROR, G_IO_ERROR_INVALID_ARGUMENT, "There is no fault “%s”", name);
  return NULL;
}

FakeFault *
fake_fault_new_from_spec (const char *spec, GError **error)
{
  g_auto (GStrv) parts = g_strsplit (spec, ",", -1);
  g_autoptr (FakeFault) fault = fault_new (parts[0] ? parts[0] : "", error);
  for (gsize i = 1; fault && parts[i]; i++)
    {
      char *equals = strchr (parts[i], '=');
      if (equals)
        *equals = '\0';
      if (!set_field (fault, parts[i], equals ? equals + 1 : "", error))
        return NULL;
    }
  return g_steal_pointer (&fault);
}

FakeFault *
fake_fault_new_from_json (JsonObject *json, GError **error)
{
  JsonNode *kind = json_object_get_member (json, "kind");
  const char *name = kind && JSON_NODE_HOLDS_VALUE (kind) ? json_node_get_string (kind) : NULL;
  g_autoptr (FakeFault) fault = fault_new (name ? name : "", error);
  JsonObjectIter iter;
  const char *member;
  JsonNode *node;
  json_object_iter_init (&iter, json);
  while (fault && json_object_iter_next (&iter, &member, &node))
    {
      if (g_str_equal (member, "kind"))
        continue;
      g_autofree char *value = JSON_NODE_HOLDS_VALUE (node) && json_node_get_string (node)
                                   ? json_node_dup_string (node)
                                   : json_to_string (node, FALSE);
      if (!set_field (fault, member, value, error))
        return NULL;
    }
  return g_steal_pointer (&fault);
}

JsonObject *
fake_fault_to_json (const FakeFault *fault)
{
  return fake_object ("s:kind", fault->kind->name, "s:route", fault->route, "i:count", fault->count,
                      "i:skip", fault->skip, "d:probability", fault->probability, "s:arg",
                      fault->arg, "i:hits", fault->hits, NULL);
}

void
fake_fault_describe (GString *out)
{
  g_string_append (out, "\nFaults (--fault KIND[,route=GLOB][,count=N][,skip=N]"
                        "[,probability=P][,arg=TEXT]):\n");
  for (gsize i = 0; i < G_N_ELEMENTS (kinds); i++)
    g_string_append_printf (out, "  %-15s %s\n", kinds[i].name, kinds[i].help);
}

static gboolean
fits (const FakeFault *fault, FakeCall *call)
{
  const char *method = soup_server_message_get_method (call->message);
  g_autofree char *path = g_strconcat (method, " ", fake_call_get_path (call), NULL);
  g_autofree char *route
      = call->route ? g_strconcat (method, " ", call->route->path, NULL) : g_strdup (path);
  return g_pattern_match_simple (fault->route, path)
         || g_pattern_match_simple (fault->route, route);
}

FakeFault *
fake_fault_take (FakeCall *call)
{
  for (guint i = 0; i < call->fake->faults->len; i++)
    {
      FakeFault *fault = call->fake->faults->pdata[i];
      if ((fault->count && fault->hits >= fault->count) || !fits (fault, call))
        continue;
      if (fault->skip > 0)
        {
          fault->skip--;
          continue;
        }
      if (fault->probability < 1 && g_rand_double (call->fake->dice) >= fault->probability)
        continue;
      fault->hits++;
      return fault;
    }
  return NULL;
}

FakeStep
fake_fault_before (const FakeFault *fault, FakeCall *call)
{
  return !fault || fault->kind->accepted ? FAKE_STEP_PROCESS : fault->kind->strike (fault, call);
}

FakeStep
fake_fault_after (const FakeFault *fault, FakeCall *call)
{
  return !fault || !fault->kind->accepted ? FAKE_STEP_SEND : fault->kind->strike (fault, call);
}

guint
fake_fault_get_delay (const FakeFault *fault)
{
  return (guint)number (fault, 1000);
}
