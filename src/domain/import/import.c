/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/bulk.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/review.h"

#include "../customers/filed_priv.h"
#include "import_priv.h"
#include "staged_priv.h"

const struct op op_import = { "import", PERM_IMPORT, "import" };

#define TICK_NS INT64_C(200000000)

static const struct import_options no_options;

void
warn(struct job *j, const char *fmt, ...)
{
	struct import *im = j->im;
	char text[600];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	im->warnings = xreallocarray(
	    im->warnings, im->nwarnings + 1, sizeof(*im->warnings));
	im->warnings[im->nwarnings++] = arena_strdup(&im->arena, text);
}

int
job_stopped(struct job *j)
{
	return err_set(&j->s->err, ERR_CANCELLED, "",
	    _("The import was stopped; nothing was changed"));
}

static int
report(struct job *j, int64_t bytes)
{
	struct import_progress p = {
		.done = j->done_bytes + bytes,
		.total = j->im->sum.bytes,
		.rows = j->im->sum.rows,
		.phase = j->opt->dry_run && strcmp(j->phase, "reading") != 0
			     ? _("trying it out")
			     : _(j->phase),
		.final = j->final,
	};

	if (j->all_orders != 0)
		p.done =
		    p.total / (int64_t)j->all_orders * (int64_t)j->done_orders;
	if (j->opt->progress == NULL ||
	    j->opt->progress(j->opt->arg, &p) == 0 || j->final)
		return 0;
	return job_stopped(j);
}

/* Time to say how far it is? */
int
job_tick(struct job *j, int64_t bytes)
{
	int64_t now;

	if (j->opt->progress == NULL || (++j->ticks & 255) != 0)
		return 0;
	now = time_ticks();
	if (now < j->next_tick)
		return 0;
	j->next_tick = now + TICK_NS;
	return report(j, bytes);
}

static int
poll_db(void *arg)
{
	struct job *j = arg;
	int64_t now = time_ticks();

	if (now < j->next_tick)
		return 0;
	j->next_tick = now + TICK_NS;
	return report(j, j->bytes) < 0;
}

int
job_phase(struct job *j, const char *phase)
{
	j->phase = phase;
	return report(j, j->bytes);
}

const char *
file_encoding(const struct job *j, const struct imp_file *f)
{
	return j->opt->encodings != NULL ? j->opt->encodings[f - j->im->files]
					 : j->opt->encoding;
}

/* From behind the header, also after a rewind. */
int
file_next(struct imp_file *f, struct sheet_row *row)
{
	int rc;

	if (f->regroup != NULL)
		return regroup_next(f, row);
	do {
		rc = sheet_next(f->sheet, row);
	} while (rc > 0 && row->line <= f->header_line);
	return rc;
}

int
job_next(struct job *j, struct imp_file *f, struct sheet_row *row)
{
	int rc;

	if (f->spool != NULL && !j->sift) {
		rc = spool_next(f->spool, row, &j->s->err);
		if (rc > 0 && (rc = job_tick(j, 0)) == 0)
			rc = 1;
		return rc;
	}
	rc = file_next(f, row);
	if (rc == 0) {
		j->done_bytes += sheet_size(f->sheet);
		j->bytes = 0;
		f->hash = sheet_hash(f->sheet);
		file_ended(j, f);
	}
	if (rc <= 0)
		return rc;
	f->last_n = row->n;
	j->im->sum.rows++;
	j->bytes = row->bytes;
	rc = job_tick(j, row->bytes);
	return rc < 0 ? rc : 1;
}

static const char *
base_name(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL ? slash + 1 : path;
}

/* When nobody said what the files are, the headers must agree. */
static int
agree(struct job *j)
{
	struct import *im = j->im;
	size_t i;

	for (i = 1; i < im->nfiles; i++)
		if (strcmp(file_kind(&im->files[i]),
			file_kind(&im->files[0])) != 0)
			return err_set(&j->s->err, ERR_INVALID, "file",
			    _("%s (%s) and %s (%s) do not belong together: "
			      "import them one after the other"),
			    im->files[0].name, im->files[0].text,
			    im->files[i].name, im->files[i].text);
	copy_text(im->kind, sizeof(im->kind), file_kind(&im->files[0]));
	return 0;
}

/* Orders and items of one platform belong together. */
static void
note_pair(struct job *j, const struct imp_file *f)
{
	struct platform *p = f->layout != NULL ? f->layout->platform : NULL;

	if (p == NULL)
		return;
	if (file_is_orders(f)) {
		p->have_orders = true;
		p->order_has |= f->has;
	} else if (f->layout->shape == SHAPE_ITEMS) {
		p->have_items = j->have_items = true;
	}
}

/* Each kind of file is known before a row is taken. */
static int
open_files(struct job *j, const char *const *files, size_t n)
{
	struct sheet_in_opts how = { 0 };
	struct import *im = j->im;
	size_t i;
	int rc;

	im->files = xcalloc(n, sizeof(*im->files));
	im->nfiles = n;
	for (i = 0; i < n; i++) {
		struct imp_file *f = &im->files[i];

		f->path = arena_strdup(&im->arena, files[i]);
		f->name = base_name(f->path);
		how.encoding = file_encoding(j, f);
		if ((rc = sheet_open_as(&f->sheet, f->path, &how, &j->s->err)) <
			0 ||
		    (rc = file_find(j, f)) < 0)
			return rc;
		im->sum.bytes += sheet_size(f->sheet);
	}
	return im->kind[0] == '\0' && (rc = agree(j)) < 0 ? rc : files_known(j);
}

int
files_known(struct job *j)
{
	size_t i;

	for (i = 0; i < j->im->nfiles; i++)
		note_pair(j, &j->im->files[i]);
	return 0;
}

int
formats_of(struct job *j)
{
	kept_load(&j->kept, &j->arena);
	return formats_load(j);
}

static int
check_kind(struct session *s, const char *kind)
{
	struct str known = STR_INIT;
	size_t i;
	int rc;

	for (i = 0; kind != NULL && import_kinds[i] != NULL; i++) {
		if (strcmp(import_kinds[i], kind) == 0)
			break;
		str_addf(&known, "%s%s", i > 0 ? ", " : "", import_kinds[i]);
	}
	if (kind == NULL || import_kinds[i] != NULL) {
		str_done(&known);
		return 0;
	}
	rc = err_set(&s->err, ERR_INVALID, "kind",
	    _("\"%s\" cannot be imported; there are: %s"), kind, known.s);
	str_done(&known);
	return rc;
}

/* The order files first: items are nothing without their orders. */
int
job_read(struct job *j)
{
	struct import *im = j->im;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < im->nfiles; i++)
		if (file_is_orders(&im->files[i]))
			rc = orders_file(j, &im->files[i]);
	if (rc == 0)
		rc = orders_flush(j);
	for (i = 0; rc == 0 && i < im->nfiles; i++) {
		struct imp_file *f = &im->files[i];

		if (file_has_lines(f))
			rc = items_file(j, f);
		else if (file_is(f, "products"))
			rc = products_file(j, f);
		else if (file_is(f, "stock"))
			rc = stock_file(j, f);
		else if (file_is(f, "customers"))
			rc = customers_file(j, f);
		else if (file_is(f, "listings"))
			rc = listings_file(j, f);
		else if (f->kept != NULL)
			rc = staged_file(j, f);
	}
	return rc;
}

/* The marks of a sift stay with the finder. */
void
job_begin(struct job *j)
{
	j->dict = dict_new(j);
	j->people = people_new(j);
	if (j->finder == NULL)
		j->finder = finder_new(j);
	j->orders = orders_new(j);
	j->lines = lines_new(j);
}

void
job_forget(struct job *j)
{
	dict_free(j->dict);
	people_free(j->people);
	orders_free(j->orders);
	lines_free(j->lines);
	j->dict = NULL;
	j->people = NULL;
	j->orders = NULL;
	j->lines = NULL;
	if (j->fmt.nplatforms > 0) /* an undo knows no layouts */
		memset(j->default_shops, 0,
		    j->fmt.nplatforms * sizeof(*j->default_shops));
	finder_forget(j->finder);
}

void
job_sifted(struct job *j)
{
	lines_free(j->lines);
	j->lines = lines_new(j);
	j->finder = finder_sifted(j, j->finder);
}

static int
phase(struct job *j, const char *name)
{
	return j->all_orders != 0 ? 0 : job_phase(j, name);
}

int
job_rest(struct job *j)
{
	int rc;

	if ((rc = orders_flush(j)) < 0 || (rc = lines_flush(j)) < 0 ||
	    (rc = orders_check(j)) < 0 || (rc = orders_goods(j)) < 0)
		return rc;
	if ((rc = phase(j, N_("writing customers"))) < 0 ||
	    (rc = people_flush(j)) < 0)
		return rc;
	rc = phase(j, N_("stock and holds"));
	return rc < 0 ? rc : orders_settle(j);
}

int
job_close(struct job *j)
{
	int rc;

	if ((rc = figures_flush(j->s, j->txn, &j->figures)) < 0 ||
	    (rc = changes_flush(j)) < 0)
		return rc;
	return made_after(j);
}

int
job_take(struct job *j)
{
	int rc;

	if (j->settle == NULL)
		j->settle = settle_new();
	if ((rc = job_read(j)) < 0 || (rc = job_rest(j)) < 0)
		return rc;
	return j->load ? 0 : people_dates(j);
}

int
job_commit(struct job *j)
{
	const struct import_summary *sum = &j->im->sum;
	int rc;

	rc = op_commit(j->s, &op_import, &j->txn, j->batch,
	    "%s: %" PRId64 " new, %" PRId64 " updated, %" PRId64
	    " unchanged, %" PRId64 " rejected",
	    j->im->kind, sum->new_n, sum->updated_n, sum->unchanged_n,
	    sum->rejected_n);
	if (rc == 0)
		j->im->sum.batch = j->batch;
	return rc;
}

static int
run(struct job *j)
{
	int rc;

	if ((rc = import_recover(j->s, NULL)) < 0)
		return rc;
	if (!j->opt->dry_run) {
		import_forget_old(j);
		file_people(j->s);
	}
	if (strcmp(j->im->kind, "orders") == 0) {
		if ((rc = load_begin(j)) < 0)
			return rc;
		return j->load ? load_run(j) : merge_orders(j);
	}
	return pieces_run(j);
}

void
job_files_done(struct job *j)
{
	size_t i;

	for (i = 0; i < j->im->nfiles; i++) {
		sheet_close(j->im->files[i].sheet);
		j->im->files[i].sheet = NULL;
	}
}

void
job_done(struct job *j)
{
	size_t i;

	job_files_done(j);
	dict_free(j->dict);
	people_free(j->people);
	finder_free(j->finder);
	orders_free(j->orders);
	lines_free(j->lines);
	settle_free(j->settle);
	skus_done(j);
	op_abort(j->s, &j->txn);
	/* What was read of a list that is not kept is not so. */
	j->s->settings.read = false;
	j->s->gifts.read = j->s->courier_rules.read = false;
	bulk_merge_tune(j->s->db, false);
	figures_done(&j->figures);
	map_done(&j->refused);
	map_done(&j->firsts);
	plan_free(j->plan);
	changes_free(j->changes);
	db_unclaim(&j->claim);
	formats_done(&j->fmt);
	arena_done(&j->arena);
	arena_done(&j->scratch);
	for (i = 0; i < j->im->nfiles; i++) {
		spool_free(j->im->files[i].spool);
		regroup_free(j->im->files[i].regroup);
		j->im->files[i].regroup = NULL;
		j->im->files[i].spool = NULL;
	}
}

/* What came in is reviewed where that is usual. The import stands, whatever
 * becomes of it: the next review goes on. */
static int
reviewed(struct session *s)
{
	struct review_counts n;

	if (review_as_usual(s, &n) < 0)
		s->err.text[0] = '\0';
	return 0;
}

int
import_rows(struct session *s, const char *kind, const char *const *files,
    size_t nfiles, const struct import_options *opt, const struct import *mends,
    struct import **out)
{
	struct job j = { .s = s,
		.opt = opt != NULL ? opt : &no_options,
		.mends = mends,
		.now = time_now(),
		.claim = -1,
		.phase = N_("reading") };
	int rc;

	*out = NULL;
	if ((rc = check_kind(s, kind)) < 0)
		return rc;
	j.im = xcalloc(1, sizeof(*j.im));
	copy_text(j.im->kind, sizeof(j.im->kind), kind != NULL ? kind : "");
	rc = session_need(s, PERM_IMPORT);
	if (rc == 0)
		rc = formats_of(&j);
	if (rc == 0)
		rc = open_files(&j, files, nfiles);
	if (j.opt->progress != NULL)
		db_on_progress(s->db, poll_db, &j);
	if (rc == 0)
		rc = run(&j);
	if (j.opt->progress != NULL)
		db_on_progress(s->db, NULL, NULL);
	job_done(&j);
	if (rc == ERR_CANCELLED)
		rc = job_stopped(&j);
	if (rc < 0) {
		import_free(j.im);
		return rc;
	}
	/* What is to be made of it; else whoever looks at such lists does it.
	 */
	if (!j.opt->dry_run && production_open(s, NULL) < 0)
		s->err = (struct err){ .text = "" };
	*out = j.im;
	return j.opt->dry_run ? 0 : reviewed(s);
}

int
import_run(struct session *s, const char *kind, const char *const *files,
    size_t nfiles, const struct import_options *opt, struct import **out)
{
	return import_rows(s, kind, files, nfiles, opt, NULL, out);
}

const struct import_summary *
import_summary(const struct import *im)
{
	return &im->sum;
}

const char *
import_file_text(const struct import *im, size_t file)
{
	return file < im->nfiles ? im->files[file].text : NULL;
}

const char *
import_warning(const struct import *im, size_t i)
{
	return i < im->nwarnings ? im->warnings[i] : NULL;
}

void
import_free(struct import *im)
{
	if (im == NULL)
		return;
	arena_done(&im->arena);
	free(im->rejects);
	free(im->warnings);
	free(im->files);
	free(im);
}
