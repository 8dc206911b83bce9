"""The few fixed forms. Their fields are drawn by the same templates as those of task pages."""

from typing import Any

from flask import abort, request
from flask_wtf import FlaskForm
from wtforms import BooleanField, HiddenField, PasswordField, StringField
from wtforms.validators import InputRequired, Length

from engine.i18n import gettext as _

LONGEST_SECRET = 1024


def required(sentence: str) -> list[Any]:
    return [InputRequired(sentence), Length(max=200, message=_("内容过长，请核对后重新输入。"))]


class LocalForm(FlaskForm):
    """A form whose labels are read in the language of the request; every field is posted once."""

    class Meta:
        locales = ("zh",)

    def __init__(self) -> None:
        if any(len(texts) > 1 for texts in request.form.listvalues()):
            abort(400)
        super().__init__()


class CaptchaForm(LocalForm):
    captcha_id = HiddenField()
    captcha = StringField()


def sign_in_form() -> LocalForm:
    class SignInForm(CaptchaForm):
        admission_number = StringField(
            _("准考证号"), required(_("请输入准考证号。")), description=_("12 位数字")
        )
        password = PasswordField(
            _("密码"),
            [InputRequired(_("请输入密码。")), Length(max=LONGEST_SECRET, message=_("密码过长。"))],
        )

    return SignInForm()


def staff_sign_in_form() -> LocalForm:
    class StaffSignInForm(CaptchaForm):
        username = StringField(_("用户名"), required(_("请输入用户名。")))
        password = PasswordField(
            _("密码"),
            [InputRequired(_("请输入密码。")), Length(max=LONGEST_SECRET, message=_("密码过长。"))],
        )

    return StaffSignInForm()


def registration_form() -> LocalForm:
    class RegistrationForm(CaptchaForm):
        admission_number = StringField(
            _("准考证号"), required(_("请输入准考证号。")), description=_("12 位数字")
        )
        id_number = StringField(
            _("身份证号"),
            required(_("请输入身份证号。")),
            description=_("18 位，最后一位可能是 X；早年登记的 15 位号码也可以"),
        )
        name = StringField(_("姓名"), required(_("请输入姓名。")), description=_("与身份证一致"))
        mobile = StringField(
            _("手机"),
            required(_("请输入手机号码。")),
            description=_("申报期间的通知都会发到这个号码"),
        )
        code = StringField(
            _("短信验证码"),
            required(_("请输入短信验证码。")),
            description=_("6 位数字，5 分钟内有效"),
        )
        password = PasswordField(
            _("密码"),
            [
                InputRequired(_("请设置密码。")),
                Length(max=LONGEST_SECRET, message=_("密码过长。")),
            ],
            description=_("至少 10 个字符，不要使用姓名、生日或号码"),
        )
        confirmation = PasswordField(_("确认密码"), [InputRequired(_("请再次输入密码。"))])
        consent = BooleanField(
            _(
                "我已阅读申报须知，同意为办理毕业申报处理我的个人信息（包括身份证号、照片等敏感信息）"
            ),
            [InputRequired(_("请先阅读并同意个人信息处理说明。"))],
        )

    return RegistrationForm()


def forgotten_password_form() -> LocalForm:
    class ForgottenPasswordForm(CaptchaForm):
        admission_number = StringField(
            _("准考证号"), required(_("请输入准考证号。")), description=_("注册时所用的准考证号")
        )
        mobile = StringField(
            _("手机"), required(_("请输入手机号码。")), description=_("注册时所用的手机")
        )
        code = StringField(
            _("验证码"), required(_("请输入手机收到的验证码。")), description=_("6 位数字")
        )
        password = PasswordField(
            _("新密码"),
            [
                InputRequired(_("请设置新密码。")),
                Length(max=LONGEST_SECRET, message=_("密码过长。")),
            ],
            description=_("至少 10 个字符，不要使用姓名、生日或号码"),
        )
        confirmation = PasswordField(_("确认密码"), [InputRequired(_("请再次输入密码。"))])

    return ForgottenPasswordForm()


def password_form() -> LocalForm:
    class PasswordForm(LocalForm):
        current = PasswordField(_("原密码"), [InputRequired(_("请输入原密码。"))])
        password = PasswordField(
            _("新密码"),
            [
                InputRequired(_("请设置新密码。")),
                Length(max=LONGEST_SECRET, message=_("密码过长。")),
            ],
            description=_("至少 10 个字符，不要使用姓名、生日或号码"),
        )
        confirmation = PasswordField(_("确认密码"), [InputRequired(_("请再次输入密码。"))])

    return PasswordForm()


def code_form() -> LocalForm:
    class CodeForm(CaptchaForm):
        code = StringField(
            _("短信验证码"),
            required(_("请输入短信验证码。")),
            description=_("6 位数字，5 分钟内有效"),
        )

    return CodeForm()
