/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_NOTE_H
#define SHOPMGR_TUI_NOTE_H

#include "shopmgr/tui/line.h"

/*
 * Text of several lines being typed: a line that holds line feeds, broken to a
 * width. The cursor goes up and down among the rows as they are seen.
 */

struct note {
	struct line *line; /* with lines set */
	int w, h;          /* as last drawn */
	int top;           /* the first row in view */
	int goal;          /* the column that Up and Down keep to; -1: none */
};

void note_init(struct note *n, struct line *line);
/* 1: the key was used; 0: not, as when there is no row to go to. */
int note_key(struct note *n, const struct key *k);
/* Draws it in @r, of that only what lies in @clip. */
void note_draw(struct note *n, struct canvas *c, struct rect r,
    struct rect clip, bool focus);

#endif
