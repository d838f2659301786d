/** Calm on a screen, black on white on paper. */
export const pageStyle = `
:root { color-scheme: light; }
body { font: 15px/1.5 system-ui, "Segoe UI", sans-serif; color: #1c2330; background: #fff; margin: 2.5rem auto; max-width: 66rem; padding: 0 1.5rem; }
h1 { font-size: 1.8rem; line-height: 1.2; margin: 0.2rem 0 0.6rem; overflow-wrap: anywhere; }
h2 { font-size: 1.2rem; margin: 2.2rem 0 0.5rem; border-bottom: 1px solid #d5dae2; padding-bottom: 0.2rem; break-after: avoid; }
h3 { font-size: 1rem; margin: 1.2rem 0 0.3rem; break-after: avoid; }
p, li { max-width: 48rem; }
.kind { color: #5b6678; margin: 0; }
header p { overflow-wrap: anywhere; }
.verdict { border-left: 4px solid; padding: 0.6rem 1rem; margin: 1.2rem 0; font-size: 1.05rem; background: #f6f8fa; }
.verdict.good { border-color: #2f7d4f; }
.verdict.open { border-color: #b26a00; }
table { border-collapse: collapse; }
th { text-align: left; font-weight: 600; vertical-align: top; }
td { vertical-align: top; overflow-wrap: anywhere; }
th, td { padding: 0.25rem 1rem 0.25rem 0; }
.facts th { white-space: nowrap; color: #5b6678; font-weight: 500; }
.list { width: 100%; font-size: 0.85rem; }
.list thead { display: table-header-group; }
.list tr { break-inside: avoid; border-bottom: 1px solid #e8ebf0; }
.list th { color: #5b6678; font-weight: 500; }
code { font: 0.9em ui-monospace, "SF Mono", Consolas, monospace; overflow-wrap: anywhere; }
.sum { font-size: 0.75em; word-break: break-all; }
small { color: #5b6678; }
td.good { color: #2f7d4f; white-space: nowrap; }
td.open, p.open { color: #8a5200; }
td.open { white-space: nowrap; }
@media print { body { margin: 0; max-width: none; font-size: 10pt; } a { color: inherit; } }
`;
