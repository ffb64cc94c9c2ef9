/* SPDX-License-Identifier: MIT */
#ifndef DB_VFS_BEHIND_H
#define DB_VFS_BEHIND_H

#include <stdbool.h>

/* The name of SQLite's way to files that can write behind. */
const char *vfs_behind_name(void);

struct sqlite3;

/* A thread writes @h's database from here on, or no longer: not while there is
 * a log. */
void vfs_behind(struct sqlite3 *h, bool on);

#endif
