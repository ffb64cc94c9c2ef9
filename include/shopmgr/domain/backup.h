/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DOMAIN_BACKUP_H
#define SHOPMGR_DOMAIN_BACKUP_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"
#include "shopmgr/base/str.h"

/*
 * Copies of the shop, made while others work. A copy counts only after it was
 * opened by itself and its books proved. Kept copies stand in one folder (0700)
 * as shop-YYYYMMDD-HHMMSS.db: of the last N days the newest of each day, and of
 * the last M months the newest of each (settings backup_daily, backup_monthly);
 * others go when a new one counts, never before.
 */

struct session;

struct backup {
	int64_t id; /* its place in the list, newest first, from 1 */
	int64_t at, size;
	const char *name, *path;
};

/* One more in @dir, which is made; *@path gets where. Needs "backup". */
int backup_keep(struct session *s, const char *dir, struct str *path)
    MUST_CHECK;
/* Is the newest older than a day? For doing it when the shop is left. */
int backup_due(struct session *s, const char *dir, bool *due) MUST_CHECK;
int backup_list(struct session *s, const char *dir, struct page *out)
    MUST_CHECK;
/*
 * A rehearsal (演练): puts @path back in a temporary place, proves its books,
 * compares what it holds with the shop of today as far as that was already so
 * when the copy was made (counts, sums, the end of the log), and removes it.
 * @tell as in shopdb_verify(). Returns the number of findings, or a failure.
 */
int backup_rehearse(struct session *s, const char *path,
    void (*tell)(void *arg, bool bad, const char *text), void *arg) MUST_CHECK;

#endif
