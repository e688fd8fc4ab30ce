"""The few rules of style that Streamlit's theme cannot say. No colour carries meaning here; no font is fetched."""

from __future__ import annotations

import streamlit as st

STYLE = """<style>
.al-h1{font-size:1.85rem;font-weight:600;line-height:1.25;margin:.6rem 0 .2rem;padding:0}
.al-h2{font-size:1.3rem;font-weight:600;line-height:1.3;margin:1.2rem 0 .1rem;padding:0}
.al-h3{font-size:1.1rem;font-weight:600;line-height:1.3;margin:.6rem 0 0;padding:0}
.al-p,.al-list{margin:0 0 .3rem;line-height:1.6;max-width:48rem;white-space:pre-line}
.al-quiet{margin:0;font-size:.92rem;line-height:1.55;max-width:56rem}
.al-note{margin:.2rem 0;padding:.5rem .9rem;border-left:4px solid #28A197;max-width:48rem}
.al-problem{margin:.2rem 0;padding:.5rem .9rem;border-left:4px solid #F46A25;max-width:48rem}
.al-card{display:flex;flex-direction:column;margin:0 0 .5rem;line-height:1.45}
.al-number{color:light-dark(#12436D,#9CC6EC);font-size:1.9rem;font-weight:600;line-height:1.2}
.al-scroll{overflow-x:auto;max-width:100%}
.al-table{border-collapse:collapse;width:100%;font-size:.95rem}
.al-table caption{text-align:left;font-weight:600;padding:0 0 .4rem;caption-side:top}
.al-table caption span{display:inline-block;position:sticky;left:0;max-width:min(100%,calc(100vw - 3.5rem))}
.al-table th,.al-table td{text-align:left;vertical-align:top;padding:.35rem .8rem .35rem 0;
 border-bottom:1px solid #8A8A8A55;font-variant-numeric:tabular-nums}
.al-table thead th{border-bottom:2px solid #8A8A8A}
.al-table tbody th{font-weight:400}
.al-table .al-num{text-align:right}
.al-table .al-wide{min-width:15rem}
@media (max-width:640px){.al-table{font-size:.88rem}.al-table .al-wide{min-width:8.5rem}.al-table th,.al-table td{padding-right:.5rem}}
@media (max-width:640px){.al-stack thead{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%)}
 .al-table.al-stack :is(tbody,tr){display:block}.al-stack tbody tr{padding:.45rem 0;border-bottom:1px solid #8A8A8A55}
 .al-table.al-stack tbody :is(th,td){display:grid;grid-template-columns:7rem 1fr;min-width:0;padding:.1rem 0;border:0;
 text-align:left;overflow-wrap:anywhere}
 .al-stack tbody :is(th,td)::before{content:attr(data-th)}.al-table.al-stack tbody th{font-weight:600}}
.al-table tbody .al-group{font-weight:600;padding-top:.8rem}
.al-hidden{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap;margin:0}
.al-h1 a,.al-p a,.al-quiet a,.al-note a,.al-list a,.al-table a{text-decoration:underline;color:inherit;color:light-dark(#12436D,#9CC6EC)}
.al-name{font-weight:600}
.al-days{font-weight:600;color:light-dark(#801650,#D98AB4)}
[data-testid=stMain] [data-testid=stPageLink] p{text-decoration:underline;color:light-dark(#12436D,#9CC6EC)}
[data-testid=stMain] [data-testid=stBaseButton-tertiary] p{text-decoration:underline}
[data-testid=stMain] [data-testid=stPageLink-NavLink]{padding-left:0;padding-right:0;background-color:transparent}
.al-words{margin:.4rem 0;max-width:48rem}
.al-words a{color:light-dark(#12436D,#9CC6EC)}
[class*=st-key-found-] button,[class*=st-key-found-] button *{white-space:normal!important;text-align:left;overflow:visible}
.al-words summary{cursor:pointer;padding:.35rem 0;text-decoration:underline;color:light-dark(#12436D,#9CC6EC)}
.al-words dt{font-weight:600;margin-top:.5rem}
.al-words dd,.al-words p{margin:0;line-height:1.5}
.stApp :is(a,button,summary,[tabindex="0"],[role=spinbutton]):focus-visible{outline:3px solid light-dark(#12436D,#9CC6EC)!important;outline-offset:2px}
.stApp .stMain:focus-visible{outline-offset:-3px}
.stApp :is([data-testid=stSelectbox],[data-testid=stMultiSelect],[data-testid=stTextInput],[data-testid=stTextArea],[data-testid=stNumberInput])
 :is(input,textarea):focus-visible{outline:3px solid light-dark(#12436D,#9CC6EC)!important;outline-offset:2px;border-radius:2px}
.stApp label:has(input:focus-visible){outline:3px solid light-dark(#12436D,#9CC6EC);outline-offset:2px;border-radius:4px}
.stApp button[data-selected=true] p{color:light-dark(#12436D,#9CC6EC)}
.stApp [role=spinbutton]{min-width:24px;min-height:24px;text-align:center}
.stApp .stSidebar[data-collapsed=true]{visibility:hidden}
@media print{.st-key-foot_of_page,[data-testid=stSidebar],[data-testid=stHeader],.stButton,.stDownloadButton{display:none!important}}
</style>"""


def draw() -> None:
    """Once per run, before anything else (`session.guard` does it)."""
    st.html(STYLE)
