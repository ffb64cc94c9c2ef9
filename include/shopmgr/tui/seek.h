/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_SEEK_H
#define SHOPMGR_TUI_SEEK_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A window above everything else, in which one types and sees at each key what
 * there is. What is beneath, also a half-filled form, stays as it is.
 */

struct ui;

#define SEEK_ROWS 160 /* that one is shown at most */

struct seek_row {
	const char *tag;   /* of which kind, a word */
	const char *label; /* never cut, but by the window's width */
	const char *what;  /* cut at its end where there is no room */
	const char *note;  /* at the right; "" for none */
	bool grey;         /* cannot be chosen, and @note says why */
};

struct seek {
	const char *title;
	const char *choose; /* what Enter does, a verb */
	const char *hint;   /* what can be typed, while nothing is; lines */
	const char *none;   /* that nothing fits */
	char *text;         /* what is typed; the caller's */
	size_t size;
	/* What fits @text: at most @max rows, which stay until the next call;
	 * their number, or a failure; ERR_CANCELLED
	 * when Esc was pressed meanwhile. *@more gets a line about the rest, or
	 * stays NULL. */
	int (*look)(void *arg, const char *text, struct seek_row *rows, int max,
	    const char **more);
	/* Something to do while nothing is typed, for a moment: 1 when it
	 * wants to go on, 0 to be asked again in a second, or a failure;
	 * *@fresh when it is worth looking again. May be NULL. */
	int (*idle)(void *arg, bool *fresh);
	void *arg;
};

/* The row that was chosen, or -1. */
int ui_seek(struct ui *ui, const struct seek *seek);

#endif
