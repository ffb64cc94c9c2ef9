/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_FILES_H
#define SHOPMGR_IO_FILES_H

#include <stdint.h>

#include "shopmgr/base/err.h"
#include "shopmgr/base/page.h"

/* The exchange folder: files in it, newest first; no way out of it. */

struct file_row {
	int64_t size, mtime;
	const char *name; /* without the folder */
	const char *path;
};
int files_list(const char *dir, struct page *out, struct err *err) MUST_CHECK;

#endif
