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

/* Web pages that call themselves spreadsheets. */
static bool
is_markup(const char *s, size_t len)
{
	static const char *const tags[] = { "<html", "<table", "<!doctype",
		"<?xml", "<head", "<meta", "<style", "<body", "<div", "<!--",
		"<workbook", "<ss:workbook" };

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

static bool
has(const char *s, size_t len, const char *what)
{
	return memmem(s, len, what, strlen(what)) != NULL;
}

static int
refuse_markup(const char *path, const char *s, size_t len, struct err *err)
{
	if (has(s, len, "urn:schemas-microsoft-com:office:spreadsheet"))
		return err_set(err, ERR_INVALID, "",
		    _("%s is an XML spreadsheet, whatever its name says: open "
		      "it and save it as .xlsx or CSV, then take that file"),
		    path);
	return err_set(err, ERR_INVALID, "",
	    _("%s is a web page, whatever its name says: open it in a "
	      "spreadsheet and save it as .xlsx or CSV, then take that file"),
	    path);
}

/* A workbook with a password is an old container too, around the new. */
static int
refuse_old(const char *path, const char *s, size_t len, struct err *err)
{
	static const char locked[] = "E\0n\0c\0r\0y\0p\0t\0e\0d\0P";

	if (memmem(s, len, locked, sizeof(locked)) != NULL)
		return err_set(err, ERR_INVALID, "",
		    _("%s is locked with a password: open it, save it without "
		      "one, then take that file"),
		    path);
	return err_set(err, ERR_INVALID, "",
	    _("%s is an old Excel workbook (.xls): open it and save it as "
	      ".xlsx or CSV, then take that file"),
	    path);
}

/* Text has no NULs to speak of, unless it is UTF-16; or so somebody says. */
static bool
is_binary(const char *s, size_t len, bool asked)
{
	enum charset wide;
	size_t nuls = 0;

	if (starts(s, len, "%PDF-"))
		return true;
	if (asked || charset_mark(CHARSET_UTF16LE, s, len) > 0 ||
	    charset_mark(CHARSET_UTF16BE, s, len) > 0 ||
	    charset_looks_utf16(s, len, &wide))
		return false;
	if (len > 4096)
		len = 4096;
	for (size_t i = 0; i < len; i++)
		nuls += s[i] == '\0';
	return nuls * 4 > len;
}

static int
check_container(
    struct source *src, const char *s, size_t len, bool asked, struct err *err)
{
	if (starts(s, len, "PK\x03\x04") || starts(s, len, "PK\x05\x06")) {
		src->zip = true;
		return 0;
	}
	if (starts(s, len, "\xD0\xCF\x11\xE0"))
		return refuse_old(src->path, s, len, err);
	if (is_markup(s, len))
		return refuse_markup(src->path, s, len, err);
	if (starts(s, len, "Rar!") || starts(s, len, "7z\xBC\xAF") ||
	    starts(s, len, "\x1F\x8B"))
		return err_set(err, ERR_INVALID, "",
		    _("%s is packed: unpack it first"), src->path);
	if (is_binary(s, len, asked))
		return err_set(err, ERR_INVALID, "",
		    _("%s is not a table of text; a CSV file is needed"),
		    src->path);
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

/* Many a file begins in English: read on to where it speaks. */
static ssize_t
skip_ascii(struct source *src, char *head, size_t size, ssize_t n)
{
	for (int i = 0; i < 16 && n == (ssize_t)size; i++) {
		for (size_t k = 0; k < size; k++)
			if (((unsigned char)head[k] & 0x80) != 0)
				return n;
		n = read_full(src->fd, head, size);
	}
	return n;
}

static int
choose_charset(struct source *src, char *head, size_t size, ssize_t n,
    const char *encoding, struct err *err)
{
	enum charset cs;

	if (encoding != NULL) {
		if (!charset_find(encoding, &cs))
			return err_set(err, ERR_INVALID, "encoding",
			    _("There is no encoding \"%s\"; known are utf-8, "
			      "gb18030, big5, utf-16le, utf-16be, shift-jis, "
			      "euc-kr and windows-1252"),
			    encoding);
		/* Plain "utf-16": its mark knows better. */
		if (cs == CHARSET_UTF16LE &&
		    charset_mark(CHARSET_UTF16BE, head, (size_t)n) > 0)
			cs = CHARSET_UTF16BE;
		src->mark = charset_mark(cs, head, (size_t)n);
	} else {
		cs = charset_guess(head, (size_t)n, (size_t)n < size);
		src->mark = charset_mark(cs, head, (size_t)n);
		if (cs == CHARSET_UTF8)
			n = skip_ascii(src, head, size, n);
		if (n < 0)
			return read_failed(src, err);
		if (cs == CHARSET_UTF8)
			cs = charset_guess(head, (size_t)n, (size_t)n < size);
		src->doubtful =
		    cs == CHARSET_GB18030 && charset_doubtful(head, (size_t)n);
	}
	decoder_init(&src->dec, cs);
	return 0;
}

/* What the first bytes say. */
static int
look(struct source *src, const char *encoding, struct err *err)
{
	/* One byte more than there should be: the end is seen. */
	size_t most = src->size < (int64_t)HEAD ? (size_t)src->size + 1 : HEAD;
	char *head = xmalloc(most);
	ssize_t n = read_full(src->fd, head, most);
	int rc;

	if (n < 0)
		rc = read_failed(src, err);
	else
		rc = check_container(
		    src, head, (size_t)n, encoding != NULL, err);
	if (rc == 0 && !src->zip)
		rc = choose_charset(src, head, most, n, encoding, err);
	free(head);
	return rc;
}

int
source_open(
    struct source *src, const char *path, const char *encoding, struct err *err)
{
	int rc;

	*src = (struct source){ .fd = -1, .path = xstrdup(path) };
	decoder_init(&src->dec, CHARSET_UTF8);
	rc = open_file(src, path, err);
	if (rc == 0)
		rc = look(src, encoding, err);
	if (rc == 0)
		rc = source_rewind(src, err);
	if (rc != 0) {
		source_close(src);
		return rc;
	}
	if (!src->zip) {
		src->raw = xmalloc(SOURCE_BLOCK + 4);
		src->text = xmalloc(SOURCE_KEEP + 3 * (SOURCE_BLOCK + 4));
	}
	return 0;
}

int
source_rewind(struct source *src, struct err *err)
{
	if (lseek(src->fd, (off_t)src->mark, SEEK_SET) < 0)
		return read_failed(src, err);
	src->bytes = src->dec.place = (int64_t)src->mark;
	src->nraw = src->len = src->dec.nbad = 0;
	src->hash = 0;
	src->ended = false;
	return 0;
}

int
source_hash(struct source *src, uint64_t *hash, struct err *err)
{
	unsigned char *block = xmalloc(SOURCE_BLOCK);
	ssize_t n = -1;

	*hash = 0;
	if (lseek(src->fd, 0, SEEK_SET) == 0)
		while ((n = read_full(src->fd, block, SOURCE_BLOCK)) > 0)
			*hash = hash_bytes(block, (size_t)n, *hash);
	free(block);
	return n < 0 ? read_failed(src, err) : 0;
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
