/* SPDX-License-Identifier: MIT */
#include "import_lib.h"
#include "ship_lib.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"

/* Whatever happens to orders of kits, in whatever order: the books hold. */

#define ORDERS 6
#define STEPS  60
#define ITEMS  6

#define HEAD \
	"订单编号,买家会员名,总金额,买家应付邮费,买家实际支付金额," \
	"订单状态,收货人姓名,收货地址,联系手机,订单创建时间,订单付款时间," \
	"宝贝标题\n"
#define ITEMS_HEAD \
	"子订单编号,主订单编号,标题,价格,购买数量,商品属性,商家编码," \
	"退款状态\n"

struct world {
	struct session *s;
	unsigned long long dice;
	int64_t batch; /* the last import */
	int waybill;
	struct {
		int state, refund[2], qty[2], item[2];
	} order[ORDERS];
};

static unsigned
roll(struct world *w, unsigned below)
{
	w->dice ^= w->dice >> 12;
	w->dice ^= w->dice << 25;
	w->dice ^= w->dice >> 27;
	return (unsigned)((w->dice * 0x2545f4914f6cdd1dULL) >> 33) % below;
}

static const char *const skus[] = { "POT", "CUP", "TOWEL", "SET", "BOX", "" };

/* What may be refused, for a reason; nothing else may fail. */
static void
may(struct world *w, int rc)
{
	if (rc < 0 && rc != ERR_STATE && rc != ERR_CONFLICT &&
	    rc != ERR_INVALID && rc != ERR_NOTFOUND)
		fail_msg("%d %s", rc, w->s->err.text);
}

static void
go_on(struct world *w, size_t i)
{
	int k = (int)roll(w, 2);

	if (w->order[i].state == 0) {
		w->order[i].state = 1 + (int)roll(w, 2);
		for (k = 0; k < 2; k++) {
			w->order[i].item[k] = (int)roll(w, ITEMS);
			w->order[i].qty[k] = 1 + (int)roll(w, 3);
		}
	} else if (roll(w, 3) == 0) {
		w->order[i].refund[k] = (int)roll(w, 4);
	} else if (roll(w, 2) == 0) {
		w->order[i].qty[k] = 1 + (int)roll(w, 3);
	} else if (w->order[i].state < 4) {
		w->order[i].state++;
	}
}

static void
comes_a_file(struct world *w)
{
	static const char *const states[] = { "", "等待买家付款",
		"\"买家已付款，等待卖家发货\"", "\"卖家已发货，等待买家确认\"",
		"交易成功" };
	static const char *const refunds[] = { "没有申请退款", "退款中",
		"退款关闭", "退款成功" };
	struct str o = STR_INIT, l = STR_INIT;
	const char *orders, *items;
	size_t i, k;

	str_add(&o, HEAD);
	str_add(&l, ITEMS_HEAD);
	for (i = 0; i < ORDERS; i++) {
		int state;

		if (roll(w, 2) == 0)
			go_on(w, i);
		if ((state = w->order[i].state) == 0)
			continue;
		str_addf(&o,
		    "77%02zu,买家,40,0,%d,%s,收,广东省 广州市 越秀区 1号,"
		    "13900001234,2024-05-%02zu 10:00:00,%s,东西\n",
		    i, state > 1 ? 40 : 0, states[state], i + 1,
		    state > 1 ? "2024-05-20 10:01:00" : "");
		for (k = 0; k < 2; k++)
			str_addf(&l, "%zu%zu,77%02zu,东西%d,20,%d,,%s,%s\n", i,
			    k, i, w->order[i].item[k], w->order[i].qty[k],
			    skus[w->order[i].item[k]],
			    refunds[w->order[i].refund[k]]);
	}
	orders = fixture_file("o.csv", o.s);
	items = fixture_file("l.csv", l.s);
	w->batch = take(w->s, "orders", orders, items)->batch;
	str_done(&o);
	str_done(&l);
}

static int64_t
any_order(struct world *w)
{
	char sql[80];

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce((SELECT id FROM orders WHERE order_no ="
	    " '77%02u'), 1)",
	    roll(w, ORDERS));
	return fixture_int(w->s, sql);
}

static void
is_packed(struct world *w)
{
	struct pack_close c = by_yto(++w->waybill);
	const struct pack_line *l;
	struct packing *p;
	size_t n, i;
	char no[16];

	snprintf(no, sizeof(no), "77%02u", roll(w, ORDERS));
	if (pack_open(w->s, no, &p) < 0)
		return;
	c.more = roll(w, 3) == 0;
	l = pack_lines(p, &n);
	for (i = 0; i < n; i++)
		while (l[i].have < l[i].need && (!c.more || roll(w, 2) == 0))
			assert_true(scan(w->s, p, l[i].sku_code) >= 0);
	may(w, pack_ship(w->s, p, &c, NULL));
	pack_free(p);
}

static void
is_split(struct world *w)
{
	const struct split_piece cut[] = {
		{ .line_no = 1 + ((int)roll(w, 2) * 20000) + (int)roll(w, 3),
		    .part = 2,
		    .qty = 1 },
	};
	int64_t id = any_order(w);

	may(w, roll(w, 3) == 0 ? order_unsplit(w->s, id)
			       : order_split(w->s, id, cut, 1, NULL));
}

static void
is_mapped(struct world *w)
{
	char sql[120];
	int64_t item, to = 1 + roll(w, 5);

	snprintf(sql, sizeof(sql),
	    "SELECT coalesce(min(id), 0) FROM listing WHERE title = '东西%u'"
	    " /*scan*/",
	    roll(w, ITEMS));
	if ((item = fixture_int(w->s, sql)) != 0)
		may(w, listing_map(w->s, item, to, NULL));
}

static void
step(struct world *w)
{
	int64_t ids[2] = { any_order(w), any_order(w) };

	switch (roll(w, 9)) {
	case 0:
	case 1:
		comes_a_file(w);
		break;
	case 2:
		if (w->batch != 0)
			may(w, import_undo(w->s, w->batch, NULL));
		break;
	case 3:
		is_mapped(w);
		break;
	case 4:
		is_split(w);
		break;
	case 5:
		may(w, roll(w, 2) ? order_merge(w->s, ids, 2)
				  : order_unmerge(w->s, ids[0]));
		break;
	case 6:
		may(w,
		    kit_put(w->s, 4 + roll(w, 2), 1 + roll(w, 3), roll(w, 4)));
		break;
	case 7:
		may(w, order_release(w->s, ids[0], NULL, ""));
		break;
	case 8:
		is_packed(w);
		break;
	}
	fixture_verify(w->s);
}

static void
the_books_hold_whatever_happens_to_kits(void **state)
{
	int64_t kits = 0, sent = 0;
	int round, i;

	(void)state;
	for (round = 1; round <= 5; round++) {
		struct world w = { .s = fixture_session("owner"),
			.dice = 77 * (unsigned)round };

		for (i = 0; i < 5; i++)
			fixture_variant(
			    w.s, skus[i], i < 3 ? 500 : 0, 100 + i * 7);
		assert_int_equal(kit_put(w.s, 4, 1, 1), 0);
		assert_int_equal(kit_put(w.s, 4, 2, 4), 0);
		assert_int_equal(kit_put(w.s, 5, 2, 2), 0);
		for (i = 0; i < STEPS; i++)
			step(&w);
		kits += fixture_int(w.s, "SELECT count(*) FROM order_line"
					 " WHERE kit = -1 /*scan*/");
		sent +=
		    fixture_int(w.s, "SELECT count(*) FROM order_line"
				     " WHERE kit > 0 AND sent > 0 /*scan*/");
		/* What went out is what the lines say. */
		assert_int_equal(
		    fixture_int(w.s, "SELECT 1500 - sum(on_hand) FROM stock"
				     " /*scan*/"),
		    fixture_int(w.s, "SELECT coalesce(sum(sent), 0)"
				     " FROM order_line WHERE kit >= 0"
				     " /*scan*/"));
		let_go();
		fixture_end(w.s);
	}
	assert_true(kits > 5);
	assert_true(sent > 5);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_books_hold_whatever_happens_to_kits),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
