/* SPDX-License-Identifier: MIT */
#include <stdio.h>

#include "list.h"
#include "screens_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
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

static int
transfer(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	struct stock_entry e = { .qty = 0 };
	const char *bin = arg;
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
	return stock_transfer(session_of(sc), &e, bin, &slip_id);
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
	char bin[32] = "", label[200];
	const struct list_job job = { _("Writing slips"), transfer, name,
		said_transfer, bin };
	size_t n = list_marked(sc);

	snprintf(label, sizeof(label),
	    ngettext("Put %zu product in which bin?",
		"Put %zu products in which bin?", n),
	    n);
	if (!ui_ask(sc->ui, label, bin, sizeof(bin)))
		return 0;
	return list_each(sc, &job);
}

struct levels {
	int64_t reorder_at, target_level;
};

static const struct field level_fields[] = {
	{ FIELD_NUM(
	      struct levels, reorder_at, FIELD_COUNT, N_("Reorder at"), 0),
	    .hint = N_("0: never") },
	{ FIELD_NUM(
	    struct levels, target_level, FIELD_COUNT, N_("Fill up to"), 0) },
	{ .name = NULL },
};

static int
set_levels(struct session *s, int64_t id, const struct levels *levels)
{
	const struct variant *v;
	struct page page = { 0 };
	struct variant_edit edit;
	int64_t version;
	int rc;

	rc = variant_get(s, id, &page);
	if (rc < 0)
		return rc;
	v = page_row(&page, 0);
	version = v->version;
	variant_edit_from(&edit, v);
	page_free(&page);
	edit.reorder_at = levels->reorder_at;
	edit.target_level = levels->target_level;
	return variant_save(s, id, version, &edit);
}

struct level_save {
	struct session *s;
	int64_t id; /* 0: many, which are judged one by one */
	struct levels levels;
};

static int
save_levels(void *arg, const void *record)
{
	struct level_save *save = arg;

	save->levels = *(const struct levels *)record;
	return save->id != 0 ? set_levels(save->s, save->id, &save->levels) : 0;
}

int
act_levels(struct screen *sc, const struct variant *v)
{
	struct level_save save = { .s = session_of(sc), .id = v->id };
	struct levels levels = { v->reorder_at, v->target_level };
	char title[160], sku[64];
	int rc;

	copy_text(sku, sizeof(sku), v->sku_code);
	snprintf(title, sizeof(title), _("Levels of %s"), sku);
	rc = ui_form(sc->ui, title, level_fields, &levels, save_levels, &save);
	if (rc > 0)
		ui_say(sc->ui, _("%s is saved."), sku);
	return rc < 0 ? rc : 0;
}

static int
levels_of(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct level_save *save = arg;

	(void)err;
	return set_levels(session_of(sc), id, &save->levels);
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
	struct level_save save = { .s = session_of(sc) };
	const struct list_job job = { _("Saving products"), levels_of, name,
		said_levels, &save };
	struct levels levels = { 0, 0 };
	size_t n = list_marked(sc);
	char title[96];
	int rc;

	snprintf(title, sizeof(title),
	    ngettext("Levels of %zu product", "Levels of %zu products", n), n);
	rc = ui_form(sc->ui, title, level_fields, &levels, save_levels, &save);
	return rc > 0 ? list_each(sc, &job) : rc;
}
