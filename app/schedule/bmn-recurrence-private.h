#pragma once

#include "bmn-recurrence.h"

/* The parts of a rule, in the order of the table in bmn-recurrence-parser.c. */
typedef enum
{
  BMN_RULE_FREQ,
  BMN_RULE_UNTIL,
  BMN_RULE_COUNT,
  BMN_RULE_INTERVAL,
  BMN_RULE_BYDAY,
  BMN_RULE_BYMONTHDAY,
  BMN_RULE_BYYEARDAY,
  BMN_RULE_BYWEEKNO,
  BMN_RULE_BYMONTH,
  BMN_RULE_BYSETPOS,
  BMN_RULE_WKST,
} BmnRulePart;

#define BMN_RULE_N_PARTS (BMN_RULE_WKST + 1)

typedef enum
{
  BMN_FREQ_DAILY,
  BMN_FREQ_WEEKLY,
  BMN_FREQ_MONTHLY,
  BMN_FREQ_YEARLY,
} BmnFrequency;

typedef enum
{
  BMN_UNTIL_NONE,
  BMN_UNTIL_DATE, /* the whole day is in */
  BMN_UNTIL_WALL,
  BMN_UNTIL_UTC,
} BmnUntilKind;

/* One value of BYDAY: weekday 1 (Monday) to 7, and which one of its month or year: 0 for
 * every, −1 for the last. */
typedef struct
{
  int weekday;
  int ordinal;
} BmnRuleDay;

struct _BmnRecurrence
{
  gatomicrefcount refs;
  char *rule;    /* (owned): upper case */
  char *endless; /* (owned): the same without UNTIL, which we judge ourselves */
  gboolean has[BMN_RULE_N_PARTS];
  BmnFrequency frequency;
  int interval;
  int count; /* 0 for none */
  BmnUntilKind until_kind;
  BmnWallTime until;
  GArray *days;                      /* (owned) (element-type BmnRuleDay) */
  GArray *numbers[BMN_RULE_N_PARTS]; /* (owned) (nullable) (element-type int): other BY parts */
};

/* Fills an empty @recurrence from @rule; %FALSE with %BMN_ERROR_INVALID. */
gboolean bmn_recurrence_read (BmnRecurrence *recurrence, const char *rule, GError **error);

/* Whether there is a month with a day that the rule chooses by BYMONTH, BYMONTHDAY, BYDAY and
 * BYSETPOS; %TRUE as well where other parts choose it. */
gboolean bmn_recurrence_fits_a_month (const BmnRecurrence *recurrence);
