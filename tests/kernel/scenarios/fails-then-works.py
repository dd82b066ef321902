"""A headset whose first tries fail: it works in the end, and the failed tries are told."""


def run(t):
    # The kernel reads three times before it prints a line and tries again.
    t.device("1", commands=["fault device-descriptor io-error 6"]).plug()
    t.kernel(r"usb 1-1: device descriptor read/64, error -71", count=2)
    t.kernel(r"usb 1-1: New USB device found, idVendor=054c")
    t.sysfs("1-1", "bConfigurationValue", "1")
    headset = t.headset("1-1", verdict="at-risk", findings=["enumeration-retried"])
    if headset:
        t.expect(headset["findings"][0]["severity"], "notice", "severity")
        t.expect(headset["enumeration"]["attempts"] >= 2, True, "two attempts or more")
        t.expect(headset["enumeration"]["usec"] > 0, True, "a time")
