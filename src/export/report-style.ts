// The style sheet of a report: light and dark, wide and narrow, on paper.

export const STYLE = `
:root {
  color-scheme: light dark;
  --background: #ffffff;
  --sheet: #f6f7f9;
  --text: #1c2128;
  --quiet: #59626d;
  --line: #d9dee4;
  --blue: #0969c9;
  --red: #c9222d;
  --orange: #b35b00;
  --green: #18794e;
}
@media (prefers-color-scheme: dark) {
  :root {
    --background: #15181d;
    --sheet: #1c2026;
    --text: #e4e7eb;
    --quiet: #9aa4b0;
    --line: #333a43;
    --blue: #62a8f7;
    --red: #ff7b78;
    --orange: #f0a04b;
    --green: #4cc38a;
  }
}
* { box-sizing: border-box; }
body {
  margin: 0;
  color: var(--text);
  background: var(--background);
  font: 15px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", sans-serif;
  -webkit-text-size-adjust: 100%;
}
main { max-width: 1080px; margin: 0 auto; padding: 40px 24px 56px; }
.eyebrow { margin: 0 0 20px; color: var(--quiet); font-size: 0.9em; }
h1 { margin: 0; font-size: 1.65em; font-weight: 600; line-height: 1.3; text-wrap: pretty; }
h2 { margin: 44px 0 12px; font-size: 1.15em; font-weight: 600; }
h3 { margin: 0; font-size: 1em; font-weight: 600; }
p { margin: 0 0 8px; max-width: 78ch; }
.quiet { color: var(--quiet); }
.verdict { display: grid; grid-template-columns: 6px minmax(0, 1fr); gap: 0 18px; }
.verdict::before { content: ""; grid-row: 1 / span 3; border-radius: 3px; background: var(--mark); }
.error { --mark: var(--red); }
.warning { --mark: var(--orange); }
.info, .look { --mark: var(--blue); }
.ok { --mark: var(--green); }
.none { --mark: var(--quiet); }
.verdict p { margin: 10px 0 0; }
.facts { color: var(--quiet); }
.findings { margin: 0; padding: 0; list-style: none; }
.findings li { padding: 10px 0; border-top: 1px solid var(--line); max-width: 90ch; }
.findings b, td b { color: var(--mark); font-weight: 600; }
.charts { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(320px, 100%), 1fr)); gap: 28px 24px; }
.charts.pairs { grid-template-columns: repeat(auto-fit, minmax(min(400px, 100%), 1fr)); }
figure { margin: 0; min-width: 0; }
figure svg { display: block; }
figure > svg { width: 100%; max-width: 520px; height: auto; }
.legend { display: flex; flex-wrap: wrap; gap: 0 18px; margin: 2px 0 6px; color: var(--quiet); font-size: 0.87em; }
.legend span { display: inline-flex; align-items: center; gap: 6px; }
.grid { stroke: var(--line); stroke-width: 0.7; }
.tick, .axis { fill: var(--quiet); font-size: 10.5px; font-variant-numeric: tabular-nums; }
.target { --ink: var(--quiet); }
.ideal { --ink: var(--quiet); stroke-dasharray: 4 4; }
.prediction, .training { --ink: var(--blue); }
.dead { --ink: var(--red); }
.development { --ink: var(--orange); stroke-dasharray: 5 3; }
.line { fill: none; stroke: var(--ink); stroke-width: 1.5; stroke-linejoin: round; }
.ring { fill: var(--background); stroke: var(--ink); stroke-width: 1.3; }
.dot { fill: var(--ink); }
.cross { fill: none; stroke: var(--ink); stroke-width: 1.8; stroke-linecap: round; }
.many { fill: none; stroke: var(--ink); stroke-width: 3; stroke-linecap: round; }
.many.cross { stroke-width: 1.3; }
.scroll { overflow-x: auto; }
table { border-collapse: collapse; font-variant-numeric: tabular-nums; }
th, td { padding: 5px 28px 5px 0; border-bottom: 1px solid var(--line); text-align: left; white-space: nowrap; }
th { font-weight: 600; }
thead th { color: var(--quiet); font-weight: 500; font-size: 0.9em; }
.right { text-align: right; }
dl { display: grid; grid-template-columns: repeat(auto-fill, minmax(min(210px, 100%), 1fr)); gap: 14px 24px; margin: 0; }
dt { color: var(--quiet); font-size: 0.9em; }
dd { margin: 0; overflow-wrap: anywhere; }
pre {
  margin: 20px 0 0;
  padding: 14px 16px;
  overflow-x: auto;
  border: 1px solid var(--line);
  border-radius: 6px;
  background: var(--sheet);
  font: 13px/1.5 ui-monospace, "Cascadia Mono", Menlo, Consolas, monospace;
}
footer { margin-top: 48px; padding-top: 14px; border-top: 1px solid var(--line); color: var(--quiet); font-size: 0.9em; }
@media (max-width: 560px) {
  main { padding: 24px 16px 40px; }
  h1 { font-size: 1.35em; }
}
@media print {
  :root {
    color-scheme: light;
    --background: #ffffff;
    --sheet: #ffffff;
    --text: #000000;
    --quiet: #444444;
    --line: #cccccc;
    --blue: #0b5cad;
    --red: #b3151f;
    --orange: #9a4d00;
    --green: #12603d;
  }
  body { font-size: 10.5pt; }
  main { max-width: none; padding: 0; }
  .charts, .charts.pairs { grid-template-columns: 1fr 1fr; }
  figure, tr, li, dl > div { break-inside: avoid; }
  h2 { break-after: avoid; }
  .scroll { overflow: visible; }
  .verdict::before { print-color-adjust: exact; -webkit-print-color-adjust: exact; }
}
`;
