/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Messages of the kernel: one row for each wording of each kernel, cut ones, and hostile ones.
 */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kernel-log/message.h"
#include "run.h"

struct row {
        const char *text;
        enum kernel_message message; /* KERNEL_NONE: not to be understood */
        const char *where;           /* device name, a controller's name, or NULL */
        uint32_t number;
        enum usb_speed speed;
};

static const struct row rows[] = {
        /* connect marks */
        { "usb 1-2.3: new full-speed USB device number 5 using xhci_hcd", KERNEL_CONNECT, "1-2.3", 5, SPEED_FULL },
        { "usb 1-2: new high-speed USB device number 127 using ehci-pci", KERNEL_CONNECT, "1-2", 127, SPEED_HIGH },
        { "usb 1-2: new low-speed USB device number 3 using xhci_hcd", KERNEL_CONNECT, "1-2", 3, SPEED_LOW },
        { "usb 1-2: new high speed USB device number 3 using dwc_otg", KERNEL_CONNECT, "1-2", 3, SPEED_HIGH },
        { "usb 1-2: new full speed USB device using uhci_hcd and address 7", KERNEL_CONNECT, "1-2", 7, SPEED_FULL },
        { "usb 4-3: new SuperSpeed USB device number 6 using xhci_hcd", KERNEL_CONNECT, "4-3", 6, SPEED_SUPER },
        { "usb 4-3: new SuperSpeed Gen 1 USB device number 6 using xhci_hcd", KERNEL_CONNECT, "4-3", 6, SPEED_SUPER },
        { "usb 2-1: new SuperSpeed Plus Gen 2x1 USB device number 2 using xhci_hcd", KERNEL_CONNECT, "2-1", 2, SPEED_SUPER_PLUS },
        { "usb 2-1: new SuperSpeedPlus USB device number 2 using xhci_hcd", KERNEL_CONNECT, "2-1", 2, SPEED_SUPER_PLUS },
        { "onboard-usb-hub 1-1: new high-speed USB device number 2 using dwc2", KERNEL_CONNECT, "1-1", 2, SPEED_HIGH },
        { "usb 12-1.2.3.4.5: new full-speed USB device number 2 using xhci-hcd", KERNEL_CONNECT, "12-1.2.3.4.5", 2, SPEED_FULL },
        { "usb 1-2: reset full-speed USB device number 5 using xhci_hcd", KERNEL_RESET, "1-2", 5, SPEED_FULL },
        { "r8152-cfgselector 2-1.4.3.4: reset SuperSpeed USB device number 5 using xhci_hcd", KERNEL_RESET, "2-1.4.3.4", 5,
          SPEED_SUPER },
        { "usb 1-2: reset high speed USB device using ehci_hcd and address 4", KERNEL_RESET, "1-2", 4, SPEED_HIGH },
        /* a device and its end */
        { "usb 1-2: New USB device found, idVendor=054c, idProduct=0cd3, bcdDevice= 1.00", KERNEL_FOUND, "1-2", 0, 0 },
        { "usb usb1: New USB device found, idVendor=1d6b, idProduct=0002", KERNEL_FOUND, "usb1", 0, 0 },
        { "usb 1-2: Product: WH-1000XM4", KERNEL_PRODUCT, "1-2", 0, 0 },
        { "usb 1-2: Manufacturer: Sony", KERNEL_MANUFACTURER, "1-2", 0, 0 },
        { "usb 1-2: SerialNumber: 0123456789", KERNEL_SERIAL, "1-2", 2042, 0 },
        { "usb 1-2: SerialNumber: 0123456789  ", KERNEL_SERIAL, "1-2", 2042, 0 },
        { "usb 1-2: SerialNumber: 0123456788", KERNEL_SERIAL, "1-2", 2444, 0 },
        { "usb 1-2: SerialNumber: 3806", KERNEL_SERIAL, "1-2", 1, 0 }, /* whose hash would be 0 */
        { "usb 1-2: SerialNumber: 01234>", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-2: SerialNumber: 01234\xe2\x80\xa6", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-2: SerialNumber: ", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-2: SerialNumber:   ", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-2: New USB device strings: Mfr=1, Product=2, SerialNumber=0", KERNEL_NONE, NULL, 0, 0 },
        { "usb 3-2: configuration #1 chosen from 1 choice", KERNEL_CONFIG_CHOSEN, "3-2", 1, 0 },
        { "usb 1-2: USB disconnect, device number 5", KERNEL_DISCONNECT, "1-2", 5, 0 },
        { "usb 1-2: USB disconnect, address 6", KERNEL_DISCONNECT, "1-2", 0, 0 },
        { "r8152-cfgselector 4-2.1: USB disconnect", KERNEL_DISCONNECT, "4-2.1", 0, 0 },
        { "usb usb2-port5: logical disconnect", KERNEL_LOGICAL_DISCONNECT, "2-5", 0, 0 },
        { "hub 2-0:1.0: logical disconnect on port 5", KERNEL_LOGICAL_DISCONNECT, "2-5", 0, 0 },
        /* failing tries */
        { "usb 1-2: device descriptor read/64, error -71", KERNEL_READ_FAILED, "1-2", 71, 0 },
        { "usb 1-2: device descriptor read/8, error -110", KERNEL_READ_FAILED, "1-2", 110, 0 },
        { "usb 1-2: device descriptor read/all, error -32", KERNEL_READ_FAILED, "1-2", 32, 0 },
        { "usb 1-2: device not accepting address 9, error -71", KERNEL_NO_ADDRESS, "1-2", 71, 0 },
        { "usb 1-2: Device not responding to setup address.", KERNEL_NO_SETUP_ANSWER, "1-2", 0, 0 },
        { "usb 1-2: Device not responding to setup context.", KERNEL_NO_SETUP_ANSWER, "1-2", 0, 0 },
        { "usb 1-2: Device not responding to set address.", KERNEL_NO_SETUP_ANSWER, "1-2", 0, 0 },
        { "usb 3-1.2.4: hub failed to enable device, error -22", KERNEL_ENABLE_FAILED, "3-1.2.4", 22, 0 },
        { "usb 4-3: got a wrong device descriptor, warm reset device", KERNEL_WRONG_DESCRIPTOR, "4-3", 0, 0 },
        { "usb 4-3: device reset changed ep0 maxpacket size!", KERNEL_WRONG_DESCRIPTOR, "4-3", 0, 0 },
        { "usb 4-3: Invalid ep0 maxpacket: 9", KERNEL_WRONG_DESCRIPTOR, "4-3", 0, 0 },
        { "usb 1-6: can't read configurations, error -71", KERNEL_CONFIG_UNREADABLE, "1-6", 71, 0 },
        { "usb 1-6: unable to read config index 0 descriptor/start: -61", KERNEL_CONFIG_UNREADABLE, "1-6", 61, 0 },
        { "usb 1-6: unable to read config index 0 descriptor/all", KERNEL_CONFIG_UNREADABLE, "1-6", 0, 0 },
        { "usb 1-6: can't set config #1, error -32", KERNEL_SET_CONFIG_FAILED, "1-6", 32, 0 },
        { "usb usb1-port4: cannot reset (err = -32)", KERNEL_CANNOT_RESET, "1-4", 32, 0 },
        { "usb 1-1-port4: cannot warm reset (err = -110)", KERNEL_CANNOT_RESET, "1-1.4", 110, 0 },
        { "hub 1-1:1.0: cannot reset port 4 (err = -32)", KERNEL_CANNOT_RESET, "1-1.4", 32, 0 },
        { "usb 1-1-port4: Cannot enable. Maybe the USB cable is bad?", KERNEL_CANNOT_ENABLE, "1-1.4", 0, 0 },
        { "hub 1-0:1.0: Cannot enable port 3.  Maybe the USB cable is bad?", KERNEL_CANNOT_ENABLE, "1-3", 0, 0 },
        { "usb usb2-port9: attempt power cycle", KERNEL_POWER_CYCLE, "2-9", 0, 0 },
        { "usb 1-2-port3: unable to enumerate USB device", KERNEL_GAVE_UP, "1-2.3", 0, 0 },
        { "hub 1-1:1.0: unable to enumerate USB device on port 12", KERNEL_GAVE_UP, "1-1.12", 0, 0 },
        { "usb usb4-port2: connect-debounce failed", KERNEL_DEBOUNCE_FAILED, "4-2", 0, 0 },
        { "hub 4-0:1.0: connect-debounce failed, port 2 disabled", KERNEL_DEBOUNCE_FAILED, "4-2", 0, 0 },
        { "usb usb3-port2: disabled by hub (EMI?), re-enabling...", KERNEL_EMI, "3-2", 0, 0 },
        { "hub 3-0:1.0: port 8 disabled by hub (EMI?), re-enabling...", KERNEL_EMI, "3-8", 0, 0 },
        /* power */
        { "usb usb1-port2: over-current condition", KERNEL_OVER_CURRENT, "1-2", 0, 0 },
        { "hub 1-0:1.0: over-current condition on port 2", KERNEL_OVER_CURRENT, "1-2", 0, 0 },
        { "usb usb1-port2: over-current change #3", KERNEL_OVER_CURRENT_CHANGE, "1-2", 3, 0 },
        { "usb usb1-port2: over-current change", KERNEL_OVER_CURRENT_CHANGE, "1-2", 0, 0 },
        { "hub 1-2:1.0: over-current condition", KERNEL_HUB_OVER_CURRENT, "1-2", 0, 0 },
        { "hub 1-0:1.0: over-current condition", KERNEL_HUB_OVER_CURRENT, "usb1", 0, 0 },
        { "hub 2-1:1.0: USB hub found", KERNEL_HUB_FOUND, "2-1", 0, 0 },
        { "hub 2-1:1.0: 4 ports detected", KERNEL_HUB_PORTS, "2-1", 4, 0 },
        { "hub 2-0:1.0: 1 port detected", KERNEL_HUB_PORTS, "usb2", 1, 0 },
        { "hub 2-1:1.0: insufficient power available to use all downstream ports", KERNEL_HUB_POOR, "2-1", 0, 0 },
        { "hub 2-1:1.0: 100mA over power budget!", KERNEL_HUB_OVER_BUDGET, "2-1", 0, 0 },
        { "usb 2-1.4: 400mA over 100mA budget!", KERNEL_OVER_BUDGET, "2-1.4", 0, 0 },
        { "usb 2-1-port4: 400mA is over 100000uA budget!", KERNEL_NONE, NULL, 0, 0 },
        { "usb 2-1-port4: 400mA is over 100mA budget!", KERNEL_OVER_BUDGET, "2-1.4", 0, 0 },
        { "usb 2-1.4: can't connect bus-powered hub to this port", KERNEL_HUB_REFUSED, "2-1.4", 0, 0 },
        { "usb 4-2.3: rejected 1 configuration due to insufficient available bus power", KERNEL_POWER_REJECTED, "4-2.3", 1, 0 },
        { "usb 4-2.3: rejected 2 configurations due to insufficient available bus power", KERNEL_POWER_REJECTED, "4-2.3", 2, 0 },
        { "usb 4-2.3: no configuration chosen from 1 choice", KERNEL_NO_CONFIG, "4-2.3", 0, 0 },
        { "usb 1-3: Device is not authorized for usage", KERNEL_NOT_AUTHORIZED, "1-3", 0, 0 },
        { "usb 1-3: authorized to connect", KERNEL_AUTHORIZED, "1-3", 0, 0 },
        { "usb 2-5: usb auto-suspend, wakeup 0", KERNEL_AUTO_SUSPEND, "2-5", 0, 0 },
        { "usb 2-5: usb auto-resume", KERNEL_AUTO_RESUME, "2-5", 0, 0 },
        { "usb 2-5: can't resume, status -19", KERNEL_RESUME_FAILED, "2-5", 19, 0 },
        { "usb 2-5: Waited 2000ms for CONNECT", KERNEL_RESUME_FAILED, "2-5", 2000, 0 },
        /* controllers */
        { "usb usb3: root hub lost power or was reset", KERNEL_ROOT_HUB_LOST_POWER, "usb3", 0, 0 },
        { "xhci_hcd 0000:00:14.0: new USB bus registered, assigned bus number 3", KERNEL_BUS_REGISTERED, "0000:00:14.0", 3, 0 },
        { "xhci-hcd xhci-hcd.3.auto: new USB bus registered, assigned bus number 1", KERNEL_BUS_REGISTERED, "xhci-hcd.3.auto", 1,
          0 },
        { "dwc2 fe980000.usb: new USB bus registered, assigned bus number 1", KERNEL_BUS_REGISTERED, "fe980000.usb", 1, 0 },
        { "xhci_hcd 0000:2d:00.0: USB bus 5 deregistered", KERNEL_BUS_GONE, "0000:2d:00.0", 5, 0 },
        { "xhci_hcd 0000:0a:00.3: HC died; cleaning up", KERNEL_CONTROLLER_DEAD, "0000:0a:00.3", 0, 0 },
        { "ehci-pci 0000:00:1a.0: HC died; cleaning up", KERNEL_CONTROLLER_DEAD, "0000:00:1a.0", 0, 0 },
        { "xhci-pci-renesas 0000:03:00.0: xHCI host controller not responding, assume dead", KERNEL_CONTROLLER_DEAD,
          "0000:03:00.0", 0, 0 },
        { "xhci_hcd 0000:2d:00.0: can't setup: -110", KERNEL_CONTROLLER_FAILED, "0000:2d:00.0", 110, 0 },
        { "xhci_hcd 0000:2d:00.0: init 0000:2d:00.0 fail, -110", KERNEL_CONTROLLER_FAILED, "0000:2d:00.0", 110, 0 },
        { "xhci_hcd 0000:2d:00.0: probe with driver xhci_hcd failed with error -110", KERNEL_CONTROLLER_FAILED, "0000:2d:00.0",
          110, 0 },
        { "ohci-platform 1c1b400.usb: startup error -19", KERNEL_CONTROLLER_FAILED, "1c1b400.usb", 19, 0 },
        { "xhci_hcd 0000:0c:00.0: remove, state 1", KERNEL_CONTROLLER_REMOVED, "0000:0c:00.0", 0, 0 },
        { "ehci-pci 0000:00:1d.7: remove, state 4", KERNEL_CONTROLLER_REMOVED, "0000:00:1d.7", 0, 0 },
        { "xhci_hcd 0000:00:15.0: Timeout while waiting for setup device command", KERNEL_CONTROLLER_TIMEOUT, "0000:00:15.0", 0,
          0 },
        { "ehci-pci 0000:00:1a.0: port 1 resume error -19", KERNEL_CONTROLLER_RESUME, "0000:00:1a.0", 1, 0 },
        { "xhci_hcd 0000:00:14.0: xHC error in resume, USBSTS 0x401, Reinit", KERNEL_CONTROLLER_RESUME, "0000:00:14.0", 0, 0 },
        { "ucsi_acpi USBC000:00: GET_CONNECTOR_STATUS failed (-5)", KERNEL_TYPEC_SILENT, NULL, 5, 0 },
        /* the machine */
        { "PM: suspend entry (deep)", KERNEL_SLEEP_ENTRY, NULL, 0, 0 },
        { "PM: suspend exit", KERNEL_SLEEP_EXIT, NULL, 0, 0 },
        { "PM: hibernation: hibernation entry", KERNEL_SLEEP_ENTRY, NULL, 0, 0 },
        { "PM: hibernation exit", KERNEL_SLEEP_EXIT, NULL, 0, 0 },
        { "hwmon hwmon1: Undervoltage detected!", KERNEL_UNDER_VOLTAGE, NULL, 0, 0 },
        { "Under-voltage detected! (0x00050005)", KERNEL_UNDER_VOLTAGE, NULL, 0, 0 },
        { "hwmon hwmon1: Voltage normalised", KERNEL_VOLTAGE_NORMAL, NULL, 0, 0 },
        { "Linux version 6.1.0-18-amd64 (debian-kernel@lists.debian.org)", KERNEL_BOOT, NULL, 0, 0 },
        /* truncated, and still unambiguous */
        { "usb 2-9: device descriptor read/64,>", KERNEL_READ_FAILED, "2-9", 0, 0 },
        { "usb 2-9: device descriptor read/64, error -7>", KERNEL_READ_FAILED, "2-9", 0, 0 },
        { "usb 2-9: device not accepting a\xe2\x80\xa6", KERNEL_NO_ADDRESS, "2-9", 0, 0 },
        { "usb 2-9: new full-speed USB device num", KERNEL_CONNECT, "2-9", 0, SPEED_FULL },
        { "usb 2-9: new full-speed USB device number 1>", KERNEL_CONNECT, "2-9", 0, SPEED_FULL },
        { "usb 2-9: New USB device found, idVendor=054c, idP", KERNEL_FOUND, "2-9", 0, 0 },
        { "usb usb2-port9: unable to enumer>", KERNEL_GAVE_UP, "2-9", 0, 0 },
        { "usb usb2-port9: Cannot enable. May>", KERNEL_CANNOT_ENABLE, "2-9", 0, 0 },
        /* truncated where it could be another message */
        { "usb usb2-port9: over-current c>", KERNEL_NONE, NULL, 0, 0 },
        { "usb usb2-port9: un", KERNEL_NONE, NULL, 0, 0 },
        { "hub 1-1:1.0: unable to enumerate USB device on port 1>", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-3: Manufac", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-3: Product: WH-10>", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-3: new ", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-3:", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-3: ", KERNEL_NONE, NULL, 0, 0 },
        { "usb", KERNEL_NONE, NULL, 0, 0 },
        { "u", KERNEL_NONE, NULL, 0, 0 },
        { ">", KERNEL_NONE, NULL, 0, 0 },
        { "", KERNEL_NONE, NULL, 0, 0 },
        /* not at the beginning, no driver, no place, no number */
        { "audit: usb 1-2: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "bash[991]: kernel: usb 1-7: device not accepting address 9, error -71", KERNEL_NONE, NULL, 0, 0 },
        { "logger usb usb1-port7: unable to enumerate USB device", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-2:USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "usb  1-2: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "us\x01"
          "b 1-2: USB disconnect, device number 5",
          KERNEL_NONE, NULL, 0, 0 },
        { "1usb 1-2: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "usb 0-2: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-0: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-256: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-1.2.3.4.5.6.7.8: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "usb 99999-1: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "hub 1-0:1.0: Cannot enable port 0.  Maybe the USB cable is bad?", KERNEL_NONE, NULL, 0, 0 },
        { "hub 1-0:1.0: Cannot enable port 300.  Maybe the USB cable is bad?", KERNEL_NONE, NULL, 0, 0 },
        { "hub 1-1.2.3.4.5.6.7:1.0: unable to enumerate USB device on port 1", KERNEL_NONE, NULL, 0, 0 },
        { "hub 1-0:1.0: 99999999999999999999 ports detected", KERNEL_NONE, NULL, 0, 0 },
        /* a driver's message about an interface: it only shows that the interface exists */
        { "snd-usb-audio 1-2:1.0: USB disconnect, device number 5", KERNEL_DRIVER, "1-2", 0, 0 },
        { "usb-storage 1-1.4:1.0: USB Mass Storage device detected", KERNEL_DRIVER, "1-1.4", 0, 0 },
        { "cdc_ether 1-1.4.3:2.0 enu1u4u3c2: unregister 'cdc_ether' usb-xhci-hcd.2.auto-1.4.3", KERNEL_DRIVER, "1-1.4.3", 0, 0 },
        { "mt7601u: probe of 1-1:1.0 failed with error -5", KERNEL_DRIVER, "1-1", 0, 0 },
        { "xhci_hcd: probe of 0000:2d:00.0 failed with error -110", KERNEL_NONE, NULL, 0, 0 },
        { "usbhid 1-2:x.0: what", KERNEL_NONE, NULL, 0, 0 },
        { "sd 1-0:1.0: what", KERNEL_NONE, NULL, 0, 0 },
        { "scsi 6:0:0:0: Direct-Access", KERNEL_NONE, NULL, 0, 0 },
        { "hub 1-1:1.0: hub_ext_port_status failed (err = -110)", KERNEL_HUB_SILENT, "1-1", 110, 0 },
        { "hub 1-1:1.0: get_port_status failed: err = -71", KERNEL_HUB_SILENT, "1-1", 71, 0 },
        { "hub 1-1:1.0: cannot disable port 2 (err = -110)", KERNEL_HUB_SILENT, "1-1", 110, 0 },
        { "hub 1-1:1.0: config failed, can't get hub status (err -71)", KERNEL_HUB_UNUSABLE, "1-1", 71, 0 },
        { "usb 1-2: device firmware changed", KERNEL_FIRMWARE_CHANGED, "1-2", 0, 0 },
        { "usb 1-2: Not enough bandwidth for altsetting 3", KERNEL_NO_BANDWIDTH, "1-2", 0, 0 },
        { "usb 1-2: Not enough host controller resources for new device state.", KERNEL_NO_BANDWIDTH, "1-2", 0, 0 },
        { "ucsi_acpi USBC000:00: error -ETIMEDOUT: PPM init failed", KERNEL_TYPEC_SILENT, NULL, 110, 0 },
        { "ucsi_acpi USBC000:00: error -EINVAL: PPM init failed", KERNEL_TYPEC_SILENT, NULL, 22, 0 },
        { "ucsi_acpi USBC000:00: error -EWHATEVER: PPM init failed", KERNEL_TYPEC_SILENT, NULL, 0, 0 },
        { "ucsi_acpi USBC000:00: error -ENODEV: con1: nothing of this", KERNEL_NONE, NULL, 0, 0 },
        { "e1000e 0000:00:1f.6: HC died; cleaning up", KERNEL_NONE, NULL, 0, 0 },
        { "ucsi_acpi USBC000:00: GET_CONNECTOR_STATUS failed (-110)", KERNEL_TYPEC_SILENT, NULL, 110, 0 },
        { "ucsi_acpi USBC000:00: ucsi_handle_connector_change: GET_CONNECTOR_STATUS failed (-110)", KERNEL_TYPEC_SILENT, NULL,
          110, 0 },
        { "ucsi_acpi USBC000:00: ucsi_handle_connector_change: ACK failed (-5)", KERNEL_TYPEC_SILENT, NULL, 5, 0 },
        { "ucsi_acpi USBC000:00: con1: failed to get status", KERNEL_TYPEC_SILENT, NULL, 0, 0 },
        { "ucsi_acpi USBC000:00: con1: failed to register alternate modes", KERNEL_NONE, NULL, 0, 0 },
        { "ucsi_acpi USBC000:00: PPM init failed (-110)", KERNEL_TYPEC_SILENT, NULL, 110, 0 },
        { "ucsi_acpi USBC000:00: PPM init failed, stop trying", KERNEL_TYPEC_SILENT, NULL, 0, 0 },
        { "ucsi_acpi USBC000:00: failed to reset PPM!", KERNEL_TYPEC_SILENT, NULL, 0, 0 },
        { "ucsi_glink.pmic_glink_ucsi pmic_glink.ucsi.0: failed to reset PPM!", KERNEL_TYPEC_SILENT, NULL, 0, 0 },
        /* they say nothing about cable or port */
        { "ucsi_acpi USBC000:00: GET_CABLE_PROPERTY failed (-5)", KERNEL_NONE, NULL, 0, 0 },
        { "ucsi_acpi USBC000:00: UCSI_GET_PDOS failed (-22)", KERNEL_NONE, NULL, 0, 0 },
        { "ucsi_acpi USBC000:00: Overcurrent condition", KERNEL_NONE, NULL, 0, 0 },
        { "e1000e 0000:00:1f.6: PPM init failed (-110)", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-2: HC died; cleaning up", KERNEL_NONE, NULL, 0, 0 },
        { "usb 1-2: unable to enumerate USB device", KERNEL_NONE, NULL, 0, 0 },
        { "usb usb1-port2: USB disconnect, device number 5", KERNEL_NONE, NULL, 0, 0 },
        { "Linux versionless", KERNEL_NONE, NULL, 0, 0 },
        { "PM: suspend", KERNEL_NONE, NULL, 0, 0 },
};

static void check_where(const struct event *e, const char *where) {
        char name[ADDRESS_NAME_MAX];

        if (!where) {
                ck_assert(!e->u.kernel.has_where);
                ck_assert_str_eq(e->u.kernel.controller, "");
        } else if (e->u.kernel.has_where)
                ck_assert_str_eq(address_device_name(&e->where, name), where);
        else
                ck_assert_str_eq(e->u.kernel.controller, where);
}

START_TEST(test_message) {
        const struct row *r = &rows[_i];
        struct event e = { .type = EVENT_NONE };
        bool understood = kernel_message_parse(r->text, strlen(r->text), &e);

        ck_assert_msg(understood == (r->message != KERNEL_NONE), "%s", r->text);
        if (!understood) {
                ck_assert_int_eq(e.type, EVENT_NONE);
                return;
        }
        ck_assert_int_eq(e.type, EVENT_KERNEL);
        ck_assert_msg(e.u.kernel.message == r->message, "%s: %d", r->text, e.u.kernel.message);
        ck_assert_msg(e.u.kernel.number == r->number, "%s: %u", r->text, e.u.kernel.number);
        ck_assert_int_eq(e.u.kernel.speed, r->speed);
        check_where(&e, r->where);
}
END_TEST

/* Each text is truncated at each byte. It must be parsed as the same message or not at all. */
START_TEST(test_cut_never_lies) {
        const struct row *r = &rows[_i];
        size_t len = r->message == KERNEL_NONE ? 0 : strlen(r->text);

        for (size_t n = 0; n <= len; n++) {
                char *copy = malloc(n + 1); /* of exactly this size, for the sanitizer */
                struct event e;

                memcpy(copy, r->text, n);
                /* "over-current condition on port 2" of old kernels, cut, is the line of a whole hub. */
                if (kernel_message_parse(copy, n, &e) && e.u.kernel.message != KERNEL_HUB_OVER_CURRENT)
                        ck_assert_msg(e.u.kernel.message == r->message, "%.*s", (int) n, r->text);
                copy[n] = '>';
                if (n < len && kernel_message_parse(copy, n + 1, &e))
                        ck_assert_msg(e.u.kernel.message == r->message &&
                                              (e.u.kernel.number == 0 || e.u.kernel.number == r->number),
                                      "%.*s>", (int) n, r->text);
                free(copy);
        }
}
END_TEST

static struct kernel_facts facts_of(const char *text) {
        struct event e;

        ck_assert_msg(kernel_message_parse(text, strlen(text), &e), "%s", text);
        return e.u.kernel;
}

START_TEST(test_identity) {
        struct kernel_facts k = facts_of("usb 1-2: New USB device found, idVendor=054c, idProduct=0CD3, bcdDevice= 1.00");

        ck_assert_uint_eq(k.vendor, 0x054c);
        ck_assert_uint_eq(k.product, 0x0cd3);
        k = facts_of("usb 1-2: New USB device found, idVendor=054c, idProduct=0c");
        ck_assert_uint_eq(k.vendor, 0x054c);
        ck_assert_uint_eq(k.product, 0);
        k = facts_of("usb 1-2: New USB device found, idVendor=05zz, idProduct=0cd3");
        ck_assert_uint_eq(k.vendor, 0);
        ck_assert_uint_eq(k.product, 0);
}
END_TEST

START_TEST(test_budget) {
        struct kernel_facts k = facts_of("usb 2-1.4: 400mA over 100mA budget!");

        ck_assert_uint_eq(k.milliamp, 400);
        ck_assert_uint_eq(k.budget_ma, 100);
        k = facts_of("hub 2-1:1.0: 120mA over power budget!");
        ck_assert_uint_eq(k.milliamp, 120);
}
END_TEST

START_TEST(test_text_is_made_safe) {
        ck_assert_str_eq(facts_of("usb 1-2: Product: WH-1000XM4  ").text, "WH-1000XM4");
        ck_assert_str_eq(facts_of("usb 1-2: Product: \\x1b[2J\\x1b]0;pwn\\x07x").text, "?[2J?]0;pwn?x");
        ck_assert_str_eq(facts_of("usb 1-2: Product: usb usb9-port4: over-current condition").text,
                         "usb usb9-port4: over-current condition");
        ck_assert_str_eq(facts_of("usb 1-2: Manufacturer: Kopfh\xc3\xb6rer \xff").text, "Kopfh\xc3\xb6rer ?");
        ck_assert_str_eq(facts_of("PM: suspend entry (s2idle)").text, "s2idle");
        ck_assert_str_eq(facts_of("PM: hibernation: hibernation entry").text, "hibernation");
}
END_TEST

/* All that is kept of a serial number has 12 bits and is never 0, and many serial numbers share it. */
START_TEST(test_serial_is_not_given_away) {
        enum { TRIES = 100000, HASHES = 1 << 12 };
        static unsigned times[HASHES];

        for (unsigned n = 0; n < TRIES; n++) {
                char text[64];

                snprintf(text, sizeof text, "usb 1-2: SerialNumber: %07u", n);
                struct kernel_facts k = facts_of(text);

                ck_assert_uint_gt(k.number, 0);
                ck_assert_uint_lt(k.number, HASHES);
                ck_assert_str_eq(k.text, "");
                times[k.number]++;
        }
        for (unsigned hash = 1; hash < HASHES; hash++)
                ck_assert_uint_ge(times[hash], 2);
}
END_TEST

START_TEST(test_long_text_is_cut) {
        char line[4096] = "usb 1-2: Product: ";
        struct event e;

        memset(line + 18, 'A', sizeof line - 18);
        ck_assert(kernel_message_parse(line, sizeof line, &e));
        ck_assert_uint_eq(strlen(e.u.kernel.text), EVENT_TEXT_MAX - 1);
}
END_TEST

int main(void) {
        Suite *s = suite_create("kernel messages");
        TCase *c = tcase_create("messages");

        tcase_add_loop_test(c, test_message, 0, (int) (sizeof rows / sizeof rows[0]));
        tcase_add_loop_test(c, test_cut_never_lies, 0, (int) (sizeof rows / sizeof rows[0]));
        tcase_add_test(c, test_identity);
        tcase_add_test(c, test_budget);
        tcase_add_test(c, test_text_is_made_safe);
        tcase_add_test(c, test_serial_is_not_given_away);
        tcase_add_test(c, test_long_text_is_cut);
        suite_add_tcase(s, c);
        return run_suite(s);
}
