#include "bmn-agenda.h"
#include "bmn-parts-private.h"
#include "bmn-search-private.h"

/* What is out stands where it went out, the rest where it is due. */
#define SHOWN_AT "iif (target.published_at > 0, target.published_at, coalesce (target.due_at, 0))"

/* Rows that belong to one item follow each other; bound values are those of put_filter(). */
#define SELECT                                                                                     \
  "SELECT post.id, " SHOWN_AT " AS shown_at, "                                                     \
  "(SELECT substr (text, 1, 400) FROM part WHERE post_id = post.id AND position = 0), "            \
  "(SELECT count (*) FROM part WHERE post_id = post.id), "                                         \
  "(SELECT media.path FROM part JOIN media ON media.part_id = part.id "                            \
  "WHERE part.post_id = post.id AND media.mime_type LIKE 'image/%' "                               \
  "ORDER BY part.position, media.position LIMIT 1), "                                              \
  "post.recurrence IS NOT NULL OR post.series_id IS NOT NULL, "                                    \
  "EXISTS (SELECT 1 FROM part JOIN media ON media.part_id = part.id "                              \
  "WHERE part.post_id = post.id AND media.alt IS NULL), "                                          \
  "target.id, target.account_id, target.state, target.local_time, target.zone, "                   \
  "target.error_kind, target.error, target.url "                                                   \
  "FROM post LEFT JOIN target ON target.post_id = post.id WHERE TRUE"

static void
append_places (GString *sql, const char *start, guint n)
{
  g_string_append (sql, start);
  for (guint i = 0; i < n; i++)
    g_string_append (sql, i > 0 ? ", ?" : "?");
  g_string_append_c (sql, ')');
}

static guint
count_states (guint states)
{
  guint n = 0;
  for (int state = 0; state < BMN_TARGET_N_STATES; state++)
    n += (states >> state) & 1;
  return n;
}

static gboolean
has_span (const BmnAgendaFilter *filter)
{
  return filter->from != 0 || filter->until != 0;
}

/* Put together from constant pieces. A target is in the span by the time it is due or by the
 * time it went out; each of the two has an index, and the last condition is the truth. */
static char *
make_query (const BmnAgendaFilter *filter, const char *expression)
{
  GString *sql = g_string_new (SELECT);
  if (has_span (filter))
    g_string_append (sql, " AND target.id IN ("
                          "SELECT id FROM target WHERE due_at >= ?1 AND due_at < ?2 "
                          "UNION ALL "
                          "SELECT id FROM target WHERE account_id IN (SELECT id FROM account) "
                          "AND published_at >= ?1 AND published_at < ?2 "
                          "UNION ALL SELECT id FROM target WHERE ?3 AND state = 'draft') "
                          "AND ((shown_at >= ?1 AND shown_at < ?2) OR shown_at = 0)");
  else if (!filter->drafts)
    g_string_append (sql, " AND shown_at > 0");
  if (filter->states)
    {
      append_places (sql, " AND (target.state IN (", count_states (filter->states));
      /* A draft that has no account has no target either. */
      gboolean bare = filter->drafts && (filter->states & (1u << BMN_TARGET_DRAFT));
      g_string_append (sql, bare ? " OR target.id IS NULL)" : ")");
    }
  if (filter->account_ids)
    append_places (sql, " AND target.account_id IN (", filter->account_ids->len);
  if (filter->tag)
    g_string_append (sql, " AND EXISTS (SELECT 1 FROM post_tag WHERE post_id = post.id "
                          "AND post_tag.text = ?)");
  if (expression)
    g_string_append (sql, " AND post.id IN "
                          "(SELECT rowid FROM post_words WHERE post_words MATCH ?)");
  g_string_append (sql, " ORDER BY shown_at = 0, shown_at, post.id, target.account_id");
  return g_string_free (sql, FALSE);
}

static void
put_filter (BmnStatement *query, const BmnAgendaFilter *filter, const char *expression)
{
  if (has_span (filter))
    {
      bmn_statement_put_int (query, filter->from);
      bmn_statement_put_int (query, filter->until != 0 ? filter->until : G_MAXINT64);
      bmn_statement_put_int (query, filter->drafts != FALSE);
    }
  for (int state = 0; state < BMN_TARGET_N_STATES; state++)
    if (filter->states & (1u << state))
      bmn_statement_put_text (query, bmn_target_state_to_nick (state));
  for (guint i = 0; filter->account_ids && i < filter->account_ids->len; i++)
    bmn_statement_put_int (query, g_array_index (filter->account_ids, gint64, i));
  if (filter->tag)
    bmn_statement_put_text (query, filter->tag);
  if (expression)
    bmn_statement_put_text (query, expression);
}

/* White space of any kind and length becomes one blank. */
static char *
take_line (BmnStatement *row)
{
  g_autofree char *text = bmn_statement_take_text (row);
  g_autoptr (GString) line = g_string_new (NULL);
  for (const char *p = text; p && *p; p = g_utf8_next_char (p))
    if (!g_unichar_isspace (g_utf8_get_char (p)))
      g_string_append_unichar (line, g_utf8_get_char (p));
    else if (line->len > 0 && line->str[line->len - 1] != ' ')
      g_string_append_c (line, ' ');
  return g_strchomp (g_string_free (g_steal_pointer (&line), FALSE));
}

static BmnAgendaItem *
take_item (BmnTransaction *tx, BmnStatement *row, gint64 post_id, gint64 at)
{
  BmnAgendaItem *item = bmn_agenda_item_new ();
  item->post_id = post_id;
  item->at = at;
  item->excerpt = take_line (row);
  item->n_parts = bmn_statement_take_int (row);
  g_autofree char *stored = bmn_statement_take_text (row);
  if (stored)
    item->picture = bmn_parts_resolve_path (tx, stored);
  item->repeats = bmn_statement_take_int (row);
  item->lacks_alt = bmn_statement_take_int (row);
  return item;
}

static void
take_target (BmnStatement *row, BmnAgendaItem *item)
{
  gint64 id = bmn_statement_take_int (row);
  if (id == 0)
    return;
  BmnAgendaTarget *target = g_new0 (BmnAgendaTarget, 1);
  target->id = id;
  target->account_id = bmn_statement_take_int (row);
  BMN_STATEMENT_TAKE_NICK (row, bmn_target_state_from_nick, &target->state);
  target->local_time = bmn_statement_take_text (row);
  target->zone = bmn_statement_take_text (row);
  target->error_kind = bmn_statement_take_text (row);
  target->error = bmn_statement_take_text (row);
  target->url = bmn_statement_take_text (row);
  g_ptr_array_add (item->targets, target);
}

GPtrArray *
bmn_agenda_list (BmnTransaction *tx, const BmnAgendaFilter *filter, GError **error)
{
  g_autoptr (GPtrArray) items
      = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_agenda_item_free);
  g_autofree char *expression = bmn_search_make_expression (tx, filter->words);
  g_autofree char *sql = make_query (filter, expression);
  g_autoptr (BmnStatement) query = bmn_statement_new (tx, sql);
  put_filter (query, filter, expression);
  g_autoptr (BmnAgendaItem) item = NULL;
  guint n_seen = 0;
  while ((filter->limit == 0 || items->len < filter->limit) && bmn_statement_next (query))
    {
      gint64 post_id = bmn_statement_take_int (query);
      gint64 at = bmn_statement_take_int (query);
      g_autoptr (BmnAgendaItem) row = take_item (tx, query, post_id, at);
      if (item && (item->post_id != post_id || item->at != at))
        {
          if (n_seen++ >= filter->offset)
            g_ptr_array_add (items, g_steal_pointer (&item));
          else
            g_clear_pointer (&item, bmn_agenda_item_free);
        }
      if (!item)
        item = g_steal_pointer (&row);
      take_target (query, item);
    }
  if (!bmn_statement_finish (query, error))
    return NULL;
  if (item && n_seen >= filter->offset && (filter->limit == 0 || items->len < filter->limit))
    g_ptr_array_add (items, g_steal_pointer (&item));
  return g_steal_pointer (&items);
}
