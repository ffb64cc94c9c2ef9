/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/io/files.h"

#include "../core/csv_line.h"
#include "import_priv.h"

/*
 * Refused rows put right go through as files of their own, beside those that
 * they came from, as people from elsewhere reach no other folder; or in that
 * for temporary files. They are there while they are read.
 */

#define NAMES_MAX 1000

struct retry {
	char **paths;
	size_t n;
};

/* "DIR/ExportOrderList-mended.csv": a new file, for its owner's eyes. */
static int
make_file(const char *dir, size_t ndir, const char *name, char **path)
{
	size_t stem = strcspn(name, ".");
	struct str s = STR_INIT;
	struct err ignored;
	int fd = -1, i;

	for (i = 1; i <= NAMES_MAX && fd < 0; i++) {
		str_cut(&s, 0);
		str_addn(&s, dir, ndir);
		str_addn(&s, name, stem);
		str_add(&s, "-mended");
		if (i > 1)
			str_addf(&s, "-%d", i);
		str_add(&s, ".csv");
		if (files_may_write(s.s, &ignored) < 0)
			break;
		fd = open(s.s, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
		if (fd < 0 && errno != EEXIST)
			break;
	}
	*path = str_take(&s);
	return fd;
}

static FILE *
open_retry(const struct imp_file *file, char **path)
{
	const char *tmp = getenv("TMPDIR");
	struct str dir = STR_INIT;
	FILE *f = NULL;
	int fd;

	fd = make_file(
	    file->path, (size_t)(file->name - file->path), file->name, path);
	if (fd < 0) {
		free(*path);
		str_addf(&dir, "%s/", tmp != NULL ? tmp : "/tmp");
		fd = make_file(dir.s, dir.len, file->name, path);
		str_done(&dir);
	}
	if (fd >= 0 && (f = fdopen(fd, "w")) == NULL)
		close(fd);
	return f;
}

static bool
is_of(const struct import *im, const struct imp_file *file, size_t which)
{
	return reject_file(im, &im->rejects[which]) == file;
}

/* The header, and the rows of this file. */
static bool
write_rows(FILE *f, const struct import *im, const struct imp_file *file,
    const size_t *which, const char *const *rows, size_t n)
{
	struct str head = STR_INIT;
	bool good;
	size_t i;

	for (i = 0; i < file->nheader; i++)
		csv_field(&head, file->header[i]);
	good = fprintf(f, "\xef\xbb\xbf%s\n", head.s) > 0;
	str_done(&head);
	for (i = 0; good && i < n; i++)
		if (is_of(im, file, which[i]))
			good = fprintf(f, "%s\n", rows[i]) > 0;
	return good;
}

static int
retry_file(struct session *s, const struct import *im,
    const struct imp_file *file, const size_t *which, const char *const *rows,
    size_t n, struct retry *r)
{
	char *path = NULL;
	FILE *f = open_retry(file, &path);
	bool good;

	good = f != NULL && write_rows(f, im, file, which, rows, n);
	if (f != NULL) {
		r->paths[r->n++] = path; /* to be removed */
		good = fclose(f) == 0 && good;
	}
	if (!good)
		err_set(&s->err, ERR_IO, "",
		    _("The file %s for the mended rows cannot be made: %s"),
		    path, strerror(errno));
	if (f == NULL)
		free(path);
	return good ? 0 : ERR_IO;
}

int
import_retry(struct session *s, const struct import *im, const size_t *which,
    const char *const *rows, size_t n, const struct import_options *opt,
    struct import **out)
{
	struct retry r = { .paths = xcalloc(im->nfiles, sizeof(*r.paths)) };
	struct import_options o = { 0 };
	size_t i, j;
	int rc = session_need(s, PERM_IMPORT);

	if (opt != NULL)
		o = *opt;
	o.encoding = "utf-8"; /* as they are kept */
	for (i = 0; rc == 0 && i < im->nfiles; i++) {
		for (j = 0; j < n && !is_of(im, &im->files[i], which[j]); j++)
			continue;
		if (j < n)
			rc = retry_file(
			    s, im, &im->files[i], which, rows, n, &r);
	}
	if (rc == 0)
		rc = import_rows(s, im->kind, (const char *const *)r.paths, r.n,
		    &o, im, out);
	for (i = 0; i < r.n; i++) {
		unlink(r.paths[i]);
		free(r.paths[i]);
	}
	free(r.paths);
	return rc;
}
