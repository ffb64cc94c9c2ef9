/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/audit.h"
#include "shopmgr/domain/invoices.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/payments.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/domain/stocktake.h"

/*
 * The log keeps what was done in the words of the data, for ever, and by them
 * it is filtered and proved. People read it in their own: known sentences by
 * their shape, changes by their fields. What is of no known shape is shown as
 * it stands.
 */

#define SLOTS 5

/* One word of the data, to the user's; itself where there is none. */
typedef const char *to_words(const char *word);

static const char *
state_words(const char *word)
{
	int state = order_state_by_name(word);

	return state != 0 ? order_state_text(state) : word;
}

static const char *
flag_words(const char *word)
{
	char *end;
	long flag = strtol(word, &end, 10);

	if (end == word || *end != '\0' || flag < 0 || flag >= ORDER_FLAGS)
		return word;
	return _(order_flags[flag]);
}

static const char *
delivery_words(const char *word)
{
	int delivery = order_delivery_by_name(word);

	return delivery >= 0 ? order_delivery_text(delivery) : word;
}

static const char *
count_words(const char *word)
{
	int kind = stocktake_kind_by_name(word);

	return kind >= 0 ? stocktake_kind_text(kind) : word;
}

static const char *
hold_words(const char *word)
{
	return strcmp(word, "all") == 0 ? _("every reason")
					: order_hold_text(word);
}

/* What files are of, and of a contact what was read. */
static const char *
plain_words(const char *word)
{
	static const struct {
		const char *word, *text;
	} texts[] = {
		{ "orders", N_("Orders") },
		{ "products", N_("Products") },
		{ "stock", N_("Stock") },
		{ "customers", N_("Customers") },
		{ "shipments", N_("Shipments") },
		{ "name", N_("name") },
		{ "phone", N_("phone") },
		{ "address", N_("address") },
		{ "nick", N_("nick") },
	};
	size_t i;

	for (i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].word, word) == 0)
			return _(texts[i].text);
	return word;
}

/* "+order.ship" */
static const char *
grant_words(const char *word)
{
	enum perm perm = perm_by_name(word + 1);

	return perm != PERM_NONE ? perm_text(perm) : word + 1;
}

/* Words with blanks between, to a list. */
static char *
each_word(struct arena *a, const char *text, to_words *words)
{
	char *rest, *word, *copy = arena_strdup(a, text), *out = NULL;

	for (word = strtok_r(copy, " ", &rest); word != NULL;
	     word = strtok_r(NULL, " ", &rest)) {
		const char *said = words(word);

		/* What a role was given, and what was taken from it. */
		if (words == grant_words)
			said = arena_printf(a, "%c%s", word[0], said);
		out = out == NULL ? arena_strdup(a, said)
				  : arena_printf(a, "%s%s%s", out,
					C_("list", ", "), said);
	}
	return out != NULL ? out : arena_strdup(a, "");
}

/* Each % of @stored is a slot, up to what stands behind it; {1} to {5} in
 * @words are what the slots hold, each in the words of its own. */
struct shape {
	const char *op, *stored, *words;
	to_words *slot[SLOTS];
};

/* clang-format off */
static const struct shape shapes[] = {
	{ "order-hold", "% until %: %", N_("{1} until {2}: {3}"),
	    { hold_words } },
	{ "order-hold", "% until %", N_("{1} until {2}"), { hold_words } },
	{ "order-hold", "%: %", N_("{1}: {2}"), { hold_words } },
	{ "order-hold", "%", "{1}", { hold_words } },
	{ "order-hold-end", "%", "{1}", { hold_words } },
	{ "review-hold", "% until %: %", N_("{1} until {2}: {3}"),
	    { hold_words } },
	{ "review-hold", "% until %", N_("{1} until {2}"), { hold_words } },
	{ "review-hold", "%: %", N_("{1}: {2}"), { hold_words } },
	{ "review-hold", "%", "{1}", { hold_words } },
	{ "review-run", "passed %, held %", N_("{1} passed, {2} stopped"),
	    { NULL } },
	{ "order-release", "%: %", N_("{1}: {2}"), { hold_words } },
	{ "order-release", "%", "{1}", { hold_words } },
	{ "order-cancel", "state % -> %: %", N_("{1} → {2}: {3}"),
	    { state_words, state_words } },
	{ "order-reopen", "state % -> %: %", N_("{1} → {2}: {3}"),
	    { state_words, state_words } },
	{ "order-ship", "state % -> %, %, % g", N_("{1} → {2}, {3}, {4} g"),
	    { state_words, state_words } },
	{ "order-ship-force", "state % -> %, %, % g",
	    N_("{1} → {2}, {3}, {4} g"), { state_words, state_words } },
	{ "order-unship", "state % -> %, %: %", N_("{1} → {2}, {3}: {4}"),
	    { state_words, state_words } },
	{ "order-unship", "state % -> %, %", N_("{1} → {2}, {3}"),
	    { state_words, state_words } },
	{ "import", "%: % new, % updated, % unchanged, % rejected",
	    N_("{1}: {2} new, {3} updated, {4} unchanged, {5} rejected"),
	    { plain_words } },
	{ "import", "lines: % new, % changed",
	    N_("items: {1} new, {2} changed"), { NULL } },
	{ "export", "%, % rows, %", N_("{1}, {2} rows, {3}"), { plain_words } },
	{ "listing-map", "%, % orders released",
	    N_("{1}, orders released: {2}"), { NULL } },
	{ "contact-reveal", "%", "{1}", { plain_words } },
	{ "login-refused", "a name of nobody, % in a row; %",
	    N_("a name of nobody, refused {1} times in a row; more of these "
	       "are not written down for an hour"), { NULL } },
	{ "login-refused", "a name of nobody, % in a row",
	    N_("a name of nobody, refused {1} times in a row"), { NULL } },
	{ "login-refused", "%, % in a row",
	    N_("refused {2} times in a row"), { NULL } },
	{ "login-locked", "a name of nobody, % in a row",
	    N_("a name of nobody, refused {1} times in a row"), { NULL } },
	{ "login-locked", "%, % in a row",
	    N_("refused {2} times in a row"), { NULL } },
	{ "role-save", "%: %", N_("{1}: {2}"), { role_text, grant_words } },
	{ "staff-add", "% (%): %", N_("{1} ({2}): {3}"),
	    { NULL, NULL, role_text } },
	{ "staff-save", "%: % -> %; % -> %",
	    N_("{1}: {2} → {3}; {4} → {5}"),
	    { NULL, NULL, NULL, role_text, role_text } },
	{ "setting-save", "%: % -> %", N_("{1}: {2} → {3}"), { NULL } },
	{ "stock-transfer", "% to bin %, %", N_("{1} to bin {2}, {3}"),
	    { NULL } },
	{ "stock-reverse", "% by %: %", N_("{1} reversed by {2}: {3}"),
	    { NULL } },
	{ "payment-add", "% %, due %", N_("{1} {2}, due {3}"),
	    { payment_method_text } },
	{ "payment-add", "% %", "{1} {2}", { payment_method_text } },
	{ "payment-receive", "% %", "{1} {2}", { payment_method_text } },
	{ "payment-reverse", "% %: %", N_("{1} {2}: {3}"),
	    { payment_method_text } },
	{ "statement-take", "% lines, % of orders",
	    N_("{1} lines, {2} of orders"), { NULL } },
	{ "statement-take", "% lines found their orders",
	    N_("{1} lines found their orders"), { NULL } },
	{ "freight-bill-take", "%, % lines, % fen, % wrong",
	    N_("{1}, {2} lines, {4} wrong"), { NULL } },
	{ "manifest-all", "%, parcels: %, left: %",
	    N_("{1}, parcels: {2}, left: {3}"), { NULL } },
	{ "manifest-close", "%, parcels: %, driver: %",
	    N_("{1}, parcels: {2}, driver: {3}"), { NULL } },
	{ "production-open", "%: line %", N_("{1}: line {2}"), { NULL } },
	{ "wave-make", "%, slot: %", N_("{1}, slot {2}"), { NULL } },
	{ "track-take", "% orders are finished",
	    N_("{1} orders are finished"), { NULL } },
	{ "count-start", "% %", "{1} {2}", { NULL, count_words } },
	{ "quote-send", "% until %", N_("{1} until {2}"), { NULL } },
#define CAME(op) \
	{ op, "%: %, %, defective %: %", \
	    N_("{1}: {2}, {3} pieces, {4} defective: {5}"), { NULL } }, \
	{ op, "%: %, %, defective %", \
	    N_("{1}: {2}, {3} pieces, {4} defective"), { NULL } }
	CAME("purchase-receive"),
	CAME("purchase-receive-over"),
	CAME("purchase-return"),
	{ "purchase-slip-back", "%: % by %: %",
	    N_("{1}: {2} taken back by {3}: {4}"), { NULL } },
	{ "purchase-pay", "%: % % %", N_("{1}: {2}, {3}, {4}"),
	    { NULL, NULL, supplier_pay_text } },
	{ "purchase-unpay", "% by %: %", N_("{1} taken back by {2}: {3}"),
	    { NULL } },
	{ "invoice-freight", "%: %, expense %",
	    N_("{1}: {2}, of that an expense: {3}"), { NULL } },
	{ "backup-rehearse", "%: 0", N_("{1}: everything fits"), { NULL } },
	{ "backup-rehearse", "%: %", N_("{1}: {2} things do not fit"),
	    { NULL } },
};
/* clang-format on */

/* A record's fields, as the changes to it are told. */
/* clang-format off */
static const struct field {
	const char *stored, *name;
	to_words *words;
} fields[] = {
	{ "state", N_("State"), state_words },
	{ "flag", N_("Flag"), flag_words },
	{ "created", N_("Created"), NULL },
	{ "paid at", N_("Paid at"), NULL },
	{ "shipped at", N_("Shipped at"), NULL },
	{ "finished", N_("Finished at"), NULL },
	{ "total", N_("Total"), NULL },
	{ "postage", N_("Postage"), NULL },
	{ "paid", N_("Paid"), NULL },
	{ "refund", N_("Refund"), NULL },
	{ "settled", N_("Settled"), NULL },
	{ "buyer note", N_("Buyer's note"), NULL },
	{ "memo", N_("Remark"), NULL },
	{ "payment no.", N_("Payment no."), NULL },
	{ "waybill", N_("Waybill no."), NULL },
	{ "close reason", N_("Closed because"), NULL },
	{ "courier", N_("Courier"), NULL },
	{ "address", N_("Address"), NULL },
	{ "address said", N_("Address on the platform"), NULL },
	{ "delivery", N_("Delivery"), delivery_words },
	{ "promised", N_("To be shipped by"), NULL },
	{ "agent", N_("Agent"), NULL },
	{ "discount", N_("Discount"), NULL },
	{ "receiver", N_("Receiver"), NULL },
	{ "sku_code", N_("SKU code"), NULL },
	{ "product", N_("Product"), NULL },
	{ "name", N_("Name"), NULL },
	{ "barcodes", N_("Barcodes"), NULL },
	{ "bin", N_("Bin"), NULL },
	{ "price", N_("Price"), NULL },
	{ "weight", N_("Weight"), NULL },
	{ "reorder_at", N_("Reorder at"), NULL },
	{ "target_level", N_("Target level"), NULL },
	{ "note", N_("Note"), NULL },
	{ "expected", N_("Expected"), NULL },
	{ "freight", N_("Freight"), NULL },
	{ "warehouse", N_("Warehouse"), NULL },
	{ "company", N_("Supplier"), NULL },
};
/* clang-format on */

/* Where @until stands first outside of quotation marks; else the end. */
static const char *
reach(const char *text, const char *until)
{
	bool quoted = false;
	const char *p;

	for (p = text; *p != '\0'; p++) {
		if (!quoted && strncmp(p, until, strlen(until)) == 0)
			break;
		if (*p != '"')
			continue;
		if (!quoted)
			quoted = p == text || p[-1] == ' ';
		else
			quoted = strchr(";, ", p[1]) == NULL;
	}
	return p;
}

/* A text is shown in the quotation marks of the language. */
static const char *
value(struct arena *a, const char *text, size_t n, to_words *words)
{
	const char *one = arena_strndup(a, text, n);

	if (strcmp(one, "\"\"") == 0)
		return _("none");
	if (n > 1 && text[0] == '"' && text[n - 1] == '"')
		return arena_printf(a, _("“%.*s”"), (int)n - 2, text + 1);
	return words != NULL ? words(one) : one;
}

static const struct field *
field_of(const char *clause, size_t n)
{
	const struct field *best = NULL;
	size_t i, len;

	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		len = strlen(fields[i].stored);
		if (len < n && clause[len] == ' ' &&
		    strncmp(clause, fields[i].stored, len) == 0 &&
		    (best == NULL || len > strlen(best->stored)))
			best = &fields[i];
	}
	return best;
}

/* "price 9.90 -> 12.00"; a bare text is that of the remark. Nothing is said of
 * what became the same. */
static void
add_clause(struct arena *a, const char *clause, size_t n, struct str *out)
{
	const char *text = arena_strndup(a, clause, n), *arrow, *was, *is;
	const struct field *f = field_of(text, n);
	const char *name = text[0] == '"' ? _("Remark") : NULL;
	to_words *words = NULL;

	if (f != NULL) {
		text += strlen(f->stored) + 1;
		name = _(f->name);
		words = f->words;
	}
	arrow = reach(text, " -> ");
	was = value(a, text, (size_t)(arrow - text), words);
	is =
	    *arrow != '\0' ? value(a, arrow + 4, strlen(arrow + 4), words) : "";
	if (*arrow != '\0' && strcmp(was, is) == 0)
		return;
	if (out->len > 0)
		/* TRANSLATORS: between the changes to a record */
		str_add(out, _("; "));
	if (name != NULL)
		was = arena_printf(a, _("%s: %s"), name, was);
	str_addf(out, is[0] != '\0' ? "%s → %s" : "%s", was, is);
}

static void
add_changes(
    struct arena *a, const char *detail, const char *between, struct str *out)
{
	const char *end;

	for (; *detail != '\0'; detail = end) {
		end = reach(detail, between);
		add_clause(a, detail, (size_t)(end - detail), out);
		if (*end != '\0')
			end += strlen(between);
	}
}

/* Whether @text is of the shape; and what stands in its slots. */
static bool
fits(struct arena *a, const struct shape *sh, const char *text,
    const char *slot[SLOTS])
{
	const char *p = sh->stored, *end;
	char *behind;
	size_t n = 0, len;

	while (*p != '\0') {
		if (*p != '%') {
			if (*p++ != *text++)
				return false;
			continue;
		}
		len = strcspn(++p, "%");
		behind = arena_strndup(a, p, len);
		end = len > 0 ? strstr(text, behind) : text + strlen(text);
		if (end == NULL || (p[len] == '\0' && strlen(end) != len))
			return false;
		slot[n] = arena_strndup(a, text, (size_t)(end - text));
		if (sh->slot[n] != NULL)
			slot[n] = each_word(a, slot[n], sh->slot[n]);
		n++;
		text = end;
	}
	return *text == '\0';
}

static void
fill(const char *words, const char *const slot[SLOTS], struct str *out)
{
	for (; *words != '\0'; words++) {
		if (words[0] == '{' && words[1] >= '1' &&
		    words[1] <= '0' + SLOTS && words[2] == '}') {
			str_add(out, slot[words[1] - '1']);
			words += 2;
		} else {
			str_addc(out, *words);
		}
	}
}

static bool
is_change(const struct audit_row *row)
{
	static const char *const ops[] = { "order-remark", "order-address",
		"order-money", "order-terms", "order-agent", "product-save" };
	size_t i;

	for (i = 0; i < sizeof(ops) / sizeof(ops[0]); i++)
		if (strcmp(row->op, ops[i]) == 0)
			return true;
	return (
	    strcmp(row->op, "import") == 0 && strcmp(row->kind, "order") == 0);
}

void
audit_detail_text(const struct audit_row *row, struct str *out)
{
	const char *slot[SLOTS] = { "", "", "", "", "" };
	struct arena arena = { 0 };
	bool found = false;
	size_t i;

	for (i = 0; !found && i < sizeof(shapes) / sizeof(shapes[0]); i++) {
		if (strcmp(shapes[i].op, row->op) != 0 ||
		    !fits(&arena, &shapes[i], row->detail, slot))
			continue;
		fill(_(shapes[i].words), slot, out);
		found = true;
	}
	if (!found && is_change(row))
		add_changes(&arena, row->detail,
		    strcmp(row->op, "order-remark") == 0 ? ", " : "; ", out);
	else if (!found)
		str_add(out, row->detail);
	arena_done(&arena);
}
