/* SPDX-License-Identifier: MIT */
#ifndef SHOPMGR_IO_XML_H
#define SHOPMGR_IO_XML_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "shopmgr/base/err.h"

/*
 * A part of a zip archive as XML, told by calls. Names come without their
 * prefix. There are no document types and so no entities; what is open at once
 * is bounded.
 */

struct zip;

struct xml {
	void (*start)(struct xml *x, const char *name, const char **atts);
	void (*end)(struct xml *x, const char *name);
	void (*text)(struct xml *x, const char *s, size_t n); /* or NULL */
	void *arg;
	bool stop; /* set by a call: nothing more is wanted */
};

/* ERR_NOTFOUND, without a word, when there is no such part. At most @most
 * bytes of it. */
int xml_read(struct xml *x, struct zip *z, const char *part, int64_t most,
    struct err *err) MUST_CHECK;
/* The attribute, whatever its prefix; NULL: there is none. */
const char *xml_att(const char **atts, const char *name);

#endif
