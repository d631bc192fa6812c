#pragma once

#include "bmn-platform-host.h"

/* A host that keeps credentials and facts in memory, with the real time and nobody to ask. */
#define MEMORY_TYPE_HOST (memory_host_get_type ())
G_DECLARE_FINAL_TYPE (MemoryHost, memory_host, MEMORY, HOST, GObject)

MemoryHost *memory_host_new (void);
/* Lets its clock be ahead of the system's by @offset µs. */
void memory_host_set_offset (MemoryHost *self, gint64 offset);
