/* SPDX-License-Identifier: MIT */
#include <assert.h>
#include <errno.h>
#include <fcntl.h>
#include <iniparser/iniparser.h>
#include <pwd.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

#include "shopmgr/base/alloc.h"
#include "shopmgr/base/config.h"
#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/time.h"

#include "config_priv.h"

#define FILE_MAX_BYTES (64 * 1024)

enum type {
	TYPE_TEXT,
	TYPE_PATH,
	TYPE_ZONE,
	TYPE_INT,
	TYPE_BOOL,
	TYPE_CHOICE, /* of the words in .choices */
};

struct setting {
	const char *section, *name;
	enum type type;
	const char *def; /* as it would be written */
	const char *choices;
	int64_t min, max;
};

/* All there is. shopmgr.ini says what each is for; a test compares them. */
static const struct setting settings[] = {
	{ "shop", "database", TYPE_PATH, "", NULL, 0, 0 },
	{ "shop", "exchange", TYPE_PATH, "~/shopmgr", NULL, 0, 0 },
	{ "shop", "zone", TYPE_ZONE, "Asia/Shanghai", NULL, 0, 0 },
	{ "shop", "name", TYPE_TEXT, "", NULL, 0, 0 },
	{ "ui", "lang", TYPE_CHOICE, "auto", "auto zh_CN en", 0, 0 },
	{ "ui", "theme", TYPE_CHOICE, "dark", "dark light", 0, 0 },
	{ "ui", "color", TYPE_CHOICE, "auto", "auto never", 0, 0 },
	{ "ui", "escape_ms", TYPE_INT, "50", NULL, 20, 500 },
	{ "ui", "scan_ms", TYPE_INT, "30", NULL, 5, 100 },
	{ "ui", "ambiguous", TYPE_CHOICE, "auto", "auto 1 2", 0, 0 },
	{ "ui", "mouse", TYPE_BOOL, "no", NULL, 0, 0 },
	{ "ui", "idle_s", TYPE_INT, "0", NULL, 0, 86400 },
	{ "packing", "weigh", TYPE_BOOL, "yes", NULL, 0, 0 },
	{ "export", "encoding", TYPE_CHOICE, "utf-8-bom",
	    "utf-8-bom utf-8 gb18030", 0, 0 },
	{ "export", "protect_ids", TYPE_BOOL, "no", NULL, 0, 0 },
	{ "import", "formats", TYPE_PATH, "", NULL, 0, 0 },
	{ "log", "file", TYPE_PATH, "", NULL, 0, 0 },
};

#define NSETTINGS (sizeof(settings) / sizeof(settings[0]))

struct config {
	char *path;
	char *values[NSETTINGS]; /* checked, and paths made whole */
	struct ini ini;          /* for the key bindings in it */
};

/* Values */

static bool
parse_bool(const char *s, bool *out)
{
	static const char *const words[] = { "no", "yes", "off", "on", "false",
		"true", "0", "1", "否", "是" };
	size_t i;

	for (i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		if (strcasecmp(s, words[i]) == 0) {
			*out = i % 2 != 0;
			return true;
		}
	}
	return false;
}

/* Decimal digits and nothing else: no octal, no "12abc". */
static bool
parse_int(const char *s, int64_t *out)
{
	int64_t v = 0;
	size_t n;

	for (n = 0; s[n] >= '0' && s[n] <= '9' && n < 18; n++)
		v = v * 10 + (s[n] - '0');
	*out = v;
	return n > 0 && s[n] == '\0';
}

static bool
is_choice(const char *choices, const char *s)
{
	size_t n = strlen(s);
	const char *p;

	for (p = choices; n > 0 && (p = strstr(p, s)) != NULL; p++)
		if ((p == choices || p[-1] == ' ') &&
		    (p[n] == ' ' || p[n] == '\0'))
			return true;
	return false;
}

/* What is wrong with @s is told by the words that come behind its name. */
static int
check_value(const struct setting *set, const char *s, const struct ini *ini,
    int line, struct err *err)
{
	int64_t n;
	bool yes;

	switch (set->type) {
	case TYPE_TEXT:
	case TYPE_PATH:
		return 0;
	case TYPE_ZONE:
		if (time_zone_known(s))
			return 0;
		return err_set(err, ERR_INVALID, set->name,
		    _("%s, line %d: %s is not a time zone of this system: %s"),
		    ini->path, line, set->name, s);
	case TYPE_INT:
		if (parse_int(s, &n) && n >= set->min && n <= set->max)
			return 0;
		return err_set(err, ERR_INVALID, set->name,
		    _("%s, line %d: %s must be a number from %d to %d"),
		    ini->path, line, set->name, (int)set->min, (int)set->max);
	case TYPE_BOOL:
		if (parse_bool(s, &yes))
			return 0;
		return err_set(err, ERR_INVALID, set->name,
		    _("%s, line %d: %s must be yes or no"), ini->path, line,
		    set->name);
	case TYPE_CHOICE:
		break;
	}
	if (strchr(s, ' ') == NULL && is_choice(set->choices, s))
		return 0;
	return err_set(err, ERR_INVALID, set->name,
	    _("%s, line %d: %s must be one of: %s"), ini->path, line, set->name,
	    set->choices);
}

static const char *
home(void)
{
	const char *dir = getenv("HOME");
	const struct passwd *pw;

	if (dir != NULL && dir[0] != '\0')
		return dir;
	pw = getpwuid(getuid());
	return pw != NULL ? pw->pw_dir : "/";
}

/* $@variable, or the folder @otherwise in the home; with @file in it. */
static char *
xdg_path(const char *variable, const char *otherwise, const char *file)
{
	const char *dir = getenv(variable);
	struct str path = STR_INIT;

	if (dir != NULL && dir[0] == '/')
		str_addf(&path, "%s/%s", dir, file);
	else
		str_addf(&path, "%s/%s/%s", home(), otherwise, file);
	return str_take(&path);
}

/* "~/x" is in the home, "x" beside the settings; ":memory:" and URLs stay. */
static char *
whole_path(const char *s, const char *ini_path)
{
	const char *slash = strrchr(ini_path, '/');
	struct str path = STR_INIT;

	if (strncmp(s, "~/", 2) == 0)
		str_addf(&path, "%s/%s", home(), s + 2);
	else if (s[0] == '\0' || s[0] == '/' || s[0] == ':' ||
		 strstr(s, "://") != NULL || slash == NULL)
		str_add(&path, s);
	else
		str_addf(
		    &path, "%.*s/%s", (int)(slash - ini_path), ini_path, s);
	return str_take(&path);
}

static char *
resolve(const struct setting *set, const char *s, const char *ini_path)
{
	if (set->type != TYPE_PATH)
		return xstrdup(s);
	if (s[0] == '\0' && strcmp(set->name, "database") == 0)
		return xdg_path(
		    "XDG_DATA_HOME", ".local/share", "shopmgr/shop.db");
	return whole_path(s, ini_path);
}

/* The file */

static int
read_file(const char *path, struct str *out, struct err *err)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct stat st;
	char buf[8192];
	ssize_t n;

	if (fd < 0)
		return err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "",
		    _("The settings %s cannot be read: %s"), path,
		    strerror(errno));
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return err_set(
		    err, ERR_IO, "", _("The settings %s are not a file"), path);
	}
	while (
	    (n = read(fd, buf, sizeof(buf))) > 0 && out->len <= FILE_MAX_BYTES)
		str_addn(out, buf, (size_t)n);
	close(fd);
	if (n < 0)
		return err_set(err, ERR_IO, "",
		    _("The settings %s cannot be read: %s"), path,
		    strerror(errno));
	if (out->len > FILE_MAX_BYTES)
		return err_set(err, ERR_INVALID, "",
		    _("The settings %s are larger than 64 KiB"), path);
	return 0;
}

/* It would write to stderr, over the screen. */
static int
quiet(const char *fmt, ...)
{
	(void)fmt;
	return 0;
}

/*
 * iniparser reads files only: it is given what was scanned, from memory, so
 * that both have read the same.
 */
static dictionary *
parse_text(const char *text, size_t len)
{
	int fd = memfd_create("shopmgr.ini", MFD_CLOEXEC);
	dictionary *dict = NULL;
	char name[64];

	if (fd < 0)
		return NULL;
	snprintf(name, sizeof(name), "/proc/self/fd/%d", fd);
	iniparser_set_error_callback(quiet);
	if (write(fd, text, len) == (ssize_t)len)
		dict = iniparser_load(name);
	close(fd);
	return dict;
}

static const struct setting *
find_setting(const char *section, const char *name)
{
	size_t i;

	for (i = 0; i < NSETTINGS; i++)
		if (strcmp(settings[i].section, section) == 0 &&
		    strcmp(settings[i].name, name) == 0)
			return &settings[i];
	return NULL;
}

static bool
is_section(const char *name)
{
	size_t i;

	for (i = 0; i < NSETTINGS; i++)
		if (strcmp(settings[i].section, name) == 0)
			return true;
	return strncmp(name, "keys.", 5) == 0 && name[5] != '\0';
}

/* One entry; @value is what iniparser made of it. */
static int
take_entry(struct config *c, const struct ini_entry *e, const char *value,
    struct err *err)
{
	const struct setting *set;
	size_t i;
	int rc;

	if (!is_section(e->section))
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d: there is no section [%s]"), c->path,
		    e->line, e->section);
	if (e->name[0] == '\0')
		return 0;
	if (value == NULL || strcmp(value, e->value) != 0)
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d: put the value of %s in quotes, \"like "
		      "this\""),
		    c->path, e->line, e->name);
	if (strncmp(e->section, "keys.", 5) == 0)
		return 0;
	set = find_setting(e->section, e->name);
	if (set == NULL)
		return err_set(err, ERR_INVALID, "",
		    _("%s, line %d: there is no setting %s in [%s]"), c->path,
		    e->line, e->name, e->section);
	rc = check_value(set, value, &c->ini, e->line, err);
	if (rc < 0)
		return rc;
	i = (size_t)(set - settings);
	free(c->values[i]);
	c->values[i] = resolve(set, value, c->path);
	return 0;
}

static int
load_file(struct config *c, struct err *err)
{
	struct str file = STR_INIT, key = STR_INIT;
	const struct ini_entry *e;
	dictionary *dict = NULL;
	const char *text;
	size_t len, i;
	int rc;

	rc = read_file(c->path, &file, err);
	if (rc < 0)
		goto out;
	text = file.s;
	len = file.len;
	if (strncmp(text, "\xef\xbb\xbf", 3) == 0) {
		text += 3;
		len -= 3;
	}
	c->ini.path = c->path;
	rc = ini_scan(&c->ini, text, len, err);
	if (rc < 0)
		goto out;
	dict = parse_text(text, len);
	if (dict == NULL) {
		rc = err_set(err, ERR_IO, "",
		    _("The settings %s cannot be read"), c->path);
		goto out;
	}
	for (i = 0; i < c->ini.n && rc == 0; i++) {
		e = &c->ini.entries[i];
		str_cut(&key, 0);
		str_addf(&key, "%s:%s", e->section, e->name);
		rc = take_entry(
		    c, e, iniparser_getstring(dict, key.s, NULL), err);
	}
out:
	if (dict != NULL)
		iniparser_freedict(dict);
	str_done(&file);
	str_done(&key);
	return rc;
}

/* @up folders above the one the program is in. */
static char *
beside_program(int up)
{
	char dir[4096], *slash;
	struct str path = STR_INIT;
	ssize_t n = readlink("/proc/self/exe", dir, sizeof(dir) - 1);

	dir[n > 0 ? n : 0] = '\0';
	for (; up >= 0; up--) {
		slash = strrchr(dir, '/');
		if (slash == NULL)
			break;
		*slash = '\0';
	}
	str_addf(&path, "%s/shopmgr.ini", dir);
	return str_take(&path);
}

/* The first there is, or NULL. @own: also those of the account. */
static char *
search(bool own)
{
	char *places[] = {
		own ? xdg_path(
			  "XDG_CONFIG_HOME", ".config", "shopmgr/shopmgr.ini")
		    : xstrdup(""),
		xstrdup("/etc/shopmgr/shopmgr.ini"),
		beside_program(0),
		beside_program(1),
	};
	char *found = NULL;
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		if (found == NULL && access(places[i], F_OK) == 0)
			found = places[i];
		else
			free(places[i]);
	}
	return found;
}

static char *
absolute(const char *path)
{
	char *real = realpath(path, NULL);

	return real != NULL ? real : xstrdup(path);
}

/* @path becomes the settings'; NULL: there are none. */
static int
load(struct config **out, char *path, struct err *err)
{
	struct config *c = xcalloc(1, sizeof(*c));
	size_t i;
	int rc = 0;

	c->path = path;
	for (i = 0; i < NSETTINGS; i++)
		c->values[i] = resolve(&settings[i], settings[i].def, "");
	if (c->path != NULL)
		rc = load_file(c, err);
	if (rc < 0) {
		config_free(c);
		return rc;
	}
	*out = c;
	return 0;
}

int
config_load(struct config **out, const char *path, struct err *err)
{
	return load(out, path != NULL ? absolute(path) : search(true), err);
}

int
config_load_system(struct config **out, struct err *err)
{
	return load(out, search(false), err);
}

void
config_free(struct config *c)
{
	size_t i;

	if (c == NULL)
		return;
	for (i = 0; i < NSETTINGS; i++)
		free(c->values[i]);
	ini_done(&c->ini);
	free(c->path);
	free(c);
}

const char *
config_path(const struct config *c)
{
	return c->path != NULL ? c->path : "";
}

static const struct setting *
setting_of(const char *key)
{
	const char *colon = strchr(key, ':');
	size_t i, n = colon != NULL ? (size_t)(colon - key) : 0;

	for (i = 0; i < NSETTINGS; i++)
		if (n > 0 && strncmp(settings[i].section, key, n) == 0 &&
		    settings[i].section[n] == '\0' &&
		    strcmp(settings[i].name, colon + 1) == 0)
			return &settings[i];
	assert(false && "no such setting");
	return NULL;
}

const char *
config_setting(size_t i, const char **section, const char **name)
{
	if (i >= NSETTINGS)
		return NULL;
	*section = settings[i].section;
	*name = settings[i].name;
	return settings[i].def;
}

const char *
config_text(const struct config *c, const char *key)
{
	return c->values[setting_of(key) - settings];
}

int64_t
config_int(const struct config *c, const char *key)
{
	const struct setting *set = setting_of(key);
	int64_t v = 0;

	assert(set->type == TYPE_INT);
	parse_int(c->values[set - settings], &v);
	return v;
}

bool
config_bool(const struct config *c, const char *key)
{
	const struct setting *set = setting_of(key);
	bool v = false;

	assert(set->type == TYPE_BOOL);
	parse_bool(c->values[set - settings], &v);
	return v;
}

const char *
config_binding(const struct config *c, const char *screen, const char *cmd)
{
	struct str section = STR_INIT;
	const struct ini_entry *e;

	str_addf(&section, "keys.%s", screen);
	e = ini_find(&c->ini, section.s, cmd);
	str_done(&section);
	return e != NULL && cmd[0] != '\0' ? e->value : NULL;
}

int
config_bindings(const struct config *c,
    int (*each)(
	void *arg, const char *screen, const char *cmd, const char *keys),
    void *arg)
{
	const struct ini_entry *e;
	size_t i;
	int rc = 0;

	for (i = 0; i < c->ini.n && rc >= 0; i++) {
		e = &c->ini.entries[i];
		if (e->name[0] != '\0' && strncmp(e->section, "keys.", 5) == 0)
			rc = each(arg, e->section + 5, e->name, e->value);
	}
	return rc < 0 ? rc : 0;
}
