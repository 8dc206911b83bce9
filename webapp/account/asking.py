"""Answer 获取短信验证码 for people who are not signed in."""

from collections.abc import Callable

from flask.typing import ResponseReturnValue

from engine.errors import Refused
from engine.people import mobiles
from engine.people.codes import Challenge
from webapp.account import codes, forms
from webapp.engine import engine
from webapp.fixed_forms import show, wrong


def send_code_to_anyone(
    page: str, form: forms.LocalForm, send: Callable[[], Challenge]
) -> ResponseReturnValue:
    """Answer 获取短信验证码 on a page for people who are not signed in: always the same words."""
    try:
        codes.require_captcha(form.captcha_id.data, form.captcha.data)
        asked = send()
    except codes.WrongCaptcha as refused:
        form.captcha.errors = [str(refused)]
        return wrong(page, form, captcha=True)
    except mobiles.MobileInvalid as refused:
        form.mobile.errors = [str(refused)]
        return wrong(page, form, captcha=True)
    except Refused as refused:
        form.form_errors.append(str(refused))
        return wrong(page, form, captcha=True)
    notice = codes.sentence_about_sending(asked, engine().clock.now())
    return show(page, form, captcha=True, notice=notice)
