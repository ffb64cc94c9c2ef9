/* SPDX-License-Identifier: MIT */
#include "gen_out.h"
#include "words.h"

/* What a cell may say of a line, or of all an order's lines. */

static uint64_t
product_hash(const struct ctx *c, const struct line *l)
{
	return mix(c->plan->seed ^ UINT64_C(0x697465) ^
		   (uint64_t)(l->variant / PER_ITEM));
}

static uint64_t
variant_hash(const struct ctx *c)
{
	return mix(
	    c->plan->seed ^ UINT64_C(0x736b75) ^ (uint64_t)c->line->variant);
}

static void
put_lines(struct out *to, const struct ctx *c)
{
	out_put(to, "%d", c->order->nlines);
}

static void
put_pieces(struct out *to, const struct ctx *c)
{
	out_put(to, "%d", c->order->pieces);
}

static void
put_title_of(struct out *to, const struct ctx *c, const struct line *l)
{
	uint64_t h = product_hash(c, l);

	out_put(to, "%s%s%s %s %s%s%d款", word(h, 1, words_brand),
	    word(h, 2, words_season), word(h, 3, words_style),
	    word(h, 4, words_stuff), word(h, 5, words_goods),
	    word(h, 6, words_praise), l->variant / PER_ITEM + 1);
}

static void
put_title(struct out *to, const struct ctx *c)
{
	put_title_of(to, c, c->line);
}

static void
put_titles(struct out *to, const struct ctx *c)
{
	for (int k = 0; k < c->order->nlines; k++) {
		if (k > 0)
			out_text(to, "，");
		put_title_of(to, c, &c->order->lines[k]);
	}
}

/* "名称(1件)", as Youzan lists them. */
static void
put_counted_titles(struct out *to, const struct ctx *c)
{
	for (int k = 0; k < c->order->nlines; k++) {
		if (k > 0)
			out_text(to, ";");
		put_title_of(to, c, &c->order->lines[k]);
		out_put(to, "(%d件)", c->order->lines[k].qty);
	}
}

static void
put_en_title(struct out *to, const struct ctx *c)
{
	uint64_t h = product_hash(c, c->line);

	out_put(to, "%s %s %s No. %d", word(h, 1, words_en_kind),
	    word(h, 2, words_en_stuff), word(h, 3, words_en_goods),
	    c->line->variant / PER_ITEM + 1);
}

static void
put_item(struct out *to, const struct ctx *c)
{
	out_put(to, "6%011d", c->line->variant / PER_ITEM + 1);
}

static void
put_variant(struct out *to, const struct ctx *c)
{
	out_put(to, "15%011d", c->line->variant + 1);
}

static void
put_sku(struct out *to, const struct ctx *c)
{
	out_put(to, "SKU-%05d", c->line->variant + 1);
}

static void
put_colour(struct out *to, const struct ctx *c)
{
	out_text(to, word(variant_hash(c), 1, words_colour));
}

static void
put_en_colour(struct out *to, const struct ctx *c)
{
	out_text(to, word(variant_hash(c), 1, words_en_colour));
}

static void
put_size(struct out *to, const struct ctx *c)
{
	out_text(to, words_size[c->line->variant % PER_ITEM]);
}

static void
put_line(struct out *to, const struct ctx *c)
{
	out_put(to, "%d", (int)(c->line - c->order->lines) + 1);
}

static void
put_price(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->line->price);
}

static void
put_qty(struct out *to, const struct ctx *c)
{
	out_put(to, "%d", c->line->qty);
}

static void
put_line_total(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->line->price * c->line->qty);
}

/* What is off the order is off its lines, the last one taking the rest. */
static int64_t
off_of(const struct ctx *c)
{
	const struct order *o = c->order;
	int64_t left = o->off, share = 0;

	for (int k = 0; k < o->nlines; k++) {
		const struct line *l = &o->lines[k];

		share = k == o->nlines - 1
			    ? left
			    : o->off * l->price * l->qty / o->goods;
		left -= share;
		if (l == c->line)
			break;
	}
	return share;
}

static void
put_line_off(struct out *to, const struct ctx *c)
{
	put_money(to, c, off_of(c));
}

static void
put_line_net(struct out *to, const struct ctx *c)
{
	put_money(to, c, c->line->price * c->line->qty - off_of(c));
}

const struct value goods_values[] = { { "lines", put_lines },
	{ "pieces", put_pieces }, { "title", put_title },
	{ "titles", put_titles }, { "counted_titles", put_counted_titles },
	{ "en_title", put_en_title }, { "item", put_item },
	{ "variant", put_variant }, { "sku", put_sku },
	{ "colour", put_colour }, { "en_colour", put_en_colour },
	{ "size", put_size }, { "line", put_line }, { "price", put_price },
	{ "qty", put_qty }, { "line_total", put_line_total },
	{ "line_off", put_line_off }, { "line_net", put_line_net },
	{ NULL, NULL } };
