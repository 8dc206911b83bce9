// Arithmetic of the crop frame, in pixels of the picture.
const SMALLEST = 60;

/** The largest area of this ratio, in the middle. */
export function largest(width, height, ratio) {
  const wide = Math.min(width, height * ratio);
  const high = wide / ratio;
  return { x: (width - wide) / 2, y: (height - high) / 2, width: wide, height: high };
}

/** The area with its height made to fit its width. */
export function fitted(area, ratio) {
  return { ...area, height: area.width / ratio };
}

/** The area kept inside the picture, its ratio unchanged. */
export function clamp(area, width, height) {
  const ratio = area.width / area.height;
  const most = Math.min(width, height * ratio);
  const wide = Math.max(Math.min(area.width, most), Math.min(SMALLEST, most));
  const high = wide / ratio;
  return {
    x: Math.max(0, Math.min(area.x, width - wide)),
    y: Math.max(0, Math.min(area.y, height - high)),
    width: wide,
    height: high,
  };
}
