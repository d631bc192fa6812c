#pragma once

#include <glib.h>

/* Returns: (transfer full): a new folder with what make-certificates.sh makes */
char *certificates_new (void);
/* Removes @folder, and frees its name. */
void certificates_free (char *folder);
