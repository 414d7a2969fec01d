"""The provinces by code, name and the spellings sheets use: 「广东」, 「Guangdong Sheng」, 「Neimenggu Zizhiqu」.

34 names that do not change; everything below a province is in the places table.
"""

from app.core.widths import half_width

_TABLE = """
110000 北京市 北京 beijing
120000 天津市 天津 tianjin
130000 河北省 河北 hebei
140000 山西省 山西 shanxi
150000 内蒙古自治区 内蒙古 neimenggu innermongolia neimongol
210000 辽宁省 辽宁 liaoning
220000 吉林省 吉林 jilin
230000 黑龙江省 黑龙江 heilongjiang
310000 上海市 上海 shanghai
320000 江苏省 江苏 jiangsu
330000 浙江省 浙江 zhejiang
340000 安徽省 安徽 anhui
350000 福建省 福建 fujian
360000 江西省 江西 jiangxi
370000 山东省 山东 shandong
410000 河南省 河南 henan
420000 湖北省 湖北 hubei
430000 湖南省 湖南 hunan
440000 广东省 广东 guangdong
450000 广西壮族自治区 广西 guangxi guangxizhuangzu
460000 海南省 海南 hainan
500000 重庆市 重庆 chongqing
510000 四川省 四川 sichuan
520000 贵州省 贵州 guizhou
530000 云南省 云南 yunnan
540000 西藏自治区 西藏 xizang tibet
610000 陕西省 陕西 shaanxi shanxi3
620000 甘肃省 甘肃 gansu
630000 青海省 青海 qinghai
640000 宁夏回族自治区 宁夏 ningxia ningxiahuizu
650000 新疆维吾尔自治区 新疆 xinjiang xinjiangweiwuer xinjianguygur
710000 台湾省 台湾 taiwan
810000 香港特别行政区 香港 xianggang hongkong
820000 澳门特别行政区 澳门 aomen macao macau
"""
_ENDINGS = ("sheng", "shi", "zizhiqu", "province", "municipality", "autonomousregion", "sar")
_BY_SPELLING = {
    spelling: (code, name)
    for code, name, *spellings in (line.split() for line in _TABLE.strip().splitlines())
    for spelling in (name, *spellings)
}


def province(typed: str) -> tuple[str, str] | None:
    """Code and name of a province however it is spelled, or None: 「Jilin Sheng」 → (「220000」, 「吉林省」)."""
    plain = "".join(half_width(typed).lower().split())
    if found := _BY_SPELLING.get(plain):
        return found
    return next((found for ending in _ENDINGS if (found := _BY_SPELLING.get(plain.removesuffix(ending)))), None)
