/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "out_file.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/io/files.h"

int
out_file_failed(const struct out_file *f)
{
	return err_set(f->err, ERR_IO, "", _("%s cannot be written: %s"),
	    f->path, strerror(errno));
}

/* A folder that gives its files to its group (setgid) is there for that group
 * to take them from. */
static void
share_with_group(int fd, const char *dir)
{
	struct stat st;

	if (stat(dir, &st) == 0 && (st.st_mode & S_ISGID) != 0 &&
	    (st.st_mode & S_IRGRP) != 0)
		(void)fchmod(fd, 0640);
}

static int
open_beside(struct out_file *f)
{
	struct str temp = STR_INIT;
	char *copy = xstrdup(f->path);
	const char *dir = dirname(copy);

	str_addf(&temp, "%s/.shopmgr-XXXXXX", dir);
	f->temp = str_take(&temp);
	f->fd = mkostemp(f->temp, O_CLOEXEC);
	if (f->fd >= 0)
		share_with_group(f->fd, dir);
	free(copy);
	if (f->fd >= 0)
		return 0;
	free(f->temp);
	f->temp = NULL;
	return out_file_failed(f);
}

int
out_file_open(struct out_file *f, const char *path, struct err *err)
{
	struct stat st;
	int rc;

	*f = (struct out_file){ .fd = -1, .err = err };
	f->path = xstrdup(path != NULL ? path : "shopmgr");
	if (path == NULL) {
		f->fd = memfd_create("shopmgr", MFD_CLOEXEC);
		return f->fd < 0 ? out_file_failed(f) : 0;
	}
	if ((rc = files_may_write(path, err)) < 0)
		return rc;
	if (strcmp(path, "-") == 0) {
		f->fd = STDOUT_FILENO;
		return 0;
	}
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		f->fd = open(path, O_WRONLY | O_CLOEXEC | O_NOCTTY);
		return f->fd < 0 ? out_file_failed(f) : 0;
	}
	return open_beside(f);
}

int
out_file_write(struct out_file *f, const void *data, size_t len)
{
	const char *s = data;

	while (len > 0) {
		ssize_t n = write(f->fd, s, len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return out_file_failed(f);
		s += n;
		len -= (size_t)n;
	}
	return 0;
}

int
out_file_seal(struct out_file *f)
{
	if (f->temp == NULL)
		return 0;
	if (fsync(f->fd) < 0)
		return out_file_failed(f);
	close(f->fd);
	f->fd = -1;
	return 0;
}

/* The name of a file is only safe when its folder is on the disk. */
static void
sync_folder(const char *path)
{
	char *copy = xstrdup(path);
	int fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd >= 0) {
		fsync(fd);
		close(fd);
	}
	free(copy);
}

int
out_file_rename(struct out_file *f, const char *path)
{
	int rc;

	if (f->temp == NULL)
		return 0;
	if ((rc = files_may_write(path, f->err)) < 0)
		return rc;
	if (strcmp(path, f->path) != 0) {
		free(f->path);
		f->path = xstrdup(path);
	}
	if (rename(f->temp, f->path) < 0)
		return out_file_failed(f);
	sync_folder(f->path);
	free(f->temp);
	f->temp = NULL;
	return 0;
}

void
out_file_close(struct out_file *f)
{
	if (f->fd > STDERR_FILENO)
		close(f->fd);
	if (f->temp != NULL)
		unlink(f->temp);
	free(f->temp);
	free(f->path);
	*f = (struct out_file){ .fd = -1 };
}
