#include "bmn-fake-mastodon.h"

#include "fake-fault.h"
#include "fake-process.h"
#include "fake-report.h"
#include "fake-state.h"
#include "fake-tls.h"
#include "fake-wire.h"

G_DEFINE_FINAL_TYPE (BmnFakeMastodon, bmn_fake_mastodon, G_TYPE_OBJECT)

static void
held_free (gpointer stream)
{
  g_io_stream_close (stream, NULL, NULL);
  g_object_unref (stream);
}

static void
bmn_fake_mastodon_init (BmnFakeMastodon *self)
{
  self->time_scale = 1;
  self->seed = 1;
  self->initial_faults = g_ptr_array_new_with_free_func (g_free);
  self->held = g_ptr_array_new_with_free_func (held_free);
  self->timers = g_hash_table_new_full (NULL, NULL, (GDestroyNotify)g_source_unref, NULL);
  fake_config_init (&self->config);
  self->initial_config = self->config;
  fake_state_init (self);
}

static void
bmn_fake_mastodon_finalize (GObject *object)
{
  BmnFakeMastodon *self = BMN_FAKE_MASTODON (object);
  bmn_fake_mastodon_stop (self);
  fake_state_clear (self);
  g_ptr_array_unref (self->initial_faults);
  g_ptr_array_unref (self->held);
  g_hash_table_unref (self->timers);
  g_free (self->url);
  g_free (self->decoy_url);
  g_free (self->authority);
  G_OBJECT_CLASS (bmn_fake_mastodon_parent_class)->finalize (object);
}

static void
bmn_fake_mastodon_class_init (BmnFakeMastodonClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_fake_mastodon_finalize;
}

BmnFakeMastodon *
bmn_fake_mastodon_new (void)
{
  return g_object_new (BMN_TYPE_FAKE_MASTODON, NULL);
}

/* What is set before the start is what a reset goes back to. */
static void
settings_changed (BmnFakeMastodon *self)
{
  if (!self->started)
    self->initial_config = self->config;
}

gboolean
bmn_fake_mastodon_set_switch (BmnFakeMastodon *self, const char *name, gboolean on, GError **error)
{
  gboolean done = fake_config_set_switch (&self->config, name, on, error);
  settings_changed (self);
  return done;
}

gboolean
bmn_fake_mastodon_set_limit (BmnFakeMastodon *self, const char *spec, GError **error)
{
  gboolean done = fake_config_set_limit_spec (&self->config, spec, error);
  settings_changed (self);
  return done;
}

gboolean
bmn_fake_mastodon_add_fault (BmnFakeMastodon *self, const char *spec, GError **error)
{
  FakeFault *fault = fake_fault_new_from_spec (spec, error);
  if (!fault)
    return FALSE;
  g_ptr_array_add (self->faults, fault);
  if (!self->started)
    g_ptr_array_add (self->initial_faults, g_strdup (spec));
  return TRUE;
}

void
bmn_fake_mastodon_set_time_scale (BmnFakeMastodon *self, double scale)
{
  self->clock_base = fake_now (self);
  self->clock_mono = g_get_monotonic_time ();
  self->time_scale = scale;
}

void
bmn_fake_mastodon_set_seed (BmnFakeMastodon *self, guint32 seed)
{
  self->seed = seed;
  g_rand_set_seed (self->dice, seed);
}

void
bmn_fake_mastodon_set_tls (BmnFakeMastodon *self, BmnFakeTls tls)
{
  self->tls = tls;
}

/* What reaches the decoy was led astray; only what it gave away matters. */
static void
note_decoy (FakeCall *call)
{
  static const char *const secrets[] = { "Authorization", "DPoP", "Cookie", "Idempotency-Key" };
  JsonArray *leaked = json_array_new ();
  SoupMessageBody *body = soup_server_message_get_request_body (call->message);
  for (gsize i = 0; i < G_N_ELEMENTS (secrets); i++)
    if (fake_call_get_header (call, secrets[i]))
      json_array_add_string_element (leaked, secrets[i]);
  g_ptr_array_add (call->fake->decoys,
                   fake_object ("s:method", soup_server_message_get_method (call->message),
                                "s:path", fake_call_get_path (call), "i:body_bytes",
                                (gint64)body->length, "a:leaked", leaked, NULL));
  fake_call_reply (call, 200, json_object_new ());
}

typedef struct
{
  FakeCall *call;
  gboolean process; /* nothing was stored yet */
} Waiting;

static void
waiting_free (gpointer data)
{
  Waiting *waiting = data;
  fake_call_free (waiting->call);
  g_free (waiting);
}

static gboolean
is_gone (FakeCall *call)
{
  return g_object_get_data (G_OBJECT (call->message), "gone") != NULL;
}

static void
on_gone (SoupServerMessage *message)
{
  g_object_set_data (G_OBJECT (message), "gone", message);
}

static gboolean
on_waited (gpointer data)
{
  Waiting *waiting = data;
  if (waiting->process)
    {
      fake_fire_due (waiting->call->fake);
      fake_call_process (waiting->call);
    }
  if (!is_gone (waiting->call))
    {
      fake_wire_send (waiting->call);
      soup_server_message_unpause (waiting->call->message);
    }
  return G_SOURCE_REMOVE;
}

static void
wait_and_send (FakeCall *call, const FakeFault *fault, gboolean process)
{
  Waiting *waiting = g_new0 (Waiting, 1);
  waiting->call = call;
  waiting->process = process;
  g_signal_connect (call->message, "finished", G_CALLBACK (on_gone), NULL);
  g_signal_connect (call->message, "disconnected", G_CALLBACK (on_gone), NULL);
  soup_server_message_pause (call->message);
  fake_timer_add (call->fake, fake_fault_get_delay (fault), on_waited, waiting, waiting_free);
}

/* Takes the call, whatever becomes of it. */
static void
answer (FakeCall *call)
{
  g_autoptr (FakeCall) owned = call;
  if (!fake_call_prepare (call))
    {
      fake_wire_send (call);
      return;
    }
  if (fake_call_is_control (call))
    {
      fake_call_process (call);
      fake_wire_send (call);
      return;
    }
  fake_fire_due (call->fake);
  FakeFault *fault = fake_fault_take (call);
  FakeStep step = fake_fault_before (fault, call);
  if (step == FAKE_STEP_PROCESS)
    {
      fake_call_process (call);
      fake_report_request (call, fault);
      step = fake_fault_after (fault, call);
    }
  else
    fake_report_request (call, fault);

  if (step == FAKE_STEP_SEND)
    fake_wire_send (call);
  else if (step != FAKE_STEP_DONE)
    wait_and_send (g_steal_pointer (&owned), fault, step == FAKE_STEP_LATER);
}

static void
on_request (SoupServer *server,
            SoupServerMessage *message,
            const char *path,
            GHashTable *query,
            gpointer data)
{
  BmnFakeMastodon *self = data;
  FakeCall *call = fake_call_new (self, message);
  GSocketAddress *local = soup_server_message_get_local_address (message);
  if (G_IS_INET_SOCKET_ADDRESS (local)
      && g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (local)) == self->decoy_port)
    {
      note_decoy (call);
      fake_wire_send (call);
      fake_call_free (call);
      return;
    }
  answer (call);
}

/* libsoup 3.2 loses a reference to each socket that it accepts, so this accepts them and hands
 * the streams over. The socket stays known by its address, for faults that end it harshly. */
static gboolean
on_incoming (GSocketService *service,
             GSocketConnection *connection,
             GObject *source,
             BmnFakeMastodon *self)
{
  g_autoptr (GSocketAddress) local = g_socket_connection_get_local_address (connection, NULL);
  g_autoptr (GSocketAddress) remote = g_socket_connection_get_remote_address (connection, NULL);
  g_autoptr (GIOStream) stream
      = self->certificate
            ? g_tls_server_connection_new (G_IO_STREAM (connection), self->certificate, NULL)
            : g_object_ref (G_IO_STREAM (connection));
  if (!local || !remote || !stream)
    return TRUE;
  g_object_set_data_full (G_OBJECT (local), FAKE_WIRE_SOCKET,
                          g_object_ref (g_socket_connection_get_socket (connection)),
                          g_object_unref);
  soup_server_accept_iostream (self->server, stream, local, remote, NULL);
  return TRUE;
}

/* Returns the port, 0 on failure. */
static guint
listen_on (BmnFakeMastodon *self, guint port, GError **error)
{
  g_autoptr (GSocketAddress) wanted = g_inet_socket_address_new_from_string ("127.0.0.1", port);
  g_autoptr (GSocketAddress) got = NULL;
  if (!g_socket_listener_add_address (G_SOCKET_LISTENER (self->service), wanted,
                                      G_SOCKET_TYPE_STREAM, G_SOCKET_PROTOCOL_TCP, NULL, &got,
                                      error))
    return 0;
  return g_inet_socket_address_get_port (G_INET_SOCKET_ADDRESS (got));
}

static gboolean
start_tls (BmnFakeMastodon *self, GError **error)
{
  if (self->tls == BMN_FAKE_TLS_NONE)
    return TRUE;
  g_clear_pointer (&self->authority, g_free);
  self->certificate = fake_tls_certificate_new (self->tls, &self->authority, error);
  return self->certificate != NULL;
}

gboolean
bmn_fake_mastodon_start (BmnFakeMastodon *self, guint port, GError **error)
{
  g_return_val_if_fail (!self->server, FALSE);
  const char *scheme = self->tls == BMN_FAKE_TLS_NONE ? "http" : "https";
  self->context = g_main_context_ref_thread_default ();
  self->server = soup_server_new ("server-header", "fake-mastodon ", NULL);
  soup_server_add_handler (self->server, NULL, on_request, self, NULL);
  /* An active service accepts anew with each address and drops who came in between. */
  self->service = g_object_new (G_TYPE_SOCKET_SERVICE, "active", FALSE, NULL);
  g_signal_connect (self->service, "incoming", G_CALLBACK (on_incoming), self);
  guint main_port = 0;
  if (start_tls (self, error))
    main_port = listen_on (self, port, error);
  self->decoy_port = main_port ? listen_on (self, 0, error) : 0;
  if (!self->decoy_port)
    {
      bmn_fake_mastodon_stop (self);
      return FALSE;
    }
  g_socket_service_start (self->service);
  g_free (self->url);
  g_free (self->decoy_url);
  self->url = g_strdup_printf ("%s://127.0.0.1:%u", scheme, main_port);
  self->decoy_url = g_strdup_printf ("%s://127.0.0.1:%u", scheme, self->decoy_port);
  self->started = TRUE;
  return TRUE;
}

void
bmn_fake_mastodon_stop (BmnFakeMastodon *self)
{
  if (!self->server)
    return;
  fake_timers_clear (self);
  g_ptr_array_set_size (self->held, 0);
  g_socket_service_stop (self->service);
  g_socket_listener_close (G_SOCKET_LISTENER (self->service));
  g_clear_object (&self->service);
  soup_server_disconnect (self->server);
  g_clear_object (&self->server);
  g_clear_object (&self->certificate);
  g_clear_pointer (&self->context, g_main_context_unref);
}

const char *
bmn_fake_mastodon_get_url (BmnFakeMastodon *self)
{
  return self->url;
}

const char *
bmn_fake_mastodon_get_decoy_url (BmnFakeMastodon *self)
{
  return self->decoy_url;
}

const char *
bmn_fake_mastodon_get_authority (BmnFakeMastodon *self)
{
  return self->authority;
}

char *
bmn_fake_mastodon_create_token (BmnFakeMastodon *self, const char *scopes, const char *username)
{
  FakeAccount *account = fake_find_username (self, username ? username : "alice");
  return account ? g_strdup (fake_token_add (self, NULL, account, scopes)->token) : NULL;
}

void
bmn_fake_mastodon_advance (BmnFakeMastodon *self, double seconds)
{
  fake_advance (self, seconds);
  fake_fire_due (self);
}

void
bmn_fake_mastodon_reset (BmnFakeMastodon *self)
{
  /* Answers that still wait point into the state. */
  fake_timers_clear (self);
  g_ptr_array_set_size (self->held, 0);
  fake_state_clear (self);
  self->config = self->initial_config;
  fake_state_init (self);
  for (guint i = 0; i < self->initial_faults->len; i++)
    g_ptr_array_add (self->faults, fake_fault_new_from_spec (self->initial_faults->pdata[i], NULL));
}

JsonNode *
bmn_fake_mastodon_get_state (BmnFakeMastodon *self)
{
  fake_fire_due (self);
  JsonNode *node = json_node_alloc ();
  json_node_take_object (json_node_init (node, JSON_NODE_OBJECT), fake_report_state (self));
  return node;
}

char *
bmn_fake_mastodon_describe (void)
{
  GString *text = g_string_new (NULL);
  fake_config_describe (text);
  fake_fault_describe (text);
  return g_string_free (text, FALSE);
}
