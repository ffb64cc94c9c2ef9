/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/domain/settings.h"

#include "import_priv.h"

/*
 * What records were like before imports of long ago is thrown away when the
 * next one comes, a little at a time. Such an import cannot be taken back any
 * more; what it changed can still be read. The import says so before the
 * first image goes (audit_from -2), and that all are gone afterwards (-1).
 */

#define AT_ONCE 1000
#define DAY     INT64_C(86400)

static const char sql_old[] =
    "SELECT coalesce((SELECT id FROM import_batch WHERE audit_from = -2"
    " OR (audit_from > 0 AND state = 2 AND at < $1) LIMIT 1 /*scan*/), 0)";
static const char sql_going[] =
    "UPDATE import_batch SET audit_from = -2 WHERE id = $1 AND state = 2";
static const char sql_images[] =
    "UPDATE import_change SET image = '' WHERE id IN (SELECT c.id"
    " FROM import_change c WHERE c.batch_id = $1 AND c.image <> '' LIMIT $2)";
static const char sql_names[] =
    "DELETE FROM import_image WHERE batch_id = $1 AND customer_id IN"
    " (SELECT i.customer_id FROM import_image i WHERE i.batch_id = $1"
    " LIMIT $2)";
static const char sql_gone[] =
    "UPDATE import_batch SET audit_from = -1 WHERE id = $1";

int
import_old(struct session *s, int64_t *before)
{
	int64_t days;
	int rc = setting_int(s, SETTING_IMPORT_UNDO_DAYS, &days);

	if (rc == 0)
		*before = time_now() - days * DAY;
	return rc;
}

/* 1 when there may be more of it. */
static int
forget_some(struct job *j, int64_t batch)
{
	const struct db_val vals[] = { db_i(batch), db_i(AT_ONCE) };
	int64_t images = 0, names = 0;
	bool more;
	int rc;

	if ((rc = op_begin_alone(j->s, &j->txn)) < 0)
		return rc;
	rc = db_exec(j->txn, sql_going, vals, 1, NULL);
	if (rc == 0)
		rc = db_exec(j->txn, sql_images, vals, 2, &images);
	if (rc == 0)
		rc = db_exec(j->txn, sql_names, vals, 2, &names);
	more = images == AT_ONCE || names == AT_ONCE;
	if (rc == 0 && !more)
		rc = db_exec(j->txn, sql_gone, vals, 1, NULL);
	if (rc == 0)
		rc = op_commit_silent(j->s, &j->txn);
	op_abort(j->s, &j->txn);
	bulk_steps_between(j->s->db);
	return rc < 0 ? rc : more;
}

static int
forget(struct job *j)
{
	int64_t before, batch = 0;
	int rc = import_old(j->s, &before);

	while (rc == 0 &&
	       (rc = db_get1(
		    j->s->db, sql_old, DB_ARGS(db_i(before)), &batch)) == 0 &&
	       batch != 0)
		while ((rc = forget_some(j, batch)) > 0)
			continue;
	return rc;
}

/* If it fails, the next import does it. */
void
import_forget_old(struct job *j)
{
	if (forget(j) < 0)
		log_msg("old imports: %s", j->s->err.text);
}
