/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DESK_H
#define TESTS_DESK_H

#include "shop.h"
#include "vt.h"

/* A person at a terminal in the shop of shop.h. Link shop.o and vt.o. */

#define DESK_WAIT 10000 /* ms; generous, as machines are busy */

/* The program on the shop's settings (its exchange folder is DIR/exchange),
 * with an 80x24 terminal, at the log-in screen. @lang: "en", "zh_CN". */
struct vt *desk_open(struct shop *sh, const char *lang);
/* The same, logged in by --user and --password-file: the front screen. */
struct vt *desk_at_work(struct shop *sh, const char *lang, const char *user);
/* Keys by name are bytes: */
#define F1    "\033OP"
#define F2    "\033OQ"
#define F3    "\033OR"
#define F4    "\033OS"
#define ESC   "\033"
#define ENTER "\r"
#define DOWN  "\033[B"
#define PGDN  "\033[6~"
/* Leave by Ctrl-Q, which asks nothing; the program must end with 0
 * and leave the terminal sane. */
void desk_leave(struct vt *vt);

#endif
