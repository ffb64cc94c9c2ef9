/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_WRAP_H
#define SHOPMGR_TUI_WRAP_H

#include <stddef.h>

/*
 * The first line of @s in @w columns: its bytes (blanks at its end are part of
 * it), and in *@skip how many follow that are shown on no line.
 */
size_t wrap_line(const char *s, int w, size_t *skip);

#endif
