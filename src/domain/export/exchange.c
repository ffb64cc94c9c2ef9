/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/time.h"
#include "shopmgr/domain/exchange.h"
#include "shopmgr/domain/op.h"
#include "shopmgr/io/files.h"

#include "../core/session_priv.h"

#define SAME_MINUTE_MAX 1000

/* The folder with all that it lies in, for its owner's eyes: the files hold
 * names and addresses. */
static int
make_folder(struct session *s, const char *dir)
{
	char part[4096];
	struct stat st;
	size_t i;

	copy_text(part, sizeof(part), dir);
	for (i = 1; part[i] != '\0'; i++) {
		if (part[i] != '/')
			continue;
		part[i] = '\0';
		if (mkdir(part, 0777) < 0 && errno != EEXIST)
			break;
		part[i] = '/';
	}
	if ((mkdir(dir, 0700) < 0 && errno != EEXIST) || stat(dir, &st) < 0)
		return err_set(&s->err, ERR_IO, "",
		    _("The exchange folder %s cannot be made: %s"), dir,
		    strerror(errno));
	if (!S_ISDIR(st.st_mode))
		return err_set(&s->err, ERR_IO, "",
		    _("The exchange folder %s is not a folder"), dir);
	return 0;
}

int
exchange_files(struct session *s, const char *dir, struct page *out)
{
	const struct file_row *file;
	struct exchange_file *row;
	struct page files;
	size_t i;
	int rc;

	if ((rc = session_need(s, PERM_IMPORT)) < 0 ||
	    (rc = make_folder(s, dir)) < 0 ||
	    (rc = files_list(dir, &files, &s->err)) < 0)
		return rc;
	page_init(out, sizeof(*row), files.n);
	for (i = 0; i < files.n; i++) {
		file = page_row(&files, i);
		row = page_add(out);
		row->id = (int64_t)i + 1;
		row->size = file->size;
		row->mtime = file->mtime;
		row->name = arena_strdup(&out->arena, file->name);
		row->path = arena_strdup(&out->arena, file->path);
	}
	page_free(&files);
	return 0;
}

int
exchange_path(struct session *s, const char *dir, const char *stem,
    const char *ext, char *buf, size_t size)
{
	char when[TIME_SIZE], stamp[16];
	int rc, n, i;

	if ((rc = make_folder(s, dir)) < 0)
		return rc;
	time_full(time_now(), when); /* "2026-11-22 14:05:00" */
	snprintf(stamp, sizeof(stamp), "%.4s%.2s%.2s-%.2s%.2s", when, when + 5,
	    when + 8, when + 11, when + 14);
	for (i = 1; i <= SAME_MINUTE_MAX; i++) {
		if (i == 1)
			n = snprintf(
			    buf, size, "%s/%s-%s.%s", dir, stem, stamp, ext);
		else
			n = snprintf(buf, size, "%s/%s-%s-%d.%s", dir, stem,
			    stamp, i, ext);
		if (n < 0 || (size_t)n >= size)
			break;
		if (access(buf, F_OK) < 0)
			return 0;
	}
	return err_set(&s->err, ERR_IO, "",
	    _("No name is free in the exchange folder %s"), dir);
}

int
exchange_named(struct session *s, const char *dir, const char *name,
    const char *ext, char *buf, size_t size)
{
	int rc, n;

	if (name[0] == '\0' || name[0] == '.' || strchr(name, '/') != NULL)
		return err_set(&s->err, ERR_INVALID, "name",
		    _("A name without a folder: the file goes into the "
		      "exchange folder"));
	if ((rc = make_folder(s, dir)) < 0)
		return rc;
	n = snprintf(buf, size, "%s/%s.%s", dir, name, ext);
	if (n < 0 || (size_t)n >= size)
		return err_set(
		    &s->err, ERR_INVALID, "name", _("The name is too long"));
	if (access(buf, F_OK) == 0)
		return err_set(&s->err, ERR_INVALID, "name",
		    _("There is a file %s already: choose another name"), buf);
	return 0;
}
