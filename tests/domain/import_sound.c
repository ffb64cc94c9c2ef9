/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/time.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/settings.h"

/* Whatever happens on the way: all of an import, or nothing of it; and whatever
 * way files come, what the newest of them say. */

#define ORDER_HEAD \
	"订单编号,买家会员名,总金额,买家应付货款,买家应付邮费," \
	"买家实际支付金额,订单创建时间,订单付款时间,宝贝标题,店铺名称," \
	"订单状态,物流单号,物流公司,订单备注,退款金额,收货人姓名," \
	"收货地址,联系手机\n"
#define ITEM_HEAD \
	"子订单编号,主订单编号,标题,价格,购买数量,商品属性," \
	"订单状态,商家编码,买家应付货款,买家实际支付金额,退款状态," \
	"退款金额,订单创建时间\n"

static const char *const state_words[] = { "等待买家付款",
	"\"买家已付款，等待卖家发货\"", "卖家部分发货",
	"\"卖家已发货，等待买家确认\"", "交易成功", "交易关闭" };

static uint64_t seed;

static unsigned
dice(unsigned n)
{
	seed = seed * 6364136223846793005u + 1442695040888963407u;
	return (unsigned)(seed >> 33) % n;
}

/* How order @i stands at time @t: it only ever gets on. */
static int
state_at(int i, int t)
{
	static const int paths[][6] = {
		{ 0, 0, 1, 1, 3, 4 },
		{ 0, 1, 3, 3, 4, 4 },
		{ 1, 1, 1, 2, 3, 4 },
		{ 0, 0, 0, 5, 5, 5 },
		{ 1, 1, 5, 5, 5, 5 },
		{ 1, 3, 3, 4, 4, 5 },
	};

	return paths[i % 6][t];
}

static void
add_order(struct str *out, int i, int t)
{
	int state = state_at(i, t);
	bool paid = state > 0 && i % 6 != 3,
	     sent = (state > 2 && state < 5) || (state == 5 && i % 6 == 5);

	str_addf(out,
	    "\"3120000000001%06d\",nick%d,%d.50,%d,0,%s,2024-05-0%d 10:00:00,"
	    "%s,东西%d,店%d,%s,%s,%s,%s,%d,收%d,广东省 广州市 越秀区 "
	    "%d号,139%08d\n",
	    i + 1, i % 7, i + 1, i + 1, paid ? "20" : "0", i % 9 + 1,
	    paid ? "2024-05-10 10:00:00" : "", i, i % 2, state_words[state],
	    sent ? "YT123" : "", sent ? "圆通速递" : "", t >= 3 ? "备注" : "",
	    state == 5 && paid ? 20 : 0, i % 7, i % 7, i % 7);
}

static void
add_items(struct str *out, int i, int t)
{
	int k, n = i % 3 + 1;

	for (k = 0; k < n; k++)
		str_addf(out,
		    "4120000000%03d%06d,3120000000001%06d,东西%d,1.50,%d,"
		    "色%d,%s,%s%d,1,1,%s,%d,2024-05-0%d 10:00:00\n",
		    k, i + 1, i + 1, i % 5, k + 1, k,
		    state_words[state_at(i, t)],
		    i % 4 == 0 && k == 1 ? "" : "SKU-",
		    i % 4 == 0 && k == 1 ? 0 : i % 5 * 3 + k,
		    state_at(i, t) == 5 && t > 2 ? "退款成功" : "没有申请退款",
		    state_at(i, t) == 5 && t > 2 ? 1 : 0, i % 9 + 1);
}

#define NORDERS 24

/* The files of time @at[i] of the orders that are wanted. */
static void
write_files(const int at[NORDERS], const char *files[2])
{
	struct str orders = STR_INIT, items = STR_INIT;
	int i;

	str_add(&orders, ORDER_HEAD);
	str_add(&items, ITEM_HEAD);
	for (i = 0; i < NORDERS; i++) {
		if (at[i] < 0)
			continue;
		add_order(&orders, i, at[i]);
		add_items(&items, i, at[i]);
	}
	files[0] = fixture_file("orders.csv", orders.s);
	files[1] = fixture_file("items.csv", items.s);
	str_done(&orders);
	str_done(&items);
}

static void
any_way_ends_in_what_the_newest_say(void **state)
{
	(void)state;
	for (seed = 1; seed < 40;) {
		struct session *s = fixture_session("owner");
		int newest[NORDERS], now[NORDERS];
		const char *files[2];
		uint64_t keep = seed;
		char *got;
		int i, round;

		/* That a remark came later is no difference in the end. */
		assert_int_equal(setting_save(s, "import_hold_remark", "0"), 0);
		memset(newest, -1, sizeof(newest));
		for (round = 0; round < 6; round++) {
			int t = (int)dice(6);

			for (i = 0; i < NORDERS; i++) {
				now[i] = dice(3) > 0 ? t : -1;
				if (now[i] > newest[i])
					newest[i] = now[i];
			}
			write_files(now, files);
			if (dice(2))
				take(s, "orders", files[1], files[0]);
			else {
				take(s, "orders", files[0], NULL);
				take(s, "orders", files[1], NULL);
			}
		}
		got = knowledge(s);
		let_go();
		fixture_end(s);
		s = fixture_session("owner");
		write_files(newest, files);
		take(s, "orders", files[0], files[1]);
		same_text(got, knowledge(s));
		let_go();
		fixture_end(s);
		seed = keep + 1;
	}
}

/* The same orders twice in one import, in files that overlap. */
static void
overlapping_files_count_once(void **state)
{
	struct session *s = fixture_session("owner");
	int early[NORDERS], late[NORDERS], i;
	const char *a[2], *b[2], *all[4];
	char first[4][256];
	char *want;

	(void)state;
	for (i = 0; i < NORDERS; i++) {
		early[i] = i < 16 ? 1 : -1;
		late[i] = i >= 8 ? 4 : -1;
	}
	write_files(early, a);
	rename(a[0], fixture_path("a0.csv"));
	rename(a[1], fixture_path("a1.csv"));
	write_files(late, b);
	snprintf(first[0], 256, "%s", fixture_path("a0.csv"));
	snprintf(first[1], 256, "%s", fixture_path("a1.csv"));
	snprintf(first[2], 256, "%s", b[0]);
	snprintf(first[3], 256, "%s", b[1]);
	for (i = 0; i < 4; i++)
		all[i] = first[i];
	let_go();
	assert_int_equal(import_run(s, "orders", all, 4, NULL, &taken), 0);
	fixture_verify(s);
	counts(import_summary(taken), NORDERS, 0, 0, 0);
	assert_int_equal(import_summary(taken)->lines_new, 48);
	want = knowledge(s);
	let_go();
	fixture_end(s);

	s = fixture_session("owner");
	for (i = 0; i < NORDERS; i++)
		if (late[i] < 0)
			late[i] = early[i];
	write_files(late, b);
	take(s, "orders", b[0], b[1]);
	same_text(want, knowledge(s));
	let_go();
	fixture_end(s);
}

static void
set_all(int at[NORDERS], int n, int t)
{
	int i;

	for (i = 0; i < NORDERS; i++)
		at[i] = i < n ? t : -1;
}

static void
a_first_import_survives_every_failure(void **state)
{
	const char *files[2];
	int at[NORDERS];

	(void)state;
	set_all(at, 4, 1);
	write_files(at, files);
	FOR_EACH_FAULT(f)
	{
		struct session *s = fixture_faulty("owner");
		char *before = everything(s);
		int rc;

		fault_arm(&f);
		rc = try_import(s, NULL, "orders", files[0], files[1]);
		fault_disarm(&f);
		if (rc < 0) {
			same_text(before, everything(s));
		} else {
			free(before);
			assert_int_equal(
			    fixture_int(s, "SELECT count(*) FROM orders"), 4);
			assert_int_equal(fixture_audited(s, "import", 1), 1);
		}
		fixture_verify(s);
		let_go();
		fixture_end(s);
	}
}

static void
a_later_import_survives_every_failure(void **state)
{
	char first[2][256];
	const char *files[2], *like;
	struct session *s;
	int at[NORDERS];

	(void)state;
	set_all(at, 3, 1);
	write_files(at, files);
	rename(files[0], fixture_path("f0.csv"));
	rename(files[1], fixture_path("f1.csv"));
	snprintf(first[0], 256, "%s", fixture_path("f0.csv"));
	snprintf(first[1], 256, "%s", fixture_path("f1.csv"));
	s = fixture_session("owner");
	take(s, "orders", first[0], first[1]);
	let_go();
	like = fixture_path("like.db");
	assert_int_equal(db_copy(s->db, like), 0);
	fixture_end(s);
	set_all(at, 5, 3);
	write_files(at, files);
	FOR_EACH_FAULT(f)
	{
		char *before;
		int rc;

		s = fixture_faulty_as(like, "owner");
		before = everything(s);
		fault_arm(&f);
		rc = try_import(s, NULL, "orders", files[0], files[1]);
		fault_disarm(&f);
		if (rc < 0) {
			same_text(before, everything(s));
		} else {
			free(before);
			assert_int_equal(
			    fixture_int(s, "SELECT count(*) FROM orders"), 5);
		}
		fixture_verify(s);
		let_go();
		fixture_end(s);
	}
}

/* Beyond what is read ahead and remembered: thousands, in another order. */
static void
a_large_file_comes_again_in_any_order(void **state)
{
	struct session *s = fixture_session("owner");
	struct str orders = STR_INIT;
	const char *path;
	int i, k;

	(void)state;
	str_add(&orders, ORDER_HEAD);
	for (i = 0; i < 3000; i++)
		add_order(&orders, i, 2);
	path = fixture_file("large.csv", orders.s);
	counts(take(s, "orders", path, NULL), 3000, 0, 0, 0);
	counts(take(s, "orders", path, NULL), 0, 0, 3000, 0);
	str_cut(&orders, strlen(ORDER_HEAD));
	for (k = 0; k < 3000; k++)
		add_order(&orders, k * 1201 % 3000, 2);
	for (k = 3000; k < 3100; k++)
		add_order(&orders, k, 2);
	path = fixture_file("large.csv", orders.s);
	counts(take(s, "orders", path, NULL), 100, 0, 3000, 0);
	str_cut(&orders, strlen(ORDER_HEAD));
	for (k = 3099; k >= 0; k--)
		add_order(&orders, k, k % 2 ? 2 : 5);
	path = fixture_file("large.csv", orders.s);
	i = 0;
	for (k = 0; k < 3100; k += 2)
		i += state_at(k, 5) != state_at(k, 2);
	take(s, "orders", path, NULL);
	assert_int_equal(import_summary(taken)->updated_n +
			     import_summary(taken)->unchanged_n,
	    3100);
	assert_true(import_summary(taken)->updated_n >= i);
	str_done(&orders);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(any_way_ends_in_what_the_newest_say),
		cmocka_unit_test(overlapping_files_count_once),
		cmocka_unit_test(a_first_import_survives_every_failure),
		cmocka_unit_test(a_later_import_survives_every_failure),
		cmocka_unit_test(a_large_file_comes_again_in_any_order),
	};

	setenv("SHOPMGR_NOW", "2024-06-01 10:00:00", 1);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
