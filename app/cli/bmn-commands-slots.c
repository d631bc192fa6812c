#include "bmn-cli-json-private.h"
#include "bmn-cli-private.h"

#include "bmn-session-slots.h"

#include <glib/gi18n.h>
#include <stdio.h>

static const char *const weekdays[] = { "mon", "tue", "wed", "thu", "fri", "sat", "sun", NULL };

static JsonNode *
from_slot (const BmnSlot *slot)
{
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  g_autofree char *time = g_strdup_printf ("%02d:%02d", slot->minute / 60, slot->minute % 60);
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "id", slot->id);
  bmn_builder_add_int (builder, "account", slot->account_id);
  bmn_builder_add_int (builder, "weekday", slot->weekday);
  bmn_builder_add_string (builder, "day", weekdays[slot->weekday - 1]);
  bmn_builder_add_string (builder, "time", time);
  json_builder_end_object (builder);
  return json_builder_get_root (builder);
}

static void
print_slot (BmnCli *cli, const BmnSlot *slot)
{
  if (cli->json)
    bmn_cli_print_json (from_slot (slot));
  else
    g_print ("%" G_GINT64_FORMAT "\t%s\t%02d:%02d\n", slot->id, weekdays[slot->weekday - 1],
             slot->minute / 60, slot->minute % 60);
}

/* All of these commands are about one account. */
static gboolean
parse (BmnCli *cli, GStrv *arguments, gint64 *account_id, const GOptionEntry *more)
{
  g_autofree char *account = NULL;
  const GOptionEntry entry
      = { "account", 0, 0, G_OPTION_ARG_STRING, &account, N_ ("The account"), N_ ("ID") };
  g_autoptr (GArray) entries = g_array_new (TRUE, TRUE, sizeof (GOptionEntry));
  g_array_append_val (entries, entry);
  for (; more && more->long_name; more++)
    g_array_append_vals (entries, more, 1);
  if (!bmn_cli_parse (cli, (GOptionEntry *)entries->data, NULL, arguments))
    return FALSE;
  if (account)
    return bmn_cli_parse_id (cli, account, account_id);
  bmn_cli_wrong_usage (cli, "%s", _ ("--account is needed."));
  return FALSE;
}

static BmnCliExit
run_list (BmnCli *cli, GStrv arguments)
{
  gint64 account_id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!parse (cli, &rest, &account_id, NULL))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  g_autoptr (GPtrArray) slots = bmn_session_list_slots (cli->session, account_id, &error);
  if (!slots)
    return bmn_cli_fail (error);
  for (guint i = 0; i < slots->len; i++)
    print_slot (cli, slots->pdata[i]);
  return BMN_CLI_DONE;
}

/* Days are names, 1 to 7, `mon-fri` or several with commas. Returns: bits, 0 for nonsense */
static guint
parse_days (const char *text)
{
  g_auto (GStrv) items = g_strsplit (text, ",", -1);
  guint days = 0;
  for (guint i = 0; items[i]; i++)
    {
      g_auto (GStrv) ends = g_strsplit (g_strstrip (items[i]), "-", 2);
      int bounds[2] = { -1, -1 };
      for (int j = 0; j < 2 && ends[j]; j++)
        for (int day = 0; weekdays[day]; day++)
          if (g_ascii_strcasecmp (ends[j], weekdays[day]) == 0
              || (ends[j][0] == '1' + day && ends[j][1] == '\0'))
            bounds[j] = day;
      int last = g_strv_length (ends) == 2 ? bounds[1] : bounds[0];
      if (bounds[0] < 0 || last < bounds[0])
        return 0;
      for (int day = bounds[0]; day <= last; day++)
        days |= 1u << day;
    }
  return days;
}

static gboolean
parse_minute (const char *text, int *minute)
{
  int hours, minutes, end = 0;
  if (sscanf (text, "%2d:%2d%n", &hours, &minutes, &end) != 2 || text[end] != '\0' || hours < 0
      || hours > 23 || minutes < 0 || minutes > 59)
    return FALSE;
  *minute = hours * 60 + minutes;
  return TRUE;
}

static BmnCliExit
run_add (BmnCli *cli, GStrv arguments)
{
  gint64 account_id;
  g_autofree char *day = NULL;
  g_autofree char *time = NULL;
  const GOptionEntry entries[] = {
    { "day", 0, 0, G_OPTION_ARG_STRING, &day, N_ ("mon to sun, mon-fri, or several with commas"),
      N_ ("DAYS") },
    { "time", 0, 0, G_OPTION_ARG_STRING, &time, N_ ("On the account's wall clock"), N_ ("HH:MM") },
    G_OPTION_ENTRY_NULL,
  };
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!parse (cli, &rest, &account_id, entries))
    return BMN_CLI_WRONG_USAGE;
  /* Both may stand without their option: slots add --account 1 mon-fri 09:00 */
  const char *day_text = day ? day : rest[0];
  const char *time_text = time ? time : rest[0] ? (day ? rest[0] : rest[1]) : NULL;
  guint days = day_text ? parse_days (day_text) : 0;
  int minute = 0;
  if (days == 0 || !time_text || !parse_minute (time_text, &minute))
    return bmn_cli_wrong_usage (cli, "%s",
                                _ ("A slot needs a day and a time, such as mon-fri 09:00."));
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  for (int weekday = 1; weekday <= 7; weekday++)
    {
      if (!(days & 1u << (weekday - 1)))
        continue;
      g_autoptr (BmnSlot) slot = bmn_slot_new (account_id, weekday, minute);
      g_autoptr (GError) error = NULL;
      if (!bmn_session_add_slot (cli->session, slot, &error))
        return bmn_cli_fail (error);
      if (cli->json)
        print_slot (cli, slot);
      else
        g_print ("%" G_GINT64_FORMAT "\n", slot->id);
    }
  return BMN_CLI_DONE;
}

static BmnCliExit
run_remove (BmnCli *cli, GStrv arguments)
{
  gint64 account_id, slot_id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!parse (cli, &rest, &account_id, NULL) || !bmn_cli_take_id (cli, rest, &slot_id))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  if (!bmn_session_remove_slot (cli->session, account_id, slot_id, &error))
    return bmn_cli_fail (error);
  return BMN_CLI_DONE;
}

static BmnCliExit
run_next (BmnCli *cli, GStrv arguments)
{
  gint64 account_id;
  g_auto (GStrv) rest = g_strdupv (arguments);
  if (!parse (cli, &rest, &account_id, NULL))
    return BMN_CLI_WRONG_USAGE;
  if (!bmn_cli_get_session (cli))
    return BMN_CLI_FAILED;
  g_autoptr (GError) error = NULL;
  gint64 instant;
  BmnWallTime wall;
  if (!bmn_session_next_slot (cli->session, account_id, &instant, &wall, &error))
    return bmn_cli_fail (error);
  g_autofree char *local = bmn_wall_time_format (&wall);
  if (!cli->json)
    {
      g_print ("%s\n", local);
      return BMN_CLI_DONE;
    }
  g_autoptr (JsonBuilder) builder = json_builder_new ();
  json_builder_begin_object (builder);
  bmn_builder_add_int (builder, "account", account_id);
  bmn_builder_add_instant (builder, "at", instant);
  bmn_builder_add_string (builder, "localTime", local);
  json_builder_end_object (builder);
  bmn_cli_print_json (json_builder_get_root (builder));
  return BMN_CLI_DONE;
}

const BmnCommand bmn_slots_commands[] = {
  { "slots list", NULL, N_ ("List the slots of an account"), run_list },
  { "slots add", "DAYS HH:MM", N_ ("Add slots; prints their ids"), run_add },
  { "slots remove", "SLOT", N_ ("Remove a slot"), run_remove },
  { "slots next", NULL, N_ ("Show the next free slot"), run_next },
  { NULL },
};
