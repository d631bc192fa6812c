#pragma once

#include "bmn-secret-store.h"

/* The store's operations as plain calls. */
char *load_secret (BmnSecretStore *store, const char *key, GError **error);
gboolean save_secret (BmnSecretStore *store, const char *key, const char *secret, GError **error);
gboolean remove_secret (BmnSecretStore *store, const char *key, GError **error);

/* Fails the test unless @key has @secret; %NULL: unless there is none. */
void assert_secret (BmnSecretStore *store, const char *key, const char *secret);
/* What every working store does. */
void assert_store_works (BmnSecretStore *store);
