/**
 * A script that sets a brand's colour to each of 125 and some more, and returns the lowest contrast that was found of each pair
 * of a text, or of the edge of a control, and what is behind it. It runs in the page: the browser's own colours are measured.
 */
export const WORST_CONTRASTS = `(() => {
  const steps = [0, 64, 128, 191, 255];
  const hex = (value) => value.toString(16).padStart(2, "0");
  const colours = [];
  for (const r of steps) for (const g of steps) for (const b of steps) colours.push("#" + hex(r) + hex(g) + hex(b));
  // Around the luminances at which neither a light nor a dark ink could be read.
  for (let grey = 105; grey < 135; grey += 2) colours.push("#" + hex(grey).repeat(3));
  const pairs = [
    ["ink", "paper"], ["ink-quiet", "paper"], ["ink-quiet", "sheet"], ["ink-quiet", "shade"], ["accent", "paper"],
    ["accent", "sheet"], ["accent", "tint"], ["on-accent", "accent"], ["on-accent", "accent-press"], ["on-cloth", "cloth"],
    ["on-slip", "slip"], ["good", "shade"], ["care", "shade"], ["stop", "shade"], ["edge", "paper"], ["edge", "sheet"],
  ];
  const names = [...new Set(pairs.flat())];
  // A part of the page that wears the brand: nothing else is drawn anew.
  const part = document.body.appendChild(document.createElement("div"));
  part.dataset.brand = "";
  const probe = part.appendChild(document.createElement("i"));
  const canvas = new OffscreenCanvas(1, 1).getContext("2d", { willReadFrequently: true });
  const luminanceOf = (name) => {
    probe.style.color = "var(--" + name + ")";
    canvas.fillStyle = getComputedStyle(probe).color;
    canvas.fillRect(0, 0, 1, 1);
    const [r, g, b] = [...canvas.getImageData(0, 0, 1, 1).data].map((value) => {
      const part = value / 255;
      return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const worst = Object.fromEntries(pairs.map((pair) => [pair.join(" on "), Infinity]));
  for (const colour of colours) {
    part.style.setProperty("--brand", colour);
    const found = Object.fromEntries(names.map((name) => [name, luminanceOf(name)]));
    for (const [text, ground] of pairs) {
      const [high, low] = [found[text], found[ground]].sort((a, b) => b - a);
      const key = text + " on " + ground;
      worst[key] = Math.min(worst[key], (high + 0.05) / (low + 0.05));
    }
  }
  part.remove();
  return worst;
})()`;
