/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <ctype.h>

#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/shipping.h"

#include "../core/refs_priv.h"
#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../core/sort_priv.h"

static void
take_parcel(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct parcel *p = out;

	p->id = db_int(rows, 0);
	p->order_no = row_text(rows, 1, arena);
	p->platform = row_text(rows, 2, arena);
	p->shop = row_text(rows, 3, arena);
	p->waybill_no = row_text(rows, 4, arena);
	p->courier = row_text(rows, 5, arena);
	p->weight = db_int(rows, 6);
	p->shipped_at = db_int(rows, 7);
	p->packer = row_text(rows, 8, arena);
	p->exported_at = db_int(rows, 9);
	p->expected = db_int(rows, 10);
	p->material = row_text(rows, 11, arena);
	p->also = row_text(rows, 12, arena);
	p->picker = row_text(rows, 13, arena);
	p->checker = row_text(rows, 14, arena);
	p->shipper = row_text(rows, 15, arena);
}

#define PARCELS \
	" FROM parcel p LEFT JOIN orders o ON o.id = p.order_id" \
	" LEFT JOIN shop sh ON sh.id = o.shop_id" \
	" LEFT JOIN courier co ON co.id = p.courier_id" \
	" LEFT JOIN staff st ON st.id = p.packer_id" \
	" LEFT JOIN material ma ON ma.id = p.material_id"
#define PARCEL_SELECT \
	"SELECT p.id, o.order_no, sh.platform, sh.name, p.waybill_no," \
	" co.name, p.weight, p.shipped_at, st.name, p.exported_at," \
	" p.expected, ma.name, (SELECT group_concat(x.order_no, ' ')" \
	" FROM parcel_also a JOIN orders x ON x.id = a.order_id" \
	" WHERE a.parcel_id = p.id), (SELECT w.name FROM staff w" \
	" WHERE w.id = p.picker_id), (SELECT w.name FROM staff w" \
	" WHERE w.id = p.checker_id), (SELECT w.name FROM staff w" \
	" WHERE w.id = p.shipper_id)" PARCELS

/* What of the filter an index of the parcels serves. */
static void
add_set(struct query *q, const struct parcel_filter *f)
{
	if (f->since != 0)
		query_and(q, "p.shipped_at >=", db_i(f->since));
	if (f->until != 0)
		query_and(q, "p.shipped_at <", db_i(f->until));
	if (f->unexported)
		query_lit(q, " AND p.exported_at = 0");
}

static void
add_filter(struct query *q, const struct parcel_filter *f)
{
	/* Parcels of others stand among them: as many as a page needs. */
	if (f->platform != NULL) {
		query_and(q, "sh.platform =", db_t(f->platform));
		query_lit(q, " /*scan*/");
	}
	add_set(q, f);
	if (f->exported)
		query_lit(q, " AND p.exported_at > 0");
}

static int
by_time(struct session *s, const struct parcel_filter *f, bool desc,
    enum page_dir dir, const struct parcel *from, size_t limit,
    struct page *out)
{
	struct query q = QUERY(PARCEL_SELECT " WHERE 1 = 1");
	const struct query_key keys[] = {
		{ "p.shipped_at", db_i(from != NULL ? from->shipped_at : 0) },
		{ "p.id", db_i(from != NULL ? from->id : 0) },
	};

	add_filter(&q, f);
	/* Ids grow with time: what waits is in order by its own small index. */
	if (f->unexported)
		query_page(&q, &keys[1], 1, desc, dir, limit);
	else
		query_page(&q, keys, 2, desc, dir, limit);
	return query_fetch(
	    s->db, &q, dir, sizeof(struct parcel), limit, take_parcel, out);
}

static const char sql_parcel[] = PARCEL_SELECT " WHERE p.id = $1";

static int
load(struct session *s, const struct refs *refs, struct page *out)
{
	return refs_load(
	    s, refs, sql_parcel, sizeof(struct parcel), take_parcel, out);
}

#define ID SORT_NUMBER("p.id")

static const struct sort_key sorts[PARCEL_SORT_MAX][SORT_KEYS] = {
	[PARCEL_SORT_WAYBILL] = { SORT_TEXT("p.waybill_no || ''"), ID },
	[PARCEL_SORT_NO] = { SORT_TEXT("coalesce(o.order_no, '')"), ID },
	[PARCEL_SORT_COURIER] = { SORT_TEXT("coalesce(co.name, '')"), ID },
	[PARCEL_SORT_WEIGHT] = { SORT_NUMBER("p.weight"), ID },
	[PARCEL_SORT_PACKER] = { SORT_TEXT("coalesce(st.name, '')"), ID },
};
/* All of them, in order by their unique index. */
static const struct sort_key by_waybill[] = { SORT_TEXT("p.waybill_no"), ID,
	SORT_TEXT(NULL) };

static int
by_column(struct session *s, const struct parcel_filter *f, enum page_dir dir,
    const struct parcel *from, size_t limit, struct page *out)
{
	struct query set = QUERY("SELECT count(*) FROM (SELECT 1"
				 " FROM parcel p WHERE 1 = 1");
	struct query walk = QUERY("SELECT p.id" PARCELS " WHERE 1 = 1");
	struct query all = QUERY("SELECT p.id, ");
	bool part = f->since != 0 || f->until != 0 || f->unexported;
	bool walks = f->sort == PARCEL_SORT_WAYBILL && !part;
	bool pinyin =
	    f->sort == PARCEL_SORT_COURIER || f->sort == PARCEL_SORT_PACKER;
	struct query *q = walks ? &walk : &all;
	const struct sorting by = { .keys = walks ? by_waybill : sorts[f->sort],
		.row = PARCELS " WHERE p.id =",
		.from = from != NULL ? from->id : 0,
		.desc = f->desc,
		.dir = dir,
		.limit = limit };
	struct refs refs = { 0 };
	int rc = 0;

	assert(f->sort > PARCEL_SORT_OWN && f->sort < PARCEL_SORT_MAX);
	if (!walks) {
		add_set(&set, f);
		rc = sort_allowed(s, &set);
	}
	query_add_lit(&all, by.keys[0].column);
	query_lit(&all, PARCELS " WHERE 1 = 1 /*scan*/ /*sort*/");
	add_filter(q, f);
	if (rc == 0)
		rc = pinyin ? sort_refs_by_pinyin(s, q, &by, &refs)
			    : sort_refs(s, q, &by, &refs);
	if (rc == 0)
		rc = load(s, &refs, out);
	refs_done(&refs);
	return rc;
}

int
parcel_page(struct session *s, const struct parcel_filter *filter,
    enum page_dir dir, const struct parcel *from, size_t limit,
    struct page *out)
{
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (filter->sort == PARCEL_SORT_OWN)
		return by_time(s, filter, true, dir, from, limit, out);
	if (filter->sort == PARCEL_SORT_SHIPPED_AT)
		return by_time(s, filter, filter->desc, dir, from, limit, out);
	return by_column(s, filter, dir, from, limit, out);
}

#define BEGINS(column) column " >= $1 AND " column " < $1 || '" PREFIX_END "'"
/* Over the indexes of the numbers; of very many that begin alike, the first by
 * their number. */
static const char sql_find_waybill[] =
    "SELECT shipped_at, id FROM parcel WHERE " BEGINS(
	"waybill_no") " ORDER BY waybill_no LIMIT $2";
static const char sql_find_order[] = "SELECT p.shipped_at, p.id FROM orders o"
				     " CROSS JOIN parcel p ON p.order_id = o.id"
				     " WHERE " BEGINS("o.order_no") " LIMIT $2";
/* The other orders in them. */
static const char sql_find_also[] =
    "SELECT p.shipped_at, p.id FROM orders o"
    " CROSS JOIN parcel_also a ON a.order_id = o.id"
    " CROSS JOIN parcel p ON p.id = a.parcel_id WHERE " BEGINS(
	"o.order_no") " LIMIT $2";

int
parcel_find(struct session *s, const char *text, size_t limit, struct page *out)
{
	char typed[64], upper[64];
	struct refs refs = { 0 };
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0)
		return rc;
	if (!trim_text(typed, sizeof(typed), text))
		typed[0] = '\0';
	for (i = 0; i == 0 || typed[i - 1] != '\0'; i++)
		upper[i] = (char)toupper((unsigned char)typed[i]);
	if (typed[0] != '\0')
		rc = refs_query(s, &refs, sql_find_waybill,
		    DB_ARGS(db_t(upper), db_i((int64_t)limit)));
	if (rc == 0 && typed[0] != '\0')
		rc = refs_query(s, &refs, sql_find_order,
		    DB_ARGS(db_t(typed), db_i((int64_t)limit)));
	if (rc == 0 && typed[0] != '\0')
		rc = refs_query(s, &refs, sql_find_also,
		    DB_ARGS(db_t(typed), db_i((int64_t)limit)));
	refs_settle(&refs, true, limit);
	if (rc == 0)
		rc = load(s, &refs, out);
	refs_done(&refs);
	return rc;
}

static const char sql_tally[] =
    "SELECT count(*) FROM parcel WHERE shipped_at >= $2 AND packer_id = $1";

int
pack_tally(struct session *s, int64_t *today, int64_t *hour)
{
	int64_t now = time_now(), n;
	int rc;

	rc = db_get1(s->db, sql_tally,
	    DB_ARGS(db_i(s->staff_id), db_i(day_start(time_day(now)))), &n);
	if (rc < 0)
		return rc;
	rc = db_get1(s->db, sql_tally,
	    DB_ARGS(db_i(s->staff_id), db_i(now - 3600)), hour);
	if (rc == 0)
		*today = n;
	return rc;
}
