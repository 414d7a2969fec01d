"""Names are read by the longest known word, and places as their people read them."""

import pytest

from app.core import pinyin


@pytest.mark.parametrize(
    ("name", "short"),
    [
        ("广州市荔湾区逢源家庭服务中心", "gzslwqfyjtfwzx"),
        ("重庆市长寿区夕阳红养老服务中心", "cqscsqxyhylfwzx"),  # no mayor
        ("长寿区社区长者服务中心", "csqsqzzfwzx"),  # no head of the district
        ("中国市长协会", "zgszxh"),  # a mayor
        ("乐清市音乐家协会", "yqsyyjxh"),
        ("单县重阳敬老会", "sxcyjlh"),
        ("厦门市行业协会", "xmshyxh"),
        ("365公益NGO中心", "365gyngozx"),
        ("𠮷 林", "𠮷l"),
        ("", ""),
    ],
)
def test_initials(name: str, short: str) -> None:
    assert pinyin.initials(name) == short


def test_sorted_as_a_telephone_book() -> None:
    names = ["先锋中心", "西安志愿者协会", "安康中心", "长寿湖协会", "重阳会", "女童基金会"]
    order = ["安康中心", "长寿湖协会", "重阳会", "女童基金会", "西安志愿者协会", "先锋中心"]
    assert sorted(names, key=pinyin.order_key) == order


def test_every_character_is_read_once() -> None:
    for name in ("宕昌县什邡市荥经县都匀市筠连县", "内蒙古自治区呼伦贝尔市莫力达瓦达斡尔族自治旗", "没有这个地方儿"):
        assert len(pinyin.syllables(name)) == len(name)
