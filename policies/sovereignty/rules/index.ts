import type { Rule } from "@hybrid-ai-fabric/graph";
import { declaredChannelsOnly } from "./agent-data-moves-over-declared-channels";
import { agentsPassOn } from "./agents-pass-on-only-what-the-next-may-hold";
import { channelsKeepData } from "./channels-keep-their-data-where-it-may-be";
import { codeDeclaresFlows } from "./code-declares-what-it-reads-and-writes";
import { componentRegionsReachChildren } from "./component-regions-reach-their-children";
import { controlPlanesStay } from "./control-planes-stay-where-they-may-be";
import { copiesStay } from "./copies-stay-where-their-source-may-be";
import { dataIsProcessed } from "./data-is-processed-where-it-may-be";
import { dataRests } from "./data-rests-where-it-may-be";
import { dataTravels } from "./data-travels-where-it-may-be";
import { declaredPlacesAreActual } from "./declared-places-are-the-actual-ones";
import { destinationsAreKnown } from "./destinations-of-labelled-data-are-known";
import { failoverStays } from "./failover-stays-where-the-data-may-be";
import { keysBelongToAccounts } from "./keys-belong-to-the-accounts-of-the-data";
import { keysStay } from "./keys-stay-where-the-data-may-be";
import { labelsAreReadable } from "./labels-are-known-before-creation";
import { labelsNameRegistered } from "./labels-name-registered-datasets";
import { exposureAccepted } from "./laws-that-reach-an-operator-are-accepted";
import { logsStay } from "./logs-and-backups-stay-where-the-data-may-be";
import { modelsAnswer } from "./models-answer-where-the-data-may-be";
import { placesAreKnown } from "./places-of-labelled-data-are-known";
import { regionsAreKnown } from "./regions-of-everything-are-known";
import { storesCarryLabels } from "./stores-carry-the-labels-that-reach-them";
import { strictStoresAreLabelled } from "./stores-of-a-strict-plan-are-labelled";
import { neverBack } from "./transferred-data-never-travels-back";
import { typesAreCatalogued } from "./types-that-touch-labelled-data-are-catalogued";
import { internetAccepted } from "./ways-to-the-internet-are-accepted";
import { readersAreInside } from "./who-may-read-is-where-the-data-may-be";

/** The rules of the pack that asks: may this data be here, and go there? */
export const sovereigntyRules: readonly Rule[] = [
  agentsPassOn,
  channelsKeepData,
  codeDeclaresFlows,
  componentRegionsReachChildren,
  controlPlanesStay,
  declaredPlacesAreActual,
  failoverStays,
  exposureAccepted,
  keysBelongToAccounts,
  regionsAreKnown,
  strictStoresAreLabelled,
  copiesStay,
  dataIsProcessed,
  dataRests,
  dataTravels,
  declaredChannelsOnly,
  destinationsAreKnown,
  keysStay,
  labelsAreReadable,
  labelsNameRegistered,
  logsStay,
  modelsAnswer,
  placesAreKnown,
  readersAreInside,
  internetAccepted,
  storesCarryLabels,
  neverBack,
  typesAreCatalogued,
];
