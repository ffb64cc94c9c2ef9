/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/op.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "freight_priv.h"

/*
 * What parcels brought and cost. The postage of an order is shared evenly over
 * its parcels, the fen that are left over go with the first; a parcel that
 * several orders share has a part of each one's.
 */

/* A parcel is one of the order's own, or one that it shares. */
#define PARCELS(o) \
	"((SELECT count(*) FROM parcel q WHERE q.order_id = " o ".id)" \
	" + (SELECT count(*) FROM parcel_also q WHERE q.order_id = " o ".id))"
#define IS_FIRST(o) \
	"(NOT EXISTS (SELECT 1 FROM parcel q WHERE q.order_id = " o ".id" \
	" AND q.id < p.id) AND NOT EXISTS (SELECT 1 FROM parcel_also q" \
	" WHERE q.order_id = " o ".id AND q.parcel_id < p.id))"
#define SHARE(o) \
	"CASE WHEN " o ".postage = 0 THEN 0 ELSE " o \
	".postage / " PARCELS(o) " + CASE WHEN " IS_FIRST( \
	    o) " THEN " o ".postage % " PARCELS(o) " ELSE 0 END END"

/* Few orders have any postage: only then is it worked out. */
static const char sql_share[] =
    "SELECT " SHARE("o") " + coalesce((SELECT sum(" SHARE(
	"f") ") FROM parcel_also a"
	     " JOIN orders f ON f.id = a.order_id WHERE a.parcel_id = p.id), 0)"
	     " FROM parcel p JOIN orders o ON o.id = p.order_id WHERE p.id = $1";

static int
share_of(struct session *s, int64_t parcel_id, int64_t *postage)
{
	return db_get1(s->db, sql_share, DB_ARGS(db_i(parcel_id)), postage);
}

#define COLUMNS \
	"SELECT p.id, p.shipped_at, p.waybill_no, o.order_no, c.name," \
	" r.province, p.weight, o.postage + coalesce((SELECT sum(f.postage)" \
	" FROM parcel_also a JOIN orders f ON f.id = a.order_id" \
	" WHERE a.parcel_id = p.id), 0)," \
	" coalesce(p.billed, p.freight, 0), coalesce((SELECT m.cost" \
	" FROM material m WHERE m.id = p.material_id), 0)," \
	" p.billed IS NOT NULL, p.billed IS NOT NULL" \
	" OR p.freight IS NOT NULL, p.courier_id"
#define FROM_PARCEL \
	" FROM parcel p JOIN orders o ON o.id = p.order_id" \
	" JOIN courier c ON c.id = p.courier_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id WHERE 1 = 1"

static void
take_profit(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct freight_profit *p = out;
	const char *place = db_text(rows, 5);
	char brief[32];

	p->id = db_int(rows, 0);
	p->shipped_at = db_int(rows, 1);
	p->waybill_no = row_text(rows, 2, arena);
	p->order_no = row_text(rows, 3, arena);
	p->courier = row_text(rows, 4, arena);
	(void)province_brief(place != NULL ? place : "", brief);
	p->province = arena_strdup(arena, brief);
	p->weight = db_int(rows, 6);
	p->postage = db_int(rows, 7);
	p->freight = db_int(rows, 8);
	p->material = db_int(rows, 9);
	p->billed = db_int(rows, 10);
	p->known = db_int(rows, 11);
}

static void
narrow(struct query *q, const struct freight_profit_filter *f)
{
	if (f->since != 0)
		query_and(q, "p.shipped_at >=", db_i(f->since));
	if (f->until != 0)
		query_and(q, "p.shipped_at <", db_i(f->until));
	/* Along the period: one courier's parcels are many of it. */
	if (f->courier_id != 0) {
		query_and(q, "p.courier_id + 0 =", db_i(f->courier_id));
		query_lit(q, " /*scan*/");
	}
}

static int
read_page(struct session *s, const struct freight_profit_filter *f,
    enum page_dir dir, const struct freight_profit *from, size_t limit,
    struct page *out)
{
	static const char select[] = COLUMNS FROM_PARCEL;
	struct query q = QUERY("");
	struct query_key keys[] = { { .column = "p.shipped_at" },
		{ .column = "p.id" } };
	struct freight_profit *p;
	size_t i;
	int rc;

	query_add_lit(&q, select);
	narrow(&q, f);
	if (from != NULL) {
		keys[0].from = db_i(from->shipped_at);
		keys[1].from = db_i(from->id);
	}
	query_page(&q, keys, 2, true, dir, limit);
	rc = query_fetch(s->db, &q, dir, sizeof(struct freight_profit), limit,
	    take_profit, out);
	if (rc < 0)
		return rc;
	for (p = out->rows, i = 0; rc == 0 && i < out->n; i++, p++) {
		if (p->postage != 0)
			rc = share_of(s, p->id, &p->postage);
		p->profit = p->postage - p->freight - p->material;
	}
	if (rc < 0)
		page_free(out);
	return rc;
}

/* So many parcels are looked at for a page of losses, and no more. */
#define LOOKED_AT 20000
#define CHUNK     500

static void
keep(struct page *out, const struct freight_profit *p)
{
	struct freight_profit *to = page_add(out);

	*to = *p;
	to->waybill_no = arena_strdup(&out->arena, p->waybill_no);
	to->order_no = arena_strdup(&out->arena, p->order_no);
	to->courier = arena_strdup(&out->arena, p->courier);
	to->province = arena_strdup(&out->arena, p->province);
}

/* Losses stand in no index: page by page, those that are none are left out. */
static int
read_losses(struct session *s, const struct freight_profit_filter *f,
    enum page_dir dir, const struct freight_profit *from, size_t limit,
    struct page *out)
{
	bool back = dir == PAGE_BEFORE || dir == PAGE_LAST;
	struct page pages[2] = { { 0 }, { 0 } };
	size_t i, seen = 0;
	int now = 0, rc;

	page_init(out, sizeof(*from), limit);
	do {
		struct page *p = &pages[now];

		page_free(p);
		rc = read_page(s, f, dir, from, CHUNK, p);
		if (rc < 0 || p->n == 0)
			break;
		for (i = 0; i < p->n && out->n < limit; i++) {
			from = page_row(p, back ? p->n - 1 - i : i);
			if (from->profit < 0 && from->known)
				keep(out, from);
		}
		from = page_row(p, back ? 0 : p->n - 1);
		dir = back ? PAGE_BEFORE : PAGE_AFTER;
		seen += p->n;
		now = !now;
	} while (out->n < limit && seen < LOOKED_AT);
	page_free(&pages[0]);
	page_free(&pages[1]);
	if (rc < 0)
		page_free(out);
	else if (back)
		page_reverse(out);
	return rc;
}

int
freight_profit_page(struct session *s, const struct freight_profit_filter *f,
    enum page_dir dir, const struct freight_profit *from, size_t limit,
    struct page *out)
{
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	return f->loss ? read_losses(s, f, dir, from, limit, out)
		       : read_page(s, f, dir, from, limit, out);
}

static const char *const group_names[GROUP_MAX] = { "courier", "province",
	"day" };
static const char *const group_texts[GROUP_MAX] = { N_("By courier"),
	N_("By province"), N_("By day") };

const char *
freight_group_text(int64_t group)
{
	return group >= 0 && group < GROUP_MAX ? _(group_texts[group]) : "";
}

int
freight_group_by_name(const char *name)
{
	int i;

	for (i = 0; i < GROUP_MAX; i++)
		if (strcmp(group_names[i], name) == 0)
			return i;
	return -1;
}

#define SUMS_MAX 4000 /* days of ten years */

static struct freight_sum *
sum_of(struct page *out, int64_t id, const char *name)
{
	struct freight_sum *sum = out->rows;
	size_t i;

	/* The newest is the likely one: rows come by time. */
	for (i = out->n; i > 0; i--)
		if (sum[i - 1].id == id)
			return &sum[i - 1];
	if (out->n == SUMS_MAX)
		return NULL;
	sum = page_add(out);
	sum->id = id;
	sum->name = arena_strdup(&out->arena, name);
	return sum;
}

static struct freight_sum *
group_of(const struct db_rows *rows, enum freight_group group, struct page *out)
{
	const char *place = db_text(rows, 5);
	char brief[32], day[TIME_SIZE];
	int64_t id;

	switch (group) {
	case GROUP_COURIER:
		return sum_of(out, db_int(rows, 12), db_text(rows, 4));
	case GROUP_PROVINCE:
		id = province_brief(place != NULL ? place : "", brief);
		return sum_of(out, id, brief);
	case GROUP_DAY:
	case GROUP_MAX:
		break;
	}
	id = time_day(db_int(rows, 1));
	return sum_of(out, id, day_text(id, day));
}

static int
add_row(struct session *s, const struct db_rows *rows, enum freight_group group,
    struct page *out)
{
	struct freight_sum *sum = group_of(rows, group, out);
	int64_t postage = db_int(rows, 7);
	int rc = 0;

	if (sum == NULL)
		return 0;
	if (postage != 0)
		rc = share_of(s, db_int(rows, 0), &postage);
	sum->n++;
	sum->postage += postage;
	sum->freight += db_int(rows, 8);
	sum->material += db_int(rows, 9);
	sum->profit += postage - db_int(rows, 8) - db_int(rows, 9);
	sum->unknown += !db_int(rows, 11);
	return rc;
}

static int
dearest_first(const void *a, const void *b)
{
	const struct freight_sum *x = a, *y = b;

	if (x->freight != y->freight)
		return x->freight > y->freight ? -1 : 1;
	return x->id < y->id ? -1 : x->id > y->id;
}

static int
days_in_order(const void *a, const void *b)
{
	const struct freight_sum *x = a, *y = b;

	return x->id < y->id ? -1 : x->id > y->id;
}

int
freight_sums(struct session *s, const struct freight_profit_filter *f,
    enum freight_group group, struct page *out)
{
	static const char select[] = COLUMNS FROM_PARCEL;
	struct query q = QUERY("");
	struct db_rows *rows;
	int rc;

	if ((rc = session_need(s, PERM_FREIGHT_VIEW)) < 0)
		return rc;
	if (f->since == 0)
		return err_set(&s->err, ERR_INVALID, "since",
		    _("Say since when: a report is of a period"));
	query_add_lit(&q, select);
	narrow(&q, f);
	query_lit(&q, " ORDER BY p.shipped_at, p.id");
	if ((rc = db_query(s->db, q.sql, q.args, q.nargs, &rows)) < 0)
		return rc;
	page_init(out, sizeof(struct freight_sum), SUMS_MAX);
	while ((rc = db_next(rows)) > 0)
		if ((rc = add_row(s, rows, group, out)) < 0)
			break;
	db_done(rows);
	if (rc < 0) {
		page_free(out);
		return rc;
	}
	if (out->n > 1)
		qsort(out->rows, out->n, sizeof(struct freight_sum),
		    group == GROUP_DAY ? days_in_order : dearest_first);
	return 0;
}
