/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

#include "gen_out.h"

#define FULL (1 << 20)

void
out_open(struct out *o, const char *path, const char *encoding)
{
	o->f = fopen(path, "wb");
	o->cd = (iconv_t)-1;
	if (strcmp(encoding, "gb18030") == 0)
		o->cd = iconv_open("GB18030", "UTF-8");
	o->buf = malloc(2 * FULL);
	o->len = 0;
	if (o->f == NULL || o->buf == NULL) {
		fprintf(stderr, "gen: %s: %s\n", path, strerror(errno));
		exit(1);
	}
	if (strcmp(encoding, "utf-8-bom") == 0)
		fputs("\xEF\xBB\xBF", o->f);
}

void
out_text(struct out *o, const char *s)
{
	size_t n = strlen(s);

	memcpy(o->buf + o->len, s, n);
	o->len += n;
}

void
out_put(struct out *o, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	o->len +=
	    (size_t)vsnprintf(o->buf + o->len, 2 * FULL - o->len, fmt, ap);
	va_end(ap);
}

/* An id for spreadsheets, ="0012", stands as it is. */
void
out_quote(struct out *o, size_t from, bool always)
{
	char *s = o->buf + from;
	size_t n = o->len - from, more = 2, at;

	if (n >= 2 && s[0] == '=' && s[1] == '"')
		return;
	for (size_t i = 0; i < n; i++) {
		always = always || s[i] == ',' || s[i] == '"' || s[i] == '\n' ||
			 (s[i] == '\t' && i == 0 && n > 1);
		more += s[i] == '"';
	}
	if (!always)
		return;
	o->len += more;
	at = n + more;
	s[--at] = '"';
	for (size_t i = n; i-- > 0;) {
		s[--at] = s[i];
		if (s[i] == '"')
			s[--at] = '"';
	}
	s[0] = '"';
}

void
out_flush(struct out *o, bool all)
{
	static char coded[4 * FULL];
	char *from = o->buf, *to = coded;
	size_t nfrom = o->len, nto = sizeof(coded);

	if (o->len < FULL && !all)
		return;
	if (o->cd == (iconv_t)-1) {
		fwrite(o->buf, 1, o->len, o->f);
	} else {
		if (iconv(o->cd, &from, &nfrom, &to, &nto) == (size_t)-1)
			abort();
		fwrite(coded, 1, sizeof(coded) - nto, o->f);
	}
	o->len = 0;
}

void
out_close(struct out *o)
{
	bool failed;

	out_flush(o, true);
	failed = ferror(o->f) != 0;
	if (fclose(o->f) != 0 || failed) {
		fprintf(stderr, "gen: %s\n", strerror(errno));
		exit(1);
	}
	if (o->cd != (iconv_t)-1)
		iconv_close(o->cd);
	free(o->buf);
}
