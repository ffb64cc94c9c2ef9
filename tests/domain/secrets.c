/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include <stdlib.h>
#include <unistd.h>

#include "shopmgr/base/money.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/confirm.h"
#include "shopmgr/domain/contact.h"
#include "shopmgr/domain/customers.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/find.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/shipping.h"
#include "shopmgr/domain/shopdb.h"
#include "shopmgr/domain/tracking.h"

/*
 * Everything that can be read is read as each role, and all of it is searched
 * for what not everybody may know: people's names, phones and addresses, and
 * what things cost. It must be there for those who may, and for nobody else.
 */

static const char *const roles[] = { "owner", "manager", "supervisor", "agent",
	"aftersales", "warehouse", "clerk", "buyer", "editor" };
#define ROLES (sizeof(roles) / sizeof(roles[0]))

/* The person of all that is secret here. */
#define NAME   "司马光耀"
#define PHONE  "13987654321"
#define STREET "秘密路88号"

/* In orders, and what belongs to them; those of customers; costs. */
static const char *const of_orders[] = { NAME, PHONE, STREET, "139 8765 4321",
	"15900001111", "15900002222", "15900003333", "旧街12号", "新巷34号",
	"13911112222" };
static const char *const of_customers[] = { "15900004444" };
static const char *const costs[] = { "77.77", "311.08", "233.31" };

static const char *
order_file(const char *name, const char *state, const char *address)
{
	char text[1000];

	snprintf(text, sizeof(text),
	    "订单编号,买家会员名,买家应付货款,买家实际支付金额,订单状态,"
	    "订单创建时间,订单付款时间,收货人姓名,收货地址,联系手机,"
	    "宝贝标题,买家留言\n"
	    "901,nick-901,40,40,%s,2024-05-01 10:00:00,"
	    "2024-05-01 10:05:00," NAME ",江苏省 南京市 玄武区 %s," PHONE
	    ",锅,拨15900001111\n",
	    state, address);
	return fixture_file(name, text);
}

static void
done(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d %s: %s", rc, s->err.field, s->err.text);
}

static void
set(struct session *s, const char *sql)
{
	struct txn *txn;

	done(s, db_begin(s->db, &txn));
	done(s, db_exec(txn, sql, DB_NOARGS, NULL));
	done(s, db_commit(&txn));
}

static void
ship(struct session *s)
{
	struct pack_close close = { .courier = "YTO",
		.waybill_no = "YT1234567890123" };
	struct packing *p;

	done(s, pack_open(s, "1001", &p));
	assert_int_equal(pack_scan(s, p, "PAN", NULL), PACK_COMPLETE);
	done(s, pack_ship(s, p, &close, NULL));
	pack_free(p);
}

/* One order is shipped, one waits, one was imported and has moved. */
static struct session *
shop(void)
{
	struct session *s = fixture_session("owner");
	struct order_remark remark = { .memo = "急 15900002222" };
	int64_t id;

	fixture_variant(s, "PAN", 4, 7777);
	fixture_order(s, "1001", 1, "PAN", NULL);
	id = fixture_order(s, "1002", 1, "PAN", NULL);
	set(s, "UPDATE receiver SET name = '" NAME "', phone = '" PHONE
	       "', address = '" STREET "', pinyin = 'smgy', phone_tail = '4321'"
	       " /*scan*/");
	set(s, "UPDATE customer SET name = '" NAME "', phone = '" PHONE
	       "', identity = 'tel:' || id, note = '拨15900004444' /*scan*/");
	set(s, "UPDATE customer SET nick = '13911112222' WHERE id = 1");
	set(s, "UPDATE customer SET nick = '" NAME "' WHERE id = 2");
	set(s, "UPDATE orders SET buyer_note = '先打 139 8765 4321' /*scan*/");
	ship(s);
	done(s, order_hold(s, id, "manual", "问 15900003333"));
	done(s, order_release(s, id, NULL, "好 15900003333"));
	done(s, order_remark(s, id,
		    fixture_int(s, "SELECT version FROM orders WHERE"
				   " order_no = '1002'"),
		    &remark));
	take(s, "orders",
	    order_file("a.csv", "\"买家已付款,等待卖家发货\"", "旧街12号"),
	    NULL);
	take(s, "orders",
	    order_file("b.csv", "卖家已发货，等待买家确认", "新巷34号"), NULL);
	let_go();
	return s;
}

/* What somebody has read so far. */
struct eyes {
	struct session *s;
	struct str seen;
	const struct rec_kind *kind; /* that is being read */
};

static void
see(struct eyes *e, const char *text)
{
	str_add(&e->seen, text);
	str_addc(&e->seen, '\n');
}

static void
see_row(struct eyes *e, const struct rec_kind *kind, const void *row)
{
	const struct rec_field *f;

	for (f = kind->fields; f->name != NULL; f++) {
		record_plain(f, row, &e->seen);
		str_addc(&e->seen, ' ');
		record_words(f, row, &e->seen);
		str_addc(&e->seen, '\n');
	}
}

static void
see_money(struct eyes *e, int64_t fen)
{
	char buf[MONEY_SIZE];

	see(e, money_plain(fen, buf));
}

/* False when it is not for this role; everything else must work. */
static bool
may_read(struct eyes *e, int rc)
{
	if (rc != ERR_DENIED)
		done(e->s, rc);
	return rc >= 0;
}

static int
see_each(void *arg, const void *row)
{
	struct eyes *e = arg;

	see_row(e, e->kind, row);
	return 0;
}

static void
read_kind(struct eyes *e, const struct rec_kind *kind)
{
	struct page page, one;
	size_t i;

	if (!may_read(
		e, kind->page(e->s, NULL, 0, PAGE_FIRST, NULL, 500, &page)))
		return;
	for (i = 0; i < page.n; i++) {
		int64_t id;

		see_row(e, kind, page_row(&page, i));
		memcpy(&id, page_row(&page, i), sizeof(id));
		done(e->s, kind->get(e->s, id, &one));
		see_row(e, kind, page_row(&one, 0));
		page_free(&one);
	}
	page_free(&page);
	e->kind = kind;
	if (kind->each != NULL)
		done(e->s, kind->each(e->s, NULL, 0, see_each, e));
}

static void
read_export(struct eyes *e, const char *kind, const char *name)
{
	const struct export_options opt = {
		.encoding = "utf-8", .platform = "taobao", .all = true
	};
	const char *path = fixture_path(name);
	char buf[4096];
	FILE *file;
	size_t n;

	if (!may_read(e, export_run(e->s, kind, path, &opt, NULL)))
		return;
	file = fopen(path, "rb");
	assert_non_null(file);
	while ((n = fread(buf, 1, sizeof(buf), file)) > 0)
		str_addn(&e->seen, buf, n);
	fclose(file);
	unlink(path);
}

static void
read_orders(struct eyes *e, const struct order_filter *f)
{
	const struct rec_kind *kind = record_kind("orders");
	struct page page;
	size_t i;

	if (!may_read(e, order_page(e->s, f, PAGE_LAST, NULL, 100, &page)))
		return;
	for (i = 0; i < page.n; i++)
		see_row(e, kind, page_row(&page, i));
	page_free(&page);
}

static void
read_card(struct eyes *e, int64_t id)
{
	struct order_card card;
	struct page log;
	size_t i;

	done(e->s, audit_page(e->s, "order", id, PAGE_FIRST, NULL, 100, &log));
	for (i = 0; i < log.n; i++)
		see(e, ((const struct audit_row *)page_row(&log, i))->detail);
	page_free(&log);
	if (!may_read(e, order_card(e->s, id, &card)))
		return;
	see_row(e, record_kind("orders"), &card.order);
	for (i = 0; i < card.holds.n; i++)
		see(e, ((const struct order_hold *)page_row(&card.holds, i))
			   ->note);
	order_card_free(&card);
}

static void
read_customers(struct eyes *e)
{
	const struct rec_kind *kind = record_kind("customers");
	static const char *const known[] = { PHONE, "4321", "smgy", NAME,
		"13911112222" };
	struct customer_filter f = { .sort = CUSTOMER_SORT_NAME };
	struct page page;
	size_t i, j;

	if (!may_read(e, customer_list(e->s, &f, PAGE_FIRST, NULL, 9, &page)))
		return;
	for (i = 0; i < page.n; i++)
		see_row(e, kind, page_row(&page, i));
	page_free(&page);
	for (j = 0; j < sizeof(known) / sizeof(known[0]); j++) {
		done(e->s, customer_find(e->s, known[j], 9, &page));
		assert_true(page.n > 0);
		for (i = 0; i < page.n; i++)
			see_row(e, kind, page_row(&page, i));
		page_free(&page);
	}
}

/* By what one knows already, everybody finds: but reads no more by it. */
static void
read_found(struct eyes *e)
{
	static const char *const known[] = { PHONE, "4321", "smgy", NAME,
		"司马", "1002", "13911112222", "PAN", "YT1234567890123", "急",
		"先打", "拨" };
	bool orders = session_may(e->s, PERM_ORDER_VIEW);
	struct page page;
	size_t i, j;

	for (i = 0; i < sizeof(known) / sizeof(known[0]); i++) {
		done(e->s, find_any(e->s, known[i], 50, &page));
		if (orders)
			assert_true(page.n > 0);
		for (j = 0; j < page.n; j++) {
			const struct found *f = page_row(&page, j);

			see(e, f->label);
			see(e, f->what);
			see(e, f->where);
		}
		page_free(&page);
		if (!may_read(e, order_find(e->s, known[i], 50, &page)))
			continue;
		for (j = 0; j < page.n; j++)
			see_row(e, record_kind("orders"), page_row(&page, j));
		page_free(&page);
	}
}

static void
read_bench(struct eyes *e)
{
	struct packing *p;

	if (!may_read(e, pack_open(e->s, "1002", &p)))
		return;
	see(e, pack_receiver(p));
	see(e, pack_place(p));
	see(e, pack_note(p));
	pack_free(p);
}

static void
read_stock(struct eyes *e)
{
	struct page page;
	int64_t on_hand, value;
	size_t i;

	done(e->s, stock_at(e->s, 1, INT64_MAX / 2, &on_hand, &value));
	see_money(e, value);
	done(e->s, slip_moves(e->s, 1, &page));
	for (i = 0; i < page.n; i++)
		see_row(e, record_kind("ledger"), page_row(&page, i));
	page_free(&page);
	done(e->s, ledger_page(e->s, 1, PAGE_LAST, NULL, 100, &page));
	for (i = 0; i < page.n; i++)
		see_row(e, record_kind("ledger"), page_row(&page, i));
	page_free(&page);
}

static void
read_kinds(struct eyes *e)
{
	char name[64];
	size_t i;

	for (i = 0; record_kinds[i] != NULL; i++) {
		read_kind(e, record_kinds[i]);
		snprintf(name, sizeof(name), "%s.csv", record_kinds[i]->name);
		read_export(e, record_kinds[i]->name, name);
	}
}

static void
read_everything(struct eyes *e)
{
	struct order_filter f = { .tab = TAB_ALL };
	size_t i;

	read_kinds(e);
	read_export(e, "shipments", "shipments.csv");
	for (f.tab = TAB_ALL; f.tab < TAB_MAX; f.tab++)
		for (f.sort = ORDER_SORT_OWN; f.sort < ORDER_SORT_MAX; f.sort++)
			read_orders(e, &f);
	f = (struct order_filter){ .tab = TAB_ALL, .customer_id = 1 };
	read_orders(e, &f);
	for (i = 1; i <= 3; i++)
		read_card(e, (int64_t)i);
	read_customers(e);
	read_found(e);
	read_bench(e);
	read_stock(e);
}

static void
check(const struct eyes *e, const char *who, const char *const *secrets,
    size_t n, bool may)
{
	size_t i;

	for (i = 0; i < n; i++) {
		const char *at = strstr(e->seen.s, secrets[i]);

		if (may && at == NULL)
			fail_msg("%s cannot read %s", who, secrets[i]);
		if (!may && at != NULL)
			fail_msg("%s reads %s: %.100s", who, secrets[i],
			    at - e->seen.s > 40 ? at - 40 : at);
	}
}

#define N(list) (sizeof(list) / sizeof((list)[0]))

static void
check_eyes(struct session *s, const char *who)
{
	struct eyes e = { .s = s, .seen = STR_INIT };
	bool contacts = session_may(s, PERM_CONTACT_VIEW);

	read_everything(&e);
	assert_true(e.seen.len > 1000);
	check(&e, who, of_orders, N(of_orders),
	    contacts && session_may(s, PERM_ORDER_VIEW));
	check(&e, who, of_customers, N(of_customers),
	    contacts && session_may(s, PERM_CUSTOMER_VIEW));
	check(&e, who, costs, N(costs), session_may(s, PERM_COST_VIEW));
	str_done(&e.seen);
}

static void
each_role_reads_what_it_may(void **state)
{
	struct session *s = shop();
	size_t i;

	(void)state;
	for (i = 0; i < ROLES; i++) {
		fixture_role(s, roles[i]);
		check_eyes(s, roles[i]);
	}
	fixture_end(s);
}

/* Roles of the owner's own may have any permissions: each alone is missing. */
static void
a_permission_by_itself_decides(void **state)
{
	struct session *s = shop();
	uint64_t all = s->perms;

	(void)state;
	s->perms = all & ~((uint64_t)1 << PERM_CONTACT_VIEW);
	check_eyes(s, "all but contacts");
	s->perms = all & ~((uint64_t)1 << PERM_COST_VIEW);
	check_eyes(s, "all but costs");
	s->perms = all;
	check_eyes(s, "all");
	fixture_end(s);
}

/* A filter is no way to guess: it sees what its reader sees. */
static void
a_filter_tells_nothing(void **state)
{
	static const struct rec_filter asked[] = { { "address", STREET },
		{ "receiver", NAME }, { "phone", PHONE } };
	const struct rec_kind *kind = record_kind("orders");
	struct session *s = shop();
	struct page page;
	size_t i;

	(void)state;
	for (i = 0; i < N(asked); i++) {
		fixture_role(s, "owner");
		done(
		    s, kind->page(s, &asked[i], 1, PAGE_FIRST, NULL, 9, &page));
		assert_true(page.n > 0);
		page_free(&page);
		fixture_role(s, "clerk");
		done(
		    s, kind->page(s, &asked[i], 1, PAGE_FIRST, NULL, 9, &page));
		assert_int_equal(page.n, 0);
		page_free(&page);
	}
	fixture_end(s);
}

/* What people write about people, and what others' files say of them. */
static const struct {
	const char *table, *column;
} notes[] = {
	{ "orders", "memo" },
	{ "orders", "buyer_note" },
	{ "order_hold", "note" },
	{ "confirmation", "note" },
	{ "correction", "before" },
	{ "correction", "after" },
	{ "correction", "reason" },
	{ "customer", "note" },
	{ "document", "title" },
	{ "document", "reason" },
	{ "freight_bill_line", "note" },
	{ "payment", "note" },
	{ "production", "note" },
	{ "quotation", "note" },
	{ "quotation", "reason" },
	{ "quotation_line", "note" },
	{ "reminder", "text" },
	{ "reminder", "note" },
	{ "statement_line", "text" },
	{ "statement_line", "note" },
	{ "track_case", "note" },
	{ "track_event", "text" },
};

/* A number for each of them, "1590000" and its place in the list. */
static void
write_notes(struct session *s)
{
	char sql[256];
	size_t i;

	set(s,
	    "INSERT INTO reminder (order_id, staff_id, at, channel, text,"
	    " result, note, result_at) SELECT id, 1, 1, 'phone', '', 'later',"
	    " '', 2 FROM orders WHERE state = 1 LIMIT 1");
	set(s, "INSERT INTO correction (order_id, line_no, name, before,"
	       " after, staff_id, at, placed) SELECT id, 0, 'address', '', '',"
	       " 1, 1, 0 FROM orders LIMIT 1");
	set(s, "INSERT INTO confirmation (order_id, what, staff_id, at)"
	       " VALUES (1, 1, 1, 1)");
	set(s, "INSERT INTO track_event (parcel_id, state, at, text)"
	       " SELECT id, 3, 1, '' FROM parcel LIMIT 1");
	set(s, "INSERT INTO track_case (parcel_id, kind, at)"
	       " SELECT id, 'stuck', 1 FROM parcel LIMIT 1");
	for (i = 0; i < N(notes); i++) {
		snprintf(sql, sizeof(sql),
		    "UPDATE %s SET %s = '拨1590000%04zu' /*scan*/",
		    notes[i].table, notes[i].column, i);
		set(s, sql);
	}
	set(s, "UPDATE quotation SET name = '" NAME "', phone = '" PHONE
	       "', address = '" STREET "' /*scan*/");
}

/* What belongs to a record and is no kind of its own. */
static void
read_beside(struct eyes *e, int64_t id)
{
	struct page page;
	size_t i;

	read_card(e, id);
	done(e->s, confirmations(e->s, id, &page));
	for (i = 0; i < page.n; i++)
		see(e, ((const struct confirmation *)page_row(&page, i))->note);
	page_free(&page);
	done(e->s, track_events(e->s, id, &page));
	for (i = 0; i < page.n; i++)
		see(e, ((const struct track_event *)page_row(&page, i))->text);
	page_free(&page);
	done(e->s, quotation_lines(e->s, id, &page));
	for (i = 0; i < page.n; i++)
		see(e,
		    ((const struct quotation_line *)page_row(&page, i))->note);
	page_free(&page);
}

static void
find_notes(struct session *s, bool may)
{
	struct eyes e = { .s = s, .seen = STR_INIT };
	char no[16];
	size_t i;

	read_kinds(&e);
	for (i = 1; i <= 20; i++)
		read_beside(&e, (int64_t)i);
	for (i = 0; i < N(notes); i++) {
		snprintf(no, sizeof(no), "1590000%04zu", i);
		if ((strstr(e.seen.s, no) != NULL) != may)
			fail_msg("%s.%s: %s", notes[i].table, notes[i].column,
			    may ? "nobody reads it" : "is read");
	}
	str_done(&e.seen);
}

static void
nothing_that_is_written_tells_more(void **state)
{
	struct session *s = fixture_session("owner");
	uint64_t all = s->perms;
	char *logins;

	(void)state;
	done(s, shopdb_demo(s, &logins));
	free(logins);
	write_notes(s);
	find_notes(s, true);
	s->perms = all & ~((uint64_t)1 << PERM_CONTACT_VIEW);
	find_notes(s, false);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_that_is_written_tells_more),
		cmocka_unit_test(each_role_reads_what_it_may),
		cmocka_unit_test(a_permission_by_itself_decides),
		cmocka_unit_test(a_filter_tells_nothing),
	};

	return cmocka_run_group_tests_name("domain/secrets", tests, NULL, NULL);
}
