/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/io/files.h"

/* The one folder that files are read and written in; NULL: any. */
static struct {
	char *dir;
	int fd;
} only = { .fd = -1 };

int
files_confine(const char *dir, struct err *err)
{
	int fd = -1;

	if (dir != NULL &&
	    (fd = open(dir, O_PATH | O_DIRECTORY | O_CLOEXEC)) < 0)
		return err_set(err, ERR_IO, "",
		    _("The folder %s cannot be read: %s"), dir,
		    strerror(errno));
	if (only.fd >= 0)
		close(only.fd);
	free(only.dir);
	only.dir = dir != NULL ? xstrdup(dir) : NULL;
	only.fd = fd;
	return 0;
}

/* What is behind "DIR/", or a relative path itself. NULL: it is elsewhere. */
static const char *
inside(const char *path)
{
	size_t n = strlen(only.dir);

	while (n > 1 && only.dir[n - 1] == '/')
		n--;
	if (path[0] != '/')
		return path;
	if (strncmp(path, only.dir, n) != 0 || path[n] != '/')
		return NULL;
	return path + n + strspn(path + n, "/");
}

/* The next part of a path; 0 at its end. */
static size_t
next_part(const char **path, char *part, size_t size)
{
	size_t n = strcspn(*path, "/");

	if (n >= size)
		n = size - 1; /* no file has so long a name */
	memcpy(part, *path, n);
	part[n] = '\0';
	*path += n;
	*path += strspn(*path, "/");
	return n;
}

/* From the folder down, part by part, each one looked at by itself: no link is
 * followed, whatever somebody puts in its place meanwhile. */
static int
open_beneath(const char *path, int flags)
{
	const int way = O_PATH | O_DIRECTORY;
	int at = fcntl(only.fd, F_DUPFD_CLOEXEC, 0), fd, why;
	char part[256];

	while (at >= 0 && next_part(&path, part, sizeof(part)) > 0) {
		errno = EXDEV;
		fd = -1;
		if (strcmp(part, "..") != 0)
			fd = openat(at, part,
			    (path[0] != '\0' ? way : flags) | O_NOFOLLOW |
				O_CLOEXEC);
		why = errno == ELOOP ? EXDEV : errno;
		close(at);
		errno = why;
		at = fd;
	}
	return at;
}

int
files_open(const char *path, int flags)
{
	const char *name;

	if (only.dir == NULL)
		return open(path, flags | O_CLOEXEC);
	name = inside(path);
	if (name == NULL) {
		errno = EXDEV;
		return -1;
	}
	return open_beneath(name, flags);
}

int
files_refused(const char *path, struct err *err)
{
	return err_set(err, ERR_INVALID, "",
	    _("%s is not a file of the exchange folder %s; no others are open "
	      "here"),
	    path, only.dir != NULL ? only.dir : "");
}

int
files_may_write(const char *path, struct err *err)
{
	const char *name = only.dir != NULL ? inside(path) : NULL;
	struct stat st;

	if (only.dir == NULL)
		return 0;
	if (path[0] != '/' || name == NULL || name[0] == '\0' ||
	    strchr(name, '/') != NULL || strcmp(name, ".") == 0 ||
	    strcmp(name, "..") == 0)
		return files_refused(path, err);
	if (fstatat(only.fd, name, &st, AT_SYMLINK_NOFOLLOW) == 0 &&
	    !S_ISREG(st.st_mode))
		return files_refused(path, err);
	return 0;
}
