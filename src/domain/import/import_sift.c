/* SPDX-License-Identifier: MIT */
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/bulk.h"

#include "import_line.h"
#include "import_priv.h"

/*
 * Before a merge asks for the right to write, its files are sifted: the same
 * code goes over all rows and looks at the shop as it is, but where it would
 * write, it notes that the order differs (sift_differs()). Rows of orders that
 * differ are put aside, and only they are merged afterwards. So others wait
 * for what is changed, not for a file that is mostly known already.
 */

bool
sift_differs(struct job *j)
{
	if (j->sift)
		j->differs = true;
	return j->sift;
}

void
sift_about(struct job *j, struct slice no, int64_t id)
{
	j->about = no;
	j->about_id = id;
}

int
sift_customer(struct job *j, const struct imp_row *row)
{
	struct imp_receiver r;
	int64_t customer;
	int rc;

	receiver_who(row, &r);
	if ((rc = person_find(j, &r, &customer)) == 0)
		j->about_id = -customer;
	return rc;
}

int
sift_decide(struct job *j, struct imp_file *f)
{
	bool differs = j->differs;
	int rc = 0;

	j->differs = false;
	if (differs)
		rc = plan_keep(j->plan, (size_t)(f - j->im->files), j->about,
		    j->about_id, spool_held(f->spool), &j->s->err);
	spool_drop(f->spool);
	sift_about(j, (struct slice){ .s = "" }, 0);
	return rc;
}

/* Another import in between may have changed what was looked at. Each of them,
 * and each that is taken back, ends with an entry in the log. */
static const char sql_newest[] =
    "SELECT coalesce((SELECT max(id) FROM audit WHERE op = 'import'), 0)"
    " + coalesce((SELECT max(id) FROM audit WHERE op = 'import-undo'), 0)";

static int
newest(struct job *j, int64_t *id)
{
	return db_get1(j->s->db, sql_newest, DB_NOARGS, id);
}

static int
sift_files(struct job *j)
{
	struct import *im = j->im;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < im->nfiles; i++)
		if (file_is_orders(&im->files[i]))
			rc = orders_file(j, &im->files[i]);
	for (i = 0; rc == 0 && i < im->nfiles; i++)
		if (file_has_lines(&im->files[i]))
			rc = items_file(j, &im->files[i]);
	return rc < 0 ? rc : plan_end(j, j->plan);
}

int
sift(struct job *j)
{
	struct import *im = j->im;
	size_t i;
	int rc;

	j->plan = plan_new();
	sift_about(j, (struct slice){ .s = "" }, 0);
	for (i = 0; i < im->nfiles; i++)
		im->files[i].spool = spool_new();
	bulk_merge_tune(j->s->db, true);
	if ((rc = db_snapshot(j->s->db)) < 0)
		return rc;
	j->sift = j->quiet = true;
	j->version = db_version(j->s->db);
	if (j->dict != NULL)
		job_forget(j);
	job_begin(j);
	if ((rc = newest(j, &j->sifted)) == 0 &&
	    (rc = job_phase(j, N_("reading"))) == 0)
		rc = sift_files(j);
	job_sifted(j);
	map_done(&j->refused);
	j->sift = j->quiet = false;
	db_snapshot_end(j->s->db);
	return rc;
}

/* From the files themselves once more. */
static int
start_over(struct job *j)
{
	struct import *im = j->im;
	size_t i;
	int rc = 0;

	im->sum.rows = im->sum.unchanged_n = 0;
	j->done_bytes = 0;
	plan_free(j->plan);
	j->plan = NULL;
	for (i = 0; rc == 0 && i < im->nfiles; i++) {
		spool_free(im->files[i].spool);
		im->files[i].spool = NULL;
		regroup_rewind(im->files[i].regroup);
		rc = sheet_rewind(im->files[i].sheet);
	}
	return rc;
}

int
sift_check(struct job *j)
{
	int64_t now;
	int rc;

	if ((rc = newest(j, &now)) < 0 || now == j->sifted)
		return rc;
	rc = start_over(j);
	return rc < 0 ? rc : sift(j);
}
