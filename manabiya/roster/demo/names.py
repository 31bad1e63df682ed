"""Invented people: names with kana true to the kanji, some rare letters and long ones."""

import random
from dataclasses import dataclass

FAMILY = """青木 あおき|阿部 あべ|五十嵐 いがらし|石﨑 いしざき|石川 いしかわ|伊藤 いとう|井上 いのうえ|上野 うえの
遠藤 えんどう|大久保 おおくぼ|太田 おおた|岡田 おかだ|小笠原 おがさわら|小川 おがわ|小野寺 おのでら|加藤 かとう
勝又 かつまた|金子 かねこ|菊地 きくち|木村 きむら|工藤 くどう|小林 こばやし|近藤 こんどう|齋藤 さいとう
斉藤 さいとう|坂本 さかもと|佐々木 ささき|佐藤 さとう|澤口 さわぐち|清水 しみず|鈴木 すずき|髙橋 たかはし
高橋 たかはし|武田 たけだ|田中 たなか|千葉 ちば|勅使河原 てしがわら|中川 なかがわ|中島 なかじま|中村 なかむら
長谷川 はせがわ|西﨑 にしざき|西村 にしむら|橋本 はしもと|濵田 はまだ|林 はやし|原田 はらだ|福田 ふくだ
藤井 ふじい|藤田 ふじた|藤原 ふじわら|本間 ほんま|前田 まえだ|松本 まつもと|三浦 みうら|三上 みかみ
村上 むらかみ|森 もり|栁沼 やぎぬま|山口 やまぐち|山﨑 やまざき|山田 やまだ|山本 やまもと|𠮷田 よしだ
吉田 よしだ|渡邉 わたなべ|渡辺 わたなべ|和田 わだ|葛󠄀城 かつらぎ|東海林 とうかいりん|南 みなみ|岩渕 いわぶち"""

BOYS = """陽翔 はると|蓮 れん|湊 みなと|碧 あお|颯太郎 そうたろう|悠真 ゆうま|大和 やまと|朝陽 あさひ|樹 いつき|律 りつ
暖 だん|蒼空 そら|航大 こうだい|海斗 かいと|琥太郎 こたろう|虎太郎 こたろう|悠斗 ゆうと|創 はじめ|新 あらた|奏太 そうた
健人 けんと|大輝 だいき|翔 しょう|直樹 なおき|拓也 たくや|陸 りく|隼人 はやと|瑛太 えいた|匠 たくみ|一颯 いぶき"""

GIRLS = """心春 こはる|莉子 りこ|結菜 ゆいな|千紗都 ちさと|紬 つむぎ|咲良 さくら|陽菜 ひな|杏 あん|芽依 めい|葵 あおい
麻里奈 まりな|詩織 しおり|楓 かえで|美桜 みお|一花 いちか|凛 りん|結衣 ゆい|澪 みお|琴音 ことね|彩花 あやか
真央 まお|千尋 ちひろ|優奈 ゆうな|七海 ななみ|日向子 ひなこ|花音 かのん|柚希 ゆずき|遥 はるか|朱莉 あかり|小夜子 さよこ"""

MOTHERS = """亜希 あき|恵 めぐみ|由美 ゆみ|直美 なおみ|香織 かおり|智子 ともこ|美穂 みほ|裕子 ゆうこ|真紀 まき|久美子 くみこ
京子 きょうこ|真由美 まゆみ|千春 ちはる|麻衣 まい|さやか さやか|奈緒 なお|絵里 えり|友香 ゆか|明子 あきこ|陽子 ようこ"""

FATHERS = """修一 しゅういち|健太 けんた|誠 まこと|剛 つよし|大介 だいすけ|浩 ひろし|学 まなぶ|哲也 てつや|徹 とおる|隆 たかし
慎吾 しんご|隆行 たかゆき|雅人 まさと|達也 たつや|俊介 しゅんすけ|亮 りょう|和也 かずや|健一 けんいち|洋平 ようへい|秀樹 ひでき"""

FOREIGN = """グエン|ティ ミン アイン|ぐえん|てぃ みん あいん|female
マルティネス|海斗|まるてぃねす|かいと|male
長谷川|ソフィア 真理|はせがわ|そふぃあ まり|female
デ・ラ・クルス|アレハンドロ 健太郎|で・ら・くるす|あれはんどろ けんたろう|male
ハッサン|ファティマ|はっさん|ふぁてぃま|female"""


@dataclass(frozen=True, slots=True)
class Person:
    """A name: 姓, 名 and their kana."""

    family_name: str
    given_name: str
    family_kana: str
    given_kana: str


def _pairs(text: str) -> list[tuple[str, str]]:
    words = [pair.split(" ") for line in text.splitlines() for pair in line.split("|")]
    return [(kanji, kana) for kanji, kana in words]


FAMILIES, BOY_NAMES, GIRL_NAMES = map(_pairs, (FAMILY, BOYS, GIRLS))
MOTHER_NAMES, FATHER_NAMES = map(_pairs, (MOTHERS, FATHERS))


def child(chance: random.Random, *, is_girl: bool, family: tuple[str, str] | None = None) -> Person:
    """Return a child's name."""
    family = family or chance.choice(FAMILIES)
    given = chance.choice(GIRL_NAMES if is_girl else BOY_NAMES)
    return Person(family[0], given[0], family[1], given[1])


def adult(
    chance: random.Random, *, is_woman: bool, family: tuple[str, str] | None = None
) -> Person:
    """Return an adult's name."""
    family = family or chance.choice(FAMILIES)
    given = chance.choice(MOTHER_NAMES if is_woman else FATHER_NAMES)
    return Person(family[0], given[0], family[1], given[1])


def foreign_children() -> list[tuple[Person, bool]]:
    """Return the children with foreign or long names, each with whether it is a girl."""
    rows = [line.split("|") for line in FOREIGN.splitlines()]
    return [(Person(f, g, fk, gk), sex == "female") for f, g, fk, gk, sex in rows]
