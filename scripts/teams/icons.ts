import { type Colour, png } from './png.ts';

const blue: Colour = [0x2f, 0x5d, 0x8c, 255];
/** Each pixel is looked at in so many places both ways, so that edges are smooth. */
const samples = 4;

/** The colour icon: a raised gate in white on blue, 192 pixels wide and high, with room around it. */
export function colourIcon(): Buffer {
  const size = 192;
  return png(size, (x, y) => {
    const share = coverage(x, y, size, 0.56);
    const mixed = (part: number) => Math.round(part + (255 - part) * share);
    return [mixed(blue[0]), mixed(blue[1]), mixed(blue[2]), 255];
  });
}

/** The outline icon: the gate alone, white on nothing, 32 pixels wide and high. */
export function outlineIcon(): Buffer {
  const size = 32;
  return png(size, (x, y) => [255, 255, 255, Math.round(255 * coverage(x, y, size, 0.94))]);
}

/** How much of a pixel the gate covers, when it fills `scale` of the picture. */
function coverage(x: number, y: number, size: number, scale: number): number {
  let inside = 0;
  for (let i = 0; i < samples * samples; i += 1) {
    const u = (x + ((i % samples) + 0.5) / samples) / size;
    const v = (y + (Math.floor(i / samples) + 0.5) / samples) / size;
    if (isGate((u - 0.5) / scale, (v - 0.5) / scale)) inside += 1;
  }
  return inside / (samples * samples);
}

/** A portcullis in an arch, in a square from -0.5 to 0.5; down is positive. */
function isGate(x: number, y: number): boolean {
  const line = 0.09;
  const middle = -0.02;
  const radius = y < middle ? Math.hypot(x, y - middle) : Math.abs(x);
  if (radius > 0.46 || y > 0.48) return false;
  if (radius > 0.46 - line) return true;
  const bars = [-0.19, 0, 0.19].some((bar) => Math.abs(x - bar) < line / 2);
  const rails = [-0.14, 0.12].some((rail) => Math.abs(y - rail) < line / 2);
  return y < 0.3 && (bars || rails);
}
