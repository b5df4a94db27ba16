import { shortName } from "@hybrid-ai-fabric/graph";
import { describeStep } from "@hybrid-ai-fabric/report";
import type { FindingRow } from "./picture";

/** What the packs say, what refuses the plan first, and what their verdict rests on. */
export function Findings({
  findings,
  restsOn,
}: {
  findings: readonly FindingRow[];
  restsOn: readonly string[];
}) {
  return (
    <section id="findings" aria-labelledby="findings-title">
      <h2 id="findings-title">What the packs say</h2>
      {findings.length === 0 && <p>Nothing: every rule holds.</p>}
      {findings.map((finding) => (
        <Finding finding={finding} />
      ))}
      {restsOn.length > 0 && (
        <>
          <h3>The verdict rests on</h3>
          <ul>
            {restsOn.map((what) => (
              <li>{what}</li>
            ))}
          </ul>
        </>
      )}
    </section>
  );
}

function Finding({ finding }: { finding: FindingRow }) {
  const { id, level, pack, rule, verdict, dataset, urn, message, path, exemption, stops, links } = finding;
  return (
    <details id={id} class={level} open={level === "mandatory"}>
      <summary>
        <span class="level">{level}</span> <b>{`${pack}/${rule}`}</b>
        <span class="soft"> {urn === "" ? "the stack" : shortName(urn)}</span>
      </summary>
      <p>{message}</p>
      <dl class="terms">
        <dt>Verdict</dt>
        <dd>{verdict === "broken" ? "broken" : "cannot be shown"}</dd>
        {dataset !== undefined && (
          <>
            <dt>Dataset</dt>
            <dd>{dataset}</dd>
          </>
        )}
        {exemption !== undefined && (
          <>
            <dt>Exemption</dt>
            <dd>{exemption}</dd>
          </>
        )}
      </dl>
      {path.length > 0 && (
        <ol class="way">
          {path.map((step) => (
            <li>
              <code>{describeStep(step)}</code>
            </li>
          ))}
        </ol>
      )}
      {stops.length > 0 && (
        <button
          type="button"
          class="pick wrong"
          aria-pressed="false"
          data-links={links.join(" ")}
          data-stops={JSON.stringify(stops)}
          data-dataset={dataset}
        >
          Show its path on the map
        </button>
      )}
    </details>
  );
}
