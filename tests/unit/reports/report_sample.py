"""A small report with every kind of block, for the tests of its writers."""

from __future__ import annotations

import hashlib
from decimal import Decimal
from io import BytesIO

from PIL import Image

from assessor.reports.document import (
    Bar,
    BarChart,
    Beside,
    Block,
    Cell,
    Column,
    Cover,
    Document,
    Field,
    Heading,
    Headline,
    KeyValues,
    Listing,
    ListItem,
    Masthead,
    Meta,
    PageBreak,
    Paragraph,
    Photo,
    Photos,
    Position,
    Radar,
    Row,
    Run,
    Series,
    Signatory,
    SignaturePanel,
    Table,
    Together,
)

ONE = Decimal(1)
META = Meta(
    title="未来工厂分级建设现场评估报告",
    subject="宁波示例精密模具有限公司",
    language="zh",
    payload_digest="ab" * 32,
    rubric_id="zj.future_factory",
    rubric_version="1.0.0",
    rubric_digest="8f3a0c21" * 8,
    generated="assessor 0.1.0",
)


def picture(width: int = 400, height: int = 300) -> bytes:
    """Return a photo with a GPS position and an orientation that lays it on its side."""
    image = Image.new("RGB", (width, height), (90, 120, 150))
    image.paste((220, 40, 40), (0, 0, width // 2, height // 2))
    exif = image.getexif()
    exif[0x0112] = 6
    exif.get_ifd(0x8825)[1] = "N"
    out = BytesIO()
    image.save(out, "JPEG", exif=exif)
    return out.getvalue()


PICTURE = picture()
PHOTO = Photo(hashlib.sha256(PICTURE).hexdigest(), "装配二线 MES 终端", 300, 400)


def images(sha256: str) -> bytes:
    """Return the only picture there is."""
    assert sha256 == PHOTO.sha256
    return PICTURE


def ledger(rows: int) -> Table:
    """Return a long table: a group title, numbered rows, a total."""
    columns = (
        Column("序号", align="right"),
        Column("设备名称", Decimal(4)),
        Column("数控"),
        Column("得分率", Decimal(2), "right"),
    )
    body = tuple(
        Row(
            (
                Cell(str(number), Decimal(number)),
                Cell(f"五轴加工中心 {number} 号（含在线测量）"),
                Cell("是", mark="check", tone="good"),
                Cell(f"{number}.00 %", share=Decimal(number) / rows),
            )
        )
        for number in range(1, rows + 1)
    )
    total = Row((Cell("合计"), Cell(), Cell(str(rows)), Cell("66.10 %")), "total")
    return Table(columns, (Row((Cell("一、机加工"),), "group"), *body, total), "ledger", "设备台账")


def blocks() -> tuple[Block, ...]:
    """Return one of every kind of block."""
    radar = Radar(
        ("赋能保障", "基础支撑", "智能化生产"),
        (Series("评估", (ONE, ONE / 2, ONE / 4)), Series("自评", (ONE, ONE, ONE), dashed=True)),
        ("100.00", "50.00", "25.00"),
    )
    curve = ((Decimal(0), Decimal(0)), (Decimal(75), Decimal(4)), (Decimal(90), Decimal(5)))
    badge = Paragraph((Run("依据 "), Run("官方", badge="official"), Run(" 较严", tone="muted")))
    return (
        Cover("2026 批次", META.title, META.subject, (Field("日期", "2026-11-20"),), "派生草案"),
        Masthead("评估报告", META.subject, "统一社会信用代码 91330200MA2XXXXX0X"),
        Headline("结论", "达到“数字化车间”", (Run("差 4 题"),), "214.60", "满分 345", tone="good"),
        Beside(((radar,), (Listing((ListItem("采集率 92.30 %"),), True, "做得好的"),)), (ONE, ONE)),
        PageBreak(),
        Heading(1, "逐题评估", "items"),
        Heading(3, "35 作业排程", "item-35", "3.00 / 5.00"),
        Together(
            (badge, Listing((ListItem("人工排程", "radio"), ListItem("闭环", "chosen_radio"))))
        ),
        Paragraph("现场抽查工单，均为人工改期；well-known 罕见字𬭎、𠮷。" * 12),
        Paragraph("未见重排记录。", "caution"),
        Paragraph("企业自评：已闭环。", "quote"),
        Photos((PHOTO,)),
        Position(curve, True, Decimal(80), Decimal(4), "联网率（%）", "80.00 %", ("0", "75", "90")),
        BarChart((Bar("智能化生产", ONE / 2, "50.00 %", target=ONE),), ONE / 2, "评定线 75 %"),
        KeyValues((Field("设备总数", "128 台"), Field("联网设备", "106 台"), Field("率", "1")), 2),
        Heading(2, "台账", "ledger"),
        ledger(80),
        SignaturePanel(
            (Signatory("组长", "张三", "2026-11-20", PHOTO), Signatory("组员")), "签名", "日期"
        ),
    )


def sample(*pages: Block) -> Document:
    """Return a Document of `pages`, or of one of every kind of block."""
    return Document(META, pages or blocks())
