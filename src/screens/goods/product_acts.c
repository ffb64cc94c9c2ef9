/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../review/review_acts.h"
#include "../stock/stock_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What is done to products and to what suppliers sell, by forms. */

/* clang-format off */
static const struct field variant_fields[] = {
	{ FIELD_CHARS(struct variant_edit, sku_code, FIELD_TEXT,
	    N_("SKU"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct variant_edit, product, FIELD_TEXT,
	    N_("Product"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct variant_edit, name, FIELD_TEXT,
	    N_("Product name"), 0), .hint = N_("empty: as the product") },
	{ FIELD_CHARS(struct variant_edit, barcodes, FIELD_TEXT,
	    N_("Barcodes"), FIELD_LIST), .hint = N_("with blanks between") },
	{ FIELD_CHARS(struct variant_edit, bin, FIELD_TEXT, N_("Bin"), 0) },
	{ FIELD_NUM(struct variant_edit, price, FIELD_MONEY,
	    N_("Price"), 0), .hint = N_("yuan") },
	{ FIELD_NUM(struct variant_edit, weight, FIELD_COUNT,
	    N_("Weight"), 0), .hint = N_("grams") },
	{ FIELD_NUM(struct variant_edit, reorder_at, FIELD_COUNT,
	    N_("Reorder at"), 0), .hint = N_("0: never") },
	{ FIELD_NUM(struct variant_edit, target_level, FIELD_COUNT,
	    N_("Fill up to"), 0) },
	{ FIELD_CHARS(struct variant_edit, made, FIELD_PICK,
	    N_("Made to order"), 0), .choices = variant_made },
	{ FIELD_NUM(struct variant_edit, length, FIELD_COUNT,
	    N_("Length (mm)"), 0) },
	{ FIELD_NUM(struct variant_edit, width, FIELD_COUNT,
	    N_("Width (mm)"), 0) },
	{ FIELD_NUM(struct variant_edit, height, FIELD_COUNT,
	    N_("Height (mm)"), 0) },
	{ FIELD_CHARS(struct variant_edit, category, FIELD_TEXT,
	    N_("Category"), 0), .hint = N_("with / between") },
	{ FIELD_CHARS(struct variant_edit, brand, FIELD_TEXT,
	    N_("Brand"), 0) },
	{ FIELD_CHARS(struct variant_edit, unit, FIELD_TEXT, N_("Unit"), 0) },
	{ FIELD_NUM(struct variant_edit, guarantee_days, FIELD_COUNT,
	    N_("Guarantee days"), 0), .hint = N_("0: none") },
	{ FIELD_CHARS(struct variant_edit, guarantee, FIELD_TEXT,
	    N_("Guarantee"), 0) },
	{ FIELD_CHARS(struct variant_edit, note, FIELD_TEXT,
	    N_("Product note"), 0) },
	{ FIELD_CHARS(struct variant_edit, images, FIELD_TEXT,
	    N_("Pictures"), 0), .hint = N_("paths, with ; between") },
	{ .name = NULL },
};

#define OFFER struct supplier_item_edit
#define OFFER_FIELDS(sku, supplier) \
	{ FIELD_CHARS(OFFER, sku_code, FIELD_TEXT, N_("SKU"), \
	    FIELD_REQUIRED | (sku)), .hint = N_("or barcode") }, \
	{ FIELD_CHARS(OFFER, company, FIELD_TEXT, N_("Supplier"), \
	    FIELD_REQUIRED | (supplier)), .hint = N_("name or initials") }, \
	{ FIELD_CHARS(OFFER, code, FIELD_TEXT, N_("Supplier's code"), 0) }, \
	{ FIELD_NUM(OFFER, price, FIELD_MONEY, N_("Purchase price"), 0), \
	    .hint = N_("yuan each") }, \
	{ FIELD_NUM(OFFER, min_qty, FIELD_COUNT, N_("Smallest quantity"), \
	    0) }, \
	{ FIELD_NUM(OFFER, pack_qty, FIELD_COUNT, N_("Pack size"), 0), \
	    .hint = N_("ordered in multiples of it") }, \
	{ FIELD_CHARS(OFFER, first, FIELD_PICK, N_("First choice"), 0), \
	    .choices = variant_made }, \
	{ .name = NULL }
static const struct field offer_fields[] = { OFFER_FIELDS(0, 0) };
static const struct field offer_of_product[] = { OFFER_FIELDS(FIELD_FIXED, 0) };
static const struct field offer_of_company[] = { OFFER_FIELDS(0, FIELD_FIXED) };
static const struct field offer_fixed[] = {
	OFFER_FIELDS(FIELD_FIXED, FIELD_FIXED) };
/* clang-format on */

struct variant_save {
	struct session *s;
	int64_t id, version; /* 0: a new one */
};

static int
save_variant(void *arg, const void *record)
{
	struct variant_save *save = arg;

	if (save->id == 0)
		return variant_add(save->s, record, &save->id);
	return variant_save(save->s, save->id, save->version, record);
}

static int
add(struct screen *sc, const char *title, struct variant_edit *edit)
{
	struct variant_save save = { .s = session_of(sc) };
	int rc =
	    ui_form(sc->ui, title, variant_fields, edit, save_variant, &save);

	if (rc > 0)
		ui_say(sc->ui, _("%s is in the catalogue. + receives goods."),
		    edit->sku_code);
	return rc < 0 ? rc : 0;
}

int
act_variant_new(struct screen *sc)
{
	struct variant_edit edit = { .sku_code = "" };

	copy_text(edit.made, sizeof(edit.made), variant_made[0]);
	return add(sc, _("New product"), &edit);
}

int
act_variant_another(struct screen *sc, const struct variant *v)
{
	struct variant_edit edit;

	variant_edit_from(&edit, v);
	edit.sku_code[0] = edit.barcodes[0] = edit.bin[0] = '\0';
	edit.reorder_at = edit.target_level = 0;
	return add(sc, _("One more variant"), &edit);
}

int
act_variant_edit(struct screen *sc, const struct variant *v)
{
	struct variant_save save = {
		.s = session_of(sc),
		.id = v->id,
		.version = v->version,
	};
	struct variant_edit edit;
	char title[96];
	int rc;

	variant_edit_from(&edit, v);
	snprintf(title, sizeof(title), _("Product %s"), v->sku_code);
	rc = ui_form(sc->ui, title, variant_fields, &edit, save_variant, &save);
	if (rc > 0)
		ui_say(sc->ui, _("%s is saved."), edit.sku_code);
	return rc < 0 ? rc : 0;
}

int
act_variant_turn(struct screen *sc, const struct variant *v)
{
	bool active = v->active == 0;
	char sku[64];
	int rc;

	copy_text(sku, sizeof(sku), v->sku_code);
	if (!active &&
	    !ui_confirm(sc->ui, _("Out of use"),
		_("Take %s out of use? It is neither bought nor newly mapped; "
		  "what there is of it is still sold."),
		sku))
		return 0;
	rc = variant_active(session_of(sc), v->id, active);
	if (rc < 0)
		return rc;
	ui_say(sc->ui,
	    active ? _("%s is in use again.") : _("%s is not used any more."),
	    sku);
	return 0;
}

static int
save_offer(void *arg, const void *record)
{
	return supplier_item_set(arg, record);
}

/* The supplier as he is called, of what was typed for him. */
static void
name_supplier(struct session *s, char *typed, size_t size)
{
	struct page page;
	int64_t id;

	if (company_by_name(s, typed, &id) < 0 || company_get(s, id, &page) < 0)
		return;
	copy_text(
	    typed, size, ((const struct company *)page_row(&page, 0))->name);
	page_free(&page);
}

int
act_offer(struct screen *sc, const char *sku_code, const char *company,
    const struct supplier_item *i)
{
	const struct field *fields = i != NULL          ? offer_fixed
				     : sku_code != NULL ? offer_of_product
				     : company != NULL  ? offer_of_company
							: offer_fields;
	struct supplier_item_edit e = { .min_qty = 1, .pack_qty = 1 };
	int rc;

	copy_text(e.first, sizeof(e.first), variant_made[0]);
	if (i != NULL)
		supplier_item_edit_from(&e, i);
	if (sku_code != NULL)
		copy_text(e.sku_code, sizeof(e.sku_code), sku_code);
	if (company != NULL)
		copy_text(e.company, sizeof(e.company), company);
	rc = ui_form(sc->ui, i != NULL ? _("Supplier's offer") : _("New offer"),
	    fields, &e, save_offer, session_of(sc));
	if (rc <= 0)
		return rc;
	name_supplier(session_of(sc), e.company, sizeof(e.company));
	ui_say(sc->ui, _("%s from %s is saved."), e.sku_code, e.company);
	return 0;
}

int
act_offer_drop(struct screen *sc, const struct supplier_item *i)
{
	char what[200];
	int rc;

	snprintf(what, sizeof(what), "%s · %s", i->company, i->sku_code);
	if (!ui_confirm(sc->ui, _("Take away"),
		_("Take the offer %s away? Its prices stay in the history."),
		what))
		return 0;
	rc = supplier_item_drop(session_of(sc), i->variant_id, i->company_id);
	if (rc == 0)
		ui_say(sc->ui, _("%s is taken away."), what);
	return rc;
}
