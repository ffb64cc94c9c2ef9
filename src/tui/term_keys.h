/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_TERM_KEYS_H
#define SHOPMGR_TUI_TERM_KEYS_H

#include <stddef.h>
#include <stdint.h>

#include "shopmgr/tui/key.h"

/* What terminals send whatever their terminfo says. */

/* No keys: what is between them is pasted. */
#define TERM_PASTE_ON  UINT32_MAX
#define TERM_PASTE_OFF (UINT32_MAX - 1)

struct term_key {
	const char *bytes; /* NULL: the end */
	uint32_t key;
};
extern const struct term_key term_keys[];

/* Which of them these bytes begin with, or NULL. */
const struct term_key *term_key_at(const unsigned char *bytes, size_t n);

#endif
