/** Style of the map: it stands in the SVG itself, because a picture in a pull request has no page around it. */
export const mapStyle = `
.map { max-width: 100%; height: auto; font: 12px ui-sans-serif, system-ui, 'Helvetica Neue', Arial, sans-serif; --paper: #fff; --frame: #f4f6f8;
  --line: #c9d1d9; --text: #1f2328; --soft: #59636e; --path: #0969da; --channel: #8250df; --flow: #1a7f37; --bad: #cf222e; }
@media (prefers-color-scheme: dark) { .map { --paper: #161b22; --frame: #0d1117; --line: #3d444d; --text: #e6edf3;
  --soft: #9198a1; --path: #4493f8; --channel: #ab7df8; --flow: #3fb950; --bad: #f85149; } }
.map text { fill: var(--text); }
.map .frame rect { fill: var(--frame); stroke: var(--line); }
.map .frame text { fill: var(--soft); font-weight: 600; font-size: 13px; }
.map .stop > rect { fill: var(--paper); stroke: var(--line); stroke-width: 1.5; }
.map .stop.notShown > rect, .map .stop.anywhere > rect { stroke-dasharray: 5 4; }
.map .stop .name { font-weight: 600; font-size: 13px; }
.map .count { fill: var(--soft); }
.map .link path { fill: none; stroke: var(--tone); stroke-width: 2; }
.map .link text { fill: var(--tone); font-size: 11.5px; paint-order: stroke; stroke: var(--frame); stroke-width: 3px; }
.map .link.path { --tone: var(--path); }
.map .link.channel { --tone: var(--channel); }
.map .link.channel path { stroke-dasharray: 6 4; }
.map .link.flow { --tone: var(--flow); }
.map .arrow { fill: context-stroke; }
.picking .map .link:not(.on), .picking .map .stop:not(.on), .picking .map .stop.on .rests:not(.on) { opacity: .22; }
.picking .map .link.on path { stroke-width: 3.5; }
.picking .map .stop.on > rect { stroke: var(--text); stroke-width: 2.5; }
.picking.wrong .map .link.on { --tone: var(--bad); }
.picking.wrong .map .stop.on > rect { stroke: var(--bad); }
`;
