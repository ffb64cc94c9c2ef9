/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_PROBE_H
#define SHOPMGR_TUI_PROBE_H

#include <stddef.h>

/*
 * Ask the terminal how wide it draws what may be one or two columns, by putting
 * one at the start of the screen and asking where the cursor is: 1 or 2, also 1
 * when there is no answer. Bytes that were typed meanwhile are in @typed.
 */
int probe_width(unsigned char *typed, size_t size, size_t *n);
/* The column in an answer among @n bytes, which is taken out; 0: none yet. */
int probe_answer(unsigned char *bytes, size_t *n);

#endif
