# SPDX-License-Identifier: LGPL-2.1-or-later
"""The Type-C firmware answers with errors: it is not believed until it reports something again."""

KIND = "typec"


def run(t):
    t.typec.attach(1, "1.5A")
    t.typec_sysfs("port0", "power_operation_mode", "1.5A")
    t.unidentified("typec_port0", state="partner", verdict="unknown", findings=["not-visible", "too-early"])
    t.typec.refuse(1)
    t.typec.ring(1)
    t.kernel(r"ucsi_acpi USBC000:00: unknown error 0")
    t.kernel(r"ucsi_acpi USBC000:00: .*GET_CONNECTOR_STATUS failed \(-5\)")
    t.connector("port0", findings=["typec-unreadable"])
    t.typec.change(1, "3.0A")
    t.typec_sysfs("port0", "power_operation_mode", "3.0A")
    t.connector("port0", findings=["not-visible", "too-early"], budget_ma=3000)
