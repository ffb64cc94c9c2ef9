/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_TESTS_IO_PDF_H
#define SHOPMGR_TESTS_IO_PDF_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "tmp.h"

/* What other programs read in a document: poppler's and zbar's. */

/* All that a command prints, until the next call. */
static const char *
pdf_said(const char *command)
{
	static char said[1 << 20];
	FILE *f = popen(command, "r");
	size_t n;

	assert_non_null(f);
	n = fread(said, 1, sizeof(said) - 1, f);
	said[n] = '\0';
	assert_int_equal(pclose(f), 0);
	return said;
}

/* The texts of a page, line by line. */
static inline const char *
pdf_text(const char *path, int page)
{
	char command[400];

	snprintf(command, sizeof(command),
	    "pdftotext -layout -enc UTF-8 -f %d -l %d %s -", page, page, path);
	return pdf_said(command);
}

/* The same with the box of each word, in points. */
static inline const char *
pdf_boxes(const char *path, int page)
{
	char command[400];

	snprintf(command, sizeof(command),
	    "pdftotext -bbox -enc UTF-8 -f %d -l %d %s -", page, page, path);
	return pdf_said(command);
}

/* What a scanner reads on a page of a label printer's 203 dots an inch. */
static inline const char *
pdf_codes(const char *path, int page)
{
	char command[600];

	snprintf(command, sizeof(command),
	    "pdftoppm -r 203 -mono -f %d -l %d -png %s %s/scan && "
	    "zbarimg -q %s/scan*.png 2>/dev/null; rc=$?; rm -f %s/scan*; "
	    "exit $rc",
	    page, page, path, tmp_dir, tmp_dir, tmp_dir);
	return pdf_said(command);
}

#endif
