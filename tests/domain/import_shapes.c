/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <iconv.h>

#include "import_lib.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/io/sheet_in.h"
#include "shopmgr/io/sheet_out.h"

/*
 * A file says the same whatever the order of its columns, whatever stands
 * between them, in each encoding and as a workbook: what the shop knows
 * afterwards is compared with what the file as it was handed out made of it.
 */

/* A sample as a table of texts: the header and all rows. */
struct table {
	char **cells;            /* rows * cols */
	size_t rows, cols, head; /* head: the row of the header */
};

static void
table_free(struct table *t)
{
	size_t i;

	for (i = 0; i < t->rows * t->cols; i++)
		free(t->cells[i]);
	free(t->cells);
}

/* @path twice: first to see how wide it is. The header is the widest row that
 * comes first. */
static void
table_read(struct table *t, const char *path)
{
	struct sheet *sheet;
	struct sheet_row row;
	struct err err;
	size_t i;

	*t = (struct table){ 0 };
	assert_int_equal(sheet_open(&sheet, path, &err), 0);
	while (sheet_next(sheet, &row) > 0) {
		if (row.n > t->cols) {
			t->cols = row.n;
			t->head = t->rows;
		}
		t->rows++;
	}
	assert_int_equal(sheet_rewind(sheet), 0);
	t->cells = xcalloc(t->rows * t->cols, sizeof(*t->cells));
	t->rows = 0;
	while (sheet_next(sheet, &row) > 0) {
		for (i = 0; i < t->cols; i++)
			t->cells[t->rows * t->cols + i] =
			    xstrndup(i < row.n ? row.fields[i] : "",
				i < row.n ? row.lens[i] : 0);
		t->rows++;
	}
	sheet_close(sheet);
}

static uint32_t seed;

static size_t
below(size_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

/* Two columns that nobody knows are put in, and all in another order. */
static void
table_shuffle(struct table *t)
{
	size_t cols = t->cols + 2, row, i, k, n, at;
	char **cells = xcalloc(t->rows * cols, sizeof(*cells));
	char *kept;

	for (row = 0; row < t->rows; row++) {
		for (i = 0; i < t->cols; i++)
			cells[row * cols + i] = t->cells[row * t->cols + i];
		for (i = t->cols; i < cols; i++)
			cells[row * cols + i] =
			    xstrdup(row != t->head ? "?!"
				    : i == t->cols ? "自己的记号"
						   : "Our own mark");
		/* Nothing was added to what stands below the table. */
		for (k = n = 0; k < t->cols; k++)
			n += cells[row * cols + k][0] != '\0';
		for (i = t->cols; n < 3 && i < cols; i++)
			cells[row * cols + i][0] = '\0';
	}
	for (i = cols - 1; i > 0; i--) {
		at = below(i + 1);
		for (row = 0; row < t->rows; row++) {
			kept = cells[row * cols + i];
			cells[row * cols + i] = cells[row * cols + at];
			cells[row * cols + at] = kept;
		}
	}
	free(t->cells);
	t->cells = cells;
	t->cols = cols;
}

struct dress {
	const char *encoding; /* NULL: a workbook */
	const char *bom;
	char sep;
	const char *newline;
};

static const struct dress dresses[] = {
	{ "UTF-8", "", ',', "\n" },
	{ "UTF-8", "\xEF\xBB\xBF", ';', "\r\n" },
	{ "GB18030", "", ',', "\r\n" },
	{ "GB18030", "", '\t', "\n" },
	{ "UTF-16LE", "\xFF\xFE", '\t', "\r\n" },
	{ "UTF-16BE", "\xFE\xFF", ',', "\n" },
	{ .encoding = NULL },
};

static void
put_encoded(FILE *f, const char *encoding, const struct str *text)
{
	iconv_t cd = iconv_open(encoding, "UTF-8");
	size_t left = text->len, room = text->len * 4 + 16, done;
	char *in = text->s, *buf = xmalloc(room), *out = buf;

	assert_true(cd != (iconv_t)-1);
	assert_true(iconv(cd, &in, &left, &out, &room) != (size_t)-1);
	done = (size_t)(out - buf);
	assert_int_equal(fwrite(buf, 1, done, f), done);
	free(buf);
	iconv_close(cd);
}

static const char *
write_csv(const struct table *t, const struct dress *d, const char *name)
{
	const char *path = fixture_path(name);
	struct str text = STR_INIT;
	const char *p;
	size_t i;
	FILE *f = fopen(path, "w");

	assert_non_null(f);
	for (i = 0; i < t->rows * t->cols; i++) {
		if (i % t->cols != 0)
			str_addc(&text, d->sep);
		str_addc(&text, '"');
		for (p = t->cells[i]; *p != '\0'; p++) {
			if (*p == '"')
				str_addc(&text, '"');
			str_addc(&text, *p);
		}
		str_addc(&text, '"');
		if ((i + 1) % t->cols == 0)
			str_add(&text, d->newline);
	}
	fputs(d->bom, f);
	put_encoded(f, d->encoding, &text);
	fclose(f);
	str_done(&text);
	return path;
}

static const char *
write_xlsx(const struct table *t, const char *name)
{
	const struct sheet_opts raw = { .raw = true };
	const char *path = fixture_path(name);
	enum sheet_col *cols = xcalloc(t->cols, sizeof(*cols));
	struct sheet_out *so;
	struct err err;
	size_t i;

	assert_int_equal(
	    sheet_out_open(&so, path, &raw, cols, t->cols, &err), 0);
	for (i = 0; i < t->rows; i++)
		assert_int_equal(
		    sheet_out_row(
			so, (const char *const *)t->cells + i * t->cols),
		    0);
	assert_int_equal(sheet_out_finish(so), 0);
	sheet_out_close(so);
	free(cols);
	return path;
}

static const char *
write_table(const struct table *t, const struct dress *d, bool second)
{
	if (d->encoding == NULL)
		return write_xlsx(t, second ? "b.xlsx" : "a.xlsx");
	return write_csv(t, d, second ? "b.csv" : "a.csv");
}

/* What was kept, but for columns that no layout knows and their order. */
static void
add_kept(struct session *s, struct str *out)
{
	char *all, *row, *rest, *field, *more, *fields[64], *kept;
	struct str text = STR_INIT;
	size_t n, i, k;

	add_query(s, &text,
	    "SELECT kind || char(9) || key || char(9) || order_no || char(9) "
	    "|| fields FROM staged ORDER BY kind, key /*scan*/ /*sort*/");
	all = str_take(&text);
	for (row = strtok_r(all, "\n", &rest); row != NULL;
	     row = strtok_r(NULL, "\n", &rest)) {
		n = 0;
		for (field = strtok_r(row, "\t", &more); field != NULL;
		     field = strtok_r(NULL, "\t", &more))
			if (field[0] != '*' && n < 64)
				fields[n++] = field;
		for (i = 1; i < n; i++)
			for (k = i;
			     k > 0 && strcmp(fields[k], fields[k - 1]) < 0;
			     k--) {
				kept = fields[k];
				fields[k] = fields[k - 1];
				fields[k - 1] = kept;
			}
		for (i = 0; i < n; i++)
			str_addf(out, "%s\t", fields[i]);
		str_addc(out, '\n');
	}
	free(all);
}

/* What a shop that takes in these files knows. */
static char *
told_by(const char *a, const char *b)
{
	struct session *s = fixture_session("owner");
	struct str out = STR_INIT;
	char *text;

	at_par(s);
	str_addf(&out, "refused %d\n", (int)take(s, NULL, a, b)->rejected_n);
	text = knowledge(s);
	str_add(&out, text);
	free(text);
	add_kept(s, &out);
	let_go();
	fixture_end(s);
	return str_take(&out);
}

static const char *const samples[][2] = {
	{ ORDERS_2012, NULL },
	{ ORDERS_2021, ITEMS_2021 },
	{ ORDERS_2026, ITEMS_2026 },
	{ ORDERS_2017, ITEMS_2017 },
	{ SAMPLES "pdd/orders_export_2026.utf8bom.csv", NULL },
	{ SAMPLES "jd/orders_2016_30col.gbk.csv", NULL },
	{ SAMPLES "douyin/orders_73col.utf8bom.csv", NULL },
	{ SAMPLES "1688/orders_43col.gbk.csv", NULL },
	{ SAMPLES "shopify/orders_export.csv", NULL },
	{ SAMPLES "etsy/EtsySoldOrders2024-6.csv",
	    SAMPLES "etsy/EtsySoldOrderItems2024-6.csv" },
	{ SAMPLES "ebay/eBay-OrdersReport.csv", NULL },
	{ SAMPLES "woocommerce/wc-orders-report-export.csv", NULL },
	{ SAMPLES "taobao/refund_2021_43col.gbk.csv", NULL },
	{ SAMPLES "freight/freight_template.utf8.csv", NULL },
	{ SAMPLES "shopify/customers_export.csv", NULL },
	{ SAMPLES "youzan/customers.utf8.csv", NULL },
	{ SAMPLES "pdd/batch_ship_import.csv", NULL },
};

static void
check_sample(const char *a, const char *b)
{
	char *want = told_by(a, b);
	struct table one, two;
	const char *first, *second;
	size_t i;

	for (i = 0; i < sizeof(dresses) / sizeof(dresses[0]); i++) {
		const struct dress *d = &dresses[i];

		printf("# %s: %s %c\n", a,
		    d->encoding != NULL ? d->encoding : "xlsx",
		    d->sep > ' ' ? d->sep : ' ');
		table_read(&one, a);
		table_shuffle(&one);
		first = write_table(&one, d, false);
		table_free(&one);
		second = NULL;
		if (b != NULL) {
			table_read(&two, b);
			table_shuffle(&two);
			second = write_table(&two, d, true);
			table_free(&two);
		}
		same_text(xstrdup(want), told_by(first, second));
	}
	free(want);
}

static void
files_say_the_same_however_they_are_written(void **state)
{
	size_t i;

	(void)state;
	seed = 20240601;
	for (i = 0; i < sizeof(samples) / sizeof(samples[0]); i++)
		check_sample(samples[i][0], samples[i][1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(files_say_the_same_however_they_are_written),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
