// Paints the plain SVG that pkg/portrait writes: circles, rectangles and paths, in colours and in gradients.
const attributes = (text) => Object.fromEntries(Array.from(text.matchAll(/([\w-]+)="([^"]*)"/g), ([, ...pair]) => pair));

/** A share of the shape: 0.5 or 50%. */
const share = (text = "0.5") => parseFloat(text) / (text.endsWith("%") ? 100 : 1);

const hex = (opacity = 1) => Math.round(opacity * 255).toString(16).padStart(2, "0");
/** A shape's path, its left and top edge, and its width; a path's are never asked for. */
const outline = {
  rect: ({ x, y, width, height, rx }) => {
    const path = new Path2D();
    path.roundRect(+x, +y, +width, +height, +rx);
    return [path, +x, +y, +width];
  },
  circle: ({ cx = 0, cy = 0, r }) => {
    const path = new Path2D();
    path.arc(+cx, +cy, +r, 0, 2 * Math.PI);
    return [path, cx - r, cy - r, 2 * r];
  },
  path: ({ d }) => [new Path2D(d)],
};

export class Drawing {
  constructor(svg) {
    Object.assign(this, { gradients: {}, shapes: [] });
    let stops;
    for (const [, name, text] of svg.matchAll(/<(\w+)([^>]*)>/g)) {
      const shape = attributes(text);
      if (name === "radialGradient") this.gradients[shape.id] = { ...shape, stops: (stops = []) };
      else if (name === "stop") stops.push([share(shape.offset), shape["stop-color"] + hex(shape["stop-opacity"])]);
      else if (outline[name]) this.shapes.push([shape, ...outline[name](shape)]);
    }
  }

  /** What `paint` stands for, a colour or a gradient, on a square. */
  ink(pen, paint, x, y, width) {
    if (!paint.startsWith("url(#")) return paint;
    const { cx, cy, r, stops } = this.gradients[paint.slice(5, -1)];
    const middle = [x + width * share(cx), y + width * share(cy)];
    const light = pen.createRadialGradient(...middle, 0, ...middle, width * share(r));
    for (const stop of stops) light.addColorStop(...stop);
    return light;
  }

  paint(pen) {
    for (const [shape, path, ...square] of this.shapes) {
      const { fill, stroke, opacity = 1 } = shape;
      pen.globalAlpha = opacity * (shape["fill-opacity"] ?? 1);
      if (fill) {
        pen.fillStyle = this.ink(pen, fill, ...square);
        pen.fill(path, shape["fill-rule"] ?? "nonzero");
      }
      if (!stroke) continue;
      Object.assign(pen, { strokeStyle: stroke, lineWidth: shape["stroke-width"], lineCap: shape["stroke-linecap"] ?? "butt" });
      pen.globalAlpha = opacity * (shape["stroke-opacity"] ?? 1);
      pen.setLineDash(shape["stroke-dasharray"]?.split(" ").map(Number) ?? []);
      pen.stroke(path);
    }
  }
}
