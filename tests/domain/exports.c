/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fault.h"
#include "fixture.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/domain/shipping.h"

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

static char *
read_whole(const char *path)
{
	static char text[200000];
	FILE *file = fopen(path, "r");
	size_t n;

	if (file == NULL)
		return NULL;
	n = fread(text, 1, sizeof(text) - 1, file);
	text[n] = '\0';
	fclose(file);
	return text;
}

static void
ship(struct session *s, const char *order_no, const char *waybill)
{
	struct pack_close c = { .courier = "YTO" };
	const struct pack_line *l;
	struct packing *p;
	size_t n, i;

	snprintf(c.waybill_no, sizeof(c.waybill_no), "%s", waybill);
	must(s, pack_open(s, order_no, &p));
	l = pack_lines(p, &n);
	for (i = 0; i < n; i++)
		while (l[i].have < l[i].need)
			must(s, pack_scan(s, p, l[i].sku_code, NULL));
	must(s, pack_ship(s, p, &c, NULL));
	pack_free(p);
}

static struct session *
shop_as(const char *role, struct session *s)
{
	fixture_variant(s, "PAN", 50, 1250);
	fixture_variant(s, "STONE", 50, 700);
	fixture_order(s, "4119203366520877702", 1, "PAN", NULL);
	fixture_order(s, "1002", 2, "PAN", "STONE", NULL);
	fixture_order(s, "1003", 1, "?=cmd()", NULL);
	ship(s, "4119203366520877702", "YT8812345678901");
	fixture_role(s, role);
	return s;
}

static struct session *
shop(void)
{
	return shop_as("owner", fixture_session("owner"));
}

static int64_t export(struct session *s, const char *kind, const char *path,
    struct export_options *opt)
{
	int64_t rows = -1;

	must(s, export_run(s, kind, path, opt, &rows));
	return rows;
}

static void
orders_become_a_file(void **state)
{
	struct export_options opt = { .english = true };
	const char *path = fixture_path("orders.csv"), *text;
	struct session *s;
	char line[64];

	(void)state;
	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	s = shop();
	assert_int_equal(export(s, "orders", path, &opt), 3);
	text = read_whole(path);
	assert_int_equal(strncmp(text,
			     "\xef\xbb\xbf"
			     "order_no,state,",
			     17),
	    0);
	/* Oldest first; the time is the shop's own. */
	snprintf(line, sizeof(line), "\r\n%s,shipped,no,,%s",
	    "4119203366520877702", "2026-11-22 13:05:00");
	assert_non_null(strstr(text, line));
	assert_non_null(strstr(text, "PAN +1,4,200.00"));
	assert_non_null(strstr(text, ",'=cmd(),1,50.00"));
	assert_non_null(strstr(text, "1003,paid,yes,unmapped,"));
	assert_null(strstr(text, ",NULL"));
	assert_int_equal(fixture_audited(s, "export", 0), 1);
	unsetenv("SHOPMGR_NOW");
	fixture_end(s);
}

static void
what_is_exported_can_be_filtered(void **state)
{
	const struct rec_filter paid = { "state", "paid" };
	const struct rec_filter held = { "tab", "held" };
	const struct rec_filter goods = { "goods", "PAN" };
	const struct rec_filter past = { "until", "2020-01-01" };
	const struct rec_filter since = { "since", "2020-01-01" };
	const struct rec_filter wrong = { "colour", "red" };
	struct export_options opt = { .english = true, .nfilters = 1 };
	const char *path = fixture_path("some.csv");
	struct session *s = shop();

	(void)state;
	opt.filters = &paid;
	assert_int_equal(export(s, "orders", path, &opt), 2);
	opt.filters = &held;
	assert_int_equal(export(s, "orders", path, &opt), 1);
	opt.filters = &goods;
	assert_int_equal(export(s, "orders", path, &opt), 1);
	opt.filters = &past;
	assert_int_equal(export(s, "orders", path, &opt), 0);
	opt.filters = &since;
	assert_int_equal(export(s, "orders", path, &opt), 3);
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	opt.filters = &wrong;
	unlink(path);
	assert_int_equal(
	    export_run(s, "orders", path, &opt, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "colour");
	assert_null(read_whole(path));
	fixture_end(s);
}

static void
every_kind_becomes_a_file(void **state)
{
	const char *path = fixture_path("any.csv");
	struct session *s = shop();
	size_t i;

	(void)state;
	for (i = 0; record_kinds[i] != NULL; i++) {
		const struct rec_kind *k = record_kinds[i];
		int64_t rows = export(s, k->name, path, NULL);
		const char *text = read_whole(path);
		struct page page;
		int64_t lines = 0;

		for (; *text != '\0'; text++)
			lines += *text == '\n';
		assert_int_equal(lines, rows + 1);
		must(s, k->page(s, NULL, 0, PAGE_FIRST, NULL, 200, &page));
		/* The audit log knows of the export itself. */
		assert_int_equal(
		    page.n, rows + (strcmp(k->name, "audit") == 0));
		page_free(&page);
	}
	assert_int_equal(
	    export_run(s, "wishes", path, NULL, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "kind");
	fixture_end(s);
}

static void
long_lists_are_exported_whole(void **state)
{
	const char *path = fixture_path("long.csv");
	struct session *s = fixture_session("owner");
	struct txn *txn;
	int64_t i;

	(void)state;
	must(s, db_begin(s->db, &txn));
	for (i = 0; i < 2500; i++)
		must(s, db_exec(txn,
			    "INSERT INTO audit (at, op, kind, subject, detail)"
			    " VALUES ($1, 'x', 'x', 0, '')",
			    DB_ARGS(db_i(i)), NULL));
	must(s, db_commit(&txn));
	i = fixture_int(s, "SELECT count(*) FROM audit");
	assert_int_equal(export(s, "audit", path, NULL), i);
	fixture_end(s);
}

static void
labels_are_in_the_file_s_language(void **state)
{
	struct export_options opt = { .english = false };
	const char *path = fixture_path("labels.csv");
	struct session *s = shop();

	(void)state;
	export(s, "products", path, &opt);
	assert_non_null(strstr(read_whole(path), "SKU code,Variant,Product"));
	export(s, "orders", path, &opt);
	assert_non_null(strstr(read_whole(path), order_state_text(4)));
	fixture_end(s);
}

static void
encodings_are_chosen(void **state)
{
	struct export_options opt = { .encoding = "utf-8", .english = true };
	const char *path = fixture_path("coded.csv");
	struct session *s = shop();

	(void)state;
	export(s, "couriers", path, &opt);
	assert_int_equal(strncmp(read_whole(path), "name,", 5), 0);
	assert_non_null(strstr(read_whole(path), "圆通速递"));
	opt.encoding = "gb18030";
	export(s, "couriers", path, &opt);
	assert_non_null(strstr(read_whole(path), "\xd4\xb2\xcd\xa8"));
	opt.encoding = "latin-1";
	assert_int_equal(
	    export_run(s, "couriers", path, &opt, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "encoding");
	assert_int_equal(
	    export_run(s, "shipments", path, &opt, NULL), ERR_INVALID);
	fixture_end(s);
}

/* The setting of those whose spreadsheet would round the numbers. */
static void
numbers_are_protected_when_asked(void **state)
{
	struct export_options opt = { .encoding = "utf-8",
		.protect_ids = true };
	const char *path = fixture_path("protected.csv");
	struct session *s = shop();

	(void)state;
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	assert_string_equal(read_whole(path),
	    "订单编号,物流公司,运单号\r\n"
	    "4119203366520877702\t,圆通速递,YT8812345678901\t\r\n");
	assert_true(export(s, "orders", path, &opt) > 0);
	assert_non_null(strstr(read_whole(path), "4119203366520877702\t,"));
	fixture_end(s);
}

static void
shipments_go_out_once(void **state)
{
	struct export_options opt = { .encoding = "utf-8" };
	const char *path = fixture_path("ship.csv");
	struct session *s = shop();

	(void)state;
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	assert_string_equal(read_whole(path),
	    "订单编号,物流公司,运单号\r\n"
	    "4119203366520877702,圆通速递,YT8812345678901\r\n");
	assert_int_equal(export(s, "shipments", path, &opt), 0);
	ship(s, "1002", "YT8812345678902");
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	opt.all = true;
	assert_int_equal(export(s, "shipments", path, &opt), 2);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM parcel WHERE exported_at = 0"),
	    0);
	assert_int_equal(fixture_audited(s, "export", 0), 4);
	fixture_verify(s);
	fixture_end(s);
}

/* Taobao's and Tmall's shops are kept at one place, which takes one file. */
static void
a_file_for_taobao_has_parcels_of_tmall(void **state)
{
	struct export_options opt = { .encoding = "utf-8",
		.platform = "taobao" };
	const char *path = fixture_path("tmall.csv");
	struct session *s = shop();
	struct txn *txn;

	(void)state;
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, "UPDATE shop SET platform = 'tmall' WHERE id = 1",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	fixture_end(s);
}

static void
platforms_have_layouts_of_their_own(void **state)
{
	struct export_options opt = { .encoding = "utf-8", .platform = "pdd" };
	const char *path = fixture_path("ship.csv");
	struct session *s = shop();
	struct txn *txn;

	(void)state;
	assert_int_equal(export(s, "shipments", path, &opt), 0);
	assert_string_equal(read_whole(path),
	    "订单号,快递公司,快递单号\r\n"
	    "order_sn,shipping_name,shipping_sn\r\n");
	opt.platform = "xiaohongshu";
	assert_int_equal(
	    export_run(s, "shipments", path, &opt, NULL), ERR_INVALID);
	assert_string_equal(session_err(s)->field, "platform");
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn,
		    "UPDATE shop SET platform = 'xiaohongshu' WHERE id = 1",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	assert_non_null(strstr(read_whole(path), "订单号,快递公司,快递单号"));
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, "UPDATE shop SET platform = 'youzan' WHERE id = 1",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	opt.platform = "youzan";
	opt.all = true;
	setenv("SHOPMGR_NOW", "2026-11-22 14:05:00", 1);
	ship(s, "1002", "YT8812345678902");
	unsetenv("SHOPMGR_NOW");
	assert_int_equal(export(s, "shipments", path, &opt), 2);
	assert_non_null(strstr(read_whole(path), "有赞订单号"));
	assert_non_null(strstr(read_whole(path),
	    "1002,圆通速递,YT8812345678902,,2026-11-22 14:05:00,,\r\n"));
	fixture_end(s);
}

/* Mall systems have no platform of their own: their orders are "manual". */
static void
mall_systems_get_their_waybills(void **state)
{
	struct export_options opt = { .encoding = "utf-8",
		.platform = "crmeb" };
	const char *path = fixture_path("mall.csv");
	struct session *s = shop();
	struct txn *txn;

	(void)state;
	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, "UPDATE shop SET platform = 'manual' WHERE id = 1",
		    DB_NOARGS, NULL));
	must(s, db_commit(&txn));
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	assert_string_equal(read_whole(path),
	    "订单编号,物流公司,物流单号\r\n"
	    "4119203366520877702,圆通速递,YT8812345678901\r\n");
	opt.all = true;
	opt.platform = "crmeb-long";
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	fixture_end(s);
}

/* No layout is of a platform that no shop can be of: nothing would go in. */
static void
each_layout_is_of_a_platform(void **state)
{
	struct session *s = fixture_session("owner");
	struct page page;
	size_t i, k;

	(void)state;
	must(s, export_layouts(s, NULL, &page));
	for (i = 0; i < page.n; i++) {
		const struct export_layout *l = page_row(&page, i);

		for (k = 0; platform_names[k] != NULL &&
			    strcmp(platform_names[k], l->platform) != 0;
		     k++)
			;
		if (l->platform[0] != '\0' && platform_names[k] == NULL)
			fail_msg("%s: %s", l->name, l->platform);
	}
	page_free(&page);
	fixture_end(s);
}

static bool
offers(struct session *s, const char *platform, const char *name)
{
	struct page page;
	bool found = false;
	size_t i;

	must(s, export_layouts_for(s, platform, &page));
	for (i = 0; i < page.n; i++) {
		const struct export_layout *l = page_row(&page, i);

		found |= strcmp(l->name, name) == 0;
	}
	page_free(&page);
	return found;
}

/* A shop has its platform's; who has none the common one, by its own name. */
static void
a_shop_is_offered_what_its_platform_takes(void **state)
{
	static const struct {
		const char *platform, *name;
		bool there;
	} want[] = {
		{ "taobao", "taobao", true },
		{ "taobao", "taobao-codes", true },
		{ "taobao", "tmall", false },
		{ "tmall", "tmall", true },
		{ "tmall", "taobao-codes", true },
		{ "tmall", "taobao", false },
		{ "pdd", "pdd-plain", true },
		{ "pdd", "taobao-codes", false },
		{ "pdd", "other", false },
		{ "manual", "crmeb", true },
		{ "manual", "crmeb-long", true },
		{ "manual", "manual", true },
		{ "etsy", "etsy", true },
	};
	struct session *s = fixture_session("owner");
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(want) / sizeof(want[0]); i++)
		if (offers(s, want[i].platform, want[i].name) != want[i].there)
			fail_msg("%s: %s", want[i].platform, want[i].name);
	fixture_end(s);
}

static void
shipments_are_filtered_by_shop_and_time(void **state)
{
	const struct rec_filter mine = { "shop", "测试店" };
	const struct rec_filter other = { "shop", "别家" };
	const struct rec_filter there = { "platform", "taobao" };
	const struct rec_filter elsewhere = { "platform", "tmall" };
	const struct rec_filter past = { "until", "2020-01-01" };
	const struct rec_filter wrong = { "state", "paid" };
	struct export_options opt = { .nfilters = 1, .filters = &other };
	const char *path = fixture_path("ship.csv");
	struct session *s = shop();

	(void)state;
	assert_int_equal(export(s, "shipments", path, &opt), 0);
	opt.filters = &past;
	assert_int_equal(export(s, "shipments", path, &opt), 0);
	opt.filters = &wrong;
	assert_int_equal(
	    export_run(s, "shipments", path, &opt, NULL), ERR_INVALID);
	opt.filters = &elsewhere; /* a shop there may have the same name */
	assert_int_equal(export(s, "shipments", path, &opt), 0);
	opt.filters = &there;
	opt.all = true;
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	opt.filters = &mine;
	assert_int_equal(export(s, "shipments", path, &opt), 1);
	fixture_end(s);
}

/* More parcels than a platform takes in one file, all of the first order. */
static struct session *
busy_shop(int n)
{
	struct session *s = shop();
	struct txn *txn;
	char waybill[32];
	int i;

	must(s, db_begin(s->db, &txn));
	for (i = 0; i < n; i++) {
		snprintf(waybill, sizeof(waybill), "W%06d", i);
		must(s, db_exec(txn,
			    "INSERT INTO parcel (order_id, courier_id,"
			    " waybill_no, weight, slip_id, packer_id,"
			    " shipped_at) VALUES (1, 1, $1, 0, 1, 1, $2)",
			    DB_ARGS(db_t(waybill), db_i(time_now())), NULL));
	}
	must(s, db_commit(&txn));
	return s;
}

static int64_t
rows_in(const char *path)
{
	const char *text = read_whole(path);
	int64_t n = -1;

	assert_non_null(text);
	for (; *text != '\0'; text++)
		n += *text == '\n';
	return n;
}

static void
what_a_platform_does_not_take_at_once_goes_into_several_files(void **state)
{
	struct session *s = busy_shop(2200);
	const char *path = fixture_path("ship.csv");
	struct export_result r;
	struct export_options opt = { .result = &r };

	(void)state;
	unlink(path);
	assert_int_equal(export(s, "shipments", path, &opt), 2201);
	assert_int_equal(r.files, 3);
	assert_string_equal(r.first, fixture_path("ship-1.csv"));
	assert_string_equal(r.last, fixture_path("ship-3.csv"));
	assert_int_equal(rows_in(fixture_path("ship-1.csv")), 1000);
	assert_int_equal(rows_in(fixture_path("ship-2.csv")), 1000);
	assert_int_equal(rows_in(fixture_path("ship-3.csv")), 201);
	assert_null(read_whole(path));
	/* All of it is one operation. */
	assert_int_equal(fixture_audited(s, "export", 0), 1);
	assert_int_equal(export(s, "shipments", path, &opt), 0);
	assert_int_equal(r.files, 1);
	/* A file with the name is not replaced unless that is meant. */
	opt.all = opt.keep_files = true;
	assert_int_equal(export_run(s, "shipments", path, &opt, NULL), ERR_IO);
	assert_int_equal(rows_in(fixture_path("ship-1.csv")), 1000);
	unlink(fixture_path("ship-1.csv"));
	unlink(fixture_path("ship-2.csv"));
	unlink(fixture_path("ship-3.csv"));
	fixture_end(s);
}

/* What cannot all be written is not written at all, nor marked. */
static void
of_several_files_all_appear_or_none(void **state)
{
	struct session *s = busy_shop(1200);
	const char *path = fixture_path("ship.csv");
	char second[4096];

	(void)state;
	snprintf(second, sizeof(second), "%s", fixture_path("ship-2.csv"));
	assert_int_equal(mkdir(second, 0700), 0);
	assert_int_equal(export_run(s, "shipments", path, NULL, NULL), ERR_IO);
	assert_int_equal(access(fixture_path("ship-1.csv"), F_OK), -1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM parcel WHERE exported_at > 0"),
	    0);
	assert_int_equal(fixture_audited(s, "export", 0), 0);
	rmdir(second);
	fixture_end(s);
}

static int
stop(void *arg, int64_t rows)
{
	*(int64_t *)arg = rows;
	return 1;
}

static void
a_cancelled_export_leaves_no_file(void **state)
{
	struct session *s = fixture_session("owner");
	const char *path = fixture_path("cancelled.csv");
	int64_t at = 0;
	struct export_options opt = { .progress = stop, .arg = &at };
	struct txn *txn;
	int64_t i;

	(void)state;
	must(s, db_begin(s->db, &txn));
	for (i = 0; i < 2500; i++)
		must(s, db_exec(txn,
			    "INSERT INTO audit (at, op, kind, subject, detail)"
			    " VALUES ($1, 'x', 'x', 0, '')",
			    DB_ARGS(db_i(i)), NULL));
	must(s, db_commit(&txn));
	assert_int_equal(
	    export_run(s, "audit", path, &opt, NULL), ERR_CANCELLED);
	assert_int_equal(at, 2000);
	assert_null(read_whole(path));
	fixture_end(s);
}

static void
roles_are_held_to(void **state)
{
	const char *path = fixture_path("denied.csv");
	struct session *s = shop();

	(void)state;
	fixture_role(s, "agent");
	assert_int_equal(export_run(s, "orders", path, NULL, NULL), ERR_DENIED);
	fixture_role(s, "clerk"); /* may export, but not see customers */
	assert_int_equal(
	    export_run(s, "customers", path, NULL, NULL), ERR_DENIED);
	assert_null(read_whole(path));
	assert_int_equal(export(s, "shipments", path, NULL), 1);
	fixture_end(s);
}

static void
a_folder_that_is_not_there_is_said(void **state)
{
	struct session *s = shop();

	(void)state;
	assert_int_equal(
	    export_run(s, "orders", "/no/such/place.csv", NULL, NULL), ERR_IO);
	assert_int_equal(
	    export_run(s, "shipments", "/no/such/place.csv", NULL, NULL),
	    ERR_IO);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM parcel WHERE exported_at = 0"),
	    1);
	fixture_end(s);
}

/* The file and the mark stand or fall together. */
static void
exports_survive_every_failure(void **state)
{
	const char *path = fixture_path("faulty.csv");

	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = shop_as("owner", fixture_faulty("owner"));
		int rc;

		unlink(path);
		fault_arm(&f);
		rc = export_run(s, "shipments", path, NULL, NULL);
		fault_disarm(&f);
		assert_true((rc == 0) != f.hit);
		assert_int_equal(access(path, F_OK) == 0, rc == 0);
		assert_int_equal(
		    fixture_int(
			s, "SELECT count(*) FROM parcel WHERE exported_at > 0"),
		    rc == 0);
		assert_int_equal(fixture_audited(s, "export", 0), rc == 0);
		fixture_end(s);
	}
	FOR_EACH_FAULT(f)
	{
		struct session *s = shop_as("owner", fixture_faulty("owner"));
		int rc;

		unlink(path);
		fault_arm(&f);
		rc = export_run(s, "orders", path, NULL, NULL);
		fault_disarm(&f);
		assert_true((rc == 0) != f.hit);
		assert_int_equal(access(path, F_OK) == 0, rc == 0);
		assert_int_equal(fixture_audited(s, "export", 0), rc == 0);
		fixture_end(s);
	}
}

/* What one shop exports, another takes in. */
static void
round_trip(bool english)
{
	static const char *const kinds[] = { "products", "customers" };
	struct export_options opt = { .english = english };
	struct import_options how = { .shop = NULL };
	struct session *from = shop(), *to = fixture_session("owner");
	const char *path = fixture_path("trip.csv");
	size_t i;

	for (i = 0; i < 2; i++) {
		int64_t rows = export(from, kinds[i], path, &opt);
		struct import *im;

		must(to, import_run(to, kinds[i], &path, 1, &how, &im));
		assert_int_equal(import_summary(im)->new_n, rows);
		assert_int_equal(import_summary(im)->rejected_n, 0);
		import_free(im);
		must(to, import_run(to, kinds[i], &path, 1, &how, &im));
		assert_int_equal(import_summary(im)->unchanged_n, rows);
		import_free(im);
	}
	fixture_end(from);
	fixture_end(to);
}

static void
what_was_exported_can_be_imported(void **state)
{
	(void)state;
	round_trip(true);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(orders_become_a_file),
		cmocka_unit_test(what_is_exported_can_be_filtered),
		cmocka_unit_test(every_kind_becomes_a_file),
		cmocka_unit_test(long_lists_are_exported_whole),
		cmocka_unit_test(labels_are_in_the_file_s_language),
		cmocka_unit_test(encodings_are_chosen),
		cmocka_unit_test(numbers_are_protected_when_asked),
		cmocka_unit_test(shipments_go_out_once),
		cmocka_unit_test(a_file_for_taobao_has_parcels_of_tmall),
		cmocka_unit_test(platforms_have_layouts_of_their_own),
		cmocka_unit_test(mall_systems_get_their_waybills),
		cmocka_unit_test(each_layout_is_of_a_platform),
		cmocka_unit_test(a_shop_is_offered_what_its_platform_takes),
		cmocka_unit_test(shipments_are_filtered_by_shop_and_time),
		cmocka_unit_test(
		    what_a_platform_does_not_take_at_once_goes_into_several_files),
		cmocka_unit_test(of_several_files_all_appear_or_none),
		cmocka_unit_test(a_cancelled_export_leaves_no_file),
		cmocka_unit_test(roles_are_held_to),
		cmocka_unit_test(a_folder_that_is_not_there_is_said),
		cmocka_unit_test(exports_survive_every_failure),
		cmocka_unit_test(what_was_exported_can_be_imported),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
