"""What staff choose from: reasons, originals; and the names of categories, half-days, documents."""

from engine.declaration.codes.code import Code

CATEGORIES = (
    Code("junior_college", "专科", "Junior college"),
    Code("undergraduate", "本科（专升本）", "Undergraduate (top-up)"),
    Code("second_undergraduate", "本科二学历", "Second undergraduate degree"),
    Code("again", "补办重报", "Declared again"),
)
"""`models.Category`."""

LEVELS = (
    Code("junior_college", "专科", "junior college"),
    Code("undergraduate_topup", "专升本", "undergraduate top-up"),
)
"""`models.Level`."""

HALF_DAYS = (Code("morning", "上午", "morning"), Code("afternoon", "下午", "afternoon"))

DOCUMENTS = (
    Code("registration_form", "毕业生登记表", "Graduate registration form"),
    Code("application_form", "毕业申请表", "Graduation application form"),
    Code("transcript", "考生成绩单", "Candidate's transcript"),
    Code("mailing_slip", "邮寄单", "Mailing slip"),
    Code("receipt", "缴费收据", "Receipt of payment"),
)

CERTIFICATE_REFUSALS = (
    Code("unreadable", "证书不清晰", "The certificate is not legible"),
    Code("other_name", "姓名不符", "The name is another person's"),
    Code("other_id_number", "身份证号不符", "The ID number is another person's"),
    Code("wrong_type", "证书类型选择错误", "The type chosen is not that of the certificate"),
    Code(
        "wrong_facts", "填写的信息与证书不一致", "What was filled in differs from the certificate"
    ),
    Code(
        "not_exempting",
        "该证书不能免考所选课程",
        "The certificate does not exempt from this course",
    ),
    Code("unverifiable", "无法核实证书真伪", "The certificate could not be verified"),
    Code("other", "其他", "Another reason"),
)

RETURN_REASONS = (
    Code("differs", "与原件不一致", "Differs from the original"),
    Code("incomplete", "填写不完整", "Incomplete"),
    Code("unreadable", "不清晰", "Not legible"),
    Code("photo", "照片不符合要求", "The photo does not meet the rules"),
    Code("other", "其他", "Another reason"),
)

CORRECTION_REFUSALS = (
    Code("evidence", "证明材料不足", "The evidence is not sufficient"),
    Code("unreadable", "证明材料不清晰", "The evidence is not legible"),
    Code("not_the_same", "不能证明是同一人", "It does not show that it is the same person"),
    Code("taken", "该身份证号已被他人使用", "The ID number is another candidate's"),
    Code("other", "其他", "Another reason"),
)

ORIGINALS = (
    Code("id_card", "身份证", "ID card"),
    Code("admission_ticket", "准考证", "Admission ticket"),
    Code("prior_diploma", "前置学历毕业证书", "Diploma of the prior qualification"),
    Code("certificates", "免考证书", "Certificates used for exemptions"),
    Code("registration_form", "毕业生登记表（签名）", "Signed registration form"),
    Code("moral_appraisal", "思想品德鉴定（盖章）", "Stamped appraisal of conduct"),
)
