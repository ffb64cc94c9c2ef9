/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/map.h"
#include "shopmgr/io/files.h"
#include "source.h"

#define HEAD ((size_t)1 << 20) /* what the encoding is told by */

static bool
starts(const char *s, size_t len, const char *with)
{
	size_t n = strlen(with);

	return len >= n && strncasecmp(s, with, n) == 0;
}

/* Web pages and XML that call themselves spreadsheets. */
static bool
is_markup(const char *s, size_t len)
{
	static const char *const tags[] = { "<html", "<table", "<!doctype",
		"<?xml", "<head", "<meta", "<style", "<body" };

	if (starts(s, len, "\xEF\xBB\xBF")) {
		s += 3;
		len -= 3;
	}
	while (len > 0 && memchr(" \t\r\n", *s, 4) != NULL) {
		s++;
		len--;
	}
	for (size_t i = 0; i < sizeof(tags) / sizeof(tags[0]); i++)
		if (starts(s, len, tags[i]))
			return true;
	return false;
}

/* Text has no NULs to speak of, unless it is UTF-16 and says so. */
static bool
is_binary(const char *s, size_t len)
{
	size_t nuls = 0;

	if (starts(s, len, "%PDF-") || starts(s, len, "\x1F\x8B") ||
	    starts(s, len, "Rar!") || starts(s, len, "7z\xBC\xAF"))
		return true;
	if (starts(s, len, "\xFF\xFE") || starts(s, len, "\xFE\xFF"))
		return false;
	if (len > 4096)
		len = 4096;
	for (size_t i = 0; i < len; i++)
		nuls += s[i] == '\0';
	return nuls * 4 > len;
}

static int
check_container(const char *path, const char *s, size_t len, struct err *err)
{
	if (starts(s, len, "PK\x03\x04")) {
		if (memmem(s, len, "xl/", 3) != NULL ||
		    memmem(s, len, "[Content_Types].xml", 19) != NULL)
			return err_set(err, ERR_INVALID, "",
			    _("%s is an Excel workbook: open it and save it as "
			      "CSV, then take that file"),
			    path);
		return err_set(err, ERR_INVALID, "",
		    _("%s is a zip archive: unpack it first"), path);
	}
	if (starts(s, len, "\xD0\xCF\x11\xE0"))
		return err_set(err, ERR_INVALID, "",
		    _("%s is an old Excel workbook (.xls): open it and save it "
		      "as CSV, then take that file"),
		    path);
	if (is_markup(s, len))
		return err_set(err, ERR_INVALID, "",
		    _("%s is a web page, whatever its name says: open it in a "
		      "spreadsheet and save it as CSV, then take that file"),
		    path);
	if (is_binary(s, len))
		return err_set(err, ERR_INVALID, "",
		    _("%s is not a table of text; a CSV file is needed"), path);
	return 0;
}

static int
read_failed(const struct source *src, struct err *err)
{
	return err_set(err, ERR_IO, "", _("%s cannot be read: %s"), src->path,
	    strerror(errno));
}

/* As much of @len as there is, or -1. */
static ssize_t
read_full(int fd, void *buf, size_t len)
{
	size_t n = 0;
	ssize_t got;

	while (n < len) {
		got = read(fd, (char *)buf + n, len - n);
		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return -1;
		if (got == 0)
			break;
		n += (size_t)got;
	}
	return (ssize_t)n;
}

static int
open_file(struct source *src, const char *path, struct err *err)
{
	struct stat st;

	src->fd = files_open(path, O_RDONLY | O_NOCTTY | O_NONBLOCK);
	if (src->fd < 0 && errno == EXDEV)
		return files_refused(path, err);
	if (src->fd < 0 && (errno == ENOENT || errno == ENOTDIR))
		return err_set(
		    err, ERR_NOTFOUND, "", _("There is no file %s"), path);
	if (src->fd < 0 || fstat(src->fd, &st) < 0)
		return read_failed(src, err);
	if (S_ISDIR(st.st_mode))
		return err_set(err, ERR_INVALID, "",
		    _("%s is a folder, not a file"), path);
	if (!S_ISREG(st.st_mode))
		return err_set(err, ERR_INVALID, "",
		    _("%s is not an ordinary file"), path);
	src->size = st.st_size;
	return 0;
}

/* What the first bytes say. */
static int
look(struct source *src, struct err *err)
{
	/* One byte more than there should be: the end is seen. */
	size_t most = src->size < (int64_t)HEAD ? (size_t)src->size + 1 : HEAD;
	char *head = xmalloc(most);
	ssize_t n = read_full(src->fd, head, most);
	int rc;

	if (n < 0) {
		rc = read_failed(src, err);
	} else {
		rc = check_container(src->path, head, (size_t)n, err);
		decoder_init(&src->dec,
		    charset_guess(head, (size_t)n, (size_t)n < most));
	}
	free(head);
	return rc;
}

int
source_open(struct source *src, const char *path, struct err *err)
{
	int rc;

	*src = (struct source){ .fd = -1, .path = xstrdup(path) };
	decoder_init(&src->dec, CHARSET_UTF8);
	rc = open_file(src, path, err);
	if (rc == 0)
		rc = look(src, err);
	if (rc == 0)
		rc = source_rewind(src, err);
	if (rc != 0) {
		source_close(src);
		return rc;
	}
	src->raw = xmalloc(SOURCE_BLOCK + 4);
	src->text = xmalloc(SOURCE_KEEP + 3 * (SOURCE_BLOCK + 4));
	return 0;
}

int
source_rewind(struct source *src, struct err *err)
{
	off_t start = (off_t)charset_bom(src->dec.charset);

	if (lseek(src->fd, start, SEEK_SET) < 0)
		return read_failed(src, err);
	src->bytes = src->dec.place = start;
	src->nraw = src->len = src->dec.nbad = 0;
	src->hash = 0;
	src->ended = false;
	return 0;
}

/* The window, and the bad bytes in it, move up. */
static void
let_go(struct source *src, size_t drop)
{
	struct decoder *d = &src->dec;
	size_t n = 0;

	memmove(src->text, src->text + drop, src->len - drop);
	src->len -= drop;
	for (size_t i = 0; i < d->nbad; i++) {
		if (d->bad[i].at < drop)
			continue;
		d->bad[n] = d->bad[i];
		d->bad[n++].at -= drop;
	}
	d->nbad = n;
}

int
source_more(struct source *src, size_t drop, struct err *err)
{
	ssize_t n;
	size_t used;

	let_go(src, drop);
	if (src->ended)
		return 0;
	n = read_full(src->fd, src->raw + src->nraw, SOURCE_BLOCK);
	if (n < 0)
		return read_failed(src, err);
	src->ended = n < (ssize_t)SOURCE_BLOCK;
	src->bytes += n;
	src->hash = hash_bytes(src->raw + src->nraw, (size_t)n, src->hash);
	src->nraw += (size_t)n;
	used = decode(
	    &src->dec, src->raw, src->nraw, src->ended, src->text, &src->len);
	memmove(src->raw, src->raw + used, src->nraw - used);
	src->nraw -= used;
	return 1;
}

void
source_close(struct source *src)
{
	if (src->fd >= 0)
		close(src->fd);
	decoder_done(&src->dec);
	free(src->path);
	free(src->raw);
	free(src->text);
}
