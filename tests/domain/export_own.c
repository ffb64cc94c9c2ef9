/* SPDX-License-Identifier: MIT */
#include "import_lib.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/shopdb.h"

/* A whole shop written to files: an empty one that takes them in writes the
 * same files, and the shop itself finds nothing new in them. */

static const char *const lists[] = { "products", "kits", "stock", "orders",
	"order_lines", "customers", "listings" };
#define NLISTS (sizeof(lists) / sizeof(lists[0]))

struct how {
	const char *lang, *encoding, *end;
};

/* No list says what is set aside as defective: that is put back before. */
static struct session *
demo(void)
{
	struct stock_line bad = { .sku = "SG-90", .qty = 1 };
	const struct stock_doc doc = {
		.reason = "fine", .lines = &bad, .n = 1
	};
	struct session *s = fixture_session("owner");
	char *logins;

	assert_int_equal(shopdb_demo(s, &logins), 0);
	free(logins);
	assert_int_equal(stock_write(s, STOCK_GOOD, &doc, &(int64_t){ 0 }), 0);
	return s;
}

static const char *
file_of(const char *which, const char *list, const char *end)
{
	char name[100];

	snprintf(name, sizeof(name), "%s-%s.%s", which, list, end);
	return fixture_path(name);
}

/* Of orders, what a file brings home: not what is this shop's own work, its
 * warehouses, agents and parcels; of goods, not what follows from pieces that
 * are defective or wait for their shelf. */
static size_t
brought_home(const char *list, const char **names, size_t max)
{
	/* Not by which number the program knows it. */
	const struct rec_field *f = record_kind(list)->fields + 1;
	size_t n = 0;

	for (; f->name != NULL && strcmp(f->name, "origin") != 0 && n < max;
	     f++)
		if (strcmp(f->name, "available") != 0 &&
		    strcmp(f->name, "low") != 0)
			names[n++] = f->name;
	return n;
}

static void
give(struct session *s, const struct how *how, const char *which)
{
	const char *names[64];
	struct export_options opt = {
		.encoding = how->encoding,
		.english = strcmp(how->lang, "en") == 0,
	};
	size_t i;
	int rc;

	for (i = 0; i < NLISTS; i++) {
		opt.columns = names;
		opt.ncolumns = brought_home(lists[i], names, 64);
		rc = export_run(s, lists[i], file_of(which, lists[i], how->end),
		    &opt, NULL);
		if (rc < 0)
			fail_msg("%s: %s", lists[i], s->err.text);
	}
}

static const struct import_summary *
take_list(struct session *s, const struct how *how, const char *list)
{
	char one[4096], other[4096];

	snprintf(one, sizeof(one), "%s", file_of("first", list, how->end));
	if (strcmp(list, "orders") != 0)
		return take(s, list, one, NULL);
	snprintf(other, sizeof(other), "%s",
	    file_of("first", "order_lines", how->end));
	return take(s, list, one, other);
}

/* Also by a shop that knows all of it. */
static void
take_all(struct session *s, const struct how *how, bool known)
{
	static const char *const order[] = { "products", "kits", "stock",
		"listings", "orders", "customers" };
	const struct import_summary *sum;
	size_t i;

	for (i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		sum = take_list(s, how, order[i]);
		assert_int_equal(sum->rejected_n, 0);
		assert_int_equal(sum->updated_n, 0);
		assert_null(import_warning(taken, 0));
		if (known)
			assert_int_equal(sum->new_n, 0);
	}
}

static char *
bytes(const char *path)
{
	char *text = calloc(1, 1000000);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, 999999, file) > 0);
	fclose(file);
	return text;
}

static void
same_files(const struct how *how)
{
	size_t i;

	for (i = 0; i < NLISTS; i++) {
		char *a = bytes(file_of("first", lists[i], how->end));

		same_text(a, bytes(file_of("second", lists[i], how->end)));
	}
}

static void
a_shop_comes_back_to_the_byte(void **state)
{
	static const struct how hows[] = {
		{ "en", "utf-8", "csv" },
		{ "zh_CN", "utf-8-bom", "csv" },
		{ "zh_CN", "gb18030", "csv" },
		{ "zh_CN", "utf-8", "xlsx" },
		{ "en", "utf-8", "xlsx" },
	};
	const struct how plain = { "en", "utf-8", "csv" };
	struct session *s = demo(), *empty;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(hows) / sizeof(hows[0]); i++) {
		i18n_init(hows[i].lang);
		give(s, &hows[i], "first");
		empty = fixture_session("owner");
		take_all(empty, &hows[i], false);
		take_all(empty, &hows[i], true);
		/* A workbook has in it when it was written. */
		give(s, &plain, "first");
		give(empty, &plain, "second");
		same_files(&plain);
		if (strcmp(hows[i].end, "csv") == 0) {
			give(s, &hows[i], "first");
			give(empty, &hows[i], "second");
			same_files(&hows[i]);
		}
		fixture_end(empty);
	}
	i18n_init("en");
	fixture_end(s);
}

static void
the_shop_itself_learns_nothing_from_them(void **state)
{
	const struct how how = { "en", "utf-8", "csv" };
	struct session *s = demo();
	char *before;

	(void)state;
	give(s, &how, "first");
	before = knowledge(s);
	take_all(s, &how, true);
	same_text(before, knowledge(s));
	give(s, &how, "second");
	same_files(&how);
	fixture_end(s);
}

/* Whoever sees masks has them in files, and no file of theirs may put them in
 * the place of what they stand for. */
static void
masks_replace_nothing(void **state)
{
	const struct how how = { "en", "utf-8", "csv" };
	struct session *s = demo();
	uint64_t perms = s->perms;
	char *before, *masked;

	(void)state;
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM customer WHERE phone LIKE"
			   " '%*%' /*scan*/"),
	    0);
	before = knowledge(s);
	s->perms &= ~((uint64_t)1 << PERM_CONTACT_VIEW);
	give(s, &how, "first");
	s->perms = perms;
	masked = bytes(file_of("first", "customers", "csv"));
	assert_non_null(strstr(masked, "****"));
	free(masked);
	assert_int_equal(take_list(s, &how, "orders")->updated_n, 0);
	assert_int_equal(take_list(s, &how, "customers")->updated_n, 0);
	same_text(before, knowledge(s));
	fixture_end(s);
}

/* Rows say whose they are: the same number, and the same nick, on two. */
static void
rows_are_of_their_own_platform(void **state)
{
	static const char text[] =
	    "order_no,state,created_at,platform,shop,nick,paid,flag,holds\r\n"
	    "77,paid,2024-05-28 10:00:00,tmall,One,ann,5.00,3,manual stock\r\n"
	    "77,done,2024-05-28 11:00:00,pdd,Two,ann,6.00,0,\r\n"
	    "78,done,2024-05-28 11:00:00,nowhere,Two,ann,6.00,0,\r\n";
	struct session *s = fixture_session("owner");
	const char *path = fixture_path("own.csv");
	FILE *file = fopen(path, "w");
	size_t n;

	(void)state;
	fputs(text, file);
	fclose(file);
	counts(take(s, "orders", path, NULL), 2, 0, 0, 1);
	assert_string_equal(
	    import_rejects(taken, &n)->reason, "There is no platform nowhere");
	assert_string_equal(
	    text_of(s, "SELECT group_concat(platform || name || flag, ' ')"
		       " FROM (SELECT * FROM orders o JOIN shop h ON h.id ="
		       " o.shop_id ORDER BY o.id)"),
	    "tmallOne3 pddTwo0");
	assert_string_equal(
	    text_of(s, "SELECT group_concat(identity, ' ') FROM (SELECT *"
		       " FROM customer ORDER BY id)"),
	    "taobao:ann pdd:ann");
	assert_string_equal(
	    text_of(s, "SELECT group_concat(reason, ' ') FROM (SELECT *"
		       " FROM order_hold ORDER BY reason)"),
	    "manual stock unmapped");
	fixture_end(s);
}

/* Work of people hangs on what an item is; a list does not change it. */
static void
items_keep_their_product(void **state)
{
	static const char text[] =
	    "platform,shop,title,attrs,sku_code,item_no,variant_sku\r\n"
	    "pdd,Two,Pan,red,,880,PAN\r\n"
	    "pdd,Two,Pot,,,,\r\n"
	    "pdd,Two,Pan,red,,880,POT\r\n"
	    "pdd,Two,Lid,,,,NONE\r\n"
	    "pdd,Two,Pan,red,,880,\r\n";
	struct session *s = fixture_session("owner");
	size_t n;

	(void)state;
	fixture_variant(s, "PAN", 5, 700);
	fixture_variant(s, "POT", 5, 700);
	counts(take(s, "listings", fixture_file("items.csv", text), NULL), 2, 0,
	    1, 2);
	assert_string_equal(import_rejects(taken, &n)[1].reason,
	    "There is no product with this code");
	assert_string_equal(
	    text_of(s, "SELECT group_concat(title || coalesce(sku, '-'), ' ')"
		       " FROM (SELECT l.title, v.sku_code AS sku FROM listing l"
		       " LEFT JOIN variant v ON v.id = l.variant_id"
		       " JOIN shop h ON h.id = l.shop_id AND h.platform = 'pdd'"
		       " ORDER BY l.id)"),
	    "PanPAN Pot-");
	/* It can be taken back as a whole. */
	assert_int_equal(import_undo(s, import_summary(taken)->batch, NULL), 0);
	fixture_verify(s);
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM listing WHERE title IN"
			   " ('Pan', 'Pot') AND item_no <> '' /*scan*/"),
	    0);
	fixture_end(s);
}

/* Of lists that are there as one finds them: what is carried is the same. */
static const struct round {
	const char *kind;
	const char *columns[24];
} rounds[] = {
	{ "staged",
	    { "kind", "key", "order_no", "line", "at", "fields", NULL } },
	{ "companies",
	    { "name", "kinds", "contact", "phone", "address", "bank", "account",
		"tax_no", "lead_days", "cycle_days", "min_total", "terms_days",
		"courier", "customer", "note", "active", NULL } },
	{ "kits", { "kit_sku", "part_sku", "qty", NULL } },
};

static void
give_some(struct session *s, const struct round *r, const struct how *how,
    const char *which)
{
	struct export_options opt = { .encoding = how->encoding,
		.english = strcmp(how->lang, "en") == 0,
		.columns = r->columns };

	while (r->columns[opt.ncolumns] != NULL)
		opt.ncolumns++;
	if (export_run(
		s, r->kind, file_of(which, r->kind, how->end), &opt, NULL) < 0)
		fail_msg("%s: %s", r->kind, s->err.text);
}

/* One that is a customer, too, and one that is closed. */
static void
link_some(struct session *s)
{
	struct company_edit e = { .name = "企业买家", .buyer = "yes" };
	int64_t id;

	snprintf(e.customer, sizeof(e.customer), "%.800s",
	    text_of(s, "SELECT nick FROM customer WHERE id = (SELECT min(id)"
		       " FROM customer WHERE nick <> '' /*scan*/)"));
	assert_int_equal(company_add(s, &e, &id), 0);
	assert_int_equal(company_by_name(s, "阳江刀剪", &id), 0);
	assert_int_equal(company_close(s, id), 0);
}

/* A bit of each kind of which rows are kept. */
static void
keep_some(struct session *s)
{
	static const struct {
		const char *kind, *text;
	} files[] = {
		{ "refunds",
		    "订单编号,退款编号,支付宝交易号,宝贝标题,买家退款金额,"
		    "退款状态,买家退款说明\n"
		    "9101,9001,1,\"锅, 大\",1.00,等待卖家同意,"
		    "\"两行\n=1+1\"\n" },
		{ "tracking",
		    "waybill,time,status,place\n"
		    "SF1234567890123,2024-05-28 09:12:33,揽收,杭州\n" },
		{ "freight-bill",
		    "运单号,日期,省份,重量,运费,另一列\n"
		    "YT1234567890123,2024-05-28,浙江,1,3.00,a\tb\n" },
		{ "traffic", "日期,访客数,浏览量\n2024-05-28,10,20\n" },
		{ "survey", "编号,提交时间,评分,意见\n"
			    "1,2024-05-28 09:12:33,4,反斜\\杠=x\n" },
	};
	size_t i;

	for (i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		take(s, files[i].kind, fixture_file("k.csv", files[i].text),
		    NULL);
}

static void
other_lists_come_back_to_the_byte(void **state)
{
	static const struct how hows[] = {
		{ "en", "utf-8", "csv" },
		{ "zh_CN", "utf-8-bom", "csv" },
		{ "zh_CN", "gb18030", "csv" },
		{ "zh_CN", "utf-8", "xlsx" },
	};
	const struct how plain = { "en", "utf-8", "csv" };
	struct session *s = demo(), *empty;
	const struct import_summary *sum;
	int64_t rows;
	size_t i, k;

	(void)state;
	keep_some(s);
	link_some(s);
	for (i = 0; i < 4; i++) {
		i18n_init(hows[i].lang);
		empty = fixture_session("owner");
		/* Kits are of products, companies are customers. */
		give(s, &plain, "first");
		take_list(empty, &plain, "products");
		take_list(empty, &plain, "customers");
		for (k = 0; k < sizeof(rounds) / sizeof(rounds[0]); k++) {
			const struct round *r = &rounds[k];
			char path[4096];
			char *a;

			give_some(s, r, &hows[i], "first");
			snprintf(path, sizeof(path), "%s",
			    file_of("first", r->kind, hows[i].end));
			sum = take(empty, r->kind, path, NULL);
			assert_int_equal(sum->rejected_n, 0);
			assert_true(sum->new_n > 0 || k == 1);
			rows = sum->rows;
			counts(take(empty, r->kind, path, NULL), 0, 0, rows, 0);
			counts(take(s, r->kind, path, NULL), 0, 0, rows, 0);
			give_some(s, r, &plain, "first");
			give_some(empty, r, &plain, "second");
			a = bytes(file_of("first", r->kind, "csv"));
			same_text(a, bytes(file_of("second", r->kind, "csv")));
		}
		fixture_end(empty);
	}
	i18n_init("en");
	/* What is hidden in a file replaces nothing. */
	s->perms &= ~((uint64_t)1 << PERM_CONTACT_VIEW);
	give_some(s, &rounds[0], &plain, "first");
	give_some(s, &rounds[1], &plain, "first");
	s->perms |= (uint64_t)1 << PERM_CONTACT_VIEW;
	sum = take(s, "staged", file_of("first", "staged", "csv"), NULL);
	/* An answer is known by who gave it, which is hidden. */
	counts(sum, 0, 0, sum->rows - 1, 1);
	sum = take(s, "companies", file_of("first", "companies", "csv"), NULL);
	counts(sum, 0, 0, sum->rows, 0);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_shop_comes_back_to_the_byte),
		cmocka_unit_test(the_shop_itself_learns_nothing_from_them),
		cmocka_unit_test(masks_replace_nothing),
		cmocka_unit_test(other_lists_come_back_to_the_byte),
		cmocka_unit_test(rows_are_of_their_own_platform),
		cmocka_unit_test(items_keep_their_product),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
