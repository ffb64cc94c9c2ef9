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
 * as shop-YYYYMMDD-HHMMSS.db (the shop's clock): of the last N days that have
 * any the newest of each, and of the last M months that have any the newest of
 * each (settings backup_daily, backup_monthly). Others go when a new one
 * counts, never before; files of any other name are never touched.
 */

struct session;

struct backup {
	int64_t id; /* its place in the list, newest first, from 1 */
	int64_t at, size;
	const char *name, *path;
};

/* One more in @dir, which is made; *@path gets where. Needs "backup". ERR_BUSY
 * while another one is being made there. */
int backup_keep(struct session *s, const char *dir, struct str *path)
    MUST_CHECK;
/* Is the newest older than a day? Nearly: closing time is not the same each
 * day, so 20 hours are one. */
int backup_due(struct session *s, const char *dir, bool *due) MUST_CHECK;
/* Newest first; needs "backup". */
int backup_list(struct session *s, const char *dir, struct page *out)
    MUST_CHECK;

/*
 * For whoever leaves the shop @path, and has no session on it any more: if
 * nobody is left at work, and a copy is due in the folder of the setting
 * backup_dir, the program makes one by itself, which the log records without a
 * person. @begin is told the folder before that, as it takes its time, during
 * which @poll is asked now and then; non-zero gives it up. Returns 1, and the
 * copy in *@made; 0 when there was nothing to do.
 */
struct backup_ask {
	void (*begin)(void *arg, const char *dir);
	int (*poll)(void *arg);
	void *arg;
};
int backup_closing(const char *path, const struct backup_ask *ask,
    struct str *made, struct err *err) MUST_CHECK;

/*
 * A rehearsal (演练): puts @path back in a temporary place, proves its books,
 * compares what it holds with the shop of today as far as that was already so
 * when the copy was made (counts, sums, the end of the log), and removes it.
 * @tell as in shopdb_verify(). Returns the number of findings, or a failure.
 * Needs "backup"; the log records it.
 */
int backup_rehearse(struct session *s, const char *path,
    void (*tell)(void *arg, bool bad, const char *text), void *arg) MUST_CHECK;

#endif
