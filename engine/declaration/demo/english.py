"""English names of the demonstration's plans and certificate types; the source has none."""

MAJORS = {
    "汉语言文学": "Chinese Language and Literature",
    "行政管理": "Public Administration",
    "工商管理": "Business Administration",
    "会计": "Accounting",
}
VERSIONS = {
    "江苏2024版": "Jiangsu 2024",
    "演示计划（旧国考口径）": "Demonstration plan (old national style)",
}
CERTIFICATES = {
    "CET4": "College English Test, Band 4",
    "CET6": "College English Test, Band 6",
    "PETS2": "Public English Test System, Level 2",
    "PETS3": "Public English Test System, Level 3",
    "NCRE1": "National Computer Rank Examination, Level 1",
    "NCRE2": "National Computer Rank Examination, Level 2 or higher",
    "NCRE2_C": "National Computer Rank Examination, Level 2 (C)",
    "BEC": "Business English Certificate, Preliminary or higher",
    "PRIOR_DIPLOMA": "Junior college diploma or higher of the national series",
    "CHINESE_MAJOR": "Diploma in Chinese or Chinese secretarial studies",
    "FOREIGN_MAJOR": "Diploma in a foreign language",
    "ACCT_JUNIOR": "Junior accounting qualification",
    "TEACHER": "Teacher qualification certificate",
    "HR_MANAGER": "Human resource manager (vocational level)",
    "NIT": "National certificate of applied computing (two modules)",
}
