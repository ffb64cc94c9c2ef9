/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "purchase.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/requests.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/ui.h"

/* What is done to one purchase request. */

struct save {
	struct session *s;
	int64_t id, version;
};

/* clang-format off */
static const struct field head_fields[] = {
	{ FIELD_CHARS(struct request_edit, warehouse, FIELD_TEXT,
	    N_("Warehouse"), 0), .hint = N_("empty: the main one") },
	{ FIELD_CHARS(struct request_edit, note, FIELD_TEXT, N_("Note"), 0) },
	{ .name = NULL },
};

static const struct field line_fields[] = {
	{ FIELD_CHARS(struct request_line_edit, sku_code, FIELD_TEXT,
	    N_("Product"), FIELD_REQUIRED), .hint = N_("code or barcode") },
	{ FIELD_NUM(struct request_line_edit, qty, FIELD_COUNT,
	    N_("Pieces"), FIELD_REQUIRED), .hint = N_("0 takes it away") },
	{ FIELD_CHARS(struct request_line_edit, company, FIELD_TEXT,
	    N_("Supplier"), 0),
	    .hint = N_("empty: who sells it first") },
	{ FIELD_CHARS(struct request_line_edit, why, FIELD_TEXT,
	    N_("Why"), 0) },
	{ .name = NULL },
};
/* clang-format on */

static int
save_new(void *arg, const void *record)
{
	struct save *save = arg;

	return request_add(save->s, record, NULL, 0, &save->id);
}

int
act_request_new(struct screen *sc, int64_t *id)
{
	struct save save = { .s = session_of(sc) };
	struct request_edit e = { .note = "" };
	int rc = ui_form(sc->ui, _("New purchase request"), head_fields, &e,
	    save_new, &save);

	if (rc > 0)
		*id = save.id;
	return rc < 0 ? rc : 0;
}

static int
save_head(void *arg, const void *record)
{
	const struct save *save = arg;

	return request_save(save->s, save->id, save->version, record);
}

int
act_request_edit(struct screen *sc, const struct request *r)
{
	struct save save = { session_of(sc), r->id, r->version };
	struct request_edit e = { .note = "" };
	int rc;

	copy_text(e.warehouse, sizeof(e.warehouse), r->warehouse);
	copy_text(e.note, sizeof(e.note), r->note);
	rc = ui_form(
	    sc->ui, _("Purchase request"), head_fields, &e, save_head, &save);
	return rc < 0 ? rc : 0;
}

static int
save_line(void *arg, const void *record)
{
	const struct save *save = arg;

	return request_line_set(save->s, save->id, save->version, record);
}

int
act_request_line(
    struct screen *sc, const struct request *r, const struct request_line *l)
{
	struct save save = { session_of(sc), r->id, r->version };
	struct request_line_edit e = { .qty = 1 };
	int rc;

	if (l != NULL) {
		e.qty = l->qty;
		copy_text(e.sku_code, sizeof(e.sku_code), l->sku_code);
		copy_text(e.company, sizeof(e.company), l->company);
		copy_text(e.why, sizeof(e.why), l->why);
	}
	rc = ui_form(sc->ui,
	    l != NULL ? _("Line of the request") : _("What is asked for"),
	    line_fields, &e, save_line, &save);
	return rc < 0 ? rc : 0;
}

/* Into orders of their own, or into those that are being written? False: given
 * up. */
static bool
ask_approve(struct screen *sc, const char *which, const char *drafts,
    struct request_approval *a)
{
	char title[160], into[300];
	const char *words[] = { _("Write an order for each supplier"), into };
	int at;

	if (drafts[0] == '\0')
		return a->n > 1
			   ? ui_confirm(sc->ui, _("Approve"),
				 _("Approve %s, and write one order for each "
				   "supplier?"),
				 which)
			   : ui_confirm(sc->ui, _("Approve"),
				 _("Approve %s, and write an order for each "
				   "supplier?"),
				 which);
	snprintf(title, sizeof(title), _("Approve %s?"), which);
	snprintf(into, sizeof(into),
	    _("Add to what is being written to the same supplier: %s"), drafts);
	if ((at = ui_pick(sc->ui, title, words, 2, 1)) < 0)
		return false;
	a->join = at == 1;
	return true;
}

int
act_request_approve(
    struct screen *sc, const int64_t *ids, size_t n, const char *request_no)
{
	struct request_approval a = { .ids = ids, .n = n };
	struct request_made made, drafts;
	char which[64];
	int rc;

	if (request_no != NULL)
		copy_text(which, sizeof(which), request_no);
	else
		snprintf(which, sizeof(which),
		    ngettext("%zu request", "%zu requests", n), n);
	if ((rc = request_joins(session_of(sc), &a, &drafts)) < 0)
		return rc;
	if (!ask_approve(sc, which, drafts.nos, &a))
		return 0;
	if ((rc = request_approve_all(session_of(sc), &a, &made)) < 0)
		return rc;
	if (n > 1 && made.left > 0)
		ui_say(sc->ui,
		    _("They are in %s; lines without a supplier: %lld."),
		    made.nos, (long long)made.left);
	else if (n > 1)
		ui_say(sc->ui, _("They are in %s."), made.nos);
	else if (made.left > 0)
		ui_say(sc->ui,
		    _("%s is in %s; lines without a supplier: %lld."), which,
		    made.nos, (long long)made.left);
	else
		ui_say(sc->ui, _("%s is in %s."), which, made.nos);
	return 0;
}

int
act_request_refuse(struct screen *sc, const struct request *r)
{
	char no[32], reason[200] = "", label[100];
	int64_t id = r->id;
	int rc;

	copy_text(no, sizeof(no), r->request_no);
	snprintf(label, sizeof(label), _("%s: why is it refused?"), no);
	if (!ui_ask(sc->ui, label, reason, sizeof(reason)))
		return 0;
	rc = request_refuse(session_of(sc), id, reason);
	if (rc == 0)
		ui_say(sc->ui, _("%s is refused."), no);
	return rc;
}

const char *
request_label(const struct cmd *cmd, const struct request *r)
{
	const int64_t state = r != NULL ? r->state : REQUEST_ALL;
	const struct {
		const char *name;
		bool now;
	} acts[] = {
		{ "request-approve", state <= REQUEST_APPROVED },
		{ "request-refuse", state == REQUEST_ASKED },
		{ "request-edit", state == REQUEST_ASKED },
		{ "request-add-line", state == REQUEST_ASKED },
		{ "request-edit-line", state <= REQUEST_APPROVED },
	};
	size_t i;

	for (i = 0; i < sizeof(acts) / sizeof(*acts); i++)
		if (strcmp(acts[i].name, cmd->name) == 0)
			return acts[i].now ? cmd->label : NULL;
	return cmd->label;
}
