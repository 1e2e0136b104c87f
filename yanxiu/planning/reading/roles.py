"""Who leads: the leading group with posts and duties, and the superior body."""

import re
from collections.abc import Iterator

from yanxiu.documents.reading.paragraphs import POSTS
from yanxiu.planning.reading.findings import Finding
from yanxiu.planning.reading.gaps import GAP
from yanxiu.planning.reading.items import Item, Reading

_ROLES = (
    "副主任|教研组长|备课组长|常务副组长|副组长|组长|组员|成员|总负责人?|第一责任人|负责人|顾问"
)
_SPACED_ROLES = (
    r"教研组长|备课组长|常务副组\s*长|副\s*组\s*长|组\s*长|"
    r"组\s*员|成\s*员|(?:课题|项目|研究)组?(?:主持人|负责人|组长|成员|组员)|总负责人?|第一责任人|负\s*责\s*人|顾\s*问"
)
_LABELLED = re.compile(rf"^(?P<role>{_SPACED_ROLES})\s*[:：]\s*(?P<rest>.+)$")
_ANSWERS = re.compile(
    r"^(?P<role>责任(?:人|部门|处室|领导)|牵头(?:人|部门|单位|领导)|承办(?:人|单位|部门)|主办单位|协办单位)\s*[:：]\s*(?P<rest>[^。；;]{2,40})[。；;]?$"
)
_EACH = re.compile(
    rf"(?:^|(?<=[；;。，,\s]))(?P<role>{_SPACED_ROLES})\s*[:：]\s*"
    rf"(?P<rest>(?:(?![；;。，,\s]\s*(?:{_SPACED_ROLES})\s*[:：]).)+)"
)
SURNAMES = (
    "赵钱孙李周吴郑王冯陈褚卫蒋沈韩杨朱秦许何吕张孔曹严华金魏陶姜戚谢邹苏潘葛范彭鲁韦马苗方任袁柳唐薛"
    "雷贺倪汤罗毕郝安常于傅齐康伍余顾孟黄萧尹姚邵汪毛狄米明戴宋庞熊纪舒屈项祝董梁杜阮蓝席季贾路江童颜郭"
    "梅盛林钟徐邱骆高夏蔡田樊胡霍万柯管卢莫房缪丁邓洪包左石崔吉龚程邢裴陆荣翁曲封靳段焦侯全班秋仲宫宁"
    "甘武符刘景龙叶黎白蒲邰从索赖卓屠池乔翟谭贡申冉雍温庄晏柴阎连习艾容向古易廖步耿满文寇广欧夏蒋卞史覃农闭粟兰凌滕岑曾涂尤游詹饶敖卓麦符鲍骆揭亓辛阚鞠丛邬仇栾甄佟钮桑柏窦芦聂付闫施殷章俞鹿岳牛祁鄢桂蔺皮娄麻芮井臧晁郎姬薄闵戈"
)
"""Common surnames: what follows a post is a name only if it begins with one."""
_WHO = rf"[_＿×xX]{{2,4}}|[{SURNAMES}][一-鿿]{{1,2}}"
_APPOINTED = re.compile(
    rf"(?:以|由)?(?:分管(?:教学|业务)?的?)?(?:(?<=[以由、，,；;。：:和])(?P<surname>[{SURNAMES}]))?(?P<post>{POSTS})(?P<who>{_WHO})?(?:同志|老师)?(?:亲自|兼|分别|共同|直接)?(?:(?:为|任|担任|是)(?P<role>{_ROLES})|(?:为|是)[一-鿿]{{0,8}}?(?P<first>(?:第一|直接|具体|主要)?责任人))"
)
_SEVERAL = re.compile(
    rf"(?P<list>(?:[一-鿿]{{0,8}}?{POSTS}[、和及])+)[一-鿿]{{0,4}}?{POSTS}(?:亲自|分别|共同)?(?:为|任|担任)(?P<role>常务副组长|副组长|副主任)"
)
_NAME_LIST = re.compile(
    rf"[{SURNAMES}][一-鿿]{{1,2}}(?:、(?!.*(?:主任|校长|组长|教师))[一-鿿]{{2,3}})+"
)
_NAMED_SERIES = re.compile(
    r"(?:^|[以由、，,；;])(?P<list>[^，,。；;以由]{4,60}?)(?:同志)?(?:为|任|担任)(?P<role>常务副组长|副组长|组长)"
)
_POST_AND_NAME = re.compile(
    rf"(?P<post>{POSTS}|[一-鿿]{{1,6}}(?:主席|主任|书记|处长|科长|会长|园长|校长))(?P<name>[{SURNAMES}][一-鿿]{{1,2}})(?:同志|老师)?"
)
"""副校长骆萍、工会主席方志强为副组长: each post with its name."""
_DEPARTMENT = re.compile(r"(?:^|(?<=[、，,；;。：:以由和及与\s]))[一-鿿]{1,3}(?:部|处|室|科|校区)$")
_WHOLE_POST = rf"(?:(?:^|(?<=[、，,；;和及]))[一-鿿]{{1,3}}(?:部|处|室|科|校区))?(?:{POSTS})"
"""小学部主任: a post with its department."""
_IN_LINE = re.compile(
    r"(?:^|(?<=\s))(?P<role>教研组长|备课组长|课题负责人|主持人|负责人)\s*[:：]\s*(?P<name>[一-鿿·]{2,4})(?=\s|$)"
)
_LABELS = re.compile(r"(?:^|\s)[一-鿿]{2,6}\s*[:：]")
"""学校：甲　备课组长：乙　时间：2025.9: labels parted by blanks alone."""
_POSTED = re.compile("校长|主任|书记|[园院]长|园[)）]长|教研组长")
_SOMEBODY = re.compile("组长|组员|成员|责|顾问|主持人|召集人|分管|统筹|办公室")
_TAKES = re.compile(
    rf"(?:^|(?<=[，,。；;、]))(?P<name>[{SURNAMES}][一-鿿]{{1,2}}?)(?:同志|老师)?(?:兼任|兼|担任|任)"
    r"(?P<role>(?:办公室|秘书处)(?:副?主任|秘书长?))(?=[，,。；;、]|$)"
)
"""闵知秋同志兼任办公室主任."""
_HOST = re.compile(
    rf"(?P<role>主持人)(?:是|为|[:：]|\s)?(?P<name>[{SURNAMES}][一-鿿]{{1,2}}?)(?:同志|老师)?(?=[，,。；;、）)]|$)"
)
"""课题……，主持人是白鹭洲老师."""
_HOLDS = re.compile(
    rf"(?P<role>常务副组长|副组长|组长|负责人|召集人|执行秘书)由[^，,。；;]{{0,10}}?(?P<post>{POSTS})(?P<name>(?!亲自|直接|分别|共同)[一-鿿]{{2,3}}?)?(?:兼任|担任|任)"
)
_RUNS = re.compile(
    rf"(?:^|(?<=[由，,、。；;]))(?P<post>(?:(?!由)[一-鿿]){{0,8}}?(?:{POSTS}))"
    r"(?P<name>(?!亲自|直接|具体|主要|全面|统一|共同|负责|分别)[一-鿿]{2,3}?)(?:同志|老师)?"
    r"(?P<duty>分管|(?:具体|全面|牵头)负责|统筹(?:实施|负责)|(?:具体|主要|全面)?负责[一-鿿]{2,10}?)(?=[，,、。；;下]|$)"
)
"""由副校长文某分管、教科室主任利某具体负责."""
_JOINED = re.compile(
    r"(?P<role_first>组员|成员)(?:包括|由|有|为)(?P<whole>[^，,。；;：:]{2,40})"
    r"|(?:(?:组长|校长|主任)[、，,]|^|[，,；;。])(?P<who>(?:(?!组长[、，,]|为)[^，,。；;：:])*?(?:长|主任|教师|骨干|处|室|干部|人员|代表|组))(?:为|任|担任|是)(?P<role>组员|成员)"
)
_POST = re.compile(rf"[(（]?(?P<post>{POSTS})[)）]?")
_PERSON = re.compile(
    rf"(?:分管|主管|业务|教学)?(?:的)?(?P<name>[{SURNAMES}])?(?P<post>(?:{POSTS})(?:助理)?)\s*(?:[(（](?P<duty>[^()（）]{{2,20}})[)）])?"
)
_NAME_POST = re.compile(rf"(?P<name>[{SURNAMES}][一-鿿×xX某＊*]{{1,2}})[(（](?P<post>{POSTS})[)）]")
_PERSONS = re.compile(r"(?:[(（][^()（）]*[)）]|[^、，,])+")
_POST_LIKE = r"[^()（）]{0,10}(?:长|书记|主任|主席|师|员|人|部|处|室|干事)(?:[、兼][^()（）]{2,8})?"
_WITH_POST = re.compile(
    rf"\s*(?P<name>[一-鿿×xX某＊*_＿]{{2,4}}(?:\s[一-鿿])?)\s*[(（](?P<post>{_POST_LIKE})(?:[，,]\s*(?P<duty>[^()（）]{{2,16}}))?[)）](?:[、，,；;\s]+|$)"
)
_POST_BEFORE = re.compile(
    rf"(?P<post>{POSTS})(?P<name>[{SURNAMES}][一-鿿]{{1,2}})(?:同志|老师)?(?:[。，,；;](?P<duty>(?:全面|主要|具体)?(?:负责|主持|统筹|分管).{{2,30}}))?"
)
_SHARING = re.compile(
    rf"(?P<names>[一-鿿×某]{{2,4}}(?:[、，,\s]+[一-鿿×某]{{2,4}})+)\s*[(（](?P<post>{_POST_LIKE})[)）]"
)
_LEADERS = re.compile(r"^(?P<role>(?:常务)?副?主任|秘书长?)\s*[:：]\s*(?P<rest>.+)$")
_ADVISER = re.compile(
    r"聘请?了?(?P<who>[一-鿿]{2,16}?)(?:同志|老师)?(?:为|担任|任)[一-鿿]{0,6}?(?P<role>顾问)"
)
_NAMED = re.compile(
    rf"(?:^|(?<=[，,。；;、:：]))(?P<role>常务副组长|副组长|组长|副主任|负责人)(?:是|为|\s)?"
    rf"(?P<name>[{SURNAMES}](?:(?!老师|同志)[一-鿿]{{1,2}}|[×xX*＊某]{{1,2}}|(?=老师|同志)))(?:老师|同志)?(?=[，,。；;、]|$)"
)
_NAMED_WITH_POST = re.compile(
    rf"(?:^|(?<=[，,。；;、:：]))(?P<role>常务副组长|副组长|组长|副主任)(?:是|为)"
    rf"(?P<post>[一-鿿]{{0,4}}?(?:{POSTS}))(?P<name>[{SURNAMES}][一-鿿]{{1,2}})(?:同志|老师)?(?=[，,。；;、]|$)"
)
"""副组长为分管副校长施月华: the role, then the post with its name."""
_SPACED_LEADERS = re.compile(
    rf"(?:(?:^|[ \u3000\t]+)(?:{_ROLES}|[一-鿿]{{2,6}}组组长)(?=[ \u3000\t]))"
    rf"(?:[ \u3000\t、]+(?:{POSTS}|[{SURNAMES}][一-鿿]{{1,2}}|{_ROLES}))+"
)
"""组长 王建国　副组长 李红 陈东: a line of roles, posts and names, parted by blanks alone."""
_BRACKETS = re.compile(r"[(（]\s*[)）]")
_SURNAME = re.compile(r"^[一-鿿]$")
_OTHER_LABEL = re.compile(r"[\s，,；;]+[一-鿿]{2,6}[:：]")
"""方晓　记录员：许可: the label of somebody else."""
_IS_POST = re.compile(r"主任|校长|园长|书记|组长|助理|干事|干部|主席|教师|部门|处$|[教科]室$")
_NAME = re.compile(r"^[一-鿿]{1,2}\s?[一-鿿]{1,2}$")
_MEMBERS = ("组员", "成员")
_PLACE = "[一-鿿]{0,6}?(?:省|市|州|县|区|旗|镇|乡)"
_BODY = (
    "教育部|教育厅|教师发展研究院|教师发展院|教学研究院|教育局|教体局|教育和体育局|教育委员会|教委|教育办公室|教育办|教研室|教研院|教科院|教科所"
    "|教师发展中心|教师进修学[校院]|进修学[校院]|教育学院|教育研究院|教研中心"
)
_SUPERIOR = re.compile(
    rf"(?P<body>(?:{_PLACE})(?:{_BODY})+|(?<=根据|按照|依据|遵照|落实)(?:我?[一-鿿]{{0,3}}[镇乡县区市])?中心(?:学)?校(?=的?(?:统一)?(?:部署|安排|要求|精神)))|(?P<level>[省市州县区镇乡])(?:里|级)?(?:统一)?(?:组织|下发|要求|举办|安排|部署)"
)
_LEAD = re.compile(
    r"^.*(?:了|被|得到了?|接受|报送?|经|请|受|到|在|由|以|根据|按照|依据|依照|邀请|和|与|向|落实|执行|贯彻|围绕|结合|配合|参加|完成|为)(?=[一-鿿]+$)"
)
_BIDDEN = re.compile(r"(?:根据|按照|依据|遵照|落实|贯彻)[一-鿿]{0,6}$")
_INVITES = re.compile(r"(?:[一-鿿]{0,4}?)(?:邀请|聘请)")
_INVITED = re.compile(r"(?:邀请|聘请|请到|请来)了?[一-鿿、]{0,6}$")
_SEPARATORS = re.compile(r"[\s、，,；;。]+")


def is_labelled_role(text: str) -> bool:
    """Whether `text` is a line of a list of leaders: 组长：林校长."""
    return bool(_LABELLED.match(text))


def read_roles(reading: Reading) -> Iterator[Finding]:
    """Leaders and members as named, and the first superior body."""
    for item in reading.items:
        answer = _ANSWERS.match(item.text) if item.month is None else None
        if answer:
            yield _answering(reading, item, answer)
        elif (led := _LEADERS.match(item.text)) and _with_posts(reading, item, led):
            yield from _with_posts(reading, item, led)
        elif _LABELLED.match(item.text) or len(_EACH.findall(item.text)) > 1:
            for match in _EACH.finditer(item.text):
                yield from _several(reading, item, match) or [_labelled(reading, item, match)]
        elif _SPACED_LEADERS.fullmatch(item.text.strip()):
            yield from _spaced(reading, item)
        else:
            yield from _appointed(reading, item)
    yield from _superior(reading)


def _spaced(reading: Reading, item: Item) -> Iterator[Finding]:
    """组长 校长 王建国　副组长 李红: each name with the post before it, each role with its own."""
    line, role = item.line(), ""
    post: str | None = None
    names: list[tuple[str, str | None, str | None]] = []
    for word in _SEPARATORS.split(item.text.strip()):
        if re.fullmatch(rf"{_ROLES}|[一-鿿]{{2,6}}组组长", word):
            names += [(role, post, None)] if post else []
            role, post = word, None
        elif _POST.fullmatch(word):
            names += [(role, post, None)] if post else []
            post = word
        else:
            names.append((role, post, word))
            post = None
    names += [(role, post, None)] if post else []
    for each, held, name in names:
        value: dict[str, object] = {"post": held, "name": name, "duty": None}
        if each.endswith(_MEMBERS):
            value = {"names": [name] if name else [], "duty": held}
        yield Finding("role", each, value, line.number, reading.written[line.number])


def _answering(reading: Reading, item: Item, match: re.Match[str]) -> Finding:
    """责任人：莫主任: who answers for what is told around the line."""
    rest = match["rest"].strip().rstrip("。；;")
    value = _leader(rest, _POST.search(rest))
    if value["post"] is None and value["name"] is None:
        value = {"post": None if GAP.search(rest) else rest, "name": None, "duty": None}
    line = item.line(match.start("rest"))
    return Finding("role", match["role"], value, line.number, reading.written[line.number])


def _several(reading: Reading, item: Item, match: re.Match[str]) -> list[Finding]:
    """副组长:秦副校长（分管教学）、姚主任: one each, if all are a surname with a post."""
    role = "".join(match["role"].split())
    rest = match["rest"].strip().rstrip("。；;")
    if not role.endswith(_MEMBERS):
        each = _with_posts(reading, item, match)
        if each:
            return each
    listed = _NAME_LIST.fullmatch(rest) if not role.endswith(_MEMBERS) else None
    if listed:  # 副组长：蔡文举、单玉洁
        line = item.line(match.start("rest"))
        written = reading.written[line.number]
        return [
            Finding("role", role, {"post": None, "name": name, "duty": None}, line.number, written)
            for name in rest.split("、")
        ]
    pieces = list(_PERSONS.finditer(rest))
    named = [_NAME_POST.fullmatch(piece[0].strip()) for piece in pieces]
    if len(named) > 1 and all(named):  # 副组长：覃某（副校长）、蓝某（教导主任）
        line = item.line(match.start("rest"))
        written = reading.written[line.number]
        return [
            Finding("role", role, {**one.groupdict(), "duty": None}, line.number, written)
            for one in named
            if one
        ]
    persons = [_PERSON.fullmatch(piece[0].strip()) for piece in pieces]
    alone = len(pieces) == 1 and not (persons[0] and persons[0]["name"])
    if role.endswith(_MEMBERS) or alone or not all(persons):
        return []
    line = item.line(match.start("rest"))
    return [
        Finding("role", role, dict(person.groupdict()), line.number, reading.written[line.number])
        for person in persons
        if person
    ]


def _with_posts(reading: Reading, item: Item, match: re.Match[str]) -> list[Finding]:
    """副组长：蒋某（教学副校长） 卓某（工会主席）: one each, if every name has its post."""
    role, rest = "".join(match["role"].split()), match["rest"].strip().rstrip("。；;")
    line = item.line(match.start("rest"))
    written = reading.written[line.number]
    told: list[dict[str, object]] = []
    place = 0
    while place < len(rest):
        one = _WITH_POST.match(rest, place)
        if one is None:
            break
        name = None if GAP.search(one["name"]) else one["name"]
        told.append({"post": one["post"], "name": name, "duty": one["duty"]})
        place = one.end()
    before = _POST_BEFORE.fullmatch(rest)
    if before:
        told, place = [dict(before.groupdict())], len(rest)
    if place < len(rest) or not told:
        return _sharing(reading, item, match)
    return [Finding("role", role, value, line.number, written) for value in told]


def _sharing(reading: Reading, item: Item, match: re.Match[str]) -> list[Finding]:
    """副主任：郁某、水某（各校区分管校长）: several names before one post."""
    shared = _SHARING.fullmatch(match["rest"].strip().rstrip("。；;"))
    if shared is None:
        return []
    line = item.line(match.start("rest"))
    role, written = "".join(match["role"].split()), reading.written[line.number]
    return [
        Finding(
            "role", role, {"post": shared["post"], "name": name, "duty": None}, line.number, written
        )
        for name in _SEPARATORS.split(shared["names"].strip())
    ]


def _labelled(reading: Reading, item: Item, match: re.Match[str]) -> Finding:
    rest = match["rest"].strip().rstrip("。；;")
    bare = re.sub(r"[()（）]", " ", _BRACKETS.sub(" ", rest))
    post = _POST.search(bare)
    place = match.start("rest")
    role = "".join(match["role"].split())
    rest, bare = (_OTHER_LABEL.split(each, maxsplit=1)[0] for each in (rest, bare))
    if role.endswith(_MEMBERS):
        value = _members(rest)
    else:
        value = _leader(bare, post)
        place += post.start() if post else 0
    line = item.line(place)
    return Finding("role", role, value, line.number, reading.written[line.number])


def _members(rest: str) -> dict[str, object]:
    names: list[str | None] = []
    duty: list[str] = []
    for piece in filter(None, _SEPARATORS.split(rest)):
        if GAP.search(piece):
            names.append(None)
        elif _NAME.match(piece) and not re.search(
            r"[各全组长师体员处室部科办]|主[任席]|书记", piece
        ):
            names.append(piece)
        else:
            duty.append(piece.removeprefix("及"))
    return {"names": names, "duty": "、".join(duty) or None}


def _leader(rest: str, post: re.Match[str] | None) -> dict[str, object]:
    told = _SEPARATORS.split(_POST.sub(" ", rest, count=1))
    pieces = [piece for piece in told if piece and not GAP.search(piece) and piece != "分管"]
    name = next((p for p in pieces if _NAME.match(p) and not _IS_POST.search(p)), None)
    if name is None and post and _SURNAME.search(rest[: post.start()]):
        name = pieces[0] if pieces else None
    duty = "，".join(piece for piece in pieces if piece != name)
    return {"post": post["post"] if post else None, "name": name, "duty": duty or None}


def _appointed(reading: Reading, item: Item) -> Iterator[Finding]:
    if not _SOMEBODY.search(item.text):
        return
    alone = _IN_LINE.fullmatch(item.text)
    several = len(_LABELS.findall(item.text)) > 1
    labelled = _IN_LINE.finditer(item.text) if alone or several else ()
    for match in labelled:
        line = item.line(match.start("name"))
        one: dict[str, object] = {"post": None, "name": match["name"], "duty": None}
        yield Finding("role", match["role"], one, line.number, reading.written[line.number])
    for match in _JOINED.finditer(item.text):
        group = "whole" if match["whole"] else "who"
        line = item.line(match.start(group))
        if GAP.search(match[group]):
            continue
        members: dict[str, object] = {"names": [], "duty": match[group]}
        role = match["role"] or match["role_first"]
        yield Finding("role", role, members, line.number, reading.written[line.number])
    for match in _ADVISER.finditer(item.text) if "聘" in item.text else ():
        line = item.line(match.start("who"))
        adviser: dict[str, object] = {"post": None, "name": match["who"], "duty": None}
        yield Finding("role", match["role"], adviser, line.number, reading.written[line.number])
    named_so = (_NAMED, _TAKES, _HOST)
    for match in (each for pattern in named_so for each in pattern.finditer(item.text)):
        line = item.line(match.start("name"))
        named: dict[str, object] = {"post": None, "name": match["name"], "duty": None}
        yield Finding("role", match["role"], named, line.number, reading.written[line.number])
    if _POSTED.search(item.text):
        yield from _posted(reading, item)


def _posted(reading: Reading, item: Item) -> Iterator[Finding]:
    """Leaders told by their post: 由校长任组长; the patterns are long and most text has no post."""
    for match in _SEVERAL.finditer(item.text):
        for post in re.finditer(_WHOLE_POST, match["list"]):
            line = item.line(match.start("list") + post.start())
            before = match["list"][: post.start()][-1:]
            name = before if before in SURNAMES and before else None
            shared: dict[str, object] = {"post": post[0], "name": name, "duty": None}
            yield Finding("role", match["role"], shared, line.number, reading.written[line.number])
    for match in _NAMED_SERIES.finditer(item.text):
        told = [_POST_AND_NAME.fullmatch(piece) for piece in match["list"].split("、")]
        for each in told if all(told) else ():
            if each:
                line = item.line(match.start("list"))
                named: dict[str, object] = {**each.groupdict(), "duty": None}
                yield Finding(
                    "role", match["role"], named, line.number, reading.written[line.number]
                )
    for match in _RUNS.finditer(item.text):
        line = item.line(match.start("post"))
        runs: dict[str, object] = match.groupdict()
        yield Finding("role", match["post"], runs, line.number, reading.written[line.number])
    for match in (*_NAMED_WITH_POST.finditer(item.text), *_HOLDS.finditer(item.text)):
        line = item.line(match.start("post"))
        held: dict[str, object] = {"post": match["post"], "name": match["name"], "duty": None}
        yield Finding("role", match["role"], held, line.number, reading.written[line.number])
    for match in _APPOINTED.finditer(item.text):
        if match["role"] in _MEMBERS:
            continue
        line = item.line(match.start("post"))
        who = match["who"] or match["surname"]
        name = who if who and not GAP.search(who) else None
        above = None if who else _DEPARTMENT.search(item.text[: match.start("post")])
        whole = (above[0] if above else "") + match["post"]
        value: dict[str, object] = {"post": whole, "name": name, "duty": None}
        role = match["role"] or match["first"]
        yield Finding("role", role, value, line.number, reading.written[line.number])


def _superior(reading: Reading) -> Iterator[Finding]:
    """The first body named in full, else the first level (市里举办)."""
    found = [(item, match) for item in reading.items for match in _SUPERIOR.finditer(item.text)]
    found = [pair for pair in found if not _is_guest(*pair)]
    found.sort(key=lambda pair: (pair[1]["body"] is None, not _commands(*pair)))
    for item, match in found[:1]:
        line = item.line(match.start())
        value = _LEAD.sub("", match["body"]) if match["body"] else match["level"]
        yield Finding("role", "superior", value, line.number, reading.written[line.number])


def _commands(item: Item, match: re.Match[str]) -> bool:
    """Whether the body is one whose orders the document follows: 根据镇中心校的统一部署."""
    return bool(_BIDDEN.search(item.text[: match.start()]) or _BIDDEN.match(match[0]))


def _is_guest(item: Item, match: re.Match[str]) -> bool:
    """Whether only somebody of the body was invited."""
    return bool(_INVITED.search(item.text[: match.start()]) or _INVITES.match(match[0]))
