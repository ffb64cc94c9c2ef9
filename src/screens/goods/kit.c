/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/money.h"
#include "shopmgr/domain/kits.h"
#include "shopmgr/domain/products.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* What a kit is made up of. A scan puts one more piece of what it is of in. */

struct state {
	struct list list;
	int64_t variant_id;
	char name[NAME_ROOM];
	int64_t makes; /* kits, of what there is; -1: it is no kit */
};

/* clang-format off */
static const struct column columns[] = {
	{ N_("SKU"), 12, 0, 0, COLUMN_WHOLE, 0 },
	{ N_("Product name"), 16, 4, 0, COLUMN_ENDS, 0 },
	{ N_("In a kit"), 8, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Available"), 9, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Makes kits"), 10, 0, 0, COLUMN_RIGHT, 0 },
	{ N_("Weight"), 9, 0, 1, COLUMN_RIGHT, 0 },
	{ N_("Cost"), 10, 0, 2, COLUMN_RIGHT, 0 },
	{ .title = NULL },
};
/* clang-format on */

/* How many kits so many pieces make. */
static int64_t
kits_of(int64_t available, int64_t qty)
{
	return available > 0 ? available / qty : 0;
}

static void
cell(const void *row, int col, char *buf, size_t size, enum style *style)
{
	const struct kit_row *p = row;

	switch (col) {
	case 0:
		copy_text(buf, size, p->part_sku);
		break;
	case 1:
		copy_text(buf, size, p->part);
		break;
	case 2:
		show_count(buf, size, p->qty);
		break;
	case 3:
		show_count(buf, size, p->available);
		break;
	case 4:
		if (p->available < p->qty)
			*style = STYLE_WARN;
		show_count(buf, size, kits_of(p->available, p->qty));
		break;
	case 5:
		show_weight(buf, size, p->weight);
		break;
	case 6:
		show_money_or_none(buf, size, p->unit_cost * p->qty);
		break;
	}
}

static int
fetch(void *arg, enum page_dir dir, const void *from, size_t limit,
    struct page *out)
{
	const struct screen *sc = arg;
	const struct state *st = sc->state;

	return kit_rows(session_of(sc), st->variant_id, dir, from, limit, out);
}

static const struct table_source source = {
	.columns = columns,
	.row_size = sizeof(struct kit_row),
	.fetch = fetch,
	.id = list_row_id,
	.cell = cell,
	.empty = N_("It is one product, not a kit. + or a scan puts in a "
		    "part of it."),
};

static void
head(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct state *st = sc->state;
	char text[120], n[MONEY_SIZE];
	int x = r.x;

	x += canvas_text(c, r.y, x, r.w, STYLE_STRONG, st->name) + 2;
	if (st->makes < 0)
		return;
	snprintf(text, sizeof(text), _("%s can be made of what there is"),
	    count_show(st->makes, n));
	canvas_text(c, r.y, x, r.x + r.w - x, STYLE_LABEL, text);
}

static const char *const fields[] = { "part_sku", "part", "qty", "available",
	"available", "weight", "unit_cost" };

static const struct list_kind kind = {
	.record = "kits",
	.fields = fields,
	.head = head,
};

/* Kits, of what there is. */
static int
read_makes(struct screen *sc)
{
	struct state *st = sc->state;
	const struct kit_part *p;
	struct page page;
	int64_t makes;
	size_t i;
	int rc = kit_parts(session_of(sc), st->variant_id, &page);

	if (rc < 0)
		return rc;
	st->makes = -1;
	for (i = 0; i < page.n; i++) {
		p = page_row(&page, i);
		makes = kits_of(p->available, p->qty);
		if (st->makes < 0 || makes < st->makes)
			st->makes = makes;
	}
	page_free(&page);
	return 0;
}

static int
refresh(struct screen *sc)
{
	int rc = read_makes(sc);

	return rc < 0 ? rc : list_refresh(sc);
}

static int
open_kit(struct screen *sc, const void *arg)
{
	const struct kit_arg *a = arg;
	struct state *st = sc->state;

	if (a != NULL) {
		st->variant_id = a->variant_id;
		copy_text(st->name, sizeof(st->name), a->name);
	}
	list_open(sc, &kind, &source, "kit");
	return refresh(sc);
}

struct form {
	char sku[64];
	int64_t qty;
};
#define FORM struct form
static const struct field form_fields[] = {
	{ FIELD_CHARS(FORM, sku, FIELD_TEXT, N_("Part code"), FIELD_REQUIRED),
	    .hint = N_("product code or barcode") },
	{ FIELD_NUM(FORM, qty, FIELD_COUNT, N_("Pieces in a kit"), 0),
	    .hint = N_("orders that have their parts keep them") },
	{ .name = NULL },
};
/* Of a part that is there. */
static const struct field qty_fields[] = {
	{ FIELD_NUM(FORM, qty, FIELD_COUNT, N_("Pieces in a kit"), 0),
	    .hint = N_("orders that have their parts keep them; 0: none") },
	{ .name = NULL },
};

struct saving {
	struct session *s;
	int64_t kit_id, part_id; /* part 0: as it is typed */
	int64_t put;             /* the one that was */
};

/* What was put in is shown, wherever its place is. */
static int
show_part(struct screen *sc, int64_t part_id)
{
	struct state *st = sc->state;
	const struct kit_row *p;
	int i, rc = read_makes(sc);

	if (rc == 0)
		rc = list_restart(sc);
	for (i = 0; rc == 0 && i < KIT_PARTS_MAX; i++) {
		p = list_row(sc);
		if (p == NULL || p->part_id == part_id)
			break;
		rc = table_move(st->list.table, 1);
	}
	return rc;
}

static int
save(void *arg, const void *record)
{
	const struct form *f = record;
	struct saving *to = arg;
	int64_t part = to->part_id;
	int rc;

	if (part == 0 && (rc = variant_by_code(to->s, f->sku, &part)) < 0)
		return rc;
	to->put = part;
	return kit_put(to->s, to->kit_id, part, f->qty);
}

static int
cmd_add(struct screen *sc)
{
	const struct state *st = sc->state;
	struct saving to = { session_of(sc), st->variant_id, 0, 0 };
	struct form form = { .qty = 1 };
	int rc = ui_form(
	    sc->ui, _("Part of the kit"), form_fields, &form, save, &to);

	return rc <= 0 ? rc : show_part(sc, to.put);
}

static int
cmd_edit(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct kit_row *p = list_row(sc);
	struct saving to = { session_of(sc), st->variant_id, p->part_id, 0 };
	struct form form = { .qty = p->qty };
	int rc = ui_form(sc->ui, p->part, qty_fields, &form, save, &to);

	return rc <= 0 ? rc : refresh(sc);
}

static int
cmd_remove(struct screen *sc)
{
	const struct state *st = sc->state;
	const struct kit_row *p = list_row(sc);
	int rc;

	if (!ui_confirm(
		sc->ui, _("Take out"), _("Take %s out of the kit?"), p->part))
		return 0;
	rc = kit_put(session_of(sc), st->variant_id, p->part_id, 0);
	return rc < 0 ? rc : refresh(sc);
}

static int
cmd_history(struct screen *sc)
{
	const struct state *st = sc->state;

	return open_history(sc, "variant", st->variant_id, st->name);
}

/* One piece more. */
static int
scan(struct screen *sc, const char *code)
{
	const struct state *st = sc->state;
	struct session *s = session_of(sc);
	const struct kit_part *p;
	int64_t part, qty = 1;
	struct page page;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_PRODUCT_EDIT)) < 0 ||
	    (rc = variant_by_code(s, code, &part)) < 0 ||
	    (rc = kit_parts(s, st->variant_id, &page)) < 0)
		return rc;
	for (i = 0; i < page.n; i++) {
		p = page_row(&page, i);
		if (p->id == part)
			qty = p->qty + 1;
	}
	page_free(&page);
	rc = kit_put(s, st->variant_id, part, qty);
	return rc < 0 ? rc : show_part(sc, part);
}

static int
key(struct screen *sc, const struct key *k)
{
	int rc;

	if (k->code != KEY_SCAN || list_typing(sc))
		return list_key(sc, k);
	rc = scan(sc, k->text);
	return rc < 0 ? rc : 1;
}

static const struct cmd cmds[] = {
	{ "kit-edit", "Enter e", N_("Pieces"),
	    N_("Change how many of it are in a kit"), PERM_PRODUCT_EDIT,
	    CMD_NEEDS_ROW, cmd_edit },
	{ "kit-add", "+ n", N_("Add part"), N_("Put another part in"),
	    PERM_PRODUCT_EDIT, 0, cmd_add },
	{ "kit-remove", "d", N_("Take out"),
	    N_("Take this part out of the kit"), PERM_PRODUCT_EDIT,
	    CMD_NEEDS_ROW, cmd_remove },
	{ "history", "H", NULL, N_("Everything that was done to this record"),
	    PERM_NONE, 0, cmd_history },
	{ .name = NULL },
};

const struct screen_ops screen_kit = {
	.name = "kit",
	.title = N_("Kit"),
	.perm = PERM_PRODUCT_VIEW,
	.cmds = cmds,
	.shared = &list_cmds,
	.size = sizeof(struct state),
	.open = open_kit,
	.close = list_close,
	.refresh = refresh,
	.key = key,
	.draw = list_draw,
	.has_row = list_has_row,
};
