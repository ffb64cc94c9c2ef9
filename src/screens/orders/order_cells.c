/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/show.h"
#include "order_cells.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/tui/table.h"

/* clang-format off */
const struct column order_columns[] = {
	[CELL_MARK] = { "", 1, 0, 0, 0, 0 },
	[CELL_NO] = { N_("Order number"), 19, 0, 0, COLUMN_WHOLE,
	    ORDER_SORT_NO },
	[CELL_BUYER] = { N_("Buyer"), 8, 2, 0, 0, ORDER_SORT_NICK },
	[CELL_CITY] = { N_("Place"), 6, 1, 3, 0, ORDER_SORT_PLACE },
	[CELL_HOLDS] = { N_("Why on hold"), 18, 5, 0, 0, 0 },
	[CELL_GOODS] = { N_("Items"), 9, 6, 0, COLUMN_ENDS, 0 },
	[CELL_QTY] = { N_("Pieces"), 5, 0, 5, COLUMN_RIGHT, 0 },
	[CELL_TOTAL] = { N_("To pay"), 9, 0, 1, COLUMN_RIGHT,
	    ORDER_SORT_TOTAL },
	[CELL_PAID] = { N_("Paid"), 9, 0, 1, COLUMN_RIGHT, ORDER_SORT_PAID },
	[CELL_REFUND] = { N_("Refund"), 9, 0, 5, COLUMN_RIGHT, 0 },
	[CELL_STATE] = { N_("State"), 10, 0, 0, 0, 0 },
	[CELL_CREATED] = { N_("Ordered"), 10, 0, 4, COLUMN_DOWN,
	    ORDER_SORT_CREATED },
	[CELL_PAID_AT] = { N_("Paid at"), 10, 0, 5, COLUMN_DOWN,
	    ORDER_SORT_PAID_AT },
	[CELL_DUE] = { N_("Deadline"), 11, 0, 2, 0, ORDER_SORT_SHIP_BY },
	[CELL_WAYBILL] = { N_("Waybill no."), 16, 0, 0, COLUMN_WHOLE,
	    ORDER_SORT_WAYBILL },
	[CELL_COURIER] = { N_("Courier"), 8, 1, 5, 0, ORDER_SORT_COURIER },
	[CELL_SHIPPED] = { N_("Shipped at"), 10, 0, 1, COLUMN_DOWN,
	    ORDER_SORT_SHIPPED_AT },
	[CELL_RECEIVER] = { N_("Receiver"), 8, 1, 5, 0, ORDER_SORT_RECEIVER },
	[CELL_PHONE] = { N_("Phone"), 11, 0, 5, COLUMN_WHOLE, 0 },
	[CELL_SAYS] = { N_("Buyer says"), 12, 3, 5, 0, 0 },
	[CELL_REMARK] = { N_("Remark"), 12, 3, 5, 0, 0 },
	[CELL_SHOP] = { N_("Shop"), 8, 1, 6, 0, 0 },
	[CELL_AGENT] = { N_("Agent"), 8, 1, 5, 0, 0 },
	[CELL_DONE] = { N_("Done so far"), 12, 2, 5, 0, 0 },
	[CELL_DELIVERY] = { N_("Delivery"), 10, 1, 6, 0, 0 },
	[CELL_WAREHOUSE] = { N_("Warehouse"), 8, 1, 6, 0, 0 },
	{ .title = NULL },
};

/* What of it files tell. */
const char *const order_column_fields[] = {
	[CELL_MARK] = "held;flag",
	[CELL_NO] = "order_no",
	[CELL_BUYER] = "nick",
	[CELL_CITY] = "province;city",
	[CELL_HOLDS] = "holds",
	[CELL_GOODS] = "goods",
	[CELL_QTY] = "qty",
	[CELL_TOTAL] = "total",
	[CELL_PAID] = "paid",
	[CELL_REFUND] = "refund",
	[CELL_STATE] = "state",
	[CELL_CREATED] = "created_at",
	[CELL_PAID_AT] = "paid_at",
	[CELL_DUE] = "ship_by",
	[CELL_WAYBILL] = "waybill_no",
	[CELL_COURIER] = "courier",
	[CELL_SHIPPED] = "shipped_at",
	[CELL_RECEIVER] = "receiver",
	[CELL_PHONE] = "phone",
	[CELL_SAYS] = "buyer_note",
	[CELL_REMARK] = "remark",
	[CELL_SHOP] = "shop",
	[CELL_AGENT] = "agent",
	[CELL_DONE] = "done",
	[CELL_DELIVERY] = "delivery",
	[CELL_WAREHOUSE] = "warehouse",
};

/* clang-format on */

static void
cell_mark(const struct order *o, char *buf, size_t size, enum style *style)
{
	if (o->held) {
		copy_text(buf, size, "!");
		*style = STYLE_BAD;
	} else if (o->flag != 0) {
		copy_text(buf, size, "⚑");
		*style = STYLE_WARN;
	} else {
		copy_text(buf, size, "");
	}
}

char *
order_signs(const struct order *o, char *buf, size_t size)
{
	const struct {
		bool on;
		const char *sign;
	} signs[] = {
		/* TRANSLATORS: one letter each, in front of an order's goods:
		 * merged, split, sent again, by hand, cash on delivery */
		{ o->lead_id != 0 || o->followers != 0, C_("sign", "M") },
		{ o->parts != 0, C_("sign", "S") },
		{ o->origin == ORDER_REISSUE, C_("sign", "R") },
		{ o->origin == ORDER_MANUAL || o->origin == ORDER_BUSINESS ||
			o->origin == ORDER_QUOTED,
		    C_("sign", "H") },
		{ o->cod != 0, C_("sign", "C") },
	};
	size_t i, len = 0;

	buf[0] = '\0';
	for (i = 0; i < sizeof(signs) / sizeof(signs[0]); i++) {
		if (!signs[i].on || strlen(signs[i].sign) >= size - len)
			continue;
		copy_text(buf + len, size - len, signs[i].sign);
		len += strlen(signs[i].sign);
	}
	return buf;
}

static void
cell_goods(const struct order *o, char *buf, size_t size)
{
	char signs[32];

	if (order_signs(o, signs, sizeof(signs))[0] != '\0')
		snprintf(buf, size, "[%s] %s", signs, o->goods);
	else
		copy_text(buf, size, o->goods);
}

static void
cell_done(const struct order *o, char *buf, size_t size)
{
	size_t len = 0;
	int64_t bit;
	int n;

	buf[0] = '\0';
	for (bit = 1; order_done_text(bit) != NULL; bit *= 2) {
		if ((o->done & bit) == 0)
			continue;
		n = snprintf(buf + len, size - len, "%s%s",
		    len > 0 ? C_("list", ", ") : "", order_done_text(bit));
		if (n < 0 || (size_t)n >= size - len)
			return;
		len += (size_t)n;
	}
}

/* What is words and nothing else. */
static const char *
words(const struct order *o, enum order_cell what)
{
	const struct {
		enum order_cell what;
		const char *text;
	} texts[] = {
		{ CELL_NO, o->order_no },
		{ CELL_BUYER, show_buyer(o) },
		{ CELL_STATE, show_state(o) },
		{ CELL_WAYBILL, o->waybill_no },
		{ CELL_COURIER, o->courier },
		{ CELL_RECEIVER, o->receiver },
		{ CELL_PHONE, o->phone },
		{ CELL_SAYS, o->buyer_note },
		{ CELL_REMARK, o->memo },
		{ CELL_SHOP, o->shop },
		{ CELL_AGENT, o->agent },
		{ CELL_DELIVERY, order_delivery_text(o->delivery) },
		{ CELL_WAREHOUSE, o->warehouse },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(*texts); i++)
		if (texts[i].what == what)
			return texts[i].text;
	return "";
}

void
order_cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct order *o = row;

	switch ((enum order_cell)col) {
	case CELL_MARK:
		cell_mark(o, buf, size, style);
		break;
	case CELL_CITY:
		show_city(buf, size, o);
		break;
	case CELL_GOODS:
		cell_goods(o, buf, size);
		break;
	case CELL_DONE:
		cell_done(o, buf, size);
		break;
	case CELL_QTY:
		show_count(buf, size, o->qty);
		break;
	case CELL_PAID:
		show_money_or_none(buf, size, o->paid);
		break;
	case CELL_TOTAL:
		show_money(buf, size, o->total);
		break;
	case CELL_REFUND:
		show_money_or_none(buf, size, o->refund);
		break;
	case CELL_CREATED:
		show_when(buf, size, o->created_at);
		break;
	case CELL_PAID_AT:
		show_when(buf, size, o->paid_at);
		break;
	case CELL_SHIPPED:
		show_when(buf, size, o->shipped_at);
		break;
	case CELL_DUE:
		show_due(buf, size, o, style);
		break;
	case CELL_HOLDS:
		show_holds(buf, size, o->holds);
		break;
	case CELL_NO:
	case CELL_BUYER:
	case CELL_STATE:
	case CELL_WAYBILL:
	case CELL_COURIER:
	case CELL_RECEIVER:
	case CELL_PHONE:
	case CELL_SAYS:
	case CELL_REMARK:
	case CELL_SHOP:
	case CELL_AGENT:
	case CELL_DELIVERY:
	case CELL_WAREHOUSE:
		copy_text(buf, size, words(o, (enum order_cell)col));
		break;
	}
}
