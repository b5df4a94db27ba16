import { programs } from "../components/site/programs";
import { requestedBy } from "../support/mocks";
import { kubernetesObjects, type Prepared } from "./planned-objects";

/** Objects of custom kinds that no shipped environment has, such as those of an NVLink rack, rendered by the components. */
export async function renderedObjects(): Promise<Prepared[]> {
  const rendered: Prepared[] = [];
  for (const [title, program] of Object.entries(programs)) {
    const requested = await requestedBy(program);
    const custom = requested
      .filter(({ inputs }) => String(inputs.apiVersion).includes("."))
      .map(({ type, name, inputs }) => ({ urn: `${title}: ${name}`, type, inputs }));
    rendered.push(...kubernetesObjects(custom));
  }
  return rendered;
}
