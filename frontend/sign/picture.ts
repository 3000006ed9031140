/** The receipt as a picture to keep: drawn here, so that it needs no network and shows only what the screen shows. */
import type { Receipt } from "./store";
import { fill, word } from "./screens";

const WIDTH = 1080;
const HEIGHT = 1500;
const MIDDLE = WIDTH / 2;
const FACE = '"Plus Jakarta Sans", sans-serif';

export async function drawReceipt(receipt: Receipt, isDemo: boolean): Promise<Blob> {
  await document.fonts?.ready;
  const canvas = document.createElement("canvas");
  canvas.width = WIDTH;
  canvas.height = HEIGHT;
  const pen = canvas.getContext("2d");
  if (!pen) throw new Error("canvas");
  const style = getComputedStyle(document.documentElement);
  const colour = (name: string): string => style.getPropertyValue(`--ik-${name}`).trim();
  const write = (text: string, y: number, font: string, fillWith: string): void => {
    pen.font = font;
    pen.fillStyle = fillWith;
    pen.fillText(text, MIDDLE, y, WIDTH - 120);
  };
  pen.fillStyle = colour("surface");
  pen.fillRect(0, 0, WIDTH, HEIGHT);
  pen.textAlign = "center";
  const mark = isDemo ? word("picture_demo") : receipt.is_sample ? word("picture_sample") : "";
  if (mark) write(mark, 70, `700 30px ${FACE}`, colour("bad"));
  write("Ikrar", 150, `750 56px ${FACE}`, colour("accent"));
  write(word("picture_title"), 220, `600 40px ${FACE}`, colour("ink"));
  pen.drawImage(await loadImage(receipt.qr), MIDDLE - 270, 260, 540, 540);
  const groups = receipt.code.match(/.{1,4}/g) ?? [];
  write(groups.slice(0, 4).join(" "), 880, '700 54px "DejaVu Sans Mono", monospace', colour("ink"));
  write(groups.slice(4).join(" "), 950, '700 54px "DejaVu Sans Mono", monospace', colour("ink"));
  write(fill(word("picture_verify"), { address: receipt.address }), 1030, `400 34px ${FACE}`, colour("ink-2"));
  pen.fillStyle = colour("line");
  pen.fillRect(60, 1080, WIDTH - 120, 2);
  write(receipt.holder, 1160, `700 44px ${FACE}`, colour("ink"));
  write(receipt.body, 1230, `400 38px ${FACE}`, colour("ink"));
  write(receipt.label, 1295, `400 38px ${FACE}`, colour("ink"));
  write(receipt.signed_words, 1360, `400 38px ${FACE}`, colour("ink-2"));
  return new Promise((done, refuse) =>
    canvas.toBlob((blob) => (blob ? done(blob) : refuse(new Error("canvas"))), "image/png"),
  );
}

function loadImage(source: string): Promise<HTMLImageElement> {
  return new Promise((done, refuse) => {
    const image = new Image();
    image.onload = () => done(image);
    image.onerror = () => refuse(new Error("image"));
    image.src = source;
  });
}

/** Save it; blob addresses are not allowed as pictures here, as a download they are. */
export function download(blob: Blob, name: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(blob);
  link.download = name;
  document.body.append(link);
  link.click();
  link.remove();
  setTimeout(() => URL.revokeObjectURL(link.href), 60000);
}
