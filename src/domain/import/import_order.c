/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/db/bulk.h"

#include "import_priv.h"

/* The rows of order files: new orders. Known ones: import_update.c. */

struct orders_out {
	struct bulk *bulk; /* when loading */
	int64_t last_id;
	int64_t bare; /* new ones that have no lines yet */
};

#define ORDER_COLUMNS \
	"shop_id, order_no, source_hash, state, created_at, paid_at," \
	" shipped_at, finished_at, receiver_id, total, postage, paid, refund," \
	" settled, goods, buyer_note, memo, payment_no, waybill_no," \
	" courier_id, close_reason, batch_id, flag, promised_at"
#define NORDER_COLUMNS 24
#define REFUSED_MAX    100000u /* numbers that are remembered */

struct orders_out *
orders_new(struct job *j)
{
	struct orders_out *o = xcalloc(1, sizeof(*o));

	if (j->load)
		o->bulk =
		    bulk_new(j->txn, "orders", ORDER_COLUMNS, NORDER_COLUMNS);
	return o;
}

void
orders_free(struct orders_out *o)
{
	if (o == NULL)
		return;
	bulk_free(o->bulk);
	free(o);
}

int
orders_flush(struct job *j)
{
	int rc;

	if (!j->load)
		return 0;
	rc = dict_flush(j);
	return rc < 0 ? rc : bulk_flush(j->orders->bulk);
}

int64_t
row_hash(const struct imp_row *row)
{
	const struct imp_file *f = row->file;
	uint64_t h = hash_bytes(&f->has, sizeof(f->has), f->layout->shape);
	size_t i;

	for (i = 0; i < f->nmap; i++) {
		const struct slice *v = &row->f[f->map[i].field];

		h = hash_bytes(v->s, v->n, h);
	}
	return (int64_t)(h | 1);
}

/* "No:7600..." */
static struct slice
plain_waybill(struct slice v)
{
	if (v.n > 3 && strncasecmp(v.s, "No", 2) == 0 &&
	    (v.s[2] == ':' || (unsigned char)v.s[2] == 0xEF)) {
		size_t skip = v.s[2] == ':' ? 3 : 5;

		if (skip == 3 || (v.n > 5 && memcmp(v.s + 2, "：", 3) == 0)) {
			v.s += skip;
			v.n -= skip;
		}
		while (v.n > 0 && v.s[0] == ' ') {
			v.s++;
			v.n--;
		}
	}
	return v;
}

/* Values that follow from others, or stand for nothing. */
void
order_values(struct job *j, struct imp_row *row)
{
	const char *nothing = j->fmt.not_closed;

	if (!(row->has & BIT(F_TOTAL)) && (row->has & BIT(F_GOODS_TOTAL))) {
		row->n[F_TOTAL] = row->n[F_GOODS_TOTAL] + row->n[F_POSTAGE];
		row->has |= BIT(F_TOTAL);
	}
	if (row->f[F_MEMO].n == 0)
		row->f[F_MEMO] = row->f[F_MEMO2];
	row->f[F_WAYBILL] = plain_waybill(row->f[F_WAYBILL]);
	if (slice_same(row->f[F_CLOSE_REASON], nothing, strlen(nothing)))
		row->f[F_CLOSE_REASON].n = 0;
	/* Closed after payment is paid back in full: some files have no
	 * column for it. */
	if (!(row->has & BIT(F_REFUND)) && row->n[F_STATE] == ORDER_CLOSED &&
	    row->n[F_PAID_AT] != 0 && (row->has & BIT(F_PAID))) {
		row->n[F_REFUND] = row->n[F_PAID];
		row->has |= BIT(F_REFUND);
	}
}

/* Then its title in the order file says nothing new. */
static bool
lines_follow(const struct imp_file *f)
{
	return !file_is_orders(f) || f->layout->platform->have_items;
}

static const char sql_order_add[] =
    "INSERT INTO orders (" ORDER_COLUMNS ") VALUES ($1, $2, $3, $4, $5, $6,"
    " $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21,"
    " $22, $23, $24)";

static int
order_insert(struct job *j, struct imp_row *row, int64_t hash, int64_t receiver,
    struct imp_order *o)
{
	int64_t courier;
	int rc;

	if ((rc = courier_known(j, row->f[F_COURIER], &courier)) < 0)
		return rc;
	const struct db_val vals[NORDER_COLUMNS] = { db_i(o->shop_id),
		slice_val(row->f[F_ORDER_NO]), db_i(hash), db_i(o->state),
		db_i(row->n[F_CREATED_AT]), db_i(row->n[F_PAID_AT]),
		db_i(row->n[F_SHIPPED_AT]), db_i(row->n[F_FINISHED_AT]),
		db_id(receiver), db_i(row->n[F_TOTAL]), db_i(row->n[F_POSTAGE]),
		db_i(row->n[F_PAID]), db_i(row->n[F_REFUND]),
		db_i(row->n[F_SETTLED]),
		lines_follow(row->file) ? db_id(0)
					: slice_null(row->f[F_TITLE]),
		slice_null(row->f[F_BUYER_NOTE]), slice_null(row->f[F_MEMO]),
		slice_null(row->f[F_PAYMENT_NO]), slice_null(row->f[F_WAYBILL]),
		db_id(courier), slice_null(row->f[F_CLOSE_REASON]),
		db_i(j->batch), db_i(row->n[F_FLAG]), db_i(row->n[F_SHIP_BY]) };

	if (!j->load)
		return db_insert(
		    j->txn, sql_order_add, vals, NORDER_COLUMNS, &o->id);
	/* What the database will give by itself: see orders_check(). */
	o->id = ++j->orders->last_id;
	return bulk_row(j->orders->bulk, vals);
}

int
order_create(
    struct job *j, struct imp_row *row, int64_t hash, struct imp_order *o)
{
	struct person_order count = { .created_at = row->n[F_CREATED_AT],
		.paid_at = row->n[F_PAID_AT],
		.net = row->n[F_PAID] - row->n[F_REFUND] };
	int64_t receiver, customer;
	struct imp_receiver r;
	int rc;

	if (sift_differs(j))
		return sift_customer(j, row);
	o->state = (int)row->n[F_STATE];
	o->source_hash = hash;
	o->fresh = true;
	j->orders->bare++;
	if ((rc = receiver_find(j, row, &receiver, &customer)) < 0 ||
	    (rc = order_insert(j, row, hash, receiver, o)) < 0)
		return rc;
	order_made(j, row->platform, row->f[F_ORDER_NO], o);
	figures_move(&j->figures, 0, 0, o->state, 0);
	figures_created(&j->figures, o->shop_id, count.created_at, 1);
	figures_paid(&j->figures, o->shop_id, count.paid_at, 1, row->n[F_PAID]);
	if (o->state == ORDER_PAID || o->state == ORDER_PART_SHIPPED) {
		order_touch(j, o->id, TOUCH_NEW | touch_said(row, o->state));
		skus_wish(j, o->id, row->f[F_NEW_SKU]);
		holds_said(j, row, o->id);
	}
	if (customer == 0)
		return 0;
	receiver_who(row, &r);
	count.name = r.name;
	count.phone = r.phone;
	return person_count(j, customer, 1, &count);
}

static int
order_row(struct job *j, struct imp_row *row)
{
	const struct platform *p = row->platform;
	struct imp_order o = { 0 };
	int64_t shop, hash = row_hash(row);
	bool found;
	int rc;

	if ((rc = row_shop(j, row, &shop)) < 0 ||
	    (rc = order_seek(j, p, row->f[F_ORDER_NO], shop, &o, &found)) < 0)
		return rc;
	sift_about(j, row->f[F_ORDER_NO], o.id);
	if (found && !o.fresh && o.source_hash == hash) {
		order_mark(j, &o, MARK_UNCHANGED);
		return 0;
	}
	order_values(j, row);
	if (found)
		return order_update(j, &o, row, hash, shop);
	if (shop == 0 && (rc = shop_of(j, row, &shop)) < 0)
		return rc;
	o.shop_id = shop;
	return order_create(j, row, hash, &o);
}

/* Its items are refused with it. */
static void
order_refused(struct job *j, const struct imp_row *row)
{
	struct slice no = row->f[F_ORDER_NO];
	bool fresh;

	(void)sift_differs(j);
	if (row->raw->bad != NULL) /* not even its number is known */
		return;
	sift_about(j, no, 0);
	if (no.n > 0 && lines_follow(row->file) && j->refused.n < REFUSED_MAX)
		*map_put(&j->refused, no.s, no.n, &fresh) = row->raw->line;
}

int
orders_file(struct job *j, struct imp_file *f)
{
	struct sheet_row raw;
	struct imp_row row;
	int rc;

	row_bind(&row, f);
	while ((rc = job_next(j, f, &raw)) > 0) {
		arena_reset(&j->scratch);
		rc = 0;
		if (j->sift)
			spool_hold(f->spool, &raw);
		if (row_read(j, &row, &raw))
			rc = order_row(j, &row);
		else
			order_refused(j, &row);
		if (rc == 0 && j->sift)
			rc = sift_decide(j, f);
		if (rc < 0)
			break;
	}
	return rc;
}

static const char sql_last[] =
    "SELECT coalesce((SELECT max(id) FROM orders), 0)"
    " + coalesce((SELECT max(id) FROM receiver), 0)";

/* The ids that were taken for granted when loading are those that are. */
int
orders_check(struct job *j)
{
	int64_t n;
	int rc;

	if (!j->load)
		return 0;
	if ((rc = db_get1(j->s->db, sql_last, DB_NOARGS, &n)) < 0)
		return rc;
	if (n == j->orders->last_id + dict_last_receiver(j))
		return 0;
	return err_set(&j->s->err, ERR_DB, "",
	    _("The database does not number its rows from 1"));
}

static const char sql_goods[] = "UPDATE orders SET goods = $2 WHERE id = $1";

/* The same rows once more, not counted. */
static int
next_again(struct job *j, struct imp_file *f, struct sheet_row *row)
{
	return f->spool != NULL ? spool_next(f->spool, row, &j->s->err)
				: file_next(f, row);
}

static int
goods_file(struct job *j, struct imp_file *f)
{
	struct sheet_row raw;
	struct imp_row row;
	struct imp_order o;
	int64_t shop;
	bool found;
	int rc;

	row_bind(&row, f);
	if (f->spool != NULL)
		spool_rewind(f->spool);
	else if ((rc = sheet_rewind(f->sheet)) < 0)
		return rc;
	while ((rc = next_again(j, f, &raw)) > 0) {
		arena_reset(&j->scratch);
		if (!row_read(j, &row, &raw))
			continue;
		if ((rc = row_shop(j, &row, &shop)) < 0 ||
		    (rc = order_seek(j, row.platform, row.f[F_ORDER_NO], shop,
			 &o, &found)) < 0)
			break;
		if (!found || !o.fresh || order_has_lines(j, o.id) ||
		    row.f[F_TITLE].n == 0)
			continue;
		rc = db_exec(j->txn, sql_goods,
		    DB_ARGS(db_i(o.id), slice_val(row.f[F_TITLE])), NULL);
		if (rc < 0 || (rc = job_tick(j, 0)) < 0)
			break;
	}
	return rc;
}

/* A new order got its first lines. */
void
orders_lined(struct job *j)
{
	j->orders->bare--;
}

/*
 * When both files of a pair are there, orders are written without the file's
 * title, because their lines will follow. Those for which none came get it now.
 */
int
orders_goods(struct job *j)
{
	size_t i;
	int rc = 0;

	if (j->orders->bare == 0 || !j->have_items)
		return 0;
	j->quiet = true;
	for (i = 0; rc == 0 && i < j->im->nfiles; i++)
		if (file_is_orders(&j->im->files[i]))
			rc = goods_file(j, &j->im->files[i]);
	j->quiet = false;
	return rc;
}
