import { devicesPerPath, validateResiliency } from "../../../components/interconnect/resiliency";
import { type Problem, problem } from "../../problems";
import type { Interconnect, Via } from "../interconnects";
import { beginsOf } from "../via/equinix-fabric";
import type { HandOver } from "../via/hand-over";

/** What a resiliency asks of the paths: buildings, providers, and a begin of its own for every circuit. */
export function checkResiliency(
  path: string,
  { resiliency, circuits, via, shareLoad }: Interconnect,
  overs: readonly (HandOver | undefined)[],
): Problem[] {
  const handOffs = overs.flatMap((over) => (over ? [over] : []));
  const request = { resiliency, handOffs, shareLoad, ...(circuits === undefined ? {} : { circuits }) };
  // Buildings are counted once all of them are known.
  const counted = handOffs.length < overs.length ? [] : validateResiliency(request);
  const perPath = devicesPerPath(resiliency, circuits);
  return [
    ...counted.map(({ propertyPath, reason }) => problem(`${path}.${propertyPath}`, reason)),
    ...via.flatMap((entry, i) => checkDevices(`${path}.via[${i}]`, entry, perPath, resiliency)),
  ];
}

/** Each circuit of a path ends on a device of its own, so each needs a begin and a port of its own. */
function checkDevices(path: string, via: Via, devices: number, resiliency: string): Problem[] {
  const uplinks = via.equinixFabric?.uplinks;
  const begins = [
    ...(via.equinixFabric ? beginsOf(via.equinixFabric) : []),
    ...(uplinks ? [{ noun: "uplinks", count: uplinks.length }] : []),
  ];
  const zones = Object.keys(via.megaport?.partner.ports ?? { red: 0, blue: 0 }).length;
  const needs = `${resiliency} has ${devices} circuits on each path`;
  return [
    ...begins.flatMap(({ noun, count }) =>
      count >= devices ? [] : [problem(`${path}.equinixFabric.${noun}`, `${count}: ${needs}, on one each`)],
    ),
    ...(zones >= devices
      ? []
      : [problem(`${path}.megaport.partner.ports`, `${zones}: ${needs}, one in red and one in blue`)]),
  ];
}
