// What a portrait is painted with: layers that stand still, and electrons as discs of light.
import { Drawing } from "./drawing.js";

const DISC = 64;
/** The nucleus's layer shows so many units. */
const NUCLEUS = 112;

const canvas = (pixels, units, paint) => {
  const image = new OffscreenCanvas(pixels, pixels);
  const pen = image.getContext("2d");
  pen.setTransform(pixels / units, 0, 0, pixels / units, pixels / 2, pixels / 2);
  paint(pen);
  return image;
};

export class Brush {
  /** `parts` as pkg/portrait writes them. */
  constructor(pen, parts, shells) {
    const drawings = parts.map((svg) => new Drawing(svg));
    const { width } = pen.canvas;
    const [still, lace, core] = drawings.map((drawing, n) => canvas(width, n < 2 ? 512 : NUCLEUS, (pen) => drawing.paint(pen)));
    const key = Object.keys(drawings[0].gradients)[0].replace(/tile$/, "");
    const disc = (name) =>
      canvas(2 * DISC, 2, (pen) => {
        pen.fillStyle = drawings[0].ink(pen, `url(#${key}${name})`, -1, -1, 2);
        pen.fillRect(-1, -1, 2, 2);
      });
    const discs = Array.from({ length: shells }, (_, n) => disc(n));
    Object.assign(this, { pen, still, lace, core, discs, shine: disc("glow") });
  }

  dot({ x, y, radius, opacity, shell, glow, kind }) {
    if (shell < 0) {
      if (glow > 0.01) this.put(this.shine, 0, 0, 150 * radius, glow);
      return this.put(this.core, 0, 0, (NUCLEUS / 2) * radius * (1 + glow / 8), 1);
    }
    if (kind < 2) this.put(this.discs[shell], x, y, radius * (1 + glow * 1.2), opacity + glow);
    if (kind < 1) return undefined;
    Object.assign(this.pen, { globalAlpha: 0.85, lineWidth: 1.3, strokeStyle: "white" });
    this.pen.beginPath();
    this.pen.arc(x, y, radius * (kind > 1 ? 0.4 : 0.7), 0, 2 * Math.PI);
    return this.pen.stroke();
  }

  put(image, x, y, radius, opacity) {
    this.pen.globalAlpha = Math.min(1, opacity);
    this.pen.drawImage(image, x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
