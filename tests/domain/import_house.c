/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/categories.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/gifts.h"
#include "shopmgr/domain/grades.h"
#include "shopmgr/domain/record.h"
#include "shopmgr/domain/reminders.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/shipping.h"

/* Lists that people type in, out of our own exports and back, in an order in
 * which each finds what it names. */

static const struct list {
	const char *name, *kind;
} lists[] = {
	{ "couriers", "couriers" },
	{ "warehouses", "warehouses" },
	{ "bins", "bins" },
	{ "freight_templates", "freight-templates" },
	{ "freight_zones", "freight-templates" },
	{ "materials", "materials" },
	{ "categories", "categories" },
	{ "supplier-items", "supplier-items" },
	{ "grades", "grades" },
	{ "member-prices", "member-prices" },
	{ "review-rules", "review-rules" },
	{ "gift-rules", "gift-rules" },
	{ "texts", "texts" },
	{ "attrs", "attrs" },
	{ "settings", "settings" },
};
#define NLISTS (sizeof(lists) / sizeof(lists[0]))

/* All of them as they are. */
static char *
typed(struct session *s)
{
	struct str out = STR_INIT;

	add_query(s, &out,
	    "SELECT name || '|' || code || '|' || aliases || '|' ||"
	    " waybill_shape || '|' || phone || '|' || active FROM courier"
	    " ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT warehouse_id || '|' || code || '|' || kind || '|' || walk"
	    " || '|' || active || '|' || note FROM bin"
	    " ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT k.name || '|' || t.name || '|' || basis || '|' || divisor"
	    " || '|' || t.active || '|' || since || '|' || province || '|' ||"
	    " first || '|' || first_fee || '|' || step || '|' || step_fee ||"
	    " '|' || least_fee || '|' || coalesce(est_days, 0) || '|' || served"
	    " FROM freight_template t JOIN courier k ON k.id = t.courier_id"
	    " LEFT JOIN freight_zone z ON z.template_id = t.id"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT w.id || '|' || w.name || '|' || w.province || '|' ||"
	    " coalesce(w.courier_id, 0) || '|' || below_zero || '|' || kind ||"
	    " '|' || put_away || '|' || address || '|' || active"
	    " FROM warehouse w ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT code || '|' || name || '|' || weight || '|' || cost || '|'"
	    " || active FROM material ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT path FROM category ORDER BY path /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT variant_id || '|' || c.name || '|' || code || '|' || price"
	    " || '|' || min_qty || '|' || pack_qty || '|' || first"
	    " FROM supplier_item i JOIN company c ON c.id = i.company_id"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT g.name || '|' || from_paid || '|' || permille || '|' ||"
	    " coalesce(variant_id, 0) || '|' || coalesce(price, 0)"
	    " FROM grade g LEFT JOIN member_price m ON m.grade_id = g.id"
	    " ORDER BY 1 /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT name || '|' || active || '|' || seq || '|' || what || '|'"
	    " || value || '|' || coalesce(shop_id, 0) || '|' || action || '|'"
	    " || coalesce(courier_id, 0) FROM review_rule"
	    " ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT name || '|' || active || '|' || seq || '|' ||"
	    " coalesce(shop_id, 0) || '|' || since || '|' || until || '|' ||"
	    " min_paid || '|' || coalesce(variant_id, 0) || '|' || min_qty ||"
	    " '|' || gift_id || '|' || gift_qty || '|' || each_time || '|' ||"
	    " alone FROM gift_rule ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT kind || '|' || name || '|' || text || '|' || active"
	    " FROM text_template ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT coalesce(product_id, 0) || '|' || name || '|' || title ||"
	    " '|' || type || '|' || unit || '|' || choices || '|' || least ||"
	    " '|' || most || '|' || critical || '|' || seq || '|' || active"
	    " FROM attr_def ORDER BY id /*scan*/ /*sort*/");
	add_query(s, &out,
	    "SELECT name || '=' || value FROM setting"
	    " WHERE name <> 'door_epoch' ORDER BY name /*scan*/ /*sort*/");
	return str_take(&out);
}

/* What lists name, and is no part of them. */
static struct session *
ground(void)
{
	const struct company_edit makers[] = {
		{ .name = "一厂", .supplier = "yes" },
		{ .name = "二厂", .supplier = "yes" },
	};
	struct session *s = fixture_session("owner");
	int64_t id;

	fixture_variant(s, "PAN", 0, 0);
	fixture_variant(s, "LID", 0, 0);
	assert_int_equal(company_add(s, &makers[0], &id), 0);
	assert_int_equal(company_add(s, &makers[1], &id), 0);
	take(s, "listings",
	    fixture_file("l.csv",
		"platform,shop,title,sku_code,variant_sku,item_no\n"
		"taobao,小店,锅,PAN,PAN,77\n"),
	    NULL);
	return s;
}

/* Where goods lie, what they are packed in, belong to and cost. */
static void
goods_lists(struct session *s)
{
	const struct warehouse_edit main_one = { .name = "义乌仓",
		.province = "浙江",
		.put_away = true,
		.active = true };
	const struct warehouse_edit hub = { .name = "云仓",
		.hub = "村邮站",
		.below_zero = true,
		.away = true,
		.address = "三号库" };
	const struct material_edit m = { .code = "BOX",
		.name = "纸箱",
		.weight = 250,
		.cost = 320,
		.active = true };
	const struct category_edit c = { .name = "锅", .parent = "厨房" };
	const struct supplier_item_edit items[] = {
		{ .sku_code = "PAN",
		    .company = "一厂",
		    .code = "G,1",
		    .price = 550,
		    .min_qty = 10,
		    .pack_qty = 5 },
		{ .sku_code = "PAN",
		    .company = "二厂",
		    .price = 500,
		    .min_qty = 1,
		    .pack_qty = 1,
		    .first = "yes" },
	};
	const struct grade_edit g[] = {
		{ .name = "金卡", .from_paid = 100050, .permille = 900 },
		{ .name = "银卡", .permille = 1000 },
	};
	int64_t id;

	assert_int_equal(warehouse_save(s, 1, 1, &main_one), 0);
	assert_int_equal(warehouse_add(s, &hub, &id), 0);
	assert_int_equal(material_add(s, &m, &id), 0);
	assert_int_equal(category_add(s, &c, &id), 0);
	assert_int_equal(supplier_item_set(s, &items[0]), 0);
	assert_int_equal(supplier_item_set(s, &items[1]), 0);
	assert_int_equal(grade_add(s, &g[0], &id), 0);
	assert_int_equal(grade_add(s, &g[1], &id), 0);
	assert_int_equal(member_price_set(s, "PAN", "金卡", 880), 0);
}

static void
rules(struct session *s)
{
	const struct review_rule_edit r = { .name = "村里走村邮",
		.what = "place",
		.value = "村;镇",
		.shop = "小店",
		.action = "courier",
		.courier = "村邮站",
		.active = true };
	struct review_rule_edit first;
	const struct gift_rule_edit g[] = {
		{ .name = "满赠",
		    .shop = "小店",
		    .since = 20000,
		    .until = 20030,
		    .min_paid = 9900,
		    .gift_sku = "LID",
		    .gift_qty = 2,
		    .each_time = true,
		    .active = true },
		{ .name = "买赠",
		    .sku = "PAN",
		    .min_qty = 3,
		    .gift_sku = "LID",
		    .gift_qty = 1,
		    .alone = true },
	};
	const struct text_template_edit t = { .kind = "unpaid",
		.name = "两行",
		.text = "{nick}您好，\n\"{goods}\"还在等您；",
		.active = true };
	const struct attr_def_edit a[] = {
		{ .product = "Product PAN",
		    .name = "width",
		    .title = "宽",
		    .type = "length",
		    .unit = "cm",
		    .least = 10,
		    .most = 500,
		    .critical = true,
		    .seq = 5,
		    .active = true },
		{ .name = "paint",
		    .title = "漆",
		    .type = "choice",
		    .choices = "红;蓝" },
	};
	struct page page;
	int64_t id;

	assert_int_equal(review_rule_add(s, &r, &id), 0);
	/* One that a shop begins with has lost its words. */
	assert_int_equal(review_rule_by_name(s, "卖家备注要求", &id), 0);
	assert_int_equal(review_rule_get(s, id, &page), 0);
	review_rule_edit_from(&first, page.rows);
	page_free(&page);
	first.value[0] = '\0';
	assert_int_equal(review_rule_save(s, id, 1, &first), 0);
	assert_int_equal(gift_rule_add(s, &g[0], &id), 0);
	assert_int_equal(gift_rule_add(s, &g[1], &id), 0);
	assert_int_equal(text_add(s, &t, &id), 0);
	assert_int_equal(attr_def_add(s, &a[0], &id), 0);
	assert_int_equal(attr_def_add(s, &a[1], &id), 0);
	assert_int_equal(setting_save(s, "ship_hours", "24"), 0);
	assert_int_equal(setting_save(s, "currency_rates", "USD 7.12"), 0);
	assert_int_equal(setting_save(s, "shop_name", "小店，义乌"), 0);
}

/* A shop with something of each. */
static struct session *
shop(void)
{
	const struct courier_edit c = { .name = "村邮站",
		.code = "CYZ",
		.aliases = "村邮、乡邮",
		.shape = "^CY[0-9]{6}$",
		.phone = "0579-1",
		.active = true };
	const struct courier_edit old = { .name = "旧快递", .code = "OLD" };
	const struct bin_edit b = { .code = "Z-01",
		.kind = "reserve",
		.walk = "7",
		.note = "顶层",
		.active = true };
	const struct freight_template_edit t = { .courier = "村邮站",
		.name = "2026",
		.basis = "weight",
		.divisor = 6000,
		.since = 20000,
		.active = true };
	const struct freight_zone_edit z[] = {
		{ .first = 1000,
		    .first_fee = 600,
		    .step = 500,
		    .step_fee = 250,
		    .served = true },
		{ .province = "浙江 上海",
		    .first = 1000,
		    .first_fee = 300,
		    .step = 1000,
		    .step_fee = 100,
		    .days = 2,
		    .served = true },
		{ .province = "西藏", .step = 1, .served = false },
	};
	struct session *s = ground();
	int64_t id;
	int i;

	assert_int_equal(courier_add(s, &c, &id), 0);
	assert_int_equal(courier_add(s, &old, &id), 0);
	assert_int_equal(bin_add(s, &b, &id), 0);
	assert_int_equal(freight_template_add(s, &t, &id), 0);
	for (i = 0; i < 3; i++)
		assert_int_equal(freight_zone_set(s, id, 1 + i, &z[i]), 0);
	goods_lists(s);
	rules(s);
	return s;
}

static const char *
file_of(const char *which, const struct list *l, const char *end)
{
	char name[100];

	snprintf(name, sizeof(name), "%s-%s.%s", which, l->name, end);
	return fixture_path(name);
}

/* All that people typed; what is counted is of the shop. */
static void
give(struct session *s, const char *which, const char *end, bool english)
{
	static const char *const left[] = { "goods", "pieces", "zones",
		"templates", "id", "priced_at", NULL };
	const struct rec_filter of = { "template", "1" };
	size_t i, k;

	for (i = 0; i < NLISTS; i++) {
		struct export_options opt = { .encoding = "utf-8",
			.english = english,
			.filters = i == 4 ? &of : NULL,
			.nfilters = i == 4 };
		const struct rec_field *f = record_kind(lists[i].name)->fields;
		const char *names[32];
		size_t n = 0;

		for (; f->name != NULL; f++) {
			for (k = 0; left[k] != NULL; k++)
				if (strcmp(left[k], f->name) == 0)
					break;
			if (left[k] == NULL)
				names[n++] = f->name;
		}
		opt.columns = names;
		opt.ncolumns = n;
		if (export_run(s, lists[i].name, file_of(which, &lists[i], end),
			&opt, NULL) < 0)
			fail_msg("%s: %s", lists[i].name, s->err.text);
	}
}

static void
take_all(struct session *s, const char *end, bool known)
{
	const struct import_summary *sum;
	size_t i, n;

	for (i = 0; i < NLISTS; i++) {
		char path[4096];

		snprintf(
		    path, sizeof(path), "%s", file_of("first", &lists[i], end));
		sum = take(s, NULL, path, NULL);
		assert_string_equal(import_kind(taken), lists[i].kind);
		if (sum->rejected_n > 0)
			fail_msg("%s: %s", lists[i].name,
			    import_rejects(taken, &n)->reason);
		assert_null(import_warning(taken, 0));
		if (known != (sum->new_n + sum->updated_n == 0))
			fail_msg("%s: %d new, %d changed", lists[i].name,
			    (int)sum->new_n, (int)sum->updated_n);
	}
}

static char *
bytes(const char *path)
{
	char *text = calloc(1, 100000);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, 99999, file) > 0);
	fclose(file);
	return text;
}

static void
lists_come_back_to_the_byte(void **state)
{
	static const struct {
		const char *lang, *end;
	} hows[] = { { "en", "csv" }, { "zh_CN", "csv" }, { "zh_CN", "xlsx" } };
	struct session *s = shop(), *empty;
	size_t i, k;

	(void)state;
	for (i = 0; i < 3; i++) {
		i18n_init(hows[i].lang);
		give(s, "first", hows[i].end, i == 0);
		/* Whatever is spoken where it is taken in. */
		i18n_init(i == 2 ? "zh_CN" : "en");
		empty = ground();
		take_all(empty, hows[i].end, false);
		take_all(empty, hows[i].end, true);
		take_all(s, hows[i].end, true);
		give(s, "first", "csv", true);
		give(empty, "second", "csv", true);
		for (k = 0; k < NLISTS; k++) {
			char *a = bytes(file_of("first", &lists[k], "csv"));

			same_text(
			    a, bytes(file_of("second", &lists[k], "csv")));
		}
		fixture_end(empty);
		i18n_init("en");
	}
	let_go();
	fixture_end(s);
}

/* What a file changed is as before; what it made is gone. */
static void
they_are_taken_back(void **state)
{
	struct session *s = shop(), *empty = ground();
	char *before = typed(s), *bare = typed(empty);
	size_t i;

	(void)state;
	take(s, "couriers",
	    fixture_file("c.csv", "name,code,aliases,phone,active\n"
				  "村邮站,CYZ2,乡邮,0579-2,yes\n"),
	    NULL);
	counts(import_summary(taken), 0, 1, 0, 0);
	assert_int_equal(import_undo(s, import_summary(taken)->batch, NULL), 0);
	take(s, "bins",
	    fixture_file(
		"b.csv", "库位,类别,拣货顺序,说明\nZ-01,pick,9,底层\n"),
	    NULL);
	counts(import_summary(taken), 0, 1, 0, 0);
	assert_int_equal(import_undo(s, import_summary(taken)->batch, NULL), 0);
	take(s, "freight-templates",
	    fixture_file("z.csv",
		"courier,template,province,first,first_fee,step,step_fee\n"
		"村邮站,2026,浙江省,1000,9.00,1000,1.00\n"
		"村邮站,2026,海南,1000,19.00,1000,1.00\n"),
	    NULL);
	counts(import_summary(taken), 1, 1, 0, 0);
	assert_int_equal(import_undo(s, import_summary(taken)->batch, NULL), 0);
	fixture_verify(s);
	same_text(before, typed(s));

	give(s, "first", "csv", true);
	for (i = 0; i < NLISTS; i++) {
		char path[4096];

		snprintf(path, sizeof(path), "%s",
		    file_of("first", &lists[i], "csv"));
		take(empty, NULL, path, NULL);
	}
	for (i = (size_t)import_summary(taken)->batch; i > 0; i--)
		assert_int_equal(import_undo(empty, (int64_t)i, NULL), 0);
	same_text(bare, typed(empty));
	let_go();
	fixture_end(empty);
	fixture_end(s);
}

static void
rows_are_judged_by_their_departments(void **state)
{
	struct session *s = shop();
	size_t n;

	(void)state;
	take(s, "couriers",
	    fixture_file("c.csv",
		"name,code,aliases,active\n甲快递,A,YTO,yes\n乙快递,B,,maybe\n"),
	    NULL);
	counts(import_summary(taken), 0, 0, 0, 2);
	assert_string_equal(import_rejects(taken, &n)[0].column, "aliases");
	assert_string_equal(import_rejects(taken, &n)[1].column, "active");
	take(s, "bins", fixture_file("b.csv", "bin,kind,walk\nQ,kitchen,1\n"),
	    NULL);
	counts(import_summary(taken), 0, 0, 0, 1);
	take(s, "freight-templates",
	    fixture_file("z.csv",
		"courier,template,province,first,first_fee,step,step_fee\n"
		"村邮站,2027,浙江,1000,9.00,1000,1.00\n"
		"村邮站,2026,月亮,1000,9.00,1000,1.00\n"),
	    NULL);
	counts(import_summary(taken), 0, 0, 0, 2);
	/* Who may import, but has nothing to say in these matters. */
	fixture_role(s, "clerk");
	assert_int_not_equal(try_import(s, NULL, "couriers",
				 fixture_file("c.csv", "name,code,aliases\n"
						       "丙快递,C,\n"),
				 NULL),
	    0);
	let_go();
	fixture_end(s);
}

static void
templates_go_with_their_file(void **state)
{
	static const char *const head =
	    "快递公司,首重重量(KG),续重重量(KG),首重价格,续重价格,所辖地区\n";
	struct session *s = shop();
	struct freight_taken took;
	struct page page;
	struct freight_template_edit edit;
	char *before = typed(s);
	int64_t first;
	char text[400];

	(void)state;
	snprintf(text, sizeof(text), "%s圆通,1,0.5,8,3,全国\n", head);
	take(s, "freight-templates", fixture_file("p.csv", text), NULL);
	first = import_summary(taken)->batch;
	assert_int_equal(freight_import(s, "", &took), 0);
	assert_int_equal(took.templates, 1);
	assert_int_equal(import_undo(s, first, NULL), 0);
	fixture_verify(s);
	same_text(before, typed(s));

	/* Until somebody works on it. */
	take(s, "freight-templates", fixture_file("p.csv", text), NULL);
	assert_int_equal(freight_import(s, "", &took), 0);
	assert_int_equal(freight_template_get(s,
			     fixture_int(s, "SELECT max(id) FROM"
					    " freight_template"),
			     &page),
	    0);
	freight_template_edit_from(&edit, page.rows);
	edit.divisor = 8000;
	assert_int_equal(
	    freight_template_save(s,
		((const struct freight_template *)page.rows)->id,
		((const struct freight_template *)page.rows)->version, &edit),
	    0);
	page_free(&page);
	assert_int_equal(
	    import_undo(s, import_summary(taken)->batch, NULL), ERR_STATE);
	assert_int_equal(
	    import_standing(s, import_summary(taken)->batch, 9, &page), 0);
	assert_int_equal(page.n, 1);
	assert_string_equal(((const struct import_stands *)page.rows)->kind,
	    "freight-template");
	page_free(&page);
	let_go();
	fixture_end(s);
}

/* A list of one row, of a file that says so much and no more. */
struct told {
	const char *kind, *text;
	const char *before, *after; /* what is said to change */
	const char *is;             /* a query that then is 1 */
};

static void
changes(struct session *s, const struct told *t)
{
	const struct import_options dry = { .dry_run = true };
	struct import_change_filter f = { .batch = 0 };
	const struct import_change *c;
	char *was = typed(s);
	struct page page;
	const char *path = fixture_file("one.csv", t->text);

	assert_int_equal(try_import(s, &dry, t->kind, path, NULL), 0);
	counts(import_summary(taken), 0, 1, 0, 0);
	assert_int_equal(import_coming(s, taken, 9, &page), 0);
	assert_int_equal(page.n, 1);
	c = page.rows;
	assert_string_equal(c->before, t->before);
	assert_string_equal(c->after, t->after);
	page_free(&page);
	same_text(strdup(was), typed(s));

	take(s, t->kind, path, NULL);
	counts(import_summary(taken), 0, 1, 0, 0);
	if (fixture_int(s, t->is) != 1)
		fail_msg("%s", t->text);
	f.batch = import_summary(taken)->batch;
	assert_int_equal(
	    import_change_page(s, &f, PAGE_FIRST, NULL, 9, &page), 0);
	assert_int_equal(page.n, 1);
	c = page.rows;
	assert_string_not_equal(c->label, "");
	assert_string_equal(c->before, t->before);
	page_free(&page);
	assert_int_equal(import_undo(s, f.batch, NULL), 0);
	fixture_verify(s);
	same_text(was, typed(s));
}

/* What a list has no column for stays; a text that it has none for goes. */
static void
a_row_changes_what_it_says(void **state)
{
	static const struct told rows[] = {
		{ "warehouses", "name,province,put_away\n云仓,上海市,yes\n",
		    "province –; put_away no", "province 上海; put_away yes",
		    "SELECT count(*) FROM warehouse WHERE name = '云仓'"
		    " AND province = '上海' AND put_away = 1 AND kind = 1"
		    " AND active = 0 AND courier_id > 0" },
		{ "materials", "代码,包材,重量,成本\nBOX,纸箱,250,3.50\n",
		    "成本 3.20", "成本 3.50",
		    "SELECT count(*) FROM material WHERE cost = 350" },
		{ "supplier-items", "商家编码,供应商,采购价\nPAN,一厂,5.80\n",
		    "采购价 5.50", "采购价 5.80",
		    "SELECT count(*) FROM supplier_item WHERE price = 580"
		    " AND code = 'G,1' AND min_qty = 10 AND first = 0" },
		{ "grades", "name,from_paid,permille\n金卡,2000,900\n",
		    "from_paid 1000.50", "from_paid 2000.00",
		    "SELECT count(*) FROM grade WHERE from_paid = 200000" },
		{ "member-prices", "sku,等级,价格\nPAN,金卡,\n", "价格 8.80",
		    "价格 –", "SELECT 1 - count(*) FROM member_price" },
		{ "review-rules",
		    "name,what,value,action,courier\n"
		    "村里走村邮,place,村,courier,村邮站\n",
		    "value 村;镇", "value 村",
		    "SELECT count(*) FROM review_rule WHERE value = '村'"
		    " AND shop_id > 0 AND courier_id > 0 AND active = 1" },
		{ "gift-rules",
		    "规则名,赠品,件数,结束时间,店铺\n"
		    "满赠,LID,2,2024-11-06,\n",
		    "店铺 小店; 结束时间 2024-11-03",
		    "店铺 –; 结束时间 2024-11-06",
		    "SELECT count(*) FROM gift_rule WHERE name = '满赠'"
		    " AND shop_id IS NULL AND each_time = 1"
		    " AND since < until" },
		{ "texts", "kind,name,text\nunpaid,两行,\"{nick}\n在吗\"\n",
		    "text {nick}您好，\n\"{goods}\"还在等您；",
		    "text {nick}\n在吗",
		    "SELECT count(*) FROM text_template"
		    " WHERE text LIKE '{nick}%在吗' AND active = 1" },
		{ "attrs",
		    "name,title,type,choices\npaint,漆,choice,红；蓝;绿\n",
		    "choices ;红;蓝;", "choices ;红；蓝;绿;",
		    "SELECT count(*) FROM attr_def WHERE name = 'paint'"
		    " AND active = 0 AND choices LIKE '%绿;'" },
		{ "settings", "name,value,unit\nship_hours,36,\n", "value 24",
		    "value 36",
		    "SELECT count(*) FROM setting WHERE value = '36'" },
	};
	struct session *s = shop();
	int64_t hours;
	size_t i;

	(void)state;
	assert_int_equal(setting_int(s, SETTING_SHIP_HOURS, &hours), 0);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		changes(s, &rows[i]);
	assert_int_equal(setting_int(s, SETTING_SHIP_HOURS, &hours), 0);
	assert_int_equal(hours, 24);
	/* The same, written otherwise. */
	take(s, "attrs",
	    fixture_file("a.csv",
		"name,title,type,choices\npaint,漆,choice,\"红, 蓝\"\n"),
	    NULL);
	counts(import_summary(taken), 0, 0, 1, 0);
	take(s, "supplier-items",
	    fixture_file(
		"a.csv", "sku_code,company,price,first\nPAN,二厂,5,no\n"),
	    NULL);
	counts(import_summary(taken), 0, 0, 1, 0);
	let_go();
	fixture_end(s);
}

static void
each_bad_row_says_where(void **state)
{
	static const struct {
		const char *kind, *text, *column;
	} rows[] = {
		{ "warehouses", "name,province,put_away\n三仓,月亮,no\n",
		    "province" },
		{ "warehouses", "name,province,put_away,hub\n三仓,,no,鸽子\n",
		    "hub" },
		{ "materials", "code,name,weight,cost\nPAN,盒,1,1\n", "code" },
		{ "materials", "code,name,weight,cost\nB,盒,1,很多\n", "cost" },
		{ "supplier-items", "sku,company,price\nPOT,一厂,1\n", "sku" },
		{ "supplier-items", "sku,company,price\nPAN,九厂,1\n",
		    "company" },
		{ "supplier-items", "sku,company,price,min_qty\nPAN,一厂,1,0\n",
		    "min_qty" },
		{ "grades", "name,from_paid,permille\n钻,1,1001\n",
		    "permille" },
		{ "member-prices", "sku,grade,price\nPAN,铁卡,1\n", "grade" },
		{ "review-rules", "name,what,value,action\n甲,weather,,hold\n",
		    "what" },
		{ "review-rules",
		    "name,what,value,action,shop\n甲,any,,hold,大店\n",
		    "shop" },
		{ "gift-rules", "name,gift_sku,gift_qty\n甲,POT,1\n",
		    "gift_sku" },
		{ "gift-rules", "name,gift_sku,gift_qty,until\n甲,LID,1,晚\n",
		    "until" },
		{ "texts", "kind,name,text\nunpaid,甲,{moon}\n", "text" },
		{ "attrs", "name,title,type,choices\nA,甲,text,\n", "name" },
		{ "settings", "name,value,unit\nmoon,1,\n", "name" },
		{ "settings", "name,value,unit\nship_hours,0,\n", "value" },
	};
	struct session *s = shop();
	char *was = typed(s);
	const struct import_reject *r;
	size_t i, n;

	(void)state;
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		take(
		    s, rows[i].kind, fixture_file("b.csv", rows[i].text), NULL);
		counts(import_summary(taken), 0, 0, 0, 1);
		r = import_rejects(taken, &n);
		if (strcmp(r->column, rows[i].column) != 0)
			fail_msg(
			    "%s: %s: %s", rows[i].text, r->column, r->reason);
	}
	same_text(was, typed(s));
	let_go();
	fixture_end(s);
}

/* Who may import may not therefore change what is another's. */
static void
each_list_asks_for_its_permission(void **state)
{
	static const struct {
		const char *role, *kind, *text;
	} who[] = {
		{ "supervisor", "warehouses",
		    "name,province,put_away\n三仓,,no\n" },
		{ "supervisor", "materials",
		    "code,name,weight,cost\nB,盒,1,1\n" },
		{ "supervisor", "categories", "path,depth\n花,0\n" },
		{ "supervisor", "supplier-items",
		    "sku,company,price\nPAN,一厂,1\n" },
		{ "warehouse", "grades",
		    "name,from_paid,permille\n钻,1,900\n" },
		{ "warehouse", "member-prices",
		    "sku,grade,price\nPAN,银卡,1\n" },
		{ "warehouse", "review-rules",
		    "name,what,value,action\n甲,any,,hold\n" },
		{ "warehouse", "gift-rules",
		    "name,gift_sku,gift_qty\n甲,LID,1\n" },
		{ "warehouse", "texts", "kind,name,text\nunpaid,甲,乙\n" },
		{ "warehouse", "attrs",
		    "name,title,type,choices\na,甲,text,\n" },
		{ "supervisor", "settings",
		    "name,value,unit\nship_hours,1,\n" },
	};
	struct session *s = shop();
	char *was = typed(s);
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(who) / sizeof(who[0]); i++) {
		fixture_role(s, who[i].role);
		if (try_import(s, NULL, who[i].kind,
			fixture_file("p.csv", who[i].text), NULL) != ERR_DENIED)
			fail_msg("%s", who[i].kind);
	}
	same_text(was, typed(s));
	let_go();
	fixture_end(s);
}

/* What says what goods are called makes goods; what says for how much they are
 * bought does not. */
static void
a_list_of_prices_makes_no_products(void **state)
{
	static const char *const files[][2] = {
		{ "商家编码,供应商,采购价", "supplier-items" },
		{ "商家编码,规格,供应商,采购价,首选", "supplier-items" },
		{ "sku_code,name,company,price", "supplier-items" },
		{ "商家编码,名称,供应商,采购价", "products" },
		{ "sku_code,name,supplier,supplier_price", "products" },
	};
	struct session *s = fixture_session("owner");
	struct import_look look;
	size_t i;

	(void)state;
	for (i = 0; i < 5; i++) {
		assert_int_equal(
		    import_look(
			s, fixture_file("h.csv", files[i][0]), NULL, &look),
		    0);
		if (look.kind == NULL || strcmp(look.kind, files[i][1]) != 0)
			fail_msg("%s: %s", files[i][0], look.text);
		import_look_free(&look);
	}
	fixture_end(s);
}

/* Rights and history are not made by files; who tries is told what to do. */
static void
some_lists_only_go_out(void **state)
{
	static const struct {
		const char *name, *says;
	} out[] = { { "roles", "role grant" }, { "staff", "user add" },
		{ "supplier-prices", "export supplier-items" } };
	const struct export_options opt = { .encoding = "utf-8" };
	struct session *s = shop();
	size_t i;
	int k;

	(void)state;
	for (i = 0; i < 3; i++)
		for (k = 0; k < 2; k++) {
			struct export_options how = opt;
			const char *path = fixture_path("out.csv");

			how.english = k == 0;
			i18n_init(k == 0 ? "en" : "zh_CN");
			assert_int_equal(
			    export_run(s, out[i].name, path, &how, NULL), 0);
			i18n_init("en");
			assert_int_equal(
			    try_import(s, NULL, NULL, path, NULL), ERR_INVALID);
			if (strstr(s->err.text, out[i].says) == NULL)
				fail_msg("%s", s->err.text);
		}
	let_go();
	fixture_end(s);
}

/* The first of a list is the main one only while there is no other, and
 * nobody has touched that. */
static void
the_main_warehouse_takes_its_name(void **state)
{
	static const char list[] = "name,province,put_away\n"
				   "义乌仓,浙江,yes\n二仓,,no\n";
	struct session *s = fixture_session("owner");

	(void)state;
	take(s, "warehouses", fixture_file("w.csv", list), NULL);
	counts(import_summary(taken), 1, 1, 0, 0);
	assert_int_equal(
	    fixture_int(s, "SELECT id FROM warehouse WHERE name = '义乌仓'"),
	    1);
	take(s, "warehouses",
	    fixture_file("w.csv", "name,province,put_away\n三仓,,no\n"), NULL);
	counts(import_summary(taken), 1, 0, 0, 0);
	let_go();
	fixture_end(s);
}

/* Somebody put it right since. */
static void
later_work_stands_on_a_list(void **state)
{
	struct session *s = shop();
	const struct import_stands *one;
	struct page page;
	int64_t batch;

	(void)state;
	take(s, "settings",
	    fixture_file("s.csv", "name,value,unit\nship_hours,36,\n"), NULL);
	batch = import_summary(taken)->batch;
	assert_int_equal(setting_save(s, "ship_hours", "40"), 0);
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	assert_int_equal(import_standing(s, batch, 9, &page), 0);
	one = page.rows;
	assert_string_equal(one->label, "ship_hours");
	page_free(&page);

	take(s, "member-prices",
	    fixture_file("m.csv", "sku,grade,price\nPAN,金卡,7\n"), NULL);
	batch = import_summary(taken)->batch;
	assert_int_equal(member_price_set(s, "PAN", "金卡", 600), 0);
	assert_int_equal(import_undo(s, batch, NULL), ERR_STATE);
	assert_int_equal(fixture_int(s, "SELECT price FROM member_price"), 600);
	let_go();
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_come_back_to_the_byte),
		cmocka_unit_test(they_are_taken_back),
		cmocka_unit_test(rows_are_judged_by_their_departments),
		cmocka_unit_test(a_row_changes_what_it_says),
		cmocka_unit_test(each_bad_row_says_where),
		cmocka_unit_test(each_list_asks_for_its_permission),
		cmocka_unit_test(a_list_of_prices_makes_no_products),
		cmocka_unit_test(some_lists_only_go_out),
		cmocka_unit_test(the_main_warehouse_takes_its_name),
		cmocka_unit_test(later_work_stands_on_a_list),
		cmocka_unit_test(templates_go_with_their_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
