/* SPDX-License-Identifier: LGPL-2.1-or-later */
/* Small kernel logs, read whole by the model and the causes. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "causes/diagnosis.h"
#include "kernel-log/kernel-log.h"
#include "model/names.h"
#include "run.h"

static void into_model(void *userdata, const struct event *e) {
        model_apply(userdata, e);
}

static struct model *read_log(const char *log) {
        struct model *m = model_new();
        struct kernel_log reader = { .emit = into_model, .userdata = m };

        while (*log) {
                size_t len = strcspn(log, "\n");
                char *copy = malloc(len + 1); /* of exactly this size, for the sanitizer */

                memcpy(copy, log, len);
                kernel_log_line(&reader, copy, len);
                free(copy);
                log += len + (log[len] == '\n');
        }
        kernel_log_end(&reader);
        kernel_log_done(&reader);
        model_close_log(m);
        return m;
}

static void tell(FILE *out, const char *name, const char *state, const struct diagnosis *d) {
        if (d->findings.n == 0 && !*state)
                return;
        fprintf(out, "%s%s%s", name, *state ? " " : "", state);
        for (size_t i = 0; i < d->findings.n; i++)
                fprintf(out, "%s%s%s", i ? ", " : ": ", d->findings.items[i].severity >= WARNING ? "!" : "",
                        finding_code_name(d->findings.items[i].code));
        fputs("\n", out);
}

/* "1-2 identified: !link-unstable, hub-in-path" for each subject; "!" stands before a warning. */
static char *answer(const char *log) {
        struct model *m = read_log(log);
        struct diagnosis d = {};
        char *text = NULL;
        size_t size = 0;
        FILE *out = open_memstream(&text, &size);

        diagnose_host(m, true, &d);
        tell(out, "host", "", &d);
        for (size_t i = 0; i < m->n_controllers; i++) {
                diagnose_controller(m, &m->controllers[i], true, &d);
                tell(out, m->controllers[i].name, "", &d);
        }
        for (size_t i = 0; i < m->n_ports; i++) {
                const struct port *p = m->ports[i];
                char name[ADDRESS_NAME_MAX];

                if (p->address.depth == 0)
                        continue;
                diagnose_port(m, p, true, &d);
                tell(out, address_device_name(&p->address, name), link_state_names[p->link.state], &d);
        }
        diagnosis_clear(&d);
        model_free(m);
        fclose(out);
        return text;
}

#define PLUG(t, place, number, id)                                                                   \
        "[" t ".000000] usb " place ": new high-speed USB device number " number " using xhci_hcd\n" \
        "[" t ".100000] usb " place ": New USB device found, idVendor=" id ", bcdDevice= 1.00\n"
#define HUB(t, place, number) \
        PLUG(t, place, number, "05e3, idProduct=0610") "[" t ".200000] hub " place ":1.0: 4 ports detected\n"
#define MOUSE(t, place, number) PLUG(t, place, number, "046d, idProduct=c077")
#define HEADSET(t, place, number, serial)              \
        PLUG(t, place, number, "054c, idProduct=0bb5") \
        "[" t ".100020] usb " place ": Product: MDR-1000X\n[" t ".100030] usb " place ": SerialNumber: " serial "\n"
#define OVER(t, bus, port, number) "[" t ".000000] usb usb" bus "-port" port ": over-current change #" number "\n"
#define EMI(t) "[" t ".000000] usb usb1-port2: disabled by hub (EMI?), re-enabling...\n"
#define MORPHS(t, number)                                                                                                     \
        "[" t ".000000] usb 1-2: reset high-speed USB device number " number " using xhci_hcd\n"                              \
        "[" t ".100000] usb 1-2: device firmware changed\n[" t ".200000] usb 1-2: USB disconnect, device number " number "\n" \
        "[" t ".300000] usb 1-2: new high-speed USB device number 9 using xhci_hcd\n"                                         \
        "[" t ".400000] usb 1-2: New USB device found, idVendor=1949, idProduct=0112, bcdDevice=ff.ff\n"
#define CHANGES(t, port) "[  " t ".0" port "] usb usb1-port" port ": over-current change\n"
#define ONE_EACH(words) words "1\n" words "2\n" words "3\n" words "4\n"
#define STANDS(stamp)                                                                                           \
        stamp "usb usb1-port1: over-current condition\n" stamp "usb usb1-port2: over-current condition\n" stamp \
              "usb usb1-port3: over-current condition\n" stamp "usb usb1-port4: over-current condition\n"
#define EMPTY_FOUR "1-1 empty\n1-2 empty\n1-3 empty\n1-4 empty\n"
#define PULL(t, place) "[" t ".500000] usb " place ": USB disconnect, device number 5\n"

static const struct {
        const char *log, *answer;
} stories[] = {
        /* A device of which only the disconnect is in the log was connected before. */
        { "[  600.000000] usb usb1-port2: over-current condition\n[  600.000100] usb 1-2: USB disconnect, device number 5\n"
          "[  601.000000] usb usb1-port2: over-current condition\n",
          "1-2 gone: !port-over-current\n" },
        { "[  600.000000] usb usb1-port2: over-current change #5\n[  603.000000] usb usb1-port2: over-current change #7\n"
          "[  603.300000] usb 1-2: USB disconnect, device number 5\n",
          "1-2 gone: !port-over-current\n" },
        { "kernel: PM: suspend entry (s2idle)\nkernel: PM: suspend exit\nkernel: usb usb1: root hub lost power or was reset\n"
          "kernel: usb 1-1: USB disconnect, device number 2\n",
          "1-1 gone: host-suspended\n" },
        { "[  100.0] PM: suspend entry (deep)\n[  101.0] PM: suspend exit\n[  101.1] usb 1-4: reset high-speed USB device number "
          "3 "
          "using xhci_hcd\n",
          "1-4 identified: host-suspended\n" },
        /* A device that was plugged in after the sleep was not suspended by it. */
        { "[  100.0] PM: suspend entry (deep)\n[  101.0] PM: suspend exit\n" MOUSE(" 120", "1-2", "5"), "1-2 identified\n" },
        { "[  100.0] PM: suspend entry (deep)\n[  101.0] PM: suspend exit\n[  120.0] usb-storage 1-2:1.0: USB Mass Storage "
          "device "
          "detected\n",
          "1-2 identified\n" },
        /* A driver's message came first, and the disconnect shows that the device was connected then. */
        { "[  100.0] PM: suspend entry (deep)\n[  101.0] PM: suspend exit\n[  101.1] cdc_ether 1-2:2.0 enu1u2: unregister "
          "'cdc_ether'\n[  101.2] usb 1-2: USB disconnect, device number 2\n",
          "1-2 gone: host-suspended\n" },
        /* The kernel's count shows what happened before the log begins. */
        { MOUSE("100", "1-2", "5") "[  200.000000] usb usb1-port2: over-current change #26\n",
          "1-2 identified: !port-over-current\n" },
        { MOUSE("100", "1-2", "5") "[  200.000000] usb usb1-port2: over-current change #2\n", "1-2 identified\n" },
        /* All ports of a controller, in a log that begins late. A port that works shows that the supply is not the cause. */
        { OVER("200", "1", "1", "26") OVER("200", "1", "2", "26") OVER("200", "1", "3", "24"),
          "host: !host-power-fault\n1-1 empty\n1-2 empty\n1-3 empty\n" },
        { OVER("200", "1", "1", "26") OVER("200", "1", "2", "26") OVER("200", "1", "3", "24") MOUSE("201", "1-4", "5"),
          "1-1 empty\n1-2 empty\n1-3 empty\n1-4 identified\n" },
        { OVER("200", "1", "1", "2") OVER("200", "1", "2", "2"), "1-1 empty\n1-2 empty\n" },
        /* The same in other wordings, without the kernel's count, with the time in seconds, and without a time. */
        { CHANGES("900", "1") CHANGES("900", "2") CHANGES("901", "3") CHANGES("901", "4") CHANGES("905", "1") CHANGES("905", "2")
                  CHANGES("906", "3") CHANGES("906", "4"),
          "host: !host-power-fault\n" EMPTY_FOUR },
        { ONE_EACH("[  900.0] hub 1-0:1.0: over-current condition on port ")
                  ONE_EACH("[  905.0] hub 1-0:1.0: over-current condition on port "),
          "host: !host-power-fault\n" EMPTY_FOUR },
        { "[  900.0] hub 1-0:1.0: port 1 over-current condition\n[  900.1] hub 1-0:1.0: port 2 over-current condition\n"
          "[  900.2] hub 1-0:1.0: port 3 over-current condition\n[  903.0] hub 1-0:1.0: port 1 over-current condition\n"
          "[  903.1] hub 1-0:1.0: port 2 over-current condition\n[  903.2] hub 1-0:1.0: port 3 over-current condition\n",
          "host: !host-power-fault\n1-1 empty\n1-2 empty\n1-3 empty\n" },
        { STANDS("Mar  1 10:00:01 h kernel: ") STANDS("Mar  1 10:00:06 h kernel: "), "host: !host-power-fault\n" EMPTY_FOUR },
        { STANDS("kernel: ") STANDS("kernel: "), "host: !host-power-fault\n" EMPTY_FOUR },
        { STANDS("") STANDS(""), "host: !host-power-fault\n" EMPTY_FOUR },
        /* Ports that are not the first ones, the controller's name, and the number of its ports. */
        { OVER("200", "1", "5", "26") OVER("200", "1", "6", "26") OVER("200", "1", "7", "24") OVER("201", "1", "8", "24"),
          "host: !host-power-fault\n1-5 empty\n1-6 empty\n1-7 empty\n1-8 empty\n" },
        { "[    1.0] xhci_hcd 0000:00:14.0: new USB bus registered, assigned bus number 1\n" STANDS("[  900.0] ")
                  STANDS("[  905.0] "),
          "0000:00:14.0: !host-power-fault\n" EMPTY_FOUR },
        { "[    1.0] xhci_hcd 0000:00:14.0: new USB bus registered, assigned bus number 1\n[    1.1] hub 1-0:1.0: 4 ports "
          "detected\n" STANDS("[  900.0] "),
          "0000:00:14.0: !host-power-fault\n" EMPTY_FOUR },
        { "[    1.0] xhci_hcd 0000:00:14.0: new USB bus registered, assigned bus number 1\n[    1.1] hub 1-0:1.0: 8 ports "
          "detected\n" STANDS("[  900.0] ") STANDS("[  905.0] "),
          EMPTY_FOUR },
        /* Once on ports of which it is not known whether they are all, by turns over minutes, and as the computer starts. */
        { STANDS("[  900.0] "), EMPTY_FOUR },
        { OVER("200", "1", "1", "26") OVER("240", "1", "2", "26") OVER("280", "1", "3", "24") OVER("320", "1", "4", "24"),
          EMPTY_FOUR },
        { STANDS("[    5.0] ") STANDS("[    6.0] "), EMPTY_FOUR },
        /* One protection for all ports of a controller, and one for all ports of a hub. */
        { "[  900.0] hub 1-0:1.0: over-current condition\n", "host: !host-power-fault\n" },
        { "[    1.0] ohci_hcd 0000:00:12.0: new USB bus registered, assigned bus number 3\n" MOUSE(
                  "100", "3-2", "2") "[  900.0] hub 3-0:1.0: over-current condition\n",
          "0000:00:12.0: !host-power-fault\n3-2 identified\n" },
        { "[    5.0] hub 1-0:1.0: over-current condition\n", "" },
        { "[  900.0] hub 1-2:1.0: over-current condition\n", "1-2 empty: !port-over-current\n" },
        /* A hub with seven ports is two hubs in one box, and both share its supply. */
        { "[  900.0] usb 1-2-port1: over-current change #26\n[  900.1] usb 1-2-port2: over-current change #26\n[  900.2] usb "
          "1-2-port3: over-current change #26\n[  900.3] usb 1-2.4-port1: over-current change #26\n[  900.4] usb 1-2.4-port2: "
          "over-current change #26\n",
          "1-2 empty\n1-2.1 empty\n1-2.2 empty\n1-2.3 empty\n1-2.4 empty\n1-2.4.1 empty\n1-2.4.2 empty\n" },
        /* Over-currents at several hubs at once are a fault of the computer. Those of the two halves of one connector, or of one
           hub's ports, are not. */
        { OVER("200", "1", "2", "2") OVER("201", "2", "5", "2")
                  OVER("202", "3", "1", "2") "[  203.0] usb 3-4-port2: over-current condition\n",
          "host: !host-power-fault\n1-2 empty\n2-5 empty\n3-1 empty\n3-4 empty\n3-4.2 empty\n" },
        { OVER("200", "1", "2", "2") OVER("200", "2", "2", "2"), "1-2 empty\n2-2 empty\n" },
        { "[  203.0] usb 3-4-port1: over-current condition\n[  203.1] usb 3-4-port2: over-current condition\n[  203.2] usb "
          "3-4-port3: over-current condition\n[  203.3] usb 3-4.4-port1: over-current condition\n",
          "3-4 empty\n3-4.1 empty\n3-4.2 empty\n3-4.3 empty\n3-4.4 empty\n3-4.4.1 empty\n" },
        /* An empty port, and an over-current after the unplug. */
        { "[  600.0] usb usb1-port2: over-current condition\n[  605.0] usb usb1-port2: over-current condition\n", "1-2 empty\n" },
        { PULL("600", "1-2") "[  600.600000] usb usb1-port2: over-current condition\n", "1-2 gone\n" },
        { "[  600.0] usb 1-2: new high-speed USB device number 5 using xhci_hcd\n[  600.1] usb 1-2: New USB device found, "
          "idVendor=046d, idProduct=c077\n[  700.0] usb usb1-port2: disabled by hub (EMI?), re-enabling...\n[  701.0] usb "
          "usb1-port2: disabled by hub (EMI?), re-enabling...\n[  702.0] usb usb1-port2: disabled by hub (EMI?), "
          "re-enabling...\n",
          "1-2 identified: !link-unstable\n" },
        { "[  700.0] usb usb1-port2: disabled by hub (EMI?), re-enabling...\n[  700.1] usb 1-2: USB disconnect, device number 5\n"
          "[  800.0] usb usb1-port2: disabled by hub (EMI?), re-enabling...\n[  800.1] usb 1-2: USB disconnect, device number 6\n"
          "[  900.0] usb usb1-port2: disabled by hub (EMI?), re-enabling...\n",
          "1-2 gone: !link-unstable\n" },
        { "[  700.0] usb usb1-port2: disabled by hub (EMI?), re-enabling...\n[  700.4] usb 1-2: new high-speed USB device number "
          "6 "
          "using xhci_hcd\n[  730.0] usb usb1-port2: disabled by hub (EMI?), re-enabling...\n[  760.0] usb usb1-port2: disabled "
          "by "
          "hub (EMI?), re-enabling...\n",
          "1-2 identified: !link-unstable\n" },
        /* A port of which nothing else is known. The kernel logs this only where a device is: once, far apart, and again and
           again. */
        { EMI("700"), "1-2 identified: link-unstable\n" },
        { EMI("700") EMI("9700") EMI("19700"), "1-2 identified: link-unstable\n" },
        { EMI("700") EMI("730") EMI("760") EMI("790"), "1-2 identified: !link-unstable\n" },
        /* A device that comes out of each reset as another one. */
        { MORPHS("705", "5") MORPHS("711", "6") MORPHS("717", "7") MORPHS("723", "8"), "1-2 identified: !link-unstable\n" },
        /* Requests of drivers that fail are no fault of the connection. */
        { MOUSE("100", "1-2", "5") "[  130.0] usb 1-2: clear tt 1 (9082) error -71\n[  130.1] usb 1-2: clear tt 1 (9082) error "
                                   "-71\n[  130.2] usb 1-2: clear tt 1 (9082) error -71\n",
          "1-2 identified\n" },
        /* Kernels that do not log the identity of a device: a driver's message shows the success. */
        { "[  95.1] usb 1-1: new high-speed USB device number 2 using xhci-mtk\n[  95.3] usb 1-1: device descriptor read/64, "
          "error "
          "-71\n[  96.1] usb 1-1: new high-speed USB device number 4 using xhci-mtk\n[  96.4] usb-storage 1-1:1.0: USB Mass "
          "Storage device detected\n",
          "1-1 identified: enumeration-retried\n" },
        { "[  95.1] usb 1-1: new high-speed USB device number 2 using xhci-mtk\n[  95.4] hub 1-1:1.0: USB hub found\n",
          "1-1 identified\n" },
        { "[  95.1] usb 1-1: new full-speed USB device number 2 using ci_hdrc\n[  95.4] mt7601u: probe of 1-1:1.0 failed with "
          "error -5\n",
          "1-1 identified\n" },
        /* A driver's message while the device leaves, or while a try fails, is no success. */
        { MOUSE("95", "1-1", "2") PULL("95", "1-1") "[  95.6] cdc_ncm 1-1:1.0 eth0: unregister 'cdc_ncm'\n", "1-1 gone\n" },
        { "[  95.1] usb 1-1: new full-speed USB device number 2 using x\n[  95.2] usb 1-1: device descriptor read/64, error -71\n"
          "[  95.4] usbhid 1-1:1.0: can't add hid device: -71\n",
          "1-1 failed: !enumeration-failed\n" },
        /* A record that was stored twice is no second try, also where only the time between two lines is printed. */
        { "[Mar 1 06:59] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n[  +0.000000] usb 1-1: new high-speed USB "
          "device number 2 using xhci_hcd\n[  +0.150000] usb 1-1: New USB device found, idVendor=0bda, idProduct=5411\n"
          "[  +0.000000] usb 1-1: New USB device found, idVendor=0bda, idProduct=5411\n",
          "1-1 identified\n" },
        /* A hub in the path is mentioned after a fault, and not where nothing is wrong. */
        { HUB("95", "1-1", "2") MOUSE("97", "1-1.2", "3"), "1-1 identified\n1-1.2 identified\n" },
        { HUB("95", "1-1", "2") "[  98.0] usb 1-1-port2: connect-debounce failed\n",
          "1-1 identified\n1-1.2 empty: link-unstable, hub-in-path\n" },
        /* A hub that comes and goes is one fault, not one of each device behind it. */
        { HUB("100", "1-1", "2") MOUSE("101", "1-1.2", "3") PULL("110", "1-1") PULL("110", "1-1.2") HUB("111", "1-1", "4")
                  MOUSE("112", "1-1.2", "5") PULL("120", "1-1") HUB("121", "1-1", "6") MOUSE("122", "1-1.2", "7")
                          PULL("130", "1-1") HUB("131", "1-1", "8") MOUSE("132", "1-1.2", "9"),
          "1-1 identified: !link-unstable\n1-1.2 identified\n" },
        /* A person tries two headsets of one model by turns on one port. One of them alone was lost. */
        { HEADSET("100", "1-2", "2", "ONE") PULL("102", "1-2") HEADSET("104", "1-2", "3", "TWO") PULL("106", "1-2")
                  HEADSET("108", "1-2", "4", "ONE") PULL("110", "1-2") HEADSET("112", "1-2", "5", "TWO") PULL("114", "1-2"),
          "1-2 gone\n" },
        { HEADSET("100", "1-2", "2", "ONE") PULL("102", "1-2") HEADSET("104", "1-2", "3", "ONE") PULL("106", "1-2")
                  HEADSET("108", "1-2", "4", "ONE") PULL("110", "1-2") HEADSET("112", "1-2", "5", "ONE") PULL("114", "1-2"),
          "1-2 gone: !link-unstable\n" },
        { MOUSE("100", "1-2", "2") PULL("102", "1-2") MOUSE("104", "1-2", "3") PULL("106", "1-2") MOUSE("108", "1-2", "4")
                  PULL("110", "1-2") MOUSE("112", "1-2", "5") PULL("114", "1-2"),
          "1-2 gone: !link-unstable\n" },
        /* One that is lost says so, whatever was there before it. */
        { HEADSET("100", "1-2", "2", "TWO") PULL("102", "1-2") HEADSET("104", "1-2", "3", "ONE") PULL("106", "1-2")
                  HEADSET("108", "1-2", "4", "ONE") PULL("110", "1-2") HEADSET("112", "1-2", "5", "ONE") PULL("114", "1-2")
                          HEADSET("116", "1-2", "6", "ONE"),
          "1-2 identified: !link-unstable\n" },
        /* The kernel was working on a port when its hub left. */
        { HUB("100", "1-1", "2") "[  105.0] usb 1-1.2: new full-speed USB device number 3 using xhci_hcd\n"
                                 "[  105.1] usb 1-1.2: device descriptor read/64, error -71\n" PULL(
                                         "105", "1-1") "[  105.6] usb 1-1-port2: attempt power cycle\n[  105.7] usb 1-1-port2: "
                                                       "cannot reset (err = -71)\n"
                                                       "[  105.8] usb 1-1-port3: attempt power cycle\n[  105.9] usb 1-1-port3: "
                                                       "unable to enumerate USB device\n",
          "1-1 gone\n1-1.2 gone: !enumeration-failed, !hub-in-path\n1-1.3 empty\n" },
        /* The device could not be resumed, left and came back. */
        { MOUSE("100", "1-1", "2") "[  130.0] usb 1-1: can't resume, status -71\n[  130.5] usb 1-1: USB disconnect, device "
                                   "number 2\n" MOUSE("150", "1-1", "3"),
          "1-1 identified: link-unstable\n" },
        /* Wording of newer kernels. */
        { "[  100.0] usb 1-1: new high-speed USB device number 2 using xhci_hcd\n[  100.1] usb 1-1: New USB device found, "
          "idVendor=046d, idProduct=082d\n[  100.2] usb 1-1: Not enough bandwidth for new device state.\n[  100.3] usb 1-1: "
          "can't "
          "set config #1, error -28\n",
          "1-1 identified: !not-configured\n" },
        { MOUSE("100", "1-1", "2") "[  130.0] usb 1-1: Not enough bandwidth for altsetting 1\n", "1-1 identified\n" },
        /* A hub that does not answer, once and permanently. */
        { HUB("100", "1-1", "2") "[  105.0] hub 1-1:1.0: hub_ext_port_status failed (err = -71)\n", "1-1 identified\n" },
        { HUB("100", "1-1", "2") "[  105.0] hub 1-1:1.0: hub_ext_port_status failed (err = -110)\n"
                                 "[  110.0] hub 1-1:1.0: hub_ext_port_status failed (err = -110)\n",
          "1-1 identified: !enumeration-failed\n" },
        { HUB("100", "1-1", "2") "[  105.0] hub 1-1:1.0: hub_ext_port_status failed (err = -71)\n"
                                 "[  105.1] hub 1-1:1.0: hub_ext_port_status failed (err = -71)\n" MOUSE("106", "1-1.1", "3"),
          "1-1 identified\n1-1.1 identified\n" },
        { PLUG("100", "1-1", "2",
               "05e3, idProduct=0610") "[  100.2] hub 1-1:1.0: config failed, can't read hub descriptor (err -22)\n",
          "1-1 identified: !enumeration-failed\n" },
        { "[  9.0] ucsi_acpi USBC000:00: error -EINVAL: PPM init failed\n", "host: typec-unreadable\n" },
        /* A controller that was removed with its dock, one that died, and one that cannot be set up. */
        { "[  10.0] xhci_hcd 0000:0c:00.0: remove, state 1\n[  10.1] xhci_hcd 0000:0c:00.0: xHCI host controller not responding, "
          "assume dead\n[  10.2] xhci_hcd 0000:0c:00.0: USB bus 4 deregistered\n",
          "" },
        { "[  10.0] xhci_hcd 0000:0c:00.0: HC died; cleaning up\n", "0000:0c:00.0: !controller-dead\n" },
        /* The drivers as components of another system, and the same words beside the kernel's own lines. */
        { "[init -> usb_drv] xhci_hcd 0000:0c:00.0: HC died; cleaning up\n[init -> usb_drv] usb 1-3: USB disconnect, device "
          "number "
          "3\n",
          "0000:0c:00.0: !controller-dead\n1-3 gone\n" },
        { "[  10.0] EXT4-fs (dm-1): re-mounted.\n[a -> b] xhci_hcd 0000:0c:00.0: HC died; cleaning up\n", "" },
        { "[  10.0] xhci_hcd 0000:0c:00.0: new USB bus registered, assigned bus number 5\n[  20.0] xhci_hcd 0000:0c:00.0: can't "
          "setup: -110\n[  20.1] xhci_hcd 0000:0c:00.0: USB bus 5 deregistered\n",
          "0000:0c:00.0: !controller-dead\n" },
};

START_TEST(test_story) {
        char *text = answer(stories[_i].log);

        ck_assert_msg(strcmp(text, stories[_i].answer) == 0, "%s\ngives\n%s\nnot\n%s", stories[_i].log, text, stories[_i].answer);
        free(text);
}
END_TEST

/* Six drops within half a minute are counted, whatever prefix the lines have. */
START_TEST(test_drops_do_not_depend_on_the_prefix) {
        static const char *const prefixes[] = {
                "[  %02u.00000%u] ",
                "Nov 08 10:00:%02u h kernel: ",
                "2023-11-08T10:00:%02u+01:00 h kernel: ",
                "[Wed Nov  8 10:00:%02u 2023] ",
        };
        for (size_t i = 0; i < sizeof prefixes / sizeof prefixes[0]; i++) {
                char log[8192] = "", *text;

                for (unsigned n = 0; n < 7; n++)
                        for (unsigned k = 0; k < 3; k++) {
                                static const char *const words[] = {
                                        "usb 1-2: new high-speed USB device number 5 using xhci_hcd\n",
                                        "usb 1-2: New USB device found, idVendor=046d, idProduct=c077\n",
                                        "usb 1-2: USB disconnect, device number 5\n",
                                };
                                size_t at = strlen(log);

                                if (n == 6 && k == 2)
                                        break;
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Wformat-nonliteral"
                                snprintf(log + at, sizeof log - at, prefixes[i], 20 + n * 4 / 3, k);
#pragma GCC diagnostic pop
                                strcat(log, words[k]);
                        }
                text = answer(log);
                ck_assert_msg(strcmp(text, "1-2 identified: !link-unstable\n") == 0, "%s\ngives %s", log, text);
                free(text);
        }
}
END_TEST

int main(void) {
        Suite *s = suite_create("log stories");
        TCase *c = tcase_create("stories");

        tcase_add_loop_test(c, test_story, 0, (int) (sizeof stories / sizeof stories[0]));
        tcase_add_test(c, test_drops_do_not_depend_on_the_prefix);
        suite_add_tcase(s, c);
        return run_suite(s);
}
