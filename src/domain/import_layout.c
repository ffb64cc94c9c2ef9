/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"

#include "import_priv.h"

/* Files are known by their headers; the tables are in data/formats. */

#define HEADER_ROWS 20 /* how far down a header may be */

/* The importers' titles in the tables, for the translators. */
const char *const import_layout_texts[] = {
	N_("Taobao/Tmall orders"),
	N_("Taobao/Tmall items"),
	N_("Taobao/Tmall parcels to send"),
	N_("Products"),
	N_("Opening stock"),
	N_("Customers"),
};

static const char *const layout_names[LAYOUT_MAX] = {
	"taobao-orders",
	"taobao-items",
	"taobao-dispatch",
	"products",
	"stock",
	"customers",
};

static const char *const field_names[F_MAX] = {
	[F_ORDER_NO] = "order_no",
	[F_SUB_ORDER_NO] = "sub_order_no",
	[F_SHOP] = "shop",
	[F_NICK] = "nick",
	[F_RECEIVER] = "receiver",
	[F_PHONE] = "phone",
	[F_TEL] = "tel",
	[F_ADDRESS] = "address",
	[F_NEW_ADDRESS] = "new_address",
	[F_TITLE] = "title",
	[F_ATTRS] = "attrs",
	[F_SKU] = "sku",
	[F_SKU2] = "sku2",
	[F_ITEM_NO] = "item_no",
	[F_BUYER_NOTE] = "buyer_note",
	[F_MEMO] = "memo",
	[F_MEMO2] = "memo2",
	[F_PAYMENT_NO] = "payment_no",
	[F_WAYBILL] = "waybill",
	[F_COURIER] = "courier",
	[F_CLOSE_REASON] = "close_reason",
	[F_STATE] = "state",
	[F_REFUND_STATE] = "refund_state",
	[F_CREATED_AT] = "created_at",
	[F_PAID_AT] = "paid_at",
	[F_SHIPPED_AT] = "shipped_at",
	[F_FINISHED_AT] = "finished_at",
	[F_TOTAL] = "total",
	[F_GOODS_TOTAL] = "goods_total",
	[F_POSTAGE] = "postage",
	[F_PAID] = "paid",
	[F_REFUND] = "refund",
	[F_SETTLED] = "settled",
	[F_PRICE] = "price",
	[F_LINE_TOTAL] = "line_total",
	[F_LINE_PAID] = "line_paid",
	[F_LINE_REFUND] = "line_refund",
	[F_QTY] = "qty",
	[F_NAME] = "name",
	[F_PRODUCT] = "product",
	[F_BARCODES] = "barcodes",
	[F_WEIGHT] = "weight",
	[F_REORDER_AT] = "reorder_at",
	[F_TARGET_LEVEL] = "target_level",
	[F_BIN] = "bin",
	[F_COST] = "cost",
	[F_SUPPLIER] = "supplier",
	[F_NOTE] = "note",
};

#define TSV_FIELDS 5

/* The next row that says something: its fields, or false at the end. */
static bool
tsv_next(const char **text, struct arena *arena, char *fields[TSV_FIELDS])
{
	const char *end;
	char *line, *tab;
	size_t n;

	while (**text == '\n' || **text == '#')
		*text += strcspn(*text, "\n") + (**text == '\n');
	if (**text == '\0')
		return false;
	end = strchrnul(*text, '\n');
	line = arena_strndup(arena, *text, (size_t)(end - *text));
	*text = end;
	for (n = 0; n < TSV_FIELDS; n++) {
		fields[n] = line;
		tab = strchrnul(line, '\t');
		line = *tab == '\t' ? tab + 1 : tab;
		*tab = '\0';
	}
	return true;
}

/* "a;b;c" to a list that ends with NULL; the names become known. */
static char **
split_names(struct formats *fmt, struct arena *arena, char *names)
{
	size_t n = 1, i;
	char **list, *p;
	bool fresh;

	for (p = names; *p != '\0'; p++)
		n += *p == ';';
	list = arena_alloc(arena, (n + 1) * sizeof(*list));
	for (i = 0; i < n; i++) {
		list[i] = names;
		names += strcspn(names, ";");
		*names++ = '\0';
		p = list[i];
		map_put(&fmt->headers, p, strcspn(p, "*"), &fresh);
	}
	return list;
}

static size_t
index_of(const char *const *names, size_t n, const char *name)
{
	size_t i = 0;

	while (i < n && strcmp(names[i], name) != 0)
		i++;
	assert(i < n);
	return i;
}

static void
load_layouts(struct formats *fmt, struct arena *arena, const char *text)
{
	struct layout *l = NULL;
	char *f[TSV_FIELDS];

	while (tsv_next(&text, arena, f)) {
		if (strcmp(f[0], "layout") == 0) {
			l = &fmt->layouts[index_of(
			    layout_names, LAYOUT_MAX, f[1])];
			l->name = f[1];
			l->kind = f[2];
			l->text = f[3];
			l->fields =
			    arena_alloc(arena, F_MAX * sizeof(*l->fields));
		} else if (strcmp(f[0], "field") == 0) {
			assert(l != NULL && l->nfields < F_MAX);
			l->fields[l->nfields++] = (struct layout_field){
				.field = (enum imp_field)index_of(
				    field_names, F_MAX, f[1]),
				.must = strcmp(f[2], "must") == 0,
				.names = split_names(fmt, arena, f[3]),
			};
		} else if (strcmp(f[0], "not") == 0) {
			assert(l != NULL);
			l->nots = split_names(fmt, arena, f[1]);
		} else if (strcmp(f[0], "vintage") == 0) {
			fmt->vintages = xreallocarray(fmt->vintages,
			    fmt->nvintages + 1, sizeof(*fmt->vintages));
			fmt->vintages[fmt->nvintages++] = (struct vintage){
				.layout = (enum layout_id)index_of(
				    layout_names, LAYOUT_MAX, f[1]),
				.year = f[2],
				.header = f[3],
			};
		} else if (strcmp(f[0], "shop") == 0) {
			fmt->shop = f[1];
		} else {
			assert(strcmp(f[0], "not-closed") == 0);
			fmt->not_closed = f[1];
		}
	}
}

static void
load_states(struct formats *fmt, struct arena *arena, const char *text)
{
	static const char *const refunds[] = { "none", "asked", "back",
		"taken" };
	char *f[TSV_FIELDS];
	bool fresh;

	while (tsv_next(&text, arena, f)) {
		if (strcmp(f[0], "state") == 0) {
			*map_put(&fmt->states, f[2], strlen(f[2]), &fresh) =
			    order_state_by_name(f[1]);
			continue;
		}
		assert(strcmp(f[0], "refund") == 0);
		fmt->refunds = xreallocarray(
		    fmt->refunds, fmt->nrefunds + 1, sizeof(*fmt->refunds));
		fmt->refunds[fmt->nrefunds++] = (struct refund_word){
			.text = f[2],
			.state = (int)index_of(refunds, 4, f[1]),
		};
	}
}

void
formats_load(struct formats *fmt, struct arena *arena)
{
	load_layouts(fmt, arena, embed_text("formats/taobao.tsv"));
	load_layouts(fmt, arena, embed_text("formats/lists.tsv"));
	load_states(fmt, arena, embed_text("formats/taobao-states.tsv"));
}

void
formats_done(struct formats *fmt)
{
	map_done(&fmt->states);
	map_done(&fmt->headers);
	free(fmt->vintages);
	free(fmt->refunds);
}

/* A header as it is compared: cleaned. */
struct head {
	const char **names;
	size_t n;
};

static const char *
head_name(struct arena *arena, const char *s, size_t n)
{
	char *copy = arena_strndup(arena, s, n);

	return field_clean(copy, &n);
}

/* Column of @name, or -1. */
static int
head_exact(const struct head *h, const char *name)
{
	size_t i, n = strcspn(name, "*");

	for (i = 0; i < h->n; i++)
		if (strncasecmp(h->names[i], name, n) == 0 &&
		    h->names[i][n] == '\0')
			return (int)i;
	return -1;
}

/* A column whose header holds @name and is no known one itself. */
static int
head_holds(const struct formats *fmt, const struct head *h, const char *name)
{
	size_t i, n = strcspn(name, "*");

	for (i = 0; name[n] == '*' && i < h->n; i++)
		if (memmem(h->names[i], strlen(h->names[i]), name, n) != NULL &&
		    map_get(&fmt->headers, h->names[i], strlen(h->names[i])) ==
			NULL)
			return (int)i;
	return -1;
}

static int
find_column(const struct formats *fmt, const struct head *h, char *const *names)
{
	char *const *p;
	int at = -1;

	for (p = names; at < 0 && *p != NULL; p++)
		at = head_exact(h, *p);
	for (p = names; at < 0 && *p != NULL; p++)
		at = head_holds(fmt, h, *p);
	return at;
}

/* Bind the columns; false when this is not the layout. */
static bool
bind(const struct formats *fmt, const struct layout *l, const struct head *h,
    struct imp_file *f)
{
	size_t i;
	int at;

	for (i = 0; l->nots != NULL && l->nots[i] != NULL; i++)
		if (head_exact(h, l->nots[i]) >= 0)
			return false;
	f->nmap = 0;
	f->has = 0;
	for (i = 0; i < l->nfields; i++) {
		at = find_column(fmt, h, l->fields[i].names);
		if (at < 0 && l->fields[i].must)
			return false;
		if (at < 0)
			continue;
		f->map[f->nmap++] = (struct imp_column){
			.field = (uint8_t)l->fields[i].field,
			.at = (uint16_t)at,
		};
		f->has |= BIT(l->fields[i].field);
	}
	return true;
}

const char *
field_header(const struct imp_file *f, enum imp_field field)
{
	size_t i;

	for (i = 0; i < f->nmap; i++)
		if (f->map[i].field == field)
			return f->header[f->map[i].at];
	return "";
}

static void
describe(struct job *j, struct imp_file *f, const struct head *h)
{
	const char *year = "", *text = _(f->layout->text);
	const char *encoding = sheet_encoding(f->sheet);
	size_t i;

	for (i = 0; i < j->fmt.nvintages; i++)
		if (j->fmt.vintages[i].layout == f->id &&
		    head_exact(h, j->fmt.vintages[i].header) >= 0)
			year = j->fmt.vintages[i].year;
	if (year[0] != '\0')
		/* TRANSLATORS: what, of which year, columns, encoding */
		f->text = arena_printf(&j->im->arena,
		    _("%s (%s, %zu columns), %s"), text, year, h->n, encoding);
	else
		f->text = arena_printf(&j->im->arena, _("%s (%zu columns), %s"),
		    text, h->n, encoding);
}

static void
warn_unknown(struct job *j, struct imp_file *f, const struct head *h)
{
	size_t i, k;

	for (i = 0; i < h->n; i++) {
		for (k = 0; k < f->nmap && f->map[k].at != i; k++)
			;
		if (k == f->nmap && h->names[i][0] != '\0')
			warn(j,
			    _("%s: the column \"%s\" is not known and was "
			      "left out"),
			    f->name, h->names[i]);
	}
}

/* The layout of @kind that @h is the header of; else of any kind, in *@other.
 */
static bool
recognise(struct job *j, struct imp_file *f, const struct head *h,
    const struct layout **other)
{
	int i;

	for (i = 0; i < LAYOUT_MAX; i++) {
		const struct layout *l = &j->fmt.layouts[i];

		if (!bind(&j->fmt, l, h, f))
			continue;
		if (strcmp(l->kind, j->im->kind) != 0) {
			*other = l;
			continue;
		}
		f->id = (enum layout_id)i;
		f->layout = l;
		return true;
	}
	return false;
}

static void
keep_header(struct job *j, struct imp_file *f, const struct sheet_row *row)
{
	size_t i;

	f->header = arena_alloc(&j->im->arena, row->n * sizeof(*f->header));
	f->nheader = row->n;
	for (i = 0; i < row->n; i++)
		f->header[i] =
		    head_name(&j->im->arena, row->fields[i], row->lens[i]);
}

/* "订单编号, 订单状态, ...": what the header of @l must have. */
static const char *
expected(struct job *j, enum layout_id id)
{
	const struct layout *l = &j->fmt.layouts[id];
	struct str text = STR_INIT;
	const char *kept;
	size_t i;

	for (i = 0; i < l->nfields; i++) {
		const char *name = l->fields[i].names[0];

		if (!l->fields[i].must)
			continue;
		if (text.len > 0)
			str_add(&text, ", ");
		str_addn(&text, name, strcspn(name, "*"));
	}
	kept = arena_strdup(&j->scratch, text.s);
	str_done(&text);
	return kept;
}

static enum layout_id
layout_of(const char *kind)
{
	return strcmp(kind, "products") == 0 ? LAYOUT_PRODUCTS
	       : strcmp(kind, "stock") == 0  ? LAYOUT_STOCK
					     : LAYOUT_CUSTOMERS;
}

static int
unknown(struct job *j, struct imp_file *f, const struct layout *other)
{
	if (other != NULL)
		return err_set(&j->s->err, ERR_INVALID, "file",
		    _("%s is a list of another kind (%s): import it as \"%s\""),
		    f->name, _(other->text), other->kind);
	if (strcmp(j->im->kind, "orders") == 0)
		return err_set(&j->s->err, ERR_INVALID, "file",
		    _("%s is not known: none of its first %d rows is the "
		      "header of a Taobao or Tmall order file (%s) or item "
		      "file (%s)"),
		    f->name, HEADER_ROWS, expected(j, LAYOUT_ORDERS),
		    expected(j, LAYOUT_ITEMS));
	return err_set(&j->s->err, ERR_INVALID, "file",
	    _("%s is not known: none of its first %d rows is a header with "
	      "the columns of such a list (%s)"),
	    f->name, HEADER_ROWS, expected(j, layout_of(j->im->kind)));
}

int
layout_again(struct job *j, struct imp_file *f)
{
	const struct layout *other = NULL;
	struct head h = { .names = f->header, .n = f->nheader };

	return recognise(j, f, &h, &other) ? 0 : unknown(j, f, other);
}

int
layout_find(struct job *j, struct imp_file *f)
{
	const struct layout *other = NULL;
	struct sheet_row row;
	struct head h;
	int rc = 0, i;

	for (i = 0; i < HEADER_ROWS; i++) {
		if ((rc = sheet_next(f->sheet, &row)) <= 0)
			break;
		if (row.n > UINT16_MAX)
			continue;
		keep_header(j, f, &row);
		h = (struct head){ .names = f->header, .n = f->nheader };
		if (!recognise(j, f, &h, &other))
			continue;
		f->header_line = row.line;
		describe(j, f, &h);
		if (f->id >= LAYOUT_PRODUCTS)
			warn_unknown(j, f, &h);
		return 0;
	}
	return rc < 0 ? rc : unknown(j, f, other);
}
