/* SPDX-License-Identifier: MIT */
#ifndef TESTS_DB_FILES_H
#define TESTS_DB_FILES_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

/* A directory of its own for the files of a test program. */

static char files_dir[200];

static inline int
make_dir(void **state)
{
	const char *tmp = getenv("TMPDIR");

	(void)state;
	snprintf(files_dir, sizeof(files_dir), "%s/shopmgr-test-XXXXXX",
	    tmp != NULL ? tmp : "/tmp");
	return mkdtemp(files_dir) != NULL ? 0 : -1;
}

static inline int
remove_entry(const char *name, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(name);
}

static inline int
remove_dir(void **state)
{
	(void)state;
	return nftw(files_dir, remove_entry, 16, FTW_DEPTH | FTW_PHYS);
}

/* Good until eight more were asked for. */
static inline const char *
path(const char *name)
{
	static char paths[8][300];
	static unsigned n;
	char *p = paths[n++ % 8];

	snprintf(p, sizeof(paths[0]), "%s/%s", files_dir, name);
	return p;
}

#endif
