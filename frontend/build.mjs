// Builds styles, scripts, fonts and icons into the static folder of manabiya.kernel.ui.
import { cpSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";

const here = dirname(fileURLToPath(import.meta.url));
const out = join(here, "../manabiya/kernel/ui/static/ui");
const require = createRequire(import.meta.url);
const folder = (name) => dirname(require.resolve(`${name}/package.json`));

rmSync(out, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
mkdirSync(join(out, "fonts"), { recursive: true });

// Fonts, woff2 only. Both weights of a slice stand together, so that gzip sees their range once;
// slices of the supplementary planes alone are left to the system's font. Figures are the
// half-em digits of BIZ UDGothic.
function faces(name, weight) {
  const css = readFileSync(join(folder(`@fontsource/${name}`), `${weight}.css`), "utf8");
  return [...css.matchAll(/@font-face\s*{[^}]*}/g)].map(([face]) => ({
    weight,
    file: face.match(/files\/([\w.-]+\.woff2)/)[1],
    range: face.match(/unicode-range:\s*([^;]+);/)[1],
  }));
}
function rule(family, packageName, { weight, file, range }) {
  cpSync(join(folder(`@fontsource/${packageName}`), "files", file), join(out, "fonts", file));
  return `@font-face{font-family:${family};font-weight:${weight};src:url(fonts/${file});unicode-range:${range};font-display:swap}`;
}
const isPlain = ({ range }) => !range.split(",").every((part) => /U\+2[0-9a-f]{4}/i.test(part));
const bold = new Map(faces("biz-udpgothic", 700).map((face) => [face.range, face]));
// Slices are numbered from the rarest letters to the commonest. The rules of the rare half are
// cut by code point into sheets of their own; fonts.css names each under the family "rare", which
// no style uses, and src/js/fonts.js loads those a page needs.
const isRare = ({ file }) => Number(file.match(/-(\d+)-\d00-/)?.[1] ?? Infinity) < 60;
const rules = [];
const rare = [];
for (const face of faces("biz-udpgothic", 400).filter(isPlain)) {
  const both = [face, bold.get(face.range)];
  if (isRare(face)) rare.push(...both);
  else rules.push(...both.map((each) => rule('"BIZ UDPGothic"', "biz-udpgothic", each)));
}
const PARTS = 16;
const hex = (code) => code.toString(16).toUpperCase();
const codesOf = (range) =>
  range.split(",").flatMap((part) => {
    const [first, last = first] = part.trim().slice(2).split("-").map((text) => parseInt(text, 16));
    return Array.from({ length: last - first + 1 }, (_, i) => first + i);
  });
function rangeOf(codes) {
  const spans = [];
  for (const code of codes) {
    if (spans.at(-1)?.[1] === code - 1) spans.at(-1)[1] = code;
    else spans.push([code, code]);
  }
  return spans.map(([a, z]) => `U+${hex(a)}${z > a ? `-${hex(z)}` : ""}`).join(",");
}
const rareCodes = [...new Set(rare.flatMap(({ range }) => codesOf(range)))].sort((a, z) => a - z);
for (let part = 0; part < PARTS; part++) {
  const at = (n) => rareCodes[Math.floor((n * rareCodes.length) / PARTS)];
  const [first, next] = [at(part), at(part + 1) ?? rareCodes.at(-1) + 1];
  const own = rare.flatMap((face) => {
    const codes = codesOf(face.range).filter((code) => first <= code && code < next);
    return codes.length ? [{ ...face, range: rangeOf(codes.sort((a, z) => a - z)) }] : [];
  });
  const sheet = `fonts-rare-${hex(first).toLowerCase()}.css`;
  const text = own.map((face) => rule('"BIZ UDPGothic"', "biz-udpgothic", face)).join("");
  writeFileSync(join(out, sheet), text);
  const range = `U+${hex(first)}-${hex(next - 1)}`;
  rules.push(`@font-face{font-family:rare;src:url(${sheet});unicode-range:${range}}`);
}
for (const weight of [400, 700]) {
  const file = `biz-udgothic-latin-${weight}-normal.woff2`;
  rules.push(rule("Figures", "biz-udgothic", { weight, file, range: "U+30-39" }));
}
writeFileSync(join(out, "fonts.css"), rules.join(""));

await build({
  entryPoints: { app: join(here, "src/css/app.css") },
  outdir: out,
  bundle: true,
  minify: true,
  target: ["es2022", "chrome111", "safari16.4", "firefox121"],
});
await build({
  entryPoints: {
    app: join(here, "src/js/app.js"),
    chart: join(here, "src/js/chart.js"),
    family: join(here, "src/js/family.js"),
    sw: join(here, "src/js/sw.js"),
  },
  outdir: out,
  bundle: true,
  minify: true,
  format: "esm",
  target: "es2022",
  legalComments: "none",
});

// Fonts of the papers, whole, for Typst.
const papers = join(here, "../manabiya/kernel/pdf/fonts");
mkdirSync(papers, { recursive: true });
for (const cut of ["400Regular", "700Bold"]) {
  const file = `BIZUDPGothic_${cut}.ttf`;
  cpSync(join(folder("@expo-google-fonts/biz-udpgothic"), cut, file), join(papers, file));
}

// Icons: one sprite file, cached for good; every icon is drawn for this product.
const symbols = readdirSync(join(here, "src/icons"))
  .filter((name) => name.endsWith(".svg"))
  .sort()
  .map((name) => {
    const svg = readFileSync(join(here, "src/icons", name), "utf8").trim();
    return svg
      .replace("<svg ", `<symbol id="${name.slice(0, -4)}" `)
      .replace("</svg>", "</symbol>");
  });
writeFileSync(
  join(out, "icons.svg"),
  `<svg xmlns="http://www.w3.org/2000/svg">${symbols.join("")}</svg>`,
);
cpSync(join(here, "src/app-icon.svg"), join(out, "app-icon.svg"));
console.log(`built ${readdirSync(out).length} files`);
