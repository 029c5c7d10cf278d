#include "sandbox/style.hpp"

namespace imagify::sandbox {

const std::string_view kStyle = R"(
:root{--ground:#f2f5f9;--surface:#fff;--ink:#14213a;--soft:#52607a;--line:#d6deea;--field:#7787a2;
--accent:#0a5aa8;--on-accent:#fff;--red:#c3182a;--ok:#1d6a48;--bad:#a3241c;--warn:#7a4a08;
--stripe:#ffd54a;--on-stripe:#2b2000}
@media (prefers-color-scheme:dark){:root{--ground:#0e1522;--surface:#172132;--ink:#e9eef7;
--soft:#a7b4cb;--line:#2a3850;--field:#7386a6;--accent:#8fc1ff;--on-accent:#0b1a2e;--red:#ff98a0;
--ok:#8bd6b0;--bad:#ffa79e;--warn:#eabd77;--stripe:#5d4a07;--on-stripe:#ffefb8}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);line-height:1.5;
font-family:system-ui,-apple-system,"Segoe UI",Roboto,"Noto Sans",sans-serif}
.banner{margin:0;padding:.5rem 1rem;background:var(--stripe);color:var(--on-stripe);
text-align:center;font-size:.875rem}
.banner strong,.banner span{display:inline-block;padding:0 .375rem}
main{max-width:34rem;margin:0 auto;padding:1rem 1rem 2rem}
main.wide{max-width:60rem}
.brand{display:flex;align-items:baseline;justify-content:space-between;gap:1rem;
margin:.25rem 0 .75rem}
.mark{font-weight:800;font-size:1.375rem;letter-spacing:-.02em;color:var(--accent)}
.mark b{color:var(--red)}
.terminal{color:var(--soft);font-size:.875rem}
h1{font-size:1.25rem;line-height:1.3;margin:0 0 .75rem}
h2{font-size:1rem;margin:0}
.panel{background:var(--surface);border:1px solid var(--line);border-radius:.75rem;
padding:1rem;margin:0 0 1rem}
.total{display:flex;justify-content:space-between;align-items:flex-end;gap:1rem;
border-bottom:1px solid var(--line);padding-bottom:.75rem;margin-bottom:.75rem}
.amount{font-size:1.75rem;font-weight:700;line-height:1.2;font-variant-numeric:tabular-nums;
white-space:nowrap}
.small{color:var(--soft);font-size:.875rem;margin:0}
.lead{margin-bottom:1rem}
.left{text-align:right}
.clock{font-size:1.25rem;font-weight:600;font-variant-numeric:tabular-nums;line-height:1.2}
dl{display:grid;grid-template-columns:auto 1fr;gap:.25rem 1rem;margin:0;font-size:.9375rem}
dt{color:var(--soft)}
dd{margin:0;text-align:right;overflow-wrap:anywhere}
code,.number{font-family:ui-monospace,SFMono-Regular,Menlo,Consolas,monospace;font-size:.875rem}
fieldset{border:0;padding:0;margin:0 0 1rem;min-width:0}
legend{padding:0;font-weight:600;margin-bottom:.5rem}
.choices{background:var(--surface);border:1px solid var(--line);border-radius:.75rem;
overflow:hidden}
.choice{display:grid;grid-template-columns:auto 1fr auto;align-items:center;gap:.75rem;
padding:.625rem 1rem;min-height:3.25rem;cursor:pointer;border-top:1px solid var(--line)}
.choice:first-child{border-top:0}
.choice:has(input:checked){background:color-mix(in srgb,var(--accent) 10%,var(--surface));
box-shadow:inset 3px 0 var(--accent)}
.choice:has(input:focus-visible){outline:2px solid var(--accent);outline-offset:-2px}
.choice input{width:1.25rem;height:1.25rem;margin:0;accent-color:var(--accent);outline:0}
.choice .name{display:block;font-weight:500}
.choice .number{display:block;color:var(--soft)}
.outcome{font-size:.8125rem;font-weight:600;text-align:right}
.outcome span{display:block;font-weight:400;color:var(--soft)}
.ok{color:var(--ok)}.bad{color:var(--bad)}.warn{color:var(--warn)}
.actions{position:sticky;bottom:0;display:grid;gap:.5rem;padding:.75rem 0;
background:var(--ground);grid-template-columns:1fr 2fr}
button,.button{font:inherit;font-weight:600;min-height:3rem;padding:.5rem 1rem;
border-radius:.5rem;border:1px solid var(--field);background:var(--surface);color:var(--ink);
cursor:pointer;text-align:center;text-decoration:none;display:inline-flex;align-items:center;
justify-content:center}
button:hover,.button:hover{border-color:var(--ink)}
button:focus-visible,.button:focus-visible,a:focus-visible{outline:2px solid var(--accent);
outline-offset:2px}
.primary{background:var(--accent);border-color:var(--accent);color:var(--on-accent)}
.row{display:flex;flex-wrap:wrap;gap:.5rem;margin-top:.75rem}
.row button{min-height:2.5rem;font-size:.875rem;font-weight:500}
.head{display:flex;flex-wrap:wrap;justify-content:space-between;gap:.25rem 1rem;
align-items:baseline}
ol{margin:.5rem 0 0;padding-left:1.25rem;font-size:.875rem}
.code{font-size:2.5rem;font-weight:700;line-height:1.1;color:var(--bad);margin:0 0 .5rem}
a{color:var(--accent)}
@media (prefers-reduced-motion:no-preference){.choice{transition:background-color .12s}}
)";

}  // namespace imagify::sandbox
