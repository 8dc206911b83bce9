"""Pictures: what is refused and why, and that nothing of the upload survives but its pixels."""

import io
import os
import struct
import subprocess
import zipfile

import pytest
from PIL import Image

from engine.files import CERTIFICATE, PHOTO, ImageRefused, ImageRule, images, recode
from engine.i18n import speaking
from tests.files import pictures
from tests.files.pictures import jpeg, plain, portrait, saved

ANY = ImageRule(max_bytes=10**7)


def opened(picture):
    return Image.open(io.BytesIO(picture.content))


def refused(content, rule=ANY):
    with pytest.raises(ImageRefused) as caught:
        recode(content, rule)
    return caught.value.code


def close(found, wanted, by=8):
    return all(abs(a - b) <= by for a, b in zip(found, wanted, strict=True))


def test_a_photo_becomes_480_by_640_and_at_most_51200_bytes():
    picture = recode(jpeg(plain((1500, 2000))), PHOTO)
    assert (picture.width, picture.height) == opened(picture).size == (480, 640)
    assert len(picture.content) <= 51_200


def test_a_photo_full_of_detail_still_fits():
    noise = Image.effect_noise((1500, 2000), 120).convert("RGB")
    picture = recode(jpeg(noise, quality=95), PHOTO)
    assert 30_000 < len(picture.content) <= 51_200


def test_pure_noise_is_softened_until_it_fits():
    noise = Image.frombytes("RGB", (480, 640), os.urandom(480 * 640 * 3))
    assert len(recode(saved(noise, "PNG"), PHOTO).content) <= 51_200


def test_the_quality_is_as_high_as_the_limit_lets_it_be():
    noise = Image.effect_noise((960, 1280), 60).convert("RGB")
    tight = recode(jpeg(noise), PHOTO)
    loose = recode(jpeg(noise), ImageRule(max_bytes=10**6, size=(480, 640)))
    assert len(loose.content) > 51_200 >= len(tight.content) > 45_000


def test_a_certificate_keeps_its_proportions_within_2000_pixels_and_the_limit():
    picture = recode(jpeg(plain((4000, 3000))), CERTIFICATE)
    assert (picture.width, picture.height) == (2000, 1500)
    small = recode(jpeg(plain((800, 600))), CERTIFICATE)
    assert (small.width, small.height) == (800, 600)


def test_a_certificate_that_cannot_be_small_enough_is_made_smaller():
    noise = Image.frombytes("RGB", (1800, 1800), os.urandom(1800 * 1800 * 3))
    picture = recode(jpeg(noise, quality=90), ImageRule(max_bytes=300_000, max_side=2000))
    assert len(picture.content) <= 300_000
    assert picture.width < 1800
    assert opened(picture).size == (picture.width, picture.height)


def test_the_middle_is_taken_when_nobody_chose_a_part():
    wide = Image.new("RGB", (1600, 800), "red")
    wide.paste("blue", (500, 0, 1100, 800))
    picture = opened(recode(jpeg(wide), PHOTO))
    assert close(picture.getpixel((5, 320)), (0, 0, 254))
    assert close(picture.getpixel((474, 320)), (0, 0, 254))


def test_the_chosen_part_is_taken():
    halves = Image.new("RGB", (1200, 800), "red")
    halves.paste("blue", (600, 0, 1200, 800))
    picture = opened(recode(jpeg(halves), PHOTO.cropped(600, 0, 600, 800)))
    assert close(picture.getpixel((2, 320)), (0, 0, 254), by=16)


@pytest.mark.parametrize(
    ("crop", "code"),
    [
        ((-1, 0, 480, 640), "crop_outside"),
        ((0, 0, 601, 640), "crop_outside"),
        ((0, 200, 480, 640), "crop_outside"),
        ((0, 0, 0, 0), "crop_outside"),
        ((0, 0, 239, 320), "crop_small"),
        ((0, 0, 10**12, 10**12), "crop_outside"),
    ],
)
def test_an_impossible_part_is_refused(crop, code):
    assert refused(jpeg(plain()), PHOTO.cropped(*crop)) == code


# What is hidden in a picture.


def test_a_page_hidden_behind_a_picture_is_gone():
    content = jpeg(plain()) + b"<html><script>alert(1)</script>"
    assert b"<script" not in recode(content, ANY).content


def test_an_archive_hidden_behind_a_picture_is_gone():
    file = io.BytesIO(jpeg(plain()))
    with zipfile.ZipFile(file, "a") as archive:
        archive.writestr("evil.txt", "x" * 99)
    picture = recode(file.getvalue(), ANY)
    assert b"PK\x03\x04" not in picture.content
    assert not zipfile.is_zipfile(io.BytesIO(picture.content))


def test_comments_places_profiles_and_descriptions_are_gone():
    content = jpeg(
        plain(),
        comment=b"<script>COMMENT</script>",
        exif=pictures.exif(),
        xmp=b"<x:xmpmeta>XMP-SECRET</x:xmpmeta>",
        icc_profile=pictures.p3_profile(),
    )
    assert all(word in content for word in (b"COMMENT", b"GPS-SECRET", b"XMP-SECRET"))
    picture = recode(content, ANY)
    assert not any(word in picture.content for word in (b"COMMENT", b"SECRET", b"Exif", b"ICC"))
    assert set(opened(picture).info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density"}


@pytest.mark.parametrize("orientation", range(1, 9))
def test_a_picture_is_turned_upright(orientation):
    upright = plain((600, 800))
    turns = {
        2: [Image.Transpose.FLIP_LEFT_RIGHT],
        3: [Image.Transpose.ROTATE_180],
        4: [Image.Transpose.FLIP_TOP_BOTTOM],
        5: [Image.Transpose.TRANSPOSE],
        6: [Image.Transpose.ROTATE_90],
        7: [Image.Transpose.TRANSVERSE],
        8: [Image.Transpose.ROTATE_270],
    }
    stored = upright
    for turn in turns.get(orientation, []):
        stored = stored.transpose(turn)
    picture = opened(recode(jpeg(stored, exif=pictures.exif(orientation=orientation)), ANY))
    assert picture.size == (600, 800)
    assert picture.getpixel((20, 20))[0] < 30
    assert picture.getpixel((580, 780))[0] > 150


def test_unreadable_exif_is_no_reason_to_refuse():
    content = jpeg(plain(), exif=b"Exif\0\0II*\0\xff\xff\xff\xff")
    assert recode(content, ANY).width == 600


# Kinds of picture.


@pytest.mark.parametrize("mode", ["RGB", "L", "CMYK", "1", "P", "RGBA", "LA", "I;16", "YCbCr"])
def test_every_kind_of_colour_becomes_srgb(mode):
    picture = _sixteen() if mode == "I;16" else plain((400, 400)).convert(mode)
    kind = "JPEG" if mode in {"CMYK", "YCbCr"} else "PNG"
    found = opened(recode(saved(picture, kind), ANY))
    assert (found.mode, found.format) == ("RGB", "JPEG")
    assert found.getpixel((10, 10))[0] < 40
    assert found.getpixel((390, 390))[0] > 160


def _sixteen():
    picture = Image.new("I;16", (400, 400), 200 * 257)
    picture.paste(0, (0, 0, 100, 100))
    return picture


def test_what_is_transparent_is_white():
    clear = Image.new("RGBA", (400, 400), (0, 0, 0, 0))
    assert opened(recode(saved(clear, "PNG"), ANY)).getpixel((200, 200)) == (255, 255, 255)


def test_a_palette_with_transparency_is_put_on_white():
    picture = plain((400, 400)).quantize(4)
    content = saved(picture, "PNG", transparency=picture.getpixel((300, 300)))
    assert opened(recode(content, ANY)).getpixel((300, 300)) == (255, 255, 255)


def test_webp_is_read():
    assert opened(recode(saved(plain(), "WEBP"), ANY)).format == "JPEG"


def test_a_profile_is_applied_before_it_is_dropped():
    """Grey of a linear profile is not the grey of sRGB."""
    content = saved(plain((400, 400), "L", 128), "PNG", icc_profile=_linear_grey())
    assert opened(recode(content, ANY)).getpixel((300, 300))[0] > 170


def _linear_grey():
    """A minimal grey profile with a gamma of one."""

    def tag(kind, body):
        return kind + b"\0\0\0\0" + body

    curve = tag(b"curv", struct.pack(">I", 0))
    white = tag(b"XYZ ", struct.pack(">iii", 0xF6D6, 0x10000, 0xD32D))
    table_at = 128 + 4 + 2 * 12
    table = struct.pack(">I", 2)
    table += b"kTRC" + struct.pack(">II", table_at, len(curve))
    table += b"wtpt" + struct.pack(">II", table_at + len(curve), len(white))
    body = table + curve + white
    head = struct.pack(">I", 128 + len(body)) + b"\0" * 4 + struct.pack(">I", 0x02400000)
    head += b"mntrGRAYXYZ " + b"\0" * 12 + b"acsp" + b"\0" * 28
    head += struct.pack(">iii", 0xF6D6, 0x10000, 0xD32D) + b"\0" * 48
    return head + body


def test_a_phones_two_pictures_in_one_give_the_first():
    first, second = plain((600, 800)), Image.new("RGB", (600, 800), "red")
    content = saved(first, "MPO", save_all=True, append_images=[second])
    assert Image.open(io.BytesIO(content)).format == "MPO"
    picture = opened(recode(content, ANY))
    assert close(picture.getpixel((500, 700)), (200, 220, 240))


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_a_moving_picture_is_refused(kind):
    frames = [plain(), Image.new("RGB", (600, 800), "red")]
    content = saved(frames[0], kind, save_all=True, append_images=frames[1:])
    assert refused(content) == "animated"


# What is no picture.


@pytest.mark.parametrize("brand", [b"heic", b"mif1", b"heix"])
def test_a_picture_of_an_iphone_gets_advice_that_helps(brand):
    content = b"\0\0\0\x18ftyp" + brand + b"\0\0\0\0" + b"x" * 100
    with pytest.raises(ImageRefused, match="HEIC"):
        recode(content, ANY)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "empty"),
        (b"%PDF-1.7\n", "pdf"),
        (b"hello", "not_an_image"),
        (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_an_image"),
        (saved(plain((200, 200)).convert("P"), "GIF"), "not_an_image"),
        (saved(plain((200, 200)), "BMP"), "not_an_image"),
        (saved(plain((200, 200)), "TIFF"), "not_an_image"),
        (b"\xff\xd8\xff\xe0" + b"\0" * 50, "not_an_image"),
        (jpeg(plain())[:2000], "damaged"),
        (saved(plain(), "PNG")[:-200], "damaged"),
    ],
)
def test_what_is_no_whole_picture_is_refused(content, code):
    assert refused(content) == code


def test_ten_megabytes_are_the_limit_to_the_byte():
    good = jpeg(plain())
    at_limit = good + b"\0" * (10 * 2**20 - len(good))
    assert recode(at_limit, ANY).width == 600
    assert refused(at_limit + b"\0") == "too_large"


@pytest.mark.parametrize("size", [51_199, 51_200, 51_201])
def test_the_photo_limit_is_about_what_is_stored(size):
    good = jpeg(plain())
    picture = recode(good + b"\0" * (size - len(good)), PHOTO)
    assert len(picture.content) <= 51_200


# What costs too much.


@pytest.mark.parametrize(
    ("size", "code"),
    [
        ((13_300, 13_300), "too_many_pixels"),
        ((20_000, 20_000), "too_many_pixels"),
        ((4_900, 4_900), "too_many_pixels"),
        ((30_000, 1), "ratio"),
        ((8_001, 900), "side"),
        ((99, 200), "side"),
        ((1_001, 100), "ratio"),
    ],
)
def test_a_picture_out_of_all_measure_is_refused_before_it_is_decoded(size, code):
    assert refused(pictures.png_of_size(*size)) == code


def test_the_largest_picture_allowed_fits_in_the_childs_memory():
    picture = recode(pictures.png_of_size(4_898, 4_898), CERTIFICATE)
    assert (picture.width, picture.height) == (2000, 2000)


@pytest.mark.parametrize("mode", ["RGBA", "CMYK"])
def test_the_largest_picture_of_four_channels_fits_too(mode):
    large = Image.new(mode, (6000, 4000), (10, 20, 30, 40))
    content = saved(large, "PNG", compress_level=1) if mode == "RGBA" else jpeg(large)
    assert recode(content, CERTIFICATE).width == 2000


def test_a_child_that_takes_too_long_is_stopped(monkeypatch):
    def slow(*args, **options):
        raise subprocess.TimeoutExpired("child", 20)

    monkeypatch.setattr(subprocess, "run", slow)
    assert refused(jpeg(plain())) == "too_complex"


def test_a_child_that_dies_is_a_refusal_and_not_a_fault(monkeypatch):
    monkeypatch.setattr(images, "CHILD", "import os; os.kill(os.getpid(), 9)")
    assert refused(jpeg(plain())) == "too_complex"


@pytest.mark.parametrize(
    "greed",
    ["x = b'x' * (600 << 20)", "open('written', 'wb', 0).write(b'x')"],
)
def test_the_child_has_little_to_spend(monkeypatch, tmp_path, greed):
    monkeypatch.chdir(tmp_path)
    code = (
        "import sys; sys.path.append(sys.argv[1]);"
        f" from image_child import main; main._limit(); {greed}; main.main()"
    )
    monkeypatch.setattr(images, "CHILD", code)
    assert refused(jpeg(plain())) == "too_complex"


# Advice.


def test_a_good_portrait_needs_no_advice():
    assert recode(saved(portrait(), "PNG"), PHOTO).advice == []


def _busy():
    picture = portrait()
    for y in range(0, 160, 20):
        picture.paste("black", (0, y, 480, y + 10))
    return picture


@pytest.mark.parametrize(
    ("picture", "words"),
    [
        (_busy(), "背景不够干净均匀"),
        (portrait(background=(60, 60, 60), skin=(220, 190, 170)), "背景偏暗"),
        (portrait(top=5), "头顶离照片上边太近"),
        (portrait(top=200), "头顶离照片上边太远"),
        (portrait(middle=305), "没有居中"),
        (portrait().resize((48, 64)).resize((480, 640)), "不够清晰"),
        (portrait().resize((300, 400)), "像素偏少"),
        (portrait().point(lambda v: v // 5), "照片偏暗"),
        (Image.new("RGB", (480, 640), (250, 250, 250)), "照片过亮"),
    ],
)
def test_advice_says_what_might_be_better(picture, words):
    advice = recode(saved(picture, "PNG"), PHOTO).advice
    assert any(words in text for text in advice), advice


def test_a_certificate_gets_no_advice_about_heads():
    assert recode(saved(portrait(top=5), "PNG"), CERTIFICATE).advice == []


def test_a_refusal_is_said_in_the_language_of_the_person():
    with speaking("zh"), pytest.raises(ImageRefused, match="文件是空的"):
        recode(b"", PHOTO)
