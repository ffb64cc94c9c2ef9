/* SPDX-License-Identifier: MIT */
#include <assert.h>

#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/db/query.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/settings.h"
#include "shopmgr/domain/tracking.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../customers/contact_priv.h"

/*
 * The worklists, each a range of a small index: only parcels that are watched
 * are in it, so it does not grow with history.
 */

static void
take_row(const struct db_rows *rows, void *out, struct arena *arena)
{
	struct track_row *t = out;

	t->parcel_id = db_int(rows, 0);
	t->order_id = db_int(rows, 1);
	t->waybill_no = row_text(rows, 2, arena);
	t->courier = row_text(rows, 3, arena);
	t->phone = row_text(rows, 4, arena);
	t->order_no = row_text(rows, 5, arena);
	t->receiver = row_text(rows, 6, arena);
	t->province = row_text(rows, 7, arena);
	t->state = db_int(rows, 8);
	t->at = db_int(rows, 9);
	t->shipped_at = db_int(rows, 10);
	t->case_id = db_int(rows, 11);
	t->case_at = db_int(rows, 12);
	t->kind = row_text(rows, 13, arena);
	t->staff = row_text(rows, 14, arena);
	t->note = row_text(rows, 15, arena);
}

#define COLUMNS \
	"SELECT p.id, p.order_id, p.waybill_no, co.name, co.phone, o.order_no," \
	" r.name, r.province, p.track, p.track_at, p.shipped_at, c.id, c.at," \
	" c.kind, st.name, c.note"
#define OF_PARCEL \
	" JOIN orders o ON o.id = p.order_id" \
	" LEFT JOIN receiver r ON r.id = o.receiver_id" \
	" LEFT JOIN courier co ON co.id = p.courier_id"
#define OF_CASE " LEFT JOIN staff st ON st.id = c.staff_id WHERE 1 = 1"
#define BY_PARCEL \
	COLUMNS " FROM parcel p" OF_PARCEL \
		" LEFT JOIN track_case c ON c.id = (SELECT min(d.id)" \
		" FROM track_case d WHERE d.parcel_id = p.id" \
		" AND d.closed_at = 0)" OF_CASE
#define BY_CASE \
	COLUMNS " FROM track_case c CROSS JOIN parcel p" \
		" ON p.id = c.parcel_id" OF_PARCEL OF_CASE

/* Since when the parcels of a list are exceptions; 0: at once. */
static int
since_when(struct session *s, enum track_list list, int64_t *out)
{
	static const struct {
		enum setting_id setting;
		int64_t unit;
	} limits[TRACK_LISTS] = {
		[TRACK_UNCOLLECTED] = { SETTING_TRACK_COLLECT_H, 3600 },
		[TRACK_STILL] = { SETTING_TRACK_STILL_DAYS, 86400 },
		[TRACK_LATE] = { SETTING_TRACK_LATE_DAYS, 86400 },
	};
	int64_t n = 0;
	int rc = 0;

	if (limits[list].unit != 0)
		rc = setting_int(s, limits[list].setting, &n);
	*out = time_now() - n * limits[list].unit;
	return rc;
}

static void
add_range(struct query *q, enum track_list list, int64_t since)
{
	switch (list) {
	case TRACK_UNCOLLECTED:
		query_lit(
		    q, " AND p.watch = 1 AND p.track = 0 AND p.track_at = 0");
		query_and(q, "p.shipped_at <", db_i(since));
		break;
	case TRACK_STILL:
		query_lit(
		    q, " AND p.watch = 1 AND p.track >= 1 AND p.track <= 3");
		query_and(q, "p.track_at <", db_i(since));
		break;
	case TRACK_BACK:
		query_lit(
		    q, " AND p.watch = 1 AND p.track >= 5 AND p.track <= 7");
		break;
	case TRACK_BAD:
		query_lit(
		    q, " AND p.watch = 1 AND p.track >= 8 AND p.track <= 9");
		break;
	case TRACK_LATE:
		query_lit(q, " AND p.watch = 1 AND p.track <= 3");
		query_and(q, "p.shipped_at <", db_i(since));
		break;
	case TRACK_CASES:
		query_lit(q, " AND c.closed_at = 0");
		break;
	case TRACK_LISTS:
		break;
	}
}

/* As each list's index has its rows. */
static void
add_page(struct query *q, enum track_list list, enum page_dir dir,
    const struct track_row *from, size_t limit)
{
	const struct track_row none = { 0 };
	const struct track_row *f = from != NULL ? from : &none;
	const struct query_key by_state[] = {
		{ "p.track", db_i(f->state) },
		{ "p.track_at", db_i(f->at) },
		{ "p.id", db_i(f->parcel_id) },
	};
	const struct query_key by_time[] = {
		{ "p.shipped_at", db_i(f->shipped_at) },
		{ "p.id", db_i(f->parcel_id) },
	};
	const struct query_key by_case[] = { { "c.id", db_i(f->case_id) } };

	if (list == TRACK_CASES)
		query_page(q, by_case, 1, false, dir, limit);
	else if (list == TRACK_LATE)
		query_page(q, by_time, 2, false, dir, limit);
	else if (list == TRACK_UNCOLLECTED)
		query_page(q, &by_state[2], 1, false, dir, limit);
	else
		query_page(q, by_state, 3, false, dir, limit);
}

int
track_page(struct session *s, enum track_list list, enum page_dir dir,
    const struct track_row *from, size_t limit, struct page *out)
{
	struct query by_parcel = QUERY(BY_PARCEL), by_case = QUERY(BY_CASE);
	struct query *q = list == TRACK_CASES ? &by_case : &by_parcel;
	struct track_row *t;
	int64_t since;
	size_t i;
	int rc;

	assert(list < TRACK_LISTS);
	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = since_when(s, list, &since)) < 0)
		return rc;
	add_range(q, list, since);
	add_page(q, list, dir, from, limit);
	rc = query_fetch(
	    s->db, q, dir, sizeof(struct track_row), limit, take_row, out);
	if (rc < 0 || contact_open(s))
		return rc;
	for (t = out->rows, i = 0; i < out->n; i++, t++) {
		t->receiver = mask_name(&out->arena, t->receiver);
		t->note = mask_text(&out->arena, t->note);
	}
	return rc;
}

static int
count_list(struct session *s, enum track_list list, int64_t *n)
{
	struct query parcels =
	    QUERY("SELECT count(*) FROM (SELECT 1 FROM parcel p WHERE 1 = 1");
	struct query cases =
	    QUERY("SELECT count(*) FROM (SELECT 1 FROM track_case c"
		  " WHERE 1 = 1");
	struct query *q = list == TRACK_CASES ? &cases : &parcels;
	int64_t since;
	int rc;

	if ((rc = since_when(s, list, &since)) < 0)
		return rc;
	add_range(q, list, since);
	query_lit(q, " LIMIT ");
	query_add_val(q, db_i(TRACK_COUNTED + 1));
	query_lit(q, ")");
	return db_get1(s->db, q->sql, q->args, q->nargs, n);
}

int
track_counts(struct session *s, int64_t n[TRACK_LISTS])
{
	unsigned i;
	int rc;

	rc = session_need(s, PERM_ORDER_VIEW);
	for (i = 0; rc == 0 && i < TRACK_LISTS; i++)
		rc = count_list(s, (enum track_list)i, &n[i]);
	return rc;
}

/* By the index of parcels by time; the period bounds them. */
static const char sql_hours[] =
    "SELECT p.shipped_at, o.paid_at FROM parcel p"
    " JOIN orders o ON o.id = p.order_id WHERE p.shipped_at >= $1"
    " AND p.shipped_at < $2 AND o.paid_at > 0 AND NOT EXISTS"
    " (SELECT 1 FROM parcel q WHERE q.order_id = p.order_id AND q.id < p.id)"
    " ORDER BY p.shipped_at";

#define DAYS_MAX 366

static void
count_parcel(struct page *out, int64_t shipped, int64_t paid, int64_t limit)
{
	struct ship_hours *h =
	    out->n > 0 ? (struct ship_hours *)page_row(out, out->n - 1) : NULL;
	int64_t day = time_day(shipped), minutes = (shipped - paid) / 60;

	if (h == NULL || h->day != day) {
		h = page_add(out);
		*h = (struct ship_hours){ .day = day };
	}
	minutes = minutes < 0 ? 0 : minutes;
	h->n++;
	h->minutes += minutes;
	h->in_time += minutes <= limit * 60;
	if (minutes > h->most)
		h->most = minutes;
}

int
ship_hours(struct session *s, int64_t since, int64_t until, struct page *out)
{
	struct db_rows *rows;
	int64_t limit;
	int rc;

	page_init(out, sizeof(struct ship_hours), DAYS_MAX + 1);
	if (until > since + (int64_t)DAYS_MAX * 86400)
		since = until - (int64_t)DAYS_MAX * 86400;
	if ((rc = session_need(s, PERM_ORDER_VIEW)) < 0 ||
	    (rc = setting_int(s, SETTING_SHIP_HOURS, &limit)) < 0 ||
	    (rc = db_query(s->db, sql_hours, DB_ARGS(db_i(since), db_i(until)),
		 &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0)
		count_parcel(out, db_int(rows, 0), db_int(rows, 1), limit);
	db_done(rows);
	return rc;
}
