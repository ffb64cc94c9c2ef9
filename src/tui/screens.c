/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"

#include "ui_priv.h"

/* The screens that are open, one upon the other. */

void
screen_free(struct screen *sc)
{
	if (sc->ops->close != NULL)
		sc->ops->close(sc);
	free(sc->state);
	free(sc);
}

void
screens_reap(struct ui *ui)
{
	while (ui->nclosed > ui->floor.nclosed)
		screen_free(ui->closed[--ui->nclosed]);
}

int
screens_refresh(struct ui *ui)
{
	struct screen *sc = ui_top(ui);

	ui->stale = false;
	ui->dirty = true;
	if (sc == NULL || sc->ops->refresh == NULL)
		return 0;
	return sc->ops->refresh(sc);
}

static const struct screen_ops *
ops_by_name(const struct ui *ui, const char *name)
{
	size_t i;

	for (i = 0; ui->screens[i] != NULL; i++) {
		if (strcmp(ui->screens[i]->name, name) == 0)
			return ui->screens[i];
	}
	return NULL;
}

/* Already open: bring it to the top. */
static bool
raise_open(struct ui *ui, const struct screen_ops *ops)
{
	struct screen *sc;
	int i;

	for (i = ui->nopen - 1; i >= ui->floor.nopen; i--) {
		if (ui->open[i]->ops == ops)
			break;
	}
	if (i < ui->floor.nopen)
		return false;
	sc = ui->open[i];
	for (; i + 1 < ui->nopen; i++)
		ui->open[i] = ui->open[i + 1];
	ui->open[i] = sc;
	return true;
}

/* Out of the stack; freed between two steps, as a command may close the very
 * screen it is of. */
static void
take_out(struct ui *ui, int i)
{
	assert(ui->nclosed < CLOSED_MAX);
	ui->closed[ui->nclosed++] = ui->open[i];
	ui->nopen--;
	for (; i < ui->nopen; i++)
		ui->open[i] = ui->open[i + 1];
}

static void
push(struct ui *ui, struct screen *sc)
{
	struct screen *top = ui->nopen > ui->floor.nopen ? ui_top(ui) : NULL;

	if (top != NULL && top->ops == sc->ops)
		take_out(ui, ui->nopen - 1);
	else if (ui->nopen == SCREENS_OPEN) /* the oldest but the first one */
		take_out(ui, ui->floor.nopen > 0 ? ui->floor.nopen : 1);
	ui->open[ui->nopen++] = sc;
}

int
ui_open(struct ui *ui, const char *name, const void *arg)
{
	const struct screen_ops *ops = ops_by_name(ui, name);
	struct screen *sc;
	int rc = 0;

	assert(ops != NULL);
	if (!ui_may(ui, ops->perm)) {
		ui_complain(
		    ui, _("Your role may not open \"%s\"."), _(ops->title));
		return 0;
	}
	if (arg == NULL && raise_open(ui, ops))
		return screens_refresh(ui);
	sc = xcalloc(1, sizeof(*sc));
	sc->ops = ops;
	sc->ui = ui;
	sc->app = ui->host.app;
	sc->state = xcalloc(1, ops->size > 0 ? ops->size : 1);
	if (ops->open != NULL)
		rc = ops->open(sc, arg);
	else if (ops->refresh != NULL)
		rc = ops->refresh(sc);
	if (rc < 0) {
		screen_free(sc);
		return rc;
	}
	push(ui, sc);
	ui->dirty = true;
	return 0;
}

void
ui_close(struct ui *ui)
{
	if (ui->nopen == 0)
		return;
	take_out(ui, ui->nopen - 1);
	ui->stale = true;
	ui->dirty = true;
}
