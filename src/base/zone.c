/* SPDX-License-Identifier: MIT */
#include <pthread.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shopmgr/base/time.h"

#include "zone_priv.h"

#define ZONE_DEFAULT "Asia/Shanghai"

/*
 * Offsets from UTC, found once for each day and kept: localtime_r() takes a
 * lock and a microsecond. A slot is day << 32 | KNOWN | offset, or MIXED on
 * days that the clock is changed. Both ways have their own; slots are single
 * words, so that threads may share them.
 */
#define SLOTS      1024
#define SLOT_KNOWN 0x80000000u
#define SLOT_MIXED 0x40000000u
#define SLOT_MID   0x00080000 /* makes offsets positive */

static _Atomic uint64_t of_utc_day[SLOTS], of_local_day[SLOTS];
static pthread_once_t zone_once = PTHREAD_ONCE_INIT;
static atomic_bool zone_is_set;

int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The year begins in March here, so that the leap day is its last. */
int64_t
days_of(int64_t y, int m, int d)
{
	int64_t era, of_era, of_year;

	y -= m <= 2;
	era = floor_div(y, 400);
	of_era = y - era * 400;
	of_year = (153 * (m + (m > 2 ? -3 : 9)) + 2) / 5 + d - 1;
	return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	       of_year - 719468;
}

void
date_of(int64_t days, int *year, int *month, int *day)
{
	int64_t era, doe, yoe, doy, mp;

	days += 719468;
	era = floor_div(days, 146097);
	doe = days - era * 146097;
	yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	mp = (5 * doy + 2) / 153;
	*day = (int)(doy - (153 * mp + 2) / 5 + 1);
	*month = (int)(mp < 10 ? mp + 3 : mp - 9);
	*year = (int)(yoe + era * 400 + (*month <= 2));
}

static bool
zone_file_exists(const char *name)
{
	const char *dir = getenv("TZDIR");
	char path[512], magic[4] = "";
	FILE *f;
	bool is_zone;
	int n;

	if (name[0] == '/' || name[0] == ':' || name[0] == '\0' ||
	    strstr(name, "..") != NULL)
		return false;
	n = snprintf(path, sizeof(path), "%s/%s",
	    dir != NULL ? dir : "/usr/share/zoneinfo", name);
	if (n >= (int)sizeof(path) || (f = fopen(path, "re")) == NULL)
		return false;
	is_zone = fread(magic, 1, sizeof(magic), f) == sizeof(magic) &&
		  memcmp(magic, "TZif", sizeof(magic)) == 0;
	fclose(f);
	return is_zone;
}

/* What TZ must be for it, or NULL. */
static const char *
zone_value(const char *name)
{
	if (zone_file_exists(name))
		return name;
	/* A system without tzdata. */
	if (strcmp(name, ZONE_DEFAULT) == 0)
		return "CST-8";
	return strcmp(name, "UTC") == 0 ? "UTC0" : NULL;
}

bool
time_zone_known(const char *name)
{
	return zone_value(name) != NULL;
}

int
time_zone_set(const char *name)
{
	const char *value = zone_value(name);
	size_t i;

	if (value == NULL)
		return ERR_INVALID;
	setenv("TZ", value, 1);
	tzset();
	for (i = 0; i < SLOTS; i++) {
		atomic_store(&of_utc_day[i], 0);
		atomic_store(&of_local_day[i], 0);
	}
	atomic_store(&zone_is_set, true);
	return 0;
}

static void
set_default(void)
{
	int rc = 0;

	if (!atomic_load(&zone_is_set))
		rc = time_zone_set(ZONE_DEFAULT);
	(void)rc; /* this zone is always there */
}

/* A slot for @day, made by @find when it does not hold it yet. */
static uint64_t
slot_of(_Atomic uint64_t *slots, int64_t day, uint32_t (*find)(int64_t day))
{
	_Atomic uint64_t *slot = &slots[(uint64_t)day % SLOTS];
	uint64_t v = atomic_load_explicit(slot, memory_order_relaxed);

	if ((v & SLOT_KNOWN) != 0 && (int32_t)(v >> 32) == (int32_t)day)
		return v;
	v = (uint64_t)(uint32_t)day << 32 | SLOT_KNOWN | find(day);
	atomic_store_explicit(slot, v, memory_order_relaxed);
	return v;
}

static int64_t
slot_offset(uint64_t slot)
{
	return (int64_t)(slot & 0x001fffff) - SLOT_MID;
}

static int64_t
ask_system(int64_t t)
{
	time_t at = (time_t)t;
	struct tm tm;

	pthread_once(&zone_once, set_default);
	return localtime_r(&at, &tm) != NULL ? tm.tm_gmtoff : 0;
}

static uint32_t
common_offset(int64_t from, int64_t to)
{
	int64_t a = ask_system(from), b = ask_system(to);

	return a == b ? (uint32_t)(a + SLOT_MID) : SLOT_MIXED;
}

static uint32_t
find_utc_day(int64_t day)
{
	return common_offset(day * DAY, (day + 1) * DAY - 1);
}

/* Wherever the zone is, a local day is within these. */
static uint32_t
find_local_day(int64_t day)
{
	return common_offset((day - 1) * DAY, (day + 2) * DAY);
}

int64_t
zone_offset(int64_t t)
{
	uint64_t slot = slot_of(of_utc_day, floor_div(t, DAY), find_utc_day);

	return (slot & SLOT_MIXED) != 0 ? ask_system(t) : slot_offset(slot);
}

int64_t
zone_from_local(int64_t local)
{
	uint64_t slot =
	    slot_of(of_local_day, floor_div(local, DAY), find_local_day);
	int64_t before, after;

	if ((slot & SLOT_MIXED) == 0)
		return local - slot_offset(slot);
	before = zone_offset(local - DAY);
	if (zone_offset(local - before) == before)
		return local - before;
	after = zone_offset(local + DAY);
	if (zone_offset(local - after) == after)
		return local - after;
	return local - before;
}
