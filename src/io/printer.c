/* SPDX-License-Identifier: MIT */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "shopmgr/base/i18n.h"
#include "shopmgr/base/str.h"
#include "shopmgr/base/utf8.h"
#include "shopmgr/io/files.h"
#include "shopmgr/io/printer.h"

#define WAIT_S    20              /* for a server that does not answer */
#define MOST      ((size_t)65536) /* of what they say */
#define MOST_ARGS 24

static const char *tools = "/usr/bin:/bin:/usr/local/bin";

void
printer_tools(const char *dirs)
{
	tools = dirs != NULL ? dirs : "/usr/bin:/bin:/usr/local/bin";
}

static bool
find_tool(const char *name, struct str *path)
{
	const char *dir = tools;
	size_t n;

	for (; *dir != '\0'; dir += n + (dir[n] == ':')) {
		n = strcspn(dir, ":");
		str_cut(path, 0);
		str_addn(path, dir, n);
		str_addf(path, "/%s", name);
		if (dir[0] == '/' && access(path->s, X_OK) == 0)
			return true;
	}
	return false;
}

/* --- running one --- */

struct run {
	pid_t pid;
	int out; /* what it says */
	struct str said;
	int status;
};

/* Nothing of ours gets there but @in: no terminal, no files, no signals that
 * are held back, no environment. */
static int
start(struct run *r, const char *path, const char *const *argv, int in)
{
	static char *env[] = { "PATH=/usr/bin:/bin", "LC_ALL=C.UTF-8", NULL };
	posix_spawn_file_actions_t acts;
	posix_spawnattr_t attr;
	sigset_t none, all;
	int ends[2], rc;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return errno;
	sigemptyset(&none);
	sigfillset(&all);
	posix_spawnattr_init(&attr);
	posix_spawnattr_setflags(&attr, POSIX_SPAWN_SETSIGMASK |
					    POSIX_SPAWN_SETSIGDEF |
					    POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setsigmask(&attr, &none);
	posix_spawnattr_setsigdefault(&attr, &all);
	posix_spawn_file_actions_init(&acts);
	posix_spawn_file_actions_adddup2(&acts, in, STDIN_FILENO);
	posix_spawn_file_actions_adddup2(&acts, ends[1], STDOUT_FILENO);
	posix_spawn_file_actions_adddup2(&acts, ends[1], STDERR_FILENO);
	posix_spawn_file_actions_addclosefrom_np(&acts, STDERR_FILENO + 1);
	rc = posix_spawn(&r->pid, path, &acts, &attr, (char *const *)argv, env);
	posix_spawn_file_actions_destroy(&acts);
	posix_spawnattr_destroy(&attr);
	close(ends[1]);
	if (rc != 0)
		close(ends[0]);
	r->out = ends[0];
	return rc;
}

static long
now_ms(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (long)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

/* Until it has nothing more to say; false: it took too long. */
static bool
listen_to(struct run *r)
{
	long until = now_ms() + WAIT_S * 1000L, left;
	struct pollfd p = { .fd = r->out, .events = POLLIN };
	char buf[4096];
	ssize_t n;

	while ((left = until - now_ms()) > 0) {
		if (poll(&p, 1, (int)left) < 0 && errno != EINTR)
			return false;
		if (p.revents == 0)
			continue;
		n = read(r->out, buf, sizeof(buf));
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return true;
		if (r->said.len < MOST)
			str_addn(&r->said, buf, (size_t)n);
	}
	return false;
}

/* 0, or an errno; what it said and ended with is in @r. */
static int
run(struct run *r, const char *path, const char *const *argv, int in)
{
	int rc = start(r, path, argv, in);
	bool ended;

	if (rc != 0)
		return rc;
	ended = listen_to(r);
	close(r->out);
	if (!ended)
		kill(-r->pid, SIGKILL);
	while (waitpid(r->pid, &r->status, 0) < 0)
		if (errno != EINTR)
			return errno;
	return ended ? 0 : ETIMEDOUT;
}

/* --- which there are --- */

/* "lpstat -e -d" gives a name a line, then a sentence about the standard one.
 */
static void
read_names(char *said, struct page *out)
{
	static const char words[] = "system default destination: ";
	const char *standard = "";
	char *line, *save = NULL;
	struct printer_row *row;
	size_t lines = 0, i;

	for (i = 0; said[i] != '\0'; i++)
		lines += said[i] == '\n';
	page_init(out, sizeof(struct printer_row), lines + 1);
	for (line = strtok_r(said, "\n", &save); line != NULL;
	     line = strtok_r(NULL, "\n", &save)) {
		if (strncmp(line, words, sizeof(words) - 1) == 0)
			standard = line + sizeof(words) - 1;
		if (line[0] == '\0' || strchr(line, ' ') != NULL)
			continue;
		row = page_add(out);
		row->name = arena_strdup(&out->arena, line);
	}
	for (i = 0; i < out->n; i++) {
		row = (struct printer_row *)out->rows + i;
		row->standard = strcmp(row->name, standard) == 0;
	}
}

int
printer_list(struct page *out, struct err *err)
{
	static const char *const argv[] = { "lpstat", "-e", "-d", NULL };
	struct run r = { .said = STR_INIT };
	struct str path = STR_INIT;
	char nothing[1] = "";
	int in, rc = 0;

	*out = (struct page){ 0 };
	if (!find_tool("lpstat", &path)) {
		read_names(nothing, out);
		str_done(&path);
		return 0;
	}
	in = open("/dev/null", O_RDONLY | O_CLOEXEC);
	if (in < 0 || (rc = run(&r, path.s, argv, in)) != 0)
		rc = err_set(err, ERR_IO, "",
		    _("The printers cannot be asked for: %s"),
		    strerror(in < 0 ? errno : rc));
	else if (r.status != 0)
		read_names(nothing, out); /* it says that none are set up */
	else
		read_names(r.said.s, out);
	if (in >= 0)
		close(in);
	str_done(&r.said);
	str_done(&path);
	return rc;
}

bool
printer_any(void)
{
	struct page page;
	struct err err;
	bool any;

	if (printer_list(&page, &err) < 0)
		return false;
	any = page.n > 0;
	page_free(&page);
	return any;
}

/* --- sending --- */

/* CUPS allows these; the rest would be taken for an option or a path. */
static bool
is_queue(const char *s)
{
	if (s[0] == '\0' || s[0] == '-' || strlen(s) > 127)
		return false;
	for (; *s != '\0'; s++)
		if ((unsigned char)*s <= ' ' || strchr("/\\'\"?#\177", *s))
			return false;
	return true;
}

/* The last words of many; made fit for a screen. */
static int
refused(const struct run *r, struct err *err)
{
	char *s = r->said.s, *end = s + r->said.len, *line;

	while (end > s && (end[-1] == '\n' || end[-1] == '\r'))
		*--end = '\0';
	line = strrchr(s, '\n');
	line = line != NULL ? line + 1 : s;
	for (s = line; *s != '\0'; s++)
		if ((unsigned char)*s < ' ' || *s == 0x7f)
			*s = ' ';
	if (!utf8_valid(line, strlen(line)))
		line[0] = '\0';
	if (line[0] == '\0')
		return err_set(err, ERR_IO, "",
		    _("The document was not printed: lp gave no reason"));
	return err_set(
	    err, ERR_IO, "", _("The document was not printed: %s"), line);
}

static int
open_document(const struct printer_job *job, struct err *err)
{
	int fd;

	if (job->path == NULL) {
		fd = fcntl(job->fd, F_DUPFD_CLOEXEC, 0);
		if (fd >= 0 && lseek(fd, 0, SEEK_SET) == 0)
			return fd;
		err_set(err, ERR_IO, "", _("The document was not printed: %s"),
		    strerror(errno));
		if (fd >= 0)
			close(fd);
		return ERR_IO;
	}
	fd = files_open(job->path, O_RDONLY);
	if (fd >= 0)
		return fd;
	if (errno == EXDEV)
		return files_refused(job->path, err);
	return err_set(err, errno == ENOENT ? ERR_NOTFOUND : ERR_IO, "",
	    _("%s cannot be read: %s"), job->path, strerror(errno));
}

struct words {
	const char *argv[MOST_ARGS];
	size_t n;
	char copies[16], media[64];
};

static void
say(struct words *w, const char *word)
{
	w->argv[w->n++] = word;
}

static void
make_words(struct words *w, const struct printer_job *job)
{
	bool a4 = job->width == 210 && job->height == 297;

	say(w, "lp");
	if (job->queue != NULL) {
		say(w, "-d");
		say(w, job->queue);
	}
	snprintf(w->copies, sizeof(w->copies), "%d",
	    job->copies > 0 ? job->copies : 1);
	say(w, "-n");
	say(w, w->copies);
	if (job->title != NULL && job->title[0] != '\0') {
		say(w, "-t");
		say(w, job->title);
	}
	snprintf(w->media, sizeof(w->media), "media=Custom.%gx%gmm", job->width,
	    job->height);
	if (job->width > 0 && job->height > 0) {
		say(w, "-o");
		say(w, a4 ? "media=A4" : w->media);
	}
	/* A barcode made smaller is none. */
	say(w, "-o");
	say(w, "print-scaling=none");
	say(w, NULL);
}

int
printer_send(const struct printer_job *job, struct err *err)
{
	struct run r = { .said = STR_INIT };
	struct str path = STR_INIT;
	struct words w = { .n = 0 };
	int in, rc;

	if (job->queue != NULL && !is_queue(job->queue))
		return err_set(err, ERR_INVALID, "queue",
		    _("%s is not the name of a printer"), job->queue);
	if (job->copies < 0 || job->copies > PRINTER_COPIES)
		return err_set(err, ERR_INVALID, "copies",
		    _("From 1 to %d copies can be printed"), PRINTER_COPIES);
	if (!find_tool("lp", &path)) {
		str_done(&path);
		return err_set(err, ERR_NOTFOUND, "",
		    _("Nothing can be printed on this host: the program lp "
		      "is not installed"));
	}
	make_words(&w, job);
	in = open_document(job, err);
	if (in >= 0) {
		rc = run(&r, path.s, w.argv, in);
		close(in);
		if (rc != 0)
			rc = err_set(err, ERR_IO, "",
			    _("The document was not printed: %s"),
			    strerror(rc));
		else if (r.status != 0)
			rc = refused(&r, err);
	} else {
		rc = in;
	}
	str_done(&r.said);
	str_done(&path);
	return rc;
}
