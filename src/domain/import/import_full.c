/* SPDX-License-Identifier: MIT */
#include "shopmgr/db/query.h"

#include "import_full.h"

/* An order that is there, whole: read, written back, and its kept figures. */

static const char sql_full[] =
    "SELECT o.shop_id, o.source_hash, o.state, o.receiver_id, o.courier_id,"
    " o.created_at, o.paid_at, o.shipped_at, o.finished_at,"
    " o.promised_at, o.total, o.postage, o.paid, o.refund, o.settled, o.buyer_note, o.memo,"
    " o.payment_no, o.waybill_no, o.close_reason, r.customer_id, r.name,"
    " r.phone, r.province, r.city, r.district, r.address,"
    " CASE WHEN EXISTS (SELECT 1 FROM parcel_line p WHERE p.order_id = o.id)"
    " THEN 1 ELSE 0 END, o.held, o.told, o.flag"
    " FROM orders o LEFT JOIN receiver r ON r.id = o.receiver_id"
    " WHERE o.id = $1";

static struct slice
column(const struct db_rows *rows, int col, struct arena *arena)
{
	const char *text = db_text(rows, col);
	size_t n = text != NULL ? db_len(rows, col) : 0;

	return (struct slice){
		.s = n != 0 ? arena_strndup(arena, text, n) : "",
		.n = n,
	};
}

int
full_read(struct job *j, int64_t id, struct full *f)
{
	struct arena *a = &j->scratch;
	struct db_rows *rows;
	int i, rc;

	rc = db_query(j->s->db, sql_full, DB_ARGS(db_i(id)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0) {
		f->shop_id = db_int(rows, 0);
		f->hash = db_int(rows, 1);
		f->state = (int)db_int(rows, 2);
		f->receiver = db_int(rows, 3);
		f->courier = db_int(rows, 4);
		for (i = 0; i < O_TIMES; i++)
			f->time[i] = db_int(rows, 5 + i);
		for (i = 0; i < O_AMOUNTS; i++)
			f->amount[i] = db_int(rows, 10 + i);
		for (i = 0; i < O_TEXTS; i++)
			f->text[i] = column(rows, 15 + i, a);
		f->customer = db_int(rows, 20);
		f->r = (struct imp_receiver){ .name = column(rows, 21, a),
			.phone = column(rows, 22, a),
			.province = column(rows, 23, a),
			.city = column(rows, 24, a),
			.district = column(rows, 25, a),
			.address = column(rows, 26, a) };
		f->ours = db_int(rows, 27) != 0;
		f->held = db_int(rows, 28);
		f->told = column(rows, 29, a);
		f->flag = db_int(rows, 30);
	}
	db_done(rows);
	return rc < 0 ? rc : 0;
}

static void
set(struct query *q, const char *to, struct db_val v)
{
	query_add_lit(q, to);
	query_add_val(q, v);
}

/*
 * Columns that are in an index, or refer to something, are written only when
 * they change: else each index would be, and each reference looked for.
 */
static void
set_linked(struct query *q, const struct full *was, const struct full *is)
{
	if (was->shop_id != is->shop_id)
		set(q, ", shop_id = ", db_i(is->shop_id));
	if (was->receiver != is->receiver)
		set(q, ", receiver_id = ", db_id(is->receiver));
	if (was->courier != is->courier)
		set(q, ", courier_id = ", db_id(is->courier));
	if (was->time[O_CREATED] != is->time[O_CREATED])
		set(q, ", created_at = ", db_i(is->time[O_CREATED]));
	if (!slices_same(was->text[O_WAYBILL], is->text[O_WAYBILL]))
		set(q, ", waybill_no = ", slice_null(is->text[O_WAYBILL]));
	if (was->state != is->state || was->held != is->held) {
		set(q, ", state = ", db_i(is->state));
		set(q, ", held = ", db_i(is->held));
	}
}

int
full_write(
    struct job *j, int64_t id, const struct full *was, const struct full *is)
{
	struct query q = QUERY("UPDATE orders SET version = version + 1");

	set(&q, ", source_hash = ", db_i(is->hash));
	set(&q, ", paid_at = ", db_i(is->time[O_PAID_AT]));
	set(&q, ", shipped_at = ", db_i(is->time[O_SHIPPED]));
	set(&q, ", finished_at = ", db_i(is->time[O_FINISHED]));
	set(&q, ", total = ", db_i(is->amount[O_TOTAL]));
	set(&q, ", postage = ", db_i(is->amount[O_POSTAGE]));
	set(&q, ", paid = ", db_i(is->amount[O_PAID]));
	set(&q, ", refund = ", db_i(is->amount[O_REFUND]));
	set(&q, ", settled = ", db_i(is->amount[O_SETTLED]));
	set(&q, ", buyer_note = ", slice_null(is->text[O_BUYER_NOTE]));
	set(&q, ", memo = ", slice_null(is->text[O_MEMO]));
	set(&q, ", payment_no = ", slice_null(is->text[O_PAYMENT]));
	set(&q, ", close_reason = ", slice_null(is->text[O_REASON]));
	if (!slices_same(was->told, is->told))
		set(&q, ", told = ", slice_null(is->told));
	if (was->time[O_PROMISED] != is->time[O_PROMISED])
		set(&q, ", promised_at = ", db_i(is->time[O_PROMISED]));
	if (was->flag != is->flag)
		set(&q, ", flag = ", db_i(is->flag));
	set_linked(&q, was, is);
	set(&q, " WHERE id = ", db_i(id));
	return db_exec(j->txn, q.sql, q.args, q.nargs, NULL);
}

static void
count_days(struct job *j, const struct full *f, int n)
{
	figures_created(&j->figures, f->shop_id, f->time[O_CREATED], n);
	figures_paid(&j->figures, f->shop_id, f->time[O_PAID_AT], n,
	    n * f->amount[O_PAID]);
}

static int
count_person(struct job *j, const struct full *f, int n)
{
	struct person_order o = { .created_at = f->time[O_CREATED],
		.paid_at = f->time[O_PAID_AT],
		.net = f->amount[O_PAID] - f->amount[O_REFUND],
		.name = f->r.name,
		.phone = f->r.phone };

	return person_count(j, f->customer, n, &o);
}

/* Nothing of it is kept with the customer. */
static bool
same_to_person(const struct full *a, const struct full *b)
{
	return a->customer == b->customer &&
	       (b->r.name.n == 0 || slices_same(a->r.name, b->r.name)) &&
	       (b->r.phone.n == 0 || slices_same(a->r.phone, b->r.phone)) &&
	       a->time[O_CREATED] == b->time[O_CREATED] &&
	       (a->time[O_PAID_AT] != 0) == (b->time[O_PAID_AT] != 0) &&
	       a->amount[O_PAID] - a->amount[O_REFUND] ==
		   b->amount[O_PAID] - b->amount[O_REFUND];
}

int
full_recount(struct job *j, const struct full *was, const struct full *is)
{
	int rc;

	if (was->state != is->state || was->held != is->held)
		figures_move(
		    &j->figures, was->state, was->held, is->state, is->held);
	count_days(j, was, -1);
	count_days(j, is, 1);
	if (same_to_person(was, is))
		return 0;
	rc = count_person(j, was, -1);
	return rc < 0 ? rc : count_person(j, is, 1);
}
