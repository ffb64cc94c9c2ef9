/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_KEY_H
#define SHOPMGR_TUI_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A key, or another thing that happened at the terminal. */

enum {
	KEY_BASE = 0x110000, /* beyond all characters */
	KEY_UP_,
	KEY_DOWN_,
	KEY_LEFT_,
	KEY_RIGHT_,
	KEY_HOME_,
	KEY_END_,
	KEY_PGUP,
	KEY_PGDN,
	KEY_INS,
	KEY_DEL,
	KEY_BACK,
	KEY_ENTER_,
	KEY_TAB_,
	KEY_BACKTAB,
	KEY_ESC_,
	KEY_F0, /* KEY_F0 + n is Fn, up to F12 */
	KEY_LAST_F = KEY_F0 + 12,
	KEY_PASTE, /* text: what was pasted, as one key */
	KEY_SCAN,  /* text: a burst from the scanner, without its Enter */
	KEY_CLICK, /* the mouse, where it is wanted: at row h, column w */
	KEY_RESIZE_,
	KEY_TICK,   /* a second has passed, or others have committed */
	KEY_HANGUP, /* the terminal is gone, or we were told to end */
};
#define KEY_CTRL(c) ((uint32_t)(c)&0x1f)

struct key {
	uint32_t code; /* a character (also Ctrl: 1-26), or one of the above */
	const char *text; /* KEY_PASTE, KEY_SCAN */
	int64_t at;       /* time_ticks() when it came */
	int h, w;         /* KEY_RESIZE_, KEY_CLICK */
};

/* "F4", "Ctrl-R", "Enter", "h", "Space": as in shopmgr.ini. 0: no such key. */
uint32_t key_parse(const char *name);
/* As the help line shows it; returns @buf. */
char *key_label(uint32_t code, char *buf, size_t size);

#endif
