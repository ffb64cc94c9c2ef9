/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"

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
	[F_PLATFORM] = "platform",
	[F_FLAG] = "flag",
	[F_NICK_PLATFORM] = "nick_platform",
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
	[F_CATEGORY] = "category",
	[F_BRAND] = "brand",
	[F_UNIT] = "unit",
	[F_LENGTH] = "length",
	[F_WIDTH] = "width",
	[F_HEIGHT] = "height",
	[F_GUARANTEE_DAYS] = "guarantee_days",
	[F_GUARANTEE] = "guarantee",
	[F_IMAGES] = "images",
	[F_MADE] = "made",
	[F_ACTIVE] = "active",
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

static const char *const field_labels[F_MAX] = {
	[F_ORDER_NO] = N_("Order number"),
	[F_SUB_ORDER_NO] = N_("Number of the line"),
	[F_SHOP] = N_("Shop"),
	[F_NICK] = N_("Buyer's account"),
	[F_RECEIVER] = N_("Receiver"),
	[F_PHONE] = N_("Mobile phone"),
	[F_TEL] = N_("Other phone"),
	[F_ADDRESS] = N_("Address"),
	[F_NEW_ADDRESS] = N_("Changed address"),
	[F_TITLE] = N_("Item"),
	[F_ATTRS] = N_("Variant of the item"),
	[F_SKU] = N_("SKU code"),
	[F_SKU2] = N_("Other SKU code"),
	[F_ITEM_NO] = N_("Item number"),
	[F_BUYER_NOTE] = N_("Buyer's note"),
	[F_MEMO] = N_("Remark"),
	[F_MEMO2] = N_("Other remark"),
	[F_PAYMENT_NO] = N_("Payment number"),
	[F_WAYBILL] = N_("Waybill number"),
	[F_COURIER] = N_("Courier"),
	[F_CLOSE_REASON] = N_("Why it was closed"),
	[F_STATE] = N_("State of the order"),
	[F_REFUND_STATE] = N_("State of the refund"),
	[F_CREATED_AT] = N_("Ordered at"),
	[F_PAID_AT] = N_("Paid at"),
	[F_SHIPPED_AT] = N_("Shipped at"),
	[F_FINISHED_AT] = N_("Finished at"),
	[F_TOTAL] = N_("Total with postage"),
	[F_GOODS_TOTAL] = N_("Total of the goods"),
	[F_POSTAGE] = N_("Postage"),
	[F_PAID] = N_("Paid"),
	[F_REFUND] = N_("Refunded"),
	[F_SETTLED] = N_("Passed on by the platform"),
	[F_PRICE] = N_("Price of one"),
	[F_LINE_TOTAL] = N_("Total of the line"),
	[F_LINE_PAID] = N_("Paid for the line"),
	[F_LINE_REFUND] = N_("Refunded for the line"),
	[F_QTY] = N_("Quantity"),
	[F_LINE_DISCOUNT] = N_("Discount of the line"),
	[F_ITEMS] = N_("Cells of lines"),
	[F_PROVINCE] = N_("Province"),
	[F_CITY] = N_("City"),
	[F_DISTRICT] = N_("District"),
	[F_STREET] = N_("Street"),
	[F_ADDRESS2] = N_("Second line of the address"),
	[F_POSTCODE] = N_("Postcode"),
	[F_COUNTRY] = N_("Country"),
	[F_LAST_NAME] = N_("Receiver's last name"),
	[F_CURRENCY] = N_("Currency"),
	[F_SHIP_STATE] = N_("State of the shipment"),
	[F_CANCELLED_AT] = N_("Cancelled at"),
	[F_PLATFORM] = N_("Platform"),
	[F_FLAG] = N_("Flag"),
	[F_NICK_PLATFORM] = N_("Platform of the buyer's account"),
	[F_NAME] = N_("Name"),
	[F_PRODUCT] = N_("Product"),
	[F_BARCODES] = N_("Barcodes"),
	[F_WEIGHT] = N_("Weight in grams"),
	[F_REORDER_AT] = N_("Reorder at"),
	[F_TARGET_LEVEL] = N_("Target level"),
	[F_BIN] = N_("Bin"),
	[F_COST] = N_("Cost of one"),
	[F_SUPPLIER] = N_("Supplier"),
	[F_NOTE] = N_("Note"),
	[F_CATEGORY] = N_("Category"),
	[F_BRAND] = N_("Brand"),
	[F_UNIT] = N_("Unit"),
	[F_LENGTH] = N_("Length (mm)"),
	[F_WIDTH] = N_("Width (mm)"),
	[F_HEIGHT] = N_("Height (mm)"),
	[F_GUARANTEE_DAYS] = N_("Guarantee days"),
	[F_GUARANTEE] = N_("Guarantee"),
	[F_IMAGES] = N_("Pictures"),
	[F_MADE] = N_("Made to order"),
	[F_ACTIVE] = N_("In use"),
};

const char *
field_label(enum imp_field field)
{
	return _(field_labels[field]);
}
