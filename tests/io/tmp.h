/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_IO_TMP_H
#define SHOPMGR_TESTS_IO_TMP_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* A folder for the files of one test program. */

static char tmp_dir[64];

static int
tmp_make(void **state)
{
	(void)state;
	snprintf(tmp_dir, sizeof(tmp_dir), "/tmp/shopmgr-io-XXXXXX");
	return mkdtemp(tmp_dir) == NULL;
}

static int
tmp_remove(void **state)
{
	char cmd[128];

	(void)state;
	snprintf(cmd, sizeof(cmd), "rm -rf %s", tmp_dir);
	return system(cmd);
}

static const char *
tmp_path(const char *name)
{
	static char path[2][128];
	static int turn;

	turn = !turn;
	snprintf(path[turn], sizeof(path[0]), "%s/%s", tmp_dir, name);
	return path[turn];
}

#endif
