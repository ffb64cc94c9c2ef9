/* SPDX-License-Identifier: MIT */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "../core/screens_priv.h"
#include "../core/show.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/domain/manifest.h"
#include "shopmgr/domain/session.h"
#include "shopmgr/tui/ui.h"
#include "wave_floor.h"

/* One manifest: parcels are scanned as the driver takes them. */

#define SHOWN 100

struct state {
	struct floor floor;
	int64_t id;
	struct page head;    /* the manifest, */
	struct page on;      /* its last parcels, */
	struct page missing; /* and those that are not on it */
	char title[128];
	char last[64]; /* scanned last, to be taken off again */
};

static const struct manifest *
manifest_of(const struct screen *sc)
{
	const struct state *st = sc->state;

	return page_row(&st->head, 0);
}

static int
read_again(struct page *at, struct page *with, int rc)
{
	if (rc < 0)
		return rc;
	page_free(at);
	*at = *with;
	return 0;
}

static int
refresh(struct screen *sc)
{
	struct session *s = session_of(sc);
	struct state *st = sc->state;
	const struct manifest *m;
	struct page page = { 0 };
	int rc;

	rc = read_again(&st->head, &page, manifest_get(s, st->id, &page));
	if (rc == 0)
		rc = read_again(&st->on, &page,
		    manifest_parcels(s, st->id, PAGE_LAST, NULL, SHOWN, &page));
	if (rc == 0)
		rc = read_again(&st->missing, &page,
		    manifest_missing(
			s, st->id, PAGE_FIRST, NULL, SHOWN, &page));
	if (rc < 0)
		return rc;
	m = manifest_of(sc);
	st->floor.shut = m->closed_at != 0;
	snprintf(st->title, sizeof(st->title), "%s · %s%s%s", m->manifest_no,
	    m->courier, m->driver[0] != '\0' ? " · " : "", m->driver);
	return 0;
}

static int
take(struct screen *sc, const char *code)
{
	struct state *st = sc->state;
	int rc = manifest_scan(session_of(sc), st->id, code);

	if (rc < 0) {
		floor_bad(sc, rc == ERR_CONFLICT ? 0 : 1, "%s",
		    session_err(session_of(sc))->text);
		return 0;
	}
	copy_text(st->last, sizeof(st->last), code);
	if ((rc = refresh(sc)) < 0)
		return rc;
	floor_good(sc,
	    ngettext("%s goes. %lld parcel is on the manifest.",
		"%s goes. %lld parcels are on the manifest.",
		(unsigned long)manifest_of(sc)->parcels),
	    code, (long long)manifest_of(sc)->parcels);
	return 0;
}

static int
open_manifest(struct screen *sc, const void *arg)
{
	const struct manifest_arg *a = arg;
	struct state *st = sc->state;

	st->id = a->id;
	floor_open(sc, take);
	return refresh(sc);
}

static void
close_manifest(struct screen *sc)
{
	struct state *st = sc->state;

	page_free(&st->head);
	page_free(&st->on);
	page_free(&st->missing);
	floor_close(sc);
}

/* Parcels under a heading, as many as there is room for. */
static void
draw_parcels(struct canvas *c, struct rect r, const char *title, int64_t n,
    const struct page *rows, bool last)
{
	size_t h = (size_t)(r.h > 2 ? r.h - 2 : 0), i, from = 0;
	const struct handed *p;
	char text[128];
	int x = r.x;

	x += canvas_text(c, r.y, x, r.w, STYLE_LABEL, title) + 2;
	show_count(text, sizeof(text), n);
	canvas_text(c, r.y, x, r.x + r.w - x, STYLE_STRONG, text);
	if (last && rows->n > h)
		from = rows->n - h;
	for (i = from; i < rows->n && i - from < h; i++) {
		p = page_row(rows, i);
		canvas_text(c, r.y + 2 + (int)(i - from), r.x, r.w,
		    last ? STYLE_TEXT : STYLE_WARN, p->waybill_no);
	}
}

static void
draw(struct screen *sc, struct canvas *c, struct rect r)
{
	const struct manifest *m = manifest_of(sc);
	const struct state *st = sc->state;
	char weight[32], when[64], over[NAME_ROOM + 100];
	int half;

	show_weight(weight, sizeof(weight), m->weight);
	/* TRANSLATORS: when, to which driver */
	snprintf(over, sizeof(over), _("Handed over %s to %s."),
	    show_moment(when, sizeof(when), m->closed_at), m->driver);
	r = floor_draw(
	    sc, c, r, st->floor.shut ? over : _("Scan the waybill"), weight);
	half = r.w / 2;
	draw_parcels(c, (struct rect){ r.y, r.x, r.h, half - 2 },
	    _("On the manifest"), m->parcels, &st->on, true);
	if (m->closed_at == 0)
		draw_parcels(c,
		    (struct rect){ r.y, r.x + half, r.h, r.w - half },
		    _("Packed and not on it"), m->missing, &st->missing, false);
}

static int
cmd_all(struct screen *sc)
{
	struct state *st = sc->state;
	int64_t n, left;
	int rc;

	if (!ui_confirm(sc->ui, _("All parcels"),
		_("Put everything that is packed for %s on the manifest, "
		  "without a scan?"),
		manifest_of(sc)->courier))
		return 0;
	if (manifest_all(session_of(sc), st->id, &n, &left) < 0)
		return floor_failed(sc);
	if ((rc = refresh(sc)) < 0)
		return rc;
	if (left > 0)
		floor_bad(sc, 1,
		    _("%lld parcels are on it now; %lld must not go: scan "
		      "them to see why."),
		    (long long)n, (long long)left);
	else
		floor_good(sc, _("%lld parcels are on it now."), (long long)n);
	return 0;
}

static int
cmd_off(struct screen *sc)
{
	struct state *st = sc->state;
	int rc;

	if (st->last[0] == '\0')
		return 0;
	if (manifest_unscan(session_of(sc), st->id, st->last) < 0)
		return floor_failed(sc);
	floor_good(sc, _("%s stays here."), st->last);
	st->last[0] = '\0';
	rc = refresh(sc);
	return rc;
}

static int
cmd_close(struct screen *sc)
{
	const struct manifest *m = manifest_of(sc);
	const struct state *st = sc->state;
	char driver[64] = "", no[32], label[128];

	copy_text(no, sizeof(no), m->manifest_no);
	if (m->missing > 0)
		snprintf(label, sizeof(label),
		    ngettext("The driver's name (%lld parcel stays here)",
			"The driver's name (%lld parcels stay here)",
			(unsigned long)m->missing),
		    (long long)m->missing);
	else
		snprintf(label, sizeof(label), "%s", _("The driver's name"));
	if (!ui_ask(sc->ui, label, driver, sizeof(driver)))
		return 0;
	if (manifest_close(session_of(sc), st->id, driver) < 0)
		return floor_failed(sc);
	floor_good(sc, _("HANDED OVER: %s, to %s."), no, driver);
	return refresh(sc);
}

static const char *
label(struct screen *sc, const struct cmd *cmd)
{
	const struct state *st = sc->state;
	bool open = manifest_of(sc)->closed_at == 0;

	if (cmd->run == cmd_off)
		return open && st->last[0] != '\0' ? cmd->label : NULL;
	if (cmd->run == cmd_all || cmd->run == cmd_close)
		return open ? cmd->label : NULL;
	return cmd->label;
}

static const char *
subtitle(struct screen *sc)
{
	const struct state *st = sc->state;

	return st->title;
}

static const struct cmd cmds[] = {
	{ "hand-answer", "Enter", NULL, N_("Take the code that is typed"),
	    PERM_ORDER_SHIP, 0, cmd_floor_answer },
	{ "hand-close", "F2", N_("Hand over"),
	    N_("Close the manifest: the driver has the parcels"),
	    PERM_ORDER_SHIP, 0, cmd_close },
	{ "hand-all", "F4", N_("Take all"),
	    N_("Put all that is packed for the courier on it"), PERM_ORDER_SHIP,
	    0, cmd_all },
	{ "hand-off", "F8", N_("Take off"),
	    N_("Take the parcel that was scanned last off again"),
	    PERM_ORDER_SHIP, 0, cmd_off },
	{ "hand-leave", "Esc", N_("Back"),
	    N_("Leave; what was scanned is kept"), PERM_NONE, 0,
	    cmd_floor_leave },
	{ .name = NULL },
};

const struct screen_ops screen_manifest = {
	.name = "manifest",
	.title = N_("Manifest"),
	.perm = PERM_ORDER_VIEW,
	.cmds = cmds,
	.size = sizeof(struct state),
	.open = open_manifest,
	.close = close_manifest,
	.refresh = refresh,
	.key = floor_key,
	.draw = draw,
	.typing = floor_typing,
	.label = label,
	.subtitle = subtitle,
};
