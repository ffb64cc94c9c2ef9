/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <minizip/zip.h>
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
 * Workbooks. An input that begins as a zip archive is one, to its last byte.
 * Any other is the parts of one, so that what is changed gets past checksums:
 * texts with a line of "====" between them, which are the sheet, the shared
 * texts, the formats, the workbook, its relations, and those of the archive;
 * what is missing is as it should be.
 */

static const struct {
	const char *name, *text;
} parts[] = {
	{ "xl/worksheets/sheet1.xml", "<worksheet/>" },
	{ "xl/sharedStrings.xml",
	    "<sst><si><t>a</t></si><si><r><t>b</t></r></si></sst>" },
	{ "xl/styles.xml",
	    "<styleSheet><cellXfs><xf numFmtId=\"0\"/><xf numFmtId=\"22\"/>"
	    "<xf numFmtId=\"46\"/></cellXfs></styleSheet>" },
	{ "xl/workbook.xml",
	    "<workbook><sheets><sheet name=\"s\" xmlns:r=\"r\" r:id=\"a\"/>"
	    "</sheets></workbook>" },
	{ "xl/_rels/workbook.xml.rels",
	    "<a><Relationship Id=\"a\" Type=\"/worksheet\" "
	    "Target=\"worksheets/sheet1.xml\"/></a>" },
	{ "_rels/.rels", "<a/>" },
};

static struct err err;
static char path[64];
static int fd = -1;

static void
add_part(zipFile z, const char *name, const void *p, size_t n)
{
	zip_fileinfo info = { 0 };

	if (zipOpenNewFileInZip64(z, name, &info, NULL, 0, NULL, 0, NULL,
		Z_DEFLATED, 1, 0) != ZIP_OK ||
	    zipWriteInFileInZip(z, p, (unsigned)n) != ZIP_OK)
		abort();
	zipCloseFileInZip(z);
}

static void
put_parts(const uint8_t *data, size_t size)
{
	zipFile z = zipOpen64(path, APPEND_STATUS_CREATE);
	const uint8_t *end;
	size_t n;

	if (z == NULL)
		abort();
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++) {
		if (size == 0) {
			add_part(z, parts[i].name, parts[i].text,
			    strlen(parts[i].text));
			continue;
		}
		end = memmem(data, size, "====\n", 5);
		n = end != NULL ? (size_t)(end - data) : size;
		add_part(z, parts[i].name, data, n);
		n = end != NULL ? n + 5 : size;
		data += n;
		size -= n;
	}
	zipClose(z, NULL);
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
		assert(row.n <= 1000 && row.line >= line && row.line > 0);
		assert(row.n > 0 || row.bad != NULL);
		assert(row.bytes >= 0 && row.bytes <= sheet_size(sh));
		line = row.line;
		for (size_t i = 0; i < row.n; i++) {
			assert(strlen(row.fields[i]) == row.lens[i]);
			assert(utf8_valid(row.fields[i], row.lens[i]));
			hash = hash_bytes(row.fields[i], row.lens[i], hash);
		}
		if (row.bad != NULL) {
			assert(row.bad[0] != '\0');
			assert(utf8_valid(row.bad, strlen(row.bad)));
		}
		++*rows;
	}
	assert(rc == 0);
	return hash ^ sheet_hash(sh);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct sheet *sh;
	uint64_t hash, again;
	int64_t n, m;

	if (fd < 0) {
		fd = memfd_create("fuzz.xlsx", MFD_CLOEXEC);
		assert(fd >= 0);
		snprintf(path, sizeof(path), "/proc/self/fd/%d", fd);
	}
	if (ftruncate(fd, 0) != 0)
		abort();
	if (size < 4 || memcmp(data, "PK", 2) != 0)
		put_parts(data, size);
	else if (pwrite(fd, data, size, 0) != (ssize_t)size)
		abort();
	if (sheet_open(&sh, path, &err) != 0) {
		assert(err.code == ERR_INVALID && err.text[0] != '\0');
		return 0;
	}
	hash = read_all(sh, &n);
	assert(sheet_rewind(sh) == 0);
	again = read_all(sh, &m);
	assert(again == hash && m == n);
	sheet_close(sh);
	return 0;
}
