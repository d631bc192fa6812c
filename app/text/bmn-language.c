#include "bmn-language.h"
BmnLanguage
bmn_language_guess (const char *text)
{
  return (BmnLanguage){ BMN_LANGUAGE_UNKNOWN, 0 };
}
