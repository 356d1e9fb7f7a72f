import { bandColors, textColorOn } from '../../layers/index.js';
import { THEMES } from '../drawing/theme.js';

const { light, dark } = THEMES;

const bands = bandColors(5)
  .map((color, index) => {
    const text = textColorOn(color);
    return `.b${index + 1}{background:${color};color:${text}}svg .b${index + 1}{fill:${color}}`;
  })
  .join('');

/** The style sheet of a report. */
export const REPORT_STYLE = `
:root{color-scheme:light dark;--page:${light.page};--text:${light.text};--muted:${light.muted};--edge:${light.border};--rule:${light.rule};--head:${light.head};--link:#0b57a4;--warn:#8a1c1c;--warn-page:#fdecea}
@media (prefers-color-scheme:dark){:root{--page:${dark.page};--text:${dark.text};--muted:${dark.muted};--edge:${dark.border};--rule:${dark.rule};--head:${dark.head};--link:#8ab8f0;--warn:#ffb4a9;--warn-page:#3d1a17}}
*{box-sizing:border-box}
html{scroll-behavior:smooth}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;background:var(--page);color:var(--text);font:15px/1.45 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header,main,footer{max-width:1640px;margin:0 auto;padding:0 20px}
h1{font-size:26px;margin:24px 0 4px}
h2{font-size:20px;margin:36px 0 10px;padding-bottom:4px;border-bottom:2px solid var(--rule);scroll-margin-top:52px}
h3{font-size:15px;margin:18px 0 6px}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code{font:13px/1.4 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;white-space:pre-wrap;unicode-bidi:isolate}
small,.note,.facts,caption{color:var(--muted)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--page);padding:6px 10px;z-index:3}
nav{position:sticky;top:0;z-index:2;background:var(--page);border-bottom:1px solid var(--rule)}
nav ul{max-width:1640px;margin:0 auto;padding:8px 20px;list-style:none;display:flex;gap:4px 18px;flex-wrap:wrap}
.lead{font-size:17px;margin:0 0 14px}
.alert{border:2px solid var(--warn);background:var(--warn-page);color:var(--warn);padding:8px 12px;border-radius:6px;font-weight:600}
.sums{display:flex;flex-wrap:wrap;gap:10px;margin:0 0 12px;padding:0}
.sums div{border:1px solid var(--rule);border-radius:6px;padding:6px 12px;min-width:104px}
.sums dt{color:var(--muted);font-size:13px}.sums dd{margin:0;font-size:20px;font-weight:600;font-variant-numeric:tabular-nums}
.scroll{overflow-x:auto}
.legend{display:flex;flex-wrap:wrap;align-items:center;gap:6px 8px}
.legend span{padding:2px 9px;border-radius:4px;border:1px solid var(--edge);font-variant-numeric:tabular-nums}
.toggle{margin-left:auto}
.matrix{display:flex;gap:6px;align-items:flex-start;padding-bottom:8px}
.column{flex:1 0 132px;min-width:0;max-width:230px}
.column h3{background:var(--head);padding:6px 8px;margin:0 0 4px;border-radius:4px;font-size:13px;display:flex;justify-content:space-between;gap:6px}
.matrix ul{list-style:none;margin:0;padding:0}.matrix ul ul{padding-left:10px}
.cell{display:block;border:1px solid var(--edge);border-radius:4px;padding:4px 6px;margin-bottom:3px;font-size:12.5px;line-height:1.3;text-decoration:none;overflow-wrap:anywhere}
.cell b{font-weight:700}.cell small{display:block;color:inherit;font-size:11.5px;font-variant-numeric:tabular-nums}
a.cell:hover{outline:2px solid var(--link)}
.cell.none{color:var(--muted);border-style:dashed;background:transparent}
.unseen{display:none}body:has(#show-all:checked) .unseen{display:block}
${bands}
.timeline text{font:12.5px system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;fill:var(--text)}
.timeline .axis{font-size:11.5px;fill:var(--muted)}.timeline .host{font-weight:700}.timeline .label{fill:var(--link)}
.timeline .group{fill:var(--head)}.timeline .tick{stroke:var(--rule)}.timeline .span{stroke:var(--edge);stroke-width:2}
.timeline circle{stroke:var(--edge);stroke-width:1}.timeline .break{stroke:var(--muted);stroke-dasharray:3 3;fill:none}
.tools{display:flex;gap:8px;flex-wrap:wrap;align-items:center}.tools[hidden]{display:none}
input[type=search],button{font:inherit;padding:5px 9px;border:1px solid var(--edge);border-radius:5px;background:var(--page);color:var(--text);min-height:32px}
input[type=search]{min-width:260px}
details.technique{border:1px solid var(--rule);border-radius:6px;margin:0 0 6px;scroll-margin-top:52px}
details.technique:target{border-color:var(--link);box-shadow:0 0 0 1px var(--link)}
details[hidden],section[hidden]{display:none}
summary{cursor:pointer;padding:7px 10px;display:flex;gap:4px 10px;flex-wrap:wrap;align-items:baseline}
summary::before{content:"\\25b8";color:var(--muted)}details[open]>summary::before{content:"\\25be"}
summary .name{font-weight:600}.facts{margin-left:auto;font-variant-numeric:tabular-nums;font-size:13.5px}
.score{border:1px solid var(--edge);border-radius:4px;padding:1px 7px;font-variant-numeric:tabular-nums;font-weight:600}
dl.about{margin:4px 12px 8px;display:grid;gap:3px}dl.about div{display:flex;gap:10px}
dl.about dt{flex:0 0 70px;color:var(--muted)}dl.about dd{margin:0;overflow-wrap:anywhere}
table{border-collapse:collapse;width:100%;font-size:14px}
caption{text-align:left;padding:2px 12px 6px;font-size:13px}
th,td{text-align:left;vertical-align:top;padding:6px 12px;border-top:1px solid var(--rule);overflow-wrap:anywhere;unicode-bidi:isolate}
thead th{background:var(--head);border-top:0;font-size:13px;white-space:nowrap}
th[scope=row]{font-weight:600}
.time{white-space:nowrap;font-variant-numeric:tabular-nums}.number{text-align:right;font-variant-numeric:tabular-nums}
table.evidence td:nth-child(2){min-width:110px}table.evidence td:nth-child(3){min-width:190px}table.evidence td:nth-child(4){min-width:320px}.place{min-width:150px}
td small{display:block;font-size:12px}
dl.fields{margin:0;display:grid;gap:4px}dl.fields dt{font-size:12.5px;color:var(--muted)}dl.fields dd{margin:0;max-height:15em;overflow:auto}
.level{display:inline-block;font-size:12px;font-weight:600;border:1px solid var(--edge);border-radius:4px;padding:0 6px}
.level.high,.level.critical{color:var(--warn);border-color:var(--warn)}
.gaps>li{margin-bottom:10px}.gaps ul{color:var(--muted)}.gaps li{overflow-wrap:anywhere}
footer{color:var(--muted);font-size:13px;padding-top:24px;padding-bottom:32px}
@media (max-width:720px){
header,main,footer{padding:0 12px}h2,details.technique{scroll-margin-top:84px}nav ul{padding:8px 12px;gap:2px 14px}.facts{margin-left:0;flex-basis:100%}
table.evidence thead{position:absolute;left:-9999px}table.evidence tr,table.evidence td{display:block;min-width:0!important}
table.evidence td{border-top:0;padding:3px 12px}table.evidence tr{border-top:1px solid var(--rule);padding:6px 0}
.matrix{flex-direction:column;align-items:stretch}.column{max-width:none;flex-basis:auto}.toggle{margin-left:0}input[type=search]{min-width:0;width:100%}
}
@media print{
:root{color-scheme:light;--page:#fff;--text:#000;--muted:#444;--edge:#777;--rule:#bbb;--head:#eee;--link:#000;--warn:#000;--warn-page:#fff}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}
nav,.tools,.toggle,.skip{display:none!important}body{font-size:11px}.scroll{overflow:visible}
details.technique,.column,tr{break-inside:avoid}dl.fields dd{max-height:none;overflow:visible}
.matrix{flex-wrap:wrap}.timeline{width:100%;height:auto}table{font-size:10.5px}code{font-size:10px}
header,main,footer{max-width:none;padding:0}@page{size:A4 landscape;margin:12mm}
}
@media (forced-colors:active){.cell,.score,.legend span{border:2px solid}}
`;
