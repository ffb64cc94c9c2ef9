/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TUI_SIGNALS_H
#define SHOPMGR_TUI_SIGNALS_H

#include <signal.h>
#include <stddef.h>
#include <termios.h>

/*
 * Signals while the terminal is ours. Those that are waited for (a new size, a
 * wish that we end) are blocked but for ppoll(); those that are fatal first
 * put the terminal back.
 */

/* signals_back: somebody had stopped us, and used the terminal meanwhile. */
extern volatile sig_atomic_t signals_resized, signals_end, signals_back;

void signals_catch(const struct termios *saved);
/* What a crash writes to the terminal; kept, not copied. */
void signals_last_words(const char *bytes, size_t n);
void signals_release(void);
const sigset_t *signals_wait_mask(void); /* for ppoll() */

#endif
