#include "bmn-fake-server.h"
#include "bmn-error.h"
#include "bmn-platform-error.h"

/* A request that arrives after its sender gave up. */
typedef struct
{
  gint64 at;
  gint64 account_id;
  BmnPublishRequest *request; /* (owned) */
} LateRequest;

static void
fake_post_free (BmnFakePost *post)
{
  g_free (post->key);
  g_free (post->text);
  g_free (post->remote_id);
  g_free (post->answers);
  g_free (post);
}

static void
late_request_free (LateRequest *late)
{
  bmn_publish_request_unref (late->request);
  g_free (late);
}

static void
reply_free (BmnFakeReply *reply)
{
  g_clear_error (&reply->error);
  g_free (reply);
}

BmnFakeServer *
bmn_fake_server_new (BmnIdempotency idempotency)
{
  BmnFakeServer *self = g_new0 (BmnFakeServer, 1);
  self->caps = (BmnCapabilities){
    .idempotency = idempotency,
    .key_life = idempotency == BMN_IDEMPOTENCY_SERVER_KEY ? 3600 : 0,
    .request_life = 120,
    .needs_network = TRUE,
    .can_read_back = TRUE,
    .can_remove = TRUE,
  };
  self->posts = g_ptr_array_new_with_free_func ((GDestroyNotify)fake_post_free);
  self->held = g_ptr_array_new_with_free_func ((GDestroyNotify)fake_post_free);
  self->gone = g_ptr_array_new_with_free_func ((GDestroyNotify)fake_post_free);
  self->late = g_ptr_array_new_with_free_func ((GDestroyNotify)late_request_free);
  self->hanging = g_ptr_array_new_with_free_func (g_object_unref);
  self->under_way = g_hash_table_new_full (g_int64_hash, g_int64_equal, g_free, NULL);
  g_queue_init (&self->publish_replies);
  g_queue_init (&self->read_back_replies);
  return self;
}

void
bmn_fake_server_free (BmnFakeServer *self)
{
  g_assert_cmpuint (self->hanging->len, ==, 0);
  g_ptr_array_unref (self->posts);
  g_ptr_array_unref (self->held);
  g_ptr_array_unref (self->gone);
  g_ptr_array_unref (self->late);
  g_ptr_array_unref (self->hanging);
  g_hash_table_unref (self->under_way);
  g_queue_clear_full (&self->publish_replies, (GDestroyNotify)reply_free);
  g_queue_clear_full (&self->read_back_replies, (GDestroyNotify)reply_free);
  g_free (self);
}

static void
queue_reply (GQueue *queue, BmnFakeFate fate, GError *error)
{
  BmnFakeReply *reply = g_new0 (BmnFakeReply, 1);
  reply->fate = fate;
  reply->error = error;
  g_queue_push_tail (queue, reply);
}

void
bmn_fake_server_reply (BmnFakeServer *self, BmnFakeFate fate)
{
  queue_reply (&self->publish_replies, fate, NULL);
}

void
bmn_fake_server_take_reply (BmnFakeServer *self, BmnFakeFate fate, GError *error)
{
  queue_reply (&self->publish_replies, fate, error);
}

void
bmn_fake_server_refuse (BmnFakeServer *self, GQuark domain, int code)
{
  queue_reply (&self->publish_replies, BMN_FAKE_REFUSE,
               g_error_new (domain, code, "The server said no."));
}

void
bmn_fake_server_reply_to_look (BmnFakeServer *self, BmnFakeFate fate)
{
  queue_reply (&self->read_back_replies, fate, NULL);
}

void
bmn_fake_server_refuse_look (BmnFakeServer *self, GQuark domain, int code)
{
  queue_reply (&self->read_back_replies, BMN_FAKE_REFUSE,
               g_error_new (domain, code, "The server cannot tell."));
}

static BmnFakeReply
next_reply (BmnFakeServer *self, gboolean publishing)
{
  if (self->cut_off)
    return (BmnFakeReply){ .fate = BMN_FAKE_LOSE };
  g_autofree BmnFakeReply *queued
      = g_queue_pop_head (publishing ? &self->publish_replies : &self->read_back_replies);
  if (queued)
    return *queued;
  return self->chooser ? self->chooser (self, publishing, self->chooser_data)
                       : (BmnFakeReply){ .fate = BMN_FAKE_ACCEPT };
}

/*
 * What is out.
 */

static BmnFakePost *
find_by_key (BmnFakeServer *self, GPtrArray *posts, gint64 account_id, const char *key)
{
  const BmnCapabilities *caps = &self->caps;
  for (guint i = 0; i < posts->len; i++)
    {
      BmnFakePost *post = posts->pdata[i];
      gboolean honoured = caps->idempotency == BMN_IDEMPOTENCY_RECORD_KEY
                          || (caps->idempotency == BMN_IDEMPOTENCY_SERVER_KEY
                              && self->now < post->made_at + caps->key_life * G_USEC_PER_SEC);
      if (honoured && post->account_id == account_id && g_str_equal (post->key, key))
        return post;
    }
  return NULL;
}

static const char *
receipt_of (BmnPublishRequest *request, int part)
{
  for (guint i = 0; i < request->receipts->len; i++)
    {
      const BmnReceipt *receipt = request->receipts->pdata[i];
      if (receipt->part == part)
        return receipt->remote_id;
    }
  return NULL;
}

/* @at: when it is to come out, µs; 0 for at once. Returns: (nullable): %NULL where the key is of
 * something that was taken back, as Mastodon does */
static BmnFakePost *
put_part (BmnFakeServer *self, gint64 account_id, BmnPublishRequest *request, int part, gint64 at)
{
  g_autofree char *key = g_strdup_printf ("%s/%d", request->key, part);
  BmnFakePost *post = find_by_key (self, self->posts, account_id, key);
  if (!post)
    post = find_by_key (self, self->held, account_id, key);
  if (post || find_by_key (self, self->gone, account_id, key))
    return post;
  post = g_new0 (BmnFakePost, 1);
  post->account_id = account_id;
  post->key = g_steal_pointer (&key);
  post->part = part;
  post->text = g_strdup (((BmnPart *)request->parts->pdata[part])->text);
  post->remote_id = g_strdup_printf ("remote-%" G_GINT64_FORMAT, ++self->last_id);
  post->answers = part > 0 ? g_strdup (receipt_of (request, part - 1)) : NULL;
  post->made_at = self->now;
  post->at = at ? at : self->now;
  post->held = at != 0;
  g_ptr_array_add (at ? self->held : self->posts, post);
  return post;
}

static BmnReceipt *
make_receipt (const BmnFakePost *post, int part)
{
  g_autofree char *url = g_strconcat ("https://server.example/", post->remote_id, NULL);
  BmnReceipt *receipt = bmn_receipt_new (part, post->remote_id, post->held ? NULL : url, post->at);
  receipt->held = post->held;
  return receipt;
}

static GPtrArray *
receipts_new (void)
{
  return g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_receipt_free);
}

static GPtrArray *
put (BmnFakeServer *self, gint64 account_id, BmnPublishRequest *request)
{
  GPtrArray *receipts = receipts_new ();
  gint64 at = self->caps.can_schedule ? request->schedule_at : 0;
  int first = self->caps.whole_thread ? 0 : request->part;
  int last = self->caps.whole_thread ? (int)request->parts->len - 1 : request->part;
  for (int part = first; part <= last && (at == 0 || at > self->now); part++)
    {
      const BmnFakePost *post = put_part (self, account_id, request, part, at);
      if (post)
        g_ptr_array_add (receipts, make_receipt (post, part));
    }
  return receipts;
}

/* By receipt, else by record key, else by likeness, as #BmnPlatformClass.read_back says. */
static BmnFakePost *
find_part (BmnFakeServer *self, gint64 account_id, BmnPublishRequest *request, int part)
{
  const char *known = receipt_of (request, part);
  g_autofree char *key = g_strdup_printf ("%s/%d", request->key, part);
  const char *text = ((BmnPart *)request->parts->pdata[part])->text;
  for (guint i = 0; i < self->posts->len; i++)
    {
      BmnFakePost *post = self->posts->pdata[i];
      if (post->account_id != account_id)
        continue;
      if (known ? g_str_equal (post->remote_id, known)
          : self->caps.idempotency == BMN_IDEMPOTENCY_RECORD_KEY
              ? g_str_equal (post->key, key)
              : g_str_equal (post->text, text)
                    && !g_hash_table_contains (request->known_ids, post->remote_id))
        return post;
    }
  return NULL;
}

static const BmnReceipt *
get_held_receipt (BmnPublishRequest *request)
{
  const BmnReceipt *first = request->receipts->len > 0 ? request->receipts->pdata[0] : NULL;
  return first && first->held ? first : NULL;
}

/* What is held, or came out of it: by its receipt, or else by likeness. */
static GPtrArray *
see_held (BmnFakeServer *self, gint64 account_id, BmnPublishRequest *request)
{
  GPtrArray *receipts = receipts_new ();
  const BmnReceipt *known = get_held_receipt (request);
  const char *text = ((BmnPart *)request->parts->pdata[0])->text;
  for (guint i = 0; i < self->held->len + self->posts->len && receipts->len == 0; i++)
    {
      gboolean held = i < self->held->len;
      const BmnFakePost *post
          = held ? self->held->pdata[i] : self->posts->pdata[i - self->held->len];
      gboolean same = held && known
                          ? g_str_equal (post->remote_id, known->remote_id)
                          : g_str_equal (post->text, text)
                                && !g_hash_table_contains (request->known_ids, post->remote_id);
      if (post->account_id == account_id && same)
        g_ptr_array_add (receipts, make_receipt (post, 0));
    }
  return receipts;
}

static GPtrArray *
see (BmnFakeServer *self, gint64 account_id, BmnPublishRequest *request)
{
  if (get_held_receipt (request) || request->schedule_at > 0)
    return see_held (self, account_id, request);
  GPtrArray *receipts = receipts_new ();
  int first = self->caps.whole_thread ? 0 : request->part;
  int last = self->caps.whole_thread ? (int)request->parts->len - 1 : request->part;
  for (int part = first; part <= last && !self->sees_nothing; part++)
    {
      const BmnFakePost *post = find_part (self, account_id, request, part);
      if (post)
        g_ptr_array_add (receipts, make_receipt (post, part));
    }
  return receipts;
}

guint
bmn_fake_server_count (BmnFakeServer *self, gint64 account_id, const char *text)
{
  guint n = 0;
  for (guint i = 0; i < self->posts->len; i++)
    {
      const BmnFakePost *post = self->posts->pdata[i];
      n += (account_id == 0 || post->account_id == account_id) && g_str_equal (post->text, text);
    }
  return n;
}

/*
 * Requests.
 */

static guint
get_under_way (BmnFakeServer *self, gint64 account_id)
{
  return GPOINTER_TO_UINT (g_hash_table_lookup (self->under_way, &account_id));
}

static void
set_under_way (BmnFakeServer *self, gint64 account_id, guint n)
{
  g_hash_table_replace (self->under_way, g_memdup2 (&account_id, sizeof account_id),
                        GUINT_TO_POINTER (n));
}

/* A request is under way until its answer is delivered. */
typedef struct
{
  BmnFakeServer *server;
  gint64 account_id;
} UnderWay;

static void
on_delivered (GTask *task, GParamSpec *pspec, UnderWay *under_way)
{
  set_under_way (under_way->server, under_way->account_id,
                 get_under_way (under_way->server, under_way->account_id) - 1);
}

static void
free_under_way (gpointer data, GClosure *closure)
{
  g_free (data);
}

static void
begin (BmnFakeServer *self, gint64 account_id, GTask *task)
{
  UnderWay *under_way = g_new0 (UnderWay, 1);
  under_way->server = self;
  under_way->account_id = account_id;
  g_signal_connect_data (task, "notify::completed", G_CALLBACK (on_delivered), under_way,
                         free_under_way, 0);
  guint n = get_under_way (self, account_id) + 1;
  set_under_way (self, account_id, n);
  self->most_at_once_per_account = MAX (self->most_at_once_per_account, n);
  guint all = 0;
  GHashTableIter iter;
  gpointer number;
  g_hash_table_iter_init (&iter, self->under_way);
  while (g_hash_table_iter_next (&iter, NULL, &number))
    all += GPOINTER_TO_UINT (number);
  self->most_at_once = MAX (self->most_at_once, all);
}

static void
return_receipts (GTask *task, GPtrArray *receipts)
{
  g_task_return_pointer (task, receipts, (GDestroyNotify)g_ptr_array_unref);
}

static void
return_lost (GTask *task)
{
  g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_UNKNOWN_OUTCOME,
                           "No answer came.");
}

static void
send_late (BmnFakeServer *self, gint64 account_id, BmnPublishRequest *request, gint64 delay)
{
  LateRequest *late = g_new0 (LateRequest, 1);
  late->at = self->now + delay;
  late->account_id = account_id;
  late->request = bmn_publish_request_ref (request);
  g_ptr_array_add (self->late, late);
}

void
bmn_fake_server_publish (BmnFakeServer *self,
                         gint64 account_id,
                         BmnPublishRequest *request,
                         GTask *task)
{
  begin (self, account_id, task);
  self->n_publish_calls++;
  BmnFakeReply reply = next_reply (self, TRUE);
  gboolean arrives = reply.fate == BMN_FAKE_ACCEPT || reply.fate == BMN_FAKE_LOSE_ANSWER
                     || reply.fate == BMN_FAKE_HANG_ACCEPTED;
  g_autoptr (GPtrArray) receipts = arrives ? put (self, account_id, request) : NULL;
  gboolean too_late = receipts && receipts->len == 0;
  if (receipts && self->names_nothing)
    g_ptr_array_set_size (receipts, 0);
  if (reply.fate == BMN_FAKE_ACCEPT && too_late)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_REJECTED,
                             "Its time has passed.");
  else if (reply.fate == BMN_FAKE_ACCEPT)
    return_receipts (task, g_steal_pointer (&receipts));
  else if (reply.fate == BMN_FAKE_REFUSE)
    g_task_return_error (task, reply.error);
  else if (reply.fate == BMN_FAKE_HANG || reply.fate == BMN_FAKE_HANG_ACCEPTED)
    g_ptr_array_add (self->hanging, g_object_ref (task));
  else
    return_lost (task);
  if (reply.fate == BMN_FAKE_LOSE_AND_ARRIVE)
    send_late (self, account_id, request, reply.delay);
}

void
bmn_fake_server_read_back (BmnFakeServer *self,
                           gint64 account_id,
                           BmnPublishRequest *request,
                           GTask *task)
{
  begin (self, account_id, task);
  self->n_read_back_calls++;
  BmnFakeReply reply = next_reply (self, FALSE);
  if (reply.fate == BMN_FAKE_ACCEPT)
    return_receipts (task, see (self, account_id, request));
  else if (reply.fate == BMN_FAKE_REFUSE)
    g_task_return_error (task, reply.error);
  else if (reply.fate == BMN_FAKE_HANG || reply.fate == BMN_FAKE_HANG_ACCEPTED)
    g_ptr_array_add (self->hanging, g_object_ref (task));
  else
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_TIMED_OUT,
                             "The server did not answer.");
}

static gboolean
drop_held (BmnFakeServer *self, const BmnReceipt *receipt)
{
  for (guint i = 0; i < self->held->len; i++)
    if (g_str_equal (((BmnFakePost *)self->held->pdata[i])->remote_id, receipt->remote_id))
      {
        g_ptr_array_add (self->gone, g_ptr_array_steal_index (self->held, i));
        return TRUE;
      }
  return FALSE;
}

static void
remove_held (BmnFakeServer *self, const BmnReceipt *receipt, GTask *task)
{
  BmnFakeReply reply = next_reply (self, TRUE);
  gboolean arrives = reply.fate == BMN_FAKE_ACCEPT || reply.fate == BMN_FAKE_LOSE_ANSWER
                     || reply.fate == BMN_FAKE_HANG_ACCEPTED;
  gboolean dropped = arrives && drop_held (self, receipt);
  if (reply.fate == BMN_FAKE_REFUSE)
    g_task_return_error (task, reply.error);
  else if (reply.fate != BMN_FAKE_ACCEPT)
    g_task_return_new_error (task, BMN_PLATFORM_ERROR, BMN_PLATFORM_ERROR_SERVER,
                             "No answer came.");
  else if (dropped)
    g_task_return_boolean (task, TRUE);
  else
    g_task_return_new_error (task, BMN_ERROR, BMN_ERROR_NOT_FOUND, "It is not held.");
}

void
bmn_fake_server_remove (BmnFakeServer *self,
                        gint64 account_id,
                        BmnPublishRequest *request,
                        GTask *task)
{
  if (get_held_receipt (request))
    {
      remove_held (self, get_held_receipt (request), task);
      return;
    }
  for (guint i = self->posts->len; i > 0; i--)
    {
      const BmnFakePost *post = self->posts->pdata[i - 1];
      for (guint j = 0; j < request->receipts->len; j++)
        if (g_str_equal (post->remote_id, ((BmnReceipt *)request->receipts->pdata[j])->remote_id))
          {
            g_ptr_array_remove_index (self->posts, i - 1);
            break;
          }
    }
  g_task_return_boolean (task, TRUE);
}

/* Returns: index of the late request that arrives first and not after @end, or −1 */
static int
find_next_arrival (BmnFakeServer *self, gint64 end)
{
  int next = -1;
  for (guint i = 0; i < self->late->len; i++)
    {
      gint64 at = ((LateRequest *)self->late->pdata[i])->at;
      if (at <= end && (next < 0 || at < ((LateRequest *)self->late->pdata[next])->at))
        next = i;
    }
  return next;
}

/* What it holds comes out, under an id of its own. */
static void
come_out (BmnFakeServer *self, gint64 until)
{
  for (guint i = 0; i < self->held->len;)
    {
      BmnFakePost *post = self->held->pdata[i];
      if (post->at > until)
        {
          i++;
          continue;
        }
      g_ptr_array_steal_index (self->held, i);
      post->held = FALSE;
      g_free (post->remote_id);
      post->remote_id = g_strdup_printf ("remote-%" G_GINT64_FORMAT, ++self->last_id);
      g_ptr_array_add (self->posts, post);
    }
}

void
bmn_fake_server_advance (BmnFakeServer *self, gint64 duration)
{
  gint64 end = self->now + duration;
  for (int i = find_next_arrival (self, end); i >= 0; i = find_next_arrival (self, end))
    {
      const LateRequest *late = self->late->pdata[i];
      self->now = late->at;
      come_out (self, self->now);
      g_autoptr (GPtrArray) unheard = put (self, late->account_id, late->request);
      g_ptr_array_remove_index (self->late, i);
    }
  self->now = end;
  come_out (self, end);
}

gboolean
bmn_fake_server_is_hanging (BmnFakeServer *self)
{
  return self->hanging->len > 0;
}

void
bmn_fake_server_release (BmnFakeServer *self)
{
  for (guint i = 0; i < self->hanging->len; i++)
    return_lost (self->hanging->pdata[i]);
  g_ptr_array_set_size (self->hanging, 0);
}
