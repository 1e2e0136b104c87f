"""What the archive's own note says about its data."""

FORMAT = 1

SCHEMA = """# 个人成长档案的数据说明（格式第 1 版）

这个压缩包是一位教师的成长档案，离开制作它的系统也能读：
用浏览器打开 index.html 即可，不需要联网，也没有脚本。

- `index.html`：全部内容，供人阅读。
- `data.json`：同样的内容，供程序读入。编码 UTF-8。
- `originals/`：附件原件，文件名前面是内容 SHA-256 的前 12 位。
- `SHA256SUMS`：上面每个文件的 SHA-256，可用 `sha256sum -c SHA256SUMS` 核对。

## data.json

| 字段 | 含义 |
| --- | --- |
| format | 格式版本，整数 |
| kind | 固定为 yanxiu-growth-file |
| made_on | 制作日期，年-月-日 |
| origin | 制作时所在的学校 |
| period | 档案的时段，文字 |
| teacher | uid、name（姓名）、facts（封面上的项目，名称和文字成对） |
| categories | 出现的类别：code 和 name |
| terms | 各学期，由近到远：name 和 leaves |

每一条（leaf）：

| 字段 | 含义 |
| --- | --- |
| key | 这一条的编号；再次读入时凭它认出已有的，不会重复 |
| kind | 来自哪一类数据，如 activities.attended |
| category | 所在类别的 code |
| on | 日期 |
| title、part | 内容和承担的角色 |
| minutes | 分钟数，整数或空 |
| amount | 当时计得的学时等，文字；转入别处只作经历，不再认定 |
| facts、texts | 名称和文字成对；texts 是长文 |
| tables | name、head、rows，各格都是文字 |
| files | path（压缩包内的位置）、name（原来的文件名）、sha256 |

校验值能发现损坏和改动；连校验值一起改的发现不了，所以转入的内容一律按“本人申报”对待。
"""
