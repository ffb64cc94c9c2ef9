/* SPDX-License-Identifier: MIT */
#include <ctype.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"
#include "stock_acts.h"

/* clang-format off */
#define SKU_FIELD(flags) \
	{ FIELD_CHARS(struct stock_entry, sku, FIELD_TEXT, N_("SKU"), flags) }
#define QTY_FIELD(hint_) \
	{ FIELD_NUM(struct stock_entry, qty, FIELD_COUNT, N_("Qty"), \
	    FIELD_REQUIRED), .hint = (hint_) }
#define REASON_FIELD(flags) \
	{ FIELD_CHARS(struct stock_entry, reason, FIELD_TEXT, \
	    N_("Reason"), flags) }

static const struct field receive_fields[] = {
	{ FIELD_CHARS(struct stock_entry, sku, FIELD_TEXT, N_("SKU"),
	    FIELD_REQUIRED), .hint = N_("or barcode") },
	QTY_FIELD(NULL),
	{ FIELD_NUM(struct stock_entry, cost, FIELD_MONEY, N_("Cost"),
	    FIELD_REQUIRED), .hint = N_("yuan each") },
	{ FIELD_CHARS(struct stock_entry, bin, FIELD_TEXT, N_("Bin"), 0),
	    .hint = N_("empty: as it is") },
	{ FIELD_CHARS(struct stock_entry, supplier, FIELD_TEXT,
	    N_("Supplier"), 0) },
	REASON_FIELD(0),
	{ .name = NULL },
};
static const struct field adjust_fields[] = {
	SKU_FIELD(FIELD_FIXED),
	QTY_FIELD(N_("+ or -: the correction")),
	REASON_FIELD(FIELD_REQUIRED),
	{ .name = NULL },
};
static const struct field issue_fields[] = {
	SKU_FIELD(FIELD_FIXED),
	QTY_FIELD(NULL),
	REASON_FIELD(FIELD_REQUIRED),
	{ .name = NULL },
};
/* clang-format on */

struct slip_save {
	struct session *s;
	int (*post)(
	    struct session *s, const struct stock_entry *e, int64_t *slip_id);
};

static int
save_slip(void *arg, const void *record)
{
	const struct slip_save *save = arg;
	int64_t slip_id;

	return save->post(save->s, record, &slip_id);
}

/* "XP-20 pan", whatever code it was typed by. */
static const char *
goods_words(struct session *s, const char *code, char *buf, size_t size)
{
	const struct variant *v;
	struct page page = { 0 };
	int64_t id;

	copy_text(buf, size, code);
	if (variant_by_code(s, code, &id) == 0 &&
	    variant_get(s, id, &page) == 0) {
		v = page_row(&page, 0);
		snprintf(buf, size, "%s %s", v->sku_code, v->name);
		page_free(&page);
	}
	return buf;
}

/* A slip by a form; says what came of it. */
static int
post_slip(struct screen *sc, const struct variant *v, const char *title,
    const struct field *fields,
    int (*post)(struct session *, const struct stock_entry *, int64_t *))
{
	struct slip_save save = { .s = session_of(sc), .post = post };
	struct stock_entry e = { .qty = 0 };
	char qty[32], goods[300];
	int rc;

	if (v != NULL)
		copy_text(e.sku, sizeof(e.sku), v->sku_code);
	rc = ui_form(sc->ui, title, fields, &e, save_slip, &save);
	if (rc > 0)
		ui_say(sc->ui, _("%s: %s pieces are in the ledger."),
		    goods_words(save.s, e.sku, goods, sizeof(goods)),
		    show_signed(qty, sizeof(qty),
			post == stock_issue ? -e.qty : e.qty));
	return rc < 0 ? rc : 0;
}

int
act_receive(struct screen *sc, const struct variant *v)
{
	return post_slip(
	    sc, v, _("Receive goods"), receive_fields, stock_receive);
}

int
act_adjust(struct screen *sc, const struct variant *v)
{
	return post_slip(
	    sc, v, _("Correct the stock"), adjust_fields, stock_adjust);
}

int
act_issue(struct screen *sc, const struct variant *v)
{
	return post_slip(sc, v, _("Issue goods"), issue_fields, stock_issue);
}

bool
act_bin_wanted(
    struct screen *sc, int64_t warehouse_id, const char *bin, bool *make)
{
	int64_t id;

	*make = bin[0] != '\0' && bin_scan(session_of(sc), warehouse_id, bin,
				      &id) == ERR_NOTFOUND;
	return !*make ||
	       ui_confirm(sc->ui, _("Make it"),
		   _("There is no bin %s. Make one, and put the goods there?"),
		   bin);
}

int
act_transfer(struct screen *sc, const struct variant *v)
{
	struct stock_entry e = { .qty = 0 };
	char bin[NAME_ROOM], sku[64];
	int64_t slip_id;
	int rc;

	copy_text(sku, sizeof(sku), v->sku_code);
	copy_text(e.sku, sizeof(e.sku), v->sku_code);
	copy_text(bin, sizeof(bin), v->bin);
	e.qty = v->on_hand;
	if (!ui_ask(sc->ui, _("To which bin?"), bin, sizeof(bin)) ||
	    !act_bin_wanted(sc, 0, bin, &e.new_bin))
		return 0;
	rc = stock_transfer(session_of(sc), &e, bin, &slip_id);
	if (rc < 0)
		return rc;
	ui_say(sc->ui, _("%s lies in bin %s now."), sku, bin);
	return 0;
}

static int
look(struct table *t, struct variant_filter *filter, enum variant_order order)
{
	int rc;

	filter->order = order;
	rc = table_restart(t);
	return rc < 0 ? rc : table_selected(t) != NULL;
}

int
narrow_variants(struct table *t, struct variant_filter *filter,
    struct narrowing *n, const char *typed)
{
	char *p;
	int rc;

	copy_text(n->prefix, sizeof(n->prefix), typed);
	filter->prefix = typed[0] != '\0' ? n->prefix : NULL;
	if (filter->prefix == NULL)
		return table_restart(t);
	rc = look(t, filter, VARIANT_BY_SKU);
	if (rc == 0) {
		for (p = n->prefix; *p != '\0'; p++)
			*p = (char)toupper((unsigned char)*p);
		rc = look(t, filter, VARIANT_BY_SKU);
	}
	if (rc == 0) {
		copy_text(n->prefix, sizeof(n->prefix), typed);
		rc = look(t, filter, VARIANT_BY_NAME);
	}
	return rc < 0 ? rc : 0;
}
