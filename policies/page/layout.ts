import { countryName } from "@hybrid-ai-fabric/locality";
import { type Edge, type Graph, instance, type Node } from "@viz-js/viz";
import type { Link } from "./links";
import type { Stop } from "./stops";

/** Where everything of a map is drawn, in pixels from its upper left corner. */
export interface Layout {
  width: number;
  height: number;
  /** By stop. */
  boxes: ReadonlyMap<string, Box>;
  countries: { name: string; box: Box }[];
  /** By link. */
  curves: ReadonlyMap<string, Curve>;
}

export interface Box {
  x: number;
  y: number;
  width: number;
  height: number;
}

export interface Curve {
  /** Start, then three points for each Bezier segment. */
  points: Point[];
  /** Middle of the label. */
  label: Point;
}

export type Point = readonly [x: number, y: number];

/** Graphviz counts 72 points to an inch, and one point is one pixel here. */
const POINTS_PER_INCH = 72;

export const stopWidth = 244;
const stopHead = 46;
export const lineHeight = 17;

export function stopHeight({ rests }: Stop): number {
  return stopHead + rests.length * lineHeight + (rests.length > 0 ? 8 : 0);
}

/** Text of a link on the map, one entry a line: its carriers, as many as can be read. */
export function labelOf({ carriers, datasets }: Link): string[] {
  const shown = carriers.slice(0, MOST_NAMES).flatMap(({ name, figures }) => [name, ...figures]);
  const more = carriers.length - MOST_NAMES;
  const count = datasets.length === 1 ? "1 dataset" : `${datasets.length} datasets`;
  return [
    ...shown,
    ...(more > 0 ? [`and ${more} more`] : []),
    datasets.length === 0 ? "no labelled data" : count,
  ];
}

const MOST_NAMES = 3;

/** Lays out a map with Graphviz, which runs in this process: the same map gives the same picture everywhere. */
export async function layOut(stops: readonly Stop[], links: readonly Link[]): Promise<Layout> {
  // Countries have the names of the tables that lie over ours until the first wait.
  const upward = upwardLinks(stops, links);
  const graph = graphOf(stops, links, upward);
  const drawn = (await instance()).renderJSON(graph, { yInvert: true }) as Drawn;
  const [, , width, height] = extent(drawn.bb);
  const objects = drawn.objects ?? [];
  return {
    width,
    height,
    boxes: new Map(objects.flatMap((object) => (object.pos ? [[object.name, boxOf(object)]] : []))),
    countries: objects.flatMap(({ bb, label }) => {
      if (bb === undefined) return [];
      const [left, top, right, bottom] = extent(bb);
      return [{ name: label ?? "", box: { x: left, y: top, width: right - left, height: bottom - top } }];
    }),
    curves: new Map((drawn.edges ?? []).map((edge) => [edge.id, curveOf(edge, upward.has(edge.id))])),
  };
}

function graphOf(stops: readonly Stop[], links: readonly Link[], upward: ReadonlySet<string>): Graph {
  const countries = [...new Set(stops.flatMap(({ country }) => country ?? []))];
  return {
    directed: true,
    graphAttributes: { rankdir: "TB", ranksep: 0.7, nodesep: 0.5, pad: 0 },
    nodeAttributes: { shape: "box", fixedsize: true },
    edgeAttributes: { fontname: "Helvetica", fontsize: 12.5 },
    nodes: stops.filter(({ country }) => country === undefined).map(nodeOf),
    edges: links.map((link) => edgeOf(link, upward.has(link.id))),
    subgraphs: countries.map((country) => ({
      name: `cluster_${country}`,
      graphAttributes: { label: countryName(country) ?? country, fontsize: 14, margin: 18 },
      nodes: stops.filter((stop) => stop.country === country).map(nodeOf),
    })),
  };
}

function nodeOf(stop: Stop): Node {
  const [width, height] = [stopWidth / POINTS_PER_INCH, stopHeight(stop) / POINTS_PER_INCH];
  return { name: stop.id, attributes: { width, height, label: "" } };
}

/** Sites stand above the regions that they are joined to: Graphviz puts tails above heads. */
function edgeOf(link: Link, upward: boolean): Edge {
  const [tail, head] = upward ? [link.to, link.from] : [link.from, link.to];
  return { tail, head, attributes: { id: link.id, label: labelOf(link).join("\n"), dir: "none" } };
}

/** Links from a region to what is no region; their curves are laid out the other way round. */
function upwardLinks(stops: readonly Stop[], links: readonly Link[]): Set<string> {
  const regions = new Set(stops.filter(({ kind }) => kind === "region").map(({ id }) => id));
  return new Set(links.filter(({ from, to }) => regions.has(from) && !regions.has(to)).map(({ id }) => id));
}

/** What Graphviz's JSON says of a drawing, as far as it is read here. */
interface Drawn {
  bb: string;
  objects?: { name: string; pos?: string; bb?: string; label?: string; width?: string; height?: string }[];
  edges?: { id: string; pos: string; lp?: string }[];
}

/** Left, top, right and bottom; with the y axis turned, Graphviz gives bottom before top. */
function extent(text: string): [number, number, number, number] {
  const [left = 0, y1 = 0, right = 0, y2 = 0] = text.split(",").map(Number);
  return [left, Math.min(y1, y2), right, Math.max(y1, y2)];
}

function boxOf({ pos = "", width, height }: { pos?: string; width?: string; height?: string }): Box {
  const [x, y] = pointOf(pos);
  const [w, h] = [Number(width) * POINTS_PER_INCH, Number(height) * POINTS_PER_INCH];
  return { x: x - w / 2, y: y - h / 2, width: w, height: h };
}

function curveOf({ pos, lp }: { pos: string; lp?: string }, upward: boolean): Curve {
  const points = pos.split(" ").map(pointOf);
  if (upward) points.reverse();
  return { points, label: lp === undefined ? (points[0] ?? [0, 0]) : pointOf(lp) };
}

function pointOf(text: string): Point {
  const [x = 0, y = 0] = text.split(",").map(Number);
  return [x, y];
}
