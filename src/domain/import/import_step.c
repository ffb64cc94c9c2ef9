/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"

#include "import_priv.h"

/*
 * An import into a shop that has something already. What differs is done in
 * steps, each of some orders with all that follows from them: their lines,
 * holds, promises, the kept figures. Each step is a transaction of its own, as
 * long as others may be kept waiting; whoever waits has its turn in between.
 * Few orders go in one; more are written down before the first step, so that
 * what was begun is done whole whatever happens (import_journal.c).
 */

#define STEP_NS    INT64_C(10000000)  /* how long one should take */
#define ALONE_NS   INT64_C(250000000) /* several, while nobody waits */
#define STEP_MOST  4096u
#define BUSY_TIMES 6 /* ten seconds each */

size_t import_step_most = 64;

static int
claim_wait(struct job *j)
{
	static const struct timespec bit = { .tv_nsec = 20000000 };
	int64_t now;
	int rc;

	while ((rc = db_claim(j->s->db, "import", &j->claim)) == 0) {
		nanosleep(&bit, NULL);
		now = time_ticks();
		if (now >= j->next_tick) {
			j->next_tick = now + 10 * STEP_NS;
			if ((rc = job_phase(
				 j, N_("waiting for another import"))) < 0)
				return rc;
		}
	}
	return rc < 0 ? rc : 0;
}

int
import_claim(struct job *j)
{
	return j->claim >= 0 ? 0 : claim_wait(j);
}

bool
job_first(struct job *j, char kind, struct slice key)
{
	char *text;
	bool fresh;

	if (!j->opt->dry_run || j->load)
		return true;
	text = arena_printf(&j->scratch, "%c%.*s", kind, (int)key.n, key.s);
	(void)map_put(&j->firsts, text, key.n + 1, &fresh);
	return fresh;
}

static int
damaged(struct job *j)
{
	return err_set(&j->s->err, ERR_DB, "",
	    _("What an import wrote down before it began is damaged"));
}

static bool
load_counted(struct job *j, const struct str *in, size_t *at)
{
	uint64_t n, id;

	if (!unpack_number(in->s, in->len, at, &n))
		return false;
	for (; n > 0; n--) {
		if (!unpack_number(in->s, in->len, at, &id))
			return false;
		order_counted(j, (int64_t)id);
	}
	return true;
}

/* What plan_read() gave: each piece to its file. */
static int
step_load(struct job *j, const struct str *in)
{
	struct import *im = j->im;
	uint64_t len;
	size_t at = 0, i;

	for (i = 0; i < im->nfiles; i++) {
		if (im->files[i].spool == NULL)
			im->files[i].spool = spool_new();
		spool_empty(im->files[i].spool);
	}
	while (at < in->len) {
		size_t file = (unsigned char)in->s[at++];

		if (file == PLAN_COUNTED) {
			if (!load_counted(j, in, &at))
				return damaged(j);
			continue;
		}
		if (!unpack_number(in->s, in->len, &at, &len) ||
		    file >= im->nfiles || len > in->len - at)
			return damaged(j);
		spool_add(im->files[file].spool, in->s + at, len);
		at += len;
	}
	return 0;
}

/* What is remembered of the database is so only while nobody else writes. */
void
steps_look_again(struct job *j)
{
	int64_t version = db_version(j->s->db);

	if (j->dict != NULL && version != j->version)
		job_forget(j);
	j->version = version;
}

/* The rows of a step, and what follows from them, inside its transaction. */
int
step_take(struct job *j, const struct str *rows)
{
	int rc;

	if (j->dict == NULL)
		job_begin(j);
	finder_look_again(j->finder);
	map_done(&j->refused);
	rc = step_load(j, rows);
	return rc < 0 ? rc : job_take(j);
}

/* The only step of its transaction. */
static int
step_alone(struct job *j, const struct str *rows)
{
	int rc;

	if ((rc = made_before(j)) < 0 || (rc = step_take(j, rows)) < 0)
		return rc;
	return job_close(j);
}

static void
merge_end(struct job *j)
{
	rejects_end(j);
	settle_end(j);
}

static int
at_once(struct job *j)
{
	struct str rows = STR_INIT;
	int rc;

	rc = plan_read(j->plan, 0, plan_orders(j->plan), &rows, &j->s->err);
	if (rc == 0)
		rc = op_begin_merge(j->s, &op_import, &j->txn);
	if (rc == 0) {
		steps_look_again(j);
		rc = batch_begin(j, IMPORT_DONE);
	}
	if (rc == 0 && (rc = job_phase(j, N_("writing"))) == 0)
		rc = step_alone(j, &rows);
	if (rc == 0 && (rc = batch_end(j)) == 0)
		rc = job_phase(j, N_("writing"));
	if (rc == 0) {
		/* From here on it is done whole. */
		if (j->opt->progress != NULL)
			db_on_progress(j->s->db, NULL, NULL);
		rc = job_commit(j);
	}
	str_done(&rows);
	return rc;
}

bool
step_goes_on(struct job *j, int64_t start)
{
	return import_step_most >= STEP_FIRST && !bulk_spills(j->s->db) &&
	       time_ticks() - start < ALONE_NS && !bulk_others_wait(j->s->db);
}

size_t
step_next(size_t orders, int64_t took)
{
	size_t most = orders * 2, n;

	if (took < 1)
		took = 1;
	n = (size_t)((int64_t)orders * (STEP_NS / 1000) / (took / 1000 + 1));
	if (n > most)
		n = most;
	if (n > STEP_MOST)
		n = STEP_MOST;
	return n > 0 ? n : 1;
}

/* Each step is done and taken back: nobody waits, and nothing is changed. What
 * several of them would make is counted once, see job_first(). */
static int
dry_step(struct job *j, const struct str *rows, bool first)
{
	int rc = first ? op_begin(j->s, &op_import, &j->txn)
		       : op_begin_alone(j->s, &j->txn);

	if (rc == 0) {
		steps_look_again(j);
		rc = batch_begin(j, IMPORT_DONE);
	}
	if (rc == 0)
		rc = step_alone(j, rows);
	op_abort(j->s, &j->txn);
	if (j->dict != NULL)
		job_forget(j);
	finder_free(j->finder);
	j->finder = NULL;
	return rc;
}

static int
try_out(struct job *j)
{
	struct str rows = STR_INIT;
	size_t n = plan_orders(j->plan), from = 0, size = STEP_FIRST;
	int64_t start;
	int rc = 0;

	if (import_step_most < size)
		size = import_step_most;
	j->all_orders = n;
	bulk_steps_tune(j->s->db);
	do {
		str_cut(&rows, 0);
		rc = plan_read(j->plan, from, from + size, &rows, &j->s->err);
		start = time_ticks();
		if (rc == 0)
			rc = dry_step(j, &rows, from == 0);
		from += size;
		size = step_next(size, time_ticks() - start);
		j->done_orders = from < n ? from : n;
		bulk_steps_between(j->s->db);
		if (rc == 0)
			rc = job_phase(j, N_("writing"));
	} while (rc == 0 && from < n);
	str_done(&rows);
	return rc;
}

/* The last one: it has all come true. */
static const char sql_done[] =
    "UPDATE import_batch SET state = 2 WHERE id = $1";

static int
step_last(struct job *j)
{
	int rc;

	rc = db_exec(j->txn, sql_done, DB_ARGS(db_i(j->batch)), NULL);
	if (rc == 0)
		rc = batch_counts(j, &j->im->sum);
	return rc < 0 ? rc : job_commit(j);
}

static int
step_begin(struct job *j, bool last)
{
	int rc;

	if (last)
		bulk_steps_last(j->s->db);
	if ((rc = op_begin_alone(j->s, &j->txn)) < 0)
		return rc;
	j->s->approved_by = j->approved_by;
	steps_look_again(j);
	return 0;
}

/* It did not happen: what it counted and told goes, too. */
struct standing {
	struct import_summary sum, counted;
	size_t nrejects, nwarnings;
};

static void
step_undone(struct job *j, const struct standing *was)
{
	j->im->sum = was->sum;
	j->counted = was->counted;
	j->im->nrejects = was->nrejects;
	j->im->nwarnings = was->nwarnings;
	figures_done(&j->figures);
	settle_free(j->settle);
	skus_done(j);
	j->settle = NULL;
	changes_free(j->changes);
	j->changes = NULL;
	if (j->dict != NULL)
		job_forget(j);
}

/* How far the plan has come. */
struct pace {
	struct str rows;
	size_t size; /* of the next step */
	int64_t seq; /* that is done */
	bool last;   /* nothing is left */
};

/* Steps in one transaction, from @p->rows on, which go to @seq. */
static int
steps_take(struct job *j, struct pace *p, int64_t *seq)
{
	int64_t begun = time_ticks(), start = begun;
	int64_t next = *seq;
	bool last = p->last;
	int rc;

	if ((rc = made_before(j)) < 0)
		return rc;
	do {
		*seq = next;
		rc = step_take(j, &p->rows);
		j->done_orders += p->size;
		p->size = step_next(p->size, time_ticks() - start);
		if (rc < 0 || p->last || !step_goes_on(j, begun))
			break;
		start = time_ticks();
		str_cut(&p->rows, 0);
		rc = journal_read(j, p->size, &p->rows, &next, &last);
	} while (rc == 0 && !last); /* the last one is for itself */
	return rc < 0 ? rc : job_close(j);
}

static int
step_try(struct job *j, struct pace *p)
{
	const struct standing was = { .sum = j->im->sum,
		.counted = j->counted,
		.nrejects = j->im->nrejects,
		.nwarnings = j->im->nwarnings };
	int64_t seq = p->seq;
	int rc;

	str_cut(&p->rows, 0);
	rc = journal_read(j, p->size, &p->rows, &seq, &p->last);
	if (rc == 0)
		rc = step_begin(j, p->last);
	if (rc == 0)
		rc = steps_take(j, p, &seq);
	if (rc == 0 && (rc = batch_end(j)) == 0)
		rc = journal_done(j, p->last ? INT64_MAX : seq);
	if (rc == 0)
		rc = p->last ? step_last(j) : op_commit_silent(j->s, &j->txn);
	op_abort(j->s, &j->txn);
	if (rc < 0)
		step_undone(j, &was);
	else
		p->seq = seq;
	return rc;
}

static int
step(struct job *j, struct pace *p)
{
	int i, rc = ERR_BUSY;

	for (i = 0; rc == ERR_BUSY && i < BUSY_TIMES; i++)
		rc = step_try(j, p);
	return rc;
}

static int
later(struct job *j, int rc)
{
	char *why = xstrdup(j->s->err.text);

	rc = err_set(&j->s->err, rc, "",
	    _("%s. What the import was going to do is written down: it will "
	      "be finished when the shop is opened the next time"),
	    why);
	free(why);
	return rc;
}

int
steps_run(struct job *j)
{
	struct pace p = { .rows = STR_INIT, .size = STEP_FIRST };
	int rc = 0;

	if (import_step_most < p.size)
		p.size = import_step_most;
	j->final = true;
	bulk_steps_tune(j->s->db);
	while (rc == 0 && !p.last) {
		rc = step(j, &p);
		bulk_steps_between(j->s->db);
		if (rc == 0)
			rc = job_phase(j, N_("writing"));
	}
	str_done(&p.rows);
	return rc < 0 ? later(j, rc) : 0;
}

int
merge_orders(struct job *j)
{
	int rc;

	if ((rc = sift(j)) < 0)
		return rc;
	if (j->opt->dry_run) {
		rc = try_out(j);
	} else if ((rc = import_claim(j)) == 0 && (rc = sift_check(j)) == 0) {
		j->all_orders = plan_orders(j->plan);
		job_files_done(j);
		if (j->all_orders <= import_step_most) {
			j->all_orders = 0;
			rc = at_once(j);
		} else if (alone_may(j)) {
			rc = alone_run(j);
		} else if ((rc = journal_write(j)) == 0) {
			rc = steps_run(j);
		}
	}
	if (rc == 0)
		merge_end(j);
	return rc;
}
