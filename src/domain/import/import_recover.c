/* SPDX-License-Identifier: MIT */
#include <stdlib.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"

#include "import_priv.h"

/*
 * What was interrupted: a plan that was not whole is thrown away, one that was
 * is carried out, and what was being taken back is taken back. One program does
 * it; others go on meanwhile.
 */

static const char sql_open[] =
    "SELECT id, state FROM import_batch WHERE state IN (0, 1, 3)"
    " ORDER BY id LIMIT 1";

static int
open_batch(struct session *s, int64_t *id, int64_t *state)
{
	struct db_rows *rows;
	int rc;

	if ((rc = db_query(s->db, sql_open, DB_NOARGS, &rows)) < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		*id = db_int(rows, 0);
		*state = db_int(rows, 1);
	}
	db_done(rows);
	return rc;
}

/* In the name of whoever began it. */
static int
carry_on(struct session *s, int64_t id, const struct import_options *how)
{
	struct import_options opt = {
		.progress = how != NULL ? how->progress : NULL,
		.arg = how != NULL ? how->arg : NULL,
	};
	struct job j = { .s = s,
		.opt = &opt,
		.batch = id,
		.claim = -1,
		.phase = N_("writing") };
	int64_t me = s->staff_id, staff = 0;
	int rc;

	j.im = xcalloc(1, sizeof(*j.im));
	if ((rc = formats_of(&j)) == 0 &&
	    (rc = journal_open(&j, &opt, &staff)) == 0) {
		s->staff_id = staff;
		rc = steps_run(&j);
		s->staff_id = me;
	}
	job_done(&j);
	import_free(j.im);
	return rc;
}

static int
recover(struct session *s, const struct import_options *opt)
{
	int64_t id, state, before = 0;
	int rc;

	while ((rc = open_batch(s, &id, &state)) > 0) {
		if (id == before)
			return err_set(&s->err, ERR_DB, "",
			    _("An import that was interrupted cannot be "
			      "finished"));
		before = id;
		if (state == 0)
			rc = journal_drop(s, id);
		else if (state == IMPORT_RUNNING)
			rc = carry_on(s, id, opt);
		else
			rc = undo_carry_on(s, id);
		if (rc < 0)
			return rc;
	}
	return rc;
}

int
import_recover(struct session *s, const struct import_options *opt)
{
	int64_t id, state;
	int claim = -1, rc;

	/* Mostly there is nothing. */
	if ((rc = open_batch(s, &id, &state)) <= 0)
		return rc;
	if ((rc = db_claim(s->db, "import", &claim)) <= 0)
		return rc; /* the one who has it does it */
	rc = recover(s, opt);
	db_unclaim(&claim);
	return rc;
}
