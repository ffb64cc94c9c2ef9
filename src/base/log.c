/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/log.h"

static int log_fd = -1;

int
log_open(const char *path, struct err *err)
{
	int fd = -1;

	if (path != NULL) {
		fd = open(path,
		    O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0600);
		if (fd < 0)
			return err_set(err, ERR_IO, "",
			    _("The log %s cannot be written: %s"), path,
			    strerror(errno));
	}
	if (log_fd >= 0)
		close(log_fd);
	log_fd = fd;
	return 0;
}

/* What came from outside must not forge a line of its own. */
static size_t
flatten(char *s, size_t len)
{
	size_t i;

	for (i = 0; i < len; i++)
		if ((unsigned char)s[i] < 0x20 || s[i] == 0x7f)
			s[i] = ' ';
	return len;
}

void
log_msg(const char *fmt, ...)
{
	char line[2048];
	struct timespec now;
	struct tm tm;
	va_list ap;
	size_t n;
	int len;

	if (log_fd < 0)
		return;
	clock_gettime(CLOCK_REALTIME, &now);
	gmtime_r(&now.tv_sec, &tm);
	n = strftime(line, sizeof(line), "%Y-%m-%dT%H:%M:%S", &tm);
	n += (size_t)snprintf(line + n, sizeof(line) - n, ".%03ldZ %ld ",
	    now.tv_nsec / 1000000, (long)getpid());
	va_start(ap, fmt);
	len = vsnprintf(line + n, sizeof(line) - n - 1, fmt, ap);
	va_end(ap);
	if (len < 0)
		return;
	n += flatten(line + n, strlen(line + n));
	line[n++] = '\n';
	/* One write, so that lines of two programs do not mix. */
	if (write(log_fd, line, n) < 0)
		return;
}
