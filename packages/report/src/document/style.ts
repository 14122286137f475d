/** The style sheet of the report. */
import { darkPalette, fontFamily, lightPalette, paletteVariables } from "../figures/index.ts";

/** All rules; colours come from the palette of the figures. */
export const styleSheet = `
:root { color-scheme: light dark; ${paletteVariables(lightPalette)} }
@media (prefers-color-scheme: dark) { :root { ${paletteVariables(darkPalette)} } }
* { box-sizing: border-box; }
html { -webkit-text-size-adjust: 100%; scroll-behavior: auto; }
body { margin: 0; background: var(--ms-paper); color: var(--ms-ink); font: 1.0625rem/1.55 ${fontFamily}; }
.page { max-width: 69rem; margin: 0 auto; padding: 0 1.25rem 5rem; }
header.page { padding-top: 3rem; padding-bottom: 0; }
p, ul, ol, dl, h1, h2, h3, h4, figcaption, .display, details > pre, .command { max-width: 43rem; }
h1, h2, h3, h4 { line-height: 1.2; font-weight: 600; text-wrap: balance; }
h1 { font-size: 2.1rem; margin: 0 0 0.5rem; }
h2 { font-size: 1.55rem; margin: 4rem 0 0.75rem; }
h3 { font-size: 1.15rem; margin: 2.5rem 0 0.5rem; }
h4 { font-size: 1rem; margin: 1.5rem 0 0.25rem; }
p { margin: 0.6rem 0; text-wrap: pretty; }
p, li, dd { overflow-wrap: anywhere; }
a { color: var(--ms-run-time); text-underline-offset: 0.15em; }
a:focus-visible, summary:focus-visible, [tabindex]:focus-visible { outline: 2px solid var(--ms-run-time); outline-offset: 3px; }
.skip { position: absolute; left: -100vw; }
.skip:focus { left: 1rem; top: 0.5rem; background: var(--ms-paper); padding: 0.25rem 0.5rem; }
.quiet, caption, figcaption p, dt { color: var(--ms-muted); }
.lead { font-size: 1.15rem; }
.synthetic, .failures { border-left: 3px solid var(--ms-contradicted); padding-left: 1rem; }
nav ul { list-style: none; padding: 0; margin: 0.5rem 0; display: flex; flex-wrap: wrap; gap: 0.1rem 1.25rem; max-width: none; }
nav a { display: inline-block; padding: 0.3rem 0; }
nav.study { font-size: 0.95rem; }
dl { display: grid; grid-template-columns: minmax(7rem, max-content) 1fr; gap: 0.3rem 1.25rem; margin: 0.75rem 0; }
dd { margin: 0; }
dd ul { margin: 0; padding-left: 1.1rem; }
code, pre, .command { font-family: ui-monospace, "Cascadia Code", "Source Code Pro", Menlo, Consolas, "DejaVu Sans Mono", monospace; font-size: 0.85em; }
pre { overflow-x: auto; line-height: 1.45; padding: 0.5rem 0; }
.command { overflow-x: auto; white-space: pre; padding: 0.5rem 0; user-select: all; }
math { font-family: "STIX Two Math", "Latin Modern Math", "Cambria Math", serif; }
.display { overflow-x: auto; overflow-y: hidden; padding: 0.4rem 0; }
.scroll { overflow-x: auto; max-width: 100%; margin: 0.75rem 0; }
table { border-collapse: collapse; font-size: 0.925rem; line-height: 1.35; font-variant-numeric: tabular-nums lining-nums; }
caption { text-align: left; padding-bottom: 0.5rem; }
caption span { display: block; max-width: min(43rem, calc(100vw - 2.5rem)); }
.scroll tbody th[scope="row"] { position: sticky; left: 0; background: var(--ms-paper); }
.arms { font-size: 0.875rem; }
.arms th, .arms td { padding-right: 0.8rem; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 1.1rem 0.4rem 0; border-bottom: 1px solid var(--ms-hairline); }
thead th { font-weight: 600; vertical-align: bottom; border-bottom-color: var(--ms-muted); }
tbody th { font-weight: 400; }
tbody th[scope="rowgroup"] { font-weight: 600; padding-top: 1rem; }
td.number, th.number { text-align: right; white-space: nowrap; }
td.words, th.words { min-width: 14rem; max-width: 30rem; }
.conditions th[scope="row"] { width: 15rem; }
.conditions td:last-child { min-width: 9rem; }
.conditions td.words { max-width: none; }
.reason { color: var(--ms-muted); display: block; font-size: 0.85em; }
.interval { color: var(--ms-muted); display: block; font-size: 0.85em; white-space: nowrap; }
.supported, .contradicted, .undetermined { font-weight: 600; white-space: nowrap; }
.supported { color: var(--ms-supported); }
.contradicted, .failed { color: var(--ms-contradicted); }
.failed { font-weight: 600; }
.undetermined { color: var(--ms-undetermined); }
figure { margin: 2.25rem 0; }
figure svg { display: block; max-width: 100%; height: auto; margin-top: 0.75rem; overflow: visible; }
figure .narrow { display: none; }
.figure-title { font-weight: 600; font-size: 1.1rem; color: var(--ms-ink); margin: 0; }
figcaption p, .below p { font-size: 0.925rem; margin: 0.15rem 0 0; }
.below p { margin-top: 0.5rem; }
details { margin: 0.75rem 0; }
summary { cursor: pointer; padding: 0.25rem 0; }
footer.page { border-top: 1px solid var(--ms-hairline); padding-top: 1.5rem; font-size: 0.925rem; }
@media (max-width: 56rem) {
  figure .wide { display: none; }
  figure .narrow { display: block; max-width: 30rem; }
  figure .narrow svg { width: 100%; }
}
@media (max-width: 40rem) {
  body { font-size: 1rem; }
  header.page { padding-top: 1.5rem; }
  h1 { font-size: 1.65rem; }
  h2 { font-size: 1.35rem; margin-top: 3rem; }
  .stacking, .stacking tbody, .stacking caption, .stacking tr, .stacking th, .stacking td { display: block; width: auto !important; min-width: 0 !important; }
  .stacking thead { position: absolute; clip-path: inset(50%); width: 1px; height: 1px; overflow: hidden; }
  .stacking th, .stacking td { border: 0; padding: 0.1rem 0; }
  .stacking tr { border-bottom: 1px solid var(--ms-hairline); padding: 0.6rem 0; }
  .stacking tbody th[scope="row"] { font-weight: 600; }
  .stacking td[data-label]::before { content: attr(data-label) ": "; color: var(--ms-muted); }
  .stacking .interval { display: inline; padding-left: 0.5rem; }
  dl { grid-template-columns: 1fr; gap: 0; }
  dd { margin-bottom: 0.5rem; }
}
@media print {
  :root { color-scheme: light; ${paletteVariables(lightPalette)} }
  body { font-size: 10pt; }
  figure .wide { display: block; }
  figure .narrow, nav, .skip { display: none; }
  figure, tr, h2, h3 { break-inside: avoid; }
  h2, h3 { break-after: avoid; }
  .scroll { overflow: visible; }
  table { font-size: 8pt; }
  .arms { font-size: 6pt; }
  details table { font-size: 5pt; }
  .arms th, .arms td { padding: 0.25em 0.9em 0.25em 0; }
  details::details-content { content-visibility: visible; height: auto; }
}
`.trim();
