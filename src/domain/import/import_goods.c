/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"

#include "../goods/products_priv.h"
#include "import_product.h"
#include "staged_priv.h"

/*
 * The data pack of what a shop offers: each of its items with its variants
 * becomes listings, which bring their products with them. Of products that
 * there are, only what is empty is filled in: the shop knows better.
 *
 * Variants are "price:pieces:code:pid:vid;pid:vid;" one behind the other; what
 * a pid:vid is called stands in the aliases, as "pid:vid:name;".
 */

#define SKUS 600 /* more than the platform takes */

struct sku {
	struct slice code, barcode;
	int64_t price;
	struct str attrs;
};

struct goods {
	struct slice title, item_no;
	int64_t weight;
	struct wares wares; /* what is said of all its variants */
	struct sku v[SKUS];
	size_t n;
};

/* What is before @sep, which is taken off with it; false: nothing is left. */
static bool
cut(struct slice *rest, char sep, struct slice *piece)
{
	const char *at;

	*piece = *rest;
	if (rest->n == 0)
		return false;
	at = memchr(rest->s, sep, rest->n);
	if (at != NULL)
		piece->n = (size_t)(at - rest->s);
	rest->s += piece->n + (at != NULL);
	rest->n -= piece->n + (at != NULL);
	return true;
}

/* The name of @pair in "pid:vid:name;pid:vid:name;". */
static bool
alias_of(struct slice aliases, struct slice pair, struct slice *name)
{
	struct slice one;

	while (cut(&aliases, ';', &one))
		if (one.n > pair.n + 1 && one.s[pair.n] == ':' &&
		    memcmp(one.s, pair.s, pair.n) == 0) {
			name->s = one.s + pair.n + 1;
			name->n = one.n - pair.n - 1;
			return true;
		}
	return false;
}

/* The attributes that all categories call the same. */
static const char *
attr_name(struct slice pid)
{
	static const char *const names[][2] = { { "1627207", "颜色分类" },
		{ "20509", "尺码" }, { "20549", "鞋码" } };
	size_t i;

	for (i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (slice_same(pid, names[i][0], strlen(names[i][0])))
			return names[i][1];
	return NULL;
}

/* "颜色分类：白色；尺码：S", as the item files write it. */
static void
add_attr(const struct kept_row *row, struct sku *sku, struct slice pair)
{
	struct slice name, rest = pair, pid;

	if (!alias_of(kept_value(row, "alias"), pair, &name) &&
	    !alias_of(kept_value(row, "custom"), pair, &name))
		name = pair;
	if (sku->attrs.len > 0)
		str_add(&sku->attrs, "；");
	if (cut(&rest, ':', &pid) && attr_name(pid) != NULL)
		str_addf(&sku->attrs, "%s：", attr_name(pid));
	str_addn(&sku->attrs, name.s, name.n);
}

static size_t
count_colons(struct slice v)
{
	size_t i, n = 0;

	for (i = 0; i < v.n; i++)
		n += v.s[i] == ':';
	return n;
}

static bool
bad_skus(struct job *j, const struct kept_row *row)
{
	kept_refuse(j, row, kept_at(row->layout, "skus"),
	    _("The variants are not written as "
	      "price:pieces:code:attribute:value;"));
	return false;
}

static bool
sku_begin(struct job *j, const struct kept_row *row, struct goods *g,
    struct slice piece, struct slice *pair)
{
	struct slice price, pieces;
	struct sku *sku;

	if (g->n == SKUS)
		return bad_skus(j, row);
	sku = &g->v[g->n++];
	*sku = (struct sku){ .attrs = STR_INIT };
	cut(&piece, ':', &price);
	cut(&piece, ':', &pieces);
	cut(&piece, ':', &sku->code);
	*pair = piece;
	if (money_parse(slice_text(&j->scratch, price), &sku->price) != 0 ||
	    sku->price < 0)
		return bad_skus(j, row);
	return true;
}

static bool
skus_read(struct job *j, const struct kept_row *row, struct goods *g)
{
	struct slice rest = kept_value(row, "skus"), piece, pair;
	struct slice codes = kept_value(row, "sku_barcode");
	size_t i;

	while (cut(&rest, ';', &piece)) {
		size_t colons = count_colons(piece);

		pair = piece;
		if (colons >= 4 && !sku_begin(j, row, g, piece, &pair))
			return false;
		if (g->n == 0 || (colons < 4 && colons != 1))
			return bad_skus(j, row);
		add_attr(row, &g->v[g->n - 1], pair);
	}
	for (i = 0; i < g->n && cut(&codes, ';', &piece); i++)
		g->v[i].barcode = piece;
	if (g->n > 0)
		return true;
	/* One that comes in one kind only. */
	g->v[g->n++] = (struct sku){ .code = kept_value(row, "outer_id"),
		.barcode = kept_value(row, "barcode"),
		.price = row->n[kept_at(row->layout, "price")],
		.attrs = STR_INIT };
	return true;
}

static const char sql_owner[] =
    "SELECT v.sku_code FROM barcode b JOIN variant v ON v.id = b.variant_id"
    " WHERE b.code = $1";
static const char sql_code[] = "SELECT count(*) FROM variant WHERE sku_code"
			       " = $1";

/* @clash: the barcode is another product's, or its code. */
static int
barcode_clashes(struct job *j, const struct sku *sku, bool *clash)
{
	struct db_rows *rows;
	int64_t n;
	int rc;

	rc = db_query(
	    j->s->db, sql_owner, DB_ARGS(slice_val(sku->barcode)), &rows);
	if (rc < 0)
		return rc;
	if ((rc = db_next(rows)) > 0)
		*clash =
		    !slice_same(sku->code, db_text(rows, 0), db_len(rows, 0));
	db_done(rows);
	if (rc != 0)
		return rc < 0 ? rc : 0;
	rc = db_get1(j->s->db, sql_code, DB_ARGS(slice_val(sku->barcode)), &n);
	if (rc == 0)
		*clash = n > 0 &&
			 !slice_same(sku->barcode, sku->code.s, sku->code.n);
	return rc;
}

/* Nothing of a row is written unless all of it is right. */
static int
goods_fit(struct job *j, const struct kept_row *row, const struct goods *g,
    bool *fine)
{
	bool clash;
	size_t i;
	int rc;

	for (i = 0; i < g->n && *fine; i++) {
		const struct sku *sku = &g->v[i];

		if (sku->code.n > 63) {
			kept_refuse(j, row, kept_at(row->layout, "skus"),
			    _("The code is longer than %d bytes"), 63);
			*fine = false;
		}
		if (sku->barcode.n == 0 || sku->code.n == 0)
			continue;
		clash = false;
		if ((rc = barcode_clashes(j, sku, &clash)) < 0)
			return rc;
		if (clash)
			kept_refuse(j, row, kept_at(row->layout, "sku_barcode"),
			    _("%s belongs to another product already"),
			    slice_text(&j->scratch,
				slice_of(arena_strndup(&j->scratch,
				    sku->barcode.s, sku->barcode.n))));
		*fine = *fine && !clash;
	}
	return 0;
}

static const char sql_fill[] =
    "UPDATE variant SET price = CASE WHEN price = 0 THEN $2 ELSE price END,"
    " weight = CASE WHEN weight = 0 THEN $3 ELSE weight END,"
    " version = version + 1 WHERE id = $1"
    " AND ((price = 0 AND $2 > 0) OR (weight = 0 AND $3 > 0))";
static const char sql_barcode[] =
    "INSERT INTO barcode (code, variant_id) VALUES ($1, $2)"
    " ON CONFLICT (code) DO NOTHING";
static const char sql_newest[] = "SELECT coalesce(max(id), 0) FROM listing";

static int
fill_variant(struct job *j, const struct goods *g, const struct sku *sku,
    int64_t variant, bool *changed)
{
	int64_t filled = 0, coded = 0;
	int rc;

	rc = variant_note_fill(j, variant, sku->price, g->weight);
	if (rc < 0)
		return rc;
	rc = db_exec(j->txn, sql_fill,
	    DB_ARGS(db_i(variant), db_i(sku->price), db_i(g->weight)), &filled);
	if (rc == 0 && sku->barcode.n > 0)
		rc = db_exec(j->txn, sql_barcode,
		    DB_ARGS(slice_val(sku->barcode), db_i(variant)), &coded);
	if (rc == 0 && coded > 0)
		rc = variant_note_barcode(j, variant, sku->barcode);
	*changed = filled + coded > 0;
	if (rc == 0)
		rc = wares_write(j, &g->wares, variant, true, changed);
	if (rc < 0 || !*changed)
		return rc;
	return op_note(
	    j->s, &op_import, j->txn, "variant", variant, "%s", "changed");
}

static int
sku_take(struct job *j, const struct kept_row *row, const struct goods *g,
    const struct sku *sku, int64_t shop, enum kept_outcome *what)
{
	struct imp_row item;
	struct listing_ref ref;
	int64_t newest;
	bool changed = false;
	int rc;

	row_bind(&item, (struct imp_file *)row->file);
	item.f[F_TITLE] = g->title;
	item.f[F_ITEM_NO] = g->item_no;
	item.f[F_ATTRS] = slice_of(sku->attrs.s);
	item.f[F_SKU] = sku->code;
	item.n[F_PRICE] = sku->price;
	if ((rc = db_get1(j->s->db, sql_newest, DB_NOARGS, &newest)) < 0 ||
	    (rc = listing_find(j, &item, shop, &ref)) < 0)
		return rc;
	if (ref.variant_id != 0)
		rc = fill_variant(j, g, sku, ref.variant_id, &changed);
	if (ref.id > newest)
		*what = KEPT_MADE;
	else if (changed && *what == KEPT_SAME)
		*what = KEPT_CHANGED;
	return rc;
}

static int
goods_take(struct job *j, const struct kept_row *row, const struct goods *g)
{
	enum kept_outcome what = KEPT_SAME;
	int64_t shop;
	bool fine = true;
	size_t i;
	int rc;

	if ((rc = goods_fit(j, row, g, &fine)) < 0 || !fine)
		return rc;
	rc = shop_find(j, j->fmt.platforms[0], slice_of(""), &shop);
	for (i = 0; rc == 0 && i < g->n; i++)
		rc = sku_take(j, row, g, &g->v[i], shop, &what);
	kept_count(j, what);
	return rc;
}

#define PID_BRAND "20000"

/* "20000,13021751" and "brand,model": what was typed for each. */
static struct slice
brand_of(const struct kept_row *row)
{
	struct slice pids = kept_value(row, "input_pids"), pid;
	struct slice values = kept_value(row, "input_values"), value;

	while (cut(&pids, ',', &pid) && cut(&values, ',', &value))
		if (slice_same(pid, PID_BRAND, strlen(PID_BRAND)))
			return value;
	return (struct slice){ .s = "" };
}

/* "md5:1:0:|http://.../a.jpg;md5:1:1:|...": the addresses; where there is none,
 * the file in the pack's folder. */
static struct slice
pictures_of(struct job *j, const struct kept_row *row)
{
	struct slice rest = kept_value(row, "pictures"), one, name;
	struct str all = STR_INIT;
	const char *bar;
	char *text;

	while (cut(&rest, ';', &one)) {
		bar = memchr(one.s, '|', one.n);
		name = one;
		if (bar != NULL && bar + 1 < one.s + one.n) {
			name.s = bar + 1;
			name.n = one.n - (size_t)(name.s - one.s);
		} else if (!cut(&one, ':', &name) || name.n == 0) {
			continue;
		}
		if (all.len + name.n + 2 > 999)
			break;
		if (all.len > 0)
			str_addc(&all, ';');
		str_addn(&all, name.s, name.n);
	}
	text = arena_strdup(&j->scratch, all.s);
	str_done(&all);
	return slice_of(text);
}

static bool
is_number(struct slice v)
{
	size_t i;

	for (i = 0; i < v.n; i++)
		if (strchr("0123456789-,", v.s[i]) == NULL)
			return false;
	return true;
}

/* By its name; else by its number there, as "taobao/50016422", so that goods of
 * a kind are together, and it can be given a name. */
static char *
category_of(struct job *j, const struct kept_row *row)
{
	struct slice name = kept_value(row, "category");
	struct slice no = kept_value(row, "category_no");

	if (!is_number(name))
		return arena_strndup(&j->scratch, name.s, name.n);
	return no.n == 0 ? arena_strdup(&j->scratch, "")
			 : arena_printf(&j->scratch, "%s/%.*s",
			       row->layout->platform, (int)no.n, no.s);
}

static void
wares_of(struct job *j, const struct kept_row *row, struct wares *w)
{
	char *text = category_of(j, row);

	wares_init(w);
	w->text[W_BRAND] = brand_of(row);
	w->text[W_IMAGES] = pictures_of(j, row);
	if (category_tidy(text))
		w->text[W_CATEGORY] = slice_of(text);
	if (w->text[W_BRAND].n > 63)
		w->text[W_BRAND].n = 0;
}

int
goods_row(struct job *j, struct kept_row *row)
{
	struct goods *g = arena_alloc(&j->scratch, sizeof(*g));
	size_t i;
	int rc = 0;

	g->n = 0;
	g->title = kept_value(row, "title");
	g->item_no = kept_value(row, "item_no");
	g->weight = row->n[kept_at(row->layout, "weight")];
	wares_of(j, row, &g->wares);
	if (skus_read(j, row, g))
		rc = goods_take(j, row, g);
	for (i = 0; i < g->n; i++)
		str_done(&g->v[i].attrs);
	return rc;
}
