/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "import_priv.h"

/* The names that data/formats has for what a file can say. */

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
	[F_LINE_DISCOUNT] = "line_discount",
	[F_ITEMS] = "items",
	[F_PROVINCE] = "province",
	[F_CITY] = "city",
	[F_DISTRICT] = "district",
	[F_STREET] = "street",
	[F_ADDRESS2] = "address2",
	[F_POSTCODE] = "postcode",
	[F_COUNTRY] = "country",
	[F_LAST_NAME] = "last_name",
	[F_CURRENCY] = "currency",
	[F_SHIP_STATE] = "ship_state",
	[F_CANCELLED_AT] = "cancelled_at",
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

enum imp_field
field_by_name(const char *name)
{
	int i;

	for (i = 0; i < F_MAX; i++)
		if (strcmp(field_names[i], name) == 0)
			break;
	return (enum imp_field)i;
}

const char *
field_name(enum imp_field field)
{
	return field_names[field];
}
