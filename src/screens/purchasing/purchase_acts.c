/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/purchase.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What is done to one order to a supplier. */

struct save {
	struct session *s;
	int64_t id, version;
};

/* clang-format off */
#define HEAD struct purchase_edit
static const struct field head_fields[] = {
	{ FIELD_CHARS(HEAD, company, FIELD_TEXT, N_("Supplier"),
	    FIELD_REQUIRED), .hint = N_("name or its initials") },
	{ FIELD_CHARS(HEAD, warehouse, FIELD_TEXT, N_("Warehouse"), 0),
	    .hint = N_("empty: the main one") },
	{ FIELD_NUM(HEAD, expected, FIELD_DATE, N_("Expected"), 0),
	    .hint = N_("empty: as long as the supplier takes") },
	{ FIELD_NUM(HEAD, freight, FIELD_MONEY, N_("Freight"), 0),
	    .hint = N_("yuan") },
	{ FIELD_CHARS(HEAD, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};

#define LINE struct purchase_line_edit
#define SKU(flags) \
	{ FIELD_CHARS(LINE, sku_code, FIELD_TEXT, N_("Product"), flags), \
	    .hint = N_("code or barcode") }
#define QTY \
	{ FIELD_NUM(LINE, qty, FIELD_COUNT, N_("Pieces"), FIELD_REQUIRED), \
	    .hint = N_("0 takes it away") }
#define REASON \
	{ FIELD_CHARS(LINE, reason, FIELD_TEXT, N_("Reason"), FIELD_REQUIRED) }
static const struct field new_fields[] = {
	SKU(FIELD_REQUIRED),
	QTY,
	{ FIELD_NUM(LINE, price, FIELD_MONEY, N_("Price"), 0),
	    .hint = N_("yuan each; 0: as the supplier has it") },
	{ .name = NULL },
};
static const struct field new_ordered_fields[] = {
	SKU(FIELD_REQUIRED),
	QTY,
	{ FIELD_NUM(LINE, price, FIELD_MONEY, N_("Price"), 0),
	    .hint = N_("yuan each; 0: as the supplier has it") },
	REASON,
	{ .name = NULL },
};
static const struct field line_fields[] = {
	SKU(FIELD_FIXED),
	QTY,
	{ FIELD_NUM(LINE, price, FIELD_MONEY, N_("Price"), 0),
	    .hint = N_("yuan each") },
	{ .name = NULL },
};
static const struct field line_ordered_fields[] = {
	SKU(FIELD_FIXED),
	QTY,
	{ FIELD_NUM(LINE, price, FIELD_MONEY, N_("Price"), 0),
	    .hint = N_("yuan each") },
	REASON,
	{ .name = NULL },
};
/* clang-format on */

static int
save_new(void *arg, const void *record)
{
	struct save *save = arg;

	return purchase_add(save->s, record, NULL, 0, &save->id);
}

int
act_purchase_new(struct screen *sc, int64_t *id)
{
	struct save save = { .s = session_of(sc) };
	struct purchase_edit e = { .freight = 0 };
	int rc = ui_form(
	    sc->ui, _("New purchase order"), head_fields, &e, save_new, &save);

	if (rc > 0)
		*id = save.id;
	return rc < 0 ? rc : 0;
}

static int
save_head(void *arg, const void *record)
{
	const struct save *save = arg;

	return purchase_save(save->s, save->id, save->version, record);
}

int
act_purchase_edit(struct screen *sc, const struct purchase *p)
{
	struct save save = { session_of(sc), p->id, p->version };
	struct purchase_edit e;
	int rc;

	purchase_edit_from(&e, p);
	rc = ui_form(
	    sc->ui, _("Purchase order"), head_fields, &e, save_head, &save);
	return rc < 0 ? rc : 0;
}

static int
save_line(void *arg, const void *record)
{
	const struct save *save = arg;

	return purchase_line_set(save->s, save->id, save->version, record);
}

static int
save_new_line(void *arg, const void *record)
{
	struct purchase_line_edit e =
	    *(const struct purchase_line_edit *)record;

	if (e.price == 0)
		e.price = PURCHASE_PRICE_KNOWN;
	return save_line(arg, &e);
}

int
act_purchase_line(
    struct screen *sc, const struct purchase *p, const struct purchase_line *l)
{
	struct save save = { session_of(sc), p->id, p->version };
	struct purchase_line_edit e = { .qty = 1 };
	bool ordered = p->state != PURCHASE_DRAFT;
	int rc;

	/* Rather than refuse what was typed. */
	if (p->state >= PURCHASE_RECEIVED) {
		ui_say(sc->ui, _("%s is %s already"), p->purchase_no,
		    purchase_state_text(p->state));
		return 0;
	}
	if (l == NULL) {
		rc = ui_form(sc->ui, _("One more product"),
		    ordered ? new_ordered_fields : new_fields, &e,
		    save_new_line, &save);
	} else {
		e.qty = l->qty;
		e.price = l->price;
		copy_text(e.sku_code, sizeof(e.sku_code), l->sku_code);
		rc = ui_form(sc->ui, _("Line of the order"),
		    ordered ? line_ordered_fields : line_fields, &e, save_line,
		    &save);
	}
	return rc < 0 ? rc : 0;
}

int
act_purchase_order(struct screen *sc, const struct purchase *p)
{
	char no[32], total[MONEY_SIZE], least[MONEY_SIZE];
	int64_t id = p->id;
	int rc;

	copy_text(no, sizeof(no), p->purchase_no);
	money_show(p->total + p->freight, total);
	money_show(p->least, least);
	if (p->total < p->least
		? !ui_confirm(sc->ui, _("Order it"),
		      _("Order %s from %s for %s?\nThe supplier wants at "
			"least %s of an order."),
		      no, p->company, total, least)
		: !ui_confirm(sc->ui, _("Order it"),
		      _("Order %s from %s for %s?"), no, p->company, total))
		return 0;
	rc = purchase_order(session_of(sc), id);
	if (rc == 0)
		ui_say(sc->ui, _("%s is ordered; P prints it."), no);
	return rc;
}

static int
finish(struct screen *sc, const struct purchase *p, const char *question,
    const char *said,
    int (*how)(struct session *s, int64_t id, const char *reason))
{
	char no[32], reason[200] = "", label[120];
	int64_t id = p->id;
	int rc;

	copy_text(no, sizeof(no), p->purchase_no);
	snprintf(label, sizeof(label), _("%s: %s"), no, question);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	rc = how(session_of(sc), id, reason);
	if (rc == 0)
		ui_say(sc->ui, _("%s: %s"), no, said);
	return rc;
}

int
act_purchase_close(struct screen *sc, const struct purchase *p)
{
	return finish(sc, p, _("why will the rest not come?"),
	    _("closed; what did not come is not awaited"), purchase_close);
}

int
act_purchase_cancel(struct screen *sc, const struct purchase *p)
{
	return finish(
	    sc, p, _("why is it cancelled?"), _("cancelled"), purchase_cancel);
}

int
act_purchase_copy(struct screen *sc, const struct purchase *p, int64_t *id)
{
	char no[32];
	int64_t left;
	int rc;

	copy_text(no, sizeof(no), p->purchase_no);
	rc = purchase_copy(session_of(sc), p->id, id, &left);
	if (rc == 0 && left > 0)
		ui_say(sc->ui,
		    _("Like %s; left out, as it is not bought any more: "
		      "%lld."),
		    no, (long long)left);
	else if (rc == 0)
		ui_say(sc->ui, _("Like %s, at today's prices."), no);
	return rc;
}

int
act_purchase_join(struct screen *sc, const int64_t *ids, size_t n)
{
	int64_t into;
	int rc;

	if (!ui_confirm(sc->ui, _("Join"),
		ngettext("Make one order of %zu order? The oldest stays.",
		    "Make one order of %zu orders? The oldest stays.", n),
		n))
		return 0;
	if ((rc = purchase_join(session_of(sc), ids, n, &into)) < 0)
		return rc;
	ui_say(sc->ui, _("All of it is in PO-%06lld now."), (long long)into);
	return 1;
}

const char *
purchase_label(const struct cmd *cmd, const struct purchase *p)
{
	const int64_t state = p != NULL ? p->state : PURCHASE_ALL;
	const struct {
		const char *name;
		bool now;
	} acts[] = {
		{ "purchase-order", state == PURCHASE_DRAFT },
		{ "purchase-edit", state < PURCHASE_RECEIVED },
		{ "purchase-add-line", state < PURCHASE_RECEIVED },
		{ "purchase-edit-line", state < PURCHASE_RECEIVED },
		{ "purchase-receive",
		    state == PURCHASE_ORDERED || state == PURCHASE_PART },
		{ "purchase-close", state == PURCHASE_PART },
		{ "purchase-cancel", state <= PURCHASE_ORDERED },
		{ "purchase-print", state < PURCHASE_CANCELLED },
	};
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (strcmp(acts[i].name, cmd->name) == 0)
			return acts[i].now ? cmd->label : NULL;
	return cmd->label;
}

char *
purchase_here(
    char *buf, size_t size, const struct purchase *p, enum style *style)
{
	char n[32], more[32];

	show_count(n, sizeof(n), p->received);
	copy_text(buf, size, n);
	if (p->scanned > 0) {
		*style = STYLE_ACCENT;
		snprintf(buf, size, "%s +%s", n,
		    show_count(more, sizeof(more), p->scanned));
	}
	return buf;
}

char *
purchase_due(
    char *buf, size_t size, const struct purchase *p, enum style *style)
{
	char span[TIME_SIZE], day[TIME_SIZE];

	buf[0] = '\0';
	if (p->late) {
		*style = STYLE_BAD;
		snprintf(buf, size, _("%s late"),
		    time_apart(p->expected_at, time_now(), span));
	} else if (p->expected_at != 0) {
		copy_text(buf, size, day_text(time_day(p->expected_at), day));
	}
	return buf;
}
