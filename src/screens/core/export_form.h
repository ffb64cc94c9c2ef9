/* SPDX-License-Identifier: MIT */
#ifndef SCREENS_EXPORT_FORM_H
#define SCREENS_EXPORT_FORM_H

#include <stdbool.h>
#include <stddef.h>

/* How somebody likes files; kept for each person. */

struct screen;

enum export_protect { EXPORT_PLAIN, EXPORT_TABS, EXPORT_EQUALS };

struct export_how {
	bool shown; /* the columns as they are shown, else all */
	bool xlsx;
	const char *encoding;
	enum export_protect protect;
};

/* As the person likes it; else as shopmgr.ini says. */
void export_how_get(struct screen *sc, struct export_how *how);
/* For a layout of others: whatever the person chose for lists, it has the
 * layout's own encoding (NULL) and bare numbers, unless shopmgr.ini says else.
 */
void export_how_plain(struct screen *sc, struct export_how *how);
/*
 * The dialog: 1 when the file is to be written as @how says, to @path in the
 * exchange folder; 0: given up. @stem is what the file is called at first,
 * @selected how many rows are (0: all are meant).
 */
int export_ask(struct screen *sc, const char *stem, size_t selected,
    struct export_how *how, char *path, size_t size);

#endif
