/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_XLSX_OUT_H
#define SHOPMGR_IO_XLSX_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "shopmgr/base/err.h"
#include "shopmgr/io/sheet_out.h"

/* A workbook of one sheet, written row by row with little memory. */

struct xlsx_out;

/* @path is written by xlsx_out_finish(), not before. @raw: texts as they are,
 * else with what field_clean() takes away again. */
int xlsx_out_open(struct xlsx_out **out, const char *path,
    const enum sheet_col *cols, size_t ncols, bool raw, struct err *err)
    MUST_CHECK;
int xlsx_out_row(struct xlsx_out *x, const char *const *fields) MUST_CHECK;
int xlsx_out_finish(struct xlsx_out *x) MUST_CHECK;
void xlsx_out_free(struct xlsx_out *x);

#endif
