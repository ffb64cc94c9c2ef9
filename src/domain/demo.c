/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/domain/staff.h"

#include "demo_priv.h"
#include "session_priv.h"

#define PASSWORD "demo-shop"

/* Orders that the last rounds at the bench leave for the visitor. */
#define LEFT_OVER 14

static const struct op op_demo = { "shop-demo", PERM_SETTING_EDIT, "shop" };

enum who { MANAGER, AGENT, STORE, CLERK, CLERK2, STAFF };

static const struct {
	const char *login, *name, *role;
} staff[STAFF] = {
	{ "manager", "陈静", "manager" },
	{ "agent", "林晓", "agent" },
	{ "warehouse", "赵国强", "warehouse" },
	{ "clerk", "周敏", "clerk" },
	{ "clerk2", "吴昊", "clerk" },
};

struct life {
	struct session *s;
	struct demo d;
	int64_t clock;
	int64_t last; /* when the last round at the bench begins */
	int64_t owner, staff[STAFF];
	char dir[200]; /* for the platform's files */
	int parcels;
};

/* The time is @at; @who is at work. */
static int
at_work(struct life *l, int64_t at, enum who who)
{
	l->clock = at;
	time_travel(at);
	return session_become(l->s, l->staff[who]);
}

static int
hire(struct life *l, struct str *logins)
{
	struct staff_edit edit;
	size_t i;
	int rc;

	for (i = 0; i < STAFF; i++) {
		edit = (struct staff_edit){ .password = PASSWORD };
		copy_text(edit.login, sizeof(edit.login), staff[i].login);
		copy_text(edit.name, sizeof(edit.name), staff[i].name);
		copy_text(edit.roles, sizeof(edit.roles), staff[i].role);
		if ((rc = staff_add(l->s, &edit, &l->staff[i])) < 0)
			return rc;
		str_addf(logins, "%s %s %s\n", staff[i].login, PASSWORD,
		    staff[i].role);
	}
	return 0;
}

static int
add_product(struct life *l, const struct demo_item *item)
{
	struct variant_edit edit = { .price = item->price,
		.weight = item->weight,
		.reorder_at = item->reorder,
		.target_level = item->target };
	int64_t id;

	copy_text(edit.sku_code, sizeof(edit.sku_code), item->sku);
	copy_text(edit.product, sizeof(edit.product), item->product);
	copy_text(edit.name, sizeof(edit.name), item->name);
	copy_text(edit.barcodes, sizeof(edit.barcodes), item->barcode);
	copy_text(edit.bin, sizeof(edit.bin), item->bin);
	return variant_add(l->s, &edit, &id);
}

/* Pieces of @item that were paid for until @until, and are to be sent. */
static int64_t
demand(const struct life *l, const struct demo_item *item, int64_t until)
{
	const struct demo_order *o;
	int64_t n = 0;
	size_t i, k;

	for (i = 0; i < l->d.norders; i++) {
		o = &l->d.orders[i];
		if (o->paid_at == 0 || o->paid_at > until ||
		    (o->refund_at != 0 && o->closed_at < l->d.now))
			continue;
		for (k = 0; k < o->nlines; k++)
			if (o->lines[k].item == item ||
			    o->lines[k].item->means == item)
				n += o->lines[k].qty;
	}
	return n;
}

static struct stock_entry
entry(const struct demo_item *item, int64_t qty)
{
	struct stock_entry e = { .qty = qty, .cost = item->cost };

	copy_text(e.sku, sizeof(e.sku), item->sku);
	copy_text(e.supplier, sizeof(e.supplier), item->supplier);
	copy_text(e.bin, sizeof(e.bin), item->bin);
	return e;
}

/* Two deliveries; after the second there is what is to be left in the end. */
#define SECOND_DELIVERY 16

static int
deliver(struct life *l, bool second)
{
	int64_t until = l->d.first + (SECOND_DELIVERY + 1) * DAY;
	int64_t first, all, slip;
	struct stock_entry e;
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < l->d.ours; i++) {
		const struct demo_item *item = &l->d.items[i];

		all = demand(l, item, l->d.now) + item->spare;
		first = demand(l, item, until) + 3;
		if (first > all)
			first = all;
		e = entry(item, second ? all - first : first);
		if (second) /* the price has gone up a little */
			e.cost += e.cost * (int64_t)(i % 4) / 100;
		if (e.qty > 0)
			rc = stock_receive(l->s, &e, &slip);
		time_travel(l->clock += 240);
	}
	return rc;
}

static int
open_shop(struct life *l)
{
	size_t i;
	int rc;

	if ((rc = at_work(l, l->d.first - 8 * HOUR, MANAGER)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < l->d.ours; i++) {
		rc = add_product(l, &l->d.items[i]);
		time_travel(l->clock += 45);
	}
	if (rc == 0)
		rc = at_work(l, l->d.first - 5 * HOUR, STORE);
	return rc < 0 ? rc : deliver(l, false);
}

static int
download(struct life *l, int64_t at)
{
	struct import_options opt = { 0 };
	struct demo_files files;
	struct import *im;
	int rc;

	if ((rc = at_work(l, at, MANAGER)) < 0)
		return rc;
	rc = demo_download(&l->d, at - 120, l->dir, &files, &l->s->err);
	if (rc == 0)
		rc = import_run(l->s, "orders",
		    (const char *const[]){ files.orders, files.items }, 2, &opt,
		    &im);
	if (rc == 0) {
		if (import_summary(im)->rejected_n > 0)
			rc = err_set(&l->s->err, ERR_INVALID, "", "%s",
			    import_rejects(im, &(size_t){ 0 })->reason);
		import_free(im);
	}
	unlink(files.orders);
	unlink(files.items);
	return rc;
}

static void
make_waybill(struct life *l, struct demo_order *o)
{
	static const struct {
		const char *name, *head;
		int digits;
	} couriers[] = {
		{ "圆通速递", "YT", 13 },
		{ "中通快递", "7", 13 },
		{ "韵达快递", "43", 13 },
		{ "极兔速递", "JT", 13 },
		{ "顺丰速运", "SF", 13 },
	};
	/* Knives go by the dear one. */
	size_t i =
	    o->lines[0].item->price > 20000 ? 4 : (size_t)demo_dice(&l->d, 4);

	o->courier = couriers[i].name;
	snprintf(o->waybill, sizeof(o->waybill), "%s%0*" PRId64,
	    couriers[i].head, couriers[i].digits,
	    INT64_C(5520000000) + (int64_t)l->parcels++ * 617);
	if (i == 2) /* 13 digits in all */
		snprintf(o->waybill, sizeof(o->waybill), "43%011" PRId64,
		    INT64_C(5520000000) + (int64_t)l->parcels * 617);
}

/* Scan all pieces of an order, and close the parcel. */
static int
pack(struct life *l, struct demo_order *o)
{
	struct pack_close close = { .weight = 90 + demo_dice(&l->d, 60) };
	const struct demo_line *line;
	struct packing *p;
	int64_t k;
	size_t i;
	int rc;

	if ((rc = pack_open(l->s, o->no, &p)) < 0)
		return rc;
	make_waybill(l, o);
	copy_text(close.courier, sizeof(close.courier), o->courier);
	copy_text(close.waybill_no, sizeof(close.waybill_no), o->waybill);
	for (i = 0; rc >= 0 && i < o->nlines; i++) {
		line = &o->lines[i];
		close.weight += line->item->weight * line->qty;
		for (k = 0; rc >= 0 && k < line->qty; k++) {
			rc = pack_scan(l->s, p,
			    line->item->listed_only
				? pack_lines(p, &(size_t){ 0 })[i].sku_code
				: line->item->barcode,
			    NULL);
			time_travel(l->clock += 6);
		}
	}
	if (rc >= 0)
		rc = pack_ship(l->s, p, &close, NULL);
	if (rc == 0)
		o->shipped_at = l->clock;
	pack_free(p);
	return rc < 0 ? rc : 0;
}

/* There is none left: the order waits. */
static int
wait_for_stock(struct life *l, int64_t id)
{
	int64_t who = session_staff(l->s);
	int rc;

	if ((rc = session_become(l->s, l->staff[STORE])) < 0 ||
	    (rc = order_hold(l->s, id, "stock", "供应商周末到货")) < 0)
		return rc;
	return session_become(l->s, who);
}

/* A round at the packing bench: oldest first, until @leave are left. */
static int
pack_round(struct life *l, size_t leave)
{
	struct order_filter filter = { .tab = TAB_TO_SHIP };
	const struct order *row;
	struct demo_order *o;
	struct page page;
	size_t i;
	int rc;

	rc = order_page(l->s, &filter, PAGE_FIRST, NULL, 500, &page);
	if (rc < 0)
		return rc;
	for (i = 0; rc == 0 && i + leave < page.n; i++) {
		row = page_row(&page, i);
		if ((o = demo_find(&l->d, row->order_no)) == NULL)
			continue;
		time_travel(l->clock += 70 + demo_dice(&l->d, 120));
		rc = pack(l, o);
		if (rc == ERR_STATE)
			rc = wait_for_stock(l, row->id);
	}
	page_free(&page);
	return rc;
}

/* What was packed goes back to the platform. */
static int
upload(struct life *l)
{
	struct export_options opt = { 0 };
	char path[300];
	int64_t rows;
	int rc;

	snprintf(path, sizeof(path), "%s/shipments.csv", l->dir);
	rc = export_run(l->s, "shipments", path, &opt, &rows);
	unlink(path);
	return rc;
}

static int
remark(struct life *l, const struct order *row)
{
	struct order_remark edit = { .flag = 1 + demo_dice(&l->d, 5) };

	copy_text(edit.memo, sizeof(edit.memo),
	    l->d.memos[demo_dice(&l->d, (int64_t)l->d.nmemos)]);
	return order_remark(l->s, row->id, row->version, &edit);
}

/* The agent looks through what is to be sent, and through what is held. */
static int
look_after_orders(struct life *l)
{
	struct order_filter filter = { .tab = TAB_TO_SHIP };
	const struct order *row;
	struct page page;
	size_t i;
	int rc;

	rc = order_page(l->s, &filter, PAGE_FIRST, NULL, 100, &page);
	if (rc < 0)
		return rc;
	for (i = 0; rc == 0 && i < page.n; i++) {
		row = page_row(&page, i);
		if (demo_dice(&l->d, 9) == 0)
			rc = remark(l, row);
		else if (demo_dice(&l->d, 25) == 0)
			rc = order_confirm(
			    l->s, row->id, "电话核对了收货人和地址");
		time_travel(l->clock += 20);
	}
	page_free(&page);
	if (rc < 0)
		return rc;
	filter.tab = TAB_HELD;
	rc = order_page(l->s, &filter, PAGE_FIRST, NULL, 100, &page);
	for (i = 0; rc == 0 && i < page.n; i++) {
		row = page_row(&page, i);
		if (strstr(row->holds, "address") != NULL)
			rc = order_release(
			    l->s, row->id, "address", "已与买家确认新地址");
	}
	page_free(&page);
	return rc;
}

/* To a lower shelf, all there is of it. */
static int
move_down(struct life *l, const struct demo_item *item)
{
	struct stock_entry e = entry(item, 0);
	struct page page;
	int64_t id, slip;
	int rc;

	if ((rc = variant_by_code(l->s, item->sku, &id)) < 0 ||
	    (rc = variant_get(l->s, id, &page)) < 0)
		return rc;
	e.qty = ((const struct variant *)page_row(&page, 0))->on_hand;
	page_free(&page);
	copy_text(e.reason, sizeof(e.reason), "换到下层，便于拣货");
	return stock_transfer(l->s, &e, "A-02-5", &slip);
}

/* In the first weeks some things went wrong, and were put right. */
static int
put_right(struct life *l, int64_t day)
{
	struct stock_entry e = entry(&l->d.items[0], 1);
	int64_t slip, counter;
	int rc;

	if ((rc = at_work(l, l->d.first + day * DAY + 8 * HOUR, STORE)) < 0)
		return rc;
	switch (day) {
	case 5:
		copy_text(e.reason, sizeof(e.reason), "门店样品");
		return stock_issue(l->s, &e, &slip);
	case 9:
		e = entry(&l->d.items[2], -1);
		copy_text(e.reason, sizeof(e.reason), "搬运时磕碰报损");
		return stock_adjust(l->s, &e, &slip);
	case 12:
		e = entry(&l->d.items[3], 2);
		rc = stock_receive(l->s, &e, &slip);
		return rc < 0 ? rc
			      : stock_reverse(
				    l->s, slip, "重复入库，红冲", &counter);
	case 20:
		return move_down(l, &l->d.items[4]);
	case SECOND_DELIVERY:
		return deliver(l, true);
	}
	return 0;
}

/* The set that was sold under a name of its own turns out to be a pan. */
static int
map_stranger(struct life *l, int64_t at)
{
	struct page page;
	int64_t pan;
	size_t i;
	int rc;

	if ((rc = at_work(l, at, MANAGER)) < 0 ||
	    (rc = variant_by_code(l->s, "CG-32", &pan)) < 0 ||
	    (rc = listing_page(l->s, true, PAGE_FIRST, NULL, 20, &page)) < 0)
		return rc;
	for (i = 0; rc == 0 && i < page.n; i++) {
		const struct listing *row = page_row(&page, i);

		rc = listing_map(l->s, row->id, pan, NULL);
	}
	page_free(&page);
	return rc;
}

/* Half a day: download, look after, pack. */
static int
half_day(struct life *l, int64_t at, enum who packer)
{
	size_t leave = at > l->last - 30 * HOUR ? LEFT_OVER : 0;
	int rc;

	if ((rc = download(l, at)) < 0 ||
	    (rc = at_work(l, at + 6 * 60, AGENT)) < 0 ||
	    (rc = look_after_orders(l)) < 0 ||
	    (rc = at_work(l, l->clock + 4 * 60, packer)) < 0)
		return rc;
	return pack_round(l, leave);
}

static int
live_day(struct life *l, int64_t day)
{
	int64_t start = l->d.first + day * DAY;
	int64_t morning = start + 9 * HOUR, noon = start + 14 * HOUR;
	enum who packer = day % 3 == 0 ? CLERK2 : CLERK;
	int rc = 0;

	if (morning <= l->last)
		rc = put_right(l, day);
	if (rc == 0 && morning <= l->last)
		rc = half_day(l, morning, packer);
	if (rc == 0 && day == 16)
		rc = map_stranger(l, start + 13 * HOUR);
	if (rc == 0 && noon <= l->last)
		rc = half_day(l, noon, packer);
	if (rc == 0 && start + 18 * HOUR < l->last) {
		rc = at_work(l, start + 18 * HOUR, packer);
		if (rc == 0)
			rc = upload(l);
	}
	return rc;
}

/* Has it been paid for these hours, and is nothing special about it? */
static bool
is_plain(const struct life *l, const struct demo_order *o)
{
	return o->paid_at != 0 && o->paid_at <= l->d.now - 3 * HOUR &&
	       o->shipped_at == 0 && o->refund_at == 0 && o->address_at == 0 &&
	       !o->lines[0].item->listed_only;
}

/*
 * Before the visitor comes in: two buyers want their money back, one has moved,
 * and one parcel of two went out by way of the platform.
 */
static void
change_minds(struct life *l)
{
	int64_t when = l->d.now - HOUR;
	bool part = false, moved = false;
	struct demo_order *o;
	size_t i, refunds = 0;

	for (i = l->d.norders; i > 0; i--) {
		o = &l->d.orders[i - 1];
		if (!is_plain(l, o))
			continue;
		if (o->nlines > 1 && !part) {
			o->part_at = when;
			part = true;
		} else if (o->paid_at < l->last - HOUR && !moved) {
			/* We know the old address by then. */
			o->address_at = when;
			moved = true;
		} else if (refunds < 2) {
			o->refund_at = when;
			refunds++;
		}
	}
}

static int
last_minutes(struct life *l)
{
	struct order_filter filter = { .tab = TAB_TO_SHIP };
	const struct order *row;
	struct page page;
	int rc;

	change_minds(l);
	if ((rc = download(l, l->d.now - 180)) < 0 ||
	    (rc = at_work(l, l->d.now - 60, AGENT)) < 0 ||
	    (rc = order_page(l->s, &filter, PAGE_FIRST, NULL, 3, &page)) < 0)
		return rc;
	if (page.n == 3) {
		row = page_row(&page, 1);
		rc = order_hold(
		    l->s, row->id, "manual", "买家出差，要求周五再发");
		if (rc == 0)
			rc = remark(l, page_row(&page, 2));
	}
	page_free(&page);
	return rc;
}

/* The last round at the bench: the one that is over by now. */
static int64_t
last_round(int64_t now)
{
	int64_t today = day_start(time_day(now));
	int64_t over = now - 90 * 60;

	return over >= today + 14 * HOUR  ? today + 14 * HOUR
	       : over >= today + 9 * HOUR ? today + 9 * HOUR
					  : today - DAY + 14 * HOUR;
}

static int
live(struct life *l)
{
	int64_t day;
	int rc;

	l->last = last_round(l->d.now);
	rc = open_shop(l);
	for (day = 0; rc == 0 && day <= DEMO_DAYS; day++)
		rc = live_day(l, day);
	return rc < 0 ? rc : last_minutes(l);
}

static const char sql_busy[] =
    "SELECT (SELECT count(*) FROM orders) + (SELECT count(*) FROM variant)";
static const char sql_name[] =
    "UPDATE setting SET value = $1 WHERE name = 'shop_name'";
static const char sql_platform[] =
    "UPDATE shop SET platform = $2 WHERE name = $1";

/* Name the shop; say which platform its shops are on. */
static int
name_shop(struct session *s)
{
	struct txn *txn;
	int rc;

	if ((rc = op_begin(s, &op_demo, &txn)) < 0)
		return rc;
	rc = db_exec(txn, sql_name, DB_ARGS(db_t(demo_shops[0])), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_platform,
		    DB_ARGS(db_t(demo_shops[1]), db_t("tmall")), NULL);
	if (rc == 0)
		rc = db_exec(txn, sql_platform,
		    DB_ARGS(db_t(demo_shops[2]), db_t("pdd")), NULL);
	if (rc == 0)
		rc = op_commit(s, &op_demo, &txn, 0, "%s", demo_shops[0]);
	op_abort(s, &txn);
	if (rc == 0)
		copy_text(s->shop_name, sizeof(s->shop_name), demo_shops[0]);
	return rc;
}

static int
make_dir(struct life *l)
{
	const char *tmp = getenv("TMPDIR");

	snprintf(l->dir, sizeof(l->dir), "%s/shopmgr-demo-XXXXXX",
	    tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
	if (mkdtemp(l->dir) != NULL)
		return 0;
	return err_set(&l->s->err, ERR_IO, "", _("Cannot write %s: %s"), l->dir,
	    strerror(errno));
}

/* Only a shop in which nothing has happened yet. */
static int
check_empty(struct session *s)
{
	int64_t n;
	int rc;

	if ((rc = session_need(s, PERM_SETTING_EDIT)) < 0 ||
	    (rc = session_need(s, PERM_STAFF_EDIT)) < 0 ||
	    (rc = db_get1(s->db, sql_busy, DB_NOARGS, &n)) < 0)
		return rc;
	return n == 0 ? 0
		      : err_set(&s->err, ERR_STATE, "",
			    _("Only a new shop can become the demo shop"));
}

int
shopdb_demo(struct session *s, char **logins)
{
	struct life *l;
	struct str text = STR_INIT;
	struct err err;
	int rc;

	if ((rc = check_empty(s)) < 0)
		return rc;
	l = xcalloc(1, sizeof(*l));
	l->s = s;
	l->owner = session_staff(s);
	demo_invent(&l->d, time_now());
	if ((rc = make_dir(l)) == 0) {
		time_travel(l->d.first - 10 * HOUR);
		rc = db_relax(s->db, true);
		if (rc == 0)
			rc = hire(l, &text);
		if (rc == 0)
			rc = live(l);
		rmdir(l->dir);
	}
	time_travel(0);
	err = s->err; /* what went wrong, if something did */
	if (session_become(s, l->owner) == 0 && rc == 0)
		rc = name_shop(s);
	if (rc == 0)
		rc = db_relax(s->db, false);
	else
		s->err = err;
	demo_done(&l->d);
	free(l);
	if (rc == 0)
		*logins = str_take(&text);
	str_done(&text);
	return rc;
}
