/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_IO_BOOK_H
#define SHOPMGR_TESTS_IO_BOOK_H

#include <assert.h>
#include <minizip/zip.h>
#include <string.h>

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

static zipFile
book_begin(const char *path)
{
	zipFile z = zipOpen64(path, APPEND_STATUS_CREATE);

	assert(z != NULL);
	return z;
}

static void
book_part(zipFile z, const char *name)
{
	zip_fileinfo info = { 0 };
	int rc = zipOpenNewFileInZip64(
	    z, name, &info, NULL, 0, NULL, 0, NULL, Z_DEFLATED, 6, 0);

	assert(rc == ZIP_OK);
	(void)rc;
}

static void
book_write(zipFile z, const void *p, size_t n)
{
	int rc = zipWriteInFileInZip(z, p, (unsigned)n);

	assert(rc == ZIP_OK);
	(void)rc;
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

	assert(rc == ZIP_OK);
	(void)rc;
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

#endif
