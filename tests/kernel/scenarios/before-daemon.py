"""What was plugged in before the daemon started is found, with its history in the kernel's log."""

START_DAEMON = False


def run(t):
    t.hub("1")
    t.device("1.2", commands=["fault device-descriptor io-error 6"]).plug()
    t.device("2", commands=["fault device-descriptor io-error"]).plug()
    t.kernel(r"usb usb1-port2: unable to enumerate USB device")
    t.sysfs("1-1.2", "bConfigurationValue", "1")
    t.daemon("enable --now")
    t.headset("1-1.2", verdict="at-risk", findings=["enumeration-retried", "hub-in-path"])
    t.unidentified("usb1_port2", state="failed", verdict="slow", findings=["enumeration-failed"])
