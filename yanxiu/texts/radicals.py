"""Radical code points that PDF exporters put where ordinary characters belong.

Only U+2E80 to U+2FDF are touched. Normalising the whole text would also turn full-width
punctuation into ASCII, so that is never done to stored text.
"""

import re
import unicodedata

# Unicode's table of equivalents sends fourteen of these outside the basic plane and ⺴ to 冗;
# school texts mean the everyday characters below.
_SUPPLEMENT = (
    "⺀々⺁厂⺂乛⺃乚⺄乙⺅亻⺆冂⺇几⺈刀⺉刂⺊卜⺋㔾⺌小⺍小⺎兀⺏尣⺐尢⺑尢⺒巳⺓幺⺔彑⺕彐⺖忄⺗㣺"
    "⺘扌⺙攵⺛旡⺜日⺝月⺞歺⺟母⺠民⺡氵⺢氺⺣灬⺤爫⺥爫⺦丬⺧牛⺨犭⺩王⺪疋⺫目⺬示⺭礻⺮竹⺯糹⺰纟"
    "⺱罓⺲罒⺳㓁⺴网⺵网⺶羊⺷羊⺸羊⺹耂⺺肀⺻聿⺼月⺽臼⺾艹⺿艹⻀艹⻁虎⻂衤⻃覀⻄西⻅见⻆角⻇角⻈讠"
    "⻉贝⻊足⻋车⻌辶⻍辶⻎辶⻏阝⻐钅⻑長⻒镸⻓长⻔门⻕阜⻖阝⻗雨⻘青⻙韦⻚页⻛风⻜飞⻝食⻞食⻟飠⻠饣"
    "⻡首⻢马⻣骨⻤鬼⻥鱼⻦鸟⻧卤⻨麦⻩黄⻪黾⻫斉⻬齐⻭歯⻮齿⻯竜⻰龙⻱龜⻲亀⻳龟"
)
_OVERRIDES = {"⼾": "户"}  # NFKC gives the traditional 戶, but PDFs of simplified texts use it


def _table() -> dict[int, str]:
    table = dict(zip(map(ord, _SUPPLEMENT[::2]), _SUPPLEMENT[1::2], strict=True))
    for point in range(0x2F00, 0x2FD6):
        table[point] = unicodedata.normalize("NFKC", chr(point))
    table.update((ord(radical), plain) for radical, plain in _OVERRIDES.items())
    return table


TABLE = _table()
_RADICAL = re.compile("[\u2e80-\u2fdf]")


def repair(text: str) -> str:
    """Give `text` with every radical code point as the character meant; the length stays."""
    # Almost no text has one, and looking for it costs a tenth of translating every character.
    return text.translate(TABLE) if _RADICAL.search(text) else text
