import re, importlib, yaml
from pathlib import Path
from tests import test_urls_by_role as u
from tests.test_urls_by_role import *  # fixtures
from tests.test_urls_by_role import _quick_and_apart
from tests.stage import ACTORS
from django.test import Client
import traceback
def thing_for(name, takes):
    if not takes: return ""
    for pat, t in (("people:roster","花名册导入"),("people:teacher","王老师"),("people:unit","数学教研组"),("people:organisation","清河小学"),
        ("terms:remove","国庆放假"),("terms:","本学期"),("planning:proposal","计划草案"),("planning:rhythm","已确认的学校计划"),("planning:","起草中的学校计划"),
        ("activities:schedule","已确认的学校计划"),("activities:amend","数学组的场次"),("activities:","数学组正在签到的场次"),("portfolio:record","王老师的研修记录"),
        ("portfolio:teacher","王老师"),("reports:","起草中的总结"),("attachments:","计划草案的原件")):
        if name.startswith(pat): return t if ("uid" in takes or "pk" in takes) else ""
    return ""
EXTRA=[("activities:session","GET","数学组的场次"),("activities:session","GET","全校的场次"),("planning:plan","GET","已确认的学校计划"),("planning:plan","GET","起草中的数学组计划"),("activities:sign_in","POST","数学组的场次"),("activities:sign_in","POST","全校的场次")]
def test_gen(stage, cookies):
    out=["| 地址 | 方法 | 对象 | "+" | ".join(u.ROLES)+" |","| --- | --- | --- |"+" --- |"*len(u.ROLES)]
    bugs=[]
    def ask(m,p,c,name):
        client=Client(raise_request_exception=False)
        if c: client.cookies["sessionid"]=c
        with transaction.atomic():
            a=client.get(p) if m=="GET" else client.post(p,u.form_of(name,stage))
            if a.status_code==500: bugs.append((m,p,"".join(traceback.format_exception(*a.exc_info)[-3:])))
            t=u.told(a)
            transaction.set_rollback(True)
        return t
    rows=[]
    for name,takes in u.ADDRESSES.items():
        things=[thing_for(name,takes)]
        for m in ("GET","POST"):
            for thing in things+[e[2] for e in EXTRA if e[0]==name and e[1]==m]:
                try: p=u.path_of(name, stage.things.get(thing), stage)
                except Exception as e: bugs.append((m,name,repr(e))); continue
                cells=[ask(m,p,cookies[r],name) for r in u.ROLES]
                if m=="GET": g=cells
                elif cells==g and name!='activities:roll': continue
                if set(cells)<={"405",u.LOG_IN} and "405" in cells: continue
                out.append(f"| `{name}` | {m} | {thing} | "+" | ".join(cells)+" |")
    Path("/tmp/w/house/urls.md").write_text("\n".join(out)+"\n")
    Path("/tmp/w/house/bugs.txt").write_text("\n".join(map(str,bugs)))
