/* SPDX-License-Identifier: MIT */
#include <stdarg.h>
#include <stdio.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/err.h"

int
err_set(struct err *err, enum err_code code, const char *field, const char *fmt,
    ...)
{
	char text[sizeof(err->text) * 2];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(text, sizeof(text), fmt, ap);
	va_end(ap);
	err->code = code;
	copy_text(err->field, sizeof(err->field), field);
	copy_text(err->text, sizeof(err->text), text);
	return code;
}
