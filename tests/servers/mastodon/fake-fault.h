#pragma once

#include <json-glib/json-glib.h>

#include "fake-call.h"

G_BEGIN_DECLS

typedef struct _FakeFaultKind FakeFaultKind;

/* One thing that goes wrong, and when. */
typedef struct
{
  const FakeFaultKind *kind;
  char *route;        /* glob over "METHOD /path" and "METHOD /route/:id" */
  gint64 skip;        /* fitting requests to let pass first */
  gint64 count;       /* times it strikes, 0 = without end */
  double probability; /* of striking a fitting request */
  char *arg;          /* (nullable) what it means is the kind's matter */
  gint64 hits;        /* times it struck */
} FakeFault;

void fake_fault_free (FakeFault *fault);

/* "kind,route=…,count=…": see bmn_fake_mastodon_add_fault(). */
FakeFault *fake_fault_new_from_spec (const char *spec, GError **error) G_GNUC_WARN_UNUSED_RESULT;
/* The same as the members of an object. */
FakeFault *fake_fault_new_from_json (JsonObject *json, GError **error) G_GNUC_WARN_UNUSED_RESULT;
JsonObject *fake_fault_to_json (const FakeFault *fault) G_GNUC_WARN_UNUSED_RESULT;
/* Appends a line per kind. */
void fake_fault_describe (GString *out);

/* The first fault that strikes this call, or NULL; its count goes down. */
FakeFault *fake_fault_take (FakeCall *call);

/* What is left to do with a call. */
typedef enum
{
  FAKE_STEP_PROCESS, /* handle it, then ask fake_fault_after() */
  FAKE_STEP_LATER,   /* the same, in fake_fault_get_delay() */
  FAKE_STEP_SEND,    /* send the answer as it is */
  FAKE_STEP_WAIT,    /* send it in fake_fault_get_delay() */
  FAKE_STEP_DONE,    /* nothing, the connection is dealt with */
} FakeStep;

/* Before anything was stored; and after, with the answer ready. */
FakeStep fake_fault_before (const FakeFault *fault, FakeCall *call);
FakeStep fake_fault_after (const FakeFault *fault, FakeCall *call);
/* In real milliseconds. */
guint fake_fault_get_delay (const FakeFault *fault);

G_END_DECLS
