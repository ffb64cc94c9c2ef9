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
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/domain/staff.h"

#include "../core/session_priv.h"
#include "demo_priv.h"

#define PASSWORD "demo-shop"

/* Orders that the last rounds at the bench leave for the visitor. */
#define LEFT_OVER 14

static const struct {
	const char *login, *name, *role;
} staff[STAFF] = {
	{ "manager", "陈静", "manager" },
	{ "agent", "林晓", "agent" },
	{ "warehouse", "赵国强", "warehouse" },
	{ "clerk", "周敏", "clerk" },
	{ "clerk2", "吴昊", "clerk" },
	{ "buyer", "何平", "buyer" },
};

static const struct op op_demo = { "shop-demo", PERM_SETTING_EDIT, "shop" };

int
demo_at_work(struct demo_life *l, int64_t at, enum demo_who who)
{
	l->clock = at;
	time_travel(at);
	return session_become(l->s, l->staff[who]);
}

static int
hire(struct demo_life *l, struct str *logins)
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
download(struct demo_life *l, int64_t at)
{
	struct import_options opt = { 0 };
	struct demo_files files = { 0 };
	struct import *im;
	int rc;

	if ((rc = demo_at_work(l, at, MANAGER)) < 0)
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
make_waybill(struct demo_life *l, struct demo_order *o)
{
	static const struct {
		const char *name, *head;
		int digits;
	} couriers[] = {
		{ "圆通速递", "YT", 13 },
		{ "中通快递", "7", 13 },
		{ "韵达快递", "43", 11 },
		{ "极兔速递", "JT", 13 },
		{ "顺丰速运", "SF", 13 },
	};
	/* What is precious goes by the dear one. */
	size_t i =
	    o->lines[0].item->price > 20000 ? 4 : (size_t)demo_dice(&l->d, 4);

	o->courier = couriers[i].name;
	snprintf(o->waybill, sizeof(o->waybill), "%s%0*" PRId64,
	    couriers[i].head, couriers[i].digits,
	    INT64_C(5520000000) + (int64_t)l->parcels++ * 617);
}

/* Scan all pieces of an order, and close the parcel. */
static int
pack(struct demo_life *l, struct demo_order *o)
{
	struct pack_close close = { .weight = 90 + demo_dice(&l->d, 60),
		.material = "BOX-3" };
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
wait_for_stock(struct demo_life *l, int64_t id)
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
pack_round(struct demo_life *l, size_t leave)
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
upload(struct demo_life *l)
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
remark(struct demo_life *l, const struct order *row)
{
	struct order_remark edit = { .flag = 1 + demo_dice(&l->d, 5) };

	copy_text(edit.memo, sizeof(edit.memo),
	    l->d.memos[demo_dice(&l->d, (int64_t)l->d.nmemos)]);
	return order_remark(l->s, row->id, row->version, &edit);
}

/* The agent looks through what is to be sent, and through what is held. */
static int
look_after_orders(struct demo_life *l)
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
	if (rc < 0)
		return rc;
	for (i = 0; rc == 0 && i < page.n; i++) {
		row = page_row(&page, i);
		if (strstr(row->holds, "address") != NULL)
			rc = order_release(
			    l->s, row->id, "address", "已与买家确认新地址");
	}
	page_free(&page);
	return rc;
}

/* Half a day: download, look after, pack. */
static int
half_day(struct demo_life *l, int64_t at, enum demo_who packer)
{
	size_t leave = at > l->last - 30 * HOUR ? LEFT_OVER : 0;
	int rc;

	if ((rc = download(l, at)) < 0 ||
	    (rc = demo_at_work(l, at + 6 * MINUTE, AGENT)) < 0 ||
	    (rc = look_after_orders(l)) < 0 ||
	    (rc = demo_at_work(l, l->clock + 4 * MINUTE, packer)) < 0)
		return rc;
	return pack_round(l, leave);
}

static int
live_day(struct demo_life *l, int64_t day)
{
	int64_t start = l->d.first + day * DAY;
	int64_t morning = start + 9 * HOUR, noon = start + 14 * HOUR;
	enum demo_who packer = day % 3 == 0 ? CLERK2 : CLERK;
	int rc = 0;

	if (morning <= l->last)
		rc = demo_put_right(l, day);
	if (rc == 0 && morning <= l->last)
		rc = half_day(l, morning, packer);
	if (rc == 0 && day == 16)
		rc = demo_map_stranger(l, start + 13 * HOUR);
	if (rc == 0 && noon <= l->last)
		rc = half_day(l, noon, packer);
	if (rc == 0 && start + 18 * HOUR < l->last) {
		rc = demo_at_work(l, start + 18 * HOUR, packer);
		if (rc == 0)
			rc = upload(l);
		if (rc == 0)
			rc = demo_hand_over(l);
	}
	return rc < 0 ? rc : demo_sale(l, day);
}

/* Has it been paid for these hours, and is nothing special about it? */
static bool
is_plain(const struct demo_life *l, const struct demo_order *o)
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
change_minds(struct demo_life *l)
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
last_minutes(struct demo_life *l)
{
	struct order_filter filter = { .tab = TAB_TO_SHIP };
	const struct order *row;
	struct page page;
	int rc;

	change_minds(l);
	if ((rc = download(l, l->d.now - 180)) < 0 ||
	    (rc = demo_at_work(l, l->d.now - 60, AGENT)) < 0 ||
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
	int64_t over = now - 90 * MINUTE;

	return over >= today + 14 * HOUR  ? today + 14 * HOUR
	       : over >= today + 9 * HOUR ? today + 9 * HOUR
					  : today - DAY + 14 * HOUR;
}

static int
is_stopped(struct demo_life *l)
{
	return l->stop == NULL || !l->stop()
		   ? 0
		   : err_set(&l->s->err, ERR_CANCELLED, "", _("Stopped"));
}

static int
live(struct demo_life *l)
{
	int64_t day;
	int rc;

	l->last = last_round(l->d.now);
	rc = demo_open(l);
	if (rc == 0)
		rc = demo_companies(l);
	if (rc == 0)
		rc = demo_freight(l);
	for (day = 0; rc == 0 && day <= DEMO_DAYS; day++) {
		rc = is_stopped(l);
		if (rc == 0)
			rc = live_day(l, day);
		if (rc == 0)
			rc = demo_purchase(l, day);
		if (rc == 0)
			rc = demo_receive(l, day);
	}
	if (rc == 0)
		rc = demo_bill(l);
	if (rc == 0)
		rc = demo_wave(l);
	if (rc == 0)
		rc = demo_count(l);
	if (rc == 0)
		rc = last_minutes(l);
	if (rc == 0)
		rc = demo_made(l);
	if (rc == 0)
		rc = demo_money(l);
	return rc < 0 ? rc : demo_transfer(l);
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
make_dir(struct demo_life *l)
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

static int
live_month(struct demo_life *l, struct str *logins)
{
	int rc;

	if ((rc = make_dir(l)) < 0)
		return rc;
	time_travel(l->d.first - 10 * HOUR);
	rc = db_relax(l->s->db, true);
	if (rc == 0)
		rc = hire(l, logins);
	if (rc == 0)
		rc = demo_materials(l);
	if (rc == 0)
		rc = live(l);
	rmdir(l->dir);
	time_travel(0);
	return rc;
}

static int
fill(struct session *s, bool (*stop)(void), char **logins)
{
	struct demo_life *l;
	struct str text = STR_INIT;
	int rc;

	if ((rc = check_empty(s)) < 0)
		return rc;
	l = xcalloc(1, sizeof(*l));
	l->s = s;
	l->stop = stop;
	l->owner = session_staff(s);
	demo_invent(&l->d, time_now());
	rc = live_month(l, &text);
	if (rc == 0)
		rc = session_become(s, l->owner);
	if (rc == 0)
		rc = name_shop(s);
	if (rc == 0)
		rc = db_relax(s->db, false);
	demo_done(&l->d);
	free(l);
	if (rc == 0)
		*logins = str_take(&text);
	str_done(&text);
	return rc;
}

int
shopdb_demo(struct session *s, char **logins)
{
	return fill(s, NULL, logins);
}

struct filling {
	const char *login, *password;
	bool (*stop)(void);
	char **logins;
};

static int
fill_new(struct session *s, void *arg)
{
	const struct filling *f = arg;
	int rc = session_login(s, f->login, f->password);

	return rc < 0 ? rc : fill(s, f->stop, f->logins);
}

int
shopdb_init_demo(const char *path, const char *login, const char *password,
    bool (*stop)(void), char **logins, struct err *err)
{
	struct filling f = { login, password, stop, logins };
	int rc;

	*logins = NULL;
	rc = shopdb_make(path, login, password, fill_new, &f, err);
	if (rc < 0) {
		free(*logins); /* filled, and yet not all of it written */
		*logins = NULL;
	}
	return rc;
}
