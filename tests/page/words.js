// SPDX-License-Identifier: LGPL-2.1-or-later
// Shows the page in frames of several widths, and lists the words that are broken over lines although a whole line has room for
// them, and frames that have to be scrolled sideways. A compound of two long words may be parted at its hyphen.
const WIDTHS = [320, 360, 400, 480, 560, 640, 700, 768, 900, 1024, 1400];
const page = document.documentElement.outerHTML.replace(/<script>[^]*<\/script>/, "");

function lineWidth(node) {
        let block = node.parentElement;

        while (block.ownerDocument.defaultView.getComputedStyle(block).display.startsWith("inline"))
                block = block.parentElement;
        return block.clientWidth;
}

function brokenWords(frame) {
        const doc = frame.contentDocument, walker = doc.createTreeWalker(doc.body, NodeFilter.SHOW_TEXT), found = [];

        for (let node = walker.nextNode(); node; node = walker.nextNode())
                for (const word of node.data.matchAll(/\S+/g)) {
                        if (/^\P{L}*\p{L}{4,}-\p{L}{4,}\P{L}*$/u.test(word[0]))
                                continue;
                        const range = doc.createRange();

                        range.setStart(node, word.index);
                        range.setEnd(node, word.index + word[0].length);
                        const parts = [...range.getClientRects()];
                        const width = parts.reduce((sum, r) => sum + r.width, 0);

                        if (new Set(parts.map(r => Math.round(r.top))).size > 1 && width < lineWidth(node))
                                found.push(word[0]);
                }
        return found;
}

const all = WIDTHS.map(width => new Promise(done => {
        const frame = document.createElement("iframe");

        frame.style.cssText = "border:0;height:20000px;width:" + width + "px";
        frame.onload = () => done({ width, broken: brokenWords(frame), wide: frame.contentDocument.documentElement.scrollWidth });
        frame.srcdoc = page;
        document.body.append(frame);
}));

Promise.all(all).then(result => {
        const out = document.createElement("textarea");

        out.id = "result";
        out.textContent = JSON.stringify(result);
        document.body.append(out);
});
