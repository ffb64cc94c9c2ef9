/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"

#include "import_full.h"
#include "import_line.h"

/*
 * What an import changes in an order that is there: a note for each kind of
 * thing, with what it was and is, and an image of what it was.
 */

static const char *const time_names[O_TIMES] = { "created", "paid_at",
	"shipped", "finished", "promised" };
static const char *const amount_names[O_AMOUNTS] = { "total", "postage", "paid",
	"refund", "settled" };
static const char *const text_names[O_TEXTS] = { "buyer_note", "memo",
	"payment_no", "waybill", "reason" };

struct noting {
	struct job *j;
	int64_t id;
	const struct full *was, *is;
	struct str before, after, image;
	bool hash; /* its old hash is in an image already */
};

static bool
to_ship(int state)
{
	return state == ORDER_PAID || state == ORDER_PART_SHIPPED;
}

static void
begin(struct noting *n)
{
	str_cut(&n->before, 0);
	str_cut(&n->after, 0);
	str_cut(&n->image, 0);
}

static int
end(struct noting *n, const char *what, bool urgent)
{
	struct noted noted = { .kind = "order",
		.subject = n->id,
		.what = what,
		.before = n->before.s,
		.after = n->after.s,
		.urgent = urgent };

	if (n->image.len == 0)
		return 0;
	if (!n->hash && n->was->hash != n->is->hash)
		image_int(&n->image, "hash", n->was->hash);
	n->hash = true;
	noted.image = n->image.s;
	return change_note(n->j, &noted);
}

static void
add_text(struct str *out, struct slice v)
{
	if (v.n > 0 && out->len > 0)
		str_addc(out, ' ');
	str_addn(out, v.s, v.n);
}

static bool
text_changed(struct noting *n, int i)
{
	struct slice was = n->was->text[i], is = n->is->text[i];

	if (slice_same(was, is.s, is.n))
		return false;
	image_text(&n->image, text_names[i], was);
	add_text(&n->before, was);
	add_text(&n->after, is);
	return true;
}

static void
times(struct noting *n, int from, int to, bool told)
{
	char buf[TIME_SIZE];
	int i;

	for (i = from; i <= to; i++) {
		if (n->was->time[i] == n->is->time[i])
			continue;
		image_int(&n->image, time_names[i], n->was->time[i]);
		if (!told)
			continue;
		if (n->was->time[i] != 0)
			add_text(&n->before,
			    slice_of(time_full(n->was->time[i], buf)));
		add_text(&n->after, slice_of(time_full(n->is->time[i], buf)));
	}
}

/* With a state come its times. */
static int
note_state(struct noting *n)
{
	bool moved = n->was->state != n->is->state;

	begin(n);
	if (moved) {
		image_int(&n->image, "state", n->was->state);
		add_text(&n->before, slice_of(order_state_name(n->was->state)));
		add_text(&n->after, slice_of(order_state_name(n->is->state)));
	}
	times(n, 0, O_FINISHED, !moved);
	return end(n, moved ? "state" : "times", false);
}

static int
note_promise(struct noting *n)
{
	begin(n);
	times(n, O_PROMISED, O_PROMISED, true);
	return end(n, "ship_by", false);
}

static int
note_flag(struct noting *n)
{
	begin(n);
	if (n->was->flag != n->is->flag) {
		image_int(&n->image, "flag", n->was->flag);
		str_addf(&n->before, "%" PRId64, n->was->flag);
		str_addf(&n->after, "%" PRId64, n->is->flag);
	}
	return end(n, "flag", false);
}

static int
note_amount(struct noting *n, int from, int to, const char *what, bool urgent)
{
	char buf[MONEY_SIZE];
	int i;

	begin(n);
	for (i = from; i <= to; i++) {
		if (n->was->amount[i] == n->is->amount[i] ||
		    (i == O_REFUND && from != O_REFUND))
			continue;
		image_int(&n->image, amount_names[i], n->was->amount[i]);
		add_text(
		    &n->before, slice_of(money_plain(n->was->amount[i], buf)));
		add_text(
		    &n->after, slice_of(money_plain(n->is->amount[i], buf)));
	}
	return end(n, what, urgent);
}

static void
add_receiver(struct str *out, const struct imp_receiver *r)
{
	add_text(out, r->name);
	add_text(out, r->phone);
	add_text(out, r->province);
	add_text(out, r->city);
	add_text(out, r->district);
	add_text(out, r->address);
}

/* The platform has another address where ours was changed here. */
static bool
same_told(const struct noting *n)
{
	return slice_same(n->was->told, n->is->told.s, n->is->told.n);
}

static void
add_told(struct str *out, struct slice told)
{
	const char *end;

	while (told.n > 0) {
		end = memchr(told.s, '\n', told.n);
		size_t len = end != NULL ? (size_t)(end - told.s) : told.n;

		add_text(out, (struct slice){ .s = told.s, .n = len });
		told.s += len + (end != NULL);
		told.n -= len + (end != NULL);
	}
}

static int
note_receiver(struct noting *n, bool urgent)
{
	begin(n);
	if (n->was->receiver != n->is->receiver) {
		image_int(&n->image, "receiver", n->was->receiver);
		add_receiver(&n->before, &n->was->r);
		add_receiver(&n->after, &n->is->r);
	}
	if (!same_told(n)) {
		image_text(&n->image, "told", n->was->told);
		add_told(&n->before, n->was->told);
		add_told(&n->after, n->is->told);
	}
	return end(n, "address", urgent && n->was->receiver != 0);
}

static int
note_text(struct noting *n, int i, const char *what, bool urgent)
{
	begin(n);
	(void)text_changed(n, i);
	return end(n, what, urgent);
}

static int
note_waybill(struct noting *n)
{
	begin(n);
	(void)text_changed(n, O_WAYBILL);
	if (n->was->courier != n->is->courier)
		image_int(&n->image, "courier", n->was->courier);
	return end(n, "waybill", false);
}

/* What nobody needs to be told. */
static int
note_rest(struct noting *n)
{
	begin(n);
	if (n->was->shop_id != n->is->shop_id)
		image_int(&n->image, "shop", n->was->shop_id);
	(void)text_changed(n, O_PAYMENT);
	(void)text_changed(n, O_REASON);
	if (!n->hash && n->was->hash != n->is->hash)
		image_int(&n->image, "hash", n->was->hash);
	n->hash = true;
	return end(n, "file", false);
}

int
note_order(
    struct job *j, int64_t id, const struct full *was, const struct full *is)
{
	struct noting n = { .j = j,
		.id = id,
		.was = was,
		.is = is,
		.before = STR_INIT,
		.after = STR_INIT,
		.image = STR_INIT };
	bool waits = to_ship(was->state) && to_ship(is->state);
	int rc;

	if ((rc = note_state(&n)) == 0 &&
	    (rc = note_amount(&n, O_TOTAL, O_SETTLED, "amount", false)) == 0 &&
	    (rc = note_amount(&n, O_REFUND, O_REFUND, "refund", waits)) == 0 &&
	    (rc = note_receiver(&n, waits)) == 0 &&
	    (rc = note_text(&n, O_MEMO, "remark", waits)) == 0 &&
	    (rc = note_text(&n, O_BUYER_NOTE, "buyer_note", waits)) == 0 &&
	    (rc = note_waybill(&n)) == 0 && (rc = note_promise(&n)) == 0 &&
	    (rc = note_flag(&n)) == 0)
		rc = note_rest(&n);
	str_done(&n.before);
	str_done(&n.after);
	str_done(&n.image);
	return rc;
}

void
line_image(struct str *image, const struct line *l)
{
	struct str v = STR_INIT;

	str_addf(&v,
	    "%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%" PRId64
	    ",%" PRId64 ",%" PRId64 ",%" PRId64 ",%.*s",
	    l->line_no, l->listing.id, l->listing.variant_id, l->qty, l->price,
	    l->paid, l->refund_state, l->refund, (int)l->sub_order_no.n,
	    l->sub_order_no.s);
	image_text(image, "line", slice_of(v.s));
	str_done(&v);
}

/* "2 × 20.00": what people call a line by is its listing, read when shown. */
static void
line_text(struct str *out, const struct line *l)
{
	char buf[MONEY_SIZE];

	str_addf(out, "%s%" PRId64 ": %" PRId64 " x %s",
	    out->len > 0 ? "; " : "", l->line_no, l->qty,
	    money_plain(l->price, buf));
}

static const char *const refund_names[] = { "none", "asked", "back", "taken" };

static void
refund_text(struct str *out, const struct line *l)
{
	char buf[MONEY_SIZE];

	if (out->len == 0)
		str_addf(out, "%s %s", refund_names[l->refund_state & 3],
		    money_plain(l->refund, buf));
}

static const char sql_goods[] =
    "SELECT goods FROM orders WHERE id = $1 AND goods IS NOT NULL";

static int
goods_image(struct job *j, int64_t id, struct str *image)
{
	struct db_rows *rows;
	int rc = db_query(j->s->db, sql_goods, DB_ARGS(db_i(id)), &rows);

	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		image_text(image, "goods",
		    (struct slice){
			.s = db_text(rows, 0), .n = db_len(rows, 0) });
	db_done(rows);
	return rc < 0 ? rc : 0;
}

int
note_lines(struct job *j, const struct line *was, size_t n)
{
	struct lines *g = j->lines;
	struct str before = STR_INIT, after = STR_INIT, image = STR_INIT;
	struct noted noted = {
		.kind = "order", .subject = g->order.id, .what = "lines"
	};
	bool refund = false;
	size_t i;
	int rc = 0;

	for (i = 0; i < n; i++)
		refund |= g->old[i].changed &&
			  (was[i].refund_state != g->old[i].refund_state ||
			      was[i].refund != g->old[i].refund);
	for (i = 0; i < g->nold; i++) {
		if (i < n && !g->old[i].changed)
			continue;
		if (i < n) {
			line_image(&image, &was[i]);
			(refund ? refund_text : line_text)(&before, &was[i]);
		} else {
			image_int(&image, "new", g->old[i].line_no);
		}
		(refund ? refund_text : line_text)(&after, &g->old[i]);
	}
	if (g->nold > n)
		rc = goods_image(j, g->order.id, &image);
	if (refund)
		noted.what = "refund";
	noted.urgent = refund && to_ship(g->order.state);
	noted.before = before.s;
	noted.after = after.s;
	noted.image = image.s;
	if (rc == 0)
		rc = change_note(j, &noted);
	str_done(&before);
	str_done(&after);
	str_done(&image);
	return rc;
}
