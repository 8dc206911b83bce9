"""The sentences for a refused picture and for one that could be better."""

from engine.i18n import gettext as _


def refusal_text(code: str) -> str:
    """Return why a picture is refused and what to do about it."""
    texts = {
        "empty": _("文件是空的，请重新选择图片。"),
        "too_large": _("图片超过 %(n)s MB，请压缩或重新拍摄后再上传。", n=10),
        "heic": _(
            "这是苹果手机的 HEIC 格式，网站不能读取。请在手机“设置 › 相机 › 格式”中选择“兼容性最佳”"
            "后重新拍摄，或把照片截图后上传。"
        ),
        "pdf": _("这是 PDF 文件。请把证书拍成照片，上传 JPEG、PNG 或 WEBP 图片。"),
        "not_an_image": _("这不是能读取的图片，请上传 JPEG、PNG 或 WEBP 图片。"),
        "animated": _("这是动画图片，请上传只有一个画面的图片。"),
        "too_many_pixels": _("图片像素太多（最多 %(n)s 万像素），请缩小后再上传。", n=2400),
        "side": _("图片每边应在 %(low)s 到 %(high)s 像素之间。", low=100, high=8000),
        "ratio": _("图片太细长，长边不能超过短边的 %(n)s 倍。", n=10),
        "damaged": _("图片不完整或已损坏，请重新拍摄或另存后再上传。"),
        "crop_outside": _("裁剪区域超出了图片，请重新裁剪。"),
        "crop_small": _(
            "人像区域太小，至少要 %(w)s×%(h)s 像素。请用更清晰的照片，或把裁剪框放大。",
            w=240,
            h=320,
        ),
        "too_complex": _("这张图片无法处理，请另存为普通的 JPEG 图片后再上传。"),
    }
    return texts.get(code, texts["damaged"])


def advice_text(code: str) -> str:
    """Return what might be better about a photo that is accepted."""
    texts = {
        "background_uneven": _("背景不够干净均匀，建议在单色背景（白色或浅蓝色）前拍摄。"),
        "background_dark": _("背景偏暗，建议换成白色或浅蓝色背景。"),
        "dark": _("照片偏暗，建议在光线充足的地方拍摄。"),
        "bright": _("照片过亮，脸部细节可能看不清，建议避开强光。"),
        "blurred": _("照片不够清晰，建议对准脸部对焦后重新拍摄。"),
        "enlarged": _("照片像素偏少，已放大到规定尺寸，打印出来可能模糊。"),
        "head_high": _("头顶离照片上边太近，建议留出一些空白。"),
        "head_low": _("头顶离照片上边太远，建议把人像裁得大一些、靠上一些。"),
        "off_centre": _("人像没有居中，建议把头部移到照片正中。"),
    }
    return texts[code]
