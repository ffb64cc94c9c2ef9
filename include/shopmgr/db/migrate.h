/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_DB_MIGRATE_H
#define SHOPMGR_DB_MIGRATE_H

#include "shopmgr/db/db.h"

/*
 * The schema is the numbered steps of data/sql, embedded in the program. A new
 * database runs all of them; an older one those that it lacks, each with its
 * version in one transaction, after a copy of the file was made beside it
 * (NAME.before-vN). A newer one is refused. Released steps never change.
 */

int migrate(struct db *db, struct err *err) MUST_CHECK;
int migrate_latest(void); /* the program's own version */

#endif
