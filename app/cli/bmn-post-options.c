#include "bmn-post-options-private.h"

#include "bmn-session-posts.h"

#include <glib/gi18n.h>

/* How long a poll is open where nobody says, in seconds. */
#define DEFAULT_POLL_DURATION (24 * 3600)

BmnPostOptions *
bmn_post_options_new (void)
{
  BmnPostOptions *options = g_new0 (BmnPostOptions, 1);
  options->accounts = g_array_new (FALSE, FALSE, sizeof (gint64));
  options->parts = bmn_parts_new ();
  return options;
}

void
bmn_post_options_free (BmnPostOptions *options)
{
  g_array_unref (options->accounts);
  g_ptr_array_unref (options->parts);
  g_free (options->at);
  g_free (options->zone);
  g_free (options->in);
  g_free (options->title);
  g_free (options->language);
  g_free (options->warning);
  g_free (options->visibility);
  g_free (options->repeat);
  g_free (options->note);
  g_strfreev (options->tags);
  g_strfreev (options->poll_options);
  g_free (options->poll_duration);
  g_free (options);
}

static gboolean
usage_error (GError **error, const char *message)
{
  g_set_error_literal (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE, message);
  return FALSE;
}

/*
 * Options whose order counts.
 */

/* Several ids may stand in one value, with commas or blanks between. */
static gboolean
on_account (const char *name, const char *value, gpointer data, GError **error)
{
  BmnPostOptions *options = data;
  g_auto (GStrv) items = g_strsplit_set (value, ", ", -1);
  for (guint i = 0; items[i]; i++)
    {
      guint64 id;
      if (items[i][0] == '\0')
        continue;
      if (!g_ascii_string_to_unsigned (items[i], 10, 1, G_MAXINT64, &id, NULL))
        {
          g_set_error (error, G_OPTION_ERROR, G_OPTION_ERROR_BAD_VALUE,
                       _ ("“%s” is not an id. An id is a number."), items[i]);
          return FALSE;
        }
      gboolean known = FALSE;
      for (guint j = 0; j < options->accounts->len; j++)
        known = known || g_array_index (options->accounts, gint64, j) == (gint64)id;
      if (!known)
        g_array_append_val (options->accounts, id);
    }
  return TRUE;
}

static BmnPart *
get_last_part (BmnPostOptions *options)
{
  if (options->parts->len == 0)
    g_ptr_array_add (options->parts, bmn_part_new (NULL));
  return options->parts->pdata[options->parts->len - 1];
}

static gboolean
on_text (const char *name, const char *value, gpointer data, GError **error)
{
  BmnPostOptions *options = data;
  if (options->has_text || options->parts->len > 1)
    return usage_error (error, _ ("--text is given once and before --part."));
  BmnPart *part = get_last_part (options);
  g_free (part->text);
  part->text = g_strdup (value);
  options->has_text = TRUE;
  return TRUE;
}

static gboolean
on_part (const char *name, const char *value, gpointer data, GError **error)
{
  BmnPostOptions *options = data;
  g_ptr_array_add (options->parts, bmn_part_new (value));
  return TRUE;
}

static gboolean
on_media (const char *name, const char *value, gpointer data, GError **error)
{
  BmnMedia *media = bmn_media_new ();
  media->path = g_canonicalize_filename (value, NULL);
  g_ptr_array_add (get_last_part (data)->media, media);
  return TRUE;
}

static gboolean
on_alt (const char *name, const char *value, gpointer data, GError **error)
{
  BmnPostOptions *options = data;
  GPtrArray *media = options->parts->len > 0 ? get_last_part (options)->media : NULL;
  if (!media || media->len == 0)
    return usage_error (error, _ ("--alt describes the --media before it, and there is none."));
  BmnMedia *last = media->pdata[media->len - 1];
  if (last->alt)
    return usage_error (error, _ ("There are two --alt for one --media."));
  last->alt = g_strdup (value);
  return TRUE;
}

static gboolean
parse_focus (const char *text, double *x, double *y)
{
  char *end;
  *x = g_ascii_strtod (text, &end);
  if (end == text || *end != ',')
    return FALSE;
  const char *rest = end + 1;
  *y = g_ascii_strtod (rest, &end);
  /* Written so that what is no number is refused as well. */
  return end != rest && *end == '\0' && *x >= -1 && *x <= 1 && *y >= -1 && *y <= 1;
}

static gboolean
on_focus (const char *name, const char *value, gpointer data, GError **error)
{
  BmnPostOptions *options = data;
  GPtrArray *media = options->parts->len > 0 ? get_last_part (options)->media : NULL;
  if (!media || media->len == 0)
    return usage_error (error, _ ("--focus is about the --media before it, and there is none."));
  BmnMedia *last = media->pdata[media->len - 1];
  if (!parse_focus (value, &last->focus_x, &last->focus_y))
    return usage_error (error, _ ("--focus is two numbers from -1 to 1, such as 0.5,-0.2."));
  return TRUE;
}

static void
append (GStrv *strings, const char *value)
{
  g_autoptr (GStrvBuilder) builder = g_strv_builder_new ();
  if (*strings)
    g_strv_builder_addv (builder, (const char **)*strings);
  g_strv_builder_add (builder, value);
  g_strfreev (*strings);
  *strings = g_strv_builder_end (builder);
}

static gboolean
on_tag (const char *name, const char *value, gpointer data, GError **error)
{
  append (&((BmnPostOptions *)data)->tags, value);
  return TRUE;
}

static gboolean
on_poll_option (const char *name, const char *value, gpointer data, GError **error)
{
  append (&((BmnPostOptions *)data)->poll_options, value);
  return TRUE;
}

/*
 * Parsing.
 */

static gboolean
take_text_from_stdin (BmnPostOptions *options, BmnCli *cli)
{
  if (options->has_text)
    {
      bmn_cli_wrong_usage (cli, "%s", _ ("--text and --text-stdin exclude each other."));
      return FALSE;
    }
  char *text = bmn_cli_read_stdin (cli);
  if (!text)
    return FALSE;
  /* Media that came first made a part of their own; other parts follow the text. */
  if (options->parts->len > 0 && ((BmnPart *)options->parts->pdata[0])->text[0] == '\0')
    {
      BmnPart *first = options->parts->pdata[0];
      g_free (first->text);
      first->text = text;
    }
  else
    {
      g_ptr_array_insert (options->parts, 0, bmn_part_new (text));
      g_free (text);
    }
  options->has_text = TRUE;
  return TRUE;
}

gboolean
bmn_post_options_parse (BmnPostOptions *options,
                        BmnCli *cli,
                        const GOptionEntry *more,
                        GStrv *arguments)
{
  const GOptionEntry own[] = {
    { "account", 0, 0, G_OPTION_ARG_CALLBACK, on_account, N_ ("Where to; may be repeated"),
      N_ ("ID") },
    { "text", 0, 0, G_OPTION_ARG_CALLBACK, on_text, N_ ("What to say"), N_ ("TEXT") },
    { "text-stdin", 0, 0, G_OPTION_ARG_NONE, &options->text_stdin,
      N_ ("Read the text from standard input"), NULL },
    { "media", 0, G_OPTION_FLAG_FILENAME, G_OPTION_ARG_CALLBACK, on_media,
      N_ ("A picture, sound or video for the part before"), N_ ("FILE") },
    { "alt", 0, 0, G_OPTION_ARG_CALLBACK, on_alt, N_ ("Describe the media before"), N_ ("TEXT") },
    { "focus", 0, 0, G_OPTION_ARG_CALLBACK, on_focus,
      N_ ("Point of the media before that stays visible when cropped, -1 to 1 to the right and up"),
      N_ ("X,Y") },
    { "part", 0, 0, G_OPTION_ARG_CALLBACK, on_part, N_ ("A further part of a thread"),
      N_ ("TEXT") },
    { "at", 0, 0, G_OPTION_ARG_STRING, &options->at, N_ ("When, as 2026-12-01 09:00"),
      N_ ("TIME") },
    { "zone", 0, 0, G_OPTION_ARG_STRING, &options->zone,
      N_ ("Time zone of --at; else the account's"), N_ ("ZONE") },
    { "in", 0, 0, G_OPTION_ARG_STRING, &options->in, N_ ("After a while: 30s, 10m, 2h, 3d"),
      N_ ("WHILE") },
    { "next-slot", 0, 0, G_OPTION_ARG_NONE, &options->next_slot, N_ ("In the next free slot"),
      NULL },
    { "now", 0, 0, G_OPTION_ARG_NONE, &options->now, N_ ("At once"), NULL },
    { "draft", 0, 0, G_OPTION_ARG_NONE, &options->draft, N_ ("Not planned"), NULL },
    { "title", 0, 0, G_OPTION_ARG_STRING, &options->title, N_ ("Title, where the platform has one"),
      N_ ("TEXT") },
    { "language", 0, 0, G_OPTION_ARG_STRING, &options->language,
      N_ ("Language, such as de or pt-BR"), N_ ("TAG") },
    { "cw", 0, 0, G_OPTION_ARG_STRING, &options->warning, N_ ("Content warning"), N_ ("TEXT") },
    { "sensitive", 0, 0, G_OPTION_ARG_NONE, &options->sensitive,
      N_ ("Hide the media until asked for"), NULL },
    { "visibility", 0, 0, G_OPTION_ARG_STRING, &options->visibility,
      N_ ("default, public, unlisted, followers or direct"), N_ ("WHO") },
    { "poll-option", 0, 0, G_OPTION_ARG_CALLBACK, on_poll_option,
      N_ ("An answer of a poll; two or more; once and empty for no poll"), N_ ("TEXT") },
    { "poll-duration", 0, 0, G_OPTION_ARG_STRING, &options->poll_duration,
      N_ ("How long the poll is open: 30m, 2h, 3d; else a day"), N_ ("WHILE") },
    { "poll-multiple", 0, 0, G_OPTION_ARG_NONE, &options->poll_multiple,
      N_ ("More than one answer may be given"), NULL },
    { "poll-hide-totals", 0, 0, G_OPTION_ARG_NONE, &options->poll_hide_totals,
      N_ ("Counts stay hidden until the poll ends"), NULL },
    { "hand-over", 0, 0, G_OPTION_ARG_NONE, &options->hand_over,
      N_ ("Let the server hold it until its time, where it can"), NULL },
    { "repeat", 0, 0, G_OPTION_ARG_STRING, &options->repeat, N_ ("Repeat by this RFC 5545 rule"),
      N_ ("RRULE") },
    { "note", 0, 0, G_OPTION_ARG_STRING, &options->note, N_ ("A note that is never published"),
      N_ ("TEXT") },
    { "tag", 0, 0, G_OPTION_ARG_CALLBACK, on_tag, N_ ("A label of your own; may be repeated"),
      N_ ("TEXT") },
    G_OPTION_ENTRY_NULL,
  };
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_array_append_vals (entries, own, G_N_ELEMENTS (own) - 1);
  for (; more && more->long_name; more++)
    g_array_append_vals (entries, more, 1);
  return bmn_cli_parse (cli, (GOptionEntry *)entries->data, options, arguments)
         && (!options->text_stdin || take_text_from_stdin (options, cli));
}

/* `90`, `90s`, `15m`, `2h`, `3d` as seconds. */
static gboolean
parse_while (const char *text, gint64 *seconds)
{
  char *end;
  gint64 value = g_ascii_strtoll (text, &end, 10);
  if (end == text || value < 0 || value > 10 * 366 * 24 * 3600LL)
    return FALSE;
  const struct
  {
    const char *unit;
    gint64 factor;
  } units[] = { { "", 1 }, { "s", 1 }, { "m", 60 }, { "h", 3600 }, { "d", 24 * 3600 } };
  for (gsize i = 0; i < G_N_ELEMENTS (units); i++)
    if (g_str_equal (end, units[i].unit))
      {
        *seconds = value * units[i].factor;
        return *seconds <= 10 * 366 * 24 * 3600LL;
      }
  return FALSE;
}

gboolean
bmn_post_options_get_when (BmnPostOptions *options, BmnCli *cli, BmnWhen *when, gboolean *has_when)
{
  int n_given = !!options->at + !!options->in + options->next_slot + options->now + options->draft;
  *when = (BmnWhen){ .kind = BMN_WHEN_DRAFT };
  *has_when = n_given > 0;
  if (n_given > 1)
    {
      bmn_cli_wrong_usage (
          cli, "%s", _ ("Only one of --at, --in, --next-slot, --now and --draft can be given."));
      return FALSE;
    }
  if (options->zone && !options->at)
    {
      bmn_cli_wrong_usage (cli, "%s", _ ("--zone goes with --at."));
      return FALSE;
    }
  if (options->now)
    when->kind = BMN_WHEN_NOW;
  else if (options->next_slot)
    when->kind = BMN_WHEN_NEXT_SLOT;
  else if (options->in)
    when->kind = BMN_WHEN_IN;
  else if (options->at)
    when->kind = BMN_WHEN_AT;
  when->zone = options->zone;
  when->hand_over = options->hand_over;
  if (options->hand_over && when->kind == BMN_WHEN_DRAFT)
    {
      bmn_cli_wrong_usage (cli, "%s", _ ("--hand-over goes with a time."));
      return FALSE;
    }
  if (options->in && !parse_while (options->in, &when->delay))
    {
      bmn_cli_wrong_usage (cli, _ ("“%s” is not a while such as 30s, 10m, 2h or 3d."), options->in);
      return FALSE;
    }
  g_autoptr (GError) error = NULL;
  if (options->at && !bmn_wall_time_parse (options->at, &when->wall, &error))
    {
      bmn_cli_wrong_usage (cli, "%s", error->message);
      return FALSE;
    }
  return TRUE;
}

/* Puts the program's own copies in place of the user's files. */
static gboolean
take_media (BmnCli *cli, BmnPart *part, GError **error)
{
  for (guint i = 0; i < part->media->len; i++)
    {
      BmnMedia *named = part->media->pdata[i];
      BmnMedia *own = bmn_session_add_media (cli->session, named->path, named->alt, NULL, error);
      if (!own)
        return FALSE;
      own->focus_x = named->focus_x;
      own->focus_y = named->focus_y;
      bmn_media_free (named);
      part->media->pdata[i] = own;
    }
  return TRUE;
}

static void
replace (char **member, const char *value)
{
  if (!value)
    return;
  g_free (*member);
  /* An empty value takes away what was there. */
  *member = value[0] ? g_strdup (value) : NULL;
}

/* Returns: whether the poll is as it was wished for; otherwise after a message */
static gboolean
apply_poll (const BmnPostOptions *options, BmnCli *cli, BmnPost *post)
{
  gint64 duration = post->poll ? post->poll->duration : DEFAULT_POLL_DURATION;
  if (options->poll_duration && !parse_while (options->poll_duration, &duration))
    {
      bmn_cli_wrong_usage (cli, _ ("“%s” is not a while such as 30s, 10m, 2h or 3d."),
                           options->poll_duration);
      return FALSE;
    }
  const char *const *answers = (const char *const *)options->poll_options;
  gboolean no_poll = answers && answers[0][0] == '\0' && !answers[1];
  if (answers)
    g_clear_pointer (&post->poll, bmn_poll_free);
  if (answers && !no_poll)
    post->poll = bmn_poll_new (answers, duration);
  if (post->poll)
    {
      post->poll->duration = duration;
      post->poll->multiple = post->poll->multiple || options->poll_multiple;
      post->poll->hide_totals = post->poll->hide_totals || options->poll_hide_totals;
      return TRUE;
    }
  if (!options->poll_duration && !options->poll_multiple && !options->poll_hide_totals)
    return TRUE;
  bmn_cli_wrong_usage (cli, "%s", _ ("A poll needs --poll-option, two or more."));
  return FALSE;
}

BmnCliExit
bmn_post_options_apply (BmnPostOptions *options, BmnCli *cli, BmnPost *post)
{
  if (!apply_poll (options, cli, post))
    return BMN_CLI_WRONG_USAGE;
  if (options->visibility && !bmn_visibility_from_nick (options->visibility, &post->visibility))
    return bmn_cli_wrong_usage (cli,
                                _ ("“%s” is not default, public, unlisted, followers or direct."),
                                options->visibility);
  g_autoptr (GError) error = NULL;
  for (guint i = 0; i < options->parts->len; i++)
    if (!take_media (cli, options->parts->pdata[i], &error))
      return bmn_cli_fail (error);
  if (options->parts->len > 0)
    {
      BmnPart *first = options->parts->pdata[0];
      /* Only media were given for a post that has a text already. */
      if (!options->has_text && first->text[0] == '\0' && post->parts->len > 0)
        {
          g_free (first->text);
          first->text = g_strdup (((BmnPart *)post->parts->pdata[0])->text);
        }
      g_ptr_array_unref (post->parts);
      post->parts = g_ptr_array_ref (options->parts);
    }
  replace (&post->title, options->title);
  replace (&post->language, options->language);
  replace (&post->content_warning, options->warning);
  replace (&post->recurrence, options->repeat);
  replace (&post->note, options->note);
  post->sensitive = post->sensitive || options->sensitive;
  if (options->tags)
    {
      g_strfreev (post->tags);
      post->tags = g_strdupv (options->tags);
    }
  return BMN_CLI_DONE;
}
