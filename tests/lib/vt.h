/* SPDX-License-Identifier: MIT */
#ifndef TESTS_VT_H
#define TESTS_VT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

/*
 * A program on a terminal: a pseudo-terminal with libvterm at its other end,
 * which keeps the screen as a person would see it. Nothing here sleeps; what is
 * waited for is a text on the screen, and a test fails with the screen printed
 * when it does not come.
 */

struct vt;

/* argv[0] is the path. TERM, LC_ALL, TZ and ESCDELAY are set. */
struct vt *vt_spawn(int h, int w, const char *const *argv);
/* The same with these set instead, "NAME=VALUE" or "NAME" to unset it, up to a
 * NULL. */
struct vt *vt_spawn_env(
    int h, int w, const char *const *argv, const char *const *env);
/* Ends the program if it still runs. */
void vt_free(struct vt *vt);

/* Bytes as they come from a keyboard. */
void vt_type(struct vt *vt, const char *keys);
/* Enter as a hand presses it: so long after the last key that it is not taken
 * for a scanner's, which dialogs ignore. */
void vt_enter(struct vt *vt);
/* Until @text is on the screen (Chinese as it reads, without the second cells);
 * fails the test after @ms. */
void vt_wait(struct vt *vt, const char *text, int ms);
/* Until it is there no more. */
void vt_gone(struct vt *vt, const char *text, int ms);
/* As vt_wait(), but says whether it came. */
bool vt_sees(struct vt *vt, const char *text, int ms);
/* Takes in what the program wrote until now. */
void vt_read(struct vt *vt, int ms);
/* The same for what comes within @ms, a few bytes at a time, with a look at
 * the screen after each: so that nothing that was shown goes unseen. */
void vt_watch(struct vt *vt, int ms, void (*look)(void *arg), void *arg);
/* As many of these bytes as the line takes now. */
size_t vt_put(struct vt *vt, const char *keys, size_t len);
/* One line of the screen; until the next call of vt_text() or this. */
const char *vt_row(struct vt *vt, int row);
void vt_resize(struct vt *vt, int h, int w);

/* Somebody else writes to the terminal, as a shell does. */
void vt_scribble(struct vt *vt, const char *text);
/* The window is closed: until it ended, as vt_end(). */
int vt_hang_up(struct vt *vt, int ms);

/* The highest number of a colour on the screen; -1: none but the terminal's
 * own. */
int vt_colors(struct vt *vt);
/* Is anything on the screen drawn in reverse? */
bool vt_reverse(struct vt *vt);
/* The screen, a line each without the blanks at its end; until the next call.
 */
const char *vt_text(struct vt *vt);
void vt_cursor(struct vt *vt, int *row, int *col);
bool vt_altscreen(struct vt *vt);
bool vt_cursor_visible(struct vt *vt);
bool vt_echo(struct vt *vt);  /* the line discipline echoes: a sane terminal */
long vt_bytes(struct vt *vt); /* written by the program so far */
long vt_bells(struct vt *vt); /* it rang so often */

pid_t vt_pid(struct vt *vt);
void vt_kill(struct vt *vt, int sig);
/* Until it ended: the exit code, or 128 + the signal; fails after @ms. */
int vt_end(struct vt *vt, int ms);

#endif
