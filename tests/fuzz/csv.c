/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "shopmgr/base/map.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/io/sheet_in.h"

/*
 * Tables: whatever the file holds, its rows come in order, as terminated UTF-8
 * of the length that is said, and the same again after a rewind at any place.
 * An input that begins with "#!" says how it is to be read: a letter for the
 * encoding, one for the delimiter.
 */

static struct err err;

/* Check a row and add it to a hash of all. */
static uint64_t
take(const struct sheet_row *row, uint64_t hash)
{
	struct str line = STR_INIT;

	assert(row->n <= 1000);
	assert(row->n > 0 || row->bad != NULL);
	row_csv(row, &line);
	assert(strlen(line.s) == line.len);
	hash = hash_bytes(line.s, line.len, hash);
	str_done(&line);
	for (size_t i = 0; i < row->n; i++) {
		size_t len = row->lens[i];
		char *s = (char *)row->fields[i];

		assert(strlen(s) == len && utf8_valid(s, len));
		s = field_clean(s, &len);
		assert(strlen(s) == len && len <= row->lens[i]);
		assert(utf8_valid(s, len));
	}
	if (row->bad != NULL)
		assert(row->bad[0] != '\0');
	return hash_bytes(&row->line, sizeof(row->line), hash);
}

static uint64_t
read_all(struct sheet *sh, int64_t *rows)
{
	struct sheet_row row;
	uint64_t hash = 0;
	int64_t line = 0;
	int rc;

	*rows = 0;
	while ((rc = sheet_next(sh, &row)) > 0) {
		assert(row.line >= line && row.line >= 1);
		assert(row.bytes <= sheet_size(sh));
		line = row.line;
		hash = take(&row, hash);
		++*rows;
	}
	assert(rc == 0);
	return hash ^ sheet_hash(sh);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const encodings[] = { NULL, "utf-8", "gb18030",
		"big5", "utf-16le", "utf-16be", "shift-jis", "euc-kr",
		"windows-1252" };
	static const char delimiters[] = { 0, ',', ';', '\t' };
	static int fd = -1;
	static char path[64];
	struct sheet_in_opts opts = { 0 };
	struct sheet_row row;
	struct sheet *sh;
	uint64_t hash, again;
	int64_t n, m, stop;

	if (fd < 0) {
		fd = memfd_create("fuzz.csv", MFD_CLOEXEC);
		assert(fd >= 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (size >= 4 && memcmp(data, "#!", 2) == 0) {
		opts.encoding = encodings[data[2] % 9];
		opts.delimiter = delimiters[data[3] % 4];
		data += 4;
		size -= 4;
	}
	if (ftruncate(fd, 0) != 0 || pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	if (sheet_open_as(&sh, path, &opts, &err) != 0) {
		assert(err.code == ERR_INVALID && err.text[0] != '\0');
		return 0;
	}
	assert(sheet_container(sh)[0] != '\0');
	hash = read_all(sh, &n);
	assert(sheet_rewind(sh) == 0);
	stop = n > 0 ? (int64_t)(hash % (uint64_t)n) : 0;
	for (int64_t i = 0; i < stop; i++)
		assert(sheet_next(sh, &row) == 1);
	assert(sheet_rewind(sh) == 0);
	again = read_all(sh, &m);
	assert(again == hash && m == n);
	sheet_close(sh);
	return 0;
}
