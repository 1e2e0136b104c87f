from pathlib import Path
from tests.stage import ACTORS, set_stage
from yanxiu.people.access import allowed
from yanxiu.people.models import Teacher
import sys; sys.path.insert(0,"/tmp/w/house")
import pytest
@pytest.fixture(scope='module')
def db(django_db_setup): pass
def test_gen(db, django_db_blocker, tmp_path_factory):
    from rows import ROWS
    import importlib
    out=["| 权限 | 意思 | 对象 | "+" | ".join(ACTORS)+" |","| --- | --- | --- |"+" :-: |"*len(ACTORS)]
    with django_db_blocker.unblock(), set_stage(tmp_path_factory.mktemp("s")) as st:
        for name, meaning, things in ROWS:
            app, f = name.split(".")
            may=getattr(importlib.import_module(f"yanxiu.{app}.permissions"), f)
            for thing in things:
                row=st.things[thing]
                cells=[]
                for a in ACTORS:
                    t=Teacher.objects.get(pk=st.actors[a].pk)
                    cells.append("✓" if allowed(may,t,type(row)._default_manager.all()).filter(pk=row.pk).exists() else "✗")
                out.append(f"| `{name}` | {meaning} | {thing} | "+" | ".join(cells)+" |")
    Path("/tmp/w/house/perm.md").write_text("\n".join(out)+"\n")
