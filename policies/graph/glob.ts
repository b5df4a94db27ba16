/** Matches `*` (anything) and `?` (one character) against a whole text; everything else is literal. */
export function matchesGlob(pattern: string, value: string): boolean {
  const source = pattern
    .split("")
    .map((c) => (c === "*" ? ".*" : c === "?" ? "." : c.replace(/[\\^$+.()|[\]{}]/g, "\\$&")))
    .join("");
  return new RegExp(`^${source}$`, "s").test(value);
}
