/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/db/db.h"

#include "../core/session_priv.h"
#include "../record/record_priv.h"
#include "export_priv.h"

/* Lists of records, all of a kind's fields or those that are asked for. */

/* A list's columns, and the buffers its rows are written in. */
struct listing_out {
	struct exporting *ex;
	const struct rec_field **fields;
	enum sheet_col *cols;
	const char **texts, **names;
	struct str *bufs;
	size_t n;
	bool more; /* a field is not among the kind's usual ones */
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
	case REC_COST:
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
	if (record_hidden(lo->ex->s, f))
		return "";
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

#define EXPORT_CHUNK 1000

static int
read_page(struct exporting *ex, const struct rec_kind *kind, enum page_dir dir,
    const void *from, struct page *p)
{
	const struct export_options *opt = ex->opt;

	if (opt->read != NULL)
		return opt->read(opt->read_arg, dir, from, EXPORT_CHUNK, p);
	return kind->page(
	    ex->s, opt->filters, opt->nfilters, dir, from, EXPORT_CHUNK, p);
}

/* Of rows without a number of their own: is it one of those chosen? */
static bool
is_chosen(const struct export_options *opt, const void *row)
{
	int64_t id;
	size_t i;

	if (opt->ids == NULL)
		return true;
	memcpy(&id, row, sizeof(id));
	for (i = 0; i < opt->nids; i++)
		if (opt->ids[i] == id)
			return true;
	return false;
}

static int
list_pages(struct listing_out *lo, const struct rec_kind *kind)
{
	struct page pages[2] = { { 0 }, { 0 } };
	enum page_dir dir = PAGE_FIRST;
	const void *from = NULL;
	int now = 0, rc;
	size_t i, n;

	do {
		struct page *p = &pages[now];

		page_free(p);
		rc = read_page(lo->ex, kind, dir, from, p);
		n = rc == 0 ? p->n : 0;
		for (i = 0; rc == 0 && i < n; i++)
			if (is_chosen(lo->ex->opt, page_row(p, i)))
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

	if ((rc = db_snapshot(s->db)) < 0)
		return rc;
	if (opt->ids != NULL && !kind->part)
		rc = list_chosen(lo, kind);
	else if (opt->read == NULL && kind->each != NULL && !lo->more)
		rc = kind->each(s, opt->filters, opt->nfilters, list_row, lo);
	else
		rc = list_pages(lo, kind);
	db_snapshot_end(s->db);
	return rc;
}

static void
add_field(struct listing_out *lo, const struct rec_field *f)
{
	lo->fields = xreallocarray(lo->fields, lo->n + 1, sizeof(*lo->fields));
	lo->fields[lo->n++] = f;
}

static const struct rec_field *
field_in(const struct rec_field *f, const char *name)
{
	for (; f != NULL && f->name != NULL; f++)
		if (strcmp(f->name, name) == 0)
			return f;
	return NULL;
}

static int
choose_fields(struct listing_out *lo, const struct rec_kind *kind)
{
	const struct export_options *opt = lo->ex->opt;
	const struct rec_field *f;
	size_t i;

	for (f = kind->fields; opt->columns == NULL && f->name != NULL; f++)
		if (for_people(f))
			add_field(lo, f);
	for (i = 0; opt->columns != NULL && i < opt->ncolumns; i++) {
		f = field_in(kind->fields, opt->columns[i]);
		if (f == NULL) {
			f = field_in(kind->more, opt->columns[i]);
			lo->more = true;
		}
		if (f == NULL)
			return err_set(&lo->ex->s->err, ERR_INVALID, "columns",
			    _("%s have no field %s"), kind->name,
			    opt->columns[i]);
		add_field(lo, f);
	}
	if (lo->n > 0)
		return 0;
	return err_set(&lo->ex->s->err, ERR_INVALID, "columns",
	    _("A file without columns would say nothing"));
}

static void
prepare(struct listing_out *lo)
{
	const struct export_options *opt = lo->ex->opt;
	size_t i;

	lo->texts = xcalloc(lo->n, sizeof(*lo->texts));
	lo->names = xcalloc(lo->n, sizeof(*lo->names));
	lo->bufs = xcalloc(lo->n, sizeof(*lo->bufs));
	lo->cols = xcalloc(lo->n, sizeof(*lo->cols));
	for (i = 0; i < lo->n; i++) {
		lo->bufs[i] = (struct str)STR_INIT;
		lo->cols[i] = column_of(lo->fields[i]);
		lo->names[i] = opt->english ? lo->fields[i]->name
					    : _(lo->fields[i]->label);
	}
}

static void
listing_done(struct listing_out *lo)
{
	size_t i;

	for (i = 0; lo->bufs != NULL && i < lo->n; i++)
		str_done(&lo->bufs[i]);
	free(lo->bufs);
	free(lo->names);
	free(lo->texts);
	free(lo->fields);
	free(lo->cols);
}

int
export_list(struct exporting *ex, const struct rec_kind *kind)
{
	struct listing_out lo = { .ex = ex };
	const char *const *header;
	int rc;

	if ((rc = choose_fields(&lo, kind)) == 0) {
		prepare(&lo);
		header = lo.names;
		ex->cols = lo.cols;
		ex->ncols = lo.n;
		ex->headers = &header;
		ex->nheaders = 1;
		rc = export_open(ex);
	}
	if (rc == 0)
		rc = list_rows(&lo, kind);
	if (rc == 0)
		rc = export_finish(ex, NULL, NULL);
	listing_done(&lo);
	ex->headers = NULL;
	ex->nheaders = 0;
	return rc;
}
