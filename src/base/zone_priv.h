/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_ZONE_PRIV_H
#define SHOPMGR_BASE_ZONE_PRIV_H

#include <stdint.h>

/* The calendar, and the offset of the shop's zone from UTC. */

#define DAY INT64_C(86400)

int64_t floor_div(int64_t a, int64_t b);
/* Days since 1970 of a date in the Gregorian calendar, and back. */
int64_t days_of(int64_t year, int month, int day);
void date_of(int64_t days, int *year, int *month, int *day);

/* Seconds east at the time @t. */
int64_t zone_offset(int64_t t);
/* Seconds of the wall clock, as if in UTC, to a time. What comes twice is the
 * first time; what the clock skipped is as if it had not been changed yet. */
int64_t zone_from_local(int64_t local);

#endif
