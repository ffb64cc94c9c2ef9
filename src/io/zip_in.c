/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <minizip/unzip.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/arena.h"
#include "shopmgr/base/i18n.h"
#include "zip_in.h"

#define MOST_PARTS 10000
#define MOST_NAME  1024
/* What sheets unpack to: 8 to 40 times their size. */
#define RATIO      200
#define RATIO_FROM ((int64_t)16 << 20)
#define BLOCK      ((size_t)64 << 10)

struct part {
	const char *name;
	unz64_file_pos pos;
};

struct zip {
	int fd;
	int64_t size, at; /* of the file; where minizip reads */
	unsigned char *block;
	int64_t block_at;
	size_t block_n;
	bool io_failed;
	const char *path;
	struct arena arena;
	struct part *parts;
	size_t nparts;
	unzFile unz;
	bool open; /* a part is: */
	const char *name;
	int64_t packed, unpacked, done, most;
};

/* minizip asks for single bytes; they come out of a block. */
static uLong
on_read(voidpf arg, voidpf stream, void *buf, uLong n)
{
	struct zip *z = arg;
	uLong done = 0;
	ssize_t got;

	(void)stream;
	while (done < n) {
		int64_t in = z->at - z->block_at;
		size_t take;

		if (in < 0 || in >= (int64_t)z->block_n) {
			got = pread(z->fd, z->block, BLOCK, (off_t)z->at);
			z->io_failed |= got < 0 && errno != EINTR;
			z->block_at = z->at;
			z->block_n = got > 0 ? (size_t)got : 0;
			if (got == 0 || z->io_failed)
				break;
			continue;
		}
		take = z->block_n - (size_t)in;
		if (take > n - done)
			take = n - done;
		memcpy((char *)buf + done, z->block + in, take);
		z->at += (int64_t)take;
		done += take;
	}
	return done;
}

static voidpf
on_open(voidpf arg, const void *name, int mode)
{
	(void)name;
	(void)mode;
	return arg;
}

static ZPOS64_T
on_tell(voidpf arg, voidpf stream)
{
	const struct zip *z = arg;

	(void)stream;
	return (ZPOS64_T)z->at;
}

static long
on_seek(voidpf arg, voidpf stream, ZPOS64_T offset, int origin)
{
	struct zip *z = arg;
	int64_t base = origin == ZLIB_FILEFUNC_SEEK_END   ? z->size
		       : origin == ZLIB_FILEFUNC_SEEK_CUR ? z->at
							  : 0;

	(void)stream;
	if (offset > (ZPOS64_T)(z->size - base))
		return -1;
	z->at = base + (int64_t)offset;
	return 0;
}

static int
on_close(voidpf arg, voidpf stream)
{
	(void)arg;
	(void)stream;
	return 0;
}

static int
on_error(voidpf arg, voidpf stream)
{
	const struct zip *z = arg;

	(void)stream;
	return z->io_failed;
}

int
zip_damaged(const struct zip *z, const char *where, struct err *err)
{
	return err_set(err, ERR_INVALID, "",
	    _("%s is damaged (%s): open it in a spreadsheet and save it "
	      "again, then take that file"),
	    z->path, where);
}

/* As names are compared. */
static const char *
plain_name(struct zip *z, const char *raw)
{
	char *name = arena_strdup(&z->arena, raw + strspn(raw, "/\\"));

	for (char *p = name; *p != '\0'; p++)
		if (*p == '\\')
			*p = '/';
	return name;
}

static int
list_parts(struct zip *z, struct err *err)
{
	char name[MOST_NAME];
	unz_file_info64 info;
	unz_global_info64 all;
	int rc;

	if (unzGetGlobalInfo64(z->unz, &all) != UNZ_OK)
		return zip_damaged(z, "zip", err);
	if (all.number_entry > MOST_PARTS)
		return err_set(err, ERR_INVALID, "",
		    _("%s has more than %d parts: it is no workbook"), z->path,
		    MOST_PARTS);
	z->parts = xcalloc((size_t)all.number_entry + 1, sizeof(z->parts[0]));
	for (rc = unzGoToFirstFile(z->unz);
	     rc == UNZ_OK && z->nparts < all.number_entry;
	     rc = unzGoToNextFile(z->unz)) {
		rc = unzGetCurrentFileInfo64(
		    z->unz, &info, name, sizeof(name), NULL, 0, NULL, 0);
		if (rc != UNZ_OK)
			break;
		if (info.size_filename >= sizeof(name))
			continue;
		z->parts[z->nparts].name = plain_name(z, name);
		unzGetFilePos64(z->unz, &z->parts[z->nparts].pos);
		z->nparts++;
	}
	if (rc != UNZ_OK && rc != UNZ_END_OF_LIST_OF_FILE)
		return zip_damaged(z, "zip", err);
	return 0;
}

int
zip_open(
    struct zip **out, int fd, int64_t size, const char *path, struct err *err)
{
	struct zip *z = xcalloc(1, sizeof(*z));
	zlib_filefunc64_def io = { .zopen64_file = on_open,
		.zread_file = on_read,
		.ztell64_file = on_tell,
		.zseek64_file = on_seek,
		.zclose_file = on_close,
		.zerror_file = on_error,
		.opaque = z };
	int rc;

	z->fd = fd;
	z->size = size;
	z->path = path;
	z->block = xmalloc(BLOCK);
	z->unz = unzOpen2_64(path, &io);
	if (z->unz == NULL)
		rc = err_set(err, ERR_INVALID, "",
		    _("%s is cut off or damaged: fetch it again"), path);
	else
		rc = list_parts(z, err);
	if (rc != 0) {
		zip_close(z);
		return rc;
	}
	*out = z;
	return 0;
}

static const struct part *
find(const struct zip *z, const char *name)
{
	for (size_t i = 0; i < z->nparts; i++)
		if (strcasecmp(z->parts[i].name, name) == 0)
			return &z->parts[i];
	return NULL;
}

bool
zip_has(const struct zip *z, const char *name)
{
	return find(z, name) != NULL;
}

static void
leave_part(struct zip *z)
{
	if (z->open)
		unzCloseCurrentFile(z->unz);
	z->open = false;
}

int
zip_part(struct zip *z, const char *name, int64_t most, struct err *err)
{
	const struct part *part = find(z, name);
	unz_file_info64 info;

	leave_part(z);
	z->done = 0;
	if (part == NULL)
		return ERR_NOTFOUND;
	if (unzGoToFilePos64(z->unz, &part->pos) != UNZ_OK ||
	    unzGetCurrentFileInfo64(z->unz, &info, NULL, 0, NULL, 0, NULL, 0) !=
		UNZ_OK)
		return zip_damaged(z, part->name, err);
	if ((info.flag & 1) != 0)
		return err_set(err, ERR_INVALID, "",
		    _("%s is locked with a password: open it, save it without "
		      "one, then take that file"),
		    z->path);
	if ((info.compression_method != 0 && info.compression_method != 8) ||
	    unzOpenCurrentFile(z->unz) != UNZ_OK)
		return zip_damaged(z, part->name, err);
	z->open = true;
	z->name = part->name;
	z->packed = (int64_t)info.compressed_size;
	z->unpacked = (int64_t)info.uncompressed_size;
	z->most = most;
	return 0;
}

/* The end of a part: was it all, and is it what was packed? */
static int
end_part(struct zip *z, struct err *err)
{
	z->open = false;
	if (unzCloseCurrentFile(z->unz) != UNZ_OK || z->done != z->unpacked)
		return zip_damaged(z, z->name, err);
	return 0;
}

ssize_t
zip_read(struct zip *z, void *buf, size_t n, struct err *err)
{
	int got;

	if (!z->open)
		return 0;
	got = unzReadCurrentFile(z->unz, buf, (unsigned)n);
	if (z->io_failed)
		return err_set(err, ERR_IO, "", _("%s cannot be read: %s"),
		    z->path, strerror(EIO));
	if (got < 0)
		return zip_damaged(z, z->name, err);
	if (got == 0)
		return end_part(z, err);
	z->done += got;
	if (z->done > z->most ||
	    (z->done > RATIO_FROM && z->done / RATIO > z->packed))
		return err_set(err, ERR_INVALID, "",
		    _("%s unpacks to far too much (%s, over %lld MB): it is "
		      "not read"),
		    z->path, z->name, (long long)(z->done >> 20));
	return got;
}

int64_t
zip_done(const struct zip *z)
{
	return z->done;
}

double
zip_progress(const struct zip *z)
{
	return z->done < z->unpacked ? (double)z->done / (double)z->unpacked
				     : 1;
}

void
zip_close(struct zip *z)
{
	if (z == NULL)
		return;
	leave_part(z);
	if (z->unz != NULL)
		unzClose(z->unz);
	arena_done(&z->arena);
	free(z->parts);
	free(z->block);
	free(z);
}
