/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/inventory.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"
#include "stock_acts.h"

/* One answer for all the products that are selected. */

static void
name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	const struct variant *v;
	struct page page = { 0 };

	if (variant_get(session_of(sc), id, &page) < 0) {
		copy_text(buf, size, _("a product that is gone"));
		return;
	}
	v = page_row(&page, 0);
	snprintf(buf, size, "%s %s", v->sku_code, v->name);
	page_free(&page);
}

struct goal {
	char bin[NAME_ROOM];
	bool make; /* the first makes it, the others find it */
};

static int
transfer(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct goal *to = arg;
	struct stock_entry e = { .new_bin = to->make };
	const struct variant *v;
	struct page page = { 0 };
	int64_t slip_id;
	int rc;

	(void)err;
	rc = variant_get(session_of(sc), id, &page);
	if (rc < 0)
		return rc;
	v = page_row(&page, 0);
	copy_text(e.sku, sizeof(e.sku), v->sku_code);
	e.qty = v->on_hand;
	page_free(&page);
	return stock_transfer(session_of(sc), &e, to->bin, &slip_id);
}

static void
said_transfer(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu product has another bin now.",
		"%zu products have another bin now.", n),
	    n);
}

int
act_transfer_many(struct screen *sc)
{
	struct goal to = { .make = false };
	const struct list_job job = { _("Writing slips"), transfer, name,
		said_transfer, &to };
	char label[200];
	size_t n = list_marked(sc);

	snprintf(label, sizeof(label),
	    ngettext("Put %zu product in which bin?",
		"Put %zu products in which bin?", n),
	    n);
	if (!ui_ask(sc->ui, label, to.bin, sizeof(to.bin)) ||
	    !act_bin_wanted(sc, 0, to.bin, &to.make))
		return 0;
	return list_each(sc, &job);
}

/* Of many, each is empty where it stays as it is. */
struct levels {
	char reorder_at[24], target_level[24];
};

static const struct field level_fields[] = {
	{ FIELD_CHARS(
	      struct levels, reorder_at, FIELD_TEXT, N_("Reorder at"), 0),
	    .hint = N_("0: never; empty: as it is") },
	{ FIELD_CHARS(
	      struct levels, target_level, FIELD_TEXT, N_("Fill up to"), 0),
	    .hint = N_("empty: as it is") },
	{ .name = NULL },
};

/* Without something in it, nothing changes. */
static int
read_level(const char *text, const char *field, int64_t *n, struct err *err)
{
	if (text[strspn(text, " ")] == '\0' || count_sum(text, n) == 0)
		return 0;
	return err_set(err, ERR_INVALID, field, "%s",
	    _("A whole number is wanted here, such as 40 or 3*12+4"));
}

static int
set_levels(
    struct session *s, int64_t id, const struct levels *levels, struct err *err)
{
	struct page page = { 0 };
	struct variant_edit edit;
	int64_t version;
	int rc;

	rc = variant_get(s, id, &page);
	if (rc < 0)
		return rc;
	version = ((const struct variant *)page_row(&page, 0))->version;
	variant_edit_from(&edit, page_row(&page, 0));
	page_free(&page);
	rc =
	    read_level(levels->reorder_at, "reorder_at", &edit.reorder_at, err);
	if (rc == 0)
		rc = read_level(levels->target_level, "target_level",
		    &edit.target_level, err);
	return rc < 0 ? rc : variant_save(s, id, version, &edit);
}

static int
note_levels(void *arg, const void *record)
{
	*(struct levels *)arg = *(const struct levels *)record;
	return 0;
}

static int
levels_of(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	return set_levels(session_of(sc), id, arg, err);
}

static void
said_levels(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("The levels of %zu product are saved.",
		"The levels of %zu products are saved.", n),
	    n);
}

int
act_levels_many(struct screen *sc)
{
	struct levels levels = { .reorder_at = "" }, typed;
	const struct list_job job = { _("Saving products"), levels_of, name,
		said_levels, &typed };
	size_t n = list_marked(sc);
	char title[96];
	int rc;

	snprintf(title, sizeof(title),
	    ngettext("Levels of %zu product", "Levels of %zu products", n), n);
	rc = ui_form(sc->ui, title, level_fields, &levels, note_levels, &typed);
	return rc > 0 ? list_each(sc, &job) : rc;
}
