/* SPDX-License-Identifier: MIT */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/io/files.h"

#define MOST 10000 /* files of a folder that are shown */

/* By the name; what turns out not to be read is refused with words that help.
 */
static bool
is_table(const char *name)
{
	static const char *const ends[] = { ".csv", ".tsv", ".txt", ".xlsx",
		".xlsm", ".xls" };
	size_t len = strlen(name), n;

	if (name[0] == '.')
		return false;
	for (size_t i = 0; i < sizeof(ends) / sizeof(ends[0]); i++) {
		n = strlen(ends[i]);
		if (len > n && strcasecmp(name + len - n, ends[i]) == 0)
			return true;
	}
	return false;
}

static int
newest_first(const void *a, const void *b)
{
	const struct file_row *x = a, *y = b;

	if (x->mtime != y->mtime)
		return x->mtime < y->mtime ? 1 : -1;
	return strcmp(x->name, y->name);
}

static size_t
count_tables(DIR *d)
{
	const struct dirent *e;
	size_t n = 0;

	while ((e = readdir(d)) != NULL && n < MOST)
		n += is_table(e->d_name);
	rewinddir(d);
	return n;
}

/* Ordinary files alone: a link could lead out of the folder. */
int
files_list(const char *dir, struct page *out, struct err *err)
{
	DIR *d = opendir(dir);
	const struct dirent *e;
	struct file_row *row;
	struct stat st;
	size_t limit;

	if (d == NULL)
		return err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "",
		    _("The folder %s cannot be read: %s"), dir,
		    strerror(errno));
	limit = count_tables(d);
	page_init(out, sizeof(struct file_row), limit);
	while (out->n < limit && (e = readdir(d)) != NULL) {
		if (!is_table(e->d_name) ||
		    fstatat(dirfd(d), e->d_name, &st, AT_SYMLINK_NOFOLLOW) <
			0 ||
		    !S_ISREG(st.st_mode))
			continue;
		row = page_add(out);
		row->name = arena_strdup(&out->arena, e->d_name);
		row->path = arena_printf(&out->arena, "%s/%s", dir, e->d_name);
		row->size = st.st_size;
		row->mtime = st.st_mtime;
	}
	closedir(d);
	if (out->n > 1)
		qsort(out->rows, out->n, out->row_size, newest_first);
	return 0;
}
