/* SPDX-License-Identifier: MIT */
#ifndef DOMAIN_CSV_LINE_H
#define DOMAIN_CSV_LINE_H

#include <stddef.h>

#include "shopmgr/base/str.h"

/* Refused rows are kept as CSV lines, as row_csv() makes them. */

/* The fields of a line, in place; at most @most are told. Returns how many. */
size_t csv_split(char *line, const char **fields, size_t most);
size_t csv_count(const char *line); /* how many there are */
/* Another field at the end of a line that is being made. */
void csv_field(struct str *out, const char *value);

#endif
