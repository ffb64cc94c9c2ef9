/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <xlsxwriter.h>

#include "shopmgr/io/sheet_in.h"

/*
 * to_xlsx TABLE.csv BOOK.xlsx: the same rows as a workbook of texts that its
 * cells share, as platforms hand it out.
 */

int
main(int argc, char **argv)
{
	struct sheet_row row;
	struct sheet *from;
	struct err err;
	lxw_workbook *book;
	lxw_worksheet *sheet;
	lxw_row_t n = 0;
	int rc;

	if (argc != 3)
		return 2;
	if (sheet_open(&from, argv[1], &err) < 0) {
		fprintf(stderr, "to_xlsx: %s\n", err.text);
		return 1;
	}
	book = workbook_new(argv[2]);
	sheet = workbook_add_worksheet(book, NULL);
	while ((rc = sheet_next(from, &row)) > 0) {
		for (size_t i = 0; i < row.n; i++)
			worksheet_write_string(
			    sheet, n, (lxw_col_t)i, row.fields[i], NULL);
		n++;
	}
	sheet_close(from);
	return workbook_close(book) != LXW_NO_ERROR || rc < 0;
}
