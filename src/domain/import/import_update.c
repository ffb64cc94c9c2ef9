/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/db/query.h"

#include "../customers/contact_priv.h"
#include "../orders/order_priv.h"
#include "import_full.h"
#include "import_undo.h"

/*
 * An order that is there, and a row that says something about it. States only
 * move forward; what is filled in is not emptied; a row that knows less than
 * we do only fills in what we do not have.
 */

static const struct {
	enum imp_field field;
	const char *name;
} times[O_PROMISED] = {
	{ F_CREATED_AT, "created" },
	{ F_PAID_AT, "paid at" },
	{ F_SHIPPED_AT, "shipped at" },
	{ F_FINISHED_AT, "finished" },
}, amounts[O_AMOUNTS] = {
	{ F_TOTAL, "total" },
	{ F_POSTAGE, "postage" },
	{ F_PAID, "paid" },
	{ F_REFUND, "refund" },
	{ F_SETTLED, "settled" },
}, texts[O_TEXTS] = {
	{ F_BUYER_NOTE, "buyer note" },
	{ F_MEMO, "memo" },
	{ F_PAYMENT_NO, "payment no." },
	{ F_WAYBILL, "waybill" },
	{ F_CLOSE_REASON, "close reason" },
};

/* What is being done, and the words for the audit log. */
struct change {
	struct job *j;
	int64_t id;
	const struct imp_row *row;
	struct full old, now;
	bool ahead;      /* the row knows as much as we do */
	bool from_items; /* it was put together from item rows */
	bool worked;     /* somebody was at it since the file was read */
	bool address;
	struct str words;
};

static void say(struct change *c, const char *fmt, ...) PRINTF_LIKE(2, 3);
static void
say(struct change *c, const char *fmt, ...)
{
	char text[400];
	va_list ap;

	va_start(ap, fmt);
	format_text(text, sizeof(text), fmt, ap);
	va_end(ap);
	if (c->words.len > 0)
		str_add(&c->words, "; ");
	str_add(&c->words, text);
}

/* Our own parcel knows better when and how it went. */
static bool
ours_knows(const struct change *c, enum imp_field field)
{
	return c->old.ours && (field == F_SHIPPED_AT || field == F_WAYBILL ||
				  field == F_COURIER);
}

/* An item file speaks for its order only where no order file does. */
static bool
may_replace(const struct change *c, enum imp_field field)
{
	if (c->from_items &&
	    (c->row->file->layout->platform->order_has & BIT(field)))
		return false;
	return c->ahead && !c->worked && !ours_knows(c, field);
}

static const char sql_by_hand[] =
    "SELECT count(*) FROM (SELECT 1 FROM audit WHERE kind = 'order'"
    " AND subject = $1 AND op = $2 LIMIT 1) a";

/* What somebody here set by @op stands; a sift lets the merge ask. */
static int
by_hand(const struct change *c, const char *op, bool *yes)
{
	int64_t n = 0;
	int rc = 0;

	if (!c->j->sift)
		rc = db_fetch1(
		    c->j->txn, sql_by_hand, DB_ARGS(db_i(c->id), db_t(op)), &n);
	*yes = n != 0;
	return rc;
}

/* Till when the platform wants it sent. */
static int
apply_promise(struct change *c)
{
	int64_t v = c->row->n[F_SHIP_BY], old = c->old.time[O_PROMISED];
	char buf[TIME_SIZE];
	bool ours = false;
	int rc;

	if (!(c->row->has & BIT(F_SHIP_BY)) || v == old ||
	    (old != 0 && !may_replace(c, F_SHIP_BY)))
		return 0;
	if (old != 0 && ((rc = by_hand(c, "order-terms", &ours)) < 0 || ours))
		return rc;
	c->now.time[O_PROMISED] = v;
	say(c, "promised %s", time_full(v, buf));
	return 0;
}

/* No flag on the platform takes none away here. */
static int
apply_flag(struct change *c)
{
	int64_t v = c->row->n[F_FLAG], old = c->old.flag;
	bool ours = false;
	int rc;

	if (v == 0 || v == old || (old != 0 && !may_replace(c, F_FLAG)))
		return 0;
	if (old != 0 && ((rc = by_hand(c, "order-remark", &ours)) < 0 || ours))
		return rc;
	c->now.flag = v;
	say(c, "flag %" PRId64 " -> %" PRId64, old, v);
	return 0;
}

static void
apply_times(struct change *c)
{
	char buf[TIME_SIZE];
	int i;

	for (i = 0; i < O_PROMISED; i++) {
		enum imp_field field = times[i].field;
		int64_t v = c->row->n[field];

		if (!(c->row->has & BIT(field)) || v == c->old.time[i] ||
		    (c->old.time[i] != 0 && !may_replace(c, field)))
			continue;
		c->now.time[i] = v;
		say(c, "%s %s", times[i].name, time_full(v, buf));
	}
}

/* What items add up to is a guess until the order file has been seen. */
static void
apply_amounts(struct change *c)
{
	bool guessed = c->old.hash == 0;
	char was[MONEY_SIZE], is[MONEY_SIZE];
	int i;

	if (guessed ? (c->from_items && !c->ahead)
		    : (c->from_items || !c->ahead))
		return;
	for (i = 0; i < O_AMOUNTS; i++) {
		enum imp_field field = amounts[i].field;
		int64_t v = c->row->n[field];

		if (!(c->row->has & BIT(field)) || v == c->old.amount[i])
			continue;
		c->now.amount[i] = v;
		say(c, "%s %s -> %s", amounts[i].name,
		    money_plain(c->old.amount[i], was), money_plain(v, is));
	}
}

/* The same, written by somebody who does not see all of it? */
static bool
says_masked(struct job *j, struct slice v, struct slice old)
{
	const char *seen;

	if (memchr(v.s, '*', v.n) == NULL)
		return false;
	seen = mask_text(&j->scratch, slice_text(&j->scratch, old));
	return slice_same(v, seen, strlen(seen));
}

static void
apply_texts(struct change *c)
{
	int i;

	for (i = 0; i < O_TEXTS; i++) {
		struct slice v = c->row->f[texts[i].field];
		struct slice old = c->old.text[i];

		if (v.n == 0 || slice_same(v, old.s, old.n) ||
		    says_masked(c->j, v, old) ||
		    (old.n != 0 && !may_replace(c, texts[i].field)))
			continue;
		c->now.text[i] = v;
		if (old.n == 0)
			say(c, "%s \"%.*s\"", texts[i].name, (int)v.n, v.s);
		else
			say(c, "%s \"%.*s\" -> \"%.*s\"", texts[i].name,
			    (int)(old.n < 120 ? old.n : 120), old.s,
			    (int)(v.n < 120 ? v.n : 120), v.s);
	}
}

static int
apply_courier(struct change *c)
{
	int64_t courier;
	int rc = courier_known(c->j, c->row->f[F_COURIER], &courier);

	if (rc < 0 || courier == 0 || courier == c->old.courier ||
	    (c->old.courier != 0 && !may_replace(c, F_COURIER)))
		return rc;
	c->now.courier = courier;
	say(c, "courier %.*s", (int)c->row->f[F_COURIER].n,
	    c->row->f[F_COURIER].s);
	return 0;
}

static bool
masked(struct slice v)
{
	return v.n > 0 && memchr(v.s, '*', v.n) != NULL;
}

static bool
same_receiver(const struct imp_receiver *a, const struct imp_receiver *b)
{
	return slices_same(a->name, b->name) &&
	       slices_same(a->phone, b->phone) &&
	       slices_same(a->province, b->province) &&
	       slices_same(a->city, b->city) &&
	       slices_same(a->district, b->district) &&
	       slices_same(a->address, b->address);
}

/* Does the new one hide what the old one tells, or say nothing? */
static bool
says_less(const struct imp_receiver *r, const struct imp_receiver *old)
{
	if (r->name.n == 0 && r->phone.n == 0 && r->address.n == 0)
		return true;
	return (masked(r->name) && old->name.n > 0 && !masked(old->name)) ||
	       (masked(r->phone) && old->phone.n > 0 && !masked(old->phone)) ||
	       (r->address.n == 0 && old->address.n > 0) ||
	       (masked(r->address) && old->address.n > 0 &&
		   !masked(old->address));
}

/* As order_address() keeps it. */
static struct slice
as_told(struct arena *a, const struct imp_receiver *r)
{
	return slice_of(arena_printf(a, "%.*s\n%.*s\n%.*s\n%.*s\n%.*s\n%.*s",
	    (int)r->name.n, r->name.s, (int)r->phone.n, r->phone.s,
	    (int)r->province.n, r->province.s, (int)r->city.n, r->city.s,
	    (int)r->district.n, r->district.s, (int)r->address.n,
	    r->address.s));
}

/* In one line. */
static const char *
in_words(struct arena *a, struct slice told)
{
	char *text = arena_alloc(a, told.n + 1);
	size_t i, n = 0;

	for (i = 0; i < told.n; i++)
		if (told.s[i] != '\n')
			text[n++] = told.s[i];
		else if (n > 0 && text[n - 1] != ' ')
			text[n++] = ' ';
	text[n] = '\0';
	return text;
}

/* Where somebody changed the address here, a file that says what it said before
 * changes nothing; one that says something else is told of, and somebody looks
 * at it. */
static void
apply_told(struct change *c, const struct imp_receiver *r)
{
	struct arena *a = &c->j->scratch;
	struct slice told = as_told(a, r);

	if (slices_same(told, c->old.told) || same_receiver(r, &c->old.r) ||
	    !may_replace(c, F_ADDRESS) || says_less(r, &c->old.r))
		return;
	c->now.told = told;
	c->address = true;
	say(c, "address said \"%s\" -> \"%s\"", in_words(a, c->old.told),
	    in_words(a, told));
}

static int
apply_receiver(struct change *c)
{
	struct imp_receiver r;
	int64_t id, customer;
	bool equal;
	int rc;

	receiver_read(&c->j->scratch, c->row, &r);
	if (r.nick.n == 0 && r.name.n == 0 && r.phone.n == 0 &&
	    r.address.n == 0)
		return 0;
	if (c->old.told.n > 0) {
		apply_told(c, &r);
		return 0;
	}
	equal = same_receiver(&r, &c->old.r);
	if (c->old.receiver != 0 && !equal &&
	    (!may_replace(c, F_ADDRESS) || says_less(&r, &c->old.r)))
		return 0;
	if ((rc = person_find(c->j, &r, &customer)) < 0)
		return rc;
	if (equal && c->old.receiver != 0 &&
	    (customer == 0 || customer == c->old.customer))
		return 0;
	if ((rc = receiver_find(c->j, c->row, &id, &customer)) < 0)
		return rc;
	c->now.r = r;
	c->now.receiver = id;
	c->now.customer = customer;
	if (c->old.receiver != 0 && !equal) {
		c->address = true;
		say(c, "address \"%s\" -> \"%s\"",
		    in_words(
			&c->j->scratch, as_told(&c->j->scratch, &c->old.r)),
		    in_words(&c->j->scratch, as_told(&c->j->scratch, &r)));
	} else {
		say(c, "receiver %.*s", (int)r.name.n, r.name.s);
	}
	return 0;
}

/* Nothing of it is in the order: it is looked at whenever its row changed. */
static void
apply_said(struct change *c)
{
	unsigned why = touch_said(c->row, c->now.state);

	if (c->from_items || !c->ahead || c->now.hash == c->old.hash)
		return;
	if (why & TOUCH_ASKED)
		say(c, "refund asked");
	else if ((why & TOUCH_UNASKED) && c->old.held)
		say(c, "no refund asked");
	if (why & TOUCH_SKU)
		say(c, "wants \"%.*s\"",
		    (int)(c->row->f[F_NEW_SKU].n < 120 ? c->row->f[F_NEW_SKU].n
						       : 120),
		    c->row->f[F_NEW_SKU].s);
}

/* Platforms count all of it as shipped with the first waybill that they are
 * told; what we have not sent yet still has to be. */
static bool
rest_is_ours(const struct change *c)
{
	return c->old.ours && c->old.state == ORDER_PART_SHIPPED &&
	       c->row->n[F_STATE] == ORDER_SHIPPED;
}

static int
apply(struct change *c, int64_t hash, int64_t shop)
{
	bool ours = c->row->file->layout->ours;
	int rc;

	/* Our own file is not the platform's. */
	if (!c->from_items && !ours && (c->ahead || c->old.hash == 0) &&
	    hash != c->old.hash)
		c->now.hash = hash;
	if (shop != 0 && shop != c->old.shop_id && c->old.hash == 0 &&
	    !c->from_items) {
		c->now.shop_id = shop;
		say(c, "shop");
	}
	if ((c->row->has & BIT(F_STATE)) && c->row->n[F_STATE] > c->old.state &&
	    !rest_is_ours(c)) {
		c->now.state = (int)c->row->n[F_STATE];
		say(c, "state %s -> %s", order_state_name(c->old.state),
		    order_state_name(c->now.state));
	}
	apply_times(c);
	apply_amounts(c);
	apply_texts(c);
	/* A sift need not know what else. */
	if (c->j->sift && c->words.len > 0)
		return 0;
	if ((rc = apply_promise(c)) < 0 || (rc = apply_flag(c)) < 0 ||
	    (rc = apply_courier(c)) < 0)
		return rc;
	if (c->words.len == 0 && c->old.hash == 0 && !c->from_items && !ours)
		say(c, "order file seen");
	apply_said(c);
	return apply_receiver(c);
}

/* The kept figures follow. */
static int
recount(struct change *c)
{
	bool moved = c->old.customer != c->now.customer ||
		     c->old.time[O_CREATED] != c->now.time[O_CREATED];
	int rc = full_recount(c->j, &c->old, &c->now);

	if (rc == 0 && moved && c->old.customer != 0)
		people_ask_dates(c->j, c->old.customer);
	return rc;
}

static bool
to_ship(int64_t state)
{
	return state == ORDER_PAID || state == ORDER_PART_SHIPPED;
}

static bool
changed(const struct change *c, int text)
{
	return !slices_same(c->old.text[text], c->now.text[text]);
}

static unsigned
consequences(const struct change *c)
{
	unsigned why = 0;

	if (c->old.state != c->now.state && to_ship(c->old.state))
		why |= TOUCH_LEFT;
	if (to_ship(c->now.state)) {
		if (!to_ship(c->old.state))
			why |= TOUCH_NEW;
		if (c->old.amount[O_REFUND] != c->now.amount[O_REFUND])
			why |= TOUCH_REFUND;
		if (c->old.amount[O_PAID] != c->now.amount[O_PAID])
			why |= TOUCH_MONEY;
		if (!c->from_items && c->ahead)
			why |= touch_said(c->row, c->now.state);
		if (c->address)
			why |= TOUCH_ADDRESS;
		/* Not what the order file fills in for the first time. */
		if (to_ship(c->old.state) && c->old.hash != 0 &&
		    !c->from_items &&
		    (changed(c, O_MEMO) || changed(c, O_BUYER_NOTE)))
			why |= TOUCH_REMARK;
	}
	return why;
}

/*
 * Reasons to hold an order matter while it is to be shipped: none can be open
 * before it is paid, and afterwards they are history.
 */
static int
finish(struct change *c, struct imp_order *o)
{
	struct job *j = c->j;
	unsigned why = consequences(c);
	int rc;

	if (sift_differs(j))
		return 0;
	if (!to_ship(c->now.state))
		c->now.held = 0;
	if ((rc = full_write(j, o->id, &c->old, &c->now)) < 0 ||
	    (rc = recount(c)) < 0)
		return rc;
	o->state = c->now.state;
	o->shop_id = c->now.shop_id;
	o->source_hash = c->now.hash;
	order_note_state(j, o);
	if (why != 0)
		order_touch(j, o->id, why);
	if (why & TOUCH_SKU)
		skus_wish(j, o->id, c->row->f[F_NEW_SKU]);
	if (!o->fresh) {
		rc = op_note(
		    j->s, &op_import, j->txn, "order", o->id, "%s", c->words.s);
		if (rc == 0)
			rc = note_order(j, o->id, &c->old, &c->now);
	}
	order_mark(j, o, MARK_UPDATED);
	return rc;
}

static const char sql_work[] =
    "SELECT count(*) FROM (SELECT 1 FROM audit WHERE kind = 'order'"
    " AND subject = $1 AND id >= (SELECT b.audit_from FROM import_batch b"
    " WHERE b.id = $2) AND op" WORK_OPS " LIMIT 1) a";

/* Since this import was planned? */
static int
worked_on(struct job *j, int64_t id, bool *yes)
{
	int64_t n = 0;
	int rc =
	    db_fetch1(j->txn, sql_work, DB_ARGS(db_i(id), db_i(j->batch)), &n);

	*yes = n != 0;
	return rc;
}

int
order_update(struct job *j, struct imp_order *o, struct imp_row *row,
    int64_t hash, int64_t shop)
{
	struct change c = { .j = j,
		.id = o->id,
		.row = row,
		.from_items = hash == 0,
		.words = STR_INIT };
	int rc;

	if (j->sift && (row->has & BIT(F_STATE)) &&
	    row->n[F_STATE] > o->state) {
		(void)sift_differs(j);
		return 0;
	}
	if ((rc = orders_flush(j)) < 0 ||
	    (rc = full_read(j, o->id, &c.old)) < 0)
		return rc;
	if (!j->sift && !o->fresh && (rc = worked_on(j, o->id, &c.worked)) < 0)
		return rc;
	c.now = c.old;
	c.ahead = !(row->has & BIT(F_STATE)) || row->n[F_STATE] >= c.old.state;
	rc = apply(&c, hash, shop);
	if (rc == 0 && c.words.len > 0)
		rc = finish(&c, o);
	else if (rc == 0)
		order_mark(j, o, MARK_UNCHANGED);
	str_done(&c.words);
	return rc;
}
