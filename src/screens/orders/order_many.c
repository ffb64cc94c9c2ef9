/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/list.h"
#include "../core/screens_priv.h"
#include "../core/show.h"
#include "order_acts.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/domain/order_edit.h"
#include "shopmgr/domain/orders.h"
#include "shopmgr/domain/routing.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/form.h"
#include "shopmgr/tui/table.h"
#include "shopmgr/tui/ui.h"

/* One answer for all the orders that are selected. */

struct answer {
	const char *reason; /* of a hold */
	struct hold_answer hold;
	char note[200];
	char login[64];
};

static void
name(struct screen *sc, int64_t id, char *buf, size_t size)
{
	struct order_card card;

	if (order_card(session_of(sc), id, &card) < 0) {
		copy_text(buf, size, _("an order that is gone"));
		return;
	}
	copy_text(buf, size, card.order.order_no);
	order_card_free(&card);
}

static int
hold(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct answer *a = arg;
	int64_t until = 0;
	int rc;

	(void)err;
	rc = order_hold_when(session_of(sc), id, a->hold.until, &until);
	return rc < 0 ? rc
		      : order_hold_until(
			    session_of(sc), id, a->reason, a->hold.note, until);
}

static void
said_hold(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext(
		"%zu order is on hold now.", "%zu orders are on hold now.", n),
	    n);
}

int
act_hold_many(struct screen *sc)
{
	char title[200];
	struct answer a = { .note = "" };
	const struct list_job job = { _("Holding orders"), hold, name,
		said_hold, &a };
	const struct order *o = list_row(sc);
	size_t n = list_marked(sc);
	int rc;

	a.reason = act_ask_reason(sc);
	if (a.reason == NULL)
		return 0;
	snprintf(title, sizeof(title),
	    ngettext("Hold %zu order: %s", "Hold %zu orders: %s", n), n,
	    order_hold_text(a.reason));
	rc = act_ask_hold(sc, title, o->id, a.reason, &a.hold);
	return rc > 0 ? list_each(sc, &job) : rc;
}

static int
release(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct answer *a = arg;

	(void)err;
	return order_release(session_of(sc), id, NULL, a->note);
}

static void
said_release(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("The holds of %zu order are cleared.",
		"The holds of %zu orders are cleared.", n),
	    n);
}

int
act_release_many(struct screen *sc)
{
	char label[200];
	struct answer a = { .note = "" };
	const struct list_job job = { _("Clearing holds"), release, name,
		said_release, &a };
	size_t n = list_marked(sc);

	snprintf(label, sizeof(label),
	    ngettext("Clear all holds of %zu order? How were they settled?",
		"Clear all holds of %zu orders? How were they settled?", n),
	    n);
	if (!ui_ask(sc->ui, label, a.note, sizeof(a.note)))
		return 0;
	return list_each(sc, &job);
}

static int
confirm(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct answer *a = arg;

	(void)err;
	return order_confirm(session_of(sc), id, a->note);
}

static void
said_confirm(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu order is confirmed with the buyer.",
		"%zu orders are confirmed with their buyers.", n),
	    n);
}

int
act_confirm_many(struct screen *sc)
{
	char label[200];
	struct answer a = { .note = "" };
	const struct list_job job = { _("Confirming orders"), confirm, name,
		said_confirm, &a };
	size_t n = list_marked(sc);

	snprintf(label, sizeof(label),
	    ngettext("%zu order: what was confirmed with the buyer?",
		"%zu orders: what was confirmed with the buyers?", n),
	    n);
	if (!ui_ask(sc->ui, label, a.note, sizeof(a.note)))
		return 0;
	return list_each(sc, &job);
}

static int
cancel(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct answer *a = arg;

	(void)err;
	return order_cancel(session_of(sc), id, a->note);
}

static void
said_cancel(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("%zu order is cancelled.", "%zu orders are cancelled.", n),
	    n);
}

int
act_cancel_many(struct screen *sc)
{
	char label[200];
	struct answer a = { .note = "" };
	const struct list_job job = { _("Cancelling orders"), cancel, name,
		said_cancel, &a };
	size_t n = list_marked(sc);

	snprintf(label, sizeof(label),
	    ngettext("%zu order: why is it cancelled?",
		"%zu orders: why are they cancelled?", n),
	    n);
	if (!ui_ask(sc->ui, label, a.note, sizeof(a.note)))
		return 0;
	/* Without a reason each is refused: no question before that. */
	if (a.note[0] != '\0' &&
	    !ui_confirm(sc->ui, _("Cancel the orders"),
		ngettext("Cancel %zu order? Its stock becomes free again.",
		    "Cancel %zu orders? Their stock becomes free again.", n),
		n))
		return 0;
	return list_each(sc, &job);
}

static int
agent(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct answer *a = arg;

	(void)err;
	return order_agent(session_of(sc), id, a->login);
}

static void
said_agent(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("The agent of %zu order is set.",
		"The agent of %zu orders is set.", n),
	    n);
}

int
act_agent_many(struct screen *sc)
{
	struct answer a = { .note = "" };
	const struct list_job job = { _("Setting agents"), agent, name,
		said_agent, &a };
	int rc = act_ask_agent(sc, a.login, sizeof(a.login));

	return rc > 0 ? list_each(sc, &job) : rc;
}

struct goes_with {
	char name[64];
};

static int
courier(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct goes_with *w = arg;
	int rc = order_courier(session_of(sc), id, w->name);

	(void)err;
	return rc < 0 ? rc : 0;
}

static void
said_courier(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("The courier of %zu order is set.",
		"The couriers of %zu orders are set.", n),
	    n);
}

int
act_courier_many(struct screen *sc)
{
	struct goes_with w = { "" };
	const struct list_job job = { _("Setting couriers"), courier, name,
		said_courier, &w };
	int rc = act_ask_courier(sc, w.name, sizeof(w.name));

	return rc > 0 ? list_each(sc, &job) : rc;
}

static int
route(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	int rc = order_route(session_of(sc), id, "");

	(void)arg;
	(void)err;
	return rc < 0 ? rc : 0;
}

static void
said_route(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("The best warehouse is chosen for %zu order.",
		"The best warehouses are chosen for %zu orders.", n),
	    n);
}

/* "1001  main -> East" for each of them; how many would go elsewhere. */
static int
foresee(struct screen *sc, const int64_t *ids, size_t n, struct str *text,
    size_t *moves)
{
	char best[NAME_ROOM], no[64];
	size_t i;
	int rc = 0;

	*moves = 0;
	for (i = 0; i < n; i++) {
		if (ui_progress(sc->ui, _("Looking"), (int64_t)i, (int64_t)n))
			return ERR_CANCELLED;
		name(sc, ids[i], no, sizeof(no));
		rc = order_route_best(session_of(sc), ids[i], best);
		if (rc == ERR_DENIED || rc == ERR_DB || rc == ERR_IO)
			return rc;
		*moves += rc > 0;
		str_addf(text, "%s  %s %s\n", no,
		    rc < 0    ? session_err(session_of(sc))->text
		    : rc == 0 ? _("stays where it is")
			      : _("goes from"),
		    rc > 0 ? best : "");
	}
	return 0;
}

/* What was foreseen is shown before it is done. */
int
act_route_many(struct screen *sc)
{
	const struct list_job job = { _("Choosing warehouses"), route, name,
		said_route, NULL };
	const struct list *l = sc->state;
	struct str text = STR_INIT;
	size_t n = list_marked(sc), moves = 0;
	int64_t *ids = xcalloc(n + 1, sizeof(*ids));
	int rc;

	table_marked(l->table, ids, n);
	rc = foresee(sc, ids, n, &text, &moves);
	if (rc == 0)
		ui_text(sc->ui, _("The best warehouses"), text.s);
	str_done(&text);
	free(ids);
	if (rc < 0)
		return rc == ERR_CANCELLED ? 0 : rc;
	if (moves == 0) {
		ui_say(sc->ui, "%s",
		    _("All of them stay: no other warehouse is better."));
		return 0;
	}
	if (!ui_confirm(sc->ui, _("Move"),
		ngettext("Send %zu order from another warehouse?",
		    "Send %zu orders from another warehouse?", moves),
		moves))
		return 0;
	return list_each(sc, &job);
}

/* What is written is added: each order keeps the remark that it has. */
struct remark_form {
	char memo[500];
	char flag[32];
};

#define SAME_FLAG N_("as it is")
static const char *const flags[] = { SAME_FLAG, N_("none"), N_("red"),
	N_("yellow"), N_("green"), N_("blue"), N_("purple"), NULL };
static const struct field remark_fields[] = {
	{ FIELD_CHARS(struct remark_form, memo, FIELD_TEXT, N_("Remark"), 0),
	    .hint = N_("is added behind") },
	{ FIELD_CHARS(struct remark_form, flag, FIELD_PICK, N_("Flag"), 0),
	    .choices = flags },
	{ .name = NULL },
};

static int
remark(struct screen *sc, int64_t id, void *arg, struct err *err)
{
	const struct remark_form *form = arg;
	struct order_remark edit = { .flag = 0 };
	struct order_card card;
	const char *gap;
	int rc, n;
	size_t i;

	rc = order_card(session_of(sc), id, &card);
	if (rc < 0)
		return rc;
	edit.flag = card.order.flag;
	for (i = 1; flags[i] != NULL; i++)
		if (strcmp(flags[i], form->flag) == 0)
			edit.flag = (int64_t)i - 1;
	gap = card.order.memo[0] != '\0' && form->memo[0] != '\0' ? " " : "";
	n = snprintf(edit.memo, sizeof(edit.memo), "%s%s%s", card.order.memo,
	    gap, form->memo);
	if (n >= (int)sizeof(edit.memo))
		rc = err_set(err, ERR_INVALID, "memo", "%s",
		    _("The remark would become too long"));
	else
		rc =
		    order_remark(session_of(sc), id, card.order.version, &edit);
	order_card_free(&card);
	return rc;
}

static void
said_remark(char *buf, size_t size, size_t n)
{
	snprintf(buf, size,
	    ngettext("The remark on %zu order is saved.",
		"The remarks on %zu orders are saved.", n),
	    n);
}

static int
is_typed(void *arg, const void *record)
{
	*(struct remark_form *)arg = *(const struct remark_form *)record;
	return 0;
}

int
act_remark_many(struct screen *sc)
{
	struct remark_form form = { .memo = "" }, typed;
	const struct list_job job = { _("Writing remarks"), remark, name,
		said_remark, &typed };
	size_t n = list_marked(sc);
	char title[96];
	int rc;

	copy_text(form.flag, sizeof(form.flag), SAME_FLAG);
	snprintf(title, sizeof(title),
	    ngettext("Remark on %zu order", "Remark on %zu orders", n), n);
	rc = ui_form(sc->ui, title, remark_fields, &form, is_typed, &typed);
	return rc > 0 ? list_each(sc, &job) : rc;
}
