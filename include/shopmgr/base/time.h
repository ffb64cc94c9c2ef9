/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_BASE_TIME_H
#define SHOPMGR_BASE_TIME_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * Times are int64_t seconds since 1970 UTC; 0 means "not yet". The shop's own
 * clock (time zone) is set once at start; every text is in it.
 */

#define TIME_SIZE 32

/* "Asia/Shanghai"; ERR_INVALID when the system does not know the zone. */
int time_zone_set(const char *name) MUST_CHECK;
bool time_zone_known(const char *name); /* would it be taken? */
/* Now; SHOPMGR_NOW (seconds, or "YYYY-MM-DD HH:MM:SS") stands still for tests.
 */
int64_t time_now(void);
/* From here on time_now() is @to; 0: it is now again. For giving a demo shop
 * its past. */
void time_travel(int64_t to);
/* For measuring; nanoseconds that only grow. */
int64_t time_ticks(void);

/*
 * Read a time as platforms and spreadsheets write it: "2024-05-28 09:12:33",
 * "2016/5/23 22:02", "2024/5/30", spreadsheet serials "43272.94",
 * "2025-03-20 05:20:57 -0700", ISO 8601 with T and offset. ERR_INVALID else.
 * Fast for the first form: millions a second.
 */
int time_parse(const char *s, int64_t *t) MUST_CHECK;
/*
 * A day as people type it, seen from the day @today: "2026-11-30", "11-30",
 * "30" (the next one to come), "today", "tomorrow", "yesterday", "+3", "-7",
 * "+2w", "+1m" (months end where the month ends), "fri", "next fri", and in
 * Chinese 今天 明天 后天 昨天 周五 下周五 月底 3天后. A weekday is the next one
 * to come, today included; that of next week is the one between its Monday and
 * its Sunday. Works in either language whatever the screen's, and with full-
 * width signs. ERR_INVALID else, also outside of the years 1900 to 9999.
 */
int day_parse(const char *s, int64_t today, int64_t *day) MUST_CHECK;
/* For what lies behind: a day to come, as it was typed without a year or by a
 * weekday, is the last such there was. One that was typed with its year is what
 * it says. */
int day_parse_past(const char *s, int64_t today, int64_t *day) MUST_CHECK;
const char *day_week(int64_t day); /* "Mon", translated */
/* "2026-11-30 Mon · in 8 d", translated; returns @buf. */
char *day_about(int64_t day, int64_t today, char *buf, size_t size);
/* Texts of times; of 0 it is "". */
char *time_full(int64_t t, char buf[TIME_SIZE]); /* "2024-05-28 09:12:33" */
char *time_iso(
    int64_t t, char buf[TIME_SIZE]); /* "2024-05-28T09:12:33+08:00" */
/* Short and relative for lists: "14:05" today, "yesterday", "05-28",
 * "2023-05-28" in another year; translated. */
char *time_short(int64_t t, int64_t now, char buf[TIME_SIZE]);
/* "2 h", "3 d": how long something takes; translated. */
char *time_span(int64_t seconds, char buf[TIME_SIZE]);
/* The same from one moment to another, for ages and deadlines: from two days on
 * by the days of the calendar, as day_about() counts them. */
char *time_apart(int64_t a, int64_t b, char buf[TIME_SIZE]);
/* Day number since 1970-01-01 in the shop's zone, and back to its start. */
int64_t time_day(int64_t t);
int64_t day_start(int64_t day);
char *day_text(int64_t day, char buf[TIME_SIZE]); /* "2024-05-28" */

#endif
