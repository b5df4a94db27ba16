/** Style of the page: system fonts, two columns of nothing, and colours that keep their contrast in the dark. */
export const pageStyle = `
:root { color-scheme: light dark; --paper: #fff; --frame: #f4f6f8; --line: #d1d9e0; --text: #1f2328; --soft: #59636e;
  --good: #1a7f37; --bad: #cf222e; --warn: #9a6700; --accent: #0969da; }
@media (prefers-color-scheme: dark) { :root { --paper: #0d1117; --frame: #161b22; --line: #3d444d; --text: #e6edf3;
  --soft: #9198a1; --good: #3fb950; --bad: #f85149; --warn: #d29922; --accent: #4493f8; } }
* { box-sizing: border-box; }
body { margin: 0; padding: 0 clamp(1rem, 4vw, 4rem) 5rem; background: var(--paper); color: var(--text);
  font: 15px/1.5 ui-sans-serif, system-ui, 'Helvetica Neue', Arial, sans-serif; }
header, main { max-width: 1500px; margin: 0 auto; }
header { padding-top: 2.5rem; }
h1 { display: inline-block; margin: 0 .8rem .4rem 0; font-size: 2.2rem; line-height: 1.1; }
h2 { margin: 2.8rem 0 .6rem; font-size: 1.35rem; }
h3 { font-size: 1.05rem; }
.kicker { margin: 0; color: var(--soft); text-transform: uppercase; letter-spacing: .08em; font-size: .8rem; }
.soft { color: var(--soft); }
.badge { display: inline-block; margin: 0; padding: .15rem .8rem; border-radius: 1rem; color: #fff; font-weight: 600; vertical-align: .45rem; }
.badge.holds { background: #1a7f37; } .badge.refused { background: #cf222e; }
.tiles { display: flex; flex-wrap: wrap; gap: .8rem; margin: .8rem 0; }
.tiles div { min-width: 8.5rem; padding: .6rem .9rem; border: 1px solid var(--line); border-radius: .6rem; background: var(--frame); }
.tiles dt { color: var(--soft); font-size: .85rem; } .tiles dd { margin: 0; font-size: 1.5rem; font-weight: 600; }
.packs, .legend { display: flex; flex-wrap: wrap; gap: .3rem 1.4rem; padding: 0; list-style: none; }
.packs li::before { content: "\\2713  "; color: var(--good); } .packs li.refused::before { content: "\\2717  "; color: var(--bad); }
.legend li::before { content: ""; display: inline-block; width: 2.2rem; margin-right: .5rem; border-top: 3px solid; vertical-align: .25rem; }
.legend .path::before { border-color: var(--accent); } .legend .channel::before { border-color: #8250df; border-top-style: dashed; }
.legend .flow::before { border-color: var(--good); }
.scroll { overflow-x: auto; } .scroll:focus-visible { outline: 2px solid var(--accent); }
.map { min-width: 720px; }
table { width: 100%; margin: .4rem 0 1.2rem; border-collapse: collapse; }
caption { padding: .6rem 0 .2rem; text-align: left; font-weight: 600; }
th, td { padding: .4rem .7rem; border-bottom: 1px solid var(--line); text-align: left; vertical-align: top; }
thead th { color: var(--soft); font-weight: 500; font-size: .85rem; } tbody th { font-weight: 500; }
.value { white-space: nowrap; font-variant-numeric: tabular-nums; }
td.refused, p.refused { color: var(--bad); } td.advisory { color: var(--warn); } td.holds { color: var(--good); }
button.pick { display: inline-flex; align-items: center; gap: .5rem; padding: .2rem .7rem; border: 1px solid var(--line); border-radius: .5rem;
  background: var(--frame); color: inherit; font: inherit; cursor: pointer; }
button.pick:hover { border-color: var(--accent); } button.pick:focus-visible { outline: 2px solid var(--accent); outline-offset: 2px; }
button.pick[aria-pressed="true"] { border-color: var(--accent); box-shadow: inset 0 0 0 1px var(--accent); }
button.pick i { width: .8rem; height: .8rem; border-radius: .2rem; print-color-adjust: exact; }
details { margin: .4rem 0; padding: .5rem .9rem; border: 1px solid var(--line); border-left: 4px solid var(--warn); border-radius: .5rem; overflow-wrap: anywhere; }
details.mandatory { border-left-color: var(--bad); } summary { cursor: pointer; }
.level { color: var(--warn); } .mandatory .level { color: var(--bad); }
.terms { display: grid; grid-template-columns: max-content 1fr; gap: .1rem 1rem; } .terms dt { color: var(--soft); } .terms dd { margin: 0; }
.changes { padding-left: 0; list-style: none; } .changes li::before { display: inline-block; width: 1.4rem; font-weight: 700; }
.gained::before { content: "+"; color: var(--warn); } .lost::before { content: "\\2212"; color: var(--soft); } .changed::before { content: "~"; }
#picked:not(:empty) { position: fixed; right: 1rem; bottom: 1rem; margin: 0; padding: .5rem .9rem; border: 1px solid var(--line); border-radius: .5rem; background: var(--frame); }
.skip { position: absolute; left: -100vw; } .skip:focus { left: 1rem; }
@media print { .scroll { overflow: visible; } .map { min-width: 0; } button.pick { border: 0; padding: 0; background: none; }
  details .pick, #picked, .skip { display: none; } h2 { break-after: avoid; } tr, details { break-inside: avoid; } body { padding: 0; font-size: 11px; } }
`;
