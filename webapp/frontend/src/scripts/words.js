// The few words that are written by scripts; everything else comes from the templates.
const english = document.documentElement.lang.startsWith("en");

export const DRAG = english ? "Drag the frame to choose the part" : "拖动方框选择照片范围";
export const leftOf = (time) => (english ? `${time} left` : `还剩 ${time}`);
export const TIME_UP = english ? "Time is up" : "已到时间";
export const DRAFT = english
  ? { saved: "Draft saved", failed: "The draft could not be saved" }
  : { saved: "草稿已保存", failed: "草稿未能保存" };

/** 2 天 3 小时, 3 小时 20 分, 09:41. */
export function duration(seconds) {
  const days = Math.floor(seconds / 86400);
  const hours = Math.floor((seconds % 86400) / 3600);
  const minutes = Math.floor((seconds % 3600) / 60);
  if (days) return english ? `${days} d ${hours} h` : `${days} 天 ${hours} 小时`;
  if (hours) return english ? `${hours} h ${minutes} min` : `${hours} 小时 ${minutes} 分`;
  return [minutes, Math.floor(seconds % 60)].map((part) => String(part).padStart(2, "0")).join(":");
}
