"""The scripts, one by one, in a browser."""

import io

from PIL import Image
from playwright.sync_api import expect

from tests.frontend import browser


def test_there_is_nothing_to_cut_out_before_a_file_is_chosen(visit):
    expect(visit("photo").locator(".app-crop")).to_be_hidden()
    expect(visit("photo", script=False).locator("#crop-x")).to_have_value("")
    expect(_with_photo(visit).locator(".app-crop__frame")).to_be_visible()


def test_the_frame_over_a_photo_fills_the_numbers_and_stays_inside(visit):
    page = _with_photo(visit)
    assert _crop(page) == [131, 0, 338, 450]
    frame = page.locator(".app-crop__frame").bounding_box()
    page.mouse.move(frame["x"] + 20, frame["y"] + 20)
    page.mouse.down()
    page.mouse.move(frame["x"] - 900, frame["y"] + 20)
    page.mouse.up()
    assert _crop(page) == [0, 0, 338, 450]


def test_the_corner_of_the_frame_keeps_the_proportions(visit):
    page = _with_photo(visit)
    page.locator(".app-crop__corner").scroll_into_view_if_needed()
    corner = page.locator(".app-crop__corner").bounding_box()
    page.mouse.move(corner["x"] + 16, corner["y"] + 16)
    page.mouse.down()
    page.mouse.move(corner["x"] - 100, corner["y"])
    page.mouse.up()
    _x, _y, width, height = _crop(page)
    assert width < 300
    assert abs(width / height - 3 / 4) < 0.01


def test_choosing_a_site_hides_the_batches_of_others_but_never_the_chosen_one(visit):
    page = visit("batches")
    page.get_by_label("现场审核地点").select_option("laoshan")
    assert page.locator(".app-card:visible").count() == 4
    expect(page.locator("#batch-3")).to_be_checked()
    expect(page.locator("#batch-1")).to_be_hidden()


def test_the_total_follows_the_ticks(visit):
    page = visit("scores")
    page.locator("#score-1").uncheck()
    expect(page.locator("[data-total-count]")).to_have_text("2")
    expect(page.locator("[data-total-credits]")).to_have_text("7")


def test_what_is_typed_is_kept_as_a_draft_without_pressing_anything(visit):
    page = visit("form")
    with page.expect_request(f"{browser.ORIGIN}/draft") as sent:
        page.get_by_label("籍贯").fill("山东省烟台市")
    assert "山东省烟台市" in sent.value.post_data
    expect(page.locator("[data-draft-state]")).to_have_text("草稿已保存")


def test_an_answer_on_which_others_depend_brings_the_form_again_and_keeps_the_focus(visit):
    page = visit("form")
    expect(page.get_by_role("button", name="更新")).to_be_hidden()
    again = (
        '<main><form method="post"><select id="nation"></select><p id="more">更多</p></form></main>'
    )
    page.route(
        "**/form", lambda route: route.fulfill(body=again, content_type="text/html; charset=utf-8")
    )
    page.locator("#nation").focus()
    with page.expect_request("**/form") as sent:
        page.locator("#nation").select_option("回族")
    assert 'name="_update"\r\n\r\nnation' in sent.value.post_data
    expect(page.locator("#more")).to_be_visible()
    assert page.evaluate("document.activeElement.id") == "nation"


def test_a_second_press_within_a_moment_sends_nothing(visit):
    page = visit("batches")
    sent = []
    page.on("request", lambda request: sent.append(request) if request.method == "POST" else None)
    page.route("**/batches", lambda route: route.fulfill(status=204))
    page.get_by_role("button", name="下一步").dblclick()
    page.wait_for_timeout(100)
    assert len(sent) == 1


def test_a_block_that_waits_is_swapped_for_what_the_server_says(visit):
    page = visit("payment")
    paid = '<div class="app-status app-status--good" id="order" role="status"><p>已支付</p></div>'
    page.route(
        "**/order", lambda route: route.fulfill(body=paid, content_type="text/html; charset=utf-8")
    )
    expect(page.locator("#order")).to_have_text("已支付", timeout=8000)
    expect(page.locator("#order")).to_have_class("app-status app-status--good")


def test_what_the_reader_opened_in_a_block_that_waits_stays_open(visit):
    page = visit("payment")
    more = "<details><summary>说明</summary></details><details><summary>其他</summary></details>"
    page.locator("#order").evaluate(
        "(block, more) => block.insertAdjacentHTML('beforeend', more)", more
    )
    page.locator("#order details").first.evaluate("details => { details.open = true; }")
    again = (
        f'<div class="app-status" id="order" data-refresh="/order" role="status">已支付{more}</div>'
    )
    page.route(
        "**/order", lambda route: route.fulfill(body=again, content_type="text/html; charset=utf-8")
    )
    expect(page.locator("#order")).to_contain_text("已支付", timeout=8000)
    expect(page.locator("#order details").first).to_have_attribute("open", "")
    expect(page.locator("#order details").last).not_to_have_attribute("open", "")


def test_the_time_left_counts_down(visit):
    page = visit("payment")
    expect(page.locator("[data-countdown]")).to_have_text("还剩 28:58", timeout=5000)


def test_a_letter_moves_the_focus_and_can_be_turned_off(visit):
    page = visit("desk")
    page.keyboard.press("a")
    assert page.evaluate("document.activeElement.dataset.key") == "A"
    page.keyboard.press("2")
    assert page.evaluate("document.activeElement.getAttribute('aria-labelledby')") == "p2"
    page.locator("[data-keys-switch]").uncheck()
    page.keyboard.press("x")
    assert page.evaluate("document.activeElement.dataset.key") is None


def test_the_print_button_appears_only_where_a_script_can_print(visit):
    expect(visit("printing").get_by_role("button", name="打印本页")).to_be_visible()
    expect(visit("printing", script=False).get_by_role("button", name="打印本页")).to_be_hidden()


def _with_photo(visit):
    """The page of the photo once a file of 600 × 450 was chosen."""
    page, content = visit("photo"), io.BytesIO()
    Image.new("RGB", (600, 450), "white").save(content, "PNG")
    file = {"name": "photo.png", "mimeType": "image/png", "buffer": content.getvalue()}
    page.locator("#photo").set_input_files(file)
    expect(page.locator("#crop-height")).to_have_value("450")
    return page


def _crop(page):
    return [
        int(page.locator(f"#crop-{name}").input_value()) for name in ("x", "y", "width", "height")
    ]
