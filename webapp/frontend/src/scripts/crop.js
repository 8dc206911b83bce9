// A frame to drag over a photo. It only fills the four number inputs, which say the same without it.
import { fresh } from "./elements.js";
import { clamp, fitted, largest } from "./rectangle.js";
import { DRAG } from "./words.js";

export function install(root) {
  for (const box of fresh(root, "[data-crop]", "crop")) start(box);
}

function start(box) {
  const image = box.querySelector("img");
  const inputs = ["x", "y", "width", "height"].map((name) => box.querySelector(`[data-crop-${name}]`));
  if (!image || inputs.includes(null)) return;
  const [wide, high] = (box.dataset.cropRatio || "3:4").split(":").map(Number);
  const ratio = wide / high;
  const frame = framed(box, image);
  const preview = box.querySelector("canvas[data-crop-preview]");

  image.addEventListener("load", begin);
  for (const input of inputs) input.addEventListener("input", draw);
  new ResizeObserver(draw).observe(image);
  drag(frame, move);
  chooseFile(box, image, () => inputs.forEach((input) => (input.value = "")));
  if (box.dataset.cropFile) box.hidden = true; // There is nothing to cut out before a file is chosen.
  else if (image.complete && image.naturalWidth) begin();

  function begin() {
    if (inputs.some((input) => input.value === "")) write(largest(image.naturalWidth, image.naturalHeight, ratio));
    else draw();
  }

  function read() {
    const [x, y, width, height] = inputs.map((input) => Number(input.value) || 0);
    return { x, y, width, height };
  }

  function write(area) {
    const values = clamp(fitted(area, ratio), image.naturalWidth, image.naturalHeight);
    [values.x, values.y, values.width, values.height].forEach((value, index) => (inputs[index].value = Math.round(value)));
    draw();
  }

  function move(before, dx, dy, resizing) {
    const scale = image.naturalWidth / image.clientWidth;
    const area = before ?? read();
    if (resizing) write({ ...area, width: area.width + dx * scale });
    else write({ ...area, x: area.x + dx * scale, y: area.y + dy * scale });
    return area;
  }

  function draw() {
    if (!image.naturalWidth || !image.clientWidth) return;
    const scale = image.clientWidth / image.naturalWidth;
    const area = read();
    Object.assign(frame.style, {
      left: `${area.x * scale}px`,
      top: `${area.y * scale}px`,
      width: `${area.width * scale}px`,
      height: `${area.height * scale}px`,
    });
    paint(preview, image, area);
  }
}

function framed(box, image) {
  const stage = image.closest(".app-crop__stage");
  const frame = document.createElement("div");
  frame.className = "app-crop__frame";
  frame.title = DRAG;
  frame.setAttribute("aria-hidden", "true"); // The number inputs are the way for the keyboard.
  const corner = document.createElement("div");
  corner.className = "app-crop__corner";
  frame.append(corner);
  stage.append(frame);
  box.classList.add("app-crop--live");
  return frame;
}

function drag(frame, move) {
  let from = null;
  frame.addEventListener("pointerdown", (event) => {
    frame.setPointerCapture(event.pointerId);
    from = { x: event.clientX, y: event.clientY, area: null, corner: event.target !== frame };
    event.preventDefault();
  });
  frame.addEventListener("pointermove", (event) => {
    if (from) from.area = move(from.area, event.clientX - from.x, event.clientY - from.y, from.corner);
  });
  for (const end of ["pointerup", "pointercancel"]) frame.addEventListener(end, () => (from = null));
}

function chooseFile(box, image, forget) {
  const input = box.dataset.cropFile && document.querySelector(box.dataset.cropFile);
  input?.addEventListener("change", () => {
    const [file] = input.files;
    if (!file) return;
    URL.revokeObjectURL(image.src);
    forget();
    image.src = URL.createObjectURL(file);
    for (const shown of [box, image, box.querySelector("canvas[data-crop-preview]")]) {
      if (shown) shown.hidden = false;
    }
  });
}

function paint(canvas, image, area) {
  if (!canvas || !area.width || !area.height) return;
  const pen = canvas.getContext("2d");
  pen.drawImage(image, area.x, area.y, area.width, area.height, 0, 0, canvas.width, canvas.height);
}
