/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "import_header.h"
#include "import_priv.h"

/* Files are known by their headers; the tables are in data/formats. */

/* The importers' titles in the tables, for the translators. */
const char *const import_layout_texts[] = {
	N_("Taobao/Tmall orders"),
	N_("Taobao/Tmall items"),
	N_("Taobao/Tmall parcels to send"),
	N_("Products"),
	N_("Opening stock"),
	N_("Customers"),
	N_("Orders that shopmgr wrote"),
	N_("Order lines that shopmgr wrote"),
	N_("Stock that shopmgr wrote"),
	N_("Items that shopmgr wrote"),
	N_("Pinduoduo orders"),
	N_("JD orders"),
	N_("Douyin orders"),
	N_("Douyin main orders"),
	N_("Orders of a mall to be shipped"),
	N_("1688 orders"),
	N_("Youzan orders"),
	N_("Shopify orders"),
	N_("Etsy orders"),
	N_("Etsy items"),
	N_("eBay orders"),
	N_("WooCommerce orders (Analytics)"),
	N_("WooCommerce orders (WebToffee)"),
	N_("WooCommerce orders (a row an item)"),
};

const char *
layout_text(const struct layout *l)
{
	return l->own_text ? l->text : _(l->text);
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
	size_t i, n = name_len(name);

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
	size_t i, n = name_len(name);

	for (i = 0; name[n] == '*' && i < h->n; i++)
		if (memmem(h->names[i], strlen(h->names[i]), name, n) != NULL &&
		    map_get(&fmt->headers, h->names[i], strlen(h->names[i])) ==
			NULL)
			return (int)i;
	return -1;
}

/* @f: one that only holds the name is not taken twice. */
static int
find_column(const struct formats *fmt, const struct head *h, char *const *names,
    const struct imp_file *f)
{
	char *const *p;
	size_t i;
	int at = -1;

	for (p = names; at < 0 && *p != NULL; p++)
		at = head_exact(h, *p);
	if (at >= 0)
		return at;
	for (p = names; at < 0 && *p != NULL; p++)
		at = head_holds(fmt, h, *p);
	for (i = 0; at >= 0 && i < f->nmap; i++)
		if (f->map[i].at == at)
			return -1;
	return at;
}

static void
add_column(struct imp_file *f, enum imp_field field, int at)
{
	f->map[f->nmap++] = (struct imp_column){
		.field = (uint8_t)field,
		.at = (uint16_t)at,
	};
}

/* Is @h the header of @l? Its columns are bound; *@missing gets the fields that
 * must be there and are not. */
static bool
bind(const struct formats *fmt, const struct layout *l, const struct head *h,
    struct imp_file *f, size_t *missing)
{
	char *const *p;
	size_t i;
	int at;

	*missing = 0;
	f->nmap = 0;
	f->has = 0;
	for (p = l->nots; p != NULL && *p != NULL; p++)
		if (head_exact(h, *p) >= 0)
			return false;
	for (p = l->signs; p != NULL && *p != NULL; p++)
		if (head_exact(h, *p) < 0)
			return false;
	for (i = 0; i < l->nfields; i++) {
		const struct layout_field *field = &l->fields[i];

		at = find_column(fmt, h, field->names, f);
		if (at < 0) {
			*missing += field->must;
			continue;
		}
		add_column(f, field->field, at);
		f->has |= BIT(field->field);
	}
	return *missing == 0;
}

/* The columns of F_ITEMS: all whose header begins like it. */
static void
bind_cells(struct job *j, struct imp_file *f)
{
	const char *first = field_header(f, F_ITEMS);
	size_t n = strcspn(first, "0123456789"), i;

	f->cells = arena_alloc(&j->im->arena, f->nheader * sizeof(*f->cells));
	f->ncells = 0;
	for (i = 0; i < f->nheader; i++)
		if (strncasecmp(f->header[i], first, n) == 0)
			f->cells[f->ncells++] = (uint16_t)i;
}

/* Every row must fill these in; of some shapes only the first of an order. */
static uint64_t
row_musts(const struct layout *l, uint64_t has)
{
	uint64_t order = BIT(F_ORDER_NO) | BIT(F_CREATED_AT) |
			 (l->state == 0 ? BIT(F_STATE) : 0);
	uint64_t line = BIT(F_ORDER_NO) | BIT(F_QTY) | (BIT(F_PRICE) & has);

	if (strcmp(l->kind, "products") == 0)
		return BIT(F_SKU);
	if (strcmp(l->kind, "listings") == 0)
		return BIT(F_TITLE) | (has & (BIT(F_PLATFORM) | BIT(F_SHOP)));
	if (strcmp(l->kind, "stock") == 0)
		return BIT(F_SKU) | BIT(F_QTY);
	switch (l->shape) {
	case SHAPE_ORDERS:
	case SHAPE_CELLS:
		return order;
	case SHAPE_ITEMS:
		return line;
	case SHAPE_ROWS:
	case SHAPE_SINGLE:
		return order | line;
	case SHAPE_TABLE:
	case SHAPE_FILL:
	case SHAPE_SUMMARY:
		break;
	}
	return 0;
}

static void
bound(struct job *j, struct imp_file *f, const struct layout *l)
{
	const uint64_t derived =
	    BIT(F_SHIP_STATE) | BIT(F_CANCELLED_AT) | BIT(F_LAST_NAME);

	f->layout = l;
	f->must = row_musts(l, f->has);
	f->derives =
	    l->state != 0 || l->paid_when_made || l->paid_is_due ||
	    (f->has & derived) != 0 ||
	    (l->platform->id != 0 && !l->ours && (f->has & BIT(F_WAYBILL)));
	if (l->shape == SHAPE_CELLS)
		bind_cells(j, f);
}

size_t
field_column(const struct imp_file *f, enum imp_field field)
{
	size_t i = 0;

	while (i < f->nmap && f->map[i].field != field)
		i++;
	return i < f->nmap ? f->map[i].at : f->nheader;
}

const char *
field_header(const struct imp_file *f, enum imp_field field)
{
	size_t at = field_column(f, field);

	return at < f->nheader ? f->header[at] : "";
}

static void
describe(struct job *j, struct imp_file *f, const struct head *h)
{
	const char *year = "", *text = layout_text(f->layout);
	const char *encoding = sheet_encoding(f->sheet);
	size_t i;

	if (encoding[0] == '\0')
		encoding = sheet_container(f->sheet);

	for (i = 0; i < j->fmt.nvintages; i++)
		if (strcmp(j->fmt.vintages[i].layout, f->layout->name) == 0 &&
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

/* Does it follow from the others, as a sum does? */
static bool
is_left(const struct layout *l, const char *name)
{
	char *const *p;

	for (p = l->left; p != NULL && *p != NULL; p++)
		if (strcasecmp(*p, name) == 0)
			return true;
	return false;
}

/* A column with a name that says @l nothing. */
static bool
is_strange(const struct imp_file *f, const struct layout *l,
    const struct head *h, size_t column)
{
	size_t k;

	for (k = 0; k < f->nmap && f->map[k].at != column; k++)
		;
	return k == f->nmap && h->names[column][0] != '\0' &&
	       !is_left(l, h->names[column]);
}

static void
warn_unknown(struct job *j, struct imp_file *f, const struct head *h)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		if (is_strange(f, f->layout, h, i))
			warn(j,
			    _("%s: the column \"%s\" is not known and was "
			      "left out"),
			    f->name, h->names[i]);
}

/* What a file comes near to, when it is nothing. */
struct guess {
	const struct layout *other; /* it is one of another kind */
	const struct layout *near;  /* it would be, had it these columns */
	size_t known, missing;
	char *columns;
};

/* "订单编号, 订单状态": the headers that are missing for @l. */
static char *
missing_columns(struct job *j, const struct layout *l, const struct head *h)
{
	const struct imp_file none = { .nmap = 0 };
	struct str text = STR_INIT;
	char *kept;
	size_t i;

	for (i = 0; i < l->nfields; i++) {
		const char *name = l->fields[i].names[0];

		if (!l->fields[i].must ||
		    find_column(&j->fmt, h, l->fields[i].names, &none) >= 0)
			continue;
		if (text.len > 0)
			str_add(&text, ", ");
		str_addn(&text, name, name_len(name));
	}
	kept = arena_strdup(&j->arena, text.s);
	str_done(&text);
	return kept;
}

/* The kind that is wanted; any, as long as nobody said. */
static bool
is_wanted(struct job *j, const struct layout *l)
{
	return j->im->kind[0] == '\0' || strcmp(l->kind, j->im->kind) == 0;
}

#define NEAR 4 /* columns that make it look like a layout */

static void
come_near(struct job *j, const struct layout *l, const struct head *h,
    size_t known, size_t missing, struct guess *g)
{
	if (missing == 0 || known < NEAR || missing * 2 > known ||
	    !is_wanted(j, l) || (g->near != NULL && known <= g->known))
		return;
	g->near = l;
	g->known = known;
	g->missing = missing;
	g->columns = missing_columns(j, l, h);
}

/* A list of ours asks for very few columns. Where these are all that is known
 * and most are not, it is somebody's own file of something else; unless people
 * say what it is. */
static bool
is_chance(struct job *j, const struct layout *l, const struct imp_file *f,
    const struct head *h)
{
	size_t strange = 0, i;

	if (l->shape != SHAPE_TABLE || j->im->kind[0] != '\0' ||
	    f->nmap >= NEAR)
		return false;
	for (i = 0; i < h->n; i++)
		strange += is_strange(f, l, h, i);
	return strange > 2 * f->nmap;
}

/* The first layout that @h is the header of. */
static bool
recognise(
    struct job *j, struct imp_file *f, const struct head *h, struct guess *g)
{
	size_t i, missing;

	for (i = 0; i < j->fmt.nlayouts; i++) {
		const struct layout *l = j->fmt.layouts[i];

		if (!bind(&j->fmt, l, h, f, &missing)) {
			come_near(j, l, h, f->nmap, missing, g);
			continue;
		}
		if (is_chance(j, l, f, h))
			continue;
		if (is_wanted(j, l)) {
			bound(j, f, l);
			return true;
		}
		g->other = l;
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

/* "sku_code, qty": what a list of the kind must have. */
static const char *
expected(struct job *j)
{
	const struct head none = { .n = 0 };
	size_t i;

	for (i = 0; i < j->fmt.nlayouts; i++)
		if (is_wanted(j, j->fmt.layouts[i]))
			return missing_columns(j, j->fmt.layouts[i], &none);
	return "";
}

static int
unknown(struct job *j, struct imp_file *f, const struct guess *g)
{
	struct err *err = &j->s->err;

	if (g->other != NULL)
		return err_set(err, ERR_INVALID, "file",
		    _("%s is a list of another kind (%s): import it as \"%s\""),
		    f->name, layout_text(g->other), g->other->kind);
	if (j->im->kind[0] != '\0' && staged_kind(j, j->im->kind) &&
	    strcmp(j->im->kind, "customers") != 0)
		return staged_unknown(j, f);
	if (g->near != NULL)
		return err_set(err, ERR_INVALID, "file",
		    _("%s looks like %s, but these columns are missing: %s"),
		    f->name, layout_text(g->near), g->columns);
	if (j->im->kind[0] != '\0' && strcmp(j->im->kind, "orders") != 0)
		return err_set(err, ERR_INVALID, "file",
		    _("%s is not known: none of its first %d rows is a header "
		      "with the columns of such a list (%s)"),
		    f->name, HEADER_ROWS, expected(j));
	return err_set(err, ERR_INVALID, "file",
	    _("%s has no header that is known here. If it is the right file, "
	      "m on the import screen names its columns once"),
	    f->name);
}

static int
found(struct job *j, struct imp_file *f, const struct sheet_row *row,
    const struct head *h)
{
	int rc;

	/* What is below it belongs to it. */
	f->header_line = row->line + f->layout->below;
	if ((rc = one_seller(j, f)) < 0)
		return rc;
	describe(j, f, h);
	if (f->layout->shape == SHAPE_TABLE)
		warn_unknown(j, f, h);
	return f->layout->shape == SHAPE_ROWS ? regroup_scan(j, f) : 0;
}

int
layout_again(struct job *j, struct imp_file *f)
{
	struct guess guess = { 0 };
	struct head h = { .names = f->header, .n = f->nheader };

	return recognise(j, f, &h, &guess) ? 0 : unknown(j, f, &guess);
}

/* Is it the header, or the lower half of one? */
static bool
is_header(struct job *j, struct imp_file *f, struct header_pair *pair,
    struct sheet_row *row, struct head *h, struct guess *g)
{
	struct guess none = { 0 };
	struct sheet_row joined;
	int titles;

	keep_header(j, f, row);
	*h = (struct head){ .names = f->header, .n = f->nheader };
	if (recognise(j, f, h, g))
		return true;
	for (titles = 0; titles < 2; titles++) {
		if (!header_join(
			pair, row, titles != 0, &j->im->arena, &joined))
			continue;
		keep_header(j, f, &joined);
		*h = (struct head){ .names = f->header, .n = f->nheader };
		if (recognise(j, f, h, &none))
			return true;
	}
	header_above(pair, row);
	return false;
}

static bool
has_gaps(const struct head *h)
{
	size_t i;

	for (i = 0; i < h->n; i++)
		if (h->names[i][0] == '\0')
			return true;
	return false;
}

/* Nothing under what is known of the header: @row is no data. */
static bool
goes_on(const struct imp_file *f, const struct sheet_row *row)
{
	size_t i;

	for (i = 0; i < f->nmap; i++)
		if (f->map[i].at < row->n && row->lens[f->map[i].at] > 0)
			return false;
	return true;
}

/* A header that was found may go on in the row below, under titles and gaps. */
static int
lower_half(
    struct job *j, struct imp_file *f, struct sheet_row *row, struct head *h)
{
	struct header_pair pair = { .n = 0 };
	struct guess none = { 0 };
	struct sheet_row next, joined;
	const struct head was = *h;
	int64_t line = row->line;
	int rc;

	if (!has_gaps(h))
		return 0;
	header_above(&pair, row);
	if ((rc = sheet_next(f->sheet, &next)) > 0 && goes_on(f, &next) &&
	    header_join(&pair, &next, false, &j->im->arena, &joined)) {
		keep_header(j, f, &joined);
		*h = (struct head){ .names = f->header, .n = f->nheader };
		if (recognise(j, f, h, &none)) {
			line = next.line;
		} else {
			*h = was;
			f->header = was.names;
			f->nheader = was.n;
			(void)recognise(j, f, h, &none);
		}
	}
	header_pair_done(&pair);
	*row = (struct sheet_row){ .line = line };
	return rc < 0 ? rc : sheet_rewind(f->sheet);
}

int
layout_find(struct job *j, struct imp_file *f)
{
	struct header_pair pair = { .n = 0 };
	struct guess guess = { 0 };
	struct sheet_row row;
	bool is = false;
	struct head h;
	size_t widest = 0;
	int rc = 0, i;

	for (i = 0; i < HEADER_ROWS && !is; i++) {
		if ((rc = sheet_next(f->sheet, &row)) <= 0)
			break;
		widest = row.n > widest ? row.n : widest;
		if (row.n <= UINT16_MAX)
			is = is_header(j, f, &pair, &row, &h, &guess);
	}
	header_pair_done(&pair);
	if (is && (rc = lower_half(j, f, &row, &h)) == 0)
		return found(j, f, &row, &h);
	if (rc == 0 && i == 0)
		return err_set(&j->s->err, ERR_INVALID, "file",
		    _("%s is empty: download it once more"), f->name);
	if (rc >= 0 && widest == 1)
		return err_set(&j->s->err, ERR_INVALID, "file",
		    _("%s has one column only: commas, semicolons or tabs part "
		      "columns; save it as .xlsx or CSV, then take that file"),
		    f->name);
	return rc < 0 ? rc : unknown(j, f, &guess);
}
