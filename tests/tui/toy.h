/* SPDX-License-Identifier: MIT */
#ifndef TESTS_TOY_H
#define TESTS_TOY_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "drive.h"
#include "golden.h"
#include "shopmgr/base/i18n.h"

/* A small shop, a ui with a few screens, as the tests of the ui have it: its
 * host, and what its screens do. */

enum { PERM_ALL = 1, PERM_BOSS = 2 };

static struct toy {
	struct err err;
	bool boss;
	bool no_row;
	int opened, closed;
	int held; /* how often "Hold" ran; a hundred more: "Ship it?" */
	char scanned[32];
	struct ui *ui;
} toy;

static inline bool
may(void *app, unsigned perm)
{
	(void)app;
	return perm != PERM_BOSS || toy.boss;
}

static inline const struct err *
last_err(void *app)
{
	(void)app;
	return &toy.err;
}

struct state {
	char subtitle[32];
};

static inline int
open_any(struct screen *sc, const void *arg)
{
	struct state *st = sc->state;

	toy.opened++;
	if (arg != NULL)
		snprintf(st->subtitle, sizeof(st->subtitle), "%s",
		    (const char *)arg);
	if (arg != NULL && strcmp(arg, "bad") == 0)
		return err_set(&toy.err, ERR_NOTFOUND, "", "No such order");
	return 0;
}

static inline void
close_any(struct screen *sc)
{
	(void)sc;
	toy.closed++;
}

static inline const char *
subtitle(struct screen *sc)
{
	struct state *st = sc->state;

	return st->subtitle;
}

static inline bool
has_row(struct screen *sc)
{
	(void)sc;
	return !toy.no_row;
}

static inline int
do_hold(struct screen *sc)
{
	toy.held++;
	ui_say(sc->ui, "Order %d is on hold.", toy.held);
	return 0;
}

static inline int
do_ask(struct screen *sc)
{
	if (ui_confirm(sc->ui, "Ship", "Ship it?"))
		toy.held += 100;
	return 0;
}

static inline void
toy_run(struct drive *d, const struct ui_host *host,
    const struct screen_ops *const *screens)
{
	toy.ui = ui_new(host, &d->port, screens, d->h, d->w);
	assert_int_equal(ui_run(toy.ui), 0);
	ui_free(toy.ui);
}

#endif
