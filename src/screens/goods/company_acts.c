/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "company_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/companies.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* clang-format off */
#define EDIT struct company_edit
static const struct field company_fields[] = {
	{ FIELD_CHARS(EDIT, name, FIELD_TEXT, N_("Company"), FIELD_REQUIRED) },
	{ FIELD_CHARS(EDIT, supplier, FIELD_PICK, N_("Supplier"), 0),
	    .choices = variant_made },
	{ FIELD_CHARS(EDIT, carrier, FIELD_PICK, N_("Courier company"), 0),
	    .choices = variant_made },
	{ FIELD_CHARS(EDIT, buyer, FIELD_PICK, N_("Business customer"), 0),
	    .choices = variant_made },
	{ FIELD_CHARS(EDIT, contact, FIELD_TEXT, N_("Contact person"), 0) },
	{ FIELD_CHARS(EDIT, phone, FIELD_TEXT, N_("Phone"), 0) },
	{ FIELD_CHARS(EDIT, address, FIELD_TEXT, N_("Address"), 0) },
	{ FIELD_CHARS(EDIT, bank, FIELD_TEXT, N_("Bank"), 0) },
	{ FIELD_CHARS(EDIT, account, FIELD_TEXT, N_("Bank account"), 0) },
	{ FIELD_CHARS(EDIT, tax_no, FIELD_TEXT, N_("Tax no."), 0) },
	{ FIELD_NUM(EDIT, lead_days, FIELD_COUNT, N_("Lead days"), 0),
	    .hint = N_("from order to goods") },
	{ FIELD_NUM(EDIT, cycle_days, FIELD_COUNT, N_("Cycle days"), 0),
	    .hint = N_("between two orders") },
	{ FIELD_NUM(EDIT, min_total, FIELD_MONEY, N_("Smallest order"), 0),
	    .hint = N_("yuan") },
	{ FIELD_NUM(EDIT, terms_days, FIELD_COUNT, N_("Terms days"), 0),
	    .hint = N_("until payment") },
	{ FIELD_CHARS(EDIT, courier, FIELD_TEXT, N_("Courier"), 0),
	    .hint = N_("of a courier company: name or code") },
	{ FIELD_CHARS(EDIT, customer, FIELD_TEXT, N_("Customer's nick"), 0),
	    .hint = N_("of a business customer") },
	{ FIELD_CHARS(EDIT, note, FIELD_TEXT, N_("Company note"), 0) },
	{ .name = NULL },
};
/* clang-format on */

struct saving {
	struct session *s;
	int64_t id, version; /* 0: a new one */
};

static int
save(void *arg, const void *record)
{
	struct saving *sv = arg;

	if (sv->id == 0)
		return company_add(sv->s, record, &sv->id);
	return company_save(sv->s, sv->id, sv->version, record);
}

static int
fill_in(struct screen *sc, const char *title, struct saving *sv,
    struct company_edit *e)
{
	int rc = ui_form(sc->ui, title, company_fields, e, save, sv);

	if (rc > 0)
		ui_say(sc->ui, _("%s is saved."), e->name);
	return rc < 0 ? rc : 0;
}

int
act_company_new(struct screen *sc, unsigned kind)
{
	const struct company none = { .kind_bits = kind,
		.name = "",
		.contact = "",
		.phone = "",
		.address = "",
		.bank = "",
		.account = "",
		.tax_no = "",
		.note = "",
		.courier = "",
		.customer = "",
		.active = 1 };
	struct saving sv = { .s = session_of(sc) };
	struct company_edit e;

	company_edit_from(&e, &none);
	return fill_in(sc, _("New company"), &sv, &e);
}

int
act_company_edit(struct screen *sc, const struct company *c)
{
	struct saving sv = {
		.s = session_of(sc),
		.id = c->id,
		.version = c->version,
	};
	struct company_edit e;

	company_edit_from(&e, c);
	return fill_in(sc, _("Company"), &sv, &e);
}

int
act_company_turn(struct screen *sc, const struct company *c)
{
	char name[NAME_ROOM];
	bool close = c->active != 0;
	int rc;

	copy_text(name, sizeof(name), c->name);
	if (close &&
	    !ui_confirm(sc->ui, _("Close it"),
		_("Close %s? Nothing is ordered from it any more; what was "
		  "stays."),
		name))
		return 0;
	rc = close ? company_close(session_of(sc), c->id)
		   : company_reopen(session_of(sc), c->id);
	if (rc == 0)
		ui_say(sc->ui,
		    close ? _("%s is closed.") : _("%s is open again."), name);
	return rc;
}

char *
show_kinds(char *buf, size_t size, const struct company *c)
{
	static const char *const words[] = { "supplier", "courier",
		"customer" };
	size_t n = 0, i;

	buf[0] = '\0';
	for (i = 0; i < 3; i++) {
		if ((c->kind_bits & (1 << i)) == 0)
			continue;
		snprintf(buf + n, size - n, "%s%s",
		    n > 0 ? C_("list", ", ") : "", company_kind_text(words[i]));
		n = strlen(buf);
	}
	return buf;
}
