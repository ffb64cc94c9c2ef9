/* SPDX-License-Identifier: MIT */
#ifndef DB_VFS_H
#define DB_VFS_H

#include <stdbool.h>

struct sqlite3;

/* The name of SQLite's way to files that gathers what goes to the log. */
const char *vfs_name(void);

/* What is written to the file from here on is given to the disk bit by bit. */
void vfs_pace(struct sqlite3 *h, bool on);

/* What was written to the log, or to the file, is on the disk; or errno. */
bool vfs_sync(struct sqlite3 *h, bool log);

#endif
