// Discs of light and the nucleus's ball, as pictures to be put down many times.
const HALF = 64;

/** A disc that fades from white through `colour` to nothing; each stop: where, how white, how opaque. */
export const disc = (colour, ...stops) => {
  const image = new OffscreenCanvas(2 * HALF, 2 * HALF);
  const context = image.getContext("2d");
  const light = context.createRadialGradient(HALF, HALF, 0, HALF, HALF, HALF);
  for (const [at, white, opacity] of stops) {
    const [r, g, b] = colour.map((part) => Math.round(part + (255 - part) * white));
    light.addColorStop(at, `rgb(${r} ${g} ${b} / ${opacity})`);
  }
  context.fillStyle = light;
  context.fillRect(0, 0, 2 * HALF, 2 * HALF);
  return image;
};

/** A ball of the first colour, lit from the upper left, in the shade of the second. */
export const ball = (first, second) => {
  const image = new OffscreenCanvas(4 * HALF, 4 * HALF);
  const context = image.getContext("2d");
  const light = context.createRadialGradient(1.3 * HALF, 1.2 * HALF, 0, 2 * HALF, 2 * HALF, 2.2 * HALF);
  light.addColorStop(0, "white");
  light.addColorStop(0.4, `rgb(${first.join(" ")})`);
  light.addColorStop(1, `rgb(${second.map((part) => Math.round(part * 0.75)).join(" ")})`);
  context.fillStyle = light;
  context.arc(2 * HALF, 2 * HALF, 2 * HALF - 1, 0, 2 * Math.PI);
  context.fill();
  return image;
};
