/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "../../src/domain/import/import_priv.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/orders.h"

/* Imports that are taken back. */

#define HEAD \
	"订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额," \
	"退款金额,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,物流单号,物流公司,订单备注\n"
#define ITEMS_HEAD \
	"子订单编号,主订单编号,标题,价格,购买数量,商品属性,商家编码\n"

/* A little world of orders that go on, of which files are made. */
#define WORLD 14

struct world {
	unsigned long long dice;
	struct {
		int state; /* 0: not there yet */
		int street, refund, memo, item, qty, waybill;
	} order[WORLD];
};

static unsigned
roll(struct world *w, unsigned below)
{
	w->dice ^= w->dice >> 12;
	w->dice ^= w->dice << 25;
	w->dice ^= w->dice >> 27;
	return (unsigned)((w->dice * 0x2545f4914f6cdd1dULL) >> 33) % below;
}

static void
go_on(struct world *w, size_t i)
{
	if (w->order[i].state == 0) {
		w->order[i].state = 1 + (int)roll(w, 2);
		w->order[i].item = (int)roll(w, 5);
		w->order[i].qty = 1 + (int)roll(w, 3);
		return;
	}
	switch (roll(w, 6)) {
	case 0:
	case 1:
		if (w->order[i].state < 4)
			w->order[i].state++;
		w->order[i].waybill = w->order[i].state >= 3;
		break;
	case 2:
		w->order[i].street++;
		break;
	case 3:
		w->order[i].refund = 1 - w->order[i].refund;
		break;
	case 4:
		w->order[i].memo++;
		break;
	default:
		w->order[i].qty = 1 + (int)roll(w, 4);
	}
}

static const char *
state_words(int state)
{
	static const char *const words[] = { "", "等待买家付款",
		"\"买家已付款，等待卖家发货\"", "\"卖家已发货，等待买家确认\"",
		"交易成功" };

	return words[state];
}

static void
add_order(const struct world *w, size_t i, struct str *out)
{
	int state = w->order[i].state;

	str_addf(out,
	    "88%02zu,买家%zu,%d,0,%d,%d,%s,收%d,广东省 广州市 越秀区 %d号,"
	    "1390000%04zu,2024-05-%02zu 10:00:00,%s,东西,%s,%s,%s%.*d\n",
	    i, i % 5, 20 * w->order[i].qty,
	    state > 1 ? 20 * w->order[i].qty : 0, w->order[i].refund ? 5 : 0,
	    state_words(state), w->order[i].street, w->order[i].street, i % 5,
	    1 + i, state > 1 ? "2024-05-20 10:01:00" : "",
	    w->order[i].waybill ? "No:771" : "",
	    w->order[i].waybill ? "圆通速递" : "",
	    w->order[i].memo > 0 ? "加急" : "", w->order[i].memo > 0,
	    w->order[i].memo);
}

static void
add_item(const struct world *w, size_t i, struct str *out)
{
	int item = w->order[i].item;

	str_addf(out, "%zu1,88%02zu,东西%d,20,%d,,%s%.*d\n", i, i, item,
	    w->order[i].qty, item == 3 ? "" : "SKU-", item != 3, item);
}

/* Some orders go on, some come; some that did not are in the files too. */
static void
files(struct world *w, unsigned most, const char **orders, const char **items)
{
	struct str o = STR_INIT, l = STR_INIT;
	unsigned n = roll(w, most + 1), k;
	size_t i;

	str_add(&o, HEAD);
	str_add(&l, ITEMS_HEAD);
	for (k = 0; k < n; k++)
		go_on(w, roll(w, WORLD));
	for (i = 0; i < WORLD; i++)
		if (w->order[i].state > 0 && roll(w, 4) > 0) {
			add_order(w, i, &o);
			if (roll(w, 5) > 0)
				add_item(w, i, &l);
		}
	*orders = fixture_file("orders.csv", o.s);
	*items = fixture_file("items.csv", l.s);
	str_done(&o);
	str_done(&l);
}

/* What there is of what imports make. */
static char *
all_known(struct session *s)
{
	char *known = knowledge(s);
	struct str out = STR_INIT;

	str_add(&out, known);
	free(known);
	add_query(s, &out,
	    "SELECT 'shop ' || platform || '|' || name FROM shop"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT 'courier ' || name FROM courier ORDER BY 1 /*scan*/"
	    " /*sort*/");
	add_query(s, &out,
	    "SELECT 'listing ' || title || '|' || sku_code FROM listing"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT 'variant ' || sku_code || '|' || price FROM variant"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT 'receiver ' || name || '|' || address FROM receiver"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT 'count ' || state || '|' || held || '|' || n"
	    " FROM order_count WHERE n <> 0 ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT 'day ' || day || '|' || created_n || '|' || paid_n || '|'"
	    " || paid FROM day_figure WHERE created_n <> 0 OR paid_n <> 0"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	return str_take(&out);
}

/* Does the log say that it was taken back? */
static bool
taken_back(struct session *s, int64_t batch)
{
	struct str sql = STR_INIT;
	int64_t n;

	str_addf(&sql,
	    "SELECT count(*) FROM audit WHERE kind = 'import' AND subject = %lld"
	    " AND op = 'import-undo' /*scan*/",
	    (long long)batch);
	n = fixture_int(s, sql.s);
	str_done(&sql);
	assert_true(n <= 1);
	return n == 1;
}

static void
undo(struct session *s, int64_t batch)
{
	int rc = import_undo(s, batch, NULL);

	if (rc < 0)
		fail_msg("undo: %d %s", rc, s->err.text);
	fixture_verify(s);
	assert_true(taken_back(s, batch));
}

/* Two of what the files name are kits, of each other's parts. */
static void
some_are_kits(struct session *s)
{
	int64_t id[5];
	char sku[8];
	int i;

	for (i = 0; i < 5; i++) {
		snprintf(sku, sizeof(sku), "SKU-%d", i);
		id[i] = i == 0 ? 1 : fixture_variant(s, sku, 0, 0);
	}
	assert_int_equal(kit_put(s, id[1], id[0], 2), 0);
	assert_int_equal(kit_put(s, id[1], id[4], 1), 0);
	assert_int_equal(kit_put(s, id[2], id[4], 3), 0);
}

static void
each_import_can_be_taken_back(void **state)
{
	struct world w = { .dice = 20240501 };
	const char *orders, *items;
	char *before, *after;
	int64_t batch;
	int round, i;

	(void)state;
	for (round = 0; round < 12; round++) {
		struct session *s = fixture_session("owner");

		fixture_variant(s, "SKU-0", round % 2 ? 100 : 1, 500);
		if (round % 4 >= 2)
			some_are_kits(s);
		memset(w.order, 0, sizeof(w.order));
		import_step_most = round % 3 == 0 ? 1 : 64;
		for (i = 0; i < 8; i++) {
			before = all_known(s);
			files(&w, 12, &orders, &items);
			if (roll(&w, 4) == 0)
				items = NULL;
			batch = take(s, "orders", orders, items)->batch;
			after = all_known(s);
			undo(s, batch);
			same_text(all_known(s), before);
			/* And once more: the same as the first time. */
			take(s, "orders", orders, items);
			same_text(all_known(s), after);
		}
		fixture_end(s);
	}
	import_step_most = 64;
	let_go();
}

static void
what_people_did_stands_on_it(void **state)
{
	struct session *s = fixture_session("owner");
	struct world w = { .dice = 7 };
	const struct import_stands *st;
	struct order_remark r = { .memo = "先别发", .flag = 1 };
	const char *orders, *items;
	struct page page;
	int64_t batch, id;

	(void)state;
	files(&w, 12, &orders, &items);
	batch = take(s, "orders", orders, items)->batch;
	id = fixture_int(s, "SELECT min(id) FROM orders /*scan*/");
	assert_int_equal(order_remark(s, id,
			     fixture_int(s, "SELECT version FROM orders"
					    " ORDER BY id LIMIT 1 /*scan*/"),
			     &r),
	    0);
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	assert_int_equal(import_standing(s, batch, 9, &page), 0);
	assert_int_equal(page.n, 1);
	st = page.rows;
	assert_string_equal(st->kind, "order");
	assert_non_null(strstr(st->what, "owner"));
	page_free(&page);
	assert_int_equal(import_undo(s, batch + 1, NULL), ERR_NOTFOUND);
	let_go();
	fixture_end(s);
}

static void
a_later_import_stands_on_an_earlier_one(void **state)
{
	struct session *s = fixture_session("owner");
	struct world w = { .dice = 11 };
	const char *orders, *items;
	int64_t first, second;
	size_t i;

	(void)state;
	files(&w, 12, &orders, &items);
	first = take(s, "orders", orders, items)->batch;
	for (i = 0; i < WORLD; i++)
		if (w.order[i].state > 0)
			w.order[i].memo++;
	files(&w, 0, &orders, &items);
	second = take(s, "orders", orders, items)->batch;
	assert_int_equal(import_undo(s, first, NULL), ERR_STATE);
	undo(s, second);
	undo(s, first);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM orders /*scan*/"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM customer /*scan*/"), 0);
	assert_int_equal(import_undo(s, first, NULL), ERR_STATE);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM import_batch"
					" WHERE state = 4 /*scan*/"),
	    2);
	let_go();
	fixture_end(s);
}

static void
write_sql(struct session *s, const char *sql)
{
	struct txn *txn;

	assert_int_equal(db_begin(s->db, &txn), 0);
	assert_int_equal(db_exec(txn, sql, DB_NOARGS, NULL), 0);
	assert_int_equal(db_commit(&txn), 0);
}

/* Each way in which something can stand on a shop or a courier. */
static void
what_is_referred_to_stays(void **state)
{
	static const char *const uses[] = {
		"UPDATE warehouse SET courier_id = (SELECT max(id)"
		" FROM courier) /*scan*/",
		"INSERT INTO freight_template (courier_id, name)"
		" SELECT max(id), 'x' FROM courier /*scan*/",
		"INSERT INTO review_rule (name, what, shop_id)"
		" SELECT 'x', 'vague', max(id) FROM shop /*scan*/",
	};
	static const char sql_n[] = "SELECT (SELECT count(*) FROM shop)"
				    " + (SELECT count(*) FROM courier)"
				    " /*scan*/";
	size_t i;

	(void)state;
	for (i = 0; i <= sizeof(uses) / sizeof(uses[0]); i++) {
		struct session *s = fixture_session("owner");
		int64_t before = fixture_int(s, sql_n), batch;

		batch = take(s, "orders",
		    fixture_file("orders.csv", HEAD
			"77,买家,20,0,20,0,\"卖家已发货，等待买家确认\",收,"
			"广东省 广州市 越秀区 1号,13900001234,"
			"2024-05-01 10:00:00,2024-05-01 10:01:00,东西,"
			"No:771,新来的快递,\n"),
		    NULL)
			    ->batch;
		assert_int_equal(fixture_int(s, sql_n), before + 2);
		if (i > 0)
			write_sql(s, uses[i - 1]);
		undo(s, batch);
		assert_int_equal(fixture_int(s, sql_n), before + (i > 0));
		fixture_end(s);
	}
}

static void
an_old_import_stays(void **state)
{
	struct session *s = fixture_session("owner");
	struct world w = { .dice = 11 };
	const char *orders, *items;
	int64_t batch;
	size_t i;

	(void)state;
	files(&w, 12, &orders, &items);
	take(s, "orders", orders, items);
	for (i = 0; i < WORLD; i++)
		if (w.order[i].state > 0)
			w.order[i].memo++;
	files(&w, 0, &orders, &items);
	batch = take(s, "orders", orders, items)->batch;
	assert_true(fixture_int(s, "SELECT count(*) FROM import_change"
				   " WHERE image <> '' /*scan*/") > 0);
	write_sql(s, "UPDATE import_batch SET at = at - 91 * 86400 /*scan*/");
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	/* The next one throws away how things were. */
	files(&w, 0, &orders, &items);
	take(s, "orders", orders, items);
	assert_int_equal(fixture_int(s, "SELECT count(*) FROM import_change"
					" WHERE image <> '' AND batch_id <= 2"
					" /*scan*/"),
	    0);
	assert_true(fixture_int(s, "SELECT count(*) FROM import_change"
				   " WHERE batch_id = 2 /*scan*/") > 0);
	assert_int_equal(setting_save(s, "import_undo_days", "365"), 0);
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	fixture_verify(s);
	let_go();
	fixture_end(s);
}

/* Old, or, once it was begun, new after it was recovered. */
static void
taking_back_survives_every_fault(void **state)
{
	struct world w;
	const char *orders, *items;
	int64_t batch;

	(void)state;
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		char *before, *after;
		int rc, again;

		w = (struct world){ .dice = 5 };
		files(&w, 6, &orders, &items);
		take(s, "orders", orders, items);
		before = all_known(s);
		files(&w, 6, &orders, &items);
		batch = take(s, "orders", orders, items)->batch;
		after = all_known(s);
		fault_arm(&f);
		rc = import_undo(s, batch, NULL);
		fault_disarm(&f);
		again = import_recover(s, NULL);
		if (again < 0)
			fail_msg("recover: %s", s->err.text);
		fixture_verify(s);
		if (rc == 0 || taken_back(s, batch)) {
			same_text(all_known(s), before);
			free(after);
		} else {
			same_text(all_known(s), after);
			free(before);
		}
		fixture_end(s);
	}
	let_go();
}

struct heard {
	int64_t most, all;
};

static int
hear(void *arg, const struct import_progress *p)
{
	struct heard *h = arg;

	assert_true(p->final);
	assert_true(p->done <= p->total);
	if (p->done > h->most)
		h->most = p->done;
	h->all = p->total;
	return 0;
}

/* How far it is, of what the import made and changed. */
static void
how_far_it_is_taken_back_is_told(void **state)
{
	struct session *s = fixture_session("owner");
	struct heard h = { .most = 0 };
	const struct import_options opt = { .progress = hear, .arg = &h };
	const struct import_summary *sum;

	(void)state;
	sum = take(s, "orders", ORDERS_2021, ITEMS_2021);
	assert_true(sum->new_n > 1);
	assert_int_equal(import_undo(s, sum->batch, &opt), 0);
	assert_int_equal(h.most, sum->new_n);
	assert_int_equal(h.all, sum->new_n);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_import_can_be_taken_back),
		cmocka_unit_test(how_far_it_is_taken_back_is_told),
		cmocka_unit_test(what_people_did_stands_on_it),
		cmocka_unit_test(a_later_import_stands_on_an_earlier_one),
		cmocka_unit_test(what_is_referred_to_stays),
		cmocka_unit_test(an_old_import_stays),
		cmocka_unit_test(taking_back_survives_every_fault),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
