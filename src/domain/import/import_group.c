/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"

#include "import_line.h"
#include "import_priv.h"

/*
 * The rows of item files, and of those that have orders with their lines. Those
 * of one order that stand together are a group, which is compared with the
 * order and the lines that it has.
 */

#define GROUP_MAX 1000                   /* lines of one order */
#define LINE_MOST INT64_C(1000000000000) /* what one comes to, in fen */

/* Columns in which a group may know more of its order than an order file. */
#define ORDER_FACTS \
	(BIT(F_NICK) | BIT(F_RECEIVER) | BIT(F_BUYER_NOTE) | BIT(F_MEMO) | \
	    BIT(F_PAYMENT_NO) | BIT(F_WAYBILL) | BIT(F_COURIER) | \
	    BIT(F_SHIPPED_AT) | BIT(F_SHIP_BY))

/* Of a file that has whole orders: what its rows say of this one. Else 0. */
static int64_t
group_hash(const struct lines *g)
{
	return file_is_whole(g->sum.file) ? (int64_t)(g->hash | 1) : 0;
}

/* Are these the rows that it was made of last time? */
static bool
group_seen(const struct lines *g)
{
	return g->known && !g->order.fresh && file_is_whole(g->sum.file) &&
	       g->order.source_hash == group_hash(g) && !g->bad &&
	       !g->refused && g->n > 0;
}

static bool
says_more(const struct lines *g)
{
	const struct platform *p = g->sum.file->layout->platform;

	if ((g->sum.has & BIT(F_STATE)) && g->sum.n[F_STATE] > g->order.state)
		return true;
	return (g->sum.has & ORDER_FACTS & ~p->order_has) != 0 ||
	       !p->have_orders;
}

/* 0 where the rows do not say which. */
static int64_t
named_shop(const struct lines *g)
{
	return g->sum.f[F_SHOP].n > 0 ? g->shop : 0;
}

static int
group_order(struct job *j)
{
	struct lines *g = j->lines;
	int64_t hash = group_hash(g);

	if (!g->known) {
		if (!(g->sum.has & BIT(F_STATE))) {
			g->sum.n[F_STATE] = ORDER_PAID;
			g->sum.has |= BIT(F_STATE);
		}
		if (!(g->sum.has & BIT(F_CREATED_AT)))
			g->sum.n[F_CREATED_AT] = g->sum.n[F_PAID_AT];
		g->order = (struct imp_order){ .shop_id = g->shop };
		order_values(j, &g->sum);
		return order_create(j, &g->sum, hash, &g->order);
	}
	if (hash == 0 && !says_more(g))
		return 0;
	order_values(j, &g->sum);
	return order_update(j, &g->order, &g->sum, hash, named_shop(g));
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
	if (g->planned) {
		(void)sift_differs(j);
		return sift_decide(j, g->sum.file);
	}
	if (group_seen(g)) {
		order_mark(j, &g->order, MARK_UNCHANGED);
		return sift_decide(j, g->sum.file);
	}
	if (g->refused || g->bad || !g->known || g->n == 0)
		(void)sift_differs(j);
	if (!g->known && g->n > 0)
		rc = sift_customer(j, &g->sum);
	else if (!j->differs)
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
	if (g->n > 0)
		group_sums(g);
	if (j->sift)
		return group_sift(j);
	if (group_seen(g)) {
		order_mark(j, &g->order, MARK_UNCHANGED);
		return 0;
	}
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
	g->planned = false;
	g->order = (struct imp_order){ 0 };
	g->shop = 0;
	g->hash = 0;
	g->total = g->paid = g->refund = 0;
}

/* An order of which there are only items yet. */
static bool
may_make_order(const struct imp_row *row)
{
	return (row->has & BIT(F_STATE)) || row->file->layout->state != 0;
}

static int
group_begin(struct job *j, const struct imp_row *row)
{
	bool have_orders = row->file->layout->platform->have_orders;
	struct lines *g = j->lines;
	struct slice no = row->f[F_ORDER_NO];
	int64_t *line, shop;
	int rc;

	forget_group(g);
	g->open = true;
	row_bind(&g->sum, row->file);
	g->sum.platform = row->platform;
	g->sum.nick_platform = row->nick_platform;
	g->sum.on = row->on;
	g->sum.f[F_ORDER_NO] = (struct slice){
		.s = arena_strndup(&g->arena, no.s, no.n),
		.n = no.n,
	};
	/* What is known of it is looked at when it is merged. */
	if (j->sift && plan_has(j->plan, no)) {
		g->planned = true;
		return 0;
	}
	if ((line = map_get(&j->refused, no.s, no.n)) != NULL) {
		g->refused = true;
		g->refused_line = *line;
		return 0;
	}
	if ((rc = row_shop(j, row, &shop)) < 0 ||
	    (rc = order_seek(
		 j, row->platform, no, shop, &g->order, &g->known)) < 0)
		return rc;
	if (g->known) {
		g->shop = g->order.shop_id;
		return 0;
	}
	if (!file_is_whole(row->file) &&
	    (have_orders || !may_make_order(row))) {
		g->refused = true;
		g->refused_line = 0;
		return 0;
	}
	return shop_of(j, row, &g->shop);
}

static int
group_add(struct job *j, const struct imp_row *row)
{
	struct lines *g = j->lines;
	struct line *l;
	int rc;

	if (g->n == GROUP_MAX) {
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("An order has at most %d lines"), GROUP_MAX);
		g->bad = true;
		return 0;
	}
	if (!file_is_whole(row->file))
		group_facts(g, row);
	l = line_add(&g->v, &g->n, &g->cap);
	if ((rc = listing_find(j, row, g->shop, &l->listing)) < 0)
		return rc;
	l->sub_order_no = group_keep(g, row->f[F_SUB_ORDER_NO]);
	line_amounts(g, row, l);
	return 0;
}

static void
refuse_orphan(struct job *j, const struct imp_row *row)
{
	if (j->lines->refused_line != 0 && file_is_whole(row->file))
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("Its order was refused (line %lld)"),
		    (long long)j->lines->refused_line);
	else if (j->lines->refused_line != 0)
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("Its order was refused (line %lld of the order file)"),
		    (long long)j->lines->refused_line);
	else
		reject(j, row->file, row->raw, F_ORDER_NO,
		    _("Its order is neither in these files nor in the shop; "
		      "import it together with the order file"));
}

static void
refuse_line(struct job *j, const struct imp_row *row, enum imp_field field,
    const char *text)
{
	reject(j, row->file, row->raw, field, "%s", text);
	j->lines->bad = true;
}

static bool
says_item(const struct imp_row *row)
{
	return row->f[F_TITLE].n + row->f[F_ATTRS].n + row->f[F_SKU].n +
		   row->f[F_SKU2].n >
	       0;
}

/* What was bought, of a row that has an order. */
static int
item_line(struct job *j, const struct imp_row *row)
{
	if (!says_item(row)) {
		if (row->file->layout->shape != SHAPE_SUMMARY)
			refuse_line(j, row, F_TITLE,
			    _("The row does not say what was bought"));
		return 0;
	}
	if (row->n[F_QTY] == 0) {
		refuse_line(j, row, F_QTY, _("This is empty"));
		return 0;
	}
	if (row->n[F_PRICE] > LINE_MOST / (row->n[F_QTY] + 1)) {
		refuse_line(j, row, F_PRICE,
		    _("Price and quantity make no sum that can be true"));
		return 0;
	}
	return group_add(j, row);
}

/* Said in the first row of an order alone, where it must be. */
static bool
first_is_whole(struct job *j, const struct imp_row *row)
{
	const struct layout *l = row->file->layout;
	uint64_t must = BIT(F_CREATED_AT) | BIT(F_STATE);

	return (l->shape != SHAPE_FILL && l->shape != SHAPE_SUMMARY) ||
	       row_needs(j, row, must);
}

/* A row of another order than the one before? */
static int
group_turn(struct job *j, const struct imp_row *row, bool *fine)
{
	struct lines *g = j->lines;
	struct slice no = row->f[F_ORDER_NO], now = g->sum.f[F_ORDER_NO];
	bool needs = file_is_whole(row->file);
	int rc;

	if (g->open && slice_same(no, now.s, now.n))
		return 0;
	if ((rc = group_end(j)) < 0 || (rc = group_begin(j, row)) < 0)
		return rc;
	if (*fine)
		*fine = first_is_whole(j, row);
	/* Without what its first row says the others are nothing. */
	if (needs && !*fine && row->file->layout->shape != SHAPE_ROWS) {
		g->refused = true;
		g->refused_line = row->raw->line;
	}
	return 0;
}

static int
item_row(struct job *j, const struct imp_row *row, bool fine)
{
	struct lines *g = j->lines;
	int rc;

	if (row->f[F_ORDER_NO].n == 0)
		return 0;
	if ((rc = group_turn(j, row, &fine)) < 0)
		return rc;
	if (g->planned)
		return 0;
	if (!fine) {
		g->bad = true;
		return 0;
	}
	if (g->refused) {
		refuse_orphan(j, row);
		return 0;
	}
	if (file_is_whole(row->file)) {
		g->hash =
		    cells_hash(row, g->hash * 31 + (uint64_t)row_hash(row));
		whole_facts(g, row);
	}
	return row->file->layout->shape == SHAPE_CELLS
		   ? each_cell(j, row, item_line)
		   : item_line(j, row);
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

#define END_CELLS 3 /* there are no more in such a row */

/* "4,record(s) downloaded": behind the last row. @words have ; between. */
static bool
is_end(const char *words, const struct sheet_row *raw)
{
	size_t i, n, said = 0;

	for (i = 0; i < raw->n; i++)
		said += raw->lens[i] > 0;
	if (said > END_CELLS)
		return false;
	for (; *words != '\0'; words += n + (words[n] == ';')) {
		n = strcspn(words, ";");
		for (i = 0; i < raw->n; i++)
			if (memmem(raw->fields[i], raw->lens[i], words, n) !=
			    NULL)
				return true;
	}
	return false;
}

/* Nothing but empty cells, or behind the end. */
static bool
is_no_row(const struct imp_file *f, const struct sheet_row *raw, bool *ended)
{
	size_t i;

	if (!*ended && f->layout->end != NULL)
		*ended = is_end(f->layout->end, raw);
	for (i = 0; i < raw->n; i++)
		if (raw->lens[i] > 0)
			return *ended;
	return raw->bad == NULL;
}

/* What is empty in a row goes on from the one above. */
static void
fill_number(struct job *j, struct imp_row *row)
{
	struct lines *g = j->lines;

	if (row->file->layout->shape != SHAPE_FILL || !g->open ||
	    row->f[F_ORDER_NO].n > 0)
		return;
	row->f[F_ORDER_NO] = g->sum.f[F_ORDER_NO];
	row->has |= BIT(F_ORDER_NO);
}

int
items_file(struct job *j, struct imp_file *f)
{
	struct sheet_row raw;
	struct imp_row row;
	bool fine, ended = false;
	int rc;

	forget_group(j->lines);
	row_bind(&row, f);
	while ((rc = job_next(j, f, &raw)) > 0) {
		if (file_is_whole(f) && is_no_row(f, &raw, &ended))
			continue;
		arena_reset(&j->scratch);
		fine = row_read(j, &row, &raw);
		fill_number(j, &row);
		rc = item_row(j, &row, fine);
		if (rc == 0 && j->sift)
			rc = item_put_aside(j, &row);
		if (rc < 0)
			break;
	}
	return rc < 0 ? rc : group_end(j);
}
