/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_LINE_H
#define SHOPMGR_TUI_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "shopmgr/tui/canvas.h"
#include "shopmgr/tui/key.h"

/*
 * A line of text being typed: our own editor, right at every cursor position
 * of Chinese text and combining marks. Holds as many bytes as fit the caller's
 * buffer, always valid UTF-8, always terminated; the cursor is at a character
 * boundary. Longer text than the field is wide scrolls. With @lines set it
 * holds line feeds, too; moving among and drawing several is note.h's.
 */

struct line_state;

struct line {
	char *buf;
	size_t size; /* of buf */
	size_t len, at;
	size_t left;                    /* first byte shown */
	bool secret;                    /* shown as dots */
	bool lines;                     /* line feeds are text */
	bool full;                      /* the last key had no room */
	struct line_state *undo, *redo; /* heap; newest first */
	int run; /* what kind of change is going on, which one undo undoes */
};

void line_init(struct line *l, char *buf, size_t size); /* buf has text */
void line_done(struct line *l);
void line_set(struct line *l, const char *text); /* cursor at its end */
/* 1: the key was used; 0: it is not an editing key. Left Right Home End
 * Backspace Del, Ctrl-A E B D K U W, characters, paste, Ctrl-Z to undo and
 * Ctrl-Y to do again. */
int line_key(struct line *l, const struct key *k);
/* Draws it in @w columns and puts the cursor there if @focus. */
void line_draw(
    struct line *l, struct canvas *c, int y, int x, int w, bool focus);

#endif
