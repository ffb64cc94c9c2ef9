/* SPDX-License-Identifier: MIT */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "../../src/domain/core/session_priv.h"
#include "fixture.h"
#include "shopmgr/domain/export.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/op.h"

/* What one shop gives away another takes in and gives away the same; and what
 * is in layouts of others. */

static void
must(struct session *s, int rc)
{
	if (rc < 0)
		fail_msg("%d: %s", rc, session_err(s)->text);
}

static char *
read_whole(const char *path)
{
	char *text = calloc(1, 200000);
	FILE *file = fopen(path, "r");

	assert_non_null(file);
	assert_true(fread(text, 1, 199999, file) > 0);
	fclose(file);
	return text;
}

static void
set(struct session *s, const char *sql, const char *text)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn, sql, DB_ARGS(db_t(text)), NULL));
	must(s, db_commit(&txn));
}

/* Texts that spreadsheets would calculate, and others that look like what
 * defuses them. */
static const char *const nasty[] = { "=1+1", "'=1+1", "-1", "无", "'无",
	"a\"b,c", "'007", "＝x", "two\nlines", "=\"12\"", "\"=1\"", "'" };
#define NNASTY (sizeof(nasty) / sizeof(nasty[0]))

static struct session *
nasty_shop(void)
{
	struct session *s = fixture_session("owner");
	char code[32], no[32];
	size_t i;

	for (i = 0; i < NNASTY; i++) {
		snprintf(code, sizeof(code), "SKU-%02zu", i);
		snprintf(no, sizeof(no), "41192033665208%05zu", i);
		fixture_variant(s, code, (int64_t)i + 1, 700);
		set(s,
		    "UPDATE variant SET name = $1 WHERE id ="
		    " (SELECT max(id) FROM variant)",
		    nasty[i]);
		set(s,
		    "UPDATE product SET name = $1 WHERE id ="
		    " (SELECT max(id) FROM product)",
		    nasty[i]);
		fixture_order(s, no, 1, code, NULL);
		set(s,
		    "UPDATE customer SET note = $1 WHERE id ="
		    " (SELECT max(id) FROM customer)",
		    nasty[i]);
	}
	return s;
}

struct trip {
	const char *kind, *file;
	const char *const *columns;
	size_t n;
};

static void
give(struct session *s, const struct trip *t, bool english, const char *path)
{
	/* Records that came at once have no order of their own. */
	const struct rec_filter sorted = { "sort", t->columns[0] };
	struct export_options opt = {
		.english = english,
		.filters = &sorted,
		.nfilters = 1,
		.columns = t->columns,
		.ncolumns = t->n,
	};

	must(s, export_run(s, t->kind, path, &opt, NULL));
}

static void
take(struct session *s, const struct trip *t, const char *path, bool again)
{
	struct import_options how = { .shop = NULL };
	const struct import_summary *sum;
	struct import *im;

	must(s, import_run(s, t->kind, &path, 1, &how, &im));
	sum = import_summary(im);
	assert_int_equal(sum->rejected_n, 0);
	assert_int_equal(sum->rows, NNASTY);
	assert_int_equal(again ? sum->unchanged_n : sum->new_n, NNASTY);
	import_free(im);
}

static void
there_and_back(const struct trip *t, bool english)
{
	struct session *from = nasty_shop(), *to = fixture_session("owner");
	char first[4096], second[4096], name[64];
	char *one, *other;

	snprintf(name, sizeof(name), "first-%s", t->file);
	snprintf(first, sizeof(first), "%s", fixture_path(name));
	snprintf(name, sizeof(name), "second-%s", t->file);
	snprintf(second, sizeof(second), "%s", fixture_path(name));
	give(from, t, english, first);
	take(from, t, first, true); /* it knows all of that */
	take(to, t, first, false);
	give(to, t, english, second);
	if (strstr(t->file, ".csv") != NULL) {
		one = read_whole(first);
		other = read_whole(second);
		assert_string_equal(one, other);
		free(one);
		free(other);
	}
	take(to, t, second, true);
	fixture_verify(to);
	fixture_end(from);
	fixture_end(to);
}

static const char *const product_columns[] = { "sku_code", "name", "product",
	"barcodes", "price", "weight", "reorder_at", "target_level", "bin" };
static const char *const customer_columns[] = { "nick", "name", "phone",
	"note" };
#define TRIP(kind, file, columns) \
	{ \
		kind, file, columns, sizeof(columns) / sizeof((columns)[0]) \
	}

static void
products_and_customers_come_back_to_the_byte(void **state)
{
	static const struct trip trips[] = {
		TRIP("products", "products.csv", product_columns),
		TRIP("customers", "customers.csv", customer_columns),
		TRIP("products", "products.xlsx", product_columns),
		TRIP("customers", "customers.xlsx", customer_columns),
	};
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(trips) / sizeof(trips[0]); i++)
		there_and_back(&trips[i], true);
}

static void
put_contact(struct session *s, int64_t order, const char *name,
    const char *phone, const char *street)
{
	struct txn *txn;

	must(s, db_begin(s->db, &txn));
	must(s, db_exec(txn,
		    "UPDATE receiver SET name = $2, phone = $3, province ="
		    " '广东省', city = '广州市', district = '天河区', address ="
		    " $4 WHERE id = (SELECT receiver_id FROM orders WHERE"
		    " id = $1)",
		    DB_ARGS(db_i(order), db_t(name), db_t(phone), db_t(street)),
		    NULL));
	must(s, db_commit(&txn));
}

static int64_t
order_id(struct session *s, const char *sql)
{
	return fixture_int(s, sql);
}

static void
addresses_that_lead_to_nobody_are_left_out(void **state)
{
	struct export_result r;
	struct export_options opt = { .encoding = "utf-8", .result = &r };
	const char *path = fixture_path("labels.csv");
	struct session *s = fixture_session("owner");
	char *text;

	(void)state;
	fixture_variant(s, "PAN", 50, 1250);
	fixture_order(s, "1001", 2, "PAN", NULL);
	fixture_order(s, "1002", 1, "PAN", NULL);
	fixture_order(s, "1003", 1, "PAN", NULL);
	put_contact(s,
	    order_id(s, "SELECT id FROM orders WHERE order_no = '1001'"),
	    "姓名[6797]", "15781115734-0319", "科技路 1 号");
	put_contact(s,
	    order_id(s, "SELECT id FROM orders WHERE order_no = '1002'"),
	    "张**", "138****5678", "科技路 2 号");
	put_contact(s,
	    order_id(s, "SELECT id FROM orders WHERE order_no = '1003'"),
	    "##abc", "13800001111", "科技路 3 号");
	must(s, export_run(s, "labels", path, &opt, NULL));
	text = read_whole(path);
	assert_non_null(strstr(text, "\r\n姓名[6797],15781115734-0319,"
				     "广东省 广州市 天河区 科技路 1 号,1001,"));
	assert_null(strstr(text, "1002"));
	assert_int_equal(r.rows, 1);
	assert_int_equal(r.left_out, 2);
	assert_string_equal(r.left_names, "1002, 1003");
	free(text);
	/* The log says what went out. */
	assert_int_equal(
	    fixture_int(s, "SELECT count(*) FROM audit WHERE op = 'export' AND"
			   " detail LIKE 'labels qianniu, with names%'"),
	    1);
	/* It is for who may see them. */
	s->perms &= ~((uint64_t)1 << PERM_CONTACT_VIEW);
	unlink(path);
	assert_int_equal(export_run(s, "labels", path, &opt, NULL), ERR_DENIED);
	opt.platform = "crmeb-long";
	assert_int_equal(
	    export_run(s, "shipments", path, &opt, NULL), ERR_DENIED);
	assert_int_equal(access(path, F_OK), -1);
	fixture_end(s);
}

/* Every layout there is can be written, and has a heading. */
static void
every_layout_becomes_a_file(void **state)
{
	struct session *s = fixture_session("owner");
	const char *path = fixture_path("layout.csv");
	struct page page;
	size_t i;

	(void)state;
	must(s, export_layouts(s, NULL, &page));
	assert_true(page.n >= 14);
	for (i = 0; i < page.n; i++) {
		const struct export_layout *l = page_row(&page, i);
		struct export_options opt = { .platform = l->name };
		int64_t rows = -1;
		char *text;

		assert_true(l->label[0] != '\0');
		must(s, export_run(s, l->kind, path, &opt, &rows));
		assert_int_equal(rows, 0);
		text = read_whole(path);
		assert_non_null(strchr(text, ','));
		free(text);
	}
	page_free(&page);
	fixture_end(s);
}

/* What the user wrote, in a file of that name in the folder. */
static void
own_layouts(const char *name, const char *text)
{
	char path[4096], file[4200];
	FILE *f;

	snprintf(path, sizeof(path), "%s", fixture_path("formats"));
	mkdir(path, 0700);
	snprintf(file, sizeof(file), "%s/%s", path, name);
	f = fopen(file, "w");
	assert_non_null(f);
	fputs(text, f);
	fclose(f);
	import_formats_folder(path);
}

static void
labels_are(struct session *s, const char *layout, const char *header)
{
	const struct export_options opt = { .encoding = "utf-8",
		.platform = layout };
	const char *path = fixture_path("own-labels.csv");
	char *text;

	must(s, export_run(s, "labels", path, &opt, NULL));
	text = read_whole(path);
	assert_int_equal(strncmp(text, header, strlen(header)), 0);
	free(text);
}

static void
layouts_of_the_user_are_written(void **state)
{
	struct session *s = fixture_session("owner");
	struct import *im;
	const char *list =
	    fixture_file("products.csv", "sku_code,name\r\nPOT,Pot\r\n");
	struct page page;

	(void)state;
	own_layouts("labels-mine.tsv",
	    "\xEF\xBB\xBF# mine\r\nlayout\tvillage\tof=orders\tplatform=*\t"
	    "encoding=utf-8\ten=The village post\r\n"
	    "header\tTo\tWhere\tWhat\r\n"
	    "column\treceiver\r\ncolumn\taddress\r\ncolumn\t=pots\r\n"
	    "layout\tcourier\tof=orders\tplatform=*\n"
	    "header\tNo\ncolumn\torder_no\n");
	must(s, export_layouts(s, "labels", &page));
	assert_string_equal(
	    ((const struct export_layout *)page_row(&page, 0))->label,
	    "The village post");
	/* In place of the program's own of that name. */
	assert_int_equal(page.n, 4);
	page_free(&page);
	fixture_variant(s, "PAN", 50, 1250);
	fixture_order(s, "1001", 2, "PAN", NULL);
	put_contact(s, order_id(s, "SELECT id FROM orders"), "王芳",
	    "13800001111", "科技路 1 号");
	labels_are(s, "village",
	    "To,Where,What\r\n王芳,广东省 广州市 天河区 科技路 1 号,pots\r\n");
	labels_are(s, "courier", "No\r\n1001\r\n");
	/* They are none of files to be read. */
	must(s, import_run(s, NULL, &list, 1, NULL, &im));
	assert_null(import_warning(im, 0));
	import_free(im);
	import_formats_folder(NULL);
	fixture_end(s);
}

/* Lines but the header, which each has; @most: bytes. */
static size_t
rows_of_part(size_t part, size_t most)
{
	char name[32], *text;
	const char *p;
	size_t n = 0;

	snprintf(name, sizeof(name), "split-%zu.csv", part);
	if (access(fixture_path(name), F_OK) < 0)
		return 0;
	text = read_whole(fixture_path(name));
	unlink(fixture_path(name));
	assert_in_range(strlen(text), 1, most);
	assert_int_equal(strncmp(text, "No,Name\r\n", 9), 0);
	for (p = text; (p = strchr(p, '\n')) != NULL; p++)
		n++;
	free(text);
	return n - 1;
}

static void
no_file_is_larger_than_may_be(void **state)
{
	const struct export_options opt = { .encoding = "utf-8",
		.platform = "small" };
	struct session *s = fixture_session("owner");
	size_t i, n, parts = 0, sum = 0;
	int64_t rows = 0;
	char no[16];

	(void)state;
	own_layouts("labels-mine.tsv",
	    "layout\tsmall\tof=orders\tplatform=*\tbytes=100\t"
	    "encoding=utf-8\nheader\tNo\tName\n"
	    "column\torder_no\ncolumn\treceiver\n");
	fixture_variant(s, "PAN", 50, 1250);
	for (i = 0; i < 11; i++) {
		snprintf(no, sizeof(no), "10%02zu", i);
		fixture_order(s, no, 1, "PAN", NULL);
		put_contact(s, order_id(s, "SELECT max(id) FROM orders"),
		    "一二三四五六", "13800001111", "科技路 1 号");
	}
	must(
	    s, export_run(s, "labels", fixture_path("split.csv"), &opt, &rows));
	assert_int_equal(rows, 11);
	while ((n = rows_of_part(parts + 1, 100)) > 0) {
		parts++;
		sum += n;
	}
	assert_int_equal(sum, 11);
	assert_in_range(parts, 4, 6); /* three rows fill one; two may */
	import_formats_folder(NULL);
	fixture_end(s);
}

static void
what_is_wrong_in_them_is_told(void **state)
{
	static const struct {
		const char *text, *wrong;
	} cases[] = {
		{ "layout\tmine\tof=orders\nheader\tA\ncolumn\tcolour\n",
		    "line 3: \"colour\" is no column of a layout" },
		{ "layout\tmine\tof=ships\nheader\tA\ncolumn\tphone\n",
		    "line 1: \"of\" says nothing of a layout" },
		{ "layout\tmine\trows=none\nheader\tA\ncolumn\tphone\n",
		    "line 1: \"rows\" says nothing of a layout" },
		{ "layout\tmine\tencoding=big5\nheader\tA\ncolumn\tphone\n",
		    "line 1: \"encoding\" says nothing of a layout" },
		{ "layout\tmine\nheader\tA\tB\ncolumn\tphone\n",
		    "line 3: the header of mine has 2 cells for 1 columns" },
		{ "layout\tmine\nheader\tA\n",
		    "line 2: the layout mine has no columns" },
		{ "layout\tmine\nfooter\tA\ncolumn\tphone\n",
		    "line 2: \"footer\" is no word of a layout" },
		{ "column\tphone\n",
		    "line 1: no line \"layout\" stands above" },
	};
	struct export_options opt = { .platform = "mine" };
	struct session *s = fixture_session("owner");
	struct page page;
	size_t i;

	(void)state;
	for (i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		own_layouts("labels-mine.tsv", cases[i].text);
		assert_int_equal(export_run(s, "labels",
				     fixture_path("none.csv"), &opt, NULL),
		    ERR_INVALID);
		if (strstr(s->err.text, cases[i].wrong) == NULL)
			fail_msg("%zu: %s", i, s->err.text);
		assert_non_null(strstr(s->err.text, "labels-mine.tsv"));
		/* The others are as they were. */
		must(s, export_layouts(s, "labels", &page));
		assert_int_equal(page.n, 3);
		page_free(&page);
		labels_are(s, "qianniu", "收件人,");
	}
	import_formats_folder(NULL);
	fixture_end(s);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(products_and_customers_come_back_to_the_byte),
		cmocka_unit_test(addresses_that_lead_to_nobody_are_left_out),
		cmocka_unit_test(every_layout_becomes_a_file),
		cmocka_unit_test(layouts_of_the_user_are_written),
		cmocka_unit_test(no_file_is_larger_than_may_be),
		cmocka_unit_test(what_is_wrong_in_them_is_told),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
