/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_IO_BOOK_H
#define SHOPMGR_TESTS_IO_BOOK_H

#include <minizip/zip.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/str.h"
#include "shopmgr/io/sheet_in.h"
#include "tmp.h"

/* Workbooks made by hand, part by part, as no program would write them. */

struct book_part {
	const char *name, *text;
};

#define BOOK_RELS \
	"<Relationships xmlns=\"http://schemas.openxmlformats.org/package/" \
	"2006/relationships\">"
#define BOOK_TYPE \
	"http://schemas.openxmlformats.org/officeDocument/2006/relationships"
#define BOOK_ROOT \
	{ \
		"_rels/.rels", \
		    BOOK_RELS "<Relationship Id=\"r1\" Type=\"" BOOK_TYPE \
			      "/officeDocument\" Target=\"xl/workbook.xml\"/>" \
			      "</Relationships>" \
	}
#define BOOK_WORKBOOK \
	{ \
		"xl/workbook.xml", \
		    "<workbook xmlns=\"m\" xmlns:r=\"r\"><sheets><sheet " \
		    "name=\"订单\" sheetId=\"1\" r:id=\"rId1\"/></sheets>" \
		    "</workbook>" \
	}
#define BOOK_LINKS \
	{ \
		"xl/_rels/workbook.xml.rels", BOOK_RELS \
		    "<Relationship Id=\"rId1\" Type=\"" BOOK_TYPE \
		    "/worksheet\" Target=\"worksheets/sheet1.xml\"/>" \
		    "<Relationship Id=\"rId2\" Type=\"" BOOK_TYPE \
		    "/sharedStrings\" Target=\"sharedStrings.xml\"/>" \
		    "<Relationship Id=\"rId3\" Type=\"" BOOK_TYPE \
		    "/styles\" Target=\"styles.xml\"/></Relationships>" \
	}
#define BOOK_SHEET(rows) \
	"<worksheet xmlns=\"m\"><sheetData>" rows "</sheetData></worksheet>"

#define FORMATS \
	"<styleSheet><numFmts><numFmt numFmtId=\"164\" " \
	"formatCode=\"yyyy&quot;年&quot;m&quot;月&quot;d\"/><numFmt " \
	"numFmtId=\"165\" formatCode=\"[Red]#,##0.00 &quot;days&quot;\"/>" \
	"<numFmt numFmtId=\"166\" formatCode=\"[h]:mm:ss\"/><numFmt " \
	"numFmtId=\"167\" formatCode=\"00000\"/><numFmt numFmtId=\"168\" " \
	"formatCode=\"0.00_);\\(0.00\\)\"/></numFmts><cellStyleXfs><xf " \
	"numFmtId=\"14\"/></cellStyleXfs><cellXfs><xf numFmtId=\"0\"/><xf " \
	"numFmtId=\"14\"/><xf numFmtId=\"22\"/><xf numFmtId=\"164\"/><xf " \
	"numFmtId=\"165\"/><xf numFmtId=\"166\"/><xf numFmtId=\"167\"/><xf " \
	"numFmtId=\"168\"/><xf numFmtId=\"49\"/><xf numFmtId=\"57\"/>" \
	"</cellXfs></styleSheet>"

static struct err err;

static zipFile
book_begin(const char *path)
{
	zipFile z = zipOpen64(path, APPEND_STATUS_CREATE);

	assert_non_null(z);
	return z;
}

static void
book_part(zipFile z, const char *name)
{
	zip_fileinfo info = { 0 };
	int rc = zipOpenNewFileInZip64(
	    z, name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, 6, 0);

	assert_int_equal(rc, ZIP_OK);
}

static void
book_write(zipFile z, const void *p, size_t n)
{
	int rc = zipWriteInFileInZip(z, p, (unsigned)n);

	assert_int_equal(rc, ZIP_OK);
}

static void
book_add(zipFile z, const char *name, const char *text)
{
	book_part(z, name);
	book_write(z, text, strlen(text));
	zipCloseFileInZip(z);
}

static void
book_end(zipFile z)
{
	int rc = zipClose(z, NULL);

	assert_int_equal(rc, ZIP_OK);
}

/* The parts that every workbook has, but for the sheet. */
static zipFile
book_plain(const char *path)
{
	static const struct book_part parts[] = { BOOK_ROOT, BOOK_WORKBOOK,
		BOOK_LINKS };
	zipFile z = book_begin(path);

	for (size_t i = 0; i < 3; i++)
		book_add(z, parts[i].name, parts[i].text);
	return z;
}

static const char *
put_parts(const struct book_part *parts, size_t n)
{
	const char *path = tmp_path("in.xlsx");
	zipFile z = book_begin(path);

	for (size_t i = 0; i < n; i++)
		book_add(z, parts[i].name, parts[i].text);
	book_end(z);
	return path;
}

/* A workbook of one sheet with these rows; @styles and @shared may be NULL. */
static const char *
put_sheet(const char *rows, const char *shared, const char *styles)
{
	const char *path = tmp_path("in.xlsx");
	struct str s = STR_INIT;
	zipFile z = book_plain(path);

	str_addf(&s, BOOK_SHEET("%s"), rows);
	book_add(z, "xl/worksheets/sheet1.xml", s.s);
	if (shared != NULL)
		book_add(z, "xl/sharedStrings.xml", shared);
	if (styles != NULL)
		book_add(z, "xl/styles.xml", styles);
	book_end(z);
	str_done(&s);
	return path;
}

/* The rest of the sheet as text: "LINE:field|field", '!' when it was bad. */
static char *
dump(struct sheet *sh)
{
	struct str out = STR_INIT;
	struct sheet_row row;
	int rc;

	while ((rc = sheet_next(sh, &row)) > 0) {
		str_addf(&out, "%lld%s:", (long long)row.line,
		    row.bad != NULL ? "!" : "");
		for (size_t i = 0; i < row.n; i++) {
			assert_int_equal(strlen(row.fields[i]), row.lens[i]);
			str_addf(&out, "%s%s", i > 0 ? "|" : "", row.fields[i]);
		}
		str_addc(&out, '\n');
		assert_true(row.bytes <= sheet_size(sh));
	}
	assert_int_equal(rc, 0);
	return str_take(&out);
}

static void
assert_sheet(const char *path, const char *sheet, const char *want)
{
	struct sheet_in_opts opts = { .sheet = sheet };
	struct sheet *sh = NULL;
	char *got;

	if (sheet_open_as(&sh, path, &opts, &err) != 0)
		fail_msg("%s", err.text);
	got = dump(sh);
	assert_string_equal(got, want);
	free(got);
	sheet_close(sh);
}

static void
assert_reads(const char *rows, const char *want)
{
	assert_sheet(put_sheet(rows, NULL, NULL), NULL, want);
}

#endif
