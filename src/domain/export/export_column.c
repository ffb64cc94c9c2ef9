/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <inttypes.h>
#include <stdbool.h>
#include <string.h>

#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"

#include "export_column.h"
#include "export_priv.h"

/* The columns that layouts are made of. */

#define P COLUMN_PERSON
#define G COLUMN_GOODS
const struct out_column out_columns[] = {
	{ "order_id", COLUMN_NUMBER },
	{ "order_no", COLUMN_ID },
	{ "sub_order_no", COLUMN_ID | G },
	{ "platform", 0 },
	{ "shop", 0 },
	{ "nick", 0 },
	{ "courier", 0 },
	{ "courier_code", 0 },
	{ "courier_phone", COLUMN_ID },
	{ "waybill_no", COLUMN_ID },
	{ "shipped_at", 0 },
	{ "shipped_day", 0 },
	{ "created_at", 0 },
	{ "paid_at", 0 },
	{ "paid", COLUMN_NUMBER },
	{ "receiver", P },
	{ "phone", P | COLUMN_ID },
	{ "province", P },
	{ "city", P },
	{ "district", P },
	{ "street", P },
	{ "address", P },
	{ "goods", G },
	{ "goods_all", G },
	{ "spec", G },
	{ "item_no", G | COLUMN_ID },
	{ "qty", G | COLUMN_NUMBER },
	{ "qty_price", G },
	{ "weight_g", G | COLUMN_NUMBER },
	{ "weight_kg", G | COLUMN_NUMBER },
	{ "memo", P },
	{ "buyer_note", P },
	{ "note", P },
	{ NULL, 0 },
};
#undef P
#undef G

const struct out_column *
out_column(const char *name)
{
	const struct out_column *c;

	for (c = out_columns; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

/* "广东省 深圳市 南山区 科技路 1 号". */
static const char *
address(const struct export_fact *f, struct arena *arena)
{
	const char *parts[] = { f->province, f->city, f->district, f->street };
	const char *text = "";
	size_t i;

	for (i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (parts[i][0] == '\0')
			continue;
		text = text[0] == '\0'
			   ? parts[i]
			   : arena_printf(arena, "%s %s", text, parts[i]);
	}
	return text;
}

static const char *
note(const struct export_fact *f, struct arena *arena)
{
	if (f->memo[0] == '\0' || f->buyer_note[0] == '\0')
		return f->memo[0] == '\0' ? f->buyer_note : f->memo;
	return arena_printf(arena, "%s；%s", f->buyer_note, f->memo);
}

static const char *
when(int64_t t, bool day, struct arena *arena)
{
	char buf[TIME_SIZE];

	if (t == 0)
		return "";
	time_full(t, buf);
	return arena_strndup(arena, buf, day ? 10 : strlen(buf));
}

static const char *
number(int64_t n, struct arena *arena)
{
	return arena_printf(arena, "%" PRId64, n);
}

/* What the parcel weighed, or its goods are known to. */
static const char *
weight(const struct export_fact *f, bool kg, struct arena *arena)
{
	int64_t g = f->weight > 0 ? f->weight : f->goods.weight;

	if (g == 0)
		return "";
	if (!kg)
		return number(g, arena);
	return arena_printf(
	    arena, "%" PRId64 ".%03" PRId64, g / 1000, g % 1000);
}

static const char *
qty_price(const struct export_fact *f, struct arena *arena)
{
	char buf[MONEY_SIZE];

	return arena_printf(arena, "%" PRId64 "*%s", f->goods.qty,
	    money_plain(f->goods.price, buf));
}

static const char *
text_of(const char *column, const struct export_fact *f)
{
	const struct {
		const char *name, *text;
	} texts[] = {
		{ "order_no", f->order_no },
		{ "sub_order_no", f->goods.sub_order_no },
		{ "platform", f->platform },
		{ "shop", f->shop },
		{ "nick", f->nick },
		{ "courier", f->courier },
		{ "courier_code", f->courier_code },
		{ "courier_phone", f->courier_phone },
		{ "waybill_no", f->waybill_no },
		{ "receiver", f->receiver },
		{ "phone", f->phone },
		{ "province", f->province },
		{ "city", f->city },
		{ "district", f->district },
		{ "street", f->street },
		{ "goods", f->goods.title },
		{ "goods_all", f->goods.all },
		{ "spec", f->goods.spec },
		{ "item_no", f->goods.item_no },
		{ "memo", f->memo },
		{ "buyer_note", f->buyer_note },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].name, column) == 0)
			return texts[i].text;
	return NULL;
}

const char *
export_cell(
    const char *column, const struct export_fact *f, struct arena *arena)
{
	char buf[MONEY_SIZE];
	const char *text;

	if (column[0] == '=')
		return column + 1;
	if ((text = text_of(column, f)) != NULL)
		return text;
	if (strcmp(column, "order_id") == 0)
		return number(f->order_id, arena);
	if (strcmp(column, "shipped_at") == 0)
		return when(f->shipped_at, false, arena);
	if (strcmp(column, "shipped_day") == 0)
		return when(f->shipped_at, true, arena);
	if (strcmp(column, "created_at") == 0)
		return when(f->created_at, false, arena);
	if (strcmp(column, "paid_at") == 0)
		return when(f->paid_at, false, arena);
	if (strcmp(column, "paid") == 0)
		return arena_strdup(arena, money_plain(f->paid, buf));
	if (strcmp(column, "address") == 0)
		return address(f, arena);
	if (strcmp(column, "note") == 0)
		return note(f, arena);
	if (strcmp(column, "qty") == 0)
		return number(f->goods.qty, arena);
	if (strcmp(column, "qty_price") == 0)
		return qty_price(f, arena);
	if (strcmp(column, "weight_g") == 0)
		return weight(f, false, arena);
	assert(strcmp(column, "weight_kg") == 0);
	return weight(f, true, arena);
}

/* 张**, 1******6198, ##abc, $$x: what a platform gives instead. A name such as
 * 姓名[6797] and a phone such as 15781115734-0319 do lead to somebody. */
static bool
is_mask(const char *s)
{
	return s[0] == '\0' || strchr(s, '*') != NULL ||
	       strncmp(s, "##", 2) == 0 || strncmp(s, "$$", 2) == 0;
}

bool
export_nobody(const struct export_fact *f)
{
	return is_mask(f->receiver) || is_mask(f->phone) ||
	       f->street[0] == '\0' || strstr(f->street, "**") != NULL ||
	       strncmp(f->street, "##", 2) == 0 ||
	       strncmp(f->street, "$$", 2) == 0;
}
