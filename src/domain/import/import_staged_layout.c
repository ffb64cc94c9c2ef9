/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/embed.h"
#include "shopmgr/base/i18n.h"

#include "import_header.h"
#include "staged_priv.h"

/* Which of the layouts that are kept whole a file has. */

#define CELLS   5
#define LAYOUTS 96
#define WORDS   64

/* The layouts' titles in the tables, for the translators. */
const char *const staged_layout_texts[] = {
	N_("Taobao/Tmall refunds"),
	N_("Douyin after-sales"),
	N_("Taobao/Tmall money movements"),
	N_("Alipay statement"),
	N_("Alipay's list of trades"),
	N_("Alipay's list for private accounts"),
	N_("Taobao goods data pack"),
	N_("Shopify customers"),
	N_("Shopify customers (older)"),
	N_("Youzan customers"),
	N_("Freight template, a row a region"),
	N_("Freight template, lists in a row"),
	N_("A courier's prices"),
	N_("A courier's bill"),
	N_("Our list of companies"),
	N_("Our list of couriers"),
	N_("Our list of bins"),
	N_("Our list of freight templates"),
	N_("Our list of what a template costs where"),
	N_("Our list of kits"),
	N_("Our list of warehouses"),
	N_("Our list of packing materials"),
	N_("Our list of categories"),
	N_("Our list of grades"),
	N_("Our list of member prices"),
	N_("Our list of what suppliers sell us"),
	N_("Our list of prices that suppliers had"),
	N_("Our list of review rules"),
	N_("Our list of gift rules"),
	N_("Our list of texts"),
	N_("Our list of attributes"),
	N_("Our list of settings"),
	N_("Our list of roles"),
	N_("Our list of staff"),
	N_("Kept rows that shopmgr wrote"),
	N_("Youzan parcels under way"),
	N_("Tracking events"),
	N_("Waybills of orders"),
	N_("Parcels handed over"),
	N_("Visitors of the shop"),
	N_("Answers of buyers"),
	N_("Answers to a questionnaire"),
	N_("Taobao service, an account and day a row"),
	N_("Taobao service of the shop"),
	N_("Douyin service"),
	N_("Kuaishou service"),
	N_("Pinduoduo service"),
	N_("JD service"),
	/* What is said of files that are not to be imported. */
	N_("Alipay's list of trades (业务明细) says what was ordered, not what "
	   "came in: download the statement of the account (账务明细) there "
	   "and import that"),
	N_("This is the history of suppliers' prices, which is not changed: "
	   "export supplier-items and import that"),
	N_("What people may do is not taken from a file: change roles on their "
	   "screen, or with role grant and role revoke"),
	N_("People and their log-ins are not taken from a file: add them on "
	   "the screen of the staff, or with user add"),
	N_("This is Alipay's list for private accounts: download the "
	   "statement of the shop's account (账务明细) from the merchants' "
	   "side and import that"),
};

static const char *const tables[] = { "formats/refunds.tsv",
	"formats/money.tsv", "formats/goods.tsv", "formats/customers.tsv",
	"formats/companies.tsv", "formats/kits.tsv", "formats/freight.tsv",
	"formats/tracking.tsv", "formats/traffic.tsv", "formats/service.tsv",
	"formats/staged.tsv", "formats/house.tsv" };

static const char *const type_names[KEPT_TYPES] = {
	[KEPT_TEXT] = "text",
	[KEPT_NICK] = "nick",
	[KEPT_NAME] = "name",
	[KEPT_SHOP] = "shop",
	[KEPT_ID] = "id",
	[KEPT_ORDER] = "order",
	[KEPT_WAYBILL] = "waybill",
	[KEPT_REFUND] = "refund",
	[KEPT_VALUATION] = "valuation",
	[KEPT_MONEY] = "money",
	[KEPT_AMOUNT] = "amount",
	[KEPT_COUNT] = "count",
	[KEPT_NUMBER] = "number",
	[KEPT_KG] = "kg",
	[KEPT_GRAM] = "gram",
	[KEPT_PERCENT] = "percent",
	[KEPT_DURATION] = "duration",
	[KEPT_HOURS] = "hours",
	[KEPT_TIME] = "time",
	[KEPT_DAY] = "day",
	[KEPT_PERIOD] = "period",
};

static const char *const shape_names[SHAPE_MAX] = {
	[SHAPE_ROW] = "row",
	[SHAPE_MONEY] = "money",
	[SHAPE_DAY] = "day",
	[SHAPE_JD] = "jd",
	[SHAPE_FREIGHT] = "freight",
	[SHAPE_FREIGHT_LISTS] = "freight-lists",
	[SHAPE_GOODS] = "goods",
	[SHAPE_CUSTOMERS] = "customers",
	[SHAPE_COMPANIES] = "companies",
	[SHAPE_KITS] = "kits",
	[SHAPE_STAGED] = "staged",
	[SHAPE_BILL] = "bill",
	[SHAPE_COURIERS] = "couriers",
	[SHAPE_BINS] = "bins",
	[SHAPE_TEMPLATES] = "templates",
	[SHAPE_ZONES] = "zones",
	[SHAPE_WAREHOUSES] = "warehouses",
	[SHAPE_MATERIALS] = "materials",
	[SHAPE_CATEGORIES] = "categories",
	[SHAPE_GRADES] = "grades",
	[SHAPE_MEMBER_PRICES] = "member-prices",
	[SHAPE_SUPPLIER_ITEMS] = "supplier-items",
	[SHAPE_REVIEW_RULES] = "review-rules",
	[SHAPE_GIFT_RULES] = "gift-rules",
	[SHAPE_TEXTS] = "texts",
	[SHAPE_ATTRS] = "attrs",
	[SHAPE_SETTINGS] = "settings",
};

static const char *const word_names[] = { "asked", "back", "taken" };

static size_t
index_of(const char *const *names, size_t n, const char *name)
{
	size_t i = 0;

	while (i < n && strcmp(names[i], name) != 0)
		i++;
	assert(i < n);
	return i;
}

/* As headers are compared: no blanks, one width of brackets, small letters. */
static char *
fold(struct arena *arena, const char *s, size_t n)
{
	static const struct {
		const char *wide;
		char plain;
	} marks[] = { { "（", '(' }, { "）", ')' }, { "：", ':' },
		{ "，", ',' } };
	char *out = arena_alloc(arena, n + 1), *p = out;
	size_t i, k;

	for (i = 0; i < n; i++) {
		char c = s[i];

		for (k = 0; k < 4 && n - i >= 3; k++)
			if (memcmp(s + i, marks[k].wide, 3) == 0) {
				c = marks[k].plain;
				i += 2;
				break;
			}
		if (c == ' ' || c == '\t')
			continue;
		*p++ = c >= 'A' && c <= 'Z' ? (char)(c - 'A' + 'a') : c;
	}
	*p = '\0';
	return out;
}

/* "a;b;c", folded, to a list that ends with NULL. */
static char **
names_of(struct arena *arena, const char *s)
{
	size_t n = 1, i, len;
	const char *p;
	char **list;

	for (p = s; *p != '\0'; p++)
		n += *p == ';';
	list = arena_alloc(arena, (n + 1) * sizeof(*list));
	for (i = 0; i < n; i++) {
		len = strcspn(s, ";");
		list[i] = fold(arena, s, len);
		s += len + (s[len] == ';');
	}
	list[n] = NULL;
	return list;
}

/* The next line that says something, its cells; false at the end. */
static bool
next_line(const char **text, struct arena *arena, char *cells[CELLS])
{
	const char *end;
	char *line;
	size_t i;

	while (**text == '\n' || **text == '#')
		*text += strcspn(*text, "\n") + (**text == '\n');
	if (**text == '\0')
		return false;
	end = *text + strcspn(*text, "\n");
	line = arena_strndup(arena, *text, (size_t)(end - *text));
	*text = end;
	for (i = 0; i < CELLS; i++) {
		cells[i] = line;
		line += strcspn(line, "\t");
		if (*line == '\t')
			*line++ = '\0';
	}
	return true;
}

static struct kept_layout *
layout_add(struct kept_formats *k, char *const *c)
{
	struct kept_layout *l;

	assert(k->n < LAYOUTS);
	l = &k->layouts[k->n++];
	*l = (struct kept_layout){
		.name = c[1], .kind = c[2], .platform = c[3], .text = c[4]
	};
	return l;
}

static void
field_add(struct kept_layout *l, struct arena *arena, char *const *c)
{
	struct kept_field *f;

	assert(l != NULL && l->nfields < KEPT_FIELDS);
	f = &l->fields[l->nfields++];
	f->name = c[1];
	f->must = strstr(c[2], "must") != NULL;
	f->head = f->must || strstr(c[2], "head") != NULL;
	f->key = strstr(c[2], "key") != NULL;
	f->age = strstr(c[2], "age") != NULL;
	f->type = (enum kept_type)index_of(type_names, KEPT_TYPES, c[3]);
	f->names = c[4][0] != '\0' ? names_of(arena, c[4])
				   : arena_alloc(arena, sizeof(*f->names));
}

static void
say_add(struct kept_layout *l, struct arena *arena, char *const *c)
{
	struct kept_say *say = arena_alloc(arena, sizeof(*say));
	const int at = kept_at(l, c[1]);

	assert(at >= 0);
	*say = (struct kept_say){ .value = c[2],
		.texts = names_of(arena, c[3]),
		.next = l->fields[at].says };
	l->fields[at].says = say;
}

static void
word_add(struct kept_formats *k, char *const *c)
{
	assert(k->nwords < WORDS);
	k->words[k->nwords++] = (struct kept_word){
		.text = c[2],
		.state = (enum refund_kept)index_of(word_names, 3, c[1]),
	};
}

static void
table_load(struct kept_formats *k, struct arena *arena, const char *text)
{
	struct kept_layout *l = NULL;
	char *c[CELLS];

	while (next_line(&text, arena, c)) {
		if (strcmp(c[0], "kept") == 0) {
			l = layout_add(k, c);
			continue;
		}
		if (strcmp(c[0], "word") == 0) {
			word_add(k, c);
			continue;
		}
		assert(l != NULL);
		if (strcmp(c[0], "col") == 0)
			field_add(l, arena, c);
		else if (strcmp(c[0], "say") == 0)
			say_add(l, arena, c);
		else if (strcmp(c[0], "not") == 0)
			l->nots = names_of(arena, c[1]);
		else if (strcmp(c[0], "instead") == 0)
			l->instead = c[1];
		else if (strcmp(c[0], "skip") == 0)
			l->skip = strtoll(c[1], NULL, 10);
		else if (strcmp(c[0], "shape") == 0)
			l->shape = (enum kept_shape)index_of(
			    shape_names, SHAPE_MAX, c[1]);
		else if (strcmp(c[0], "weak") == 0)
			l->weak = true;
		else
			assert(false && "no such word");
	}
}

void
kept_load(struct kept_formats *k, struct arena *arena)
{
	size_t i;

	k->layouts = arena_alloc(arena, LAYOUTS * sizeof(*k->layouts));
	k->words = arena_alloc(arena, WORDS * sizeof(*k->words));
	for (i = 0; i < sizeof(tables) / sizeof(tables[0]); i++)
		table_load(k, arena, embed_text(tables[i]));
}

void
kept_load_taught(struct kept_formats *k, struct arena *arena, const char *text)
{
	if (k->n < LAYOUTS)
		table_load(k, arena, text);
}

const char *
kept_type_name(enum kept_type type)
{
	return type_names[type];
}

const char *
kept_shape_name(enum kept_shape shape)
{
	return shape_names[shape];
}

void
kept_done(struct kept_formats *k)
{
	*k = (struct kept_formats){ 0 };
}

int
kept_at(const struct kept_layout *l, const char *name)
{
	size_t i;

	for (i = 0; i < l->nfields; i++)
		if (strcmp(l->fields[i].name, name) == 0)
			return (int)i;
	return -1;
}

struct slice
kept_value(const struct kept_row *row, const char *name)
{
	struct slice v = { .s = "" };
	size_t i;

	for (i = 0; i < row->layout->nfields && v.n == 0; i++)
		if (strcmp(row->layout->fields[i].name, name) == 0)
			v = row->v[i];
	return v;
}

/* A row that may be the header, folded. */
struct folded {
	char **names;
	size_t n;
};

static int
column_of(const struct folded *h, char *const *names)
{
	size_t i;

	for (; *names != NULL; names++)
		for (i = 0; i < h->n; i++)
			if (strcmp(h->names[i], *names) == 0)
				return (int)i;
	return -1;
}

struct slice
kept_said(struct job *j, const struct kept_field *f, struct slice v)
{
	const struct kept_say *say = f->says;
	struct folded said = { .n = 1 };
	char *text;

	if (say == NULL || v.n == 0)
		return v;
	text = fold(&j->scratch, v.s, v.n);
	said.names = &text;
	for (; say != NULL; say = say->next)
		if (column_of(&said, say->texts) >= 0)
			return slice_of(say->value);
	return v;
}

bool
kept_uses(const struct imp_file *f, size_t column)
{
	size_t i;

	for (i = 0; i < f->kept->nfields; i++)
		if (f->kept_at[i] == (int)column)
			return true;
	return false;
}

const char *
kept_header(const struct imp_file *f, size_t field)
{
	return f->kept_at[field] >= 0 ? f->header[f->kept_at[field]] : "";
}

/* A field that may be called ? is the first column, if no other is. */
static void
take_first(const struct kept_layout *l, int *at)
{
	char *const *name;
	size_t i, free = l->nfields;

	for (i = 0; i < l->nfields; i++) {
		if (at[i] == 0)
			return;
		for (name = l->fields[i].names; at[i] < 0 && *name != NULL;
		     name++)
			if (strcmp(*name, "?") == 0)
				free = i;
	}
	if (free < l->nfields)
		at[free] = 0;
}

static bool
has_layout(const struct kept_layout *l, const struct folded *h, int *at)
{
	size_t i;

	if (l->nots != NULL && column_of(h, l->nots) >= 0)
		return false;
	for (i = 0; i < l->nfields; i++) {
		at[i] = column_of(h, l->fields[i].names);
		if (at[i] < 0 && l->fields[i].head)
			return false;
	}
	take_first(l, at);
	return true;
}

bool
kept_is_header(struct job *j, const struct kept_row *row)
{
	const struct kept_layout *l = row->layout;
	struct folded cell = { .n = 1 };
	char *text;
	size_t i;

	for (i = 0; i < l->nfields; i++) {
		int at = row->file->kept_at[i];

		if (!l->fields[i].head)
			continue;
		if ((size_t)at >= row->raw->n)
			return false;
		text =
		    fold(&j->scratch, row->raw->fields[at], row->raw->lens[at]);
		cell.names = &text;
		if (column_of(&cell, l->fields[i].names) < 0)
			return false;
	}
	return true;
}

static void
fold_row(struct job *j, const struct sheet_row *row, struct folded *h)
{
	size_t i, n;
	char *name;

	h->n = row->n;
	h->names = arena_alloc(&j->scratch, (row->n + 1) * sizeof(*h->names));
	for (i = 0; i < row->n; i++) {
		n = row->lens[i];
		name = arena_strndup(&j->scratch, row->fields[i], n);
		name = field_clean(name, &n);
		h->names[i] = fold(&j->scratch, name, n);
	}
}

static void
take_header(struct job *j, struct imp_file *f, const struct kept_layout *l,
    const struct sheet_row *row)
{
	struct arena *arena = &j->im->arena;
	const char *encoding = sheet_encoding(f->sheet);
	size_t i, n;

	f->kept = l;
	f->layout = NULL;
	f->header_line = row->line;
	f->nheader = row->n;
	f->header = arena_alloc(arena, (row->n + 1) * sizeof(*f->header));
	for (i = 0; i < row->n; i++) {
		char *name = arena_strndup(arena, row->fields[i], row->lens[i]);

		n = row->lens[i];
		f->header[i] = field_clean(name, &n);
	}
	if (encoding[0] == '\0')
		encoding = sheet_container(f->sheet);
	f->text = arena_printf(
	    arena, _("%s (%zu columns), %s"), _(l->text), row->n, encoding);
}

static bool
try_row(
    struct job *j, struct imp_file *f, const struct sheet_row *row, bool weak)
{
	int at[KEPT_FIELDS];
	struct folded h;
	size_t i;

	fold_row(j, row, &h);
	for (i = 0; i < j->kept.n; i++) {
		const struct kept_layout *l = &j->kept.layouts[i];

		if (j->im->kind[0] != '\0' ? strcmp(l->kind, j->im->kind) != 0
					   : l->weak != weak)
			continue;
		if (!has_layout(l, &h, at))
			continue;
		f->kept_at = arena_alloc(
		    &j->im->arena, l->nfields * sizeof(*f->kept_at));
		memcpy(f->kept_at, at, l->nfields * sizeof(*at));
		take_header(j, f, l, row);
		return true;
	}
	return false;
}

int
staged_find(struct job *j, struct imp_file *f, bool weak, bool *found)
{
	struct header_pair pair = { .n = 0 };
	struct sheet_row row, joined;
	int rc = 1, i, titles;

	*found = false;
	f->day = NULL;
	if (j->im->kind[0] != '\0' && !staged_kind(j, j->im->kind))
		return 0;
	for (i = 0; i < HEADER_ROWS && !*found; i++) {
		if ((rc = sheet_next(f->sheet, &row)) <= 0)
			break;
		if (row.n > UINT16_MAX)
			continue;
		*found = try_row(j, f, &row, weak);
		for (titles = 0; titles < 2 && !*found; titles++)
			*found = header_join(&pair, &row, titles != 0,
				     &j->scratch, &joined) &&
				 try_row(j, f, &joined, weak);
		header_above(&pair, &row);
		if (!*found)
			staged_day_above(j, f, &row);
		arena_reset(&j->scratch);
	}
	header_pair_done(&pair);
	if (rc < 0 || *found)
		return rc < 0 ? rc : 0;
	return sheet_rewind(f->sheet);
}
