/* SPDX-License-Identifier: MIT */
#ifndef TESTS_E2E_SSHD_H
#define TESTS_E2E_SSHD_H

#include <arpa/inet.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <poll.h>
#include <pwd.h>
#include <sched.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "shop.h"
#include "shopmgr/base/str.h"

/*
 * A real sshd on the loopback interface, for whoever runs the test: keys made
 * for the moment, no account made. That the program is the account's shell is
 * so in a mount namespace, where another /etc/passwd lies over the real one.
 */

#define SSHD      "/usr/sbin/sshd"
#define SSHD_WAIT 20000 /* ms */

enum { SSHD_ON, SSHD_NONE, SSHD_NO_NAMESPACE };

struct door {
	struct shop sh;
	char user[64];
	char bin[100];    /* the program: a copy, beside its settings */
	char config[100]; /* of the client, for ssh -F */
	pid_t pid;
	int port;
	struct str out; /* what the last client said, both streams */
};

static const char *
door_file(struct door *d, const char *name)
{
	static char path[4][200];
	static int turn;

	turn = (turn + 1) % 4;
	snprintf(path[turn], sizeof(path[turn]), "%s/%s", d->sh.dir, name);
	return path[turn];
}

static void door_shell(const char *fmt, ...) PRINTF_LIKE(1, 2);

static void
door_shell(const char *fmt, ...)
{
	char cmd[1000];
	va_list ap;

	va_start(ap, fmt);
	vsnprintf(cmd, sizeof(cmd), fmt, ap);
	va_end(ap);
	if (system(cmd) != 0)
		fail_msg("%s", cmd);
}

/* A port that nobody has. */
static int
free_port(void)
{
	struct sockaddr_in a = { .sin_family = AF_INET,
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof(a);
	int fd = socket(AF_INET, SOCK_STREAM, 0);

	if (fd < 0 || bind(fd, (struct sockaddr *)&a, sizeof(a)) < 0 ||
	    getsockname(fd, (struct sockaddr *)&a, &len) < 0)
		fail_msg("loopback: %s", strerror(errno));
	close(fd);
	return ntohs(a.sin_port);
}

/* /etc/passwd with the program as the shell of who runs the test; and root's
 * account not locked, as sshd wants it. */
static void
door_accounts(struct door *d)
{
	FILE *in = fopen("/etc/passwd", "r");
	FILE *out = fopen(door_file(d, "passwd"), "w");
	const struct passwd *pw;

	assert_non_null(in);
	assert_non_null(out);
	while ((pw = fgetpwent(in)) != NULL) {
		bool us = strcmp(pw->pw_name, d->user) == 0;

		fprintf(out, "%s:x:%u:%u:%s:%s:%s\n", pw->pw_name, pw->pw_uid,
		    pw->pw_gid, pw->pw_gecos, us ? d->sh.dir : pw->pw_dir,
		    us ? d->bin : pw->pw_shell);
	}
	fclose(in);
	fclose(out);
	door_shell("echo '%s:*:19000:0:99999:7:::' > '%s'", d->user,
	    door_file(d, "shadow"));
}

/* sshd gives a terminal to the group "tty", which it cannot where only our own
 * group is known: so that group is the one that terminals have there anyhow. */
static void
door_group(struct door *d)
{
	int fd = posix_openpt(O_RDWR | O_NOCTTY);
	char text[64];
	struct stat st;

	if (fd < 0 || stat(ptsname(fd), &st) < 0)
		fail_msg("pseudo-terminal: %s", strerror(errno));
	close(fd);
	snprintf(text, sizeof(text), "tty:x:%u:\n",
	    st.st_gid == getgid() ? st.st_gid : 65534);
	shop_file(&d->sh, "group", text);
}

static void
door_keys(struct door *d)
{
	door_shell(
	    "ssh-keygen -q -t ed25519 -N '' -f '%s'", door_file(d, "host_key"));
	door_shell(
	    "ssh-keygen -q -t ed25519 -N '' -f '%s'", door_file(d, "key"));
	door_shell("cp '%s' '%s'", door_file(d, "key.pub"),
	    door_file(d, "authorized_keys"));
}

/* The program where its settings lie beside it, which need no root. */
static void
door_program(struct door *d)
{
	const char *build = getenv("BUILD");
	struct str ini = STR_INIT;

	mkdir(door_file(d, "bin"), 0755);
	mkdir(door_file(d, "exchange"), 0700);
	snprintf(d->bin, sizeof(d->bin), "%s/bin/shopmgr", d->sh.dir);
	door_shell(
	    "cp '%s/shopmgr' '%s'", build != NULL ? build : "build", d->bin);
	str_addf(&ini,
	    "[shop]\ndatabase = %s\nexchange = %s\n[ui]\nlang = en\n", d->sh.db,
	    door_file(d, "exchange"));
	shop_file(&d->sh, "bin/shopmgr.ini", ini.s);
	str_done(&ini);
}

static void
door_configs(struct door *d, const char *match)
{
	struct str s = STR_INIT;

	d->port = free_port();
	str_addf(&s,
	    "Port %d\nListenAddress 127.0.0.1\nHostKey %s\nPidFile none\n"
	    "UsePAM no\nStrictModes no\nPasswordAuthentication no\n"
	    "KbdInteractiveAuthentication no\n"
	    "PermitRootLogin prohibit-password\nAuthorizedKeysFile %s\n"
	    "Subsystem sftp /usr/lib/openssh/sftp-server\n%s",
	    d->port, door_file(d, "host_key"), door_file(d, "authorized_keys"),
	    match);
	shop_file(&d->sh, "sshd_config", s.s);
	str_cut(&s, 0);
	str_addf(&s,
	    "Host door\nHostName 127.0.0.1\nPort %d\nUser %s\n"
	    "IdentityFile %s\nIdentitiesOnly yes\nIdentityAgent none\n"
	    "UserKnownHostsFile /dev/null\nGlobalKnownHostsFile /dev/null\n"
	    "StrictHostKeyChecking no\nBatchMode yes\nLogLevel ERROR\n"
	    "ControlMaster no\nControlPath none\n",
	    d->port, d->user, door_file(d, "key"));
	shop_file(&d->sh, "ssh_config", s.s);
	snprintf(
	    d->config, sizeof(d->config), "%s", door_file(d, "ssh_config"));
	str_done(&s);
}

static bool
write_text(const char *path, const char *text)
{
	int fd = open(path, O_WRONLY);
	bool good =
	    fd >= 0 && write(fd, text, strlen(text)) == (ssize_t)strlen(text);

	if (fd >= 0)
		close(fd);
	return good;
}

static bool
lay_over(struct door *d, const char *name, const char *path)
{
	return mount(door_file(d, name), path, NULL, MS_BIND, NULL) == 0;
}

/* In the child: a view of /etc of our own. */
static bool
enter_namespace(struct door *d)
{
	unsigned uid = getuid(), gid = getgid();
	char map[64];

	if (unshare(CLONE_NEWNS | (uid != 0 ? CLONE_NEWUSER : 0)) < 0)
		return false;
	if (uid != 0) {
		snprintf(map, sizeof(map), "%u %u 1", uid, uid);
		if (!write_text("/proc/self/setgroups", "deny") ||
		    !write_text("/proc/self/uid_map", map))
			return false;
		snprintf(map, sizeof(map), "%u %u 1", gid, gid);
		if (!write_text("/proc/self/gid_map", map))
			return false;
	}
	return mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
	       lay_over(d, "passwd", "/etc/passwd") &&
	       (uid == 0 ? lay_over(d, "shadow", "/etc/shadow")
			 : lay_over(d, "group", "/etc/group"));
}

#define NO_NAMESPACE 77

static _Noreturn void
door_child(struct door *d, bool own_shell, int err)
{
	if (own_shell && !enter_namespace(d))
		_exit(NO_NAMESPACE);
	dup2(err, STDERR_FILENO);
	execl(SSHD, SSHD, "-D", "-e", "-f", door_file(d, "sshd_config"),
	    (char *)NULL);
	_exit(127);
}

/* Until it says that it listens; what it says else stays in the pipe. */
static int
await_sshd(struct door *d, int fd)
{
	struct pollfd p = { .fd = fd, .events = POLLIN };
	struct str said = STR_INIT;
	char buf[500];
	ssize_t n = 0;
	int status;

	while (strstr(said.s, "Server listening") == NULL) {
		if (poll(&p, 1, SSHD_WAIT) <= 0 ||
		    (n = read(fd, buf, sizeof(buf))) <= 0)
			break;
		str_addn(&said, buf, (size_t)n);
	}
	if (strstr(said.s, "Server listening") != NULL) {
		str_done(&said);
		return SSHD_ON;
	}
	kill(d->pid, SIGKILL);
	waitpid(d->pid, &status, 0);
	d->pid = 0;
	if (WIFEXITED(status) && WEXITSTATUS(status) == NO_NAMESPACE) {
		str_done(&said);
		return SSHD_NO_NAMESPACE;
	}
	fail_msg("sshd does not start: %s", said.s);
	return SSHD_NONE;
}

/* With @match at the end of its settings. */
static int
door_open(struct door *d, const char *match, bool own_shell)
{
	int err[2], rc;

	if (access(SSHD, X_OK) != 0)
		return SSHD_NONE;
	if (getuid() == 0) /* as its start script does */
		(void)mkdir("/run/sshd", 0755);
	door_configs(d, match);
	if (pipe(err) < 0)
		fail_msg("pipe: %s", strerror(errno));
	d->pid = fork();
	if (d->pid == 0)
		door_child(d, own_shell, err[1]);
	close(err[1]);
	rc = await_sshd(d, err[0]);
	/* Nobody reads on: it may not be told so by a signal. */
	if (rc != SSHD_ON)
		close(err[0]);
	return rc;
}

static void
door_new(struct door *d)
{
	const struct passwd *pw = getpwuid(getuid());

	assert_non_null(pw);
	*d = (struct door){ .out = STR_INIT };
	snprintf(d->user, sizeof(d->user), "%s", pw->pw_name);
	shop_new(&d->sh);
	door_program(d);
	door_keys(d);
	door_accounts(d);
	door_group(d);
}

static void
door_close(struct door *d)
{
	if (d->pid > 0) {
		kill(d->pid, SIGTERM);
		waitpid(d->pid, NULL, 0);
	}
	str_done(&d->out);
	shop_free(&d->sh);
}

/* "%s" in @fmt is the client's settings: "ssh -F %s door id". The exit code;
 * what was said is in d->out. */
static int
door_client(struct door *d, const char *fmt)
{
	struct str cmd = STR_INIT;
	char buf[4096];
	size_t n;
	FILE *f;
	int status;

	str_addf(&cmd, "timeout 60 ");
	str_addn(&cmd, fmt, (size_t)(strstr(fmt, "%s") - fmt));
	str_add(&cmd, d->config);
	str_add(&cmd, strstr(fmt, "%s") + 2);
	str_add(&cmd, " 2>&1 </dev/null");
	str_cut(&d->out, 0);
	f = popen(cmd.s, "r");
	if (f == NULL)
		fail_msg("%s", cmd.s);
	while ((n = fread(buf, 1, sizeof(buf), f)) > 0)
		str_addn(&d->out, buf, n);
	status = pclose(f);
	str_done(&cmd);
	return WIFEXITED(status) ? WEXITSTATUS(status) : 255;
}

/* A handle of the process at sshd's side that runs the program. */
static int
door_session(struct door *d)
{
	char path[300], exe[300];
	const struct dirent *e;
	int found = -1;
	ssize_t n;
	DIR *proc = opendir("/proc");

	while (found < 0 && (e = readdir(proc)) != NULL) {
		if (strspn(e->d_name, "0123456789") != strlen(e->d_name))
			continue;
		snprintf(path, sizeof(path), "/proc/%s/exe", e->d_name);
		n = readlink(path, exe, sizeof(exe) - 1);
		exe[n > 0 ? n : 0] = '\0';
		if (strcmp(exe, d->bin) == 0)
			found =
			    (int)syscall(SYS_pidfd_open, atoi(e->d_name), 0);
	}
	closedir(proc);
	if (found < 0)
		fail_msg("no %s runs", d->bin);
	return found;
}

/* Did that process end? */
static bool
door_ended(int pidfd)
{
	struct pollfd p = { .fd = pidfd, .events = POLLIN };
	bool ended = poll(&p, 1, SSHD_WAIT) == 1;

	close(pidfd);
	return ended;
}

#endif
