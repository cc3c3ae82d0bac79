// Rates in, figures out: medians, 98th percentiles, the table, and the same for programs.

export const quantile = (values, q) => {
  const sorted = values.toSorted((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * q))];
};

/** A row per implementation, in hashes per second on one core. */
export const rowsOf = (runners) =>
  runners.map(({ name, kind, rates }) => ({
    name,
    kind,
    median_hs: Math.round(quantile(rates, 0.5)),
    p98_hs: Math.round(quantile(rates, 0.98)),
  }));

/** The rows as people read them: the fastest first, each beside hash-wasm. */
export const table = (rows) => {
  const base = rows.find(({ name }) => name === "hash-wasm");
  const mega = (rate) => (rate / 1e6).toFixed(3).padStart(9);
  const ratio = (rate, other) => (other ? (rate / other).toFixed(2).padStart(8) : "");
  const wide = Math.max(...rows.map(({ name }) => name.length));
  const lines = rows
    .toSorted((a, b) => b.p98_hs - a.p98_hs)
    .map(({ name, kind, median_hs, p98_hs }) =>
      [name.padEnd(wide), kind.padEnd(6), mega(median_hs), ratio(median_hs, base?.median_hs), mega(p98_hs), ratio(p98_hs, base?.p98_hs)].join("  "),
    );
  const head = [" ".repeat(wide), "kind  ", "   median", "× h-wasm", " 98th pc.", "× h-wasm"].join("  ");
  return [`${"MH/s on one core".padEnd(wide)}${head.slice(wide)}`, ...lines].join("\n");
};
