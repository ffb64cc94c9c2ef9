/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "screens_priv.h"
#include "shelf.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/secret.h"
#include "shopmgr/domain/bins.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/domain/staff.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

struct password_form {
	char old[128], password[128], again[128];
};

static const struct field password_fields[] = {
	{ FIELD_CHARS(struct password_form, old, FIELD_SECRET,
	    N_("Password now"), FIELD_REQUIRED) },
	{ FIELD_CHARS(struct password_form, password, FIELD_SECRET,
	      N_("New password"), FIELD_REQUIRED),
	    .hint = N_("8 characters or more") },
	{ FIELD_CHARS(struct password_form, again, FIELD_SECRET,
	    N_("Once more"), FIELD_REQUIRED) },
	{ .name = NULL },
};

static int
save_password(void *arg, const void *record)
{
	const struct password_form *form = record;
	struct session *s = arg;
	int rc = password_twice(s, form->password, form->again);

	return rc < 0 ? rc : staff_password(s, form->old, form->password);
}

int
cmd_password(struct screen *sc)
{
	struct password_form form = { .old = "" };
	int rc;

	rc = ui_form(sc->ui, _("Change my password"), password_fields, &form,
	    save_password, session_of(sc));
	secret_wipe(&form, sizeof(form));
	if (rc > 0)
		ui_say(sc->ui, "%s", _("The password is changed."));
	return rc < 0 ? rc : 0;
}

static int
opened(struct screen *sc, const char *name, const void *arg)
{
	int rc = ui_open(sc->ui, name, arg);

	return rc < 0 ? rc : 1;
}

/* What the role may not see is as good as not there. */
static bool
is_none(int rc)
{
	return rc == ERR_NOTFOUND || rc == ERR_DENIED;
}

int
scan_open(struct screen *sc, const char *code)
{
	struct session *s = session_of(sc);
	struct order_arg order;
	struct stock_arg stock = { .code = code };
	struct bin_arg bin;
	int64_t id;
	int rc;

	rc = order_by_no(s, code, &order.id);
	if (rc == 0)
		return opened(sc, "order", &order);
	if (!is_none(rc)) /* two shops have an order of that number, say */
		return rc;
	if ((rc = variant_by_code(s, code, &id)) == 0)
		return opened(sc, "stock", &stock);
	if (is_none(rc) && (rc = bin_scan_anywhere(s, code, &bin.id)) == 0)
		return opened(sc, "bin", &bin);
	return is_none(rc) ? 0 : rc;
}

int
scan_anywhere(struct screen *sc, const char *code)
{
	int rc = scan_open(sc, code);

	if (rc != 0)
		return rc;
	ui_bell(sc->ui, 0);
	ui_complain(sc->ui,
	    _("No order, parcel, product or bin has the code %s."), code);
	return 1;
}
