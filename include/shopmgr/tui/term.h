/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_TERM_H
#define SHOPMGR_TUI_TERM_H

#include <stdbool.h>

#include "shopmgr/base/err.h"
#include "shopmgr/tui/ui.h"

/*
 * The terminal, by ncursesw: the only file that includes curses.h. Keys are
 * read with getch() and decoded here (get_wch() loses keys after a bad byte);
 * ppoll() waits, with SIGWINCH, SIGTERM, SIGHUP and SIGINT let in only there.
 * Whatever ends the program, the terminal is as it was before.
 */

struct term_opts {
	const char *theme;     /* "dark", "light" */
	bool color;            /* false: mono, also by NO_COLOR */
	int esc_ms;            /* ESCDELAY */
	int scan_ms;           /* largest gap within a scanner's burst; 30 */
	const char *ambiguous; /* "auto", "1", "2" */
	bool mouse;            /* else the terminal keeps it for marking text */
};

/* ERR_IO when stdin and stdout are no terminal, or TERM is unknown. */
int term_start(const struct term_opts *opts, struct ui_port *port, int *h,
    int *w, struct err *err) MUST_CHECK;
void term_stop(void); /* also fine when it is not running, or twice */
/* The last one was ended by a signal, and by nobody who used it. */
bool term_ended(void);

#endif
