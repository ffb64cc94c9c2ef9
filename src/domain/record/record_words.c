/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/attrs.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/freight.h"
#include "shopmgr/domain/import.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/platforms.h"
#include "shopmgr/domain/production.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/domain/quotations.h"
#include "shopmgr/domain/receiving.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/domain/review.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/domain/stocktake.h"
#include "shopmgr/domain/tracking.h"
#include "shopmgr/domain/transfers.h"
#include "shopmgr/domain/waves.h"

#include "record_priv.h"

/* The words of the data in the words of people. */

static const char *
state_text(const char *word)
{
	int state = order_state_by_name(word);

	return state != 0 ? order_state_text(state) : word;
}

static const char *
refund_text(const char *word)
{
	static const struct {
		const char *word, *text;
	} texts[] = {
		{ "asked", N_("asked for") },
		{ "back", N_("paid back") },
		{ "taken_back", N_("taken back") },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].word, word) == 0)
			return _(texts[i].text);
	return word;
}

/* Of a slip; or of the record that something is about. */
static const char *
kind_text(const char *word)
{
	static const struct {
		const char *word, *text;
	} texts[] = {
		{ "unpaid", N_("for unpaid orders") },
		{ "quote", N_("for quotations") },
		{ "order", N_("order") },
		{ "production", N_("production order") },
		{ "attr", N_("attribute") },
		{ "variant", N_("product") },
		{ "product", N_("product") },
		{ "customer", N_("customer") },
		{ "parcel", N_("parcel") },
		{ "listing", N_("item") },
		{ "slip", N_("stock slip") },
		{ "staff", N_("staff") },
		{ "courier", N_("courier") },
		{ "warehouse", N_("warehouse") },
		{ "category", N_("category") },
		{ "company", N_("company") },
		{ "delivery", N_("delivery notice") },
		{ "invoice", N_("sales invoice") },
		{ "freight-template", N_("freight template") },
		{ "freight-bill", N_("courier's bill") },
		{ "freight-line", N_("line of a bill") },
		{ "shop", N_("shop") },
		{ "import", N_("import") },
		{ "export", N_("export") },
		{ "bin", N_("bin") },
		{ "material", N_("packing material") },
		{ "grade", N_("member grade") },
		{ "review", N_("rules of review") },
		{ "review-rule", N_("rule of review") },
		{ "gift-rule", N_("rule of gifts") },
		{ "text", N_("template of a text") },
		{ "setting", N_("setting") },
		{ "role", N_("staff role") },
		{ "purchase", N_("purchase order") },
		{ "purchase_invoice", N_("supplier's invoice") },
		{ "purchase_payment", N_("payment to a supplier") },
		{ "request", N_("purchase request") },
		{ "quotation", N_("quotation") },
		{ "stocktake", N_("stocktake") },
		{ "statement", N_("line of a statement") },
		{ "manifest", N_("handover manifest") },
		{ "wave", N_("pick wave") },
		{ "document", N_("document") },
		{ "layout", N_("layout of files") },
		{ "view", N_("kept view") },
		{ "platform-shop", N_("shop on a platform") },
		{ "orders", N_("Orders") },
		{ "products", N_("Products") },
		{ "customers", N_("Customers") },
		{ "stock", N_("Stock") },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].word, word) == 0)
			return _(texts[i].text);
	return import_kind_text(stock_kind_text(word));
}

/* Of a bill's line; and what a template goes by. */
static const char *
finding_text(const char *word)
{
	int64_t i;

	for (i = 0; i < BILL_MAX; i++)
		if (strcmp(freight_line_state_name(i), word) == 0)
			return freight_line_state_text(i);
	return word;
}

static const char *
basis_text(const char *word)
{
	int64_t i;

	for (i = 0; i < BASIS_MAX; i++)
		if (strcmp(freight_basis_name(i), word) == 0)
			return freight_basis_text(i);
	return word;
}

static const char *
origin_text(const char *word)
{
	int origin = order_origin_by_name(word);

	return origin >= 0 ? order_origin_text(origin) : word;
}

static const char *
delivery_text(const char *word)
{
	int delivery = order_delivery_by_name(word);

	return delivery >= 0 ? order_delivery_text(delivery) : word;
}

static const char *
done_text(const char *word)
{
	const char *text = order_done_text(order_done_by_name(word));

	return text != NULL ? text : word;
}

/* A label: only of the field that is called so. */
static const struct {
	const char *field;
	const char *(*text)(const char *word);
	const char *label;
} fields[] = {
	{ "origin", origin_text, NULL },
	{ "delivery", delivery_text, NULL },
	{ "done", done_text, NULL },
	{ "finding", finding_text, NULL },
	{ "settled", freight_settled_text, NULL },
	{ "basis", basis_text, NULL },
	{ "method", payment_method_text, NULL },
	{ "how", statement_how_text, NULL },
	{ "source", statement_source_text, NULL },
	{ "state", state_text, NULL },
	{ "holds", order_hold_text, NULL },
	{ "reason", order_hold_text, NULL },
	{ "refund_state", refund_text, NULL },
	{ "kind", kind_text, NULL },
	{ "kinds", company_kind_text, NULL },
	{ "op", audit_op_text, NULL },
	{ "what", import_change_text, "What changed" },
	{ "what", review_what_text, "Looks for" },
	{ "action", review_action_text, NULL },
	{ "type", attr_type_text, "Type" },
	{ "roles", role_text, NULL },
	{ "platform", platform_text, NULL },
	{ "nick_platform", platform_text, NULL },
};

/* States and kinds that other records name otherwise. */
static const struct {
	const char *(*name)(int64_t value);
	const char *(*text)(int64_t value);
} codes[] = {
	{ payment_state_name, payment_state_text },
	{ production_state_name, production_state_text },
	{ attr_state_name, attr_state_text },
	{ track_name, track_text },
	{ wave_kind_name, wave_kind_text },
	{ wave_state_name, wave_state_text },
	{ wave_slot_name, wave_slot_text },
	{ bin_kind_name, bin_kind_text },
	{ transfer_state_name, transfer_state_text },
	{ receiving_state_name, receiving_state_text },
	{ invoice_state_name, invoice_state_text },
	{ purchase_state_name, purchase_state_text },
	{ request_state_name, request_state_text },
	{ stocktake_kind_name, stocktake_kind_text },
	{ stocktake_state_name, stocktake_state_text },
	{ stocktake_line_state_name, stocktake_line_state_text },
	{ quotation_state_name, quotation_state_text },
	{ import_state_name, import_state_text },
};

static const char *
code_text(const struct rec_field *f, const void *row)
{
	size_t i;

	for (i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (f->type == REC_CODE && codes[i].name == f->code)
			return codes[i].text(rec_number(f, row));
	return NULL;
}

static void
add_word(const struct rec_field *f, const char *word, struct str *out)
{
	size_t i;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++)
		if (strcmp(fields[i].field, f->name) == 0 &&
		    (fields[i].label == NULL ||
			strcmp(fields[i].label, f->label) == 0))
			word = fields[i].text(word);
	str_add(out, word);
}

void
record_words(const struct rec_field *f, const void *row, struct str *out)
{
	struct str plain = STR_INIT;
	const char *code = code_text(f, row);
	char *word, *rest;

	if (code != NULL) {
		str_add(out, code);
		return;
	}
	if (f->type == REC_BOOL) {
		str_add(out, rec_number(f, row) != 0 ? _("yes") : _("no"));
		return;
	}
	record_plain(f, row, &plain);
	if (plain.len > 0) {
		word = strtok_r(plain.s, " ", &rest);
		for (; word != NULL; word = strtok_r(NULL, " ", &rest)) {
			add_word(f, word, out);
			if (rest[strspn(rest, " ")] != '\0')
				/* TRANSLATORS: between the reasons of a hold */
				str_add(out, _(", "));
		}
	}
	str_done(&plain);
}
