// What a portrait is painted with: orbits, and discs of light for electrons and nucleus.
import { ball, disc } from "./discs.js";

export class Brush {
  /** `outline` as pkg/portrait gives it: nucleus, electron, seven shells of seven numbers, two colours. */
  constructor(pen, [, electron, ...rest]) {
    const shells = Array.from({ length: 7 }, (_, n) => rest.slice(7 * n, 7 * n + 7)).filter(([radius]) => radius > 0);
    Object.assign(this, { pen, electron, shells });
    this.discs = shells.map(([, , , , ...c]) => disc(c, [0, 1, 1], [0.26, 0.53, 1], [0.44, 0, 0.9], [0.62, 0, 0.26], [1, 0, 0]));
    this.halos = shells.map(([, , , , ...c]) => disc(c, [0, 0.7, 0.9], [0.3, 0.1, 0.5], [1, 0, 0]));
    const [first, second] = [rest.slice(49, 52), rest.slice(52, 55)];
    this.nucleus = ball(first, second);
    this.shine = disc(second, [0, 0.3, 0.8], [0.4, 0, 0.35], [1, 0, 0]);
  }

  /** Half of every orbit, from this angle on; one without electrons is dotted. */
  arcs(from, opacity) {
    const { pen, electron, shells } = this;
    pen.globalAlpha = opacity;
    pen.lineWidth = electron / 6;
    pen.lineCap = "round";
    for (const [radius, minor, turn, count, ...colour] of shells) {
      pen.setLineDash(count > 0 ? [] : [1, 10]);
      pen.strokeStyle = `rgb(${colour.join(" ")})`;
      pen.beginPath();
      pen.ellipse(0, 0, radius, minor, (turn * Math.PI) / 180, from, from + Math.PI);
      pen.stroke();
    }
  }

  dot([x, y, radius, opacity, shell, glow]) {
    const [body, light] = shell < 0 ? [this.nucleus, this.shine] : [this.discs[shell], this.halos[shell]];
    if (glow > 0.01 || shell < 0) this.put(light, x, y, radius * (2.2 + 2 * glow), shell < 0 ? 0.35 + 0.65 * glow : glow);
    this.put(body, x, y, radius * (1 + glow * 0.5), opacity + glow);
  }

  put(image, x, y, radius, opacity) {
    this.pen.globalAlpha = Math.min(1, opacity);
    this.pen.drawImage(image, x - radius, y - radius, 2 * radius, 2 * radius);
  }
}
