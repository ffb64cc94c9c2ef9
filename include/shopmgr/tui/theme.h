/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_THEME_H
#define SHOPMGR_TUI_THEME_H

#include <stdbool.h>

#include "shopmgr/tui/canvas.h"

/* How a style looks, by what the terminal can show. */

enum { LOOK_BOLD = 1, LOOK_REVERSE = 2, LOOK_UNDERLINE = 4, LOOK_DIM = 8 };

struct look {
	short fg, bg; /* of 256 (or of 8 on lesser terminals); -1: its own */
	unsigned attr;
};

/* @colors the terminal has; 0 for mono or NO_COLOR. @name: "dark", "light". */
void theme_look(
    const char *name, int colors, enum style style, struct look *out);
bool theme_exists(const char *name);

#endif
