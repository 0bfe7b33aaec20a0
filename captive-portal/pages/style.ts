// The one style sheet, sent inside each page so that the first page is one request. No outside font, image or script.

import { PAGE, type Palette } from "./palette.ts";

export const styleOf = ({ accent, onAccent, accentInk }: Palette): string =>
  `
:root{--a:${accent};--on:${onAccent};--ai:${accentInk};--ink:#1d1b18;--soft:#5a554d;--line:#8b857a;--hair:#e4dfd6}
*{box-sizing:border-box}
html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
body{margin:0;background:${PAGE};color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif;overflow-wrap:break-word}
.local{background:#ffe7a8;color:#3f2d00;padding:.5rem 1rem;font-size:.875rem;text-align:center;font-weight:600}
.wrap{max-width:30rem;margin:0 auto;padding:1rem 1rem 2.5rem}
.top{display:flex;align-items:center;gap:.75rem;flex-wrap:wrap;margin-bottom:1.25rem}
.mark{width:2.5rem;height:2.5rem;border-radius:.75rem;background:var(--a);color:var(--on);display:grid;place-items:center;font-weight:700;font-size:1.25rem}
.logo{width:2.5rem;height:2.5rem;object-fit:contain}
.name{font-weight:650;flex:1;min-width:6rem}
.lang{padding:.5rem .25rem;font-size:.9375rem}
a{color:var(--ai);text-underline-offset:.2em}
h1{font-size:1.5rem;line-height:1.25;letter-spacing:-.01em;margin:0 0 .375rem;text-wrap:balance}
h2,legend{font-size:1.0625rem;font-weight:650;line-height:1.35;margin:0;padding:0}
p{margin:0}
.lead{color:var(--soft);margin-bottom:1rem}
.card>.lead:last-child,.card>.way:last-child{margin-bottom:0}
h2+.hint{margin-top:.25rem}
.hint{color:var(--soft);font-size:.875rem}
.card{background:#fff;border:1px solid var(--hair);border-radius:1.125rem;padding:1.125rem;margin:0 0 1rem}
.field{display:block;font-weight:600;margin-bottom:.125rem}
input[type=tel],.text,input.code{display:block;width:100%;margin-top:.5rem;padding:.75rem .875rem;border:1.5px solid var(--line);border-radius:.75rem;font:inherit;font-size:1.125rem;background:#fff;color:inherit;min-height:3.25rem}
input.code{font-size:1.625rem;font-variant-numeric:tabular-nums;letter-spacing:.3em;text-align:center;padding-left:1.2em}
[aria-invalid=true]{border-color:#b3261e!important;box-shadow:0 0 0 1px #b3261e}
.bad{color:#a1201a;font-size:.9375rem;font-weight:600;margin-top:.375rem}
.box{display:grid;grid-template-columns:1.5rem 1fr;gap:0 .75rem;align-items:start;padding:.75rem 0}
.box input{width:1.5rem;height:1.5rem;margin:0;accent-color:var(--ai)}
.box label{font-weight:600;cursor:pointer}
.box .words{grid-column:2;color:var(--soft);font-size:.9375rem;line-height:1.45}
.tag{display:block;color:#6b3d00;font-weight:600;margin-top:.25rem}
fieldset{border:0;margin:.375rem 0 0;padding:1rem 0 0;border-top:1px solid var(--hair);min-width:0}
legend{float:left;width:100%}
legend+*{clear:both}
.box+.box{border-top:1px solid var(--hair)}
button,.btn{display:block;width:100%;min-height:3.25rem;padding:.75rem 1rem;border-radius:.875rem;font:inherit;font-weight:650;text-align:center;text-decoration:none;cursor:pointer;border:1.5px solid var(--ai);background:#fff;color:var(--ai)}
.main{background:var(--a);color:var(--on);margin-top:.75rem}
.more{margin-top:.75rem}
.way{margin-bottom:1.25rem}
.addr{display:block;font:700 1.375rem/1.4 ui-monospace,Menlo,Consolas,monospace;letter-spacing:.03em;margin:.25rem 0 .75rem}
.addr b{display:inline-block}
ol{margin:0;padding-left:1.25rem}
li+li{margin-top:.75rem}
.or{display:flex;align-items:center;gap:.75rem;color:var(--soft);font-size:.875rem;margin:0 0 1rem}
.or::before,.or::after{content:"";flex:1;height:1px;background:var(--hair)}
.part{margin-top:.75rem}
.part+.hint{margin-top:.5rem}
.hint+.row{margin-top:.75rem}
form+.card{margin-top:1rem}
summary{cursor:pointer;font-weight:650;padding:.25rem 0}
ul{margin:.5rem 0;padding-left:1.25rem}
.acts form+form,.acts form+a{margin-top:.5rem}
.mid{text-align:center;margin-top:.5rem}
.note{font-size:.8125rem;line-height:1.45;color:var(--soft);margin-top:1.25rem}
.card .note{border-top:1px solid var(--hair);margin-top:.25rem;padding:.75rem 0 .25rem}
.nb{display:inline-block}
.sum{border:2px solid #b3261e;background:#fff;border-radius:.875rem;padding:.875rem 1rem;margin-bottom:1rem}
.sum h2{color:#a1201a}
.sum a{color:#a1201a;font-weight:600}
.ok{border:2px solid #1f6b3a;background:#fff;border-radius:.875rem;padding:.75rem 1rem;margin-bottom:1rem;color:#17512c;font-weight:600}
.try{background:#fff4d6;border-radius:.75rem;padding:.625rem .875rem;margin:.75rem 0 0;color:#3f2d00}
.try+.lead{margin-top:.75rem}
.try b{font-size:1.25rem;letter-spacing:.12em;font-variant-numeric:tabular-nums}
.big{width:3.5rem;height:3.5rem;border-radius:50%;background:var(--a);color:var(--on);display:grid;place-items:center;margin-bottom:.875rem}
.qr{display:block;width:100%;max-width:17.5rem;height:auto;margin:0 auto .75rem}
.until{text-wrap:balance}
.row{display:flex;gap:.25rem .75rem;align-items:center;justify-content:space-between;flex-wrap:wrap;padding:.75rem 0;border-top:1px solid var(--hair)}
.row:last-child{padding-bottom:0}
h2+.row{margin-top:.75rem}
.row .hint{display:block}
.row>:first-child{flex:1 1 9rem}
.row button{width:auto;min-height:2.75rem;padding:.375rem .875rem}
.acts{margin-top:.625rem}
.acts>a{display:block;text-align:center;padding:.75rem .5rem 0}
dl{margin:0;display:grid;gap:.625rem}
dl>div{min-width:0}
dt{font-size:.8125rem;color:var(--soft)}
dd{margin:0}
.mono{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.75rem;overflow-wrap:anywhere}
.said{white-space:pre-line;border-left:3px solid var(--hair);padding-left:.75rem;font-size:.9375rem}
.state{display:inline-block;font-weight:650;margin:.25rem 0 .5rem}
:focus-visible{outline:3px solid var(--ink);outline-offset:2px}
.sum:focus{outline:none}
@media print{body{background:#fff}.lang,.local,.noprint{display:none}.card{border-color:#999;break-inside:avoid}.wrap{max-width:none}}
`.replace(/\n/g, "");
