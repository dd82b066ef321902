# SPDX-License-Identifier: LGPL-2.1-or-later
"""Everything that a scenario can do and expect; `t` in the files of scenarios/."""
import json
import re

from . import contract
from .wait import Failure, until

# Long enough for a busy machine: an emulated guest is ten times slower than a real one.
# A wait ends as soon as the condition holds.
PATIENCE = 60

# A vendor-defined collection with one input report of eight bytes, which no driver uses.
PLAIN_REPORT = bytes.fromhex("0600ff0901a1010902150026ff00750895088102c0")


class Scenario:
    def __init__(self, machine, with_project):
        self.machine = machine
        self.guest = machine.guest
        self.typec = machine.typec  # of the kinds that have Type-C ports
        self.with_project = with_project
        self.daemon_started = False
        self.hubs = {}  # port to QEMU's name
        self.expected = set()  # codes of the expected findings
        self.complaints = set()  # expected error messages of the daemon (regular expressions)

    # ---- doing ----

    def hub(self, port, **options):
        """Plugs a hub (full speed, eight ports; options: Machine.add_hub) and waits until the guest
        has it; returns its name there."""
        self.hubs[port] = self.machine.add_hub(port, **options)
        name = f"1-{port}"
        self.guest_until(f"test -e /sys/bus/usb/devices/{name}/{name}:1.0/{name}-port8")
        # An empty hub is suspended at once, and QEMU's loses a device that is plugged in at that moment.
        self.sysfs(name, "power/runtime_status", "suspended")
        return name

    def unplug_hub(self, port):
        self.machine.remove(self.hubs.pop(port))

    def device(self, port, model="MDR-1000X", product="0bb5", serial="", power=500, commands=(), **options):
        """A headset at `port`, not yet plugged. `commands` are usbredir-device's."""
        device = self.machine.add_device(port, **options)
        device.tell(f"id 054c {product}")
        device.tell(f"name {model}")
        device.tell(f"serial {serial}")
        device.tell(f"power {power}")
        for command in commands:
            device.tell(command)
        return device

    def plug(self, port, **options):
        """Plugs in a working headset and waits until the guest has configured it."""
        device = self.device(port, **options)
        device.plug()
        self.sysfs(f"1-{port}", "bConfigurationValue", "1")
        return device

    def gadget(self, name="MDR-1000X", product="0bb5", power=500, report=PLAIN_REPORT, length=8):
        """A headset made inside the guest by the kernel's own gadget layer; returns its bus' number. `report`: its HID report
        descriptor, `length`: of its reports; /dev/hidg0 is the device's side of them."""
        octal = "".join("\\%03o" % byte for byte in report)
        self.guest.run(GADGET.format(name=name, product=product, power=power, report=octal, length=length))
        return self._dummy_bus()

    def gadget_pull(self):
        self.guest.run("echo > /sys/kernel/config/usb_gadget/headset/UDC")

    def raw_gadget(self, power, name="MDR-1000X"):
        """The same with any bMaxPower. Stop its unit, `raw-gadget`, to unplug it."""
        self.guest.run(f"""set -e
        modprobe -a dummy_hcd gadgetfs
        mkdir -p /dev/gadget && mount -t gadgetfs none /dev/gadget
        systemd-run -q --unit=raw-gadget /usr/local/libexec/kernel-tests-gadget {power} {name}""")
        return self._dummy_bus()

    def _dummy_bus(self):
        return self.guest.out("cat /sys/devices/platform/dummy_hcd.0/usb*/busnum")

    def daemon(self, verb="enable --now"):
        """Runs systemctl VERB sonycharged, as the README tells users to do."""
        if self.with_project:
            self.guest.run(f"systemctl {verb} sonycharged.service")
            self.daemon_started = True

    def sleep(self, meanwhile=lambda: None):
        """Suspends the guest to RAM (S3), does something to what is plugged in, and wakes it."""
        self.guest.run("systemctl suspend")
        self.machine.qmp.wait_event("SUSPEND")
        meanwhile()
        self.machine.wake()
        self.kernel(r"PM: suspend exit")

    def sleep_to_idle(self, meanwhile=lambda: None):
        """The same with s2idle, which the emulator does not notice: the guest's console shows when it
        is asleep, and the power button wakes it."""
        self.guest.run("""set -e
        echo s2idle > /sys/power/mem_sleep
        echo 1 > /sys/power/pm_debug_messages
        echo N > /sys/module/printk/parameters/console_suspend
        echo 8 > /proc/sys/kernel/printk
        systemctl suspend""")
        self.console(r"PM: suspend-to-idle")
        meanwhile()
        self.machine.press_power_button()
        self.kernel(r"PM: suspend exit")

    def slept(self, headset, kind, power, seconds):
        """Expects what a headset's `host-suspended` says: one sleep of that kind, at least so many seconds (None: for
        how long cannot be known); and that the journal was told this, and nothing else of sleep."""
        if not headset:
            return
        finding = next(f for f in headset["findings"] if f["code"] == "host-suspended")
        evidence = {e["what"]: e["value"] for e in finding["evidence"]}
        self.expect((finding["severity"], finding["confidence"]), ("notice", "certain"), "severity and confidence")
        self.expect("sleeps" in evidence, False, "counted more than once")
        self.expect(evidence.get("kind of sleep"), kind, "kind of sleep")
        self.expect(evidence["power session"], power, "power session")
        asleep = re.match(r"(\d+) min (\d+) s$", evidence["time asleep"])
        if seconds is None:
            self.expect(evidence["time asleep"], "not known", "time asleep")
        else:
            self.expect(bool(asleep), True, f"time asleep: {evidence['time asleep']}")
            told = 60 * int(asleep.group(1)) + int(asleep.group(2))
            self.expect(seconds <= told <= seconds + PATIENCE, True, f"{told} s asleep, at least {seconds}")
        told = [e["MESSAGE"] for e in self.journal_entries("host-suspended")]
        self.expect(told, [f"{finding['subject']}: {finding['cause']} {finding['action']}"], "told of the sleep")

    def told(self, code, but_not):
        """Allows that `code` is reported for a moment, but never with these words."""
        self.expected.add(code)
        wrong = [e["MESSAGE"] for e in self.journal_entries(code) if but_not in e["MESSAGE"]]
        self.expect(wrong, [], f"told, which is not true ({but_not})")

    def when_it_writes(self, file, command, meanwhile):
        """Calls `meanwhile`, and runs a command in the guest at the next write to `file`."""
        self.guest.run(f"""cat > /run/kernel-tests/watch << 'END'
        state() {{ stat -c '%y %s' {file} 2> /dev/null; }}
        before=$(state); touch /run/kernel-tests/watching
        while [ "$(state)" = "$before" ]; do :; done
        {command}
END
        rm -f /run/kernel-tests/watching
        systemd-run -q --collect --unit=watch sh /run/kernel-tests/watch""")
        self.guest_until("test -e /run/kernel-tests/watching")
        meanwhile()

    def power_cut(self, file, meanwhile):
        """Calls `meanwhile`, cuts the power when `file` is written, and boots the guest again from its disk."""
        self.machine.qmp.command("set-action", reboot="reset")
        self.when_it_writes(file, "echo b > /proc/sysrq-trigger", meanwhile)
        self.machine.qmp.wait_event("RESET", timeout=120)
        self.guest.again()

    def restart_typec(self, prepare=lambda: None):
        """Restarts the driver of the Type-C firmware, after calling `prepare`."""
        driver = "/sys/bus/platform/drivers/ucsi_acpi"
        self.guest.run(f"echo USBC000:00 > {driver}/unbind")
        prepare()
        self.guest.run(f"echo USBC000:00 > {driver}/bind")

    # ---- expectations of the kernel, with and without the daemon ----

    def guest_until(self, condition, seconds=PATIENCE):
        """Waits until a shell condition holds in the guest."""
        script = f"i=0; until {condition}; do i=$((i+1)); [ $i -lt {seconds * 5} ] || exit 1; sleep 0.2; done"
        if self.guest.run(script, timeout=seconds * 2, check=False).status != 0:
            raise Failure(f"never came true in the guest: {condition}")

    def kernel(self, pattern, seconds=PATIENCE, count=1):
        """Waits until `count` lines of the kernel's log match `pattern` (Python's regular expressions)."""
        def lines():
            return [line for line in self.kernel_log().splitlines() if re.search(pattern, line)]
        found = until(lines, lambda lines: len(lines) >= count, seconds)
        if len(found) < count:
            raise Failure(f"the kernel said {len(found)} of {count} times: {pattern}")
        return found

    def settled(self):
        """Waits until half a minute has passed since the controllers started. Over-current before that is not counted, and a
        machine that does other things too may be so slow that the scenario is there earlier."""
        started = max(float(re.search(r"\[ *([0-9.]+)\]", line).group(1)) for line in self.kernel(r"new USB bus registered"))
        until(lambda: float(self.guest.out("cat /proc/uptime").split()[0]), lambda uptime: uptime > started + 31, PATIENCE)

    def kernel_log(self):
        return self.guest.out("dmesg")

    def sysfs(self, device, file, value, seconds=PATIENCE):
        """Waits until a file of a USB device has that value."""
        path = f"/sys/bus/usb/devices/{device}/{file}"
        have = until(lambda: self.guest.out(f"cat {path} 2>&1", check=False),
                     lambda text: text.strip() == value, seconds)
        if have.strip() != value:
            raise Failure(f"{path} is {have.strip()!r}, not {value!r}")

    def console(self, pattern, seconds=PATIENCE):
        """Waits for a line on the guest's console, which works when nothing else in the guest does."""
        def text():
            with open(self.machine.console, errors="replace") as console:
                return console.read()
        if not re.search(pattern, until(text, lambda text: re.search(pattern, text), seconds)):
            raise Failure(f"not on the console: {pattern}")

    def typec_sysfs(self, device, file, value, seconds=PATIENCE):
        """Waits until a file of a Type-C device (`port0`, `port0-partner`, `port0-cable`) has that value;
        None: until there is no such device."""
        path = f"/sys/class/typec/{device}/{file}"
        wanted = "" if value is None else value
        have = until(lambda: self.guest.out(f"cat {path}", check=False), lambda text: text == wanted, seconds)
        self.expect(have, wanted, path)

    def enumerated(self, hub):
        """Waits until the kernel has finished with the ports of `hub`. It holds the lock of the hub
        meanwhile, and this file cannot be read without it."""
        self.guest.run(f"cat /sys/bus/usb/devices/{hub}/bMaxPower", timeout=200)

    def write(self, device, file, value):
        self.guest.write(f"/sys/bus/usb/devices/{device}/{file}", value)

    # ---- expectations of the project, only with the daemon ----

    def status(self, user=None):
        """Returns the status object after checking it."""
        result = self.guest.run("sonychargectl status --json", check=False, user=user)
        if result.status not in (0, 3, 4):
            raise Failure(f"sonychargectl status: exit status {result.status}\n{result.err}")
        return contract.check_status(result.out)

    def _thing(self, what, find, verdict, findings, seconds):
        """Waits until `find(status)` returns an object with this verdict and exactly these findings."""
        self.expected |= set(findings)
        if not self.with_project:
            return None
        def matches(thing):
            return thing and thing["verdict"] == verdict and [f["code"] for f in thing["findings"]] == findings
        thing = until(lambda: find(self.status()), matches, seconds)
        if not thing:
            raise Failure(f"{what}: not in status: {json.dumps(self.status())}")
        if not matches(thing):
            have = [f["code"] for f in thing["findings"]]
            raise Failure(f"{what}: verdict {thing['verdict']}, findings {have}; "
                          f"must be {verdict}, {findings}\n  {json.dumps(thing)}")
        for finding in thing["findings"]:
            self.journal(finding["code"], SONYCHARGE_SUBJECT=finding["subject"],
                         SONYCHARGE_CONFIDENCE=finding["confidence"])
        return thing

    @staticmethod
    def _headset_in(status, sysname):
        found = [h for h in status["headsets"] if h["path"] and h["path"][-1].get("sysname") == sysname]
        return found[0] if len(found) == 1 else None

    def headset(self, sysname, verdict, findings=(), seconds=PATIENCE):
        """Expects the headset at `sysname` with this verdict and exactly these findings, primary one
        first, each with its journal entry. Returns it, None without the daemon."""
        return self._thing(f"headset {sysname}", lambda status: self._headset_in(status, sysname), verdict, list(findings), seconds)

    def unidentified(self, port, state, verdict, findings, seconds=PATIENCE):
        """Expects the unidentified port (`usb1_port2`, `usb1_2_port3`) in this state, and the same as above."""
        def find(status):
            found = [p for p in status["unidentified"] if p["port"] == port and p["state"] == state]
            return found[0] if len(found) == 1 else None
        return self._thing(f"unidentified {port} ({state})", find, verdict, list(findings), seconds)

    def host(self, findings, seconds=PATIENCE):
        """Expects exactly these findings about the computer itself, each with its journal entry."""
        self.expected |= set(findings)
        if not self.with_project:
            return
        found = until(lambda: [f["code"] for f in self.status()["host"]["findings"]], lambda codes: codes == findings, seconds)
        self.expect(found, findings, "findings about the computer")
        for code in findings:
            self.journal(code)

    def connector(self, port, findings=(), seconds=PATIENCE, **fields):
        """Expects the Type-C port `port0` with exactly these findings, and these fields in what `ports` tells of it.
        Returns it, None without the daemon."""
        self.expected |= set(findings)
        if not self.with_project:
            return None
        def ask():
            answer = json.loads(self.guest.out("sonychargectl ports --json"))
            return next((p for p in answer["typec"] if p["sysname"] == port), None)
        def matches(thing):
            return thing and [f["code"] for f in thing["findings"]] == list(findings) and \
                all((thing if name in thing else thing["typec"]).get(name) == value for name, value in fields.items())
        thing = until(ask, matches, seconds)
        if not matches(thing):
            raise Failure(f"Type-C {port}: must be {list(findings)} and {fields}\n  {json.dumps(thing)}")
        return thing

    def nothing(self, seconds=PATIENCE):
        """Expects neither headsets nor unidentified ports, and the exit status that says so."""
        if not self.with_project:
            return
        status = until(self.status, lambda s: not s["headsets"] and not s["unidentified"], seconds)
        if status["headsets"] or status["unidentified"]:
            raise Failure(f"still there: {json.dumps(status)}")
        self.exit_status("sonychargectl status", 3)

    def untold(self, subject):
        """Expects that the journal has no entry about that port or device."""
        spoken = [e["MESSAGE"] for e in self.journal_entries() if e.get("SONYCHARGE_SUBJECT") == subject]
        self.expect(spoken, [], f"told of {subject}")

    def headset_of(self, sysname, seconds=PATIENCE):
        """Waits for the headset at `sysname`, whatever its verdict; returns it."""
        status = until(self.status, lambda s: self._headset_in(s, sysname), seconds)
        found = self._headset_in(status, sysname)
        if not found:
            raise Failure(f"headset {sysname}: not in status: {json.dumps(status)}")
        return found

    @staticmethod
    def expect(have, wanted, what):
        if have != wanted:
            raise Failure(f"{what}: {have!r}, must be {wanted!r}")

    @staticmethod
    def private(text, where):
        """Expects that `text` contains nothing that identifies a single device."""
        if contract.SECRET in text:
            raise Failure(f"a serial number is told by {where}: {text}")

    def sessions(self, **wanted):
        """Returns the plug sessions of the history with these values, newest first; none without the daemon."""
        if not self.with_project:
            return []
        answer = json.loads(self.guest.out("sonychargectl history --json"))
        return [s for s in answer["sessions"] if all(s[name] == value for name, value in wanted.items())]

    def session(self, seconds=PATIENCE, **wanted):
        """Waits for a plug session with these values; returns it, None without the daemon."""
        if not self.with_project:
            return None
        found = until(lambda: self.sessions(**wanted), bool, seconds)
        if not found:
            raise Failure(f"no session with {wanted}: {json.dumps(self.sessions())}")
        return found[0]

    def exit_status(self, command, expected, user=None):
        """Expects a command's exit status; returns what it printed. Only with the daemon."""
        if not self.with_project:
            return ""
        result = self.guest.run(command, check=False, user=user)
        if result.status != expected:
            raise Failure(f"{command}: exit status {result.status}, not {expected}\n{result.out}{result.err}")
        return result.out

    def journal_entries(self, code=None):
        """Returns the journal entries of the daemon, oldest first, after checking the fields of those about findings."""
        if not self.with_project:
            return []
        text = self.guest.out("journalctl --no-pager -q -o json SYSLOG_IDENTIFIER=sonycharged", check=False)
        entries = [json.loads(line) for line in text.splitlines()]
        for entry in entries:
            if "SONYCHARGE_CODE" in entry:
                contract.check_journal_entry(entry)
        return [e for e in entries if code is None or e.get("SONYCHARGE_CODE") == code]

    def journal(self, code, seconds=PATIENCE, **fields):
        """Expects a journal entry of that finding with these fields."""
        if not self.with_project:
            return
        def fits(entry):
            return all(entry.get(name) == value for name, value in fields.items())
        entries = until(lambda: self.journal_entries(code), lambda entries: any(map(fits, entries)), seconds)
        if not any(map(fits, entries)):
            raise Failure(f"no journal entry {code} with {fields}: {entries}")

    def sound(self):
        """Checks at the end of every scenario: the daemon runs, was never restarted by systemd, logged no error, and
        never reported, not even for a moment, a finding that the scenario does not expect."""
        if not self.daemon_started:
            return
        state = self.guest.out("systemctl show sonycharged.service -p ActiveState -p NRestarts")
        if state.splitlines() != ["NRestarts=0", "ActiveState=active"] and \
           state.splitlines() != ["ActiveState=active", "NRestarts=0"]:
            raise Failure(f"sonycharged: {state.split()}")
        known = self.guest.out("journalctl --list-catalog 2>/dev/null | cut -d ' ' -f 1").split()
        for entry in self.journal_entries():
            message_id = entry.get("MESSAGE_ID")
            if message_id and message_id not in known:
                raise Failure(f"MESSAGE_ID without a catalog entry: {entry}")
            # Entries about USB have a message id. The others are about the daemon itself.
            code = entry.get("SONYCHARGE_CODE")
            if code and code not in self.expected:
                raise Failure(f"told, though it never was so: {entry['MESSAGE']}")
            if not message_id and int(entry.get("PRIORITY", 6)) <= 4 and \
               not any(re.search(words, entry["MESSAGE"]) for words in self.complaints):
                raise Failure(f"sonycharged complains: {entry.get('MESSAGE')}")
        crashed = [l for l in self.kernel_log().splitlines() if re.search(r"segfault|traps: sonycharge", l)]
        if crashed:
            raise Failure("\n".join(crashed))


# A HID device with one vendor-defined report, like Sony's headsets.
GADGET = """set -e
modprobe -a dummy_hcd libcomposite
grep -q configfs /proc/mounts || mount -t configfs none /sys/kernel/config
mkdir -p /sys/kernel/config/usb_gadget/headset && cd /sys/kernel/config/usb_gadget/headset
echo 0x054c > idVendor; echo 0x{product} > idProduct; echo 0x0100 > bcdDevice
mkdir -p strings/0x409 configs/c.1 functions/hid.usb0
echo Sony > strings/0x409/manufacturer; echo '{name}' > strings/0x409/product
echo {power} > configs/c.1/MaxPower; echo 0x80 > configs/c.1/bmAttributes
echo {length} > functions/hid.usb0/report_length
printf '{report}' > functions/hid.usb0/report_desc
[ -e configs/c.1/hid.usb0 ] || ln -s functions/hid.usb0 configs/c.1/
echo dummy_udc.0 > UDC
"""
