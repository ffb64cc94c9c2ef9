/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_LOG_H
#define SHOPMGR_BASE_LOG_H

#include "shopmgr/base/err.h"

/* The program's own diary, for support; never shown to the user, never
 * translated. Goes to the file set, or nowhere. */

int log_open(const char *path, struct err *err) MUST_CHECK; /* NULL: nowhere */
void log_msg(const char *fmt, ...) PRINTF_LIKE(1, 2);

#endif
