/* SPDX-License-Identifier: MIT */
#include <stdlib.h>
#include <string.h>

#include "cli_priv.h"
#include "sale_args.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/domain/orders.h"

#define LINE(field) offsetof(struct order_line, field)
static const struct rec_field line_fields[] = {
	{ "line_no", N_("Line"), REC_INT, LINE(line_no), NULL },
	{ "title", N_("Item"), REC_TEXT, LINE(title), NULL },
	{ "attrs", N_("Attributes"), REC_TEXT, LINE(attrs), NULL },
	{ "sku_code", N_("Product code"), REC_TEXT, LINE(sku_code), NULL },
	{ "qty", N_("Qty"), REC_INT, LINE(qty), NULL },
	{ "price", N_("Price"), REC_MONEY, LINE(price), NULL },
	{ "paid", N_("Paid"), REC_MONEY, LINE(paid), NULL },
	{ "refund_state", N_("Refund state"), REC_CODE, LINE(refund_state),
	    order_refund_name },
	{ "refund", N_("Refund"), REC_MONEY, LINE(refund), NULL },
	{ "bin", N_("Bin"), REC_TEXT, LINE(bin), NULL },
	{ "on_hand", N_("On hand"), REC_INT, LINE(on_hand), NULL },
	{ "available", N_("Available"), REC_INT, LINE(available), NULL },
	{ "listing_id", N_("Listing"), REC_INT, LINE(listing_id), NULL },
	{ "sub_order_no", N_("Sub-order no."), REC_TEXT, LINE(sub_order_no),
	    NULL },
	{ "kit", N_("Kit line"), REC_INT, LINE(kit), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

#define PARCEL(field) offsetof(struct order_parcel, field)
static const struct rec_field parcel_fields[] = {
	{ "waybill_no", N_("Waybill no."), REC_TEXT, PARCEL(waybill_no), NULL },
	{ "courier", N_("Courier"), REC_TEXT, PARCEL(courier), NULL },
	{ "weight", N_("Weight, g"), REC_INT, PARCEL(weight), NULL },
	{ "shipped_at", N_("Shipped at"), REC_TIME, PARCEL(shipped_at), NULL },
	{ "picker", N_("Picker"), REC_TEXT, PARCEL(picker), NULL },
	{ "checker", N_("Checked by"), REC_TEXT, PARCEL(checker), NULL },
	{ "packer", N_("Packed by"), REC_TEXT, PARCEL(packer), NULL },
	{ "shipper", N_("Shipped by"), REC_TEXT, PARCEL(shipper), NULL },
	{ "slip_no", N_("Stock slip"), REC_TEXT, PARCEL(slip_no), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

#define HOLD(field) offsetof(struct order_hold, field)
static const struct rec_field hold_fields[] = {
	{ "reason", N_("Reason"), REC_WORD, HOLD(reason), NULL },
	{ "note", N_("Note"), REC_TEXT, HOLD(note), NULL },
	{ "at", N_("Since"), REC_TIME, HOLD(at), NULL },
	{ "staff", N_("Staff"), REC_TEXT, HOLD(staff), NULL },
	{ "cleared_at", N_("Cleared"), REC_TIME, HOLD(cleared_at), NULL },
	{ "cleared_by", N_("Cleared by"), REC_TEXT, HOLD(cleared_by), NULL },
	{ NULL, NULL, REC_TEXT, 0, NULL },
};

/* By number or waybill, else by id. */
int
order_id(struct cli *c, const char *no, int64_t *id)
{
	int rc = order_by_no(c->s, no, id);

	if (rc != ERR_NOTFOUND || no[0] == '\0' || strlen(no) > 12 ||
	    strspn(no, "0123456789") != strlen(no))
		return rc;
	*id = strtoll(no, NULL, 10);
	return 0;
}

#define FACTS_MAX 64

/* The order's row. As data without what the table of its holds tells: an
 * object has one value of a name. */
static void
facts(struct cli *c, const struct order *order)
{
	struct rec_field fields[FACTS_MAX] = { { .name = NULL } };
	size_t n = 0;

	for (const struct rec_field *f = record_kind("orders")->fields;
	     f->name != NULL && n + 1 < FACTS_MAX; f++)
		if (out_for_people(c) || strcmp(f->name, "holds") != 0)
			fields[n++] = *f;
	out_record(c, fields, order);
}

int
order_show(struct cli *c, const char *no)
{
	struct order_card card = { 0 };
	int64_t id = 0;

	if (order_id(c, no, &id) != 0 || order_card(c->s, id, &card) != 0)
		return cli_failed(c);
	out_begin(c);
	facts(c, &card.order);
	out_table(c, "holds", _("Holds"), hold_fields, &card.holds);
	out_table(c, "lines", _("Lines"), line_fields, &card.lines);
	out_table(c, "parcels", _("Parcels"), parcel_fields, &card.parcels);
	order_card_free(&card);
	if (show_history(c, "order", id) != 0) {
		out_end(c);
		return cli_failed(c);
	}
	out_end(c);
	return CLI_OK;
}

/* What a verb did, for scripts: the order's number and state now. */
void
order_told(struct cli *c, int64_t id)
{
	struct order_card card = { 0 };

	if (out_for_people(c) || order_card(c->s, id, &card) != 0)
		return;
	out_begin(c);
	out_text(c, "order_no", NULL, card.order.order_no);
	out_text(c, "state", NULL, order_state_name(card.order.state));
	out_bool(c, "held", NULL, card.order.held != 0);
	out_text(c, "holds", NULL, card.order.holds);
	out_end(c);
	order_card_free(&card);
}

/* The way most verbs go: NO and a few options, then a session and the id. */
static int
begin(struct cli *c, int argc, char **argv, const struct arg *args,
    const char **no, int64_t *id)
{
	struct arg_list rest;
	int rc = args_parse(c, argc, argv, args, 1, 1, &rest);

	if (rc == 0)
		rc = cli_session(c);
	if (rc != 0)
		return rc;
	*no = rest.v[0];
	return order_id(c, *no, id) != 0 ? cli_failed(c) : 0;
}

static int
verb_hold(struct cli *c, int argc, char **argv)
{
	const char *reason = "manual", *note = "", *until = "", *no;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ .name = "--note", .value = &note },
		{ .name = "--until", .value = &until },
		{ 0 },
	};
	int64_t id, at;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc != 0)
		return rc;
	if (order_hold_when(c->s, id, until, &at) != 0 ||
	    order_hold_until(c->s, id, reason, note, at) != 0)
		return cli_failed(c);
	out_sentence(
	    c, _("Order %s is on hold: %s"), no, order_hold_text(reason));
	order_told(c, id);
	return CLI_OK;
}

static int
verb_release(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL, *note = "", *no;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ .name = "--note", .value = &note },
		{ 0 },
	};
	int64_t id;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc != 0)
		return rc;
	if (order_release(c->s, id, reason, note) != 0)
		return cli_failed(c);
	out_sentence(c, _("The hold of order %s is cleared"), no);
	order_told(c, id);
	return CLI_OK;
}

static int
verb_cancel(struct cli *c, int argc, char **argv)
{
	const char *reason = NULL, *no;
	const struct arg args[] = {
		{ .name = "--reason", .value = &reason },
		{ 0 },
	};
	int64_t id;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc != 0)
		return rc;
	if (reason == NULL)
		return cli_misused(c, _("The option %s is needed"), "--reason");
	if (order_cancel(c->s, id, reason) != 0)
		return cli_failed(c);
	out_sentence(c, _("Order %s is closed"), no);
	order_told(c, id);
	return CLI_OK;
}

/* Change what is given, leave the rest. */
static int
remark(struct cli *c, int64_t id, const char *memo, const char *flag)
{
	struct order_remark edit = { 0 };
	struct order_card card = { 0 };
	int64_t version;
	int rc = order_card(c->s, id, &card);

	if (rc != 0)
		return cli_failed(c);
	version = card.order.version;
	edit.flag = card.order.flag;
	rc = args_copy(c, "--memo", edit.memo, sizeof(edit.memo),
	    memo != NULL ? memo : card.order.memo);
	order_card_free(&card);
	if (rc == 0 && flag != NULL)
		rc = args_count(c, "--flag", flag, &edit.flag);
	if (rc != 0)
		return rc;
	return order_remark(c->s, id, version, &edit) != 0 ? cli_failed(c) : 0;
}

static int
verb_remark(struct cli *c, int argc, char **argv)
{
	const char *memo = NULL, *flag = NULL, *no;
	const struct arg args[] = {
		{ .name = "--memo", .value = &memo },
		{ .name = "--flag", .value = &flag },
		{ 0 },
	};
	int64_t id;
	int rc = begin(c, argc, argv, args, &no, &id);

	if (rc != 0)
		return rc;
	if (memo == NULL && flag == NULL)
		return cli_misused(c, _("Give --memo or --flag"));
	rc = remark(c, id, memo, flag);
	if (rc != 0)
		return rc;
	out_sentence(c, _("The remark of order %s is saved"), no);
	order_told(c, id);
	return CLI_OK;
}

const struct command order_verbs[] = {
	{ "add", SALE_USAGE " [--cod] [--business [--terms DAYS]]",
	    N_("Makes an order by hand, unpaid. --customer is somebody known; "
	       "--nick and --to, name, phone and address in any order, anybody. "
	       "Without a price a line has the buyer's. --cod is paid at the "
	       "door; --business is for a company, which pays later by "
	       "--terms."),
	    order_verb_add, NULL },
	{ "copy", "NO", N_("The same goods to the same hands once more."),
	    order_verb_copy, NULL },
	{ "reissue", "NO --reason TEXT [--line LINE[:QTY]]...",
	    N_("Sends an order again for nothing, or some lines of it."),
	    order_verb_reissue, NULL },
	{ "ship",
	    "NO [--courier NAME --waybill NO] [--weight GRAMS] "
	    "[--material CODE] "
	    "[--part N] [--more] [--force] --scan CODE [--scan CODE]...",
	    N_("Packs, checks and ships in one step. CODE is a barcode or a "
	       "product code, given once a piece. With --more what is missing "
	       "goes in another parcel; --force: whatever it weighs."),
	    order_verb_ship, NULL },
	{ "pack",
	    "NO --courier NAME --waybill NO [--material CODE] [--part N] "
	    "[--more] --scan CODE [--scan CODE]...",
	    N_("The same for shops that weigh elsewhere: the parcel waits for "
	       "the scale."),
	    order_verb_pack, NULL },
	{ "weigh", "WAYBILL|NO GRAMS [--force]",
	    N_("Ships what was packed, at the scale."), order_verb_weigh,
	    NULL },
	{ "unpack", "WAYBILL|NO",
	    N_("Opens a parcel again that waits for the scale."),
	    order_verb_unpack, NULL },
	{ "unship", "WAYBILL --reason TEXT",
	    N_("Takes a shipment back that was a mistake, while the parcel "
	       "is here and no platform knows of it."),
	    order_verb_unship, NULL },
	{ "split",
	    "NO --move LINE:QTY[:PART] [--move ...]... [--warehouse "
	    "PART:NAME]...",
	    N_("Splits an order into parts that are shipped one by one: QTY "
	       "pieces of a line go in part 2, or in PART."),
	    order_verb_split, NULL },
	{ "unsplit", "NO", N_("Undoes that, until something is sent."),
	    order_verb_unsplit, NULL },
	{ "merge", "NO NO...",
	    N_("Several orders of one buyer go in one parcel."),
	    order_verb_merge, NULL },
	{ "unmerge", "NO",
	    N_("Undoes that: one goes by itself again, or, of the leading "
	       "one, all do."),
	    order_verb_unmerge, NULL },
	{ "route", "NO... [--warehouse NAME] | --all",
	    N_("Decides from which warehouse orders go: from one that has all "
	       "of it, the cheapest to the address. With one warehouse there "
	       "is nothing to decide."),
	    order_verb_route, NULL },
	{ "hold", "NO [--reason REASON] [--note TEXT] [--until WHEN]",
	    N_("Stops an order. Reasons: refund, address, stock, manual. With "
	       "--until it goes on by itself: +2h, 14:00, tomorrow, "
	       "2026-11-30 9:00, promised."),
	    verb_hold, NULL },
	{ "release", "NO [--reason REASON] [--note TEXT]",
	    N_("Clears one reason of a hold, or all that a person may clear."),
	    verb_release, NULL },
	{ "confirm",
	    "NO [--what FACT,...] [--channel NAME] [--note TEXT] [--show]",
	    N_("Records what was confirmed with the buyer: name, phone, "
	       "address, attrs, ship_date, delivery; without --what all that "
	       "the order needs. --show: what stands."),
	    order_verb_confirm, NULL },
	{ "attr",
	    "NO [LINE NAME=VALUE...] [--again | --confirm] [--reason TEXT] "
	    "[--loss YUAN]",
	    N_("Types what is made to order, such as width=1.24m; --again by "
	       "somebody else, --confirm while the buyer confirms it. A "
	       "correction needs its reason. Without a line: what stands."),
	    order_verb_attr, NULL },
	{ "remark", "NO [--memo TEXT] [--flag 0-5]",
	    N_("Sets the seller's remark and its flag: 1 red, 2 yellow, 3 "
	       "green, 4 blue, 5 purple."),
	    verb_remark, NULL },
	{ "edit",
	    "NO [--receiver NAME] [--phone NO] [--province P] [--city C] "
	    "[--district D] [--address TEXT] [--price LINE=YUAN]... "
	    "[--postage YUAN] [--discount YUAN] [--delivery HOW] "
	    "[--promised DAY] [--agent LOGIN] [--courier NAME] [--remark TEXT] "
	    "[--flag 0-5]",
	    N_("Changes an order before it is shipped; the rest stays. HOW is "
	       "courier, collect, building or installed. Without a courier's "
	       "name the rules of review may say one."),
	    order_verb_edit, NULL },
	{ "cancel", "NO --reason TEXT",
	    N_("Closes an order that was not shipped and frees its stock."),
	    verb_cancel, NULL },
	{ "reopen", "NO [--note TEXT]",
	    N_("Opens an order again that was cancelled here."),
	    order_verb_reopen, NULL },
	{ NULL, NULL, NULL, NULL, NULL },
};
