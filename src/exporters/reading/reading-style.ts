import { THEMES } from '../drawing/theme.js';

const { light, dark } = THEMES;

// More hues than ATT&CK has tactics in any domain, neighbours in the matrix far apart.
const TACTIC_HUES = 16;
const hues = Array.from({ length: TACTIC_HUES }, (_, index) => (index * 137) % 360);
const tacticRules = hues.map((hue, index) => `.t${index + 1}{--hue:${hue}}`).join('');

/** The style sheet of a reading. A tactic has a hue; how sure a mark is shows by its line, never by colour alone. */
export const READING_STYLE = `
:root{color-scheme:light dark;--page:${light.page};--text:${light.text};--muted:${light.muted};--edge:${light.border};--rule:${light.rule};--head:${light.head};--link:#0b57a4;--warn:#8a1c1c;--warn-page:#fdecea;--tint:88%;--line:38%;--depth:75%}
@media (prefers-color-scheme:dark){:root{--page:${dark.page};--text:${dark.text};--muted:${dark.muted};--edge:${dark.border};--rule:${dark.rule};--head:${dark.head};--link:#8ab8f0;--warn:#ffb4a9;--warn-page:#3d1a17;--tint:25%;--line:68%;--depth:45%}}
*{box-sizing:border-box}
[hidden]{display:none!important}
html{scroll-behavior:smooth;scroll-padding-top:64px}
@media (prefers-reduced-motion:reduce){html{scroll-behavior:auto}}
body{margin:0;overflow-wrap:anywhere;background:var(--page);color:var(--text);font:16px/1.6 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
header,main,footer{max-width:1500px;margin:0 auto;padding:0 20px}
h1{font-size:26px;line-height:1.25;margin:22px 0 4px}h2{font-size:21px;line-height:1.3;margin:28px 0 6px;padding-bottom:4px;border-bottom:2px solid var(--rule);overflow-wrap:anywhere}
a{color:var(--link)}
:focus-visible{outline:3px solid var(--link);outline-offset:2px}
code,.value{font:13.5px/1.45 ui-monospace,SFMono-Regular,Menlo,Consolas,"DejaVu Sans Mono",monospace;overflow-wrap:anywhere;unicode-bidi:isolate}
small,.note,.muted{color:var(--muted)}
.skip{position:absolute;left:-999px}.skip:focus{left:8px;top:8px;background:var(--page);padding:6px 10px;z-index:3}
.alert{border:2px solid var(--warn);background:var(--warn-page);color:var(--warn);padding:8px 12px;border-radius:6px}
.tools{position:sticky;top:0;z-index:2;background:var(--page);border-bottom:1px solid var(--rule)}
.tools>div{max-width:1500px;margin:0 auto;padding:8px 20px;display:flex;gap:6px 18px;flex-wrap:wrap;align-items:center}
.tools fieldset{border:0;margin:0;padding:0;display:flex;gap:4px 14px;flex-wrap:wrap}.tools legend{float:left;padding:0 10px 0 0;color:var(--muted)}
.tools label{display:inline-flex;gap:6px;align-items:center;min-height:28px}
button{font:inherit;padding:3px 11px;border:1px solid var(--edge);border-radius:5px;background:var(--page);color:var(--text);min-height:32px;cursor:pointer}
.reading{display:grid;grid-template-columns:minmax(0,1fr) minmax(300px,400px);gap:0 36px;align-items:start}
.text{grid-column:1;grid-row:1;min-width:0;max-width:85ch;overflow-wrap:anywhere}
.found{grid-column:2;grid-row:1;position:sticky;top:56px;max-height:calc(100vh - 64px);overflow:auto;border:1px solid var(--rule);border-radius:8px;padding:4px 14px 14px;font-size:14.5px;line-height:1.45}
.text p,.text blockquote{margin:0 0 12px}.text h3{font-size:20px}.text h4{font-size:17.5px}.text h5,.text h6{font-size:16px}.text h3,.text h4,.text h5,.text h6{margin:22px 0 8px;line-height:1.35}
.text .item{padding-left:20px;position:relative;margin-bottom:5px}.text .item::before{content:"\\2022";position:absolute;left:5px;color:var(--muted)}
.text blockquote{border-left:3px solid var(--rule);padding-left:14px}.text .caption{color:var(--muted);font-size:14px}
.text pre{background:var(--head);padding:8px 12px;border-radius:6px;overflow:auto;white-space:pre-wrap}
.scroll{overflow-x:auto;margin-bottom:12px}table{border-collapse:collapse}td{border:1px solid var(--rule);padding:4px 10px;vertical-align:top;min-width:70px;unicode-bidi:isolate}
${tacticRules}
mark{color:inherit;background:hsl(var(--hue) var(--depth) var(--tint));border-bottom:2px solid hsl(var(--hue) 70% var(--line));border-radius:2px;padding:1px 0;box-decoration-break:clone;-webkit-box-decoration-break:clone}
mark.review{background:none;border-bottom-style:dashed}
mark.k-object{background:none;border-bottom:2px solid var(--muted);font-weight:600}mark.k-ioc,mark.k-cve{background:var(--head);border-bottom:1px dotted var(--muted)}
mark.off{background:none;border-color:transparent;font-weight:inherit}
mark[data-labels]::after{content:" " attr(data-labels);font-size:11px;font-weight:600;color:var(--muted);white-space:normal}mark.off::after{content:none}
a:target+mark,a:target+a+mark,mark.now{outline:3px solid var(--link);outline-offset:1px}
.found h3{font-size:14px;margin:16px 0 4px;display:flex;gap:8px;align-items:center}.found h3 i{width:14px;height:14px;border-radius:3px;background:hsl(var(--hue) var(--depth) var(--tint));border:2px solid hsl(var(--hue) 70% var(--line))}
.found ul{list-style:none;margin:0;padding:0}.found li{padding:5px 0;border-top:1px solid var(--rule);overflow-wrap:anywhere}
.found .score{float:right;font-variant-numeric:tabular-nums;margin-left:8px}.found b{font-weight:650}
.found li.review{border-left:3px dashed var(--edge);padding-left:8px}
.found .places{display:flex;flex-wrap:wrap;gap:2px 10px}.found .places a{min-width:20px;padding:1px 0}
.lane{overflow-wrap:anywhere;white-space:normal;font-size:12px;border:1px solid var(--edge);border-radius:4px;padding:0 6px}
.sums{display:flex;flex-wrap:wrap;gap:4px 20px;margin:4px 0 12px;padding:0;list-style:none}.sums b{font-variant-numeric:tabular-nums}
footer{color:var(--muted);font-size:13px;padding-top:28px;padding-bottom:32px}
@media (max-width:900px){
.reading{display:block}.found{position:static;max-height:none;margin-bottom:18px}.tools{position:static}html{scroll-padding-top:12px}
}
@media (max-width:560px){header,main,footer{padding:0 12px}.tools>div{padding:6px 12px;font-size:14px}h1{font-size:22px}}
@media print{
:root{color-scheme:light;--page:#fff;--text:#000;--muted:#444;--edge:#777;--rule:#bbb;--head:#eee;--link:#000;--tint:88%;--line:38%;--depth:75%}
*{print-color-adjust:exact;-webkit-print-color-adjust:exact}.tools,.skip{display:none}.reading{display:block}.found{position:static;max-height:none;border:0;padding:0}body{font-size:11px}header,main,footer{max-width:none;padding:0}.text{max-width:none}
}
@media (forced-colors:active){mark{border-bottom:2px solid}}
`;
