/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"

#include "export_priv.h"
#include "record_priv.h"
#include "session_priv.h"

/* A platform's file, as data/formats/shipments.tsv describes it. */
#define HEADERS_MAX 2
#define COLUMNS_MAX 16

struct layout {
	int64_t limit;
	enum sheet_encoding encoding;
	const char *headers[HEADERS_MAX][COLUMNS_MAX];
	size_t nheaders;
	const char *columns[COLUMNS_MAX];
	size_t ncolumns;
	struct arena arena; /* of the texts */
};

/* Cut a line at its tabs. */
static size_t
cells(char *line, const char *out[COLUMNS_MAX])
{
	size_t n = 0;
	char *tab;

	do {
		assert(n < COLUMNS_MAX);
		tab = strchr(line, '\t');
		if (tab != NULL)
			*tab = '\0';
		out[n++] = line;
		line = tab != NULL ? tab + 1 : NULL;
	} while (line != NULL);
	return n;
}

/* The next line of @at, copied; NULL at the end. */
static char *
next_line(const char **at, struct arena *arena)
{
	const char *from = *at;
	size_t len = strcspn(from, "\n");

	if (*from == '\0')
		return NULL;
	*at = from + len + (from[len] == '\n');
	return arena_strndup(arena, from, len);
}

static int
take(struct session *s, struct layout *l, const char *const *cell, size_t n)
{
	size_t i;

	if (strcmp(cell[0], "layout") == 0) {
		assert(n == 4);
		l->limit = strtoll(cell[2], NULL, 10);
		return export_encoding(s, cell[3], &l->encoding);
	}
	if (strcmp(cell[0], "header") == 0) {
		assert(l->nheaders < HEADERS_MAX);
		for (i = 1; i < n; i++)
			l->headers[l->nheaders][i - 1] = cell[i];
		l->nheaders++;
	} else if (strcmp(cell[0], "column") == 0) {
		assert(n == 2 && l->ncolumns < COLUMNS_MAX);
		l->columns[l->ncolumns++] = cell[1];
	}
	return 0;
}

/* 1 when there is a layout of that name. */
static int
layout_read(struct session *s, const char *name, struct layout *l)
{
	const char *at = embed_text("formats/shipments.tsv");
	const char *cell[COLUMNS_MAX];
	bool within = false;
	char *line;
	size_t n;
	int rc = 0, found = 0;

	while (rc == 0 && (line = next_line(&at, &l->arena)) != NULL) {
		if (line[0] == '#' || line[0] == '\0')
			continue;
		n = cells(line, cell);
		if (strcmp(cell[0], "layout") == 0)
			within = n > 1 && strcmp(cell[1], name) == 0;
		if (within) {
			found = 1;
			rc = take(s, l, cell, n);
		}
	}
	return rc < 0 ? rc : found;
}

static const char sql_platform[] =
    "SELECT count(*) FROM shop WHERE platform = $1";

/* A platform without a layout of its own gets the common one, if it is one. */
static int
layout_of(struct session *s, const char *platform, struct layout *l)
{
	int64_t shops;
	int rc;

	if ((rc = layout_read(s, platform, l)) != 0)
		return rc < 0 ? rc : 0;
	rc = db_get1(s->db, sql_platform, DB_ARGS(db_t(platform)), &shops);
	if (rc < 0)
		return rc;
	if (shops == 0)
		return err_set(&s->err, ERR_INVALID, "platform",
		    _("There is no platform %s"), platform);
	rc = layout_read(s, "other", l);
	return rc < 0 ? rc : 0;
}

/* What was written, to be marked. */
struct written {
	int64_t *v;
	size_t n, cap;
};

static void
written_add(struct written *w, int64_t id)
{
	if (w->n == w->cap) {
		w->cap = w->cap == 0 ? 256 : w->cap * 2;
		w->v = xreallocarray(w->v, w->cap, sizeof(*w->v));
	}
	w->v[w->n++] = id;
}

/* The columns of the query in parcels_query(). */
static const char *
cell(const char *column, const struct db_rows *rows, char when[TIME_SIZE])
{
	if (column[0] == '=')
		return column + 1;
	if (strcmp(column, "order_no") == 0)
		return db_text(rows, 1);
	if (strcmp(column, "courier") == 0)
		return db_text(rows, 2);
	if (strcmp(column, "courier_code") == 0)
		return db_text(rows, 3);
	if (strcmp(column, "waybill_no") == 0)
		return db_text(rows, 4);
	assert(strcmp(column, "shipped_at") == 0);
	return time_full(db_int(rows, 5), when);
}

static int
parcels_query(
    struct exporting *ex, const char *platform, int64_t limit, struct query *q)
{
	const struct export_options *opt = ex->opt;
	int64_t since = 0, until = 0;
	const char *shop;
	size_t i;
	int rc;

	for (i = 0; i < opt->nfilters; i++) {
		const char *field = opt->filters[i].field;

		if (strcmp(field, "since") != 0 &&
		    strcmp(field, "until") != 0 && strcmp(field, "shop") != 0)
			return err_set(&ex->s->err, ERR_INVALID, field,
			    _("%s have no field %s"), "shipments", field);
	}
	rc = rec_want_time(ex->s, opt->filters, opt->nfilters, "since", &since);
	if (rc == 0)
		rc = rec_want_time(
		    ex->s, opt->filters, opt->nfilters, "until", &until);
	if (rc < 0)
		return rc;
	query_and(q, "sh.platform =", db_t(platform));
	shop = rec_want(opt->filters, opt->nfilters, "shop");
	if (shop != NULL)
		query_and(q, "sh.name =", db_t(shop));
	if (since != 0)
		query_and(q, "p.shipped_at >=", db_i(since));
	if (until != 0)
		query_and(q, "p.shipped_at <", db_i(until));
	if (!opt->all)
		query_lit(q, " AND p.exported_at = 0");
	query_lit(q, " ORDER BY p.id LIMIT ");
	query_add_val(q, db_i(limit > 0 && !opt->all ? limit : INT64_MAX));
	query_lit(q, " /*scan*/ /*sort*/");
	return 0;
}

static int
write_rows(struct exporting *ex, const struct layout *l, const struct query *q,
    struct written *w)
{
	const char *texts[COLUMNS_MAX];
	char when[TIME_SIZE];
	struct db_rows *rows;
	size_t i;
	int rc;

	rc = db_query(ex->s->db, q->sql, q->args, q->nargs, &rows);
	if (rc < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		for (i = 0; i < l->ncolumns; i++)
			texts[i] = cell(l->columns[i], rows, when);
		written_add(w, db_int(rows, 0));
		if ((rc = export_row(ex, texts)) < 0)
			break;
	}
	db_done(rows);
	return rc;
}

static const char sql_mark[] =
    "UPDATE parcel SET exported_at = $2 WHERE id = $1 AND exported_at = 0";

static int
mark(struct exporting *ex, struct txn *txn, void *arg)
{
	const struct written *w = arg;
	int64_t now = time_now();
	size_t i;
	int rc = 0;

	(void)ex;
	for (i = 0; rc == 0 && i < w->n; i++)
		rc = db_exec(
		    txn, sql_mark, DB_ARGS(db_i(w->v[i]), db_i(now)), NULL);
	return rc;
}

static int
write_file(struct exporting *ex, const struct layout *l, const struct query *q)
{
	struct sheet_opts opts = { .encoding = l->encoding,
		.protect_ids = ex->opt->protect_ids };
	enum sheet_col cols[COLUMNS_MAX];
	struct written w = { 0 };
	size_t i;
	int rc = 0;

	if (ex->opt->encoding != NULL)
		rc = export_encoding(ex->s, ex->opt->encoding, &opts.encoding);
	for (i = 0; i < l->ncolumns; i++)
		cols[i] = strcmp(l->columns[i], "order_no") == 0 ||
				  strcmp(l->columns[i], "waybill_no") == 0
			      ? COL_ID
			      : COL_TEXT;
	if (rc == 0)
		rc = export_open(ex, &opts, cols, l->ncolumns);
	for (i = 0; rc == 0 && i < l->nheaders; i++)
		rc = sheet_out_row(ex->out, l->headers[i]);
	if (rc == 0)
		rc = write_rows(ex, l, q, &w);
	if (rc == 0)
		rc = export_finish(ex, mark, &w);
	free(w.v);
	return rc;
}

int
export_shipments(struct exporting *ex)
{
	struct query q =
	    QUERY("SELECT p.id, o.order_no, co.name, co.code, p.waybill_no,"
		  " p.shipped_at FROM parcel p"
		  " LEFT JOIN orders o ON o.id = p.order_id"
		  " LEFT JOIN shop sh ON sh.id = o.shop_id"
		  " LEFT JOIN courier co ON co.id = p.courier_id WHERE 1 = 1");
	const char *platform = ex->opt->platform;
	struct layout l = { .limit = 0 };
	int rc;

	if (platform == NULL)
		platform = "taobao";
	if ((rc = layout_of(ex->s, platform, &l)) == 0)
		rc = parcels_query(ex, platform, l.limit, &q);
	if (rc == 0)
		rc = write_file(ex, &l, &q);
	arena_done(&l.arena);
	return rc;
}
