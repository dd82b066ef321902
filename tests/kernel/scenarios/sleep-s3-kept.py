"""The computer sleeps (S3) and its USB controller keeps the headset's session: no loss of power is told."""
import time

SECONDS = 4


def run(t):
    bus = t.gadget()
    t.headset(f"{bus}-1", verdict="ok", findings=[])
    # The headset is to miss some seconds, so some have to pass.
    t.sleep(lambda: time.sleep(SECONDS))
    t.kernel(r"PM: suspend entry \(deep\)")
    t.session_kept(bus)
    headset = t.headset(f"{bus}-1", verdict="ok", findings=["host-suspended"])
    t.slept(headset, "S3 (deep)", "no loss seen", SECONDS - 1)
