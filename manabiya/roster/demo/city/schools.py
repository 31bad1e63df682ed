"""The 77 schools of 白樺野市: who feeds whom, how large, which are unlike the others.

A 中学校 takes in the children of the 小学校 of its line. Behind each 小学校 stands about how many
children it has. All of it is invented; the numbers of the codes belong to no real municipality.
"""

from dataclasses import dataclass

from manabiya.law.school import SchoolKind
from manabiya.law.school_code import check_digit

MUNICIPALITY_CODE = "019998"

LINES = """higashikawabata 東川端 > midorigaoka 緑が丘 804, kawabata 川端 318
chuo 中央 > chuo-sho 中央 428, ekimae 駅前 262, otorii 大鳥居 168
shirakaba 白樺 > shirakaba-sho 白樺 806, azusa 梓 296
hokuyo 北陽 > kitanodai 北の台 588, hokuyo-sho 北陽 236
seiryo 星陵 > hoshimi 星見 562, seiryo-sho 星陵 204
minamigaoka 南が丘 > minamigaoka-sho 南が丘 520, sakuragaoka 桜が丘 302
tsutsujino 躑躅野 > tsutsujino-sho つつじ野 498, wakaba 若葉 226
asahidai 朝日台 > asahidai-sho 朝日台 486, hinode 日の出 178
nishimachi 西町 > nishimachi-sho 西町 438, suginami 杉並木 188
tokiwagi 常盤木 > tokiwagi-sho 常盤木 424, matsukaze 松風 242
komakusa 駒草 > komakusa-sho 駒草 404, yunosato 湯の里 96
raichodai 雷鳥台 > raichodai-sho 雷鳥台 392, hanazono 花園 272
mizuho 瑞穂 > mizuho-sho 瑞穂 380, inaho 稲穂 154, takuno 拓野 62
shinonome 東雲 > shinonome-sho 東雲 362, misaki 岬 164
yamabuki 山吹 > yamabuki-sho 山吹 350, fujimi 富士見 196
kashiwabara 柏原 > kashiwabara-sho 柏原 340, donguri 団栗台 182
aokidai 青木台 > aokidai-sho 青木台 328, akashiya 赤樫谷 156
nagisa 渚 > nagisa-sho 渚 316, hamanasu はまなす 282
izumino 泉野 > izumino-sho 泉野 300, shimizu-no-mori 清水の森 252
yukimi 雪見 > yukimi-sho 雪見 290, fuyuki 冬木 208
ishizawa 石狩沢 > ishikarizawa-sho 石狩沢 260, sunagawa-higashi 砂川東 84
toge 峠 > toge-sho 峠 138, sekisho 関所 42, kumanosawa 熊の沢 26
kohan 湖畔 > kohan-sho 湖畔 36, onuma 大沼 78, kohoku 湖北 5, tsurumi 鶴見 15, shikanosawa 大沼/鹿ノ沢 10"""

COMPULSORY = ("suzuran", "鈴蘭", 41)
"""義務教育学校: about how many children a grade."""
EVENING_CLASS = (10, 9, 7)
"""夜間学級: grown-ups of each grade."""
FEW = ("kohoku", (1, 1, 0, 2, 1, 0, 0, 1, 1, 1))
"""湖北小学校 has five children; behind it by absolute grade, 1 to 10 (10: left last March)."""


@dataclass(slots=True, eq=False)
class SchoolSketch:
    """A school before it is written; ``size`` for 小学校 only, ``feeds``: slug of its 中学校."""

    slug: str
    name: str
    kind: SchoolKind
    number: int
    size: int = 0
    feeds: str = ""
    main_slug: str = ""
    is_evening: bool = False
    key: str = ""

    @property
    def code(self) -> str:
        """Return the 学校コード with its check digit; the number follows the municipality's code."""
        first = f"{CODE_KINDS[self.kind]}012{MUNICIPALITY_CODE[2:]}{self.number:03d}"
        return f"{first}{check_digit(first)}"

    @property
    def phone(self) -> str:
        """Return a number that no subscriber has."""
        return f"0190-0{self.number % 10}-{1000 + 37 * self.number:04d}"

    @property
    def is_branch(self) -> bool:
        """Return whether the school is a 分校 (an evening class has a main school too)."""
        return bool(self.main_slug) and not self.is_evening


CODE_KINDS = {
    SchoolKind.ELEMENTARY: "B1",
    SchoolKind.JUNIOR_HIGH: "C1",
    SchoolKind.COMPULSORY_EDUCATION: "C2",
}


@dataclass(frozen=True, slots=True)
class CityPlan:
    """A large municipality: its schools, or (for tests) those of some 中学校 at a smaller scale."""

    slug: str
    code: str
    name: str
    doors: tuple[str, ...]
    districts: tuple[str, ...] = ()
    scale: float = 1.0

    def sketches(self) -> list[SchoolSketch]:
        """Return 小学校 first, then 中学校 with the evening class, then the 義務教育学校."""
        found = [
            school
            for school in everybody()
            if not self.districts
            or {school.slug, school.feeds} & set(self.districts)
            or school.kind is SchoolKind.COMPULSORY_EDUCATION
            or school.main_slug in self.districts
        ]
        for school in found:
            school.size = round(school.size * self.scale)
        return found


SHIRAKABANO = CityPlan(
    "shirakabano",
    MUNICIPALITY_CODE,
    "白樺野市",
    ("midorigaoka", "higashikawabata", "suzuran", "kohoku", "shikanosawa", "chuo-yakan"),
)
"""``doors``: the schools that get buttons on the login page."""


def everybody() -> list[SchoolSketch]:
    """Return all 77 schools."""
    elementary: list[SchoolSketch] = []
    junior: list[SchoolSketch] = []
    for line in LINES.splitlines():
        head, feeders = line.split(" > ")
        slug, name = head.split(" ")
        number = len(junior) + 60
        junior.append(SchoolSketch(slug, f"{name}中学校", SchoolKind.JUNIOR_HIGH, number))
        for feeder in feeders.split(", "):
            elementary.append(_elementary(feeder, slug, len(elementary) + 1))
    evening = SchoolSketch(
        "chuo-yakan",
        "中央中学校 夜間学級",
        SchoolKind.JUNIOR_HIGH,
        len(junior) + 60,
        main_slug="chuo",
        is_evening=True,
    )
    slug, name, size = COMPULSORY
    whole = SchoolSketch(slug, f"{name}義務教育学校", SchoolKind.COMPULSORY_EDUCATION, 90, size * 9)
    return [*elementary, *junior, evening, whole]


def _elementary(text: str, feeds: str, number: int) -> SchoolSketch:
    slug, name, size = text.split(" ")
    main, _, branch = name.partition("/")
    full = f"{main}小学校 {branch}分校" if branch else f"{main}小学校"
    kind, main_slug = SchoolKind.ELEMENTARY, "onuma" if branch else ""
    return SchoolSketch(slug, full, kind, number, int(size), feeds, main_slug)
