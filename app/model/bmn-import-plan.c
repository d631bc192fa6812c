#include "bmn-import-plan.h"
#include "bmn-nick-private.h"

static const char *const format_nicks[]
    = { "guess", "bellman", "mastodon", "x", "bluesky", "csv", NULL };

static const char *const field_nicks[]
    = { "none",  "id",      "url",     "text",  "language", "date",       "time",
        "likes", "reposts", "replies", "media", "is-reply", "counted-at", NULL };

const char *
bmn_import_format_to_nick (BmnImportFormat format)
{
  return bmn_nick_get (format_nicks, format);
}

gboolean
bmn_import_format_from_nick (const char *nick, BmnImportFormat *format)
{
  int value = bmn_nick_find (format_nicks, nick);
  if (value < 0)
    return FALSE;
  *format = value;
  return TRUE;
}

const char *
bmn_import_field_to_nick (BmnImportField field)
{
  return bmn_nick_get (field_nicks, field);
}

gboolean
bmn_import_field_from_nick (const char *nick, BmnImportField *field)
{
  int value = bmn_nick_find (field_nicks, nick);
  if (value < 0)
    return FALSE;
  *field = value;
  return TRUE;
}

BmnImportColumn *
bmn_import_column_new (const char *name, const char *sample)
{
  BmnImportColumn *column = g_new0 (BmnImportColumn, 1);
  column->name = g_strdup (name);
  column->sample = g_strdup (sample);
  return column;
}

void
bmn_import_column_free (BmnImportColumn *column)
{
  g_free (column->name);
  g_free (column->sample);
  g_free (column);
}

static gpointer
copy_column (gconstpointer source, gpointer data)
{
  const BmnImportColumn *column = source;
  BmnImportColumn *copy = bmn_import_column_new (column->name, column->sample);
  copy->field = column->field;
  return copy;
}

BmnImportPlan *
bmn_import_plan_new (void)
{
  BmnImportPlan *plan = g_new0 (BmnImportPlan, 1);
  plan->columns = g_ptr_array_new_with_free_func ((GDestroyNotify)bmn_import_column_free);
  plan->wishes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  return plan;
}

BmnImportPlan *
bmn_import_plan_copy (const BmnImportPlan *plan)
{
  BmnImportPlan *copy = g_new0 (BmnImportPlan, 1);
  *copy = *plan;
  copy->encoding = g_strdup (plan->encoding);
  copy->date_format = g_strdup (plan->date_format);
  copy->zone = g_strdup (plan->zone);
  copy->columns = g_ptr_array_copy (plan->columns, copy_column, NULL);
  g_ptr_array_set_free_func (copy->columns, (GDestroyNotify)bmn_import_column_free);
  copy->wishes = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, NULL);
  GHashTableIter iter;
  gpointer name, field;
  g_hash_table_iter_init (&iter, plan->wishes);
  while (g_hash_table_iter_next (&iter, &name, &field))
    g_hash_table_replace (copy->wishes, g_strdup (name), field);
  return copy;
}

void
bmn_import_plan_free (BmnImportPlan *plan)
{
  g_free (plan->encoding);
  g_free (plan->date_format);
  g_free (plan->zone);
  g_ptr_array_unref (plan->columns);
  g_hash_table_unref (plan->wishes);
  g_free (plan);
}

void
bmn_import_plan_wish (BmnImportPlan *plan, const char *name, BmnImportField field)
{
  g_hash_table_replace (plan->wishes, g_strdup (name), GINT_TO_POINTER (field));
}

int
bmn_import_plan_find (const BmnImportPlan *plan, BmnImportField field)
{
  for (guint i = 0; i < plan->columns->len; i++)
    if (((BmnImportColumn *)plan->columns->pdata[i])->field == field)
      return (int)i;
  return -1;
}
