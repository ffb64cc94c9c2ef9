/* SPDX-License-Identifier: MIT */
#include <string.h>

#include "cli_priv.h"
#include "shopmgr/base/alloc.h"
#include "shopmgr/base/money.h"
#include "shopmgr/base/utf8.h"

/* The option of @args that @text begins with; @len of its name. */
static const struct arg *
find(const struct arg *args, const char *text, size_t len)
{
	for (; args->name != NULL; args++)
		if (strlen(args->name) == len &&
		    memcmp(args->name, text, len) == 0)
			return args;
	return NULL;
}

static void
collect(struct cli *c, struct arg_list *list, int argc, const char *text)
{
	if (list->v == NULL)
		list->v =
		    arena_alloc(&c->arena, (size_t)argc * sizeof(*list->v));
	list->v[list->n++] = text;
}

/* "-5" and "-" are values; an option has a letter behind its dash. */
static bool
is_option(const char *s)
{
	return s[0] == '-' && s[1] != '\0' && !(s[1] >= '0' && s[1] <= '9') &&
	       s[1] != '.';
}

/* Takes the option at argv[*i], and its value. */
static int
option(struct cli *c, int argc, char **argv, const struct arg *args, int *i)
{
	const char *text = argv[*i], *eq = strchr(text, '='), *value;
	size_t len =
	    eq != NULL && text[1] == '-' ? (size_t)(eq - text) : strlen(text);
	const struct arg *arg = find(args, text, len);

	if (arg == NULL)
		return cli_misused(c, _("There is no option %s"), text);
	if (arg->flag != NULL) {
		if (text[len] == '=')
			return cli_misused(
			    c, _("The option %s takes no value"), arg->name);
		*arg->flag = true;
		return 0;
	}
	if (text[len] == '=')
		value = text + len + 1;
	else if (*i + 1 < argc)
		value = argv[++*i];
	else
		return cli_misused(
		    c, _("The option %s needs a value"), arg->name);
	if (arg->list != NULL)
		collect(c, arg->list, argc, value);
	else
		*arg->value = value;
	return 0;
}

int
args_parse(struct cli *c, int argc, char **argv, const struct arg *args,
    size_t min, size_t max, struct arg_list *rest)
{
	bool options = true;
	int rc;

	*rest = (struct arg_list){ 0 };
	for (int i = 1; i < argc; i++) {
		if (options && strcmp(argv[i], "--") == 0) {
			options = false;
		} else if (options && is_option(argv[i])) {
			rc = option(c, argc, argv, args, &i);
			if (rc != 0)
				return rc;
		} else {
			collect(c, rest, argc, argv[i]);
		}
	}
	if (rest->n < min)
		return cli_misused(c, _("Something is missing"));
	if (rest->n > max)
		return cli_misused(c, _("This is too much: %s"), rest->v[max]);
	return 0;
}

int
args_count(struct cli *c, const char *what, const char *text, int64_t *n)
{
	if (count_parse(text, n) == 0)
		return 0;
	return cli_misused(c, _("%s: this is no whole number: %s"), what, text);
}

int
args_money(struct cli *c, const char *what, const char *text, int64_t *fen)
{
	if (money_parse(text, fen) == 0)
		return 0;
	return cli_misused(c, _("%s: this is no amount: %s"), what, text);
}

int
args_copy(
    struct cli *c, const char *what, char *dst, size_t size, const char *text)
{
	if (text == NULL)
		text = "";
	if (strlen(text) >= size)
		return size == NAME_ROOM
			   ? cli_misused(c,
				 _("%s is too long: %d characters at most"),
				 what, NAME_CHARS)
			   : cli_misused(c,
				 _("%s is too long: %d bytes at most"), what,
				 (int)size - 1);
	copy_text(dst, size, text);
	return 0;
}

int
args_copy_all(struct cli *c, const struct arg_text *texts, size_t n)
{
	size_t i;
	int rc = 0;

	for (i = 0; rc == 0 && i < n; i++)
		if (texts[i].from != NULL)
			rc = args_copy(c, texts[i].name, texts[i].to,
			    texts[i].size, texts[i].from);
	return rc;
}

/* Append the next word of @p to @word; NULL for a quote left open. */
static const char *
word(const char *p, struct str *word)
{
	char quote = '\0';

	for (; *p != '\0'; p++) {
		if (quote == '\0' && strchr(" \t\r\n", *p) != NULL)
			break;
		if (quote != '\0' ? *p == quote : *p == '\'' || *p == '"') {
			quote = quote != '\0' ? '\0' : *p;
			continue;
		}
		if (*p == '\\' && quote != '\'' && p[1] != '\0')
			p++;
		str_addc(word, *p);
	}
	return quote == '\0' ? p : NULL;
}

int
words_split(struct arena *arena, const char *line, char ***argv)
{
	/* Every word takes a character and a blank. */
	char **v = arena_alloc(arena, (strlen(line) / 2 + 2) * sizeof(*v));
	struct str w = STR_INIT;
	int n = 0;

	for (;;) {
		line += strspn(line, " \t\r\n");
		if (*line == '\0' || *line == '#')
			break;
		str_cut(&w, 0);
		line = word(line, &w);
		if (line == NULL) {
			n = -1;
			break;
		}
		v[n++] = arena_strndup(arena, w.s, w.len);
	}
	str_done(&w);
	*argv = v;
	return n;
}
