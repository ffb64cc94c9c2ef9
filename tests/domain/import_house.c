/* SPDX-License-Identifier: MIT */
#include "import_lib.h"

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/couriers.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/record.h"

/* Lists that people type in, out of our own exports and back: couriers, bins,
 * freight templates and what they cost where. */

static const struct list {
	const char *name, *kind;
} lists[] = {
	{ "couriers", "couriers" },
	{ "bins", "bins" },
	{ "freight_templates", "freight-templates" },
	{ "freight_zones", "freight-templates" },
};
#define NLISTS 4

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
	return str_take(&out);
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
	struct session *s = fixture_session("owner");
	int64_t id;
	int i;

	assert_int_equal(courier_add(s, &c, &id), 0);
	assert_int_equal(courier_add(s, &old, &id), 0);
	assert_int_equal(bin_add(s, &b, &id), 0);
	assert_int_equal(freight_template_add(s, &t, &id), 0);
	for (i = 0; i < 3; i++)
		assert_int_equal(freight_zone_set(s, id, 1 + i, &z[i]), 0);
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
		"templates", "id", NULL };
	const struct rec_filter of = { "template", "1" };
	size_t i, k;

	for (i = 0; i < NLISTS; i++) {
		struct export_options opt = { .encoding = "utf-8",
			.english = english,
			.filters = i == 3 ? &of : NULL,
			.nfilters = i == 3 };
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
	size_t i;

	for (i = 0; i < NLISTS; i++) {
		char path[4096];

		snprintf(
		    path, sizeof(path), "%s", file_of("first", &lists[i], end));
		sum = take(s, NULL, path, NULL);
		assert_string_equal(import_kind(taken), lists[i].kind);
		assert_int_equal(sum->rejected_n, 0);
		assert_null(import_warning(taken, 0));
		assert_int_equal(sum->updated_n, 0);
		if (known)
			assert_int_equal(sum->new_n, 0);
		else
			assert_true(sum->new_n > 0);
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
		empty = fixture_session("owner");
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
	struct session *s = shop(), *empty = fixture_session("owner");
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

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(lists_come_back_to_the_byte),
		cmocka_unit_test(they_are_taken_back),
		cmocka_unit_test(rows_are_judged_by_their_departments),
		cmocka_unit_test(templates_go_with_their_file),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
