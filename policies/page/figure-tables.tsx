import type { FigureGroup } from "./figures";

/** What components predicted before anything is created. */
export function Figures({ groups, unread }: { groups: readonly FigureGroup[]; unread: readonly string[] }) {
  if (groups.length + unread.length === 0) return null;
  return (
    <section aria-labelledby="figures-title">
      <h2 id="figures-title">Predicted before anything is created</h2>
      {groups.map((group) => (
        <Group group={group} />
      ))}
      {unread.map((reason) => (
        <p class="refused">{`Not read: ${reason}`}</p>
      ))}
    </section>
  );
}

function Group({ group: { title, rows } }: { group: FigureGroup }) {
  return (
    <div class="scroll">
      <table>
        <caption>{title}</caption>
        <thead>
          <tr>
            <th scope="col">Of</th>
            <th scope="col">What</th>
            <th scope="col">Value</th>
            <th scope="col">Limited by</th>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ subject, quantity, value, limitedBy }) => (
            <tr>
              <th scope="row">{subject}</th>
              <td>{quantity}</td>
              <td class="value">{value}</td>
              <td class="soft">{limitedBy}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
