import { type Difference, describeWay, isEmpty, placesText, type Reached } from "@hybrid-ai-fabric/report";

/** What the plan changes, against the one that stood in the same folder before. */
export function SinceLast({ since }: { since: Difference | string | undefined }) {
  return (
    <section aria-labelledby="since-title">
      <h2 id="since-title">Since the last plan</h2>
      {since === undefined && <p>There is no plan before this one in its folder.</p>}
      {typeof since === "string" && <p class="refused">{since}</p>}
      {typeof since === "object" && <Changes found={since} />}
    </section>
  );
}

function Changes({ found }: { found: Difference }) {
  if (isEmpty(found)) return <p>Nothing changes: no dataset gets anywhere new, and no finding is new.</p>;
  return (
    <ul class="changes">
      {found.terms.map(({ dataset, before, after }) => (
        <li class="changed">{`${dataset}: ${before} becomes ${after}`}</li>
      ))}
      {found.gained.map((reached) => (
        <li class="gained">
          <Presence reached={reached} /> <span class="soft">{describeWay(reached.path)}</span>
        </li>
      ))}
      {found.lost.map((reached) => (
        <li class="lost">
          <Presence reached={reached} />
        </li>
      ))}
      {found.newFindings.map(({ level, pack, rule, message }) => (
        <li class="gained">{`new finding, ${level} ${pack}/${rule}: ${message}`}</li>
      ))}
      {found.goneFindings.map(({ level, pack, rule, message }) => (
        <li class="lost">{`finding gone, ${level} ${pack}/${rule}: ${message}`}</li>
      ))}
    </ul>
  );
}

function Presence({ reached }: { reached: Reached }) {
  return (
    <>
      <b>{reached.dataset}</b> at {reached.name} in {placesText(reached)}
    </>
  );
}
