import type { PageContent } from "./page";
import { verdictOn } from "./picture";

/** The first thing a reader wants to know: may this plan be made, and who answered for the clouds. */
export function Verdict({ content }: { content: PageContent }) {
  const { picture, packs, resources, standIns } = content;
  const refused = verdictOn(picture.findings) === "refused";
  const advisory = picture.findings.filter(({ level }) => level === "advisory").length;
  return (
    <header>
      <p class="kicker">Where data gets to</p>
      <h1>{picture.environment}</h1>
      <p class={`badge ${refused ? "refused" : "holds"}`}>{refused ? "Refused" : "Holds"}</p>
      <dl class="tiles">
        <Tile name="Resources" value={String(resources)} />
        <Tile name="Places" value={String(picture.stops.length)} />
        <Tile name="Datasets" value={String(picture.datasets.length)} />
        <Tile name="Mandatory findings" value={String(picture.findings.length - advisory)} />
        <Tile name="Advisory findings" value={String(advisory)} />
      </dl>
      <ul class="packs">
        {packs.map(({ pack, verdict, mandatory, advisory: hints }) => (
          <li class={verdict}>
            <b>{pack}</b> {verdict}
            {mandatory + hints > 0 && `, ${mandatory} mandatory and ${hints} advisory`}
          </li>
        ))}
      </ul>
      <p class="soft">
        {`Judged on ${picture.today}. `}
        {standIns.length > 0
          ? `Providers were stood in for: ${standIns.map((one) => `${one.package} ${one.version}`).join(", ")}. Nothing was asked of a cloud.`
          : "Real providers answered."}
      </p>
    </header>
  );
}

function Tile({ name, value }: { name: string; value: string }) {
  return (
    <div>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
}
