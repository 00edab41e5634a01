// The style sheet of a report: light and dark as the reader's system is, and light on paper.

const light = `--paper:#f7f8f9;--card:#fff;--ink:#1a1f26;--soft:#57606a;--line:#dde2e7;--grid:#e8ebef;--train:#1b62d6;--validation:#c2500a;--test:#0c7a54;--all:#6b7a8d;--bad:#b42318;--heat:27 98 214;--wrong:217 72 15;--mark:#fff1b8`;
const dark = `--paper:#0f1318;--card:#171c23;--ink:#e6ebf1;--soft:#a0acb9;--line:#2c343e;--grid:#252c35;--train:#6cb2ff;--validation:#ffa657;--test:#4fd1a0;--all:#8494a8;--bad:#ff8f85;--heat:76 148 255;--wrong:255 124 67;--mark:#5a4a0a`;

export const style = `:root{color-scheme:light dark;${light}}
@media (prefers-color-scheme:dark){:root{${dark}}}
@media print{:root{color-scheme:light;${light};--paper:#fff}}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Helvetica Neue",Arial,sans-serif}
main,header,footer{max-width:1120px;margin:0 auto;padding:0 24px}
header{padding-top:40px}
h1{font-size:2.1rem;line-height:1.15;letter-spacing:-.02em;margin:.1em 0 .15em;overflow-wrap:anywhere}
h2{font-size:1.3rem;letter-spacing:-.01em;margin:0 0 .25em}
h3{font-size:1rem;margin:0 0 .5em}
p{margin:0 0 .6em}
a{color:var(--train)}
.eyebrow{font-size:.8rem;font-weight:600;letter-spacing:.08em;text-transform:uppercase;color:var(--soft);margin:0}
.soft{color:var(--soft)}
.bad{color:var(--bad)}
nav ul{display:flex;flex-wrap:wrap;gap:4px 18px;list-style:none;margin:18px 0 0;padding:0;font-size:.92rem}
section{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:24px 26px;margin:20px 0}
section>p.soft{max-width:68ch}
.tiles{display:grid;grid-template-columns:repeat(auto-fit,minmax(168px,1fr));gap:12px;margin:24px 0 0;padding:0}
.tile{background:var(--card);border:1px solid var(--line);border-radius:14px;padding:14px 18px;display:flex;flex-direction:column}
.tile dt{color:var(--soft);font-size:.88rem}
.tile dd{margin:0;font-size:1.75rem;font-weight:650;letter-spacing:-.02em;line-height:1.25;font-variant-numeric:tabular-nums}
.tile dd.small{font-size:.84rem;font-weight:400;letter-spacing:0;color:var(--soft);line-height:1.4}
.note{border-left:4px solid var(--validation);padding:2px 0 2px 14px;margin:12px 0}
.charts{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(100%,420px),1fr));gap:22px 30px}
.abreast{display:flex;flex-wrap:wrap;gap:26px 48px}
figure{margin:0;max-width:640px}
figcaption{font-weight:600;margin-bottom:2px}
svg.chart{display:block;width:100%;height:auto;font:13px system-ui,-apple-system,"Segoe UI",Roboto,Arial,sans-serif}
.chart text{fill:var(--soft)}
.chart .ticks{font-variant-numeric:tabular-nums}
.chart .axis-title,.chart .legend text{fill:var(--ink)}
.grid path{stroke:var(--grid);fill:none}
.axis,.mark{stroke:var(--soft);fill:none}
.mark{stroke-dasharray:3 4}
.line{fill:none;stroke-width:2.4;stroke-linejoin:round;stroke-linecap:round}
.speckles{fill:none;stroke-width:4.4;stroke-linecap:round}
.line.train,.speckles.train{stroke:var(--train)}.dots.train{fill:var(--train)}
.line.validation,.speckles.validation{stroke:var(--validation)}.dots.validation{fill:var(--validation)}
.line.plain{stroke:var(--test)}.dots.plain{fill:var(--test)}
.dots.dense{opacity:.7}.dots.train circle{stroke:var(--card);stroke-width:.6}
.hover circle{fill:transparent}
.flow{list-style:none;margin:10px 0 0;padding:0}
.flow>li{display:grid;grid-template-columns:minmax(0,1fr) 200px minmax(0,1.25fr);gap:0 22px;align-items:stretch}
.what,.facts{padding:12px 0;min-height:62px;display:flex;flex-direction:column;justify-content:center}
.what{text-align:right}
.facts p{margin:0}
.stage{font-size:.8rem;color:var(--soft);letter-spacing:.04em}
.settings{font-size:.86rem;overflow-wrap:anywhere}
.removed{margin:4px 0 0;padding:0;list-style:none;font-size:.86rem;color:var(--soft)}
svg.ribbon{width:200px;height:calc(100% + 1px)}
.ribbon .all{fill:var(--all)}.ribbon .train{fill:var(--train)}.ribbon .validation{fill:var(--validation)}.ribbon .test{fill:var(--test)}
.ribbon .gone{fill:var(--bad);opacity:.75}
.ribbon .shake{stroke:var(--card);stroke-width:3;stroke-dasharray:5 9;fill:none;vector-effect:non-scaling-stroke}
.key{display:inline-block;width:11px;height:11px;border-radius:3px;margin-right:7px}
.key.train{background:var(--train)}.key.validation{background:var(--validation)}.key.test{background:var(--test)}
.scroll{overflow-x:auto;max-width:100%}
.scroll:focus-visible,a:focus-visible,summary:focus-visible{outline:2px solid var(--train);outline-offset:3px}
table{border-collapse:collapse;font-variant-numeric:tabular-nums}
caption{text-align:left;color:var(--soft);font-size:.92rem;padding-bottom:8px}
th,td{padding:6px 12px;text-align:left;border-bottom:1px solid var(--line);vertical-align:middle}
th{font-weight:600}
thead th{color:var(--soft);font-size:.88rem}
.number{text-align:right}
th:first-child{padding-left:0}
.whisker{display:block}
.whisker .rail{stroke:var(--line);stroke-width:2}.whisker .base{stroke:var(--soft);stroke-width:2}
.whisker .span{stroke:var(--train);stroke-width:5;stroke-linecap:round;opacity:.55}.whisker circle{fill:var(--train)}
.whisker .more{fill:var(--train);opacity:.75}.whisker .less{fill:var(--bad);opacity:.75}.whisker .error{stroke:var(--ink);stroke-width:1.5}
.matrix td,.matrix th{border:0;text-align:right;padding:0 6px;height:36px;min-width:40px}
.matrix{min-width:270px}
.matrix td{border:2px solid var(--card)}
.matrix thead td{border:0}
.matrix tbody th{padding-right:12px;white-space:nowrap}
.matrix.long thead th{vertical-align:bottom;height:auto;padding-bottom:6px}
.matrix.long thead span{writing-mode:vertical-rl;transform:rotate(180deg);white-space:nowrap}
.matrix.dense td,.matrix.dense th{height:26px;min-width:30px;padding:0 4px;font-size:.78rem}
.matrix .zero{color:var(--soft)}
.cards{display:grid;grid-template-columns:repeat(auto-fill,minmax(150px,1fr));gap:12px;list-style:none;margin:12px 0 0;padding:0}
.examples .cards{grid-template-columns:repeat(auto-fill,minmax(250px,1fr))}
.texts{display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,440px),1fr));gap:12px;list-style:none;margin:12px 0 0;padding:0}
.card{border:1px solid var(--line);border-radius:10px;padding:12px 14px;min-width:0}
.card p{margin:0;font-size:.92rem}
.card-head{margin-bottom:8px}
.card img+.card-head,.card blockquote+.card-head,.card dl+.card-head{margin:8px 0 0}
.card img{image-rendering:pixelated;border-radius:4px;border:1px solid var(--line);display:inline-block;vertical-align:top}
.step{color:var(--soft);font-size:.84rem;margin:8px 0 4px!important}
.after{display:flex;flex-wrap:wrap;gap:6px}
.texts .after{flex-direction:column}
blockquote{margin:0;padding-left:10px;border-left:3px solid var(--line);font-size:.92rem;overflow-wrap:anywhere}
mark{background:var(--mark);color:inherit;border-radius:3px;padding:0 2px}
.values{margin:0;font-size:.88rem;display:grid;grid-template-columns:repeat(auto-fill,minmax(min(100%,180px),1fr));gap:0 20px}
.values div{display:flex;justify-content:space-between;gap:8px}
.values dt{color:var(--soft);overflow-wrap:anywhere}.values dd{margin:0;font-variant-numeric:tabular-nums}
.pair{display:grid;grid-template-columns:max-content minmax(0,1fr);gap:4px 22px;margin:0 0 14px}
.pair dt{color:var(--soft)}.pair dd{margin:0;overflow-wrap:anywhere}
details{margin-top:14px}
summary{cursor:pointer;color:var(--soft)}
pre{overflow-x:auto;background:var(--paper);border:1px solid var(--line);border-radius:8px;padding:12px 14px;font:13px/1.5 ui-monospace,"SF Mono",Menlo,Consolas,monospace}
code{font:.9em ui-monospace,"SF Mono",Menlo,Consolas,monospace;overflow-wrap:anywhere}
footer{color:var(--soft);font-size:.86rem;padding-bottom:40px}
@media (max-width:720px){main,header,footer{padding-left:14px;padding-right:14px}section{padding:18px 16px}.flow>li{grid-template-columns:84px minmax(0,1fr);gap:0 14px}.flow .ribbon{grid-row:1/3;grid-column:1;width:84px}.what{text-align:left;padding-bottom:0;min-height:0}.facts{padding-top:0;min-height:0}}
@media print{@page{margin:14mm}body{font-size:11pt}*{print-color-adjust:exact;-webkit-print-color-adjust:exact}nav,summary{display:none}section{border:0;padding:0;margin:14px 0;border-radius:0}main,header,footer{max-width:none;padding:0}figure,.card,.flow>li,tr{break-inside:avoid}h2,h3,caption{break-after:avoid}.scroll{overflow:visible}}`;
