/* SPDX-License-Identifier: LGPL-2.1-or-later */
/*
 * Firmware of a computer with Type-C ports, as an ACPI table: a UCSI controller that the kernel's own ucsi_acpi driver
 * talks to (UCSI 1.2 and 2.0, "Platform Policy Manager"), and the socket that its first port shares with a USB port.
 *
 * There is no hardware behind it. All that it answers lies ready in reserved memory, where harness/typec.py puts it: one
 * slot for each command and port. So this table knows the protocol, and nothing of plugs and cables.
 *
 * A write to memory is no event. Who changed something writes the port's number to EVNT and reads the temperature of
 * the zone below, which is the one method that the guest can call at will.
 *
 * QEMU's own table makes integers 32 bits wide, so nothing here is wider.
 */
// BASE in harness/typec.py
#define TYPEC_BASE 0x10000000

DefinitionBlock ("", "SSDT", 2, "SONYCH", "TYPEC", 1)
{
    External (\_SB.PCI0.S20, DeviceObj)

    Scope (\_SB)
    {
        Device (USBC)
        {
            Name (_HID, EISAID ("USBC000"))
            Name (_CID, EISAID ("PNP0CA0"))
            Name (_UID, One)
            Name (_CRS, ResourceTemplate ()
            {
                Memory32Fixed (ReadWrite, TYPEC_BASE, 0x0400)
            })

            // The port that shares its socket with a USB port: the same _PLD says so. The other port has no node here.
            Device (CON1)
            {
                Name (_ADR, Zero)
                Name (_PLD, Package ()
                {
                    ToPLD (PLD_Revision = 2, PLD_IgnoreColor = 1, PLD_Panel = "LEFT", PLD_VerticalPosition = "CENTER",
                           PLD_HorizontalPosition = "LEFT", PLD_GroupPosition = 1, PLD_UserVisible = 1)
                })
            }

            // UCSI mailbox: version, CCI, CONTROL, MESSAGE_IN
            OperationRegion (MBOX, SystemMemory, TYPEC_BASE, 0x0210)
            Field (MBOX, DWordAcc, NoLock, Preserve)
            {
                Offset (0x04), CCI, 32,
                CTLL, 32,
                CTLH, 32,
                MSGI, 256
            }

            OperationRegion (CTRL, SystemMemory, TYPEC_BASE + 0x0400, 0x10)
            Field (CTRL, ByteAcc, NoLock, Preserve)
            {
                MUTE, 8,    // firmware that hangs: nothing is ever answered
                EVNT, 8,    // something changed on this port; written from outside
                PEND, 8     // the driver was told of it and did not acknowledge it yet
            }

            // Says what became of the command, and on which port something is waiting.
            Method (DONE, 1, Serialized)
            {
                CCI = Arg0 | (PEND << 1)
                Notify (USBC, 0x80)
            }

            // The answer that lies ready: its length, then its bytes. 0xff: the command fails, 0xfe: it is not known.
            Method (ANSW, 2, Serialized)
            {
                OperationRegion (SLOT, SystemMemory, TYPEC_BASE + 0x0800 + (Arg0 * 0x0200) + (Arg1 * 0x28), 0x28)
                Field (SLOT, DWordAcc, NoLock, Preserve)
                {
                    SLEN, 32,
                    SDAT, 256
                }
                If (SLEN == 0xFF)
                {
                    DONE (0xC0000000)
                }
                ElseIf (SLEN == 0xFE)
                {
                    DONE (0x82000000)
                }
                Else
                {
                    MSGI = SDAT
                    DONE (0x80000000 | (SLEN << 8))
                }
            }

            Method (EXEC, 0, Serialized)
            {
                Local0 = CTLL & 0xFF
                Local1 = (CTLL >> 16) & 0x7F
                If (MUTE)
                {
                    CCI = Zero
                }
                ElseIf (Local0 == 0x01) // PPM_RESET
                {
                    PEND = Zero
                    CCI = 0x08000000
                }
                ElseIf (Local0 == 0x04) // ACK_CC_CI
                {
                    If (CTLL & 0x00010000)
                    {
                        PEND = Zero
                    }
                    DONE (0x20000000)
                }
                ElseIf (Local0 == 0x05) // SET_NOTIFICATION_ENABLE
                {
                    DONE (0x80000000)
                }
                ElseIf (Local0 == 0x06) // GET_CAPABILITY
                {
                    ANSW (0, 0)
                }
                ElseIf (Local0 == 0x13) // GET_ERROR_STATUS
                {
                    ANSW (0, 1)
                }
                ElseIf (Local1 > 2)
                {
                    DONE (0xC0000000)
                }
                ElseIf (Local0 == 0x07) // GET_CONNECTOR_CAPABILITY
                {
                    ANSW (Local1, 0)
                }
                ElseIf (Local0 == 0x12) // GET_CONNECTOR_STATUS
                {
                    ANSW (Local1, 1)
                }
                ElseIf (Local0 == 0x11) // GET_CABLE_PROPERTY
                {
                    ANSW (Local1, 2)
                }
                ElseIf (Local0 == 0x10) // GET_PDOS: of the port or its partner, as a source or as a sink
                {
                    ANSW (Local1, 3 + (((CTLL >> 23) & 1) * 2) + (((CTLH >> 2) & 1) ^ 1))
                }
                ElseIf ((Local0 == 0x15) && ((CTLH >> 10) == 4)) // GET_PD_MESSAGE, Discover Identity: SOP, SOP'
                {
                    ANSW (Local1, 6 + ((CTLL >> 23) & 3))
                }
                Else
                {
                    DONE (0x82000000)
                }
            }

            Method (_DSM, 4, Serialized)
            {
                If (Arg0 != ToUUID ("6f8398c2-7ca4-11e4-ad36-631042b5008f"))
                {
                    Return (Buffer (One) { 0x00 })
                }
                If (Arg2 == Zero)
                {
                    Return (Buffer (One) { 0x07 })
                }
                // 1: the mailbox was written; 2: it shall be brought up to date, which it always is
                If (Arg2 == One)
                {
                    EXEC ()
                }
                Return (Zero)
            }
        }
    }

    Scope (\_TZ)
    {
        ThermalZone (BELL)
        {
            Name (_CRT, 0x0E94)
            Method (_TMP, 0, Serialized)
            {
                If (\_SB.USBC.EVNT)
                {
                    \_SB.USBC.PEND = \_SB.USBC.EVNT
                    \_SB.USBC.EVNT = Zero
                    \_SB.USBC.CCI = (\_SB.USBC.CCI & 0xFFFFFF00) | (\_SB.USBC.PEND << 1)
                    Notify (\_SB.USBC, 0x80)
                }
                Return (0x0BB8)
            }
        }
    }

    // The controller's USB ports; their numbers here are the raw ones, USB 3 first.
    Scope (\_SB.PCI0.S20)
    {
        Device (RHUB)
        {
            Name (_ADR, Zero)
            Device (HS01)
            {
                Name (_ADR, 0x09)
                Name (_UPC, Package () { 0xFF, 0x09, Zero, Zero })
                Name (_PLD, Package ()
                {
                    ToPLD (PLD_Revision = 2, PLD_IgnoreColor = 1, PLD_Panel = "LEFT", PLD_VerticalPosition = "CENTER",
                           PLD_HorizontalPosition = "LEFT", PLD_GroupPosition = 1, PLD_UserVisible = 1)
                })
            }
        }
    }
}
