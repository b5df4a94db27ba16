import { allowedPlacesText, geoScopes } from "@hybrid-ai-fabric/locality";
import { geoZonesOf } from "../../interconnect-decisions";
import { type Problem, problem, shown } from "../../problems";
import type { Interconnect } from "../interconnects";
import { isAwsPlace } from "../places";
import type { EnvironmentContent } from "../shape";
import type { EquinixFabric } from "../via/equinix-fabric";
import { handOver } from "../via/hand-over";

/** A declared geo zone holds both ends and lets every dataset pass; without one, there is one where it is needed. */
export function checkGeoScopes(
  path: string,
  declared: Interconnect,
  environment: EnvironmentContent,
): Problem[] {
  const site = environment.places[declared.from];
  const metro = site && !isAwsPlace(site) ? site.site.metro : "";
  return declared.via.flatMap(({ equinixFabric }, i) => {
    // A hand-over that is nowhere is a fault of its own.
    if (!equinixFabric || !handOver({ equinixFabric }, metro)) return [];
    const at = `${path}.via[${i}].equinixFabric.geoScope`;
    return equinixFabric.geoScope === undefined
      ? checkDerived(at, declared, equinixFabric, environment)
      : checkDeclared(at, declared, equinixFabric, environment);
  });
}

function checkDeclared(
  at: string,
  declared: Interconnect,
  fabric: EquinixFabric,
  environment: EnvironmentContent,
): Problem[] {
  const { geoScope = "" } = fabric;
  const { ends, holding, fitting, limiting } = geoZonesOf(environment, declared, fabric);
  const inside = geoScopes[geoScope] ?? [];
  const out = ends.filter((country) => !inside.includes(country));
  const legal = `zones that do: ${holding.join(", ") || "none"}`;
  if (out.length > 0)
    return [
      problem(at, `${shown(geoScope)} does not contain both ends (${out.join(", ")} is outside); ${legal}`),
    ];
  if (limiting.length === 0 || fitting.includes(geoScope)) return [];
  const where = inside.join(", ");
  const may = demandsText(limiting, environment);
  const reason = `${shown(geoScope)} may carry data through ${where}, but ${may}; zones that fit: ${fitting.join(", ") || "none"}`;
  return [problem(at, reason)];
}

/** Inside one metro a circuit leaves no country; elsewhere a limit needs a zone, or evidence that the packs judge. */
function checkDerived(
  at: string,
  declared: Interconnect,
  fabric: EquinixFabric,
  environment: EnvironmentContent,
): Problem[] {
  const site = environment.places[declared.from];
  const metro = site && !isAwsPlace(site) ? site.site.metro : undefined;
  if (metro === undefined || (fabric.metro ?? metro) === metro || declared.transitEvidence) return [];
  const { ends, holding, fitting, limiting } = geoZonesOf(environment, declared, fabric);
  if (limiting.length === 0 || fitting.length > 0) return [];
  const zones =
    holding.length === 0
      ? `no zone holds both ${ends.join(" and ")} (zones: ${Object.keys(geoScopes).join(", ")})`
      : `${holding.join(", ")} would let it pass elsewhere`;
  const fix = `hand over in ${metro}, or give transitEvidence`;
  return [problem(at, `nothing: ${demandsText(limiting, environment)}, and ${zones}; ${fix}`)];
}

function demandsText(limiting: readonly string[], { datasets }: EnvironmentContent): string {
  return limiting
    .map((name) => `${name} may pass ${allowedPlacesText(datasets[name]?.residency ?? [], "transit")} only`)
    .join(", ");
}
