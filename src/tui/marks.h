/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_MARKS_H
#define SHOPMGR_TUI_MARKS_H

#include <stdbool.h>

#include "shopmgr/tui/canvas.h"

/* Signs beside colours, always one column wide. */
const char *mark_row(void);   /* the row one is on */
const char *mark_check(void); /* a row that is marked */
const char *mark_arrow(bool up);
const char *mark_changed(void); /* a field that is not saved yet */
/* "▲ more"; returns the columns used. */
int mark_more(struct canvas *c, int y, int x, int w, bool above);

#endif
