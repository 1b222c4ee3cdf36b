/** Pixels of a picture for each of the card's own: sharp where it is shared. */
const SCALE = 2;
const [WIDTH, HEIGHT] = [600, 380];

/** A card of the chain as the address of a picture: nothing in a picture runs, asks anybody or becomes a part of the page. */
export function addressOf(svg: string): string {
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
}

/** A card of the chain as a PNG, drawn by the browser with the fonts that it has. */
export async function pngOf(svg: string): Promise<Blob> {
  const picture = new Image(WIDTH * SCALE, HEIGHT * SCALE);
  picture.src = addressOf(svg);
  await picture.decode();
  const canvas = document.createElement("canvas");
  [canvas.width, canvas.height] = [WIDTH * SCALE, HEIGHT * SCALE];
  const context = canvas.getContext("2d");
  if (context === null) throw new Error("The browser draws nothing");
  context.drawImage(picture, 0, 0, canvas.width, canvas.height);
  return new Promise((resolve, reject) => {
    canvas.toBlob((png) => {
      if (png === null) reject(new Error("The browser made no picture"));
      else resolve(png);
    }, "image/png");
  });
}

/** Whether the browser hands on a picture to other programs. */
export function canShare(): boolean {
  // Some browsers have `share` and no `canShare`, or neither: the types know of none of these.
  const { canShare: can } = navigator as Partial<Navigator>;
  if (can === undefined) return false;
  return can.call(navigator, { files: [new File([new Uint8Array(1)], "pass.png", { type: "image/png" })] });
}
