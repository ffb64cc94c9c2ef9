/* SPDX-License-Identifier: MIT */
#include <stddef.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/audit.h"

/* The operations there are, in the order of their names: X(name, words). */
/* clang-format off */
#define OPS(X) \
	X("attr-add", N_("attribute added")) \
	X("attr-save", N_("attribute changed")) \
	X("attr-type", N_("attributes typed")) \
	X("backup", N_("backup made")) \
	X("backup-rehearse", N_("backup tried out")) \
	X("bin-add", N_("bin added")) \
	X("bin-import", N_("list of bins taken in")) \
	X("bin-save", N_("bin changed")) \
	X("category-add", N_("category added")) \
	X("category-drop", N_("category taken away")) \
	X("category-save", N_("category changed")) \
	X("company-add", N_("company added")) \
	X("company-close", N_("company closed")) \
	X("company-reopen", N_("company opened again")) \
	X("company-save", N_("company changed")) \
	X("contact-reveal", N_("contact revealed")) \
	X("count-cancel", N_("count cancelled")) \
	X("count-close", N_("count closed")) \
	X("count-post", N_("count posted")) \
	X("count-reason", N_("reason of a difference kept")) \
	X("count-recount", N_("to be counted again")) \
	X("count-start", N_("count begun")) \
	X("count-take", N_("counted by scan")) \
	X("courier-add", N_("courier added")) \
	X("courier-save", N_("courier changed")) \
	X("customer-grade", N_("grade given to a customer")) \
	X("document-cancel", N_("paper cancelled")) \
	X("document-issue", N_("paper issued")) \
	X("document-print", N_("paper printed")) \
	X("export", N_("file exported")) \
	X("freight-add", N_("freight template added")) \
	X("freight-bill-drop", N_("courier's bill taken away")) \
	X("freight-bill-take", N_("courier's bill taken")) \
	X("freight-import", N_("freight templates taken from files")) \
	X("freight-line-settle", N_("line of a bill settled")) \
	X("freight-save", N_("freight template changed")) \
	X("freight-zone-drop", N_("freight to a place taken away")) \
	X("freight-zone-set", N_("freight to a place changed")) \
	X("gift-rule-add", N_("rule of gifts added")) \
	X("gift-rule-save", N_("rule of gifts changed")) \
	X("grade-add", N_("grade added")) \
	X("grade-apply", N_("grades given to all")) \
	X("grade-save", N_("grade changed")) \
	X("handover-done", N_("sales handed over")) \
	X("import", N_("files imported")) \
	X("import-undo", N_("import taken back")) \
	X("invoice-add", N_("supplier's invoice entered")) \
	X("invoice-approve", N_("supplier's invoice approved")) \
	X("invoice-back", N_("supplier's invoice taken back")) \
	X("invoice-freight", N_("freight of a supplier's invoice posted")) \
	X("invoice-withdraw", N_("own supplier's invoice withdrawn")) \
	X("layout-teach", N_("layout taught")) \
	X("layout-unteach", N_("layout forgotten")) \
	X("listing-map", N_("item mapped")) \
	X("login", N_("logged in")) \
	X("login-locked", N_("log-in locked")) \
	X("login-refused", N_("log-in refused")) \
	X("logout", N_("logged out")) \
	X("manifest-all", N_("all parcels of a courier put on a manifest")) \
	X("manifest-close", N_("parcels handed over")) \
	X("manifest-open", N_("manifest begun")) \
	X("manifest-reopen", N_("manifest opened again")) \
	X("manifest-scan", N_("parcel handed to the driver")) \
	X("manifest-unscan", N_("parcel taken off a manifest")) \
	X("material-add", N_("packing material added")) \
	X("material-save", N_("packing material changed")) \
	X("member-price", N_("member price changed")) \
	X("order-add", N_("order typed in")) \
	X("order-address", N_("address changed here")) \
	X("order-agent", N_("sale given to an agent")) \
	X("order-cancel", N_("order cancelled")) \
	X("order-claim", N_("order taken to be packed")) \
	X("order-confirm", N_("order confirmed with the buyer")) \
	X("order-copy", N_("order copied")) \
	X("order-courier", N_("courier of an order set")) \
	X("order-courier-rule", N_("courier of an order set by a rule")) \
	X("order-gifts", N_("gifts worked out anew")) \
	X("order-hold", N_("order held")) \
	X("order-hold-end", N_("hold ended by itself")) \
	X("order-merge", N_("orders merged")) \
	X("order-money", N_("prices changed")) \
	X("order-pack", N_("parcel packed")) \
	X("order-print", N_("label or slip printed")) \
	X("order-reissue", N_("order sent again")) \
	X("order-release", N_("order released")) \
	X("order-remark", N_("remark changed")) \
	X("order-remind", N_("buyer reminded")) \
	X("order-reopen", N_("order reopened")) \
	X("order-route", N_("order sent from another warehouse")) \
	X("order-ship", N_("order shipped")) \
	X("order-ship-force", N_("order shipped whatever it weighs")) \
	X("order-split", N_("order split")) \
	X("order-terms", N_("delivery agreed")) \
	X("order-unclaim", N_("order given back")) \
	X("order-unmerge", N_("merging undone")) \
	X("order-unpack", N_("parcel opened again")) \
	X("order-unship", N_("shipment taken back")) \
	X("order-unsplit", N_("splitting undone")) \
	X("payment-add", N_("payment written down")) \
	X("payment-receive", N_("payment came")) \
	X("payment-reverse", N_("payment cancelled")) \
	X("product-active", N_("product taken into or out of use")) \
	X("product-add", N_("product added")) \
	X("product-kit", N_("parts of a kit changed")) \
	X("product-save", N_("product changed")) \
	X("production-cancel", N_("production order cancelled")) \
	X("production-made", N_("goods made")) \
	X("production-open", N_("production orders opened")) \
	X("production-place", N_("production order placed")) \
	X("production-receive", N_("made goods received")) \
	X("purchase-add", N_("purchase order begun")) \
	X("purchase-cancel", N_("purchase order cancelled")) \
	X("purchase-close", N_("purchase order closed short")) \
	X("purchase-copy", N_("purchase order copied")) \
	X("purchase-join", N_("purchase orders joined")) \
	X("purchase-line", N_("line of a purchase order changed")) \
	X("purchase-order", N_("purchase order sent")) \
	X("purchase-pay", N_("supplier paid")) \
	X("purchase-receive", N_("goods of an order received")) \
	X("purchase-receive-over", N_("more than ordered received")) \
	X("purchase-return", N_("goods sent back to the supplier")) \
	X("purchase-save", N_("purchase order changed")) \
	X("purchase-scan", N_("goods of an order scanned")) \
	X("purchase-scan-drop", N_("scans at the door thrown away")) \
	X("purchase-slip-back", N_("receipt or return taken back")) \
	X("purchase-unpay", N_("payment to a supplier taken back")) \
	X("put-back", N_("goods put back")) \
	X("put-back-undo", N_("putting back undone")) \
	X("quote-add", N_("enquiry taken down")) \
	X("quote-follow", N_("quotation followed up")) \
	X("quote-lose", N_("quotation lost")) \
	X("quote-order", N_("quotation ordered")) \
	X("quote-print", N_("quotation printed")) \
	X("quote-reopen", N_("quotation opened again")) \
	X("quote-save", N_("quotation changed")) \
	X("quote-send", N_("quotation sent")) \
	X("reminder-result", N_("answer to a reminder kept")) \
	X("request-add", N_("purchase asked for")) \
	X("request-approve", N_("purchase request approved")) \
	X("request-line", N_("line of a purchase request changed")) \
	X("request-refuse", N_("purchase request refused")) \
	X("request-save", N_("purchase request changed")) \
	X("request-withdraw", N_("purchase request taken back")) \
	X("restore", N_("backup put back")) \
	X("review-couriers", N_("couriers set by the rules")) \
	X("review-hold", N_("held at review")) \
	X("review-pass", N_("passed at review")) \
	X("review-rule-add", N_("rule of review added")) \
	X("review-rule-save", N_("rule of review changed")) \
	X("review-run", N_("orders reviewed")) \
	X("review-stop", N_("stopped by review")) \
	X("role-add", N_("role added")) \
	X("role-save", N_("role changed")) \
	X("setting-save", N_("setting changed")) \
	X("shop-demo", N_("filled with demo trade")) \
	X("shop-init", N_("shop created")) \
	X("shop-save", N_("shop renamed or put on another platform")) \
	X("staff-add", N_("staff added")) \
	X("staff-badge", N_("badge made")) \
	X("staff-badge-drop", N_("badge ended")) \
	X("staff-close", N_("account closed")) \
	X("staff-otp-end", N_("somebody's one-time code ended")) \
	X("staff-otp-off", N_("one-time code ended")) \
	X("staff-otp-on", N_("one-time code set up")) \
	X("staff-password", N_("password changed")) \
	X("staff-reopen", N_("account opened again")) \
	X("staff-reset", N_("password given anew")) \
	X("staff-save", N_("staff changed")) \
	X("staff-unlock", N_("log-in unlocked")) \
	X("statement-explain", N_("statement line explained")) \
	X("statement-match", N_("statement line matched")) \
	X("statement-reopen", N_("statement line opened again")) \
	X("statement-take", N_("statement taken in")) \
	X("stock-adjust", N_("stock adjusted")) \
	X("stock-defect", N_("goods found defective")) \
	X("stock-freight", N_("freight added to goods")) \
	X("stock-good", N_("goods good again")) \
	X("stock-issue", N_("stock issued")) \
	X("stock-levels", N_("levels of a warehouse changed")) \
	X("stock-move", N_("moved to another bin")) \
	X("stock-put", N_("goods put away")) \
	X("stock-receive", N_("goods received")) \
	X("stock-return", N_("goods taken back")) \
	X("stock-reverse", N_("slip reversed")) \
	X("stock-scrap", N_("goods scrapped")) \
	X("stock-transfer", N_("moved to another bin")) \
	X("supplier-item-drop", N_("supplier no longer sells it")) \
	X("supplier-item-set", N_("supplier's offer changed")) \
	X("text-add", N_("text added")) \
	X("text-save", N_("text changed")) \
	X("track-add", N_("tracking told")) \
	X("track-case-close", N_("parcel case closed")) \
	X("track-case-note", N_("parcel case noted")) \
	X("track-case-open", N_("parcel case opened")) \
	X("track-case-reopen", N_("parcel case opened again")) \
	X("track-take", N_("tracking taken in")) \
	X("transfer-add", N_("transfer written")) \
	X("transfer-arrive", N_("transfer arrived")) \
	X("transfer-cancel", N_("transfer cancelled")) \
	X("transfer-lose", N_("transfer written off")) \
	X("transfer-save", N_("transfer changed")) \
	X("transfer-send", N_("transfer sent")) \
	X("view-set", N_("list arranged")) \
	X("warehouse-add", N_("warehouse added")) \
	X("warehouse-save", N_("warehouse changed")) \
	X("wave-cancel", N_("wave cancelled")) \
	X("wave-couriers", N_("couriers set before a wave")) \
	X("wave-make", N_("wave made")) \
	X("wave-pick", N_("goods picked")) \
	X("wave-picked", N_("goods picked by the list")) \
	X("wave-short", N_("goods missing at picking")) \
	X("wave-sort", N_("goods sorted into slots"))
/* clang-format on */

#define NAME(name, words)  name,
#define WORDS(name, words) words,

const char *const audit_ops[] = { OPS(NAME) NULL };

const char *
audit_op_text(const char *op)
{
	static const char *const words[] = { OPS(WORDS) };
	size_t i;

	for (i = 0; audit_ops[i] != NULL; i++)
		if (strcmp(audit_ops[i], op) == 0)
			return _(words[i]);
	return op;
}
