/** Matches `*` (anything) and `?` (one character) against a whole text; everything else is literal. */
export function matchesGlob(pattern: string, value: string): boolean {
  if (!/[*?]/.test(pattern)) return pattern === value;
  const known = expressions.get(pattern);
  if (known) return known.test(value);
  const source = pattern
    .split("")
    .map((c) => (c === "*" ? ".*" : c === "?" ? "." : c.replace(/[\\^$+.()|[\]{}]/g, "\\$&")))
    .join("");
  const expression = new RegExp(`^${source}$`, "s");
  expressions.set(pattern, expression);
  return expression.test(value);
}

/** Patterns of the settings, compiled once. */
const expressions = new Map<string, RegExp>();
