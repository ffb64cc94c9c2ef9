/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/bulk.h"

#include "import_priv.h"

/*
 * The first orders of a shop: there is nothing to compare them with, so all of
 * them go in at once, without the indexes, which are made at the end.
 */

/* The tables that a load fills, whose indexes are made at its end. */
static const char *const load_tables[] = { "orders", "order_line", "receiver",
	"customer", NULL };
/* But those that no file fills: promising stock asks who leads others. */
static const char *const load_keep[] = { "orders_lead", NULL };

/* What was remembered while rows came; indexes can use the room. */
static void
make_room(struct job *j)
{
	dict_free(j->dict);
	finder_free(j->finder);
	j->dict = NULL;
	j->finder = NULL;
}

static int
load_end(struct job *j)
{
	int rc;

	if (j->opt->dry_run)
		return 0;
	make_room(j);
	if ((rc = job_phase(j, N_("indexes"))) < 0 ||
	    (rc = bulk_load_finish(j->txn)) < 0)
		return rc;
	return people_dates(j);
}

int
load_run(struct job *j)
{
	int rc;

	if ((rc = bulk_load_start(j->txn, load_tables, load_keep)) < 0 ||
	    (rc = batch_begin(j, IMPORT_DONE)) < 0)
		return rc;
	job_begin(j);
	if ((rc = job_phase(j, N_("reading"))) < 0 ||
	    (rc = made_before(j)) < 0 || (rc = job_take(j)) < 0)
		return rc;
	rejects_end(j);
	settle_end(j);
	if ((rc = load_end(j)) < 0 || (rc = job_close(j)) < 0 ||
	    (rc = batch_end(j)) < 0 || (rc = job_phase(j, N_("writing"))) < 0 ||
	    j->opt->dry_run)
		return rc;
	/* From here on it is done whole. */
	if (j->opt->progress != NULL)
		db_on_progress(j->s->db, NULL, NULL);
	return job_commit(j);
}

/* No orders, no customers: nothing to be compared with. */
static const char sql_empty[] =
    "SELECT CASE WHEN EXISTS (SELECT 1 FROM orders)"
    " OR EXISTS (SELECT 1 FROM receiver) OR EXISTS (SELECT 1 FROM customer)"
    " THEN 0 ELSE 1 END /*scan*/";

int
load_begin(struct job *j)
{
	int64_t empty = 0;
	int rc = db_get1(j->s->db, sql_empty, DB_NOARGS, &empty);

	if (rc < 0 || empty == 0 ||
	    (rc = op_begin_bulk(j->s, &op_import, &j->txn)) < 0)
		return rc;
	/* Somebody may have been quicker. */
	rc = db_get1(j->s->db, sql_empty, DB_NOARGS, &empty);
	j->load = rc == 0 && empty != 0;
	if (!j->load)
		op_abort(j->s, &j->txn);
	return rc;
}
