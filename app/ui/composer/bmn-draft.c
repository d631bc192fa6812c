#include "bmn-draft.h"

/* An account, and whether the post goes there. */
typedef struct
{
  gint64 account_id;
  gboolean is_chosen;
  GPtrArray *parts; /* (owned) (nullable) its own text */
} Variant;

struct _BmnDraft
{
  GObject parent_instance;

  BmnPost *post;       /* (owned) */
  GPtrArray *variants; /* (owned) (element-type Variant) */
  guint serial;
};

G_DEFINE_FINAL_TYPE (BmnDraft, bmn_draft, G_TYPE_OBJECT)

enum
{
  CHANGED,
  N_SIGNALS,
};

static guint signals[N_SIGNALS];

static void
variant_free (Variant *variant)
{
  g_clear_pointer (&variant->parts, g_ptr_array_unref);
  g_free (variant);
}

static void
tell (BmnDraft *self, BmnDraftChange what)
{
  self->serial++;
  g_signal_emit (self, signals[CHANGED], 0, (guint)what);
}

static Variant *
find_variant (BmnDraft *self, gint64 account_id)
{
  for (guint i = 0; i < self->variants->len; i++)
    if (((Variant *)self->variants->pdata[i])->account_id == account_id)
      return self->variants->pdata[i];
  return NULL;
}

static Variant *
ensure_variant (BmnDraft *self, gint64 account_id)
{
  Variant *variant = find_variant (self, account_id);
  if (!variant)
    {
      variant = g_new0 (Variant, 1);
      variant->account_id = account_id;
      g_ptr_array_add (self->variants, variant);
    }
  return variant;
}

/*
 * Reading.
 */

const BmnPost *
bmn_draft_get_post (BmnDraft *self)
{
  return self->post;
}

void
bmn_draft_set_id (BmnDraft *self, gint64 id)
{
  self->post->id = id;
}

guint
bmn_draft_get_serial (BmnDraft *self)
{
  return self->serial;
}

GPtrArray *
bmn_draft_get_parts (BmnDraft *self, gint64 account_id)
{
  Variant *variant = account_id == BMN_DRAFT_ALL ? NULL : find_variant (self, account_id);
  return variant && variant->parts ? variant->parts : self->post->parts;
}

static BmnPart *
get_part (BmnDraft *self, gint64 account_id, guint index)
{
  GPtrArray *parts = bmn_draft_get_parts (self, account_id);
  return index < parts->len ? parts->pdata[index] : NULL;
}

const char *
bmn_draft_get_text (BmnDraft *self, gint64 account_id, guint index)
{
  const BmnPart *part = get_part (self, account_id, index);
  return part ? part->text : "";
}

BmnPost *
bmn_draft_make_post (BmnDraft *self, gint64 account_id)
{
  g_autoptr (BmnPost) post = bmn_post_copy (self->post);
  GPtrArray *parts = bmn_draft_get_parts (self, account_id);
  if (parts != self->post->parts)
    {
      g_ptr_array_unref (post->parts);
      post->parts = bmn_parts_copy (parts);
    }
  return g_steal_pointer (&post);
}

GPtrArray *
bmn_draft_make_targets (BmnDraft *self)
{
  GPtrArray *targets = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_target_free);
  for (guint i = 0; i < self->variants->len; i++)
    {
      const Variant *variant = self->variants->pdata[i];
      if (!variant->is_chosen)
        continue;
      BmnTarget *target = bmn_target_new (variant->account_id);
      target->parts = bmn_parts_copy (variant->parts);
      g_ptr_array_add (targets, target);
    }
  return targets;
}

static gboolean
are_empty (GPtrArray *parts)
{
  for (guint i = 0; parts && i < parts->len; i++)
    {
      const BmnPart *part = parts->pdata[i];
      if (part->media->len > 0 || strspn (part->text, " \n\t") < strlen (part->text))
        return FALSE;
    }
  return TRUE;
}

gboolean
bmn_draft_is_empty (BmnDraft *self)
{
  if (self->post->poll || !are_empty (self->post->parts))
    return FALSE;
  for (guint i = 0; i < self->variants->len; i++)
    if (!are_empty (((Variant *)self->variants->pdata[i])->parts))
      return FALSE;
  return TRUE;
}

/*
 * Accounts.
 */

gboolean
bmn_draft_has_account (BmnDraft *self, gint64 account_id)
{
  const Variant *variant = find_variant (self, account_id);
  return variant && variant->is_chosen;
}

void
bmn_draft_set_account (BmnDraft *self, gint64 account_id, gboolean chosen)
{
  if (bmn_draft_has_account (self, account_id) == chosen)
    return;
  ensure_variant (self, account_id)->is_chosen = chosen;
  tell (self, BMN_DRAFT_CHANGE_ACCOUNTS);
}

guint
bmn_draft_count_accounts (BmnDraft *self)
{
  guint n = 0;
  for (guint i = 0; i < self->variants->len; i++)
    n += ((Variant *)self->variants->pdata[i])->is_chosen;
  return n;
}

gboolean
bmn_draft_has_own (BmnDraft *self, gint64 account_id)
{
  const Variant *variant = find_variant (self, account_id);
  return variant && variant->parts;
}

void
bmn_draft_customise (BmnDraft *self, gint64 account_id)
{
  if (bmn_draft_has_own (self, account_id))
    return;
  ensure_variant (self, account_id)->parts = bmn_parts_copy (self->post->parts);
  tell (self, BMN_DRAFT_CHANGE_PARTS | BMN_DRAFT_CHANGE_ACCOUNTS);
}

void
bmn_draft_reset (BmnDraft *self, gint64 account_id)
{
  if (!bmn_draft_has_own (self, account_id))
    return;
  g_clear_pointer (&find_variant (self, account_id)->parts, g_ptr_array_unref);
  tell (self, BMN_DRAFT_CHANGE_PARTS | BMN_DRAFT_CHANGE_ACCOUNTS);
}

/*
 * Parts.
 */

static void
set_string (char **field, const char *value)
{
  char *copy = value && *value ? g_strdup (value) : NULL;
  g_free (*field);
  *field = copy;
}

void
bmn_draft_set_text (BmnDraft *self, gint64 account_id, guint index, const char *text)
{
  BmnPart *part = get_part (self, account_id, index);
  if (!part || strcmp (part->text, text) == 0)
    return;
  g_free (part->text);
  part->text = g_strdup (text);
  tell (self, BMN_DRAFT_CHANGE_TEXT);
}

void
bmn_draft_insert_part (BmnDraft *self, gint64 account_id, guint index, const char *text)
{
  GPtrArray *parts = bmn_draft_get_parts (self, account_id);
  g_ptr_array_insert (parts, MIN (index, parts->len), bmn_part_new (text));
  tell (self, BMN_DRAFT_CHANGE_PARTS);
}

void
bmn_draft_remove_part (BmnDraft *self, gint64 account_id, guint index)
{
  GPtrArray *parts = bmn_draft_get_parts (self, account_id);
  if (parts->len < 2 || index >= parts->len)
    return;
  g_ptr_array_remove_index (parts, index);
  tell (self, BMN_DRAFT_CHANGE_PARTS);
}

void
bmn_draft_split_part (BmnDraft *self, gint64 account_id, guint index, GPtrArray *texts)
{
  GPtrArray *parts = bmn_draft_get_parts (self, account_id);
  BmnPart *first = get_part (self, account_id, index);
  if (!first || texts->len == 0)
    return;
  g_free (first->text);
  first->text = g_strdup (texts->pdata[0]);
  for (guint i = 1; i < texts->len; i++)
    g_ptr_array_insert (parts, index + i, bmn_part_new (texts->pdata[i]));
  tell (self, BMN_DRAFT_CHANGE_PARTS);
}

/*
 * Media.
 */

void
bmn_draft_add_media (BmnDraft *self, gint64 account_id, guint index, BmnMedia *media)
{
  BmnPart *part = get_part (self, account_id, index);
  if (!part)
    {
      bmn_media_free (media);
      return;
    }
  g_ptr_array_add (part->media, media);
  tell (self, BMN_DRAFT_CHANGE_MEDIA);
}

void
bmn_draft_remove_media (BmnDraft *self, gint64 account_id, guint index, guint medium)
{
  BmnPart *part = get_part (self, account_id, index);
  if (!part || medium >= part->media->len)
    return;
  g_ptr_array_remove_index (part->media, medium);
  tell (self, BMN_DRAFT_CHANGE_MEDIA);
}

void
bmn_draft_move_media (BmnDraft *self, gint64 account_id, guint index, guint from, guint to)
{
  BmnPart *part = get_part (self, account_id, index);
  if (!part || from >= part->media->len || to >= part->media->len || from == to)
    return;
  g_ptr_array_insert (part->media, to, g_ptr_array_steal_index (part->media, from));
  tell (self, BMN_DRAFT_CHANGE_MEDIA);
}

void
bmn_draft_replace_media (
    BmnDraft *self, gint64 account_id, guint index, guint medium, BmnMedia *media)
{
  BmnPart *part = get_part (self, account_id, index);
  if (!part || medium >= part->media->len)
    {
      bmn_media_free (media);
      return;
    }
  bmn_media_free (part->media->pdata[medium]);
  part->media->pdata[medium] = media;
  tell (self, BMN_DRAFT_CHANGE_MEDIA);
}

/*
 * Options.
 */

void
bmn_draft_set_language (BmnDraft *self, const char *language)
{
  if (g_strcmp0 (self->post->language, language) == 0)
    return;
  set_string (&self->post->language, language);
  tell (self, BMN_DRAFT_CHANGE_OPTIONS);
}

void
bmn_draft_set_visibility (BmnDraft *self, BmnVisibility visibility)
{
  if (self->post->visibility == visibility)
    return;
  self->post->visibility = visibility;
  tell (self, BMN_DRAFT_CHANGE_OPTIONS);
}

void
bmn_draft_set_content_warning (BmnDraft *self, const char *text)
{
  if (g_strcmp0 (self->post->content_warning ? self->post->content_warning : "", text) == 0)
    return;
  set_string (&self->post->content_warning, text);
  tell (self, BMN_DRAFT_CHANGE_OPTIONS);
}

void
bmn_draft_set_sensitive (BmnDraft *self, gboolean sensitive)
{
  if (self->post->sensitive == sensitive)
    return;
  self->post->sensitive = sensitive;
  tell (self, BMN_DRAFT_CHANGE_OPTIONS);
}

void
bmn_draft_set_poll (BmnDraft *self, const BmnPoll *poll)
{
  if (!poll && !self->post->poll)
    return;
  BmnPoll *copy = bmn_poll_copy (poll);
  g_clear_pointer (&self->post->poll, bmn_poll_free);
  self->post->poll = copy;
  tell (self, BMN_DRAFT_CHANGE_OPTIONS);
}

/*
 * The object.
 */

static void
bmn_draft_finalize (GObject *object)
{
  BmnDraft *self = BMN_DRAFT (object);
  g_clear_pointer (&self->post, bmn_post_free);
  g_clear_pointer (&self->variants, g_ptr_array_unref);
  G_OBJECT_CLASS (bmn_draft_parent_class)->finalize (object);
}

static void
bmn_draft_class_init (BmnDraftClass *klass)
{
  G_OBJECT_CLASS (klass)->finalize = bmn_draft_finalize;
  signals[CHANGED] = g_signal_new ("changed", G_TYPE_FROM_CLASS (klass), G_SIGNAL_RUN_LAST, 0, NULL,
                                   NULL, NULL, G_TYPE_NONE, 1, G_TYPE_UINT);
}

static void
bmn_draft_init (BmnDraft *self)
{
  self->variants = g_ptr_array_new_with_free_func ((GDestroyNotify)variant_free);
}

BmnDraft *
bmn_draft_new (void)
{
  BmnDraft *self = g_object_new (BMN_TYPE_DRAFT, NULL);
  self->post = bmn_post_new ();
  g_ptr_array_add (self->post->parts, bmn_part_new (NULL));
  return self;
}

BmnDraft *
bmn_draft_new_from (const BmnPost *post, GPtrArray *targets)
{
  BmnDraft *self = g_object_new (BMN_TYPE_DRAFT, NULL);
  self->post = bmn_post_copy (post);
  if (self->post->parts->len == 0)
    g_ptr_array_add (self->post->parts, bmn_part_new (NULL));
  for (guint i = 0; i < targets->len; i++)
    {
      const BmnTarget *target = targets->pdata[i];
      Variant *variant = ensure_variant (self, target->account_id);
      variant->is_chosen = TRUE;
      variant->parts = bmn_parts_copy (target->parts);
    }
  return self;
}
