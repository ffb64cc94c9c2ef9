/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"

#include "export_priv.h"
#include "record_priv.h"
#include "session_priv.h"

static const struct op op_export = { "export", PERM_EXPORT, "export" };

int
export_encoding(struct session *s, const char *name, enum sheet_encoding *out)
{
	static const struct {
		const char *name;
		enum sheet_encoding encoding;
	} known[] = {
		{ "utf-8-bom", SHEET_UTF8_BOM },
		{ "utf-8", SHEET_UTF8 },
		{ "gb18030", SHEET_GB18030 },
	};
	size_t i;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		if (strcmp(known[i].name, name) != 0)
			continue;
		*out = known[i].encoding;
		return 0;
	}
	return err_set(&s->err, ERR_INVALID, "encoding",
	    _("There is no encoding %s: utf-8-bom, utf-8 or gb18030"), name);
}

int
export_open(struct exporting *ex, const struct sheet_opts *opts,
    const enum sheet_col *cols, size_t ncols)
{
	return sheet_out_open(
	    &ex->out, ex->path, opts, cols, ncols, &ex->s->err);
}

#define TELL_EVERY 2000

int
export_row(struct exporting *ex, const char *const *fields)
{
	const struct export_options *opt = ex->opt;
	int rc;

	if ((rc = sheet_out_row(ex->out, fields)) < 0)
		return rc;
	ex->rows++;
	if (opt->progress == NULL || ex->rows % TELL_EVERY != 0 ||
	    opt->progress(opt->arg, ex->rows) == 0)
		return 0;
	return err_set(&ex->s->err, ERR_CANCELLED, "", _("Cancelled"));
}

int
export_finish(struct exporting *ex,
    int (*mark)(struct exporting *ex, struct txn *txn, void *arg), void *arg)
{
	struct session *s = ex->s;
	struct txn *txn;
	int rc;

	if ((rc = sheet_out_finish(ex->out)) < 0)
		return rc;
	if ((rc = op_begin(s, &op_export, &txn)) == 0 && mark != NULL)
		rc = mark(ex, txn, arg);
	if (rc == 0)
		rc = op_commit(s, &op_export, &txn, 0,
		    "%s, %" PRId64 " rows, %s", ex->kind, ex->rows, ex->path);
	op_abort(s, &txn);
	if (rc < 0 && strcmp(ex->path, "-") != 0)
		unlink(ex->path);
	return rc;
}

/* A list's columns, and the buffers its rows are written in. */
struct listing_out {
	struct exporting *ex;
	const struct rec_field **fields;
	const char **texts;
	struct str *bufs;
	size_t n;
};

/* Texts that are digits, but names and not numbers. */
static bool
is_name(const char *field)
{
	static const char *const names[] = { "order_no", "sub_order_no",
		"phone", "waybill_no", "payment_no", "item_no", "barcodes",
		"sku_code", "slip_no", "listing_sku" };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], field) == 0)
			return true;
	return false;
}

static enum sheet_col
column_of(const struct rec_field *f)
{
	switch (f->type) {
	case REC_INT:
		return COL_COUNT;
	case REC_MONEY:
		return COL_MONEY;
	case REC_TIME:
		return COL_TIME;
	case REC_TEXT:
	case REC_CODE:
	case REC_BOOL:
	case REC_WORD:
		break;
	}
	return is_name(f->name) ? COL_ID : COL_TEXT;
}

/* What only the program understands stays out of files. */
static bool
for_people(const struct rec_field *f)
{
	return strcmp(f->name, "id") != 0;
}

/* Is it told in the file's language? */
static bool
in_words(const struct listing_out *lo, const struct rec_field *f)
{
	return !lo->ex->opt->english &&
	       (f->type == REC_CODE || f->type == REC_BOOL ||
		   f->type == REC_WORD);
}

/* Texts go straight through. */
static const char *
cell(struct listing_out *lo, size_t i, const void *row)
{
	const struct rec_field *f = lo->fields[i];
	const char *at = (const char *)row + f->offset;
	const char *text;

	if (f->type == REC_TEXT) {
		memcpy(&text, at, sizeof(text));
		return text;
	}
	str_cut(&lo->bufs[i], 0);
	if (in_words(lo, f))
		record_words(f, row, &lo->bufs[i]);
	else
		record_plain(f, row, &lo->bufs[i]);
	return lo->bufs[i].s;
}

static int
list_row(void *arg, const void *row)
{
	struct listing_out *lo = arg;
	size_t i;

	for (i = 0; i < lo->n; i++)
		lo->texts[i] = cell(lo, i, row);
	return export_row(lo->ex, lo->texts);
}

static int
list_header(struct listing_out *lo)
{
	size_t i;

	for (i = 0; i < lo->n; i++)
		lo->texts[i] = lo->ex->opt->english ? lo->fields[i]->name
						    : _(lo->fields[i]->label);
	return sheet_out_row(lo->ex->out, lo->texts);
}

#define EXPORT_CHUNK 1000

static int
list_pages(struct listing_out *lo, const struct rec_kind *kind)
{
	const struct export_options *opt = lo->ex->opt;
	struct page pages[2] = { { 0 }, { 0 } };
	enum page_dir dir = PAGE_FIRST;
	const void *from = NULL;
	int now = 0, rc;
	size_t i, n;

	do {
		struct page *p = &pages[now];

		page_free(p);
		rc = kind->page(lo->ex->s, opt->filters, opt->nfilters, dir,
		    from, EXPORT_CHUNK, p);
		n = rc == 0 ? p->n : 0;
		for (i = 0; rc == 0 && i < n; i++)
			rc = list_row(lo, page_row(p, i));
		if (n > 0)
			from = page_row(p, n - 1);
		dir = PAGE_AFTER;
		now = !now;
	} while (rc == 0 && n == EXPORT_CHUNK);
	page_free(&pages[0]);
	page_free(&pages[1]);
	return rc;
}

/* The records that were chosen, one by one. */
static int
list_chosen(struct listing_out *lo, const struct rec_kind *kind)
{
	const struct export_options *opt = lo->ex->opt;
	struct page p = { 0 };
	int rc = 0;
	size_t i;

	for (i = 0; rc == 0 && i < opt->nids; i++) {
		rc = kind->get(lo->ex->s, opt->ids[i], &p);
		if (rc == ERR_NOTFOUND) {
			rc = 0;
			continue;
		}
		if (rc == 0 && p.n > 0)
			rc = list_row(lo, page_row(&p, 0));
		page_free(&p);
	}
	return rc;
}

static int
list_rows(struct listing_out *lo, const struct rec_kind *kind)
{
	const struct export_options *opt = lo->ex->opt;
	struct session *s = lo->ex->s;
	int rc;

	if ((rc = list_header(lo)) < 0 || (rc = db_snapshot(s->db)) < 0)
		return rc;
	if (opt->ids != NULL)
		rc = list_chosen(lo, kind);
	else if (kind->each != NULL)
		rc = kind->each(s, opt->filters, opt->nfilters, list_row, lo);
	else
		rc = list_pages(lo, kind);
	db_snapshot_end(s->db);
	return rc;
}

static int
export_list(struct exporting *ex, const struct rec_kind *kind,
    const struct sheet_opts *opts)
{
	const struct rec_field *f;
	struct listing_out lo = { .ex = ex };
	enum sheet_col *cols = NULL;
	size_t i;
	int rc;

	for (f = kind->fields; f->name != NULL; f++) {
		if (!for_people(f))
			continue;
		lo.fields =
		    xreallocarray(lo.fields, lo.n + 1, sizeof(*lo.fields));
		cols = xreallocarray(cols, lo.n + 1, sizeof(*cols));
		cols[lo.n] = column_of(f);
		lo.fields[lo.n++] = f;
	}
	lo.texts = xcalloc(lo.n, sizeof(*lo.texts));
	lo.bufs = xcalloc(lo.n, sizeof(*lo.bufs));
	for (i = 0; i < lo.n; i++)
		lo.bufs[i] = (struct str)STR_INIT;
	if ((rc = export_open(ex, opts, cols, lo.n)) == 0)
		rc = list_rows(&lo, kind);
	if (rc == 0)
		rc = export_finish(ex, NULL, NULL);
	for (i = 0; i < lo.n; i++)
		str_done(&lo.bufs[i]);
	free(lo.bufs);
	free(lo.texts);
	free(lo.fields);
	free(cols);
	return rc;
}

/* A name that promises another format would be believed. */
static int
check_name(struct session *s, const char *path)
{
	static const char *const others[] = { ".xls", ".ods", ".pdf", ".json",
		".html" };
	const char *end = strrchr(path, '.');
	size_t i;

	for (i = 0; end != NULL && i < sizeof(others) / sizeof(others[0]); i++)
		if (strcasecmp(end, others[i]) == 0)
			return err_set(&s->err, ERR_INVALID, "path",
			    _("%s: files are written as .csv or .xlsx, by "
			      "their name"),
			    path);
	return 0;
}

int
export_run(struct session *s, const char *kind, const char *path,
    const struct export_options *opt, int64_t *rows)
{
	static const struct export_options plain = { .encoding = NULL };
	struct exporting ex = { .s = s,
		.opt = opt != NULL ? opt : &plain,
		.kind = kind,
		.path = path };
	struct sheet_opts opts = { .encoding = SHEET_UTF8_BOM };
	const struct rec_kind *rk = record_kind(kind);
	int rc;

	opts.protect_ids = ex.opt->protect_ids;
	if ((rc = session_need(s, PERM_EXPORT)) < 0 ||
	    (rc = check_name(s, path)) < 0)
		return rc;
	if (ex.opt->encoding != NULL &&
	    (rc = export_encoding(s, ex.opt->encoding, &opts.encoding)) < 0)
		return rc;
	if (strcmp(kind, "shipments") == 0)
		rc = export_shipments(&ex);
	else if (rk != NULL)
		rc = export_list(&ex, rk, &opts);
	else
		return err_set(&s->err, ERR_INVALID, "kind",
		    _("There is no list of %s"), kind);
	sheet_out_close(ex.out);
	if (rc == 0 && rows != NULL)
		*rows = ex.rows;
	return rc;
}
