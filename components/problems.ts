import * as pulumi from "@pulumi/pulumi";

/** Something wrong with the arguments of a component. */
export interface ArgumentProblem {
  propertyPath: string;
  reason: string;
}

/** Refuses arguments with every reason at once: the message holds them all, because programs show nothing else. */
export function refuse(component: string, problems: readonly ArgumentProblem[]): void {
  if (problems.length === 0) return;
  const reasons = problems.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`).join("\n");
  throw new pulumi.InputPropertiesError({ message: `${component}:\n${reasons}`, errors: [...problems] });
}
