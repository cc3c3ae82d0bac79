// The light that electrons leave behind them.
const SHELLS = 7;

/** `length` numbers each. */
const split = (numbers, length) =>
  Array.from({ length: numbers.length / length }, (_, n) => numbers.slice(length * n, length * (n + 1)));

export class Tails {
  /** `outline` as pkg/portrait gives it. */
  constructor(pen, outline) {
    const shells = split(outline.slice(0, 6 * SHELLS), 6).filter(([radius]) => radius > 0);
    Object.assign(this, { pen, shells, strokes: split(outline.slice(6 * SHELLS), 3) });
  }

  /** The tails of these dots: a stroke for each shell and width. */
  paint(dots) {
    const { pen, shells, strokes } = this;
    pen.setLineDash([]);
    for (const [n, [, , , ...colour]] of shells.entries()) {
      const tailed = dots.filter(({ shell, kind }) => shell === n && kind < 2);
      pen.strokeStyle = `rgb(${colour.join(" ")})`;
      for (const [length, width, opacity] of strokes) {
        Object.assign(pen, { globalAlpha: opacity, lineWidth: width });
        pen.beginPath();
        for (const dot of tailed) this.follow(dot, shells[n], length);
        pen.stroke();
      }
    }
  }

  follow({ x, y, turn, angle }, [radius, minor, way], length) {
    this.pen.moveTo(x, y);
    this.pen.ellipse(0, 0, radius, minor, turn, angle, angle - way * length, way > 0);
  }
}
