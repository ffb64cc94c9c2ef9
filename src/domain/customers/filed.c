/* SPDX-License-Identifier: MIT */
#include <stdbool.h>

#include "shopmgr/base/log.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"

#include "../core/session_priv.h"
#include "filed_priv.h"

#define AT_ONCE 128  /* rows, while others may wait */
#define ALONE   8192 /* while nobody does */

int64_t filed_worth = 20000;

static const char sql_n[] =
    "SELECT (SELECT count(*) FROM receiver WHERE filed = 0)"
    " + (SELECT count(*) FROM customer WHERE filed = 0) /*scan*/";
static const char sql_receivers[] =
    "UPDATE receiver SET filed = 1 WHERE id IN (SELECT r.id FROM receiver r"
    " WHERE r.filed = 0 ORDER BY r.name LIMIT $1)";
static const char sql_customers[] =
    "UPDATE customer SET filed = 1 WHERE id IN (SELECT c.id FROM customer c"
    " WHERE c.filed = 0 ORDER BY c.identity LIMIT $1)";

/* 1 when there may be more of them. */
static int
file_some(struct session *s)
{
	const struct db_val at_once = db_i(db_alone(s->db) ? ALONE : AT_ONCE);
	struct txn *txn;
	int64_t receivers = 0, customers = 0;
	int rc;

	if ((rc = op_begin_alone(s, &txn)) < 0)
		return rc;
	rc = db_exec(txn, sql_receivers, &at_once, 1, &receivers);
	if (rc == 0)
		rc = db_exec(txn, sql_customers, &at_once, 1, &customers);
	if (rc == 0)
		rc = op_commit_silent(s, &txn);
	op_abort(s, &txn);
	bulk_steps_between(s->db);
	return rc < 0 ? rc : receivers + customers > 0;
}

void
file_people(struct session *s)
{
	int64_t n;
	int rc = db_get1(s->db, sql_n, DB_NOARGS, &n);

	if (rc == 0 && n >= filed_worth) {
		bulk_steps_tune(s->db);
		while ((rc = file_some(s)) > 0)
			continue;
		bulk_merge_tune(s->db, false);
	}
	if (rc < 0)
		log_msg("filing customers: %s", s->err.text);
}
