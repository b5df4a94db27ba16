import type { ComponentChildren } from "preact";
import { type Curve, type Layout, labelOf, lineHeight, stopHeight } from "./layout";
import type { Link } from "./links";
import { mapStyle } from "./map-style";
import { colourOf } from "./palette";
import type { Picture } from "./picture";
import type { Stop } from "./stops";

/** Space around the drawing. */
const MARGIN = 12;

/** The map as SVG that stands alone: the same picture in a page, in docs and in a pull request. */
export function PlaceMap({ picture, layout }: { picture: Picture; layout: Layout }) {
  const [width, height] = [layout.width + 2 * MARGIN, layout.height + 2 * MARGIN];
  const names = picture.datasets.map(({ name }) => name);
  const title = `Places and links of ${picture.environment}`;
  return (
    <svg
      xmlns="http://www.w3.org/2000/svg"
      viewBox={`${-MARGIN} ${-MARGIN} ${round(width)} ${round(height)}`}
      width={round(width)}
      height={round(height)}
      class="map"
      role="img"
      aria-label={title}
    >
      <title>{title}</title>
      <style>{mapStyle}</style>
      <marker id="arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto">
        <path d="M0 0 L8 4 L0 8 z" class="arrow" />
      </marker>
      {layout.countries.map(({ name, box }) => (
        <g class="frame">
          <rect
            x={round(box.x)}
            y={round(box.y)}
            width={round(box.width)}
            height={round(box.height)}
            rx="12"
          />
          <text x={round(box.x + 14)} y={round(box.y + 20)}>
            {name}
          </text>
        </g>
      ))}
      {picture.links.map((link) => {
        const curve = layout.curves.get(link.id);
        return curve && <LinkCurve link={link} curve={curve} />;
      })}
      {picture.stops.map((stop) => {
        const box = layout.boxes.get(stop.id);
        return box && <StopBox stop={stop} x={box.x} y={box.y} width={box.width} names={names} />;
      })}
    </svg>
  );
}

function LinkCurve({ link, curve }: { link: Link; curve: Curve }) {
  const lines = labelOf(link);
  const [x, y] = curve.label;
  const top = y - ((lines.length - 1) * LABEL_LINE) / 2 + 4;
  return (
    <g class={`link ${link.kind}`} id={link.id} data-datasets={listed(link.datasets)}>
      <title>{describe(link)}</title>
      <path d={pathOf(curve)} marker-end={link.directed ? "url(#arrow)" : undefined} />
      {lines.map((line, index) => (
        <text x={round(x)} y={round(top + index * LABEL_LINE)} text-anchor="middle">
          {line}
        </text>
      ))}
    </g>
  );
}

const LABEL_LINE = 14;

/** What the pointer and a screen reader are told of a link. */
function describe({ kind, from, to, directed, carriers }: Link): string {
  const each = carriers.map(({ name, datasets }) => `${name}: ${datasets.join(", ") || "no labelled data"}`);
  return [`${kind} ${from} ${directed ? "to" : "and"} ${to}`, ...each].join("\n");
}

function pathOf({ points }: Curve): string {
  const [start, ...rest] = points.map((point) => point.map(round).join(","));
  return `M${start} C${rest.join(" ")}`;
}

function StopBox(stop: { stop: Stop; x: number; y: number; width: number; names: readonly string[] }) {
  const { id, kind, city, resources, rests } = stop.stop;
  const count = resources === 1 ? "1 resource" : `${resources} resources`;
  const heading = kind === "country" ? `${id}, no closer place` : id;
  return (
    <g
      class={`stop ${kind}`}
      data-stop={id}
      data-datasets={listed(rests.map(({ dataset }) => dataset))}
      transform={`translate(${round(stop.x)} ${round(stop.y)})`}
    >
      <title>
        {[id, ...rests.map(({ dataset, stores }) => `${dataset}: ${stores.join(", ")}`)].join("\n")}
      </title>
      <rect width={round(stop.width)} height={stopHeight(stop.stop)} rx="8" />
      <text x="12" y="20" class="name">
        {heading}
      </text>
      <text x="12" y="36" class="count">
        {city === undefined ? count : `${city}, ${count}`}
      </text>
      {rests.map(({ dataset, stores }, index) => (
        <Row dataset={dataset} y={58 + index * lineHeight} colour={colourOf(stop.names, dataset)}>
          {`${dataset} in ${stores.length}`}
        </Row>
      ))}
    </g>
  );
}

function Row(row: { dataset: string; y: number; colour: string; children: ComponentChildren }) {
  return (
    <g class="rests" data-datasets={row.dataset}>
      <rect x="12" y={row.y - 9} width="10" height="10" rx="2" fill={row.colour} />
      <text x="28" y={row.y}>
        {row.children}
      </text>
    </g>
  );
}

/** An attribute without a value is HTML, not XML, and the map is read as both. */
function listed(names: readonly string[]): string | undefined {
  return names.length === 0 ? undefined : names.join(" ");
}

/** A tenth of a pixel: more digits show nothing and make every picture differ. */
function round(value: number): number {
  return Math.round(value * 10) / 10;
}
