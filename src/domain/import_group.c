/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "import_line.h"
#include "import_priv.h"

/*
 * The rows of item files. Those of one order that stand together are a group,
 * which is compared with the lines that the order has.
 */

#define GROUP_MAX 1000                   /* lines of one order */
#define LINE_MOST INT64_C(1000000000000) /* what one comes to, in fen */

/* Columns in which a group may know more of its order than an order file. */
#define ORDER_FACTS \
	(BIT(F_NICK) | BIT(F_RECEIVER) | BIT(F_BUYER_NOTE) | BIT(F_MEMO) | \
	    BIT(F_PAYMENT_NO) | BIT(F_WAYBILL) | BIT(F_COURIER) | \
	    BIT(F_SHIPPED_AT))

static bool
says_more(const struct job *j, const struct lines *g)
{
	if ((g->sum.has & BIT(F_STATE)) && g->sum.n[F_STATE] > g->order.state)
		return true;
	return (g->sum.has & ORDER_FACTS & ~j->order_has) != 0 ||
	       !j->have_orders;
}

static int
group_order(struct job *j)
{
	struct lines *g = j->lines;

	if (!g->known) {
		if (!(g->sum.has & BIT(F_STATE))) {
			g->sum.n[F_STATE] = ORDER_PAID;
			g->sum.has |= BIT(F_STATE);
		}
		if (!(g->sum.has & BIT(F_CREATED_AT)))
			g->sum.n[F_CREATED_AT] = g->sum.n[F_PAID_AT];
		g->order = (struct imp_order){ .shop_id = g->shop };
		order_values(j, &g->sum);
		return order_create(j, &g->sum, 0, &g->order);
	}
	if (!says_more(j, g))
		return 0;
	order_values(j, &g->sum);
	return order_update(j, &g->order, &g->sum, 0, 0);
}

/* Not older than what is known of the order? */
static bool
group_ahead(const struct lines *g)
{
	return !g->known || !(g->sum.has & BIT(F_STATE)) ||
	       g->sum.n[F_STATE] >= g->order.state;
}

/* Would the group change anything? */
static int
group_sift(struct job *j)
{
	struct lines *g = j->lines;
	bool ahead = group_ahead(g);
	int rc = 0;

	sift_about(j, g->sum.f[F_ORDER_NO], g->known ? g->order.id : 0);
	if (g->refused || g->bad || !g->known || g->n == 0)
		(void)sift_differs(j);
	if (!j->differs)
		rc = group_order(j);
	if (rc == 0 && !j->differs)
		rc = lines_merge(j, ahead);
	if (rc == 0 && !j->differs)
		order_mark(j, &g->order, MARK_UNCHANGED);
	return rc < 0 ? rc : sift_decide(j, g->sum.file);
}

static int
group_end(struct job *j)
{
	struct lines *g = j->lines;
	bool ahead;
	int rc;

	if (!g->open)
		return 0;
	g->open = false;
	if (j->sift)
		return group_sift(j);
	if (g->n == 0 && !g->bad)
		return 0;
	if (g->n == 0 && !g->known)
		return 0;
	ahead = group_ahead(g);
	if (g->n > 0 && (rc = group_order(j)) < 0)
		return rc;
	if (g->bad && (g->order.state == ORDER_PAID ||
			  g->order.state == ORDER_PART_SHIPPED))
		order_touch(j, g->order.id, TOUCH_BAD);
	if (g->n == 0)
		return 0;
	g->again = order_has_lines(j, g->order.id);
	order_note_lines(j, g->order.id);
	if (g->order.fresh && !g->again) {
		orders_lined(j);
		return lines_all_new(j);
	}
	rc = lines_merge(j, ahead);
	if (rc == 0)
		order_mark(j, &g->order, MARK_UNCHANGED);
	return rc;
}

static void
forget_group(struct lines *g)
{
	arena_reset(&g->arena);
	g->n = 0;
	g->open = g->known = g->refused = g->bad = g->again = false;
	g->order = (struct imp_order){ 0 };
	g->shop = 0;
}

static int
group_begin(struct job *j, const struct imp_row *row)
{
	struct lines *g = j->lines;
	struct slice no = row->f[F_ORDER_NO];
	int64_t *line, shop = 0;
	int rc;

	forget_group(g);
	g->open = true;
	row_bind(&g->sum, row->file);
	g->sum.f[F_ORDER_NO] = (struct slice){
		.s = arena_strndup(&g->arena, no.s, no.n),
		.n = no.n,
	};
	if ((line = map_get(&j->refused, no.s, no.n)) != NULL) {
		g->refused = true;
		g->refused_line = *line;
		return 0;
	}
	if (row->f[F_SHOP].n > 0 &&
	    (rc = shop_find(j, row->f[F_SHOP], &shop)) < 0)
		return rc;
	if ((rc = order_seek(j, no, shop, &g->order, &g->known)) < 0)
		return rc;
	if (g->known) {
		g->shop = g->order.shop_id;
		return 0;
	}
	if (j->have_orders ||
	    !((row->has & BIT(F_STATE)) || row->file->id == LAYOUT_DISPATCH)) {
		g->refused = true;
		g->refused_line = 0;
		return 0;
	}
	return shop_find(j, row->f[F_SHOP], &g->shop);
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

/* Add up what the rows say of their order. */
static void
group_facts(struct lines *g, const struct imp_row *row)
{
	static const enum imp_field texts[] = { F_NICK, F_RECEIVER, F_PHONE,
		F_TEL, F_ADDRESS, F_BUYER_NOTE, F_MEMO, F_PAYMENT_NO, F_WAYBILL,
		F_COURIER, F_SHOP };
	static const enum imp_field times[] = { F_CREATED_AT, F_PAID_AT,
		F_SHIPPED_AT };
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
	if (row->has & BIT(F_STATE)) {
		sum->n[F_STATE] =
		    sum->has & BIT(F_STATE)
			? joint_state(sum->n[F_STATE], row->n[F_STATE])
			: row->n[F_STATE];
		sum->has |= BIT(F_STATE);
	}
	sum->n[F_TOTAL] += row->has & BIT(F_LINE_TOTAL)
			       ? row->n[F_LINE_TOTAL]
			       : row->n[F_PRICE] * row->n[F_QTY];
	sum->n[F_PAID] += row->n[F_LINE_PAID];
	if (row->n[F_REFUND_STATE] == 2)
		sum->n[F_REFUND] += row->n[F_LINE_REFUND];
	sum->has |= BIT(F_TOTAL) | BIT(F_PAID) | BIT(F_REFUND);
}

static int
group_add(struct job *j, const struct imp_row *row)
{
	struct lines *g = j->lines;
	struct slice sub = row->f[F_SUB_ORDER_NO];
	struct line *l;
	int rc;

	if (g->n == GROUP_MAX) {
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("An order has at most %d lines"), GROUP_MAX);
		g->bad = true;
		return 0;
	}
	group_facts(g, row);
	l = line_add(&g->v, &g->n, &g->cap);
	if ((rc = listing_find(j, row, g->shop, &l->listing)) < 0)
		return rc;
	l->sub_order_no = (struct slice){
		.s = arena_strndup(&g->arena, sub.s, sub.n),
		.n = sub.n,
	};
	l->qty = row->n[F_QTY];
	l->price = row->n[F_PRICE];
	l->paid = row->n[F_LINE_PAID];
	l->refund_state = row->n[F_REFUND_STATE];
	l->refund = row->n[F_LINE_REFUND];
	return 0;
}

static void
refuse_orphan(struct job *j, const struct imp_row *row)
{
	if (j->lines->refused_line != 0)
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("Its order was refused (line %lld of the order file)"),
		    (long long)j->lines->refused_line);
	else
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("Its order is neither in these files nor in the shop; "
		      "import it together with the order file"));
}

static int
item_row(struct job *j, const struct imp_row *row, bool fine)
{
	struct lines *g = j->lines;
	struct slice no = row->f[F_ORDER_NO], now = g->sum.f[F_ORDER_NO];
	int rc;

	if (no.n == 0)
		return 0;
	if (!g->open || !slice_same(no, now.s, now.n)) {
		if ((rc = group_end(j)) < 0 || (rc = group_begin(j, row)) < 0)
			return rc;
	}
	if (!fine) {
		g->bad = true;
		return 0;
	}
	if (g->refused) {
		refuse_orphan(j, row);
		return 0;
	}
	if (row->f[F_TITLE].n == 0 && row->f[F_ATTRS].n == 0 &&
	    row->f[F_SKU].n == 0 && row->f[F_SKU2].n == 0) {
		reject(j, row->file, row->raw, F_TITLE,
		    _("The row does not say what was bought"));
		g->bad = true;
		return 0;
	}
	if (row->n[F_PRICE] > LINE_MOST / (row->n[F_QTY] + 1)) {
		reject(j, row->file, row->raw, F_PRICE,
		    _("Price and quantity make no sum that can be true"));
		g->bad = true;
		return 0;
	}
	return group_add(j, row);
}

/* A row without a number belongs to no group. */
static int
item_put_aside(struct job *j, const struct imp_row *row)
{
	struct imp_file *f = row->file;

	if (row->f[F_ORDER_NO].n > 0) {
		spool_hold(f->spool, row->raw);
		return 0;
	}
	if (j->lines->open)
		j->lines->bad = true;
	else
		(void)sift_differs(j);
	spool_hold(f->spool, row->raw);
	return j->lines->open ? 0 : sift_decide(j, f);
}

int
items_file(struct job *j, struct imp_file *f)
{
	struct sheet_row raw;
	struct imp_row row;
	bool fine;
	int rc;

	forget_group(j->lines);
	row_bind(&row, f);
	while ((rc = job_next(j, f, &raw)) > 0) {
		arena_reset(&j->scratch);
		fine = row_read(j, &row, &raw);
		rc = item_row(j, &row, fine);
		if (rc == 0 && j->sift)
			rc = item_put_aside(j, &row);
		if (rc < 0)
			break;
	}
	return rc < 0 ? rc : group_end(j);
}
