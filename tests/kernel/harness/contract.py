# SPDX-License-Identifier: LGPL-2.1-or-later
"""Checks that every answer of the programs must pass, whatever the scenario.

These are promises to users and programs: keys, enumerations, order, and that no
serial number is ever told. A scenario's own expectations come on top.
"""
import json

from .wait import Failure

VERDICTS = ("ok", "at-risk", "slow", "blocked", "unknown")
SEVERITIES = ("critical", "warning", "notice", "info")
CONFIDENCES = ("certain", "likely", "possible")
SEGMENTS = ("host", "port", "hub", "cable", "link", "device")
PORT_STATES = ("failed", "unstable", "over-current", "off", "partner")
CHARGING = ("yes", "no", "full", "unknown")

STATUS_KEYS = {"api_version", "host", "degraded", "headsets", "unidentified", "notes"}
HEADSET_KEYS = {"id", "model", "family", "seen_by", "last_seen", "verdict", "charging", "path", "declared_ma",
                "negotiated_ma", "available_ma", "needed_ma", "enumeration", "findings", "battery", "bluetooth", "firmware", "facts", "told"}
PORT_KEYS = {"port", "since", "state", "verdict", "findings"}
FINDING_KEYS = {"code", "segment", "severity", "confidence", "cause", "action", "subject", "fix", "evidence"}
EVIDENCE_KEYS = {"what", "value", "source", "at"}

# The serial numbers of the emulated devices contain this, so that a leak is found everywhere.
SECRET = "SECRET"


def _need(condition, what):
    if not condition:
        raise Failure(what)


def _has_keys(thing, keys, what):
    _need(isinstance(thing, dict), f"{what} is no object: {thing!r}")
    _need(keys <= thing.keys(), f"{what} lacks {sorted(keys - thing.keys())}: {thing!r}")


def check_finding(finding, where):
    _has_keys(finding, FINDING_KEYS, f"finding of {where}")
    code = finding["code"]
    for key, allowed in (("severity", SEVERITIES), ("confidence", CONFIDENCES), ("segment", SEGMENTS)):
        _need(finding[key] in allowed, f"{code}: {key} is {finding[key]!r}")
    _need(finding["fix"] is None, f"{code}: fix is {finding['fix']!r}")
    for key in ("cause", "action", "subject"):
        _need(isinstance(finding[key], str) and finding[key], f"{code}: {key} is {finding[key]!r}")
    _need(finding["evidence"], f"{code}: no evidence")
    for evidence in finding["evidence"]:
        _has_keys(evidence, EVIDENCE_KEYS, f"evidence of {code}")
    return SEVERITIES.index(finding["severity"]), CONFIDENCES.index(finding["confidence"])


def _check_findings(thing, where):
    ranks = [check_finding(finding, where) for finding in thing["findings"]]
    _need(ranks == sorted(ranks), f"{where}: findings not in order: {[f['code'] for f in thing['findings']]}")
    _need(thing["verdict"] in VERDICTS, f"{where}: verdict {thing['verdict']!r}")


def check_status(text):
    """Parses and checks the text of `status --json`. Returns the object."""
    _need(SECRET not in text, f"a serial number is told: {text}")
    try:
        status = json.loads(text)
    except ValueError as error:
        raise Failure(f"status --json is no JSON ({error}): {text[:400]!r}") from None
    _has_keys(status, STATUS_KEYS, "status")
    _need(status["api_version"] == "1.1", f"api_version {status['api_version']!r}")
    for headset in status["headsets"]:
        _has_keys(headset, HEADSET_KEYS, "headset")
        _need(headset["charging"]["state"] in CHARGING, f"charging {headset['charging']!r}")
        _check_findings(headset, headset["id"])
    for port in status["unidentified"]:
        _has_keys(port, PORT_KEYS, "unidentified port")
        _need(port["state"] in PORT_STATES, f"{port['port']}: state {port['state']!r}")
        _check_findings(port, port["port"])
    return status


def check_journal_entry(entry):
    """Checks the journal entry of a finding: it has all the fields that programs may filter by."""
    for field in ("MESSAGE", "MESSAGE_ID", "PRIORITY", "SONYCHARGE_CODE", "SONYCHARGE_SUBJECT", "SONYCHARGE_CONFIDENCE"):
        _need(entry.get(field), f"journal entry without {field}: {entry!r}")
    # The computer itself has no verdict.
    _need((entry["SONYCHARGE_SUBJECT"] == "host") == ("SONYCHARGE_VERDICT" not in entry), f"journal: verdict of {entry!r}")
    _need(entry.get("SONYCHARGE_VERDICT", "ok") in VERDICTS, f"journal: SONYCHARGE_VERDICT={entry.get('SONYCHARGE_VERDICT')}")
    _need(entry["SONYCHARGE_CONFIDENCE"] in CONFIDENCES,
          f"journal: SONYCHARGE_CONFIDENCE={entry['SONYCHARGE_CONFIDENCE']}")
    _need(len(entry["MESSAGE_ID"]) == 32, f"journal: MESSAGE_ID={entry['MESSAGE_ID']}")
