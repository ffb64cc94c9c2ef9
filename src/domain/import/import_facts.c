/* SPDX-License-Identifier: MIT */
#include "../orders/order_priv.h"
#include "import_line.h"
#include "import_priv.h"

/* What the rows of a group say of their order, and what its lines come to. */

struct slice
group_keep(struct lines *g, struct slice v)
{
	return (struct slice){
		.s = arena_strndup(&g->arena, v.s, v.n),
		.n = v.n,
	};
}

/* Lines of one order may be in different states. */
static int64_t
joint_state(int64_t a, int64_t b)
{
	int64_t low = a < b ? a : b, high = a < b ? b : a;

	if (low == high || high == ORDER_CLOSED)
		return low;
	if (low <= ORDER_PAID && high >= ORDER_SHIPPED)
		return ORDER_PART_SHIPPED;
	return low;
}

#define LINE_FIELDS \
	(BIT(F_ORDER_NO) | BIT(F_SUB_ORDER_NO) | BIT(F_TITLE) | BIT(F_ATTRS) | \
	    BIT(F_SKU) | BIT(F_NEW_SKU) | BIT(F_ITEM_NO) | \
	    BIT(F_REFUND_STATE) | BIT(F_PRICE) | BIT(F_QTY) | \
	    BIT(F_LINE_TOTAL) | BIT(F_LINE_PAID) | BIT(F_LINE_REFUND) | \
	    BIT(F_LINE_DISCOUNT) | BIT(F_ITEMS) | BIT(F_COST) | \
	    BIT(F_PRODUCT))
#define AMOUNTS \
	(BIT(F_TOTAL) | BIT(F_GOODS_TOTAL) | BIT(F_POSTAGE) | BIT(F_PAID) | \
	    BIT(F_REFUND) | BIT(F_SETTLED))

static void
join_state(struct imp_row *sum, const struct imp_row *row)
{
	if (!(row->has & BIT(F_STATE)))
		return;
	sum->n[F_STATE] = sum->has & BIT(F_STATE)
			      ? joint_state(sum->n[F_STATE], row->n[F_STATE])
			      : row->n[F_STATE];
	sum->has |= BIT(F_STATE);
}

/*
 * What the rows of a whole order say of it: the first that says something does.
 * Some repeat its amounts, and some say them once and then nothing, or 0.
 */
void
whole_facts(struct lines *g, const struct imp_row *row)
{
	struct imp_row *sum = &g->sum;
	uint64_t left = row->has & ~LINE_FIELDS & ~BIT(F_STATE);
	int i;

	join_state(sum, row);
	if (row->refund > sum->refund)
		sum->refund = row->refund;
	for (; left != 0; left &= left - 1) {
		i = __builtin_ctzll(left);
		if (BIT(i) & AMOUNTS) {
			if (row->n[i] > sum->n[i])
				sum->n[i] = row->n[i];
		} else if (!(sum->has & BIT(i))) {
			sum->n[i] = row->n[i];
			sum->f[i] = group_keep(g, row->f[i]);
		}
		sum->has |= BIT(i);
	}
	if (sum->f[F_MEMO2].n == 0 && row->f[F_MEMO2].n > 0)
		sum->f[F_MEMO2] = group_keep(g, row->f[F_MEMO2]);
}

/* Add up what the rows say of their order. */
void
group_facts(struct lines *g, const struct imp_row *row)
{
	static const enum imp_field texts[] = { F_NICK, F_RECEIVER, F_PHONE,
		F_TEL, F_ADDRESS, F_BUYER_NOTE, F_MEMO, F_PAYMENT_NO, F_WAYBILL,
		F_COURIER, F_SHOP, F_PROVINCE, F_CITY, F_DISTRICT, F_STREET,
		F_ADDRESS2, F_POSTCODE, F_COUNTRY };
	static const enum imp_field times[] = { F_CREATED_AT, F_PAID_AT,
		F_SHIPPED_AT, F_SHIP_BY };
	struct imp_row *sum = &g->sum;
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		struct slice v = row->f[texts[i]];

		if (v.n == 0 || sum->f[texts[i]].n != 0)
			continue;
		v.s = arena_strndup(&g->arena, v.s, v.n);
		sum->f[texts[i]] = v;
		sum->has |= BIT(texts[i]);
	}
	for (i = 0; i < sizeof(times) / sizeof(times[0]); i++) {
		if (!(row->has & ~sum->has & BIT(times[i])))
			continue;
		sum->n[times[i]] = row->n[times[i]];
		sum->has |= BIT(times[i]);
	}
	join_state(sum, row);
}

/* What one line comes to; a piece of it may not come to whole fen. */
void
line_amounts(struct lines *g, const struct imp_row *row, struct line *l)
{
	bool whole = file_is_whole(row->file);
	int64_t total;

	l->qty = row->n[F_QTY];
	l->price = row->n[F_PRICE];
	if (!(row->has & BIT(F_PRICE)) && whole)
		l->price = row->n[F_LINE_TOTAL] / l->qty;
	total = row->has & BIT(F_LINE_TOTAL) ? row->n[F_LINE_TOTAL]
					     : l->price * l->qty;
	l->paid = row->n[F_LINE_PAID];
	if (row->file->has & BIT(F_LINE_DISCOUNT))
		l->paid = total - row->n[F_LINE_DISCOUNT];
	l->total = total;
	l->refund_state = row->n[F_REFUND_STATE];
	l->refund = row->n[F_LINE_REFUND];
	l->cost = row->n[F_COST];
	g->total += total;
	g->paid += l->paid;
}

/* @all * @part / @whole; near to it where that is more than there is room for:
 * what is left over goes to the last line. */
static int64_t
share(int64_t all, int64_t part, int64_t whole)
{
	int64_t product;

	while (__builtin_mul_overflow(all, part, &product)) {
		part /= 2;
		whole /= 2;
	}
	return whole > 0 ? product / whole : 0;
}

/* What the order was paid is shared out over lines that do not say it. */
static void
share_paid(struct lines *g)
{
	int64_t all = g->sum.n[F_PAID] - g->sum.n[F_POSTAGE], left = all;
	size_t i;

	if (all <= 0 || g->total <= 0)
		return;
	for (i = 0; i < g->n; i++) {
		struct line *l = &g->v[i];

		l->paid = i + 1 < g->n ? share(all, l->total, g->total) : left;
		if (l->paid > left)
			l->paid = left;
		left -= l->paid;
	}
}

static void
whole_sums(struct lines *g)
{
	struct imp_row *sum = &g->sum;
	uint64_t has = sum->file->has;
	bool all_back;
	size_t i;

	if (!(has & (BIT(F_TOTAL) | BIT(F_GOODS_TOTAL)))) {
		sum->n[F_TOTAL] = g->total;
		if (!(has & BIT(F_LINE_TOTAL)))
			sum->n[F_TOTAL] += sum->n[F_POSTAGE];
		sum->has |= BIT(F_TOTAL);
	}
	if (!(has & BIT(F_PAID))) {
		sum->n[F_PAID] = g->paid;
		sum->has |= BIT(F_PAID);
	} else if (!(has & (BIT(F_LINE_PAID) | BIT(F_LINE_DISCOUNT) |
			       BIT(F_ITEMS)))) {
		share_paid(g);
	}
	/* The state says it of the order, in whichever row it stands. */
	all_back =
	    sum->refund == 2 && g->n > 0 &&
	    !(has & (BIT(F_REFUND) | BIT(F_REFUND_STATE) | BIT(F_LINE_REFUND)));
	if (all_back) {
		sum->n[F_REFUND] = sum->n[F_PAID];
		sum->has |= BIT(F_REFUND);
	}
	for (i = 0; i < g->n; i++) {
		struct line *l = &g->v[i];

		if (all_back)
			l->refund_state = 2;
		if (l->refund_state == 2 && !(has & BIT(F_LINE_REFUND)))
			l->refund = l->paid;
		if (l->refund_state == 2)
			g->refund += l->refund;
	}
	if (!(has & BIT(F_REFUND)) && !all_back && g->refund > 0) {
		sum->n[F_REFUND] = g->refund;
		sum->has |= BIT(F_REFUND);
	}
}

/* All rows of the order are there. */
void
group_sums(struct lines *g)
{
	size_t i;

	if (file_is_whole(g->sum.file)) {
		whole_sums(g);
		return;
	}
	for (i = 0; i < g->n; i++)
		if (g->v[i].refund_state == 2)
			g->refund += g->v[i].refund;
	g->sum.n[F_TOTAL] = g->total;
	g->sum.n[F_PAID] = g->paid;
	g->sum.n[F_REFUND] = g->refund;
	g->sum.has |= BIT(F_TOTAL) | BIT(F_PAID) | BIT(F_REFUND);
}
