/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_PDF_WHOLE_H
#define SHOPMGR_IO_PDF_WHOLE_H

#include <stdbool.h>

/* Is each object of the PDF where its table says? Without memory cairo leaves
 * some out and reports success. */
bool pdf_is_whole(int fd);

#endif
