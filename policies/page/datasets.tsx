import { colourOf } from "./palette";
import type { DatasetRow, Picture } from "./picture";

/** Every dataset with its terms and where it is; a button shows its way on the map. */
export function DatasetTable({ picture }: { picture: Picture }) {
  const names = picture.datasets.map(({ name }) => name);
  return (
    <section aria-labelledby="datasets-title">
      <h2 id="datasets-title">Datasets</h2>
      <p class="soft">
        A button shows where a dataset rests and what it travels; Escape shows everything again.
      </p>
      <div class="scroll">
        <table>
          <thead>
            <tr>
              <th scope="col">Dataset</th>
              <th scope="col">Residency</th>
              <th scope="col">May rest in</th>
              <th scope="col">Rests in</th>
              <th scope="col">Verdict</th>
            </tr>
          </thead>
          <tbody>
            {picture.datasets.map((dataset) => (
              <Row dataset={dataset} colour={colourOf(names, dataset.name)} />
            ))}
          </tbody>
        </table>
      </div>
    </section>
  );
}

function Row({ dataset, colour }: { dataset: DatasetRow; colour: string }) {
  const { name, residency, mayRestIn, restsIn, links, verdict } = dataset;
  return (
    <tr>
      <th scope="row">
        <button
          type="button"
          class="pick"
          aria-pressed="false"
          data-dataset={name}
          data-links={links.join(" ")}
          data-stops={JSON.stringify(restsIn)}
        >
          <i style={`background:${colour}`} />
          {name}
        </button>
      </th>
      <td>{residency}</td>
      <td>{mayRestIn}</td>
      <td>{restsIn.join(", ") || "nowhere in this plan"}</td>
      <td class={verdict}>{verdict === "advisory" ? "holds, with advice" : verdict}</td>
    </tr>
  );
}
