/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"

#include "import_priv.h"

/*
 * A later import while nobody else has the shop open: there is nobody who could
 * work at what is only half there, so it needs no plan. Its steps go in one
 * transaction without the log. Where the log cannot be left, in one as long as
 * that has room in memory, then in the next, as pieces of a list do
 * (import_pieces.c): from the first commit to the last the import stands as one
 * that is being taken back. When somebody comes, what is left is written down,
 * and goes on beside his work.
 */

#define REST_MOST ((size_t)16 << 20) /* bytes to be written down at once */

struct alone_limits import_alone = { SIZE_MAX, SIZE_MAX };

struct alone {
	struct str rows;
	size_t n, done;     /* orders */
	size_t size;        /* of the next step */
	size_t left, begun; /* steps, before somebody comes; of this
			     * transaction */
};

bool
alone_may(const struct job *j)
{
	bool steps =
	    import_step_most >= STEP_FIRST || import_alone.pause != SIZE_MAX;

	return steps && db_alone(j->s->db) && plan_bytes(j->plan) <= REST_MOST;
}

static int
one_step(struct job *j, struct alone *a)
{
	int64_t start = time_ticks();
	int rc;

	str_cut(&a->rows, 0);
	rc = plan_read(
	    j->plan, a->done, a->done + a->size, &a->rows, &j->s->err);
	if (rc == 0)
		rc = step_take(j, &a->rows);
	a->done = a->n - a->done > a->size ? a->done + a->size : a->n;
	a->size = step_next(a->size, time_ticks() - start);
	a->begun++;
	a->left--;
	j->done_orders = a->done;
	return rc < 0 ? rc : job_phase(j, N_("writing"));
}

static bool
somebody_came(struct job *j, const struct alone *a)
{
	return a->left == 0 || !db_alone(j->s->db) ||
	       bulk_others_wait(j->s->db);
}

/* What the transaction has done, as its end. */
static int
close_steps(struct job *j)
{
	int rc = job_close(j);

	return rc < 0 ? rc : batch_end(j);
}

static int
next_transaction(struct job *j, struct alone *a)
{
	int rc;

	if ((rc = close_steps(j)) < 0 || (rc = piece_commit(j)) < 0)
		return rc;
	bulk_steps_alone(j->s->db);
	if ((rc = op_begin_alone(j->s, &j->txn)) < 0)
		return rc;
	j->s->approved_by = j->approved_by;
	steps_look_again(j);
	a->begun = 0;
	return made_before(j);
}

static int
steps_alone(struct job *j, struct alone *a)
{
	int rc;

	while ((rc = one_step(j, a)) == 0 && a->done < a->n &&
	       !somebody_came(j, a))
		if ((bulk_spills(j->s->db) || a->begun >= import_alone.pause) &&
		    (rc = next_transaction(j, a)) < 0)
			break;
	return rc < 0 ? rc : close_steps(j);
}

static int
begin(struct job *j)
{
	int rc;

	if ((rc = op_begin_sole(j->s, &op_import, &j->txn)) < 0)
		return rc;
	j->approved_by = j->s->approved_by;
	steps_look_again(j);
	if ((rc = batch_begin(j, IMPORT_DONE)) < 0 ||
	    (rc = job_phase(j, N_("writing"))) < 0)
		return rc;
	return made_before(j);
}

int
alone_run(struct job *j)
{
	struct alone a = { .rows = STR_INIT,
		.n = plan_orders(j->plan),
		.size = STEP_FIRST,
		.left = import_alone.steps };
	int rc;

	if (import_step_most < a.size)
		a.size = import_step_most;
	(void)bulk_spills(j->s->db); /* before */
	if ((rc = begin(j)) == 0)
		rc = steps_alone(j, &a);
	str_done(&a.rows);
	if (rc == 0 && a.done == a.n)
		rc = pieces_end(j);
	else if (rc == 0 && (rc = journal_rest(j, a.done)) == 0)
		return steps_run(j);
	return rc < 0 && j->pieces > 0 ? pieces_back(j) : rc;
}
