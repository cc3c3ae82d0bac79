// pkg/portrait's module: what is where.

/** A dot's numbers, in their order. */
const NUMBERS = ["x", "y", "radius", "opacity", "shell", "kind", "turn", "angle", "glow"];
const OUTLINE = 51;

export class Model {
  constructor(module) {
    this.module = module;
  }

  get memory() {
    return this.module.memory.buffer;
  }

  /** How large all is to be drawn. */
  get size() {
    return this.module.size();
  }

  get outline() {
    return Array.from(new Float32Array(this.memory, this.module.outline(), OUTLINE));
  }

  prepare({ id, hash }) {
    new Uint8Array(this.memory, this.module.hash(), 32).set(hash);
    this.module.prepare(id);
  }

  /** What stands still, as SVG: 0 the ground, 1 the orbits, 2 the nucleus. */
  part(number) {
    const length = this.module.part(number);
    return new TextDecoder().decode(new Uint8Array(this.memory, this.module.drawing(), length));
  }

  /** Electrons and nucleus so many ms after rest while this frame is heard. */
  dots(ms, frame) {
    const count = this.module.draw(ms, frame);
    const numbers = new Float32Array(this.memory, this.module.dots(), NUMBERS.length * count);
    return Array.from({ length: count }, (_, n) =>
      Object.fromEntries(NUMBERS.map((name, at) => [name, numbers[n * NUMBERS.length + at]])));
  }
}
