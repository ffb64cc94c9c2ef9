/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DRIVE_H
#define TESTS_DRIVE_H

#include <stdbool.h>

#include "shopmgr/tui/ui.h"

/*
 * A terminal for tests: keys come from a script, frames are kept. The body,
 * which is what runs on the ui, has a stack of its own, so that a test goes on
 * between any two keys, also with a dialog open:
 *
 *	static void
 *	body(struct drive *d, void *arg)
 *	{
 *		app_run(arg, &d->port, d->h, d->w);
 *	}
 *
 *	d = drive_new(24, 80, body, &app);
 *	drive_keys(d, "F2 j j Enter 'text' Enter");
 *	golden_check("orders-zh", drive_text(d));
 *	drive_free(d);
 *
 * Words of a script, between blanks:
 *	j F4 Ctrl-R Enter	keys by their names (key_parse())
 *	'some text'		each character as a key
 *	scan:69012345		a burst from the scanner
 *	paste:'a b'		a paste
 *	tick			a second passes
 *	resize:40x132		rows x columns
 *	hangup			the terminal is gone
 *	at-once			the next key comes 10 ms after the last one, not
 *				the 200 ms of a person
 */

struct drive {
	struct ui_port port;
	int h, w;
	char *text;   /* the last frame, as canvas_dump() */
	char *styles; /* and as canvas_dump_styles() */
	int frames;   /* how many there were */
	int bells[2]; /* by kind */
	bool over;    /* the body has returned */
	struct drive_inside *in;
};

/* Starts the body, which runs until it wants its first key. */
struct drive *drive_new(
    int h, int w, void (*body)(struct drive *d, void *arg), void *arg);
/* Plays a script; returns when the body waits for more, or is over. */
void drive_keys(struct drive *d, const char *script);
const char *drive_text(const struct drive *d);
/* Is @text somewhere on the screen? Prints the screen if not. */
bool drive_sees(const struct drive *d, const char *text);
/* Hangs up if the body is not over, and waits for it. */
void drive_free(struct drive *d);

#endif
