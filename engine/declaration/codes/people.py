"""What the information page asks about a person."""

from engine.declaration.codes.code import Code

SEX = (Code("1", "男", "male"), Code("2", "女", "female"))
"""GB/T 2261.1; unknown and unstated do not occur, because the ID number says it."""

POLITICAL_STATUS = (
    Code("01", "中共党员", "member of the Communist Party of China"),
    Code("02", "中共预备党员", "probationary member of the Communist Party of China"),
    Code("03", "共青团员", "member of the Communist Youth League"),
    Code("04", "民革党员", "member of the Revolutionary Committee of the Kuomintang"),
    Code("05", "民盟盟员", "member of the China Democratic League"),
    Code("06", "民建会员", "member of the China National Democratic Construction Association"),
    Code("07", "民进会员", "member of the China Association for Promoting Democracy"),
    Code("08", "农工党党员", "member of the Chinese Peasants' and Workers' Democratic Party"),
    Code("09", "致公党党员", "member of the China Zhi Gong Party"),
    Code("10", "九三学社社员", "member of the Jiusan Society"),
    Code("11", "台盟盟员", "member of the Taiwan Democratic Self-Government League"),
    Code("12", "无党派人士", "personage without party affiliation"),
    Code("13", "群众", "no party affiliation"),
)
"""GB/T 4762-1984."""

MARITAL_STATUS = (
    Code("10", "未婚", "unmarried"),
    Code("20", "已婚", "married"),
    Code("30", "丧偶", "widowed"),
    Code("40", "离婚", "divorced"),
)
"""GB/T 2261.2, without its finer codes."""

HEALTH = (
    Code("健康", "健康", "healthy"),
    Code("良好", "良好", "good"),
    Code("一般", "一般", "fair"),
    Code("有慢性病", "有慢性病", "chronically ill"),
    Code("残疾", "残疾", "disabled"),
)

PRIOR_EDUCATION = (
    Code("10", "研究生", "postgraduate"),
    Code("20", "本科", "undergraduate"),
    Code("21", "本科结业", "undergraduate studies completed without a degree"),
    Code("30", "专科", "junior college"),
    Code("40", "中等职业", "secondary vocational"),
    Code("60", "高中", "senior high school"),
    Code("70", "初中", "junior high school"),
    Code("80", "小学", "primary school"),
    Code("90", "其他", "other"),
)
"""GB/T 4658-2006."""

PRIOR_LEVELS = (
    Code("junior_college", "专科", "junior college"),
    Code("undergraduate", "本科", "undergraduate"),
    Code("undergraduate_completed", "本科结业", "undergraduate studies completed"),
    Code("postgraduate", "研究生", "postgraduate"),
    Code("below", "专科以下", "below junior college"),
)
"""`models.PriorLevel`."""

TECHNICAL_TITLES = (
    Code("无", "无", "none"),
    Code("员级", "员级", "technician"),
    Code("助理级", "助理级", "assistant"),
    Code("中级", "中级", "intermediate"),
    Code("副高", "副高", "associate senior"),
    Code("正高", "正高", "senior"),
)

OVERSEAS = (
    Code("否", "否", "no"),
    Code("华侨", "华侨", "overseas Chinese"),
    Code("归侨", "归侨", "returned overseas Chinese"),
    Code("侨眷", "侨眷", "relative of overseas Chinese"),
    Code("香港", "香港", "Hong Kong"),
    Code("澳门", "澳门", "Macao"),
    Code("台湾", "台湾", "Taiwan"),
    Code("外籍", "外籍", "foreign national"),
)
