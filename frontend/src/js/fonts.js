// Rare letters (異体字 in names) have sheets of their own, cut by code point: fonts.css names them
// under the family "rare". Load those the page holds letters of.
const sheet = [...document.styleSheets].find((each) => each.href?.includes("/fonts."));

function faceOf(rule) {
  const value = (name) => rule.style.getPropertyValue(name);
  const parts = value("unicode-range").matchAll(/U\+([0-9a-f]+)(?:-([0-9a-f]+))?/gi);
  return {
    isRare: value("font-family").includes("rare"),
    address: value("src").match(/url\(["']?([^"')]+)/)?.[1],
    ranges: [...parts].map(([, first, last = first]) => [parseInt(first, 16), parseInt(last, 16)]),
  };
}

if (sheet) {
  const faces = [...sheet.cssRules].map(faceOf);
  const holds = (face, code) => face.ranges.some(([first, last]) => first <= code && code <= last);
  const isCommon = (code) =>
    code < 0x2000 || faces.some((face) => !face.isRare && holds(face, code));
  const codes = [...new Set(document.body.textContent)].map((letter) => letter.codePointAt(0));
  const missing = codes.filter((code) => !isCommon(code));
  for (const face of faces.filter((each) => each.isRare)) {
    if (!missing.some((code) => holds(face, code))) continue;
    const link = document.createElement("link");
    link.rel = "stylesheet";
    link.href = new URL(face.address, sheet.href).href;
    document.head.append(link);
  }
}
