/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_MARKS_H
#define SHOPMGR_TUI_MARKS_H

#include <stdbool.h>

#include "shopmgr/tui/canvas.h"

/* Signs beside colours, always one column wide. */
const char *mark_row(void); /* the row one is on */
const char *mark_arrow(bool up);
/* "▲ more"; returns the columns used. */
int mark_more(struct canvas *c, int y, int x, int w, bool above);

#endif
