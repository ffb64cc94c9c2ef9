/* SPDX-License-Identifier: MIT */
#include <expat.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "shopmgr/base/i18n.h"
#include "xml.h"
#include "zip_in.h"

#define CHUNK ((size_t)64 << 10)
/* For the parser: the tags that are open, and a tag that is not at its end. As
 * such a tag is gone through again with each chunk, it must not be long. */
#define MEMORY ((size_t)3 << 20)

struct reader {
	struct xml *x;
	XML_Parser parser;
	bool doctype;
};

/* What the one parser of this thread has; each piece knows its size. */
static _Thread_local size_t held;

union piece {
	size_t size;
	max_align_t align;
};

static void *
piece_resize(void *p, size_t size)
{
	union piece *old = p == NULL ? NULL : (union piece *)p - 1, *new;
	size_t before = old == NULL ? 0 : old->size;

	if (size > MEMORY || held - before > MEMORY - size)
		return NULL;
	new = realloc(old, sizeof(*new) + size);
	if (new == NULL)
		return NULL;
	new->size = size;
	held += size - before;
	return new + 1;
}

static void *
piece_new(size_t size)
{
	return piece_resize(NULL, size);
}

static void
piece_free(void *p)
{
	union piece *piece;

	if (p == NULL)
		return;
	piece = (union piece *)p - 1;
	held -= piece->size;
	free(piece);
}

static const char *
local_name(const char *name)
{
	const char *colon = strchr(name, ':');

	return colon != NULL ? colon + 1 : name;
}

const char *
xml_att(const char **atts, const char *name)
{
	for (; atts[0] != NULL; atts += 2)
		if (strcmp(local_name(atts[0]), name) == 0)
			return atts[1];
	return NULL;
}

static void
check_stop(struct reader *r)
{
	if (r->x->stop)
		XML_StopParser(r->parser, XML_FALSE);
}

static void XMLCALL
on_start(void *arg, const char *name, const char **atts)
{
	struct reader *r = arg;

	r->x->start(r->x, local_name(name), atts);
	check_stop(r);
}

static void XMLCALL
on_end(void *arg, const char *name)
{
	struct reader *r = arg;

	r->x->end(r->x, local_name(name));
	check_stop(r);
}

static void XMLCALL
on_text(void *arg, const char *s, int n)
{
	struct reader *r = arg;

	if (!r->x->stop)
		r->x->text(r->x, s, (size_t)n);
	check_stop(r);
}

static void XMLCALL
on_doctype(
    void *arg, const char *name, const char *sys, const char *pub, int internal)
{
	struct reader *r = arg;

	(void)name;
	(void)sys;
	(void)pub;
	(void)internal;
	r->doctype = true;
	XML_StopParser(r->parser, XML_FALSE);
}

static int
not_read(const struct reader *r, const struct zip *z, const char *part,
    struct err *err)
{
	char where[200];

	if (r->doctype)
		snprintf(where, sizeof(where), "%.100s: DOCTYPE", part);
	else
		snprintf(where, sizeof(where), "%.100s:%lu:%lu: %s", part,
		    (unsigned long)XML_GetCurrentLineNumber(r->parser),
		    (unsigned long)XML_GetCurrentColumnNumber(r->parser),
		    XML_ErrorString(XML_GetErrorCode(r->parser)));
	return zip_damaged(z, where, err);
}

static int
read_all(struct reader *r, struct zip *z, const char *part, struct err *err)
{
	ssize_t n;
	void *buf;

	do {
		buf = XML_GetBuffer(r->parser, (int)CHUNK);
		if (buf == NULL)
			return not_read(r, z, part, err);
		n = zip_read(z, buf, CHUNK, err);
		if (n < 0)
			return (int)n;
		if (XML_ParseBuffer(r->parser, (int)n, n == 0) ==
		    XML_STATUS_ERROR)
			return r->x->stop ? 0 : not_read(r, z, part, err);
	} while (n > 0);
	return 0;
}

int
xml_read(struct xml *x, struct zip *z, const char *part, int64_t most,
    struct err *err)
{
	static const XML_Memory_Handling_Suite memory = { piece_new,
		piece_resize, piece_free };
	struct reader r = { .x = x };
	int rc = zip_part(z, part, most, err);

	if (rc != 0)
		return rc;
	held = 0;
	x->stop = false;
	r.parser = XML_ParserCreate_MM(NULL, &memory, NULL);
	if (r.parser == NULL)
		return zip_damaged(z, part, err);
	XML_SetUserData(r.parser, &r);
	XML_SetElementHandler(r.parser, on_start, on_end);
	if (x->text != NULL)
		XML_SetCharacterDataHandler(r.parser, on_text);
	XML_SetStartDoctypeDeclHandler(r.parser, on_doctype);
	rc = read_all(&r, z, part, err);
	XML_ParserFree(r.parser);
	return rc;
}
