/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdlib.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/db.h"
#include "shopmgr/domain/settings.h"

#include "../core/row_priv.h"
#include "../core/session_priv.h"
#include "../stock/stock_priv.h"
#include "stock_report_priv.h"

/* By age: how long goods lie there, and how long they waited for a shelf. */

static const char sql_here[] =
    REPORT_HEAD ", st.on_hand, st.value, st.last_in" REPORT_TAIL;

static const char sql_first[] =
    "SELECT at FROM stock_move WHERE variant_id = $1 AND warehouse_id = $2"
    " ORDER BY id LIMIT 1";

/* When the first of it came, in whichever way. */
static int
first_day(
    struct making *m, int64_t variant_id, int64_t warehouse_id, int64_t *day)
{
	int64_t at = 0;
	int rc = db_get1(m->s->db, sql_first,
	    DB_ARGS(db_i(variant_id), db_i(warehouse_id)), &at);

	*day = time_day(at);
	return rc == ERR_NOTFOUND ? 0 : rc;
}

/* --- ageing --- */

enum { BANDS = 5, VALUES = BANDS + 1 };

static size_t
band_of(int64_t days)
{
	static const int64_t upto[] = { 30, 60, 90, 180 };
	size_t i;

	for (i = 0; i < sizeof(upto) / sizeof(upto[0]); i++)
		if (days <= upto[i])
			break;
	return i;
}

static const char sql_came[] =
    "SELECT day, came FROM stock_day WHERE variant_id = $1"
    " AND warehouse_id = $2 AND came <> 0 ORDER BY day DESC";

/*
 * What lies there came with the newest receipts, as the oldest goods are sold
 * first. What was taken back of receipts did not come. What is in no receipt
 * is as old as the first of it.
 */
static int
take_age(struct making *m, const struct db_rows *head, int64_t warehouse_id,
    struct stock_report_row *row)
{
	int64_t rest = db_int(head, REPORT_COLS), back = 0, n, day;
	int64_t today = time_day(time_now()), value;
	struct db_rows *rows;
	size_t i;
	int rc;

	if (rest <= 0)
		return 0;
	row->n[0] = rest;
	row->n[VALUES] = db_int(head, REPORT_COLS + 1);
	rc = db_query(m->s->db, sql_came,
	    DB_ARGS(db_i(row->variant_id), db_i(warehouse_id)), &rows);
	if (rc < 0)
		return rc;
	while (rest > 0 && (rc = db_next(rows)) > 0) {
		n = db_int(rows, 1) - back;
		back = n < 0 ? -n : 0;
		n = n < 0 ? 0 : n < rest ? n : rest;
		row->n[1 + band_of(today - db_int(rows, 0))] += n;
		rest -= n;
	}
	db_done(rows);
	if (rc >= 0 && rest > 0)
		rc = first_day(m, row->variant_id, warehouse_id, &day);
	if (rc < 0)
		return rc;
	if (rest > 0)
		row->n[1 + band_of(today - day)] += rest;
	rest = row->n[0];
	value = row->n[VALUES];
	for (i = 1; i <= BANDS && rest > 0; i++) {
		row->n[VALUES + i] = share_of(value, row->n[i], rest);
		value -= row->n[VALUES + i];
		rest -= row->n[i];
	}
	row->key = row->n[m->r->money ? VALUES + BANDS : BANDS];
	return 1;
}

int
report_ageing(struct making *m)
{
	const char *const labels[] = { _("0–30 d"), _("31–60 d"), _("61–90 d"),
		_("91–180 d"), _("Older") };
	int64_t sum[BANDS] = { 0 };
	size_t first = m->r->money ? VALUES + 1 : 1, i, k;
	int rc = making_goods(m, sql_here, 1, take_age);

	for (i = 0; rc == 0 && i < m->r->n; i++)
		for (k = 0; k < BANDS; k++)
			sum[k] += m->r->rows[i].n[first + k];
	for (k = 0; rc == 0 && k < BANDS; k++)
		making_bar(m, labels[k], sum[k]);
	return rc;
}

/* --- dead stock --- */

/* From any warehouse: goods that are sold elsewhere can be moved there. */
static const char sql_last_sold[] =
    "SELECT coalesce(max((SELECT d.day FROM stock_day d"
    " WHERE d.variant_id = $1 AND d.warehouse_id = w.id AND d.sold > 0"
    " ORDER BY d.day DESC LIMIT 1)), 0) FROM warehouse w /*scan*/";

static int
take_dead(struct making *m, const struct db_rows *head, int64_t warehouse_id,
    struct stock_report_row *row)
{
	int64_t today = time_day(time_now()), came, sold, dead;
	int rc;

	row->n[0] = db_int(head, REPORT_COLS);
	row->n[1] = db_int(head, REPORT_COLS + 1);
	row->n[2] = db_int(head, REPORT_COLS + 2);
	if (row->n[0] <= 0)
		return 0;
	if ((rc = setting_int(m->s, SETTING_DEAD_DAYS, &dead)) < 0)
		return rc;
	came = time_day(row->n[2]);
	if (row->n[2] == 0)
		rc = first_day(m, row->variant_id, warehouse_id, &came);
	if (rc < 0 || today - came < dead)
		return rc;
	rc = db_get1(
	    m->s->db, sql_last_sold, DB_ARGS(db_i(row->variant_id)), &sold);
	if (rc < 0 || (sold != 0 && today - sold < dead))
		return rc;
	row->n[3] = sold != 0 ? day_start(sold) : 0;
	row->n[4] = today - (sold != 0 ? sold : came);
	row->key = row->n[m->r->money ? 1 : 0];
	return 1;
}

int
report_dead(struct making *m)
{
	return making_goods(m, sql_here, 1, take_dead);
}

/* --- from receipt to shelf --- */

#define WAITS \
	"SELECT v.id, sl.slip_no, v.sku_code, v.name, w.name, p.qty, p.rest," \
	" p.at, p.done_at FROM put_wait p JOIN stock_slip sl" \
	" ON sl.id = p.slip_id JOIN variant v ON v.id = p.variant_id" \
	" JOIN warehouse w ON w.id = p.warehouse_id" \
	" WHERE ($1 = 0 OR p.warehouse_id = $1)"
static const char sql_done[] =
    WAITS " AND p.done_at >= $2 AND p.done_at < $3 AND p.done_at > 0";
static const char sql_waiting[] = WAITS " AND p.rest > 0 AND p.at < $2"
					" ORDER BY p.id /*scan*/ /*sort*/";

static int
read_waits(struct making *m, const char *sql, const struct db_val *args,
    size_t nargs, int64_t late)
{
	struct arena *a = &m->r->arena;
	struct stock_report_row *row;
	int64_t now = time_now(), took;
	struct db_rows *rows;
	int rc, i;

	if ((rc = db_query(m->s->db, sql, args, nargs, &rows)) < 0)
		return rc;
	while ((rc = db_next(rows)) > 0) {
		row = making_add(m);
		row->variant_id = db_int(rows, 0);
		row->text[0] = row_text(rows, 1, a);
		row->sku_code = row_text(rows, 2, a);
		row->name = row_text(rows, 3, a);
		row->warehouse = row_text(rows, 4, a);
		for (i = 0; i < 4; i++)
			row->n[i] = db_int(rows, 5 + i);
		took = (row->n[3] != 0 ? row->n[3] : now) - row->n[2];
		row->n[4] = took / 3600;
		row->n[5] = took > late * 3600;
		/* What still waits on top, then what took longest. */
		row->key = took + (row->n[1] > 0 ? now : 0);
	}
	db_done(rows);
	return rc;
}

static int
compare_times(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

/* The one that so many percent do not exceed; in hours. */
static void
tell_time(struct making *m, const char *name, const char *label,
    const int64_t *took, size_t n, size_t percent)
{
	int64_t t = n > 0 ? took[(n * percent + 99) / 100 - 1] : 0;

	if (n > 0)
		making_fact(m, name, label,
		    arena_printf(&m->r->arena, "%" PRId64 ".%" PRId64, t / 3600,
			t % 3600 / 360));
	else
		making_fact(m, name, label, "");
}

static void
tell_count(struct making *m, const char *name, const char *label, int64_t n)
{
	making_fact(m, name, label, arena_printf(&m->r->arena, "%" PRId64, n));
}

static void
tell_shelf(struct making *m, int64_t late)
{
	const struct stock_report_row *rows = m->r->rows;
	int64_t *took =
	    arena_alloc(&m->r->arena, (m->r->n + 1) * sizeof(*took));
	int64_t in_time = 0, too_late = 0, waiting = 0, overdue = 0;
	size_t i, n = 0;

	for (i = 0; i < m->r->n; i++) {
		if (rows[i].n[1] > 0) {
			*(rows[i].n[5] != 0 ? &overdue : &waiting) += 1;
			continue;
		}
		took[n++] = rows[i].n[3] - rows[i].n[2];
		*(rows[i].n[5] != 0 ? &too_late : &in_time) += 1;
	}
	if (n > 1)
		qsort(took, n, sizeof(*took), compare_times);
	tell_count(m, "put_away", _("Put away"), (int64_t)n);
	tell_time(m, "median_h", _("Median (h)"), took, n, 50);
	tell_time(m, "percentile_90_h", _("90 % within (h)"), took, n, 90);
	tell_count(m, "allowed_h", _("Allowed (h)"), late);
	tell_count(m, "waiting", _("Not put away yet"), waiting + overdue);
	tell_count(m, "late", _("Late"), too_late);
	making_bar(m, _("In time"), in_time);
	making_bar(m, _("Late"), too_late);
	making_bar(m, _("Waiting"), waiting);
	making_bar(m, _("Waiting too long"), overdue);
	m->r->money = false;
}

int
report_shelf(struct making *m)
{
	int64_t late, end = day_start(m->ask->to + 1);
	int64_t warehouse_id = m->ask->warehouse_id;
	int rc;

	if ((rc = setting_int(m->s, SETTING_PUT_AWAY_H, &late)) < 0 ||
	    (rc = read_waits(m, sql_done,
		 DB_ARGS(db_i(warehouse_id), db_i(day_start(m->ask->from)),
		     db_i(end)),
		 late)) < 0 ||
	    (rc = read_waits(m, sql_waiting,
		 DB_ARGS(db_i(warehouse_id), db_i(end)), late)) < 0)
		return rc;
	tell_shelf(m, late);
	return 0;
}
