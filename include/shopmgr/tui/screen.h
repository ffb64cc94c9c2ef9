/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_SCREEN_H
#define SHOPMGR_TUI_SCREEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"

struct screen;
struct ui;

/*
 * Something a screen can do. The help line, the help page, the key names in
 * shopmgr.ini and the dispatcher are all made from this one table.
 */
struct cmd {
	const char *name;  /* "order-hold": for shopmgr.ini and the tests */
	const char *keys;  /* "h F4": the defaults, first one shown */
	const char *label; /* N_("Hold"): NULL keeps it off the help line */
	const char *help;  /* N_("Stop the order from being shipped") */
	unsigned perm;     /* not shown and not run without it */
	unsigned needs;    /* CMD_NEEDS_ROW: greyed when no row is selected */
	int (*run)(struct screen *sc);
};
#define CMD_NEEDS_ROW 0x1
#define CMD_MANY      0x2 /* works on the marked rows, when there are some */
#define CMD_SOMETIMES 0x4 /* of a cmd_set: see there(); may share its keys */

/*
 * Commands that several screens have in common, as all lists do. They are
 * named once in shopmgr.ini, and go before a screen's own.
 */
struct cmd_set {
	const char *name;       /* "list": [keys.list] */
	const struct cmd *cmds; /* ends with name NULL */
	/* False: it is not there as things stand, and its keys are free for
	 * others. NULL: all always are. */
	bool (*there)(struct screen *sc, const struct cmd *cmd);
	/* How many rows are marked, for CMD_MANY; NULL: none ever. */
	size_t (*marked)(struct screen *sc);
};

/*
 * A screen: its commands, and what it draws in the place between the title
 * line and the two lines at the bottom, which ui.c draws the same for all.
 */
struct screen_ops {
	const char *name;  /* "orders" */
	const char *title; /* N_("Orders") */
	/* "F2": opens it from anywhere; "": the palette and the list of
	 * departments do; NULL: it is opened by other screens alone. */
	const char *go;
	const char *does;             /* N_("See and change orders"): there */
	unsigned perm;                /* needed to open it */
	const struct cmd *cmds;       /* ends with name NULL */
	const struct cmd_set *shared; /* NULL: none */
	size_t size;                  /* of the state in screen.state, zeroed */

	/* @arg: what ui_open() was given; its type is the screen's business.
	 * Reads what it shows. When it fails, close() follows. Without open(),
	 * refresh() is called. */
	int (*open)(struct screen *sc, const void *arg);
	void (*close)(struct screen *sc);
	int (*refresh)(struct screen *sc); /* read again */
	/* Before the commands: 1 taken, 0 not, or a failure. May be NULL. */
	int (*key)(struct screen *sc, const struct key *k);
	void (*draw)(struct screen *sc, struct canvas *c, struct rect r);
	bool (*has_row)(struct screen *sc); /* CMD_NEEDS_ROW; NULL: true */
	/* What stands behind the title ("4119…7702"); NULL or "": nothing. */
	const char *(*subtitle)(struct screen *sc);
	/* Characters are typed into something now, so they are no commands. */
	bool (*typing)(struct screen *sc);
	/* What the help line calls a command as things stand: its own label,
	 * another one, or NULL while it would be of no use. */
	const char *(*label)(struct screen *sc, const struct cmd *cmd);
	/* What is not saved and would be lost with the screen, a translated
	 * sentence; NULL: nothing. */
	const char *(*unsaved)(struct screen *sc);
	bool live; /* draws time going by: each second anew */
};

struct screen {
	const struct screen_ops *ops;
	struct ui *ui;
	void *app; /* what main() gave ui_new(): here, the session */
	void *state;
};

#endif
