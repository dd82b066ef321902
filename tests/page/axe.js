// SPDX-License-Identifier: LGPL-2.1-or-later
axe.run(document, { resultTypes: ["violations"] }).then(found => {
        const out = document.createElement("textarea");

        out.id = "result";
        out.textContent = JSON.stringify({
                rules: found.passes.length,
                violations: found.violations.map(v => v.id + ": " + v.nodes.map(n => n.html).join("; ")),
        });
        document.body.append(out);
});
