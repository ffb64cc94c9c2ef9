/* SPDX-License-Identifier: MIT */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <ucontext.h>

#include "drive.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/utf8.h"

#define STACK   (1024 * 1024)
#define KEYS    4096
#define MS      INT64_C(1000000)
#define HUMAN   (200 * MS)
#define AT_ONCE (10 * MS)

struct drive_inside {
	ucontext_t test, body;
	char *stack;
	void (*run)(struct drive *d, void *arg);
	void *arg;
	struct key keys[KEYS];
	size_t first, n;
	char *text; /* of the key handed out last */
	int64_t now;
	bool hangup;
};

static struct drive *starting;

static void
port_wait(void *arg, int timeout_ms, struct key *out)
{
	struct drive *d = arg;
	struct drive_inside *in = d->in;

	(void)timeout_ms;
	while (in->n == 0 && !in->hangup)
		swapcontext(&in->body, &in->test);
	free(in->text);
	in->text = NULL;
	if (in->n == 0) {
		*out = (struct key){ .code = KEY_HANGUP, .at = in->now };
		return;
	}
	*out = in->keys[in->first];
	in->text = (char *)out->text;
	in->first = (in->first + 1) % KEYS;
	in->n--;
}

static void
port_show(void *arg, const struct canvas *c)
{
	struct drive *d = arg;

	if (c == NULL)
		return;
	free(d->text);
	free(d->styles);
	d->text = canvas_dump(c);
	d->styles = canvas_dump_styles(c);
	d->h = canvas_h(c);
	d->w = canvas_w(c);
	d->frames++;
}

static void
port_bell(void *arg, int kind)
{
	struct drive *d = arg;

	d->bells[kind == 0 ? 0 : 1]++;
}

static bool
port_esc_waiting(void *arg)
{
	struct drive *d = arg;
	struct drive_inside *in = d->in;

	if (in->hangup)
		return true;
	if (in->n == 0 || in->keys[in->first].code != KEY_ESC_)
		return false;
	in->first = (in->first + 1) % KEYS;
	in->n--;
	return true;
}

static void
body(void)
{
	struct drive *d = starting;

	d->in->run(d, d->in->arg);
	d->over = true;
	/* uc_link leads back to the test. */
}

static void
resume(struct drive *d)
{
	if (!d->over)
		swapcontext(&d->in->test, &d->in->body);
}

struct drive *
drive_new(int h, int w, void (*run)(struct drive *d, void *arg), void *arg)
{
	struct drive *d = xcalloc(1, sizeof(*d));
	struct drive_inside *in = xcalloc(1, sizeof(*in));

	d->in = in;
	d->h = h;
	d->w = w;
	d->text = xstrdup("");
	d->styles = xstrdup("");
	d->port = (struct ui_port){ port_wait, port_show, port_bell,
		port_esc_waiting, d };
	in->run = run;
	in->arg = arg;
	in->now = 1000 * MS;
	in->stack = xmalloc(STACK);
	if (getcontext(&in->body) != 0)
		abort();
	in->body.uc_stack.ss_sp = in->stack;
	in->body.uc_stack.ss_size = STACK;
	in->body.uc_link = &in->test;
	makecontext(&in->body, body, 0);
	starting = d;
	resume(d);
	return d;
}

static void
bad_script(const char *script, const char *at)
{
	fprintf(stderr, "drive_keys(\"%s\"): what is \"%s\"?\n", script, at);
	abort();
}

static struct key *
add(struct drive *d, uint32_t code, int64_t after)
{
	struct drive_inside *in = d->in;
	struct key *k;

	if (in->n == KEYS)
		bad_script("...", "too many keys");
	in->now += after;
	k = &in->keys[(in->first + in->n++) % KEYS];
	*k = (struct key){ .code = code, .at = in->now };
	return k;
}

/* 'text': a key for each character; returns what is behind it. */
static const char *
add_typed(struct drive *d, const char *s, int64_t after)
{
	size_t n = strcspn(s, "'"), i = 0;
	uint32_t cp;

	while (i < n) {
		i += utf8_decode(s + i, n - i, &cp);
		add(d, cp, after);
	}
	return s[n] == '\'' ? s + n + 1 : s + n;
}

static const char *
add_text(struct drive *d, uint32_t code, const char *s, int64_t after)
{
	const char *end = *s == '\'' ? "'" : " ";
	size_t n;

	s += *s == '\'';
	n = strcspn(s, end);
	add(d, code, after)->text = xstrndup(s, n);
	return s[n] == '\'' ? s + n + 1 : s + n;
}

static bool
is_word(const char *s, size_t n, const char *word)
{
	return strlen(word) == n && memcmp(s, word, n) == 0;
}

/* One word of the script; returns what is behind it. */
static const char *
add_word(struct drive *d, const char *script, const char *s, int64_t *after)
{
	int64_t gap = *after;
	size_t n = strcspn(s, " ");
	char name[32];
	struct key *k;
	uint32_t code;

	*after = HUMAN;
	if (*s == '\'' && strchr(s + 1, '\'') != NULL)
		return add_typed(d, s + 1, gap);
	if (strncmp(s, "scan:", 5) == 0)
		return add_text(d, KEY_SCAN, s + 5, gap);
	if (strncmp(s, "paste:", 6) == 0)
		return add_text(d, KEY_PASTE, s + 6, gap);
	if (strncmp(s, "resize:", 7) == 0) {
		k = add(d, KEY_RESIZE_, gap);
		if (sscanf(s + 7, "%dx%d", &k->h, &k->w) != 2)
			bad_script(script, s);
	} else if (is_word(s, n, "tick"))
		add(d, KEY_TICK, 1000 * MS);
	else if (is_word(s, n, "hangup"))
		add(d, KEY_HANGUP, gap);
	else if (is_word(s, n, "at-once"))
		*after = AT_ONCE;
	else {
		snprintf(name, sizeof(name), "%.*s", (int)n, s);
		code = key_parse(name);
		if (code == 0)
			bad_script(script, s);
		add(d, code, gap);
	}
	return s + n;
}

void
drive_keys(struct drive *d, const char *script)
{
	const char *s = script + strspn(script, " ");
	int64_t after = HUMAN;

	while (*s != '\0') {
		s = add_word(d, script, s, &after);
		s += strspn(s, " ");
	}
	resume(d);
}

const char *
drive_text(const struct drive *d)
{
	return d->text;
}

bool
drive_sees(const struct drive *d, const char *text)
{
	if (strstr(d->text, text) != NULL)
		return true;
	fprintf(stderr, "\"%s\" is not on the screen:\n%s", text, d->text);
	return false;
}

void
drive_free(struct drive *d)
{
	struct drive_inside *in = d->in;

	in->hangup = true;
	while (!d->over)
		resume(d);
	for (; in->n > 0; in->n--, in->first = (in->first + 1) % KEYS)
		free((char *)in->keys[in->first].text);
	free(in->text);
	free(in->stack);
	free(in);
	free(d->text);
	free(d->styles);
	free(d);
}
