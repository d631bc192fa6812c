#pragma once

#include "bmn-http-client.h"

/* @database: which authorities are trusted instead of the system's; for tests */
void bmn_http_client_set_tls_database (BmnHttpClient *self, GTlsDatabase *database);
