/**
 * Colours of datasets: the ten of Tableau's categorical palette, by their place in the alphabet of names. A name always
 * stands beside its colour, so that nothing is told by colour alone.
 */
const colours = [
  "#4e79a7",
  "#f28e2b",
  "#e15759",
  "#76b7b2",
  "#59a14f",
  "#edc948",
  "#b07aa1",
  "#ff9da7",
  "#9c755f",
  "#bab0ac",
] as const;

export function colourOf(names: readonly string[], name: string): string {
  return colours[Math.max(0, names.indexOf(name)) % colours.length] ?? colours[0];
}
