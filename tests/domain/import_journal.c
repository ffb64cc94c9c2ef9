/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "../../src/domain/import/import_priv.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/shipping.h"

/* Imports in many steps: the same as in one, also when they are interrupted,
 * and while others work. */

#define HEAD \
	"订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额," \
	"买家应付货款,订单状态,收货人姓名,收货地址,联系手机," \
	"订单创建时间,订单付款时间,宝贝标题,物流单号,物流公司,订单备注\n"
#define ITEMS_HEAD \
	"子订单编号,主订单编号,标题,价格,购买数量,商品属性,商家编码\n"
#define ORDERS 40

static const char *
order_file(const char *name, int from, int to, bool later)
{
	struct str s = STR_INIT;
	const char *path;
	int i;

	str_add(&s, HEAD);
	for (i = from; i < to; i++) {
		if (later && i % 3 == 0)
			continue; /* an order that is left out */
		str_addf(&s,
		    "77%03d,买家%d,20,0,20,20,%s,收,广东省 广州市 越秀区 "
		    "%d号,1390000%04d,2024-05-01 10:00:%02d,2024-05-01 "
		    "11:00:00,东西,,,%s\n",
		    i, i % 7,
		    later && i % 4 == 0 ? "交易成功"
					: "\"买家已付款，等待卖家发货\"",
		    later && i % 5 == 0 ? 9 : 1, i % 7, i,
		    later && i % 2 == 0 ? "急" : "");
	}
	if (later)
		str_add(&s, "7 7,x,20,0,20,20,交易成功,收,,,,,,,,\n");
	path = fixture_file(name, s.s);
	str_done(&s);
	return path;
}

/* Not in the sequence of the orders. */
static const char *
item_file(const char *name, int from, int to, bool later)
{
	struct str s = STR_INIT;
	const char *path;
	int i;

	str_add(&s, ITEMS_HEAD);
	for (i = to - 1; i >= from; i--)
		str_addf(&s, "77%03d,77%03d,东西%d,20,%d,,SKU-%d\n", i, i,
		    i % 4, later && i % 6 == 0 ? 2 : 1, i % 4);
	str_add(&s, "x1,77000,东西0,20,bad,,SKU-0\n");
	path = fixture_file(name, s.s);
	str_done(&s);
	return path;
}

struct pair {
	const char *orders, *items;
};

/* A shop with orders, and a pair of files that differs from it. */
static struct pair
prepare(struct session *s)
{
	struct pair later = { order_file("o2.csv", 0, ORDERS, true),
		item_file("i2.csv", 0, ORDERS, true) };

	fixture_variant(s, "SKU-1", 50, 300);
	take(s, "orders", order_file("o1.csv", 0, ORDERS / 2, false),
	    item_file("i1.csv", 0, ORDERS / 2, false));
	return later;
}

static void
small_steps(bool on)
{
	import_step_most = on ? 1 : 64;
}

static struct import_summary
twin(char **known)
{
	struct session *s = fixture_session("owner");
	struct import_summary sum;
	struct pair f;

	small_steps(false);
	f = prepare(s);
	sum = *take(s, "orders", f.orders, f.items);
	*known = knowledge(s);
	fixture_end(s);
	return sum;
}

static void
same_sum(const struct import_summary *a, const struct import_summary *b)
{
	assert_int_equal(a->new_n, b->new_n);
	assert_int_equal(a->updated_n, b->updated_n);
	assert_int_equal(a->unchanged_n, b->unchanged_n);
	assert_int_equal(a->rejected_n, b->rejected_n);
	assert_int_equal(a->lines_new, b->lines_new);
	assert_int_equal(a->customers_new, b->customers_new);
	assert_int_equal(a->products_new, b->products_new);
	assert_int_equal(a->held, b->held);
	assert_int_equal(a->rows, b->rows);
}

static void
in_steps_or_at_once_is_the_same(void **state)
{
	struct session *s = fixture_session("owner");
	struct import_summary sum;
	struct pair f;
	char *known;

	(void)state;
	sum = twin(&known);
	f = prepare(s);
	small_steps(true);
	same_sum(take(s, "orders", f.orders, f.items), &sum);
	same_text(knowledge(s), known);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM import_journal /*scan*/"), 0);
	assert_int_equal(
	    fixture_int(s, "SELECT new_n * 1000 + updated_n FROM import_batch"
			   " WHERE id = 2"),
	    sum.new_n * 1000 + sum.updated_n);
	assert_int_equal(fixture_int(s, "SELECT unchanged_n * 1000 + rejected_n"
					" FROM import_batch WHERE id = 2"),
	    sum.unchanged_n * 1000 + sum.rejected_n);
	small_steps(false);
	let_go();
	fixture_end(s);
}

static void
trying_it_out_tells_the_same(void **state)
{
	struct import_options dry = { .dry_run = true };
	struct session *s = fixture_session("owner");
	struct import_summary sum;
	char *known, *before;
	struct pair f;

	(void)state;
	sum = twin(&known);
	free(known);
	f = prepare(s);
	small_steps(true);
	before = everything(s);
	assert_int_equal(try_import(s, &dry, "orders", f.orders, f.items), 0);
	same_sum(import_summary(taken), &sum);
	same_text(everything(s), before);
	small_steps(false);
	let_go();
	fixture_end(s);
}

/* Whatever fails: nothing of it, or all of it once it was recovered. */
static void
interrupted_anywhere_it_is_finished_or_never_was(void **state)
{
	char *known, *old = NULL;
	int finished = 0, never = 0;

	(void)state;
	(void)twin(&known);
	FOR_EACH_FAULT(f)
	{
		struct session *s;
		struct pair files;
		int64_t state_of;
		int rc;

		/* What is the same in each step is hit in some of them. */
		if (f.n > 40 && f.n % 41 != 0) {
			f.hit = true;
			continue;
		}
		s = fixture_faulty("owner");
		files = prepare(s);
		free(old);
		old = knowledge(s);
		small_steps(true);
		let_go();
		fault_arm(&f);
		rc = import_run(s, "orders",
		    (const char *const[]){ files.orders, files.items }, 2, NULL,
		    &taken);
		fault_disarm(&f);
		state_of = fixture_int(s,
		    "SELECT coalesce(max(state), -1) FROM import_batch"
		    " WHERE id = 2");
		if (import_recover(s, NULL) < 0)
			fail_msg("recover: %s", s->err.text);
		fixture_verify(s);
		if (state_of >= 1) {
			same_text(knowledge(s), strdup(known));
			finished += rc < 0;
		} else {
			same_text(knowledge(s), strdup(old));
			never++;
		}
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM import_journal"
				   " /*scan*/"),
		    0);
		small_steps(false);
		fixture_end(s);
	}
	assert_true(finished > 10 && never > 10);
	free(known);
	free(old);
	let_go();
}

/* As when nobody else has the shop open: @pause steps in one transaction,
 * @steps before somebody comes. */
static void
alone(size_t pause, size_t steps)
{
	small_steps(true);
	import_alone.pause = pause;
	import_alone.steps = steps;
}

static void
not_alone(void)
{
	small_steps(false);
	import_alone.pause = import_alone.steps = SIZE_MAX;
}

static void
alone_or_not_is_the_same(void **state)
{
	static const size_t some[] = { 1, 2, 3, 1000 };
	struct import_summary sum;
	char *known;
	size_t i;

	(void)state;
	sum = twin(&known);
	for (i = 0; i < 16; i++) {
		struct session *s = fixture_session("owner");
		struct pair f = prepare(s);

		alone(some[i % 4], some[i / 4]);
		same_sum(take(s, "orders", f.orders, f.items), &sum);
		same_text(knowledge(s), strdup(known));
		assert_int_equal(
		    fixture_int(s, "SELECT count(*) FROM import_journal"
				   " /*scan*/"),
		    0);
		assert_int_equal(
		    fixture_int(s, "SELECT new_n * 1000 + updated_n"
				   " FROM import_batch WHERE id = 2"
				   " AND state = 2 AND undone_by IS NULL"),
		    sum.new_n * 1000 + sum.updated_n);
		fixture_verify(s);
		not_alone();
		fixture_end(s);
	}
	free(known);
	let_go();
}

/* What is being finished is told, and can not be stopped. */
static int
told_of_finishing(void *arg, const struct import_progress *p)
{
	int *times = arg;

	assert_true(p->final);
	++*times;
	return 1;
}

/* Before somebody came it never was; afterwards it is finished. */
static void
interrupted_alone_it_never_was(void **state)
{
	char *known, *old = NULL;
	int finished = 0, never = 0, times = 0;
	const struct import_options opt = { .progress = told_of_finishing,
		.arg = &times };

	(void)state;
	(void)twin(&known);
	FOR_EACH_FAULT(f)
	{
		struct session *s;
		struct pair files;
		char *now;
		int rc;

		if (f.n > 20 && f.n % 47 != 0) {
			f.hit = true;
			continue;
		}
		s = fixture_faulty("owner");
		files = prepare(s);
		free(old);
		old = knowledge(s);
		alone(2, f.n % 2 == 0 ? 4 : SIZE_MAX);
		let_go();
		fault_arm(&f);
		rc = import_run(s, "orders",
		    (const char *const[]){ files.orders, files.items }, 2, NULL,
		    &taken);
		fault_disarm(&f);
		if (import_recover(s, &opt) < 0)
			fail_msg("recover: %s", s->err.text);
		fixture_verify(s);
		now = knowledge(s);
		finished += rc < 0 && strcmp(now, known) == 0;
		never += rc < 0 && strcmp(now, old) == 0;
		same_text(now,
		    strdup(rc == 0 || strcmp(now, known) == 0 ? known : old));
		not_alone();
		fixture_end(s);
	}
	assert_true(finished > 5 && never > 10);
	assert_true(times >= finished);
	free(known);
	free(old);
	let_go();
}

struct other {
	struct session *s;
	int n;
	int64_t id;
};

/* Somebody holds an order and notes something, between two steps. */
static int
between_steps(void *arg, const struct import_progress *p)
{
	struct order_remark r = { .memo = "客户要求", .flag = 2 };
	struct other *o = arg;

	if (!p->final || o->n++ > 0)
		return 1; /* to stop it is not possible any more */
	assert_int_equal(import_recover(o->s, NULL), 0);
	o->id = fixture_int(
	    o->s, "SELECT id FROM orders WHERE order_no = '77019' /*scan*/");
	assert_int_equal(order_hold(o->s, o->id, "manual", "等一下"), 0);
	assert_int_equal(
	    order_remark(o->s, o->id,
		fixture_int(o->s, "SELECT version FROM orders"
				  " WHERE order_no = '77019' /*scan*/"),
		&r),
	    0);
	return 1;
}

static struct session *
enter(const char *path)
{
	struct session *s;
	struct err err;

	assert_int_equal(session_open(&s, path, &err), 0);
	assert_int_equal(session_login(s, "owner", "owner-password"), 0);
	return s;
}

static void
others_work_between_the_steps(void **state)
{
	const char *path = fixture_shop("steps.db");
	struct session *s = enter(path);
	struct other o = { .s = enter(path) };
	struct import_options opt = { .progress = between_steps, .arg = &o };
	struct pair f = prepare(s);

	(void)state;
	small_steps(true);
	o.n = -1000000; /* cancelled while it is read */
	assert_int_equal(
	    try_import(s, &opt, "orders", f.orders, f.items), ERR_CANCELLED);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM import_batch /*scan*/"), 1);
	small_steps(false);
	let_go();
	session_close(o.s);
	session_close(s);
}

/* Goes on while it can be stopped; afterwards the other one works. */
static int
patient(void *arg, const struct import_progress *p)
{
	return p->final ? between_steps(arg, p) : 0;
}

static void
what_others_do_meanwhile_stays(void **state)
{
	const char *path = fixture_shop("steps2.db");
	struct session *s = enter(path);
	struct other o = { .s = enter(path) };
	struct import_options opt = { .progress = patient, .arg = &o };
	struct pair f = prepare(s);

	(void)state;
	small_steps(true);
	assert_int_equal(try_import(s, &opt, "orders", f.orders, f.items), 0);
	assert_true(o.n > 0);
	fixture_verify(s);
	assert_int_equal(
	    fixture_int(s, "SELECT held FROM orders WHERE order_no = '77019'"
			   " /*scan*/"),
	    1);
	assert_string_equal(
	    text_of(s, "SELECT memo FROM orders WHERE order_no = '77019'"),
	    "客户要求");
	small_steps(false);
	let_go();
	session_close(o.s);
	session_close(s);
}

#define MEMO_OF(no) "SELECT memo FROM orders WHERE order_no = '" no "'"
#define PARCELS_OF(no) \
	"SELECT count(*) FROM parcel p JOIN orders o ON o.id = p.order_id" \
	" WHERE o.order_no = '" no "' /*scan*/"

/* One person ships an order that the file is going to change, another one
 * holds the next and says why. */
static int
bench_work(void *arg, const struct import_progress *p)
{
	struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT7600000000123" };
	struct order_remark r = { .memo = "客户要求", .flag = 2 };
	struct other *o = arg;
	struct packing *pack;
	char warning[200];

	if (!p->final)
		return 0;
	if (o->n++ > 0)
		return 1;
	assert_int_equal(pack_open(o->s, "77008", &pack), 0);
	assert_int_equal(pack_scan(o->s, pack, "SKU-0", NULL), PACK_COMPLETE);
	assert_int_equal(pack_ship(o->s, pack, &close, warning), 0);
	pack_free(pack);
	o->id = fixture_int(
	    o->s, "SELECT id FROM orders WHERE order_no = '77010' /*scan*/");
	assert_int_equal(order_hold(o->s, o->id, "manual", "等一下"), 0);
	assert_int_equal(
	    order_remark(o->s, o->id,
		fixture_int(o->s, "SELECT version FROM orders"
				  " WHERE order_no = '77010' /*scan*/"),
		&r),
	    0);
	return 1;
}

static void
what_a_person_did_between_two_steps_wins(void **state)
{
	const char *path = fixture_shop("steps3.db");
	struct session *s = enter(path);
	struct other o = { .s = enter(path) };
	struct import_options opt = { .progress = bench_work, .arg = &o };
	int64_t sku = fixture_variant(s, "SKU-0", 50, 300);
	struct pair f = prepare(s);

	(void)state;
	small_steps(true);
	assert_int_equal(try_import(s, &opt, "orders", f.orders, f.items), 0);
	assert_true(o.n > 1);
	fixture_verify(s);
	/* Done, as the platform says, but by our parcel, and taken once. */
	assert_int_equal(
	    fixture_int(s, "SELECT state FROM orders WHERE order_no = '77008'"
			   " /*scan*/"),
	    ORDER_DONE);
	assert_string_equal(text_of(s, "SELECT waybill_no FROM orders"
				       " WHERE order_no = '77008'"),
	    "YT7600000000123");
	assert_int_equal(fixture_int(s, PARCELS_OF("77008")), 1);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM stock_slip s JOIN orders o"
			   " ON o.id = s.order_id WHERE o.order_no = '77008'"
			   " /*scan*/"),
	    1);
	assert_int_equal(fixture_int(s, "SELECT sum(-m.qty) FROM stock_move m"
					" JOIN stock_slip s ON s.id = m.slip_id"
					" WHERE s.kind = 'ship' /*scan*/"),
	    50 - fixture_on_hand(s, sku) +
		fixture_int(s, "SELECT 50 - on_hand FROM stock t JOIN variant v"
			       " ON v.id = t.variant_id"
			       " WHERE v.sku_code = 'SKU-1' /*scan*/"));
	assert_int_equal(
	    fixture_int(s, "SELECT held FROM orders WHERE order_no = '77010'"
			   " /*scan*/"),
	    1);
	assert_string_equal(text_of(s, MEMO_OF("77010")), "客户要求");
	assert_string_equal(text_of(s, MEMO_OF("77014")), "急");
	small_steps(false);
	let_go();
	session_close(o.s);
	session_close(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(in_steps_or_at_once_is_the_same),
		cmocka_unit_test(trying_it_out_tells_the_same),
		cmocka_unit_test(alone_or_not_is_the_same),
		cmocka_unit_test(interrupted_alone_it_never_was),
		cmocka_unit_test(others_work_between_the_steps),
		cmocka_unit_test(what_others_do_meanwhile_stays),
		cmocka_unit_test(what_a_person_did_between_two_steps_wins),
		cmocka_unit_test(
		    interrupted_anywhere_it_is_finished_or_never_was),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
