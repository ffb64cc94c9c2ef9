/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_SCREENS_SCREENS_H
#define SHOPMGR_SCREENS_SCREENS_H

#include <stdbool.h>
#include <stdint.h>

#include "shopmgr/tui/screen.h"

/* The screens there are, the front one first; ends with NULL. */
extern const struct screen_ops *const screens[];

struct config;
struct session;
struct ui;
struct ui_host;
struct ui_port;

#define APP_FOUND 10

/* What the screens need beside the session; what ui_new() gets as app. */
struct app {
	struct session *session;
	const struct config *config;
	const char *exchange;  /* folder for files in and out */
	char who[128];         /* for the title line */
	struct app_found {     /* opened by "Find anything", newest first */
		char kind[12]; /* "": no more */
		int64_t id;
		char label[64], what[160];
	} found[APP_FOUND];
	int64_t found_by;           /* whose those are */
	struct app_next {           /* the screens' own */
		bool again;         /* begin afresh: somebody else is here */
		bool out;           /* whoever was logged in goes first */
		const char *screen; /* to go on with; NULL: the front one */
		char login[64];     /* known at the door already */
		struct ui *ui;      /* in which somebody is at work */
	} next;
	bool place_asked; /* in which warehouse one works */
};

void app_host(struct app *app, struct ui_host *out);
/* Log in on the terminal, then work until the end. */
int app_run(struct app *app, const struct ui_port *port, int h, int w);
/* Every problem of the bindings in the settings, before the terminal opens. */
struct err;
int app_check_bindings(const struct config *config, struct err *err);

#endif
