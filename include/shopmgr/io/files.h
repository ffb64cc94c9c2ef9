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

/*
 * From here on no file is read or written outside @dir: for people who reach
 * the program from elsewhere and are not to reach the rest of the machine. What
 * has no leading "/" is in it. NULL: any file again.
 */
int files_confine(const char *dir, struct err *err) MUST_CHECK;
/* open(), close-on-exec; -1 with errno EXDEV when @path is not in there, or
 * there is ".." or a symbolic link on the way. */
int files_open(const char *path, int flags) MUST_CHECK;
/* May there be a file @path? Only in the folder itself, named whole, in the
 * place of nothing or of an ordinary file. */
int files_may_write(const char *path, struct err *err) MUST_CHECK;
/* ERR_INVALID, and the sentence. */
int files_refused(const char *path, struct err *err);

#endif
