#include "bmn-error.h"

G_DEFINE_QUARK (bmn - error - quark, bmn_error)
