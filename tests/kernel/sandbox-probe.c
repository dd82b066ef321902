/* SPDX-License-Identifier: LGPL-2.1-or-later */

/*
 * Replaces the daemon in its service, and tries what the daemon needs and what must be impossible. Prints one line for each: "can
 * NAME" or "cannot NAME: reason". It is linked statically, so that it shows what the sandbox does and not which library is
 * missing.
 */

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <linux/netlink.h>
#include <sched.h>
#include <signal.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/klog.h>
#include <sys/mman.h>
#include <sys/mount.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/sysmacros.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <unistd.h>

/* Exit status of a child that could not execute the program. */
#define NOT_EXECUTED 99

static void tell(const char *name, int r) {
        if (r >= 0)
                printf("can %s\n", name);
        else
                printf("cannot %s: %s\n", name, strerror(-r));
}

static int opened(int fd) {
        if (fd < 0)
                return -errno;
        close(fd);
        return 0;
}

static int can_open(const char *path, int flags) {
        return opened(open(path, flags | O_CLOEXEC | O_NONBLOCK, 0600));
}

/* Creates a file and removes it again. */
static int can_create(const char *folder) {
        char path[512];

        snprintf(path, sizeof(path), "%s/kernel-tests-probe", folder);
        int r = can_open(path, O_WRONLY | O_CREAT);
        if (r >= 0)
                unlink(path);
        return r;
}

static int can_list(const char *folder) {
        DIR *d = opendir(folder);

        if (!d)
                return -errno;
        closedir(d);
        return 0;
}

static int can_connect(const char *path, int type) {
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        int fd = socket(AF_UNIX, type | SOCK_CLOEXEC, 0), r = 0;

        if (fd < 0)
                return -errno;
        snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
        if (connect(fd, (struct sockaddr *) &address, sizeof(address)) < 0)
                r = -errno;
        close(fd);
        return r;
}

/* Receives the uevents of udevd (group 2, as in libudev). */
static int can_hear_uevents(void) {
        struct sockaddr_nl address = { .nl_family = AF_NETLINK, .nl_groups = 2 };
        int fd = socket(AF_NETLINK, SOCK_RAW | SOCK_CLOEXEC, NETLINK_KOBJECT_UEVENT), r = 0;

        if (fd < 0)
                return -errno;
        if (bind(fd, (struct sockaddr *) &address, sizeof(address)) < 0)
                r = -errno;
        close(fd);
        return r;
}

static int can_read_kernel_log(void) {
        char record[8192];

        if (fcntl(STDIN_FILENO, F_SETFL, O_NONBLOCK) < 0 || read(STDIN_FILENO, record, sizeof(record)) <= 0)
                return -errno;
        return 0;
}

/* Runs a program, directly or by the dynamic loader. */
static int can_execute(const char *program, const char *argument) {
        int status;
        pid_t pid = fork();

        if (pid < 0)
                return -errno;
        if (pid == 0) {
                execl(program, program, argument, NULL);
                _exit(NOT_EXECUTED);
        }
        if (waitpid(pid, &status, 0) < 0)
                return -errno;
        return WIFEXITED(status) && WEXITSTATUS(status) == 0 ? 0 : -EACCES;
}

static int copy_file(int from, int to) {
        char part[65536];
        ssize_t n;

        while ((n = read(from, part, sizeof(part))) > 0)
                if (write(to, part, (size_t) n) != n)
                        return -EIO;
        return n < 0 ? -errno : 0;
}

static int can_execute_own_file(const char *folder) {
        char path[512];

        snprintf(path, sizeof(path), "%s/kernel-tests-program", folder);
        int from = open("/bin/true", O_RDONLY | O_CLOEXEC), to = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0700);
        int r = from < 0 || to < 0 ? -errno : copy_file(from, to);
        close(from);
        close(to);
        if (r >= 0)
                r = can_execute(path, NULL);
        unlink(path);
        return r;
}

static int can_make_file_in_memory(void) {
        return opened(memfd_create("program", 0));
}

static int can_map_writable_code(void) {
        void *p = mmap(NULL, 4096, PROT_READ | PROT_WRITE | PROT_EXEC, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);

        return p == MAP_FAILED ? -errno : 0;
}

static int can_make_device(const char *folder) {
        char path[512];
        int r = 0;

        snprintf(path, sizeof(path), "%s/kernel-tests-node", folder);
        /* 189:0 is the first node of usbfs. */
        if (mknod(path, S_IFCHR | 0600, makedev(189, 0)) < 0)
                r = -errno;
        unlink(path);
        return r;
}

static void tell_ready(void) {
        struct sockaddr_un address = { .sun_family = AF_UNIX };
        const char *path = getenv("NOTIFY_SOCKET");
        int fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);

        if (!path || fd < 0)
                return;
        size_t n = (size_t) snprintf(address.sun_path, sizeof(address.sun_path), "%s", path);
        if (address.sun_path[0] == '@')
                address.sun_path[0] = '\0';
        (void) sendto(fd, "READY=1", 7, 0, (struct sockaddr *) &address,
                      (socklen_t) (offsetof(struct sockaddr_un, sun_path) + n));
        close(fd);
}

static void try_what_is_needed(const char *state, const char *runtime) {
        tell("read the kernel log from fd 0", can_read_kernel_log());
        tell("write its state", can_create(state));
        tell("write its runtime state", can_create(runtime));
        tell("hear uevents", can_hear_uevents());
        tell("read sysfs", can_open("/sys/bus/usb/devices/usb1/descriptors", O_RDONLY));
        tell("read udev's database", can_list("/run/udev/data"));
        tell("talk to the bus", can_connect("/run/dbus/system_bus_socket", SOCK_STREAM));
        tell("talk to the journal", can_connect("/run/systemd/journal/socket", SOCK_DGRAM));
        tell("read its configuration", can_open("/etc/sonycharge/sonycharged.conf", O_RDONLY));
}

static void try_to_write(void) {
        static const char *const folders[] = { "/",    "/etc",  "/usr/local", "/var/lib", "/var/tmp",
                                               "/tmp", "/home", "/run",       "/dev/shm" };
        char name[64];

        for (size_t i = 0; i < sizeof(folders) / sizeof(folders[0]); i++) {
                snprintf(name, sizeof(name), "write in %s", folders[i]);
                tell(name, can_create(folders[i]));
        }
        tell("write sysfs", can_open("/sys/bus/usb/devices/usb1/power/control", O_WRONLY));
        tell("write a setting of the kernel", can_open("/proc/sys/kernel/dmesg_restrict", O_WRONLY));
        tell("move between control groups", can_open("/sys/fs/cgroup/cgroup.procs", O_WRONLY));
        tell("write the kernel log", can_open("/dev/kmsg", O_WRONLY));
}

static void try_to_reach(const char *state) {
        tell("open a usbfs node", can_open("/dev/bus/usb/001/001", O_RDONLY));
        tell("open any HID device", can_open("/dev/hidraw0", O_RDWR));
        tell("make a device node", can_make_device(state));
        tell("open the kernel's memory", can_open("/dev/mem", O_RDONLY));
        tell("open an internet socket", opened(socket(AF_INET, SOCK_STREAM, 0)));
        tell("open an IPv6 socket", opened(socket(AF_INET6, SOCK_DGRAM, 0)));
        tell("open a packet socket", opened(socket(AF_PACKET, SOCK_RAW, 0)));
        tell("see another process", can_list("/proc/1"));
        tell("see home folders", can_list("/home/tester"));
        tell("read passwords", can_open("/etc/shadow", O_RDONLY));
        tell("read the log by syslog", klogctl(10, NULL, 0) < 0 ? -errno : 0); /* SYSLOG_ACTION_SIZE_BUFFER */
}

static void try_to_become(const char *state) {
        tell("execute a program", can_execute("/bin/true", NULL));
        tell("execute a program by the loader", can_execute("/lib64/ld-linux-x86-64.so.2", "/bin/true"));
        tell("execute a file of its own", can_execute_own_file(state));
        tell("make a file in memory", can_make_file_in_memory());
        tell("map writable code", can_map_writable_code());
        tell("become root", setresuid(0, 0, 0) < 0 ? -errno : 0);
        tell("mount", mount("none", "/tmp", "tmpfs", 0, NULL) < 0 ? -errno : umount("/tmp"));
        tell("leave its namespaces", unshare(CLONE_NEWNS) < 0 ? -errno : 0);
}

int main(void) {
        const char *state = getenv("STATE_DIRECTORY"), *runtime = getenv("RUNTIME_DIRECTORY");

        setvbuf(stdout, NULL, _IOLBF, 0);
        state = state ? state : "/var/tmp";
        runtime = runtime ? runtime : "/run";
        try_what_is_needed(state, runtime);
        puts("--");
        try_to_write();
        try_to_reach(state);
        try_to_become(state);
        puts("--");
        tell_ready();
        return 0;
}
